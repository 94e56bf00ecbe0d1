"""A cohort that names what nobody has: which word, and what is near; never a word of other clinics."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from plumbline.cohorts import Definition, DefinitionError, count, unknown
from plumbline.cohorts.near import instead, near
from tests.facts import Facts, day
from tests.status.conftest import store

__all__ = ["store"]
OURS, THEIRS = ("c1",), ("c2",)


@pytest.fixture
def cursor(store: Any) -> Iterator[Any]:
    """Two clinics with a surgeon each, and a third that has had no procedure yet."""
    facts = Facts()
    for clinic, surgeon, tag in (("c1", "Dr Example Ash", "trial;self-paying"), ("c2", "Dr Example Birch", None)):
        facts.clinic(clinic, name=f"Clinic {clinic}")
        facts.patient(f"p-{clinic}", clinic_id=clinic)
        facts.episode(f"e-{clinic}", f"p-{clinic}", surgeon=surgeon, of_grade="OF3", tags=tag, performed_on=day(5))
    facts.clinic("c3", name="Clinic c3")
    facts.write(store)
    return store.cursor()


def said(cursor: Any, clinics: tuple[str, ...] | None, other_than: dict[str, Any] | None = None, **filters: Any) -> str:
    given = [Definition.of({"sex": ["female"]}), Definition.of(filters, other_than)]
    try:
        unknown.refuse(unknown.words(cursor, clinics), given)
    except DefinitionError as told:
        return str(told)
    return ""


def test_the_word_that_nobody_has_is_named_with_what_is_near(cursor: Any) -> None:
    assert said(cursor, None, surgeon=["Dr Example Ash", "Dr Exampel Birch"]) == (
        "There is no surgeon 'Dr Exampel Birch' here. Did you mean Dr Example Birch? "
        "Surgeons are: Dr Example Ash, Dr Example Birch."
    )
    assert said(cursor, None, clinic=["nowhere"]) == "There is no clinic 'nowhere' here. Clinics are: c1, c2, c3."
    assert "Did you mean c2?" in said(cursor, None, clinic=["clinic C2"])
    assert "Did you mean OF3? OF grades are: OF3." in said(cursor, None, of_grade=["of 3"])
    assert "Tags are: self-paying, trial." in said(cursor, None, tag=["private"])
    nowhere = "There is no approach 'by the back' here, and none at all on record."
    assert said(cursor, None, approach=["by the back"]) == nowhere
    assert said(cursor, None, {"surgeon": ["Dr Example Elm"]}).startswith("There is no surgeon 'Dr Example Elm'")


def test_what_is_known_and_nobody_has_on_that_day_is_an_honest_nobody(cursor: Any) -> None:
    early = date(2020, 1, 1)
    for filters in ({"surgeon": ["Dr Example Birch"]}, {"clinic": ["c3"]}, {"sex": ["other"]}):
        assert said(cursor, None, **filters) == ""
        assert count(cursor, Definition.of(filters), early).episodes == 0
    assert said(cursor, None) == ""


def test_other_clinics_words_are_not_told_nor_that_they_are_there(cursor: Any) -> None:
    theirs, nobodys = (said(cursor, OURS, surgeon=[name]) for name in ("Dr Example Birch", "Dr Example Cedar"))
    assert theirs.replace("Birch", "Cedar") == nobodys
    assert theirs.endswith("Surgeons are: Dr Example Ash.")
    assert said(cursor, OURS, clinic=["c2"]) == "There is no clinic 'c2' here. Did you mean c1? Clinics are: c1."
    assert "none at all on record" in said(cursor, THEIRS, tag=["trial"])


def test_only_words_of_the_clinics_own_are_looked_up() -> None:
    assert not unknown.of_own([Definition.of({"sex": ["female"], "age": {"from": 60}, "level": ["L1"]})])
    assert unknown.of_own([Definition(), Definition.of({}, {"tag": ["trial"]})])


def test_names_that_are_near() -> None:
    names = {"female": ["female", "women"], "male": ["male", "men"]}
    assert near("Woman", names) == ["female"]
    assert near("MALE", names, 2) == ["male"]
    assert near("zebra", names) == []
    assert instead("zebra", names) == "There are: female, male."
    assert instead("a", {f"n{one}": [f"n{one}"] for one in range(20)}).endswith("n15 and 4 more.")
    assert near("a", {}) == []
