"""Each check finds the fault that was planted for it, in whom it was planted, and nothing else anywhere."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from plumbline import sql
from plumbline.store import Store, open_store, reference_frame
from plumbline.web.quality.data import CHECKS
from tests.facts import day
from tests.quality.planted import AS_OF, WHOM, Planted, planted, sound

pytestmark = pytest.mark.slow
CODES = list(reference_frame("quality_check")["code"])


def found(store: Store, **how: Any) -> list[dict[str, Any]]:
    asked = {"as_of": AS_OF, "episode_id": None, "clinics": None} | how
    return sql.rows(store.cursor(), "quality/found_by_check", **asked)


@pytest.fixture(scope="module")
def store(empty_of_module: Path) -> Iterator[Store]:
    opened = open_store(empty_of_module)
    planted().write(opened)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def everything(store: Store) -> list[dict[str, Any]]:
    """All that is found in the planted store, asked once."""
    return found(store)


def test_every_check_is_a_row_a_query_and_a_planted_fault() -> None:
    files = {path.stem for path in (sql.QUERIES / "quality").glob("*.sql")}
    assert set(CODES) == set(CHECKS) == set(WHOM)
    assert files - set(CODES) == {
        "alike_by_pair", "found_by_check", "count_by_check", "checked_by_clinic", "total_by_check", "total_of_clinic",
        "row_of_found",
    }  # fmt: skip
    assert len(CODES) >= 15


@pytest.mark.parametrize("code", CODES)
def test_a_check_names_whom_its_fault_was_planted_in_and_nobody_else(
    everything: list[dict[str, Any]], code: str
) -> None:
    rows = [row for row in everything if row["code"] == code]
    assert {row["patient_id"] or row["clinic_id"] for row in rows} == {WHOM[code]}
    assert len(rows) == 1
    assert rows[0]["found"].endswith(".")


def test_all_that_is_found_was_planted(everything: list[dict[str, Any]]) -> None:
    assert len(everything) == len(CODES)


@pytest.fixture
def fresh(empty_original: Path, tmp_path: Path) -> Iterator[Store]:
    opened = open_store(shutil.copy(empty_original, tmp_path / "fresh.duckdb"))
    yield opened
    opened.close()


def test_where_all_is_as_it_should_be_nothing_is_found(fresh: Store) -> None:
    sound().write(fresh)
    assert found(fresh) == []


def test_what_was_taken_back_is_not_found(fresh: Store) -> None:
    facts = sound()
    facts.score(43, 11, "p30")
    facts.rows["score"][-1]["retracted_at"] = "2026-06-02 00:00:00"
    facts.medication("metamizole", 5, 3, episode_id="e30", patient_id="p30")
    facts.rows["medication"][-1]["retracted_at"] = "2026-06-02 00:00:00"
    facts.write(fresh)
    assert found(fresh) == []


def codes(facts: Planted, store: Store) -> set[str]:
    facts.write(store)
    return {row["code"] for row in found(store)}


def test_a_score_that_is_not_whole_is_impossible_unless_it_was_made_of_items(fresh: Store) -> None:
    facts = sound()
    facts.score(42, 10.5, "p30", instrument="rmdq")
    facts.write(fresh)
    assert [(row["code"], row["patient_id"]) for row in found(fresh)] == [("impossible_value", "p30")]


def test_a_value_beside_a_status_and_an_unknown_instrument_are_impossible(fresh: Store) -> None:
    facts = sound()
    facts.score(43, 3, "p30", status="unable")
    facts.score(44, 3, "p31", instrument="nobody_knows")
    facts.score(45, None, "p32")
    assert codes(facts, fresh) == {"impossible_value"}
    assert len(found(fresh)) == 3


def test_the_fall_after_the_procedure_and_a_far_neighbour_are_no_jump(fresh: Store) -> None:
    facts = sound()
    facts.person("p40", course={-3: 10, 1: 1, 7: 1, 14: 1, 42: 1})
    facts.person("p41", course={-3: 3, 1: 2, 7: 2, 14: 2, 45: 9})  # up, and nothing after it
    assert codes(facts, fresh) == set()


def test_two_patients_of_one_name_and_two_birth_dates_are_two_people(fresh: Store) -> None:
    facts = sound()
    for patient_id, born in (("p40", "1940-01-01"), ("p41", "1950-01-01")):
        facts.person(patient_id, patient={"given_name": "Eva", "family_name": "Same", "birth_date": born})
    assert codes(facts, fresh) == set()


@pytest.mark.parametrize("births", [("1940-01", "1940-01-05"), ("1940-01-05", "1940-01-05")])
def test_one_name_and_birth_dates_that_agree_may_be_one_person(fresh: Store, births: tuple[str, str]) -> None:
    facts = sound()
    for patient_id, born in zip(("p40", "p41"), births, strict=True):
        facts.person(patient_id, patient={"given_name": "Éva", "family_name": "Same", "birth_date": born})
    assert codes(facts, fresh) == {"likely_duplicate"}


def test_a_death_on_the_day_of_a_score_is_no_fault_and_one_before_it_is(fresh: Store) -> None:
    facts = sound()
    facts.person("p40")
    facts.event("died", 42, episode_id="e40", patient_id="p40")
    assert codes(facts, fresh) == set()
    facts = Planted()
    facts.person("p41")
    facts.event("died", 41, episode_id="e41", patient_id="p41")
    assert codes(facts, fresh) == {"dead_active"}


def test_a_clinic_is_silent_only_after_its_days_and_only_with_somebody_to_follow(fresh: Store) -> None:
    sound().write(fresh)
    assert found(fresh, as_of=day(72)) == []
    silent = [row["clinic_id"] for row in found(fresh, as_of=day(73)) if row["code"] == "clinic_silent"]
    assert silent == ["c1", "c2"]
    assert "clinic_silent" not in {row["code"] for row in found(fresh, as_of=day(731))}


def test_the_counts_add_up_over_clinics_and_say_of_how_many(
    store: Store, everything: list[dict[str, Any]]
) -> None:
    given = {"as_of": AS_OF, "episode_id": None}
    counted = sql.rows(store.cursor(), "quality/count_by_check", clinics=None, **given)
    rows = everything
    assert sum(row["things"] for row in counted if row["code"]) == len(rows)
    assert sum(row["things"] for row in counted if not row["code"]) == len(rows)
    assert sum(row["patients"] for row in counted if not row["code"]) == len(
        {row["patient_id"] for row in rows if row["patient_id"]}
    )
    checked = sql.rows(store.cursor(), "quality/checked_by_clinic", clinics=None, **given)
    of = {(row["counted"], row["clinic_id"]): row["checked"] for row in checked}
    people = store.cursor().execute("select count(*) from patient where clinic_id = 'c1'").fetchone()[0]
    assert of["patients", "c1"] == people
    assert {kind for kind, _ in of} == set(reference_frame("quality_check")["counted"])


def test_each_check_and_all_of_them_together_find_the_same(
    store: Store, everything: list[dict[str, Any]]
) -> None:
    alone = []
    for code, name in CHECKS.items():
        known = {"as_of": AS_OF, "episode_id": None, "clinics": None}
        given = {param.name: known[param.name] for param in sql.load(name).params}
        alone += [(code, row["patient_id"], row["found"]) for row in sql.rows(store.cursor(), name, **given)]
    together = [(row["code"], row["patient_id"], row["found"]) for row in everything]
    assert sorted(map(str, alone)) == sorted(map(str, together))
