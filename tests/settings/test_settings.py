"""A clinic's settings: what a change does and refuses, who may make it, and that every version stays to be read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from plumbline import audit, settings, sql, worklist
from plumbline.cli.main import app
from plumbline.errors import NotFound
from plumbline.known import PastStore
from plumbline.settings import NotSet, SetMeanwhile
from plumbline.store import Store, open_store
from plumbline.verify import verify
from plumbline.web.settings import words
from tests.facts import Facts, day

MARK = audit.Actor("mark", "clinic_manager")
ON = day(12)


@pytest.fixture(scope="module")
def prepared(empty_of_module: Path) -> Path:
    """Two clinics. c1: three slower patients, one with a danger sign, one whose scores say pain and no site."""
    facts = Facts()
    facts.clinic("c1", name="North Clinic", amber_budget=5.0, phone_in_hours="555 0101", emergency_number="112")
    facts.clinic("c2", name="South Clinic")
    for number in range(1, 6):
        facts.patient(f"p{number}")
        facts.episode(f"e{number}", f"p{number}")
    for number in (1, 2, 3):
        for on, value in ((-3, 8), (5, 8), (10, 8)):
            facts.score(on, value, f"p{number}")
    facts.event("calf", 12, None, "e4", "p4")
    for on, value in ((-3, 8), (5, 3)):
        facts.score(on, value, "p5", instrument="nrs_pain")
    facts.patient("p9", clinic_id="c2")
    store = open_store(empty_of_module)
    facts.write(store)
    store.close()
    return empty_of_module


@pytest.fixture
def store(prepared: Path, tmp_path: Path) -> Iterator[Store]:
    path = tmp_path / "settings.duckdb"
    path.write_bytes(prepared.read_bytes())
    opened = open_store(path)
    yield opened
    opened.close()


def change(store: Store, clinic_id: str = "c1", /, **values: Any) -> tuple[str, ...]:
    return settings.change(store, MARK, clinic_id, values)


def held(store: Store, clinic_id: str = "c1") -> dict[str, Any]:
    return next(row for row in settings.clinics(store.cursor()) if row["clinic_id"] == clinic_id)


def rows(store: Store) -> list[tuple[Any, ...]]:
    return store.cursor().execute("from clinic order by all").fetchall()


def events(store: Store) -> list[tuple[Any, ...]]:
    found = reversed(audit.search(store.cursor()))
    return [(row["event"], row["actor"], row["clinic_id"], row["object_kind"], row["object_key"]) for row in found]


def places(store: Store, on: date = ON) -> dict[str, str]:
    worklist.make_ready(store, on)
    found = store.cursor().execute("select episode_id, place from worklist_line where as_of = ?", [on]).fetchall()
    return {episode: place for episode, place in found if place in ("urgent", "waiting")}


def preview(store: Store, budget: float | None) -> dict[str, Any]:
    worklist.make_ready(store, ON)
    found = sql.rows(store.cursor(), "settings/urgent_by_clinic", as_of=ON, amber_budget=budget, clinics=None)
    return next(row for row in found if row["clinic_id"] == "c1")


@pytest.mark.slow
def test_a_change_keeps_the_earlier_version_with_who_and_when_from_what_to_what(store: Store) -> None:
    other = held(store, "c2")
    assert change(store, amber_budget=8.0, phone_out_of_hours=" 555 0199 ") == ("phone_out_of_hours", "amber_budget")
    assert change(store, phone_out_of_hours="") == ("phone_out_of_hours",)
    now = held(store)
    assert (now["name"], now["amber_budget"], now["phone_out_of_hours"]) == ("North Clinic", 8, None)
    assert held(store, "c2") == other
    told = [(row["changed_by"], row["is_staff"], row["field"], row["said_before"], row["said"])
            for row in settings.changes(store, "c1")]  # fmt: skip
    assert told == [
        ("mark", True, "phone_out_of_hours", "555 0199", None),
        ("mark", True, "amber_budget", "5", "8"),
        ("mark", True, "phone_out_of_hours", None, "555 0199"),
    ]
    assert len(rows(store)) == 4
    assert verify(store) == []


def test_it_is_on_record_before_it_is_done_with_no_value_and_without_a_record_it_isnt_done(store: Store) -> None:
    change(store, phone_in_hours="555 0177")
    assert events(store) == [("settings_changed", "mark", "c1", "clinic", "c1")]
    assert "0177" not in str(store.cursor().execute("from audit_event").fetchall())
    before = rows(store)
    store.cursor().execute("alter table audit_event rename to gone")
    with pytest.raises(audit.AuditFailed):
        change(store, phone_in_hours="555 0188")
    assert rows(store) == before


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"name": "  "}, "Name: The name is missing"),
        ({"name": "south clinic"}, "Another clinic has this name"),
        ({"name": "x" * 81}, "more than 80 characters"),
        ({"name": "North\u202eClinic"}, "can't be seen"),
        ({"phone_in_hours": "555\n0101"}, "Phone in the daytime: This holds signs that can't be seen"),
        ({"phone_in_hours": "the nurse"}, "This is no telephone number"),
        ({"phone_out_of_hours": "1"}, "Phone at night and on weekends: This is no telephone number"),
        ({"phone_out_of_hours": "5" * 31}, "at most 30 characters"),
        ({"phone_out_of_hours": "'; drop table clinic; --"}, "This is no telephone number"),
        ({"emergency_number": ""}, "can be changed, but not taken away"),
        ({"amber_budget": None}, "is missing"),
        ({"amber_budget": -1.0}, "is negative: give flags per 100 patient-weeks, 0 or more"),
        ({"amber_budget": 5.5}, "a whole number"),
        ({"amber_budget": float("nan")}, "every amber flag is urgent already"),
        ({"amber_budget": 101.0}, "give 100 or less"),
        ({"pain_is_back_pain": "yes"}, "either true or false"),
        ({"time_zone": "Europe/Berlin"}, "time_zone can't be set here"),
        ({"name": "North Clinic"}, "Nothing differs"),
        ({}, "Nothing differs"),
    ],
)
def test_what_is_no_setting_is_refused_with_the_reason_and_nothing_is_stored(
    store: Store, values: dict[str, Any], said: str
) -> None:
    before = rows(store)
    with pytest.raises(NotSet, match=said):
        change(store, **values)
    assert (rows(store), events(store)) == (before, [])


def test_what_an_import_brought_doesnt_stand_in_the_way_of_another_setting(store: Store) -> None:
    store.cursor().execute("update clinic set phone_in_hours = 'ask the nurse', amber_budget = 5.5")
    assert change(store, phone_out_of_hours="(555) 0101 ext. 2") == ("phone_out_of_hours",)
    assert held(store)["amber_budget"] == 5.5


def test_whoever_looks_at_an_old_version_changes_nothing_and_is_told_who_was_quicker(store: Store) -> None:
    shown = held(store)["recorded_at"]
    change(store, amber_budget=8.0)
    before = rows(store)
    with pytest.raises(SetMeanwhile, match="mark has changed the settings of this clinic meanwhile"):
        settings.change(store, audit.Actor("ada", "admin"), "c1", {"name": "New"}, shown=shown)
    assert rows(store) == before
    settings.change(store, MARK, "c1", {"name": "New"}, shown=held(store)["recorded_at"])


@pytest.mark.parametrize("within", [("c2",), ()])
def test_a_clinic_that_isnt_ones_own_can_be_neither_changed_nor_told_from_none(
    store: Store, within: tuple[str, ...]
) -> None:
    before = rows(store)
    told = set()
    for clinic_id in ("c1", "nowhere"):
        with pytest.raises(NotFound) as refused:
            settings.change(store, MARK, clinic_id, {"name": "Ours"}, within=within)
        told.add(str(refused.value))
    assert (len(told), rows(store), events(store)) == (1, before, [])
    assert {row["clinic_id"] for row in settings.clinics(store.cursor(), within)} == set(within)
    change(store, amber_budget=8.0)
    assert settings.changes(store, within=within) == []


@pytest.mark.slow
def test_after_a_change_of_the_budget_the_worklist_shows_as_many_as_it_allows(store: Store) -> None:
    assert places(store) == {"e1": "urgent", "e2": "waiting", "e3": "waiting", "e4": "urgent"}
    change(store, amber_budget=40.0)  # of 5 open courses: 2
    assert places(store) == {"e1": "urgent", "e2": "urgent", "e3": "waiting", "e4": "urgent"}
    assert verify(store) == []


@pytest.mark.slow
def test_at_a_budget_of_0_red_flags_are_urgent_and_all_else_is_counted(store: Store) -> None:
    places(store)
    change(store, amber_budget=0.0)
    assert places(store) == {"e1": "waiting", "e2": "waiting", "e3": "waiting", "e4": "urgent"}
    total = sql.rows(
        store.cursor(), "worklist/total_by_verdict", as_of=ON, clinic_id=None, surgeon=None, clinics=None
    )[0]  # fmt: skip
    assert (total["waiting_total"], total["urgent_people"]) == (3, 1)
    assert words.budget(preview(store, 0), 0, 5) == (
        "With a budget of 0, 0 of 3 amber flags would be urgent today; with 5 it is 0 of 3. The other 3 would wait "
        "below, one click away. At 0 no amber flag is ever shown as urgent. Red flags are always urgent, whatever the "
        "budget: 1 open today."
    )


@pytest.mark.slow
def test_the_preview_says_for_every_budget_what_the_worklist_then_shows(store: Store) -> None:
    places(store)
    for budget in (8.0, 20.0, 21.0, 40.0, 41.0, 60.0, 61.0, 100.0, 0.0):
        told, before = preview(store, budget), rows(store)
        assert rows(store) == before, "a preview stores nothing"
        change(store, amber_budget=budget)
        shown = [episode for episode, place in places(store).items() if place == "urgent" and episode != "e4"]
        assert (told["amber_flags"], told["urgent_then"]) == (3, len(shown))
        assert preview(store, None)["urgent_now"] == len(shown)


@pytest.mark.slow
def test_pain_that_is_declared_back_pain_is_read_so_from_then_on(store: Store) -> None:
    def baseline() -> Any:
        found = store.cursor().execute("select baseline from episode_summary where episode_id = 'e5'").fetchone()
        return found[0]

    (one,) = sql.rows(store.cursor(), "settings/pain_by_clinic", clinics=["c1"])
    assert (one["scores"], one["patients"], one["patients_in_all"]) == (2, 1, 5)
    assert baseline() is None
    change(store, pain_is_back_pain=True)
    assert baseline() == 8
    assert verify(store) == [], "summaries are what they would be had it always been so"
    change(store, pain_is_back_pain=False)
    assert baseline() is None


def test_as_known_before_the_change_the_setting_is_as_it_was(store: Store) -> None:
    change(store, amber_budget=8.0)
    first = held(store)["recorded_at"]
    change(store, amber_budget=9.0)
    past = PastStore(store, first, None)
    assert held(past)["amber_budget"] == 8
    assert [row["said"] for row in settings.changes(past)] == ["8"]


def test_numbers_are_shown_as_a_patient_would_read_them(store: Store) -> None:
    assert words.phones(held(store)) == (
        "In the daytime, call North Clinic: 555 0101\n"
        "At night and on weekends: (no number is given)\n"
        "In an emergency: 112"
    )


@pytest.mark.slow
def test_the_command_lists_and_sets(prepared: Path, tmp_path: Path) -> None:
    path = tmp_path / "command.duckdb"
    path.write_bytes(prepared.read_bytes())

    def run(*asked: str) -> tuple[int, str]:
        result = CliRunner().invoke(app, ["clinics", *asked, "--store", str(path)])
        return result.exit_code, result.stdout

    assert run("set", "c1", "--amber-budget", "8", "--pain-is-back-pain")[0] == 0
    assert run("set", "c1", "--amber-budget", "8")[0] == 2
    assert run("set", "nowhere", "--amber-budget", "8")[0] == 2
    code, said = run("list", "--json")
    told = json.loads(said)
    assert code == 0
    assert {row["clinic_id"]: row["amber_budget"] for row in told["clinics"]} == {"c1": 8, "c2": 5}
    assert [row["field"] for row in told["changes"]] == ["amber_budget", "pain_is_back_pain"]
