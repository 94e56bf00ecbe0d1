"""Who is in a cohort: as worked out again in plain Python, for any definition; and what isn't known is never in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plumbline import sql
from plumbline.cohorts import EVERYBODY, Definition, about, count, left_out, members, others, traits
from plumbline.store import Store, open_store
from tests.cohorts.made import filters, holds
from tests.conftest import DEMO_UNTIL
from tests.facts import Facts

DAYS = st.sampled_from([DEMO_UNTIL, date(2026, 6, 1), date(2025, 12, 1)])
CLINICS = st.sampled_from([None, ("demo-harbor", "demo-heath"), ("demo-ridge",), ()])


@pytest.fixture(scope="module")
def store(demo_store: Path) -> Iterator[Store]:
    opened = open_store(demo_store)
    yield opened
    opened.close()


def judged(
    store: Store, definition: Definition, as_of: date, clinics: tuple[str, ...] | None
) -> dict[str, bool | None]:
    """Of each procedure whether it is in the cohort, by plain Python."""
    cursor = store.cursor()
    followed = sql.ask(cursor, "cohort/follow_up_by_episode", as_of=as_of, clinics=None, episode_id=None)
    complete = dict(zip(followed["episode_id"], followed["is_complete"].astype(bool), strict=True))
    found: dict[str, bool | None] = {}
    for row in traits(cursor, clinics).to_dict("records"):
        if row["performed_on"].date() > as_of:
            continue
        within = holds(row, definition.filters, complete)
        apart = False if definition.other_than is None else holds(row, definition.other_than, complete)
        answers = [within, None if apart is None else not apart]
        found[row["episode_id"]] = False if False in answers else None if None in answers else True
    return found


@settings(max_examples=120, deadline=None)
@given(told=filters(), rest=st.none() | filters(1), as_of=DAYS, clinics=CLINICS)
def test_the_members_are_those_for_whom_every_filter_says_yes(
    store: Store, told: dict[str, Any], rest: dict[str, Any] | None, as_of: date, clinics: tuple[str, ...] | None
) -> None:
    definition, cursor = Definition.of(told, rest), store.cursor()
    expected = judged(store, definition, as_of, clinics)
    frame = members(cursor, definition, as_of, clinics)
    assert frame["episode_id"].tolist() == sorted(one for one, is_in in expected.items() if is_in)
    number = count(cursor, definition, as_of, clinics)
    assert (number.episodes, number.patients) == (len(frame), frame["patient_id"].nunique())
    unknown = sum(is_in is None for is_in in expected.values())
    most, each = sum(lacking for _, lacking in number.unknown), [lacking for _, lacking in number.unknown]
    assert max(each, default=0) <= unknown <= most, "each that is left out lacks something"


@settings(max_examples=40, deadline=None)
@given(told=filters(1), data=st.data())
def test_a_cohort_all_others_and_those_not_known_are_everybody_and_nobody_twice(
    store: Store, told: dict[str, Any], data: st.DataObject
) -> None:
    shared = data.draw(st.sets(st.sampled_from(sorted(told)), max_size=len(told) - 1))
    one, cursor = Definition.of(told), store.cursor()
    rest = others(one, shared)
    ours, theirs = (set(members(cursor, each, DEMO_UNTIL)["episode_id"]) for each in (one, rest))
    base = judged(store, Definition.of({name: told[name] for name in shared}), DEMO_UNTIL, None)
    unknown = {episode for episode, is_in in judged(store, one, DEMO_UNTIL, None).items() if is_in is None}
    assert not ours & theirs
    assert {episode for episode, is_in in base.items() if is_in} - unknown == ours | theirs


def test_the_same_definition_on_the_same_data_gives_the_same_rows(store: Store, demo_store: Path) -> None:
    definition = Definition.of({"sex": ["female"], "age": {"from": 60, "to": 80.0}})
    first = members(store.cursor(), definition, DEMO_UNTIL)
    again = members(store.cursor(), Definition.from_json(definition.text), DEMO_UNTIL)
    pd.testing.assert_frame_equal(first, again)
    assert first.columns.tolist() == traits(store.cursor()).columns.tolist()
    assert first["episode_id"].is_monotonic_increasing
    assert 0 < len(first) < len(traits(store.cursor()))


@pytest.fixture
def few(empty_store: Path) -> Iterator[Store]:
    """Five procedures of four patients, one of whom has little on record."""
    facts, opened = Facts(), open_store(empty_store)
    facts.clinic()
    for turn, (patient, more) in enumerate({"ada": {}, "bea": {"sex": "male"}, "cyd": {}, "dee": {}}.items()):
        facts.patient(patient, **({"birth_date": None, "sex": None} if patient == "dee" else more))
        facts.episode(f"e{turn}", patient, surgeon=None if patient == "dee" else "Dr A", tags="trial; private")
    facts.episode("again", "ada", performed_on=date(2026, 8, 1), cause="traumatic")
    facts.score(-3, 8.0, "ada")
    facts.write(opened)
    yield opened
    opened.close()


def test_what_is_not_known_is_in_neither_and_is_counted(few: Store) -> None:
    cursor, as_of = few.cursor(), date(2026, 11, 1)
    women = Definition.of({"sex": ["female"]})
    assert members(cursor, women, as_of)["episode_id"].tolist() == ["again", "e0", "e2"]
    assert members(cursor, others(women), as_of)["episode_id"].tolist() == ["e1"]
    number = count(cursor, women, as_of)
    assert (number.episodes, number.patients, number.unknown) == (3, 2, (("sex", 1),))
    assert count(cursor, others(women), as_of).unknown == (("sex", 1),)
    both = count(cursor, Definition.of({"age": {"from": 1}, "surgeon": ["Dr A"]}), as_of)
    assert (both.episodes, both.unknown) == (3, (("surgeon", 2), ("age", 1)))


def test_a_filter_that_says_no_needs_no_other_answer(few: Store) -> None:
    number = count(few.cursor(), Definition.of({"clinic": ["elsewhere"], "sex": ["female"]}), date(2026, 11, 1))
    assert (number.episodes, number.unknown) == (0, ())


def test_nobody_is_in_it_before_their_procedure_and_an_earlier_one_counts(few: Store) -> None:
    cursor = few.cursor()
    assert count(cursor, EVERYBODY, date(2026, 1, 9)).episodes == 0
    assert count(cursor, EVERYBODY, date(2026, 1, 10)).episodes == 4
    earlier = Definition.of({"prior_fracture": True})
    assert members(cursor, earlier, date(2026, 11, 1))["episode_id"].tolist() == ["again"]
    assert count(cursor, others(earlier), date(2026, 11, 1)).episodes == 4


def test_a_score_before_belongs_to_its_own_procedure(few: Store) -> None:
    number = count(few.cursor(), Definition.of({"baseline": {"from": 8, "to": 8}}), date(2026, 11, 1))
    assert (number.episodes, number.unknown) == (1, (("baseline", 4),))


def test_no_tag_is_an_answer(few: Store) -> None:
    trial = Definition.of({"tag": ["trial"]})
    assert count(few.cursor(), trial, date(2026, 11, 1)).episodes == 4
    assert members(few.cursor(), others(trial), date(2026, 11, 1))["episode_id"].tolist() == ["again"]


def test_a_count_while_filters_are_tried_is_rounded(few: Store) -> None:
    assert [about(number, 4) for number in (0, 1, 4, 5, 7, 8, 318, 321)] == [
        "0", "under 5", "under 5", "about 5", "about 5", "about 10", "about 320", "about 320",
    ]  # fmt: skip
    assert [about(number, 10) for number in (10, 11, 14, 318)] == ["under 11", "about 10", "about 10", "about 320"]
    women = count(few.cursor(), Definition.of({"sex": ["female"]}), date(2026, 11, 1))
    assert left_out(women, 4) == ["under 5 left out: Sex isn't known"]
