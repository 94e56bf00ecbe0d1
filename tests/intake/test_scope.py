"""Attack 43: who looks after some clinics can bring in, change, withdraw and take back patients of these alone."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from plumbline import sql
from plumbline.errors import NotAllowed
from plumbline.intake import undo
from tests.intake.conftest import FACTS, Desk
from tests.intake.test_fhir import pain, take
from tests.intake.test_properties import FILES, SETTINGS, Rows, written

NORTH = ("north",)
PATIENTS = "patient_id,birth_date,sex,clinic\n"
FORBIDDEN: dict[str, dict[str, str]] = {
    "a change of the other clinic": {"clinics.csv": "clinic,name,time_zone\nsouth,Mine,Europe/Berlin\n"},
    "a new clinic": {"clinics.csv": "clinic,name,time_zone\nwest,West,Europe/Berlin\n"},
    "a new patient of the other clinic": {"patients.csv": f"{PATIENTS}p7,1950,male,south\n"},
    "a new patient of a clinic that isn't known": {"patients.csv": f"{PATIENTS}p7,1950,male,west\n"},
    "a clinic that is a statement": {"patients.csv": f"{PATIENTS}p7,1950,male,north') or ('1'='1\n"},
    "its patient, changed": {"patients.csv": f"{PATIENTS}p2,1951,female,south\n"},
    "its patient, moved to the own clinic": {"patients.csv": f"{PATIENTS}p2,1950,male,north\n"},
    "the own patient, moved there": {"patients.csv": f"{PATIENTS}p1,1944-05-17,female,south\n"},
    "a procedure of its patient": {"episodes.csv": "episode_id,patient_id,performed_at,levels\ne7,p2,2026-02-03,L3\n"},
    "its episode, given to the own patient": {
        "episodes.csv": "episode_id,patient_id,performed_at,levels\ne2,p1,2026-02-01,L3\n"
    },
    "a score by the patient's id": {"scores.csv": "patient_id,taken_at,instrument,value\np2,2026-02-03,nrs_back,6\n"},
    "a score by the episode's id": {"scores.csv": "episode_id,taken_at,instrument,value\ne2,2026-02-03,nrs_back,6\n"},
    "a milestone": {"milestones.csv": "episode_id,milestone,on,status\ne2,walk_alone,2026-02-05,achieved\n"},
    "a note": {"notes.csv": "episode_id,kind,written_at,text\ne2,visit,2026-02-05,Well\n"},
    "an event": {"events.csv": "episode_id,kind,on,detail\ne2,fall,2026-02-05,bath\n"},
    "a medicine": {"medications.csv": "episode_id,drug,started_on\ne2,ibuprofen,2026-02-05\n"},
}


def rows_of_all(desk: Desk) -> dict[str, list[Any]]:
    """Every row of every fact table, to the last column, retracted ones too."""
    cursor = desk.store.cursor()
    return {table: cursor.execute(f"select * from {table} order by all").fetchall() for table in FACTS}


@pytest.mark.attack(43)
@pytest.mark.cases
@pytest.mark.parametrize("replace", [False, True])
@pytest.mark.parametrize("what", FORBIDDEN)
def test_every_row_about_another_clinic_is_rejected_with_its_reason_and_nothing_is_stored(
    desk: Desk, what: str, replace: bool
) -> None:
    before = rows_of_all(desk)
    result = desk.take(FORBIDDEN[what], clinics=NORTH, replace=replace)
    assert result.totals == {"rows": 1, "accepted": 0, "unchanged": 0, "ignored": 0, "rejected": 1}
    assert "clinic" in desk.fault(result)["reason"]
    assert "that you" in desk.fault(result)["reason"]
    assert rows_of_all(desk) == before


def test_of_a_mixed_file_the_own_rows_are_stored_as_if_they_were_alone(desk: Desk) -> None:
    mixed = {
        "patients.csv": f"{PATIENTS}p7,1950,male,north\np8,1950,male,south\n",
        "episodes.csv": "episode_id,patient_id,performed_at,levels\ne7,p7,2026-02-03,L3\ne8,p8,2026-02-03,L3\n",
        "scores.csv": "patient_id,taken_at,instrument,value\np7,2026-02-04,nrs_back,6\np8,2026-02-04,nrs_back,6\n"
        "p1,2026-01-09,nrs_back,5\np2,2026-02-09,nrs_back,5\n",
    }
    result = desk.take(mixed, clinics=NORTH)
    assert (result.totals["accepted"], result.totals["rejected"]) == (4, 4)
    stored = {row[0] for row in desk.rows("patient", "patient_id")}
    assert stored == {"p1", "p2", "p7"}
    assert {row[0] for row in desk.rows("score", "patient_id")} == {"p7", "p1"}
    everything = desk.take(mixed)
    assert everything.totals["accepted"] == 4


def test_who_looks_after_none_brings_nothing_in_and_both_clinics_take_both(desk: Desk) -> None:
    score = FORBIDDEN["a score by the patient's id"]
    assert desk.take(score, clinics=()).totals["rejected"] == 1
    assert desk.take(score, clinics=("south", "north")).totals["accepted"] == 1


@pytest.mark.attack(43)
@pytest.mark.slow
@SETTINGS
@given(rows=FILES)
def test_whatever_a_file_holds_nothing_of_another_clinic_comes_or_changes(desk: Desk, rows: Rows) -> None:
    if not any(rows.values()):
        return
    theirs = "select * from {} where patient_id in (select patient_id from patient where clinic_id <> 'north')"
    tables = [table for table in FACTS if table != "clinic"]
    before = [desk.store.cursor().execute(f"{theirs.format(table)} order by all").fetchall() for table in tables]
    desk.take(written(rows), clinics=NORTH, replace=True)
    after = [desk.store.cursor().execute(f"{theirs.format(table)} order by all").fetchall() for table in tables]
    assert after == before
    assert {row[0] for row in desk.rows("clinic", "clinic_id")} == {"north", "south"}


@pytest.mark.attack(42, 43)
def test_only_a_resource_of_an_own_patient_can_be_withdrawn(desk: Desk) -> None:
    theirs = pain("o2", subject={"reference": "Patient/p2"}, effectiveDateTime="2026-02-06")
    assert take(desk, pain(), theirs).totals["accepted"] == 2
    before = rows_of_all(desk)
    gone = {**theirs, "status": "entered-in-error"}
    result = take(desk, gone, clinics=NORTH)
    assert "don't look after" in desk.fault(result)["reason"]
    assert rows_of_all(desk) == before
    assert take(desk, {**pain(), "status": "entered-in-error"}, clinics=NORTH).totals["accepted"] == 1
    assert take(desk, gone, clinics=("south",)).totals["accepted"] == 1


def test_an_import_of_other_clinics_is_neither_taken_back_nor_listed(desk: Desk) -> None:
    files = dict.fromkeys(("ours", "theirs", "both"), "patient_id,taken_at,instrument,value\n")
    ours, theirs, both = (
        desk.take({"scores.csv": files[one] + rows}, recorded_by="central").batch_id
        for one, rows in {
            "ours": "p1,2026-01-09,nrs_back,5\n", "theirs": "p2,2026-02-09,nrs_back,5\n",
            "both": "p1,2026-01-19,nrs_back,5\np2,2026-02-19,nrs_back,5\n",
        }.items()
    )  # fmt: skip
    before = rows_of_all(desk)
    for batch in (theirs, both):
        with pytest.raises(NotAllowed):
            undo.undo(desk.store, "u1", batch, confirmed=True, clinics=NORTH)
        with pytest.raises(NotAllowed):
            undo.preview(desk.store, batch, clinics=NORTH)
    assert rows_of_all(desk) == before

    def listed(clinics: Any, by: str) -> dict[str, bool]:
        found = sql.rows(desk.store.cursor(), "import/batch_by_start", clinics=clinics, by=by)
        return {row["batch_id"]: row["is_mine"] for row in found if row["recorded_by"] == "central"}

    assert listed(NORTH, "u1") == {ours: True, both: False}
    assert listed((), "u1") == {}
    assert listed((), "central") == {ours: True, theirs: True, both: True}
    assert listed(None, "u1") == {ours: True, theirs: True, both: True}
    assert undo.undo(desk.store, "u1", ours, confirmed=True, clinics=NORTH).retracted == {"score": 1}
