"""What somebody has begun to enter outlives the process, belongs to them alone, and ends when it is saved."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plumbline.entry import drafts
from plumbline.entry.drafts import Place
from plumbline.store import Store, open_store

MINE = Place("nurse", "e1", "score")
VALUES: dict[str, Any] = {"value:nrs_back": 3, "moment_on": date(2026, 2, 1), "moment_time": time(9, 30)}
VALUES |= {"why": "“slip”", "more": ["odi"]}


def test_a_draft_is_there_after_the_store_was_opened_anew(store: Store) -> None:
    drafts.keep(store, MINE, VALUES)
    path = store.path
    store.close()
    again = open_store(path)
    found = drafts.read(again, MINE)
    assert found.values == VALUES
    assert found.saved_at is not None
    again.close()


@pytest.mark.parametrize(
    "other", [Place("doctor", "e1", "score"), Place("nurse", "e2", "score"), Place("nurse", "e1", "note")]
)
def test_nobody_elses_form_ever_shows_it(store: Store, other: Place) -> None:
    drafts.keep(store, MINE, VALUES)
    assert drafts.read(store, other).values == {}
    drafts.throw_away(store, other)
    assert drafts.read(store, MINE).values == VALUES


def test_a_field_is_kept_as_it_was_left_last_and_an_emptied_one_is_forgotten(store: Store) -> None:
    drafts.keep(store, MINE, {"value:nrs_back": 3, "why": "slip", "milestone:stairs": True})
    drafts.keep(store, MINE, {"value:nrs_back": 4})
    drafts.keep(store, MINE, {"why": "", "milestone:stairs": False})
    assert drafts.read(store, MINE).values == {"value:nrs_back": 4}
    drafts.keep(store, MINE, {"value:nrs_back": 0})
    assert drafts.read(store, MINE).values == {"value:nrs_back": 0}, "zero is a value, not an empty field"


def test_a_draft_ends_when_it_is_thrown_away(store: Store) -> None:
    drafts.keep(store, MINE, VALUES)
    drafts.throw_away(store, MINE)
    assert drafts.read(store, MINE) == drafts.Draft({}, None)


def test_a_draft_changes_no_answer_that_is_kept(store: Store) -> None:
    before = store.revision
    drafts.keep(store, MINE, VALUES)
    drafts.throw_away(store, MINE)
    assert store.revision == before


@given(st.one_of(st.text(), st.integers(-9, 9), st.floats(-9, 9), st.booleans(), st.dates(), st.times()))
@pytest.mark.slow
def test_every_value_comes_back_as_it_was(value: Any) -> None:
    again = drafts.decode(drafts.encode(value))
    assert again == value
    assert type(again) is type(value)
