"""A death is entered like any event; what can't be so is refused, and everything that shows the patient follows."""

from __future__ import annotations

from pathlib import Path

import pytest

from plumbline import flags, intake, sql, worklist
from plumbline.entry.record import undo
from plumbline.entry.steps import Add, Correct, Retract
from plumbline.status import status_of
from plumbline.store import Store
from tests.entry.conftest import found, saved, score
from tests.facts import Facts, day


def died(on: int) -> Add:
    return Add("event", {"kind": "died", "moment_on": day(on)})


def states(store: Store, on: int, episode_id: str = "e1") -> dict[str, str]:
    rows = sql.rows(store.cursor(), "followup/state_by_visit", clinics=None, as_of=day(on), episode_id=episode_id)
    return {row["visit"]: row["state"] for row in rows}


def test_a_death_closes_every_course_of_the_patient_and_no_visit_is_missed_by_it(store: Store) -> None:
    facts = Facts()
    facts.episode("e1b", "p1", performed_on=day(36))
    facts.write(store)
    saved(store, died(50), episode_id="e1b")
    assert states(store, 60, "e1b")["month_3"] == "dead"
    for course in ("e1", "e1b"):
        told = status_of(store.cursor(), course, day(60))
        assert (told["verdict"], told["reasons"][0]["rule"]) == ("closed", "died")
        assert status_of(store.cursor(), course, day(49))["verdict"] != "closed"
    opened = sql.rows(store.cursor(), "followup/open_by_visit", clinics=None, as_of=day(60), episode_id=None)
    assert "p1" not in {row["patient_id"] for row in opened}
    worklist.make_ready(store, day(60))
    with store.cursor() as cursor:
        verdicts = cursor.execute(
            "select verdict from worklist_line where patient_id = 'p1' and as_of = $on", {"on": day(60)}
        ).fetchall()
    assert {verdict for (verdict,) in verdicts} == {"closed"}


def test_nothing_happens_to_a_patient_after_the_death(store: Store) -> None:
    saved(store, died(50))
    assert found(store, Add("score", score(51, 3)))["after_death"][0] == "impossible"
    assert found(store, Add("event", {"kind": "fall", "moment_on": day(51)}))["after_death"][0] == "impossible"
    assert "after_death" not in found(store, Add("score", score(50, 3)))


def test_a_death_before_a_score_or_the_procedure_is_refused(store: Store) -> None:
    severity, field, text = found(store, died(34))["death_before"]
    assert (severity, field) == ("impossible", "moment_on")
    assert text.startswith("A score is recorded for 14 Feb 2026")
    assert "death_before" in found(store, died(-1), episode_id="e2")
    assert "death_before" not in found(store, died(35))


def test_a_patient_dies_once_and_the_day_can_be_corrected_and_taken_back(store: Store) -> None:
    entry = saved(store, died(50))
    assert found(store, died(52))["died_twice"][0] == "impossible"
    later = saved(store, Correct("event", str(entry.fact_ids[0]), {"moment_on": day(70)}), why="the family told us")
    assert states(store, 60)["month_3"] == "not_due"
    assert states(store, 71)["month_3"] == "dead"
    undo(store, "Dr Test", later.entry_id)
    assert states(store, 60)["month_3"] == "dead"
    (current,) = store.cursor().execute("select event_id from event where retracted_at is null").fetchone()
    saved(store, Retract("event", current), why="another patient's")
    assert states(store, 60)["month_3"] == "not_due"


def test_a_death_that_an_import_brought_is_not_recorded_again(store: Store) -> None:
    facts = Facts()
    facts.patient("p9", died_on=day(80))
    facts.episode("e9", "p9")
    facts.write(store)
    text = found(store, died(80), episode_id="e9")["died_twice"][2]
    assert text.startswith("The death is already recorded, on 31 Mar 2026")


def test_an_import_refuses_a_score_after_an_entered_death(store: Store, tmp_path: Path) -> None:
    saved(store, died(50))
    (tmp_path / "scores.csv").write_text(f"patient_id,taken_at,instrument,value\np1,{day(51)},nrs_back,3\n")
    intake.run(store, [tmp_path])
    (reason,) = store.cursor().execute("select reason from import_reject").fetchone()
    assert "death" in reason or "died" in reason


def test_a_death_is_drawn_once_on_each_course_and_ends_open_flags(store: Store) -> None:
    saved(store, Add("event", {"kind": "calf", "moment_on": day(40)}))
    saved(store, died(50))
    happenings = sql.rows(
        store.cursor(), "patient/mark_by_happening", as_of=day(60), episode_id="e1", low=None, high=None
    )
    assert [row["words"] for row in happenings].count("Died") == 1
    assert [row["state"] for row in flags.of_course(store, "e1", day(49)) if row["is_open"]] == ["new"]
    assert [row for row in flags.of_course(store, "e1", day(50)) if row["is_open"]] == []


@pytest.mark.parametrize("kind", ["died", "withdrew"])
def test_closing_a_course_is_asked_about_first(store: Store, kind: str) -> None:
    assert found(store, Add("event", {"kind": kind, "moment_on": day(50)}))["closes_course"][0] == "unusual"
