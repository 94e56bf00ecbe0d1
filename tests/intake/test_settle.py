"""Rows against each other and against the store: repeats, contradictions, fillings, replacements, order."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from plumbline import intake
from tests.intake.conftest import BASE, Desk

SCORE = "patient_id,taken_at,instrument,value,status"
EVERYTHING: dict[str, str | bytes] = {
    **BASE,
    "scores.csv": "patient_id,taken_at,instrument,value,status,context\n"
    "p1,2026-01-04,nrs_back,8,,\np1,2026-01-06T08:00,nrs_back,5,,rest\np1,2026-01-06T08:00,nrs_back_moving,6,,\n"
    "p2,2026-02-03,tug,,unable,\n",
    "milestones.csv": "episode_id,milestone,status,on,reported_by\ne1,stairs,not_yet,2026-01-07,patient\n"
    "e1,stairs,achieved,2026-01-09,clinician\n",
    "notes.csv": "episode_id,written_at,kind,text,author,title\ne1,2026-01-06T09:00,visit,Well.,AB,Day 1\n",
    "events.csv": "episode_id,kind,on,level,detail\ne1,new_fracture,2026-02-01,L2,MRI\n"
    "e1,red_flag_closed,2026-02-03,,new_fracture\ne1,red_flag_closed,2026-02-03,,calf\n",
    "medications.csv": "episode_id,drug,started_on,stopped_on,dose,unit,opioid\n"
    "e1,Oxycodone,2026-01-05,2026-01-09,5,mg,\ne1,ibuprofen,2026-01-05,,400,mg,no\ne2,Herb,2026-02-01,,,,\n",
}


@pytest.mark.slow
def test_importing_twice_changes_nothing(empty: Desk) -> None:
    first = empty.take(EVERYTHING)
    assert (first.exit_code, first.totals["accepted"]) == (0, first.totals["rows"])
    facts, rows = empty.facts(), {table: empty.all_rows(table) for table in empty.facts()}
    again = empty.take(EVERYTHING)
    assert (again.exit_code, again.totals["unchanged"]) == (0, again.totals["rows"])
    again = empty.take(EVERYTHING, replace=True)
    assert (again.exit_code, again.totals["unchanged"]) == (0, again.totals["rows"])
    assert empty.facts() == facts
    assert {table: empty.all_rows(table) for table in facts} == rows
    assert empty.all_rows("import_batch") == 3


@pytest.mark.slow
def test_a_file_given_twice_is_unchanged_the_second_time(empty: Desk) -> None:
    folder = empty.put(EVERYTHING)
    result = intake.run(empty.store, [folder, folder / "scores.csv", folder])
    once = sum(len(str(text).splitlines()) - 1 for text in EVERYTHING.values())
    assert result.totals["accepted"] == once
    assert result.totals["unchanged"] == once + 4
    assert len({file["file"] for file in result.files}) == len(result.files)


@pytest.mark.slow
def test_the_order_of_files_never_matters(empty: Desk, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = empty.put(EVERYTHING)
    names = sorted(EVERYTHING)
    orders = [names, names[::-1], names[3:] + names[:3]]
    seen: list[Any] = []
    for order in orders:
        desk = _fresh(tmp_path_factory)
        result = intake.run(desk.store, [folder / name for name in order])
        assert result.exit_code == 0
        seen.append(desk.facts())
        desk.store.close()
    assert all(one == seen[0] for one in seen)
    assert all(seen[0].values())


@pytest.mark.slow
def test_parts_one_after_the_other_give_the_same_facts(empty: Desk, tmp_path_factory: pytest.TempPathFactory) -> None:
    empty.take(EVERYTHING)
    desk = _fresh(tmp_path_factory)
    for name in ["clinics.csv", "patients.csv", "episodes.csv", *sorted(set(EVERYTHING) - set(BASE))]:
        assert desk.take({name: EVERYTHING[name]}).exit_code == 0
    assert desk.facts() == empty.facts()
    desk.store.close()


def _fresh(factory: pytest.TempPathFactory) -> Desk:
    from plumbline.store import open_store

    folder = factory.mktemp("fresh")
    return Desk(open_store(folder / "store.duckdb"), folder)


@pytest.mark.slow
def test_two_values_for_one_instant_are_both_rejected(desk: Desk) -> None:
    rows = [
        "p1,2026-01-06,nrs_back,5",
        "p1,2026-01-06,nrs_back,6",
        "p1,2026-01-06,nrs_back,5",
        "p1,2026-01-07,nrs_back,4",
    ]
    for order in (rows, rows[::-1]):
        result = desk.scores(*order)
        assert result.totals["rejected"] == 3
        assert {one["column"] for one in desk.rejects(result)} == {"value"}
        assert all("5 (scores.csv line" in one["reason"] for one in desk.rejects(result))
        assert all("6 (scores.csv line" in one["reason"] for one in desk.rejects(result))
    assert desk.rows("score", "value") == [(4,)]


def test_one_instant_may_be_written_in_several_ways(desk: Desk) -> None:
    same = ["2026-01-06T10:00-05:00", "2026-01-06T15:00Z", "2026-01-06 10:00", "2026-01-06T10:00:00.000"]
    result = desk.scores(*(f"p1,{one},nrs_back,5" for one in same), "p1,2026-01-06,nrs_back,6")
    assert (result.totals["accepted"], result.totals["unchanged"]) == (2, 3)


def test_minus_zero_is_zero(desk: Desk) -> None:
    assert desk.scores("p1,2026-01-06,nrs_back,-0", "p1,2026-01-06,nrs_back,0").totals["accepted"] == 1
    assert str(desk.rows("score", "value")[0][0]) == "0.0"
    assert desk.scores("p1,2026-01-06,nrs_back,0").totals["unchanged"] == 1


@pytest.mark.slow
def test_a_value_that_differs_from_the_stored_one_needs_replace(desk: Desk) -> None:
    desk.scores("p1,2026-01-06,nrs_back,5")
    result = desk.scores("p1,2026-01-06,nrs_back,6")
    fault = desk.fault(result)
    assert (fault["line"], fault["column"], fault["value"]) == (2, "value", "6")
    assert "differs from what is stored (5)" in fault["reason"]
    assert "--replace" in fault["reason"]
    assert desk.rows("score", "value") == [(5,)]

    assert desk.scores("p1,2026-01-06,nrs_back,6", replace=True).totals["accepted"] == 1
    assert desk.rows("score", "value") == [(6,)]
    old, new = (
        desk.store.cursor()
        .execute(
            "select s.retracted_at is not null, n.supersedes = s.score_id, s.episode_id = n.episode_id "
            "from score s join score n on n.supersedes is not null where s.supersedes is null"
        )
        .fetchone()[:2]
    )
    assert (old, new) == (True, True)
    assert desk.scores("p1,2026-01-06,nrs_back,6", replace=True).totals["unchanged"] == 1


@pytest.mark.slow
def test_a_status_replaces_a_value_and_back(desk: Desk) -> None:
    header = "patient_id,taken_at,instrument,value,status"
    desk.scores("p1,2026-01-06,tug,12,", header=header)
    assert desk.scores("p1,2026-01-06,tug,,unable", header=header).totals["rejected"] == 1
    assert desk.scores("p1,2026-01-06,tug,,unable", header=header, replace=True).totals["accepted"] == 1
    assert desk.rows("score", "value, status") == [(None, "unable")]
    assert desk.scores("p1,2026-01-06,tug,13,", header=header, replace=True).totals["accepted"] == 1
    assert desk.rows("score", "value, status") == [(13, "done")]


@pytest.mark.slow
def test_a_contradiction_beside_a_row_that_agrees_with_the_store(desk: Desk) -> None:
    desk.scores("p1,2026-01-06,nrs_back,5")
    result = desk.scores("p1,2026-01-06,nrs_back,5", "p1,2026-01-06,nrs_back,6")
    assert (result.totals["unchanged"], result.totals["rejected"]) == (1, 1)
    result = desk.scores("p1,2026-01-06,nrs_back,5", "p1,2026-01-06,nrs_back,6", replace=True)
    assert result.totals["rejected"] == 2
    assert desk.rows("score", "value") == [(5,)]


@pytest.mark.slow
def test_an_empty_cell_says_nothing_and_is_filled_later(desk: Desk) -> None:
    keys = desk.rows("patient", "patient_id, patient_key")
    header = "patient_id,birth_date,sex,clinic,phone,died_on\n"
    assert desk.take({"patients.csv": header + "p1,,,north,555,\n"}).totals["accepted"] == 1
    assert desk.take({"patients.csv": header + "p1,1944-05-17,F,north,,\n"}).totals["unchanged"] == 1
    assert desk.take({"patients.csv": header + "p1,,,north,,2026-03-01\n"}).totals["accepted"] == 1
    assert str(desk.rows("patient", "birth_date, sex, phone, died_on")[0]) == (
        "('1944-05-17', 'female', '555', datetime.date(2026, 3, 1))"
    )
    assert desk.fault(desk.take({"patients.csv": header + "p1,,male,north,,\n"}))["column"] == "sex"
    assert desk.rows("patient", "patient_id, patient_key") == keys


@pytest.mark.slow
def test_rows_of_one_batch_complete_each_other(empty: Desk) -> None:
    rows = ["p1,1944,,north,", "p1,,female,north,", "p1,1944,,north,"]
    for order in itertools.permutations(rows):
        text = "patient_id,birth_date,sex,clinic,phone\n" + "\n".join(order) + "\n"
        assert empty.take({"patients.csv": text}).exit_code == 0
        assert empty.rows("patient", "birth_date, sex") == [("1944", "female")]
    assert empty.all_rows("patient") == 1


@pytest.mark.slow
def test_an_episode_keeps_its_key_its_timeline_and_its_other_cells(desk: Desk) -> None:
    before = desk.rows("episode", "episode_id, episode_key, timeline_version")
    text = "episode_id,patient_id,performed_at,levels,cement_ml,surgeon\ne1,p1,2026-01-05T10:00,T12;L2,3.5;4,Dr B\n"
    assert desk.fault(desk.take({"episodes.csv": text}))["column"] == "levels"
    assert desk.take({"episodes.csv": text}, replace=True).totals["accepted"] == 1
    assert desk.rows("treated_level", "episode_id, level, cement_ml") == [
        ("e1", "L2", 4),
        ("e1", "T12", 3.5),
        ("e2", "L3", None),
    ]
    assert desk.rows("episode", "episode_id, surgeon") == [("e1", "Dr B"), ("e2", None)]
    assert desk.rows("episode", "episode_id, episode_key, timeline_version") == before
    assert desk.store.cursor().execute("select count(*) from episode_summary").fetchone() == (2,)


@pytest.mark.slow
def test_a_reason_shows_times_as_times_and_long_text_in_short(desk: Desk) -> None:
    text = "episode_id,patient_id,performed_at,levels\ne1,p1,2026-01-05T11:00,T12;L1\n"
    fault = desk.fault(desk.take({"episodes.csv": text}))
    assert (fault["column"], fault["value"]) == ("performed_at", "2026-01-05 16:00:00 UTC")
    assert "differs from what is stored (2026-01-05 15:00:00 UTC)" in fault["reason"]
    header = "episode_id,written_at,kind,text,title\n"
    long = [f"e1,2026-01-06,visit,x,{mark * 5000}\n" for mark in "ab"]
    first, _second = desk.rejects(desk.take({"notes.csv": header + "".join(long)}))
    assert (first["column"], len(first["reason"]) < 300) == ("title", True)


def test_the_timeline_of_an_episode(desk: Desk) -> None:
    header = "episode_id,patient_id,performed_at,levels,pathway,timeline_version,tags,fracture_on\n"
    rows = "e3,p1,1990-01-01,L1,,,b=2; a=1,\n"
    rows += "e4,p1,2026-03-01,l1,Vertebroplasty,,,\n"
    rows += "e5,p1,2026-04-01,L1,,kyphoplasty-2026.1,,2026-03-20\n"
    assert desk.take({"episodes.csv": header + rows}).exit_code == 0
    found = desk.rows("episode", "episode_id, pathway, timeline_version, tags")
    assert found[2:] == [
        ("e3", "kyphoplasty", "kyphoplasty-2026.1", "a=1;b=2"),
        ("e4", "vertebroplasty", "none", None),
        ("e5", "kyphoplasty", "kyphoplasty-2026.1", None),
    ]


def test_a_milestone_has_one_status_at_an_instant(desk: Desk) -> None:
    header = "episode_id,milestone,status,on\n"
    result = desk.take({"milestones.csv": header + "e1,stairs,not_yet,2026-01-07\ne1,stairs,achieved,2026-01-07\n"})
    assert {one["column"] for one in desk.rejects(result)} == {"status"}
    timed = "e1,stairs,not_yet,2026-01-07T08:00\ne1,stairs,achieved,2026-01-07T16:00\n"
    assert desk.take({"milestones.csv": header + timed}).totals["accepted"] == 2


def test_whether_a_drug_is_an_opioid(desk: Desk) -> None:
    header = "episode_id,drug,started_on,opioid\n"
    drugs = {"Oxycodone": "", "ibuprofen": "", "herb": "", "Morphine": "0", "x": "Yes"}
    rows = "".join(f"e1,{drug},2026-01-05,{said}\n" for drug, said in drugs.items())
    assert desk.take({"medications.csv": header + rows}).exit_code == 0
    assert dict(desk.rows("medication", "drug, opioid")) == {
        "oxycodone": True,
        "ibuprofen": False,
        "herb": None,
        "morphine": False,
        "x": True,
    }


def test_facts_are_placed_in_their_course_and_the_summary_follows(desk: Desk) -> None:
    desk.scores("p1,2026-01-04,nrs_back,8", "p1,2026-01-06,nrs_back,5")
    (row,) = (
        desk.store.cursor()
        .execute("select baseline, len(daily_values), levels from episode_summary where episode_id = 'e1'")
        .fetchall()
    )
    assert row == (8, 1, "T12;L1")
    desk.scores("p1,2026-01-04,nrs_back,9", replace=True)
    assert desk.store.cursor().execute("select baseline from episode_summary where episode_id = 'e1'").fetchone() == (
        9,
    )


def test_scores_stand_sorted_by_patient_and_day(desk: Desk) -> None:
    rows = [f"p{1 + n % 2},2026-03-{1 + n * 7 % 28:02d},nrs_back,{n % 11}" for n in range(28)]
    desk.scores(*rows)
    found = desk.store.cursor().execute("select patient_id, taken_on from score").fetchall()
    assert found == sorted(found)


@pytest.mark.slow
def test_a_death_that_was_learnt_of_late_is_stored(desk: Desk) -> None:
    header = "patient_id,birth_date,sex,clinic,died_on\n"
    desk.take({"notes.csv": "episode_id,written_at,kind,text\ne1,2026-03-05,call,No answer.\n"})
    desk.take({"medications.csv": "episode_id,drug,started_on,stopped_on\ne1,x,2026-02-01,2026-03-20\n"})
    desk.scores("p1,2026-02-20,nrs_back,5,", "p1,2026-03-02,tug,,not_tried", header=SCORE)
    assert desk.fault(desk.take({"patients.csv": header + "p1,,,north,2026-02-19\n"}))["column"] == "died_on"
    assert desk.take({"patients.csv": header + "p1,,,north,2026-03-01\n"}).totals["accepted"] == 1
    assert len(desk.rows("note", "text")) == 1
