"""What staff corrected or took back in Plumbline stays so when the file that said it comes again."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from plumbline import audit, settings
from plumbline.entry.record import undo
from plumbline.entry.steps import Add, Correct, Retract
from plumbline.errors import PlumblineError
from plumbline.intake.undo import undo as undo_import
from plumbline.verify import verify
from tests.entry.conftest import saved
from tests.intake.conftest import BASE, Desk

FILES: dict[str, tuple[str, str]] = {
    "score": ("scores.csv", "patient_id,taken_at,instrument,value\np1,2026-01-12,nrs_back,7\n"),
    "milestone": ("milestones.csv", "episode_id,milestone,status,on\ne1,driving,not_yet,2026-01-12\n"),
    "note": ("notes.csv", "episode_id,written_at,kind,text\ne1,2026-01-12,visit,Well.\n"),
    "event": ("events.csv", "episode_id,kind,on,level,detail\ne1,fall,2026-01-12,,at home\n"),
    "medication": ("medications.csv", "episode_id,drug,started_on,dose,unit\ne1,tramadol,2026-01-12,50,mg\n"),
}
TABLES = {"milestone": "milestone_event"}
MOVED = {"moment_on": date(2026, 1, 13)}
CHANGED: dict[str, dict[str, Any]] = {
    "score": {"value": 3},
    "milestone": {"status": "unable"},
    "note": {"text": "Unwell."},
    "event": {"detail": "in the garden"},
    "medication": {"dose": 25.0},
}


def current(desk: Desk, kind: str) -> list[tuple[Any, ...]]:
    table = TABLES.get(kind, kind)
    return desk.store.cursor().execute(f"from {table} where retracted_at is null order by all").fetchall()


def imported(desk: Desk, kind: str) -> tuple[dict[str, str | bytes], str]:
    """One row of this kind, imported; gives the files and the row's id."""
    name, text = FILES[kind]
    files: dict[str, str | bytes] = {**BASE, name: text}
    assert desk.take(files).totals["rejected"] == 0
    return files, str(current(desk, kind)[0][0])


@pytest.mark.parametrize("how", ["corrected", "moved", "taken back"])
@pytest.mark.parametrize("kind", sorted(FILES))
@pytest.mark.cases
@pytest.mark.slow
def test_the_same_files_again_neither_override_nor_double_it(empty: Desk, kind: str, how: str) -> None:
    files, fact_id = imported(empty, kind)
    if how == "taken back":
        saved(empty.store, Retract(kind, fact_id), why="another patient's")
    else:
        saved(empty.store, Correct(kind, fact_id, CHANGED[kind] if how == "corrected" else MOVED), why="slip")
    before = current(empty, kind)
    assert len(before) == (0 if how == "taken back" else 1)
    for replace in (False, True):
        again = empty.take(files, replace=replace)
        assert current(empty, kind) == before
        (reject,) = empty.rejects(again)
        word = "taken back" if how == "taken back" else "corrected"
        assert reject["reason"].startswith(f"was {word} in Plumbline on 20")
        assert "Correct it at its source, too" in reject["reason"]
    assert verify(empty.store) == []


@pytest.mark.parametrize("kind", sorted(FILES))
@pytest.mark.cases
@pytest.mark.slow
def test_what_was_undone_is_there_already(empty: Desk, kind: str) -> None:
    files, fact_id = imported(empty, kind)
    entry = saved(empty.store, Retract(kind, fact_id), why="slip")
    undo(empty.store, "nurse", entry.entry_id)
    before = current(empty, kind)
    again = empty.take(files)
    assert (again.totals["accepted"], again.totals["rejected"]) == (0, 0)
    assert current(empty, kind) == before


@pytest.mark.slow
def test_a_source_that_was_corrected_alike_is_unchanged(empty: Desk) -> None:
    files, fact_id = imported(empty, "score")
    saved(empty.store, Correct("score", fact_id, {"value": 3}), why="slip")
    again = empty.take({**files, "scores.csv": "patient_id,taken_at,instrument,value\np1,2026-01-12,nrs_back,3\n"})
    assert (again.totals["accepted"], again.totals["rejected"]) == (0, 0)


@pytest.mark.slow
def test_a_source_that_says_something_new_is_heard(empty: Desk) -> None:
    files, fact_id = imported(empty, "score")
    saved(empty.store, Retract("score", fact_id), why="never was so")
    again = empty.take({**files, "scores.csv": "patient_id,taken_at,instrument,value\np1,2026-01-12,nrs_back,4\n"})
    assert again.totals["accepted"] == 1
    assert len(current(empty, "score")) == 1


def test_what_staff_entered_and_undid_may_still_come_by_import(empty: Desk) -> None:
    empty.take(dict(BASE))
    values = {"instrument": "nrs_back", "value": 7, "status": "done", "moment_on": date(2026, 1, 12)}
    entry = saved(empty.store, Add("score", values))
    undo(empty.store, "nurse", entry.entry_id)
    assert empty.take({"scores.csv": FILES["score"][1]}).totals["accepted"] == 1


