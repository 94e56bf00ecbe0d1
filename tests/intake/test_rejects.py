"""What is rejected, row by row: the right line, column and value, and a reason that says what to do."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from plumbline.store import open_store
from tests.intake.conftest import Desk

pytestmark = pytest.mark.cases

Faults = dict[str, dict[str, dict[str, Any]]]
SCORE = "patient_id,taken_at,instrument,value,status"


SCORES = [
    ("p1,2026-01-10,nrs_back,11,", "value", "11", "outside 0 to 10"),
    ("p1,2026-01-10,nrs_back,-1,", "value", "-1", "outside 0 to 10"),
    ("p1,2026-01-10,nrs_back,3.7,", "value", "3.7", "not a whole number"),
    ("p1,2026-01-10,nrs_back,NaN,", "value", "NaN", "not a number"),
    ("p1,2026-01-10,nrs_back,nan,done", "value", "nan", "not a number"),
    ("p1,2026-01-10,vas_back,inf,", "value", "inf", "not a number"),
    ("p1,2026-01-10,vas_back,1e999,", "value", "1e999", "too large a number"),
    ("p1,2026-01-10,nrs_back,seven,", "value", "seven", "not a number"),
    ("p1,2026-01-10,nrs_back,9223372036854775808,", "value", "9223372036854775808", "outside 0 to 10"),
    ('p1,2026-01-10,vas_back,"7,5",', "value", "7,5", "decimal comma: write a decimal point"),
    ("p1,2026-01-10,nrs_back,,", "value", None, "is empty"),
    ("p1,2026-01-10,nrs_back,,done", "value", None, "is empty"),
    ("p1,2026-01-10,tug,0,unable", "value", "0", "beside the status unable"),
    ("p1,2026-01-10,nrs_back,5,maybe", "status", "maybe", "done, unable, not_tried or refused"),
    ("p1,2026-01-10,nrs_knee,5,", "instrument", "nrs_knee", "not a known instrument"),
    ("p1,2026-01-10,,5,", "instrument", None, "is empty"),
    ("p9,2026-01-10,nrs_back,5,", "patient_id", "p9", "not a known patient"),
    (",2026-01-10,nrs_back,5,", "patient_id", None, "is empty"),
    ("p1,2026-02-30,nrs_back,5,", "taken_at", "2026-02-30", "does not exist in the calendar"),
    ("p1,2025-02-29,nrs_back,5,", "taken_at", "2025-02-29", "does not exist in the calendar"),
    ("p1,2026-13-02,nrs_back,5,", "taken_at", "2026-13-02", "does not exist in the calendar"),
    ("p1,0000-00-00,nrs_back,5,", "taken_at", "0000-00-00", "does not exist in the calendar"),
    ("p1,1812-01-10,nrs_back,5,", "taken_at", "1812-01-10", "before 1900"),
    ("p1,1944-05-16,nrs_back,5,", "taken_at", "1944-05-16", "before the patient's birth"),
    ("p2,1949-12-31,nrs_back,5,", "taken_at", "1949-12-31", "before the patient's birth"),
    ("p1,10.01.2026,nrs_back,5,", "taken_at", "10.01.2026", "write 2026-03-01"),
    ("p1,01/10/2026,nrs_back,5,", "taken_at", "01/10/2026", "write 2026-03-01"),
    ("p1,2026-1-5,nrs_back,5,", "taken_at", "2026-1-5", "write 2026-03-01"),
    ("p1,20260110,nrs_back,5,", "taken_at", "20260110", "write 2026-03-01"),
    ("p1,2026-01,nrs_back,5,", "taken_at", "2026-01", "write 2026-03-01"),
    ("p1,2026-01-10T25:00,nrs_back,5,", "taken_at", "2026-01-10T25:00", "write 2026-03-01"),
    ("p1,2026-01-10T24:00,nrs_back,5,", "taken_at", "2026-01-10T24:00", "write 2026-03-01"),
    ("p1,2026-01-10T10:60,nrs_back,5,", "taken_at", "2026-01-10T10:60", "write 2026-03-01"),
    ("p1,2026-02-30T10:00,nrs_back,5,", "taken_at", "2026-02-30T10:00", "write 2026-03-01"),
    ("p1,2026-01-10T10:00+99:00,nrs_back,5,", "taken_at", "2026-01-10T10:00+99:00", "write 2026-03-01"),
    ("p1,infinity,nrs_back,5,", "taken_at", "infinity", "write 2026-03-01"),
    ("p1,epoch,nrs_back,5,", "taken_at", "epoch", "write 2026-03-01"),
    ("p1,,nrs_back,5,", "taken_at", None, "is empty: give the date"),
    ("p1,2026-03-08T02:30,nrs_back,5,", "taken_at", "2026-03-08T02:30", "the clocks went forward"),
]


@pytest.fixture(scope="module")
def faults(tmp_path_factory: pytest.TempPathFactory, known_file: Path) -> Faults:
    """The reject of each row, all imported in one batch, with good rows between them that are all stored."""
    folder = tmp_path_factory.mktemp("rejects")
    shutil.copy(known_file, folder / "store.duckdb")
    desk = Desk(open_store(folder / "store.duckdb"), folder)
    rows = {
        "scores": [row for row, *_ in SCORES],
        "episodes": [row for row, *_ in EPISODES],
        "patients": [row for row, *_ in PATIENTS],
    }
    heads = {"scores": SCORE, "episodes": EPISODE, "patients": PATIENT}
    good = [f"p2,2026-03-01T10:{number:02d},nrs_back,5," for number in range(len(SCORES))]
    mixed = rows | {"scores": [row for pair in zip(rows["scores"], good, strict=True) for row in pair]}
    result = desk.take({f"{name}.csv": "\n".join([heads[name], *some]) for name, some in mixed.items()})
    assert result.totals["accepted"] == len(good) == desk.all_rows("score")
    found = {(one["file"], one["line"]): one for one in desk.rejects(result)}
    desk.store.close()
    return {
        name: {row: found[f"{name}.csv", mixed[name].index(row) + 2] for row in some} for name, some in rows.items()
    }


@pytest.mark.parametrize(
    ("row", "column", "value", "words"),
    SCORES,
)
def test_a_score_is_rejected(faults: Faults, row: str, column: str, value: str | None, words: str) -> None:
    fault = faults["scores"][row]
    assert (fault["file"], fault["column"], fault["value"]) == ("scores.csv", column, value)
    assert words in fault["reason"]


@pytest.mark.parametrize(
    ("row", "value", "status"),
    [
        ("p1,2026-01-10,nrs_back, 7 ,", 7.0, "done"),
        ("p1,2026-01-10,nrs_back,7.0,", 7.0, "done"),
        ("p1,2026-01-10,nrs_back,+7,DONE", 7.0, "done"),
        ("p1,2026-01-10,NRS_back,0,", 0.0, "done"),
        ("p1,2026-01-10,gait_speed,.75,", 0.75, "done"),
        ("p1,2026-01-10,eq5d_index,-0.2,", -0.2, "done"),
        ("p1,2026-01-10,gait_speed,7.5e-1,", 0.75, "done"),
        ("p1,2026-01-10,tug,,unable", None, "unable"),
        ("p1,2026-01-10,tug,,not_tried", None, "not_tried"),
        ("p1,2026-01-10,nrs_back,,refused", None, "refused"),
    ],
)
def test_a_score_is_read(desk: Desk, row: str, value: float | None, status: str) -> None:
    assert desk.scores(row, header=SCORE).exit_code == 0
    assert desk.rows("score", "value, status") == [(value, status)]


def test_the_future_begins_after_today_at_the_clinic(desk: Desk) -> None:
    today = datetime.now(UTC).astimezone(ZoneInfo("Europe/Berlin")).date()
    result = desk.scores(f"p2,{today},nrs_back,5", f"p2,{today + timedelta(days=1)},nrs_back,5")
    assert result.totals["accepted"] == 1
    assert desk.fault(result)["reason"] == f"lies in the future: today is {today} at the clinic"


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        ("p1,2026-01-09,nrs_back,5", None, None),
        ("p1,2026-01-10,nrs_back,5", None, None),
        ("p1,2026-01-11,nrs_back,5", "taken_at", "after the patient's death"),
    ],
)
def test_nothing_happens_after_death(empty: Desk, row: str, column: str | None, words: str | None) -> None:
    empty.take({"patients.csv": "patient_id,birth_date,sex,clinic,died_on\np1,1944,female,north,2026-01-10\n"})
    result = empty.scores(row)
    assert [one["column"] for one in empty.rejects(result)] == ([column] if column else [])
    assert all(str(words) in one["reason"] for one in empty.rejects(result))


def test_the_patient_and_the_episode_of_a_score_agree(desk: Desk) -> None:
    header = "patient_id,episode_id,taken_at,instrument,value"
    rows = ("p1,e1,2026-01-10,nrs_back,5", ",e1,2026-01-11,nrs_back,5", "p1,,2026-01-12,nrs_back,5")
    result = desk.scores(*rows, "p2,e1,2026-01-13,nrs_back,5", "p1,e9,2026-01-14,nrs_back,5", header=header)
    assert {row[0] for row in desk.rows("score", "patient_id")} == {"p1"}
    assert [(one["line"], one["column"], one["value"]) for one in desk.rejects(result)] == [
        (5, "episode_id", "e1"),
        (6, "episode_id", "e9"),
    ]


EPISODE = (
    "episode_id,patient_id,performed_at,levels,cement_ml,pathway,fracture_on,cause,discharged_at,timeline_version,tags"
)


PATIENT = "patient_id,birth_date,sex,clinic,died_on"
EPISODES = [
    (",p1,2026-03-01,L1,,,,,,,", "episode_id", "is empty"),
    ("patient:p1,p1,2026-03-01,L1,,,,,,,", "episode_id", "choose another id"),
    ("e5,p9,2026-03-01,L1,,,,,,,", "patient_id", "not a known patient"),
    ("e5,,2026-03-01,L1,,,,,,,", "patient_id", "is empty"),
    ("e1,p2,2026-01-05T10:00,T12;L1,,,,,,,", "patient_id", "can't move to another patient"),
    ("e5,p1,2026-02-29,L1,,,,,,,", "performed_at", "does not exist"),
    ("e5,p1,2999-01-01,L1,,,,,,,", "performed_at", "in the future"),
    ("e5,p1,2026-03-01,L9,,,,,,,", "levels", "L9, which is no level"),
    ("e5,p1,2026-03-01,L1;L2-L3,,,,,,,", "levels", "L2-L3, which is no level"),
    ("e5,p1,2026-03-01,L1;l1,,,,,,,", "levels", "names a level twice"),
    ("e5,p1,2026-03-01,L1;L2,3.5,,,,,,", "cement_ml", "1 amounts for 2 levels"),
    ("e5,p1,2026-03-01,L1,3.5;4,,,,,,", "cement_ml", "2 amounts for 1 levels"),
    ('e5,p1,2026-03-01,L1,"3,5",,,,,,', "cement_ml", "decimal comma"),
    ("e5,p1,2026-03-01,L1,-1,,,,,,", "cement_ml", "is negative"),
    ("e5,p1,2026-03-01,L1,,fusion,,,,,", "pathway", "not a known pathway"),
    ("e5,p1,2026-03-01,L1,,,2026-03-02,,,,", "fracture_on", "after the procedure"),
    ("e5,p1,2026-03-01,L1,,,1940-03-02,,,,", "fracture_on", "before the patient's birth"),
    ("e5,p1,2026-03-01,L1,,,,bad luck,,,", "cause", "osteoporotic"),
    ("e5,p1,2026-03-01,L1,,,,,2026-02-28,,", "discharged_at", "before the procedure"),
    ("e5,p1,2026-03-01T10:00,L1,,,,,2026-03-01T09:00,,", "discharged_at", "before the procedure"),
    ("e5,p1,2026-03-01,L1,,,,,,kyphoplasty-1900,", "timeline_version", "not a known timeline"),
    ("e5,p1,2026-03-01,L1,,vertebroplasty,,,,kyphoplasty-2026.1,", "timeline_version", "of the pathway"),
    ("e5,p1,2026-03-01,L1,,,,,,,arm", "tags", "name=value"),
    ("e5,p1,2026-03-01,L1,,,,,,,arm=A;arm=B", "tags", "names a tag twice"),
]


@pytest.mark.parametrize(
    ("row", "column", "words"),
    EPISODES,
)
def test_an_episode_is_rejected(faults: Faults, row: str, column: str, words: str) -> None:
    assert faults["episodes"][row]["column"] == column
    assert words in faults["episodes"][row]["reason"]


PATIENTS = [
    (",1944,female,north,", "patient_id", "is empty"),
    ("p9,1944,female,,", "clinic", "is empty"),
    ("p9,1944-02-30,female,north,", "birth_date", "does not exist"),
    ("p9,44,female,north,", "birth_date", "write 1944, 1944-05 or 1944-05-17"),
    ("p9,17.05.1944,female,north,", "birth_date", "write 1944, 1944-05 or 1944-05-17"),
    ("p9,2999,female,north,", "birth_date", "in the future"),
    ("p9,1850,female,north,", "birth_date", "before 1900"),
    ("p9,1944,f3male,north,", "sex", "write female, male, other or unknown"),
    ("p9,1944,female,north,1943-12-31", "died_on", "before the patient's birth"),
    ("p9,1944,female,north,2999-01-01", "died_on", "in the future"),
    ("p9,1944,female,north,2020-02-30", "died_on", "does not exist"),
    ("p1,,female,north,2026-01-04", "died_on", "before a stored score or procedure"),
]


@pytest.mark.parametrize(
    ("row", "column", "words"),
    PATIENTS,
)
def test_a_patient_is_rejected(faults: Faults, row: str, column: str, words: str) -> None:
    assert faults["patients"][row]["column"] == column
    assert words in faults["patients"][row]["reason"]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_rows_that_say_birth_and_death_apart_are_compared_together(empty: Desk, order: tuple[int, ...]) -> None:
    rows = ("p9,1944,female,north,", "p9,,female,north,1943-12-31", "p8,1944,female,north,1999-12-31")
    head = "patient_id,birth_date,sex,clinic,died_on\n"
    result = empty.take({"patients.csv": head + "".join(f"{rows[one]}\n" for one in order)})
    said = {row["column"]: row["reason"] for row in empty.rejects(result)}
    assert set(said) == {"birth_date", "died_on"}
    assert said["birth_date"] == "lies after the patient's death: check both dates"
    assert said["died_on"] == "lies before the patient's birth: check both dates"
    assert empty.rows("patient", "patient_id") == [("p8",)]


def test_a_row_beside_them_that_says_neither_is_stored(empty: Desk) -> None:
    rows = "p9,1944,female,north,\np9,,female,north,1943-12-31\np9,,female,north,\n"
    assert empty.take({"patients.csv": "patient_id,birth_date,sex,clinic,died_on\n" + rows}).totals["rejected"] == 2
    assert empty.rows("patient", "patient_id, birth_date, sex, died_on") == [("p9", None, "female", None)]


@pytest.mark.parametrize(("died", "stored"), [("1935-01-01", "1935-01-01"), ("1925-01-01", None)])
def test_a_replaced_birth_is_the_one_that_a_death_is_compared_with(empty: Desk, died: str, stored: str | None) -> None:
    head = "patient_id,birth_date,sex,clinic,died_on\n"
    empty.take({"patients.csv": head + "p9,1944,female,north,\n"})
    apart = {"patients.csv": f"{head}p9,1930,female,north,\np9,,female,north,{died}\n"}
    again = [empty.take(apart, replace=True) for _ in range(2)]
    assert [row[0] and str(row[0]) for row in empty.rows("patient", "died_on")] == [stored]
    assert again[0].totals["rejected"] == again[1].totals["rejected"] == (0 if stored else 2)


def test_a_birth_date_may_be_partial_and_is_kept_as_given(empty: Desk) -> None:
    rows = "p1,1944,F,north\np2,1944-05,m,north\np3,1944-05-17,Other,north\np4,,,north\n"
    assert empty.take({"patients.csv": "patient_id,birth_date,sex,clinic\n" + rows}).exit_code == 0
    assert empty.rows("patient", "birth_date, sex") == [
        ("1944", "female"),
        ("1944-05", "male"),
        ("1944-05-17", "other"),
        (None, None),
    ]


OTHERS = [
    (
        "milestones",
        "episode_id,milestone,status,on",
        "e9,stairs,achieved,2026-01-07",
        "episode_id",
        "known episode",
    ),
    (
        "milestones",
        "episode_id,milestone,status,on",
        "e1,flying,achieved,2026-01-07",
        "milestone",
        "not a milestone",
    ),
    ("milestones", "episode_id,milestone,status,on", "e1,stairs,ok,2026-01-07", "status", "achieved"),
    ("milestones", "episode_id,milestone,status,on", "e1,stairs,achieved,2026-01-04", "on", "before the procedure"),
    ("notes", "episode_id,written_at,kind,text", "e1,2026-01-07,dream,x", "kind", "surgeon_visit"),
    ("notes", "episode_id,written_at,kind,text", "e1,2026-01-07,visit,", "text", "is empty"),
    ("notes", "episode_id,written_at,kind,text", "e1,2999-01-07,visit,x", "written_at", "in the future"),
    ("events", "episode_id,kind,on,level", "e1,tripped,2026-01-07,", "kind", "not a known kind"),
    ("events", "episode_id,kind,on,level", "e1,new_fracture,2026-01-07,L7", "level", "T1 to T12"),
    (
        "medications",
        "episode_id,drug,started_on,stopped_on",
        "e1,x,2026-01-07,2026-01-06",
        "stopped_on",
        "the start",
    ),
    ("medications", "episode_id,drug,started_on,dose", "e1,x,2026-01-07,many", "dose", "not a number"),
    ("medications", "episode_id,drug,started_on,dose", "e1,x,2026-01-07,-5", "dose", "negative"),
    ("medications", "episode_id,drug,started_on,opioid", "e1,x,2026-01-07,maybe", "opioid", "neither true nor"),
    ("clinics", "clinic,time_zone", "west,Mars/Base", "time_zone", "not a known time zone"),
    ("clinics", "clinic,time_zone,amber_budget", "west,UTC,-2", "amber_budget", "negative"),
    ("clinics", "clinic,time_zone,pain_is_back_pain", "west,UTC,perhaps", "pain_is_back_pain", "true or false"),
]


@pytest.mark.parametrize(
    ("name", "header", "row", "column", "words"),
    OTHERS,
)
def test_other_rows_are_rejected(desk: Desk, name: str, header: str, row: str, column: str, words: str) -> None:
    fault = desk.fault(desk.take({f"{name}.csv": f"{header}\n{row}\n"}))
    assert (fault["file"], fault["line"], fault["column"]) == (f"{name}.csv", 2, column)
    assert words in fault["reason"]


@pytest.mark.slow
def test_a_row_of_a_rejected_row_is_rejected_too(empty: Desk) -> None:
    files = {
        "patients.csv": "patient_id,birth_date,sex,clinic\np1,1944-02-30,female,north\n",
        "episodes.csv": "episode_id,patient_id,performed_at,levels\ne1,p1,2026-01-05,L1\n",
        "events.csv": "episode_id,kind,on\ne1,fall,2026-01-06\n",
    }
    result = empty.take(files)
    assert result.totals["rejected"] == 3
    assert {one["column"] for one in empty.rejects(result)} == {"birth_date", "patient_id", "episode_id"}
    assert empty.rows("clinic", "clinic_id") == []
