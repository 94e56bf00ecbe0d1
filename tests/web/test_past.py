"""A page of the past is looked at and nothing more: whoever may enter facts now may not enter them there."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from plumbline.errors import NotAllowed
from plumbline.known import as_known
from plumbline.store import Store, open_store
from plumbline.web.ui import Context, allowed, require, today
from tests.known.history import now


def context(store: Store) -> Context:
    return Context(store, "demo", "specialist", date(2026, 11, 23), "light")


def test_nothing_is_entered_into_the_past(empty_store: Path) -> None:
    store = open_store(empty_store)
    present, past = context(store), context(as_known(store, now()))
    assert present.known_at is None
    assert allowed(present, "enter_facts")
    assert past.present is store
    assert not allowed(past, "enter_facts")
    assert allowed(past, "view_patient")
    require(past, "view_patient")
    with pytest.raises(NotAllowed, match="past can't be changed"):
        require(past, "enter_facts")
    with pytest.raises(NotAllowed, match="doesn't include"):
        require(Context(past.store, "demo", "data_steward", past.as_of, "light"), "view_patient")
    store.close()


def test_today_of_the_past_is_its_day(empty_store: Path) -> None:
    store = open_store(empty_store)
    with store.write() as cursor:
        cursor.execute(
            "insert into clinic (clinic_id, name, time_zone, recorded_at, recorded_by, source) "
            "values ('c1', 'C1', 'Europe/Berlin', timestamp '2026-01-01', 'test', 'test')"
        )
    late = now().replace(year=2026, month=3, day=12, hour=23, minute=30)
    assert today(as_known(store, late)) == date(2026, 3, 13)
    store.close()