@pytest.mark.parametrize("value", [7, 5])
@pytest.mark.slow
def test_a_resource_that_staff_moved_to_another_day_does_not_come_back_beside_it(empty: Desk, value: int) -> None:
    def bundle(score: int) -> str:
        coding = [{"system": "http://loinc.org", "code": "72514-3"}]
        one = {"resourceType": "Observation", "id": "o1", "status": "final", "code": {"coding": coding}}
        one |= {"subject": {"reference": "Patient/p1"}, "effectiveDateTime": "2026-01-12", "valueInteger": score}
        return json.dumps({"resourceType": "Bundle", "type": "collection", "entry": [{"resource": one}]})

    empty.take(dict(BASE))
    assert empty.take({"b.json": bundle(7)}).totals["accepted"] == 1
    saved(empty.store, Correct("score", str(current(empty, "score")[0][0]), MOVED), why="wrong day")
    again = empty.take({"b.json": bundle(value)})
    assert again.totals["accepted"] == 0
    assert "was corrected in Plumbline" in empty.rejects(again)[0]["reason"]
    assert len(current(empty, "score")) == 1


CLINIC = "clinic,name,time_zone,phone_in_hours,amber_budget\nnorth,North,America/New_York,555 0101,5\n"
MANAGER = audit.Actor("mark", "clinic_manager")


@pytest.mark.slow
def test_a_setting_that_staff_changed_is_not_brought_back(empty: Desk) -> None:
    files: dict[str, str | bytes] = {**BASE, "clinics.csv": CLINIC + "south,South,Europe/Berlin,,\n"}
    empty.take(files)
    settings.change(empty.store, MANAGER, "north", {"amber_budget": 8.0, "phone_in_hours": "555 0177"})
    before = current(empty, "clinic")
    for replace in (False, True):
        reject = empty.fault(empty.take(files, replace=replace))
        assert current(empty, "clinic") == before
        assert (reject["column"], reject["value"]) == ("amber_budget", "5")
        assert reject["reason"].startswith("was changed in Plumbline on 20")
        assert "Correct it at its source, too" in reject["reason"]
    same = CLINIC.replace(",5\n", ",8\n").replace("0101", "0177")
    assert empty.take({"clinics.csv": same}).totals["unchanged"] == 1
    assert empty.take({"clinics.csv": "clinic,time_zone\nnorth,America/New_York\n"}).totals["unchanged"] == 1
    new = same.replace(",8\n", ",9\n")
    assert "--replace" in empty.fault(empty.take({"clinics.csv": new}))["reason"]
    assert empty.take({"clinics.csv": new}, replace=True).totals["accepted"] == 1
    assert settings.clinics(empty.store.cursor(), ("north",))[0]["amber_budget"] == 9
    assert verify(empty.store) == []


@pytest.mark.slow
def test_an_assumed_zone_may_still_be_replaced_after_a_setting_was_changed_and_the_setting_stays(empty: Desk) -> None:
    empty.take({"patients.csv": "patient_id,birth_date,sex,clinic\np1,1944,female,north\n"})
    settings.change(empty.store, MANAGER, "north", {"amber_budget": 8.0})
    settings.change(empty.store, MANAGER, "north", {"emergency_number": "112"})
    for budget in (5, 6):  # the one that was assumed, and another: neither is taken on the zone's account
        file = f"clinic,time_zone,amber_budget\nnorth,Asia/Tokyo,{budget}\n"
        assert empty.take({"clinics.csv": file}).totals["rejected"] == 1
    assert empty.take({"clinics.csv": "clinic,time_zone\nnorth,Asia/Tokyo\n"}).totals["accepted"] == 1
    (now,) = settings.clinics(empty.store.cursor())
    assert (now["time_zone"], now["amber_budget"], now["emergency_number"]) == ("Asia/Tokyo", 8, "112")


@pytest.mark.slow
def test_undoing_the_import_that_brought_a_clinic_leaves_what_staff_set(empty: Desk) -> None:
    empty.take({**BASE, "clinics.csv": CLINIC + "south,South,Europe/Berlin,,\n"})
    batch = empty.take({"clinics.csv": CLINIC.replace("0101", "0122")}, replace=True).batch_id
    settings.change(empty.store, MANAGER, "north", {"amber_budget": 8.0})
    before = current(empty, "clinic")
    with pytest.raises(PlumblineError, match="Nothing was undone yet"):
        undo_import(empty.store, "steward", batch, "wrong file")
    (told,) = undo_import(empty.store, "steward", batch, "wrong file", confirmed=True).said_since
    assert (told["kind"], told["what"], told["said_by"], told["action"]) == ("clinic", "north", "mark", "corrected")
    assert current(empty, "clinic") == before
