"""A draft is kept as long as it is of use: nobody is shown, a year later, what was half written about a patient."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest

from plumbline.entry import drafts
from plumbline.entry.drafts import Draft, Place
from plumbline.store import Store
from plumbline.web.server.keeper import Keeper

MINE = Place("nurse", "e1", "score")
THEIRS = Place("doctor", "e1", "score")
FORGOTTEN = Draft({}, None)


def age(store: Store, days: float, place: Place = MINE, field: str = "%") -> None:
    """As if the fields had been left so many days ago."""
    with store.write() as cursor:
        cursor.execute(
            "update draft set saved_at = saved_at - $age where user_name = $user and field like $field",
            {"age": timedelta(days=days), "user": place.user, "field": field},
        )


def kept(store: Store) -> list[tuple[str, str]]:
    return store.cursor().execute("select user_name, field from draft order by all").fetchall()


@pytest.mark.parametrize(("days", "is_there"), [(29.9, True), (30.1, False), (400, False)])
def test_a_draft_that_nobody_touched_for_thirty_days_is_gone(store: Store, days: float, is_there: bool) -> None:
    drafts.keep(store, MINE, {"value:nrs_back": 3})
    age(store, days)
    assert (drafts.read(store, MINE) != FORGOTTEN) is is_there
    drafts.forget_old(store)
    assert (kept(store) != []) is is_there


def test_one_field_that_was_left_lately_keeps_the_whole_form(store: Store) -> None:
    drafts.keep(store, MINE, {"value:nrs_back": 3, "value:odi": 20})
    age(store, 100, field="value:odi")
    drafts.forget_old(store)
    assert drafts.read(store, MINE).values == {"value:nrs_back": 3, "value:odi": 20}


def test_what_is_begun_anew_brings_no_old_field_back(store: Store) -> None:
    drafts.keep(store, MINE, {"value:odi": 20})
    age(store, 100)
    drafts.keep(store, MINE, {"value:nrs_back": 3})
    assert drafts.read(store, MINE).values == {"value:nrs_back": 3}


def test_two_users_on_one_form_each_keep_and_end_their_own(store: Store) -> None:
    drafts.keep(store, MINE, {"value:nrs_back": 3})
    drafts.keep(store, THEIRS, {"value:nrs_back": 8})
    age(store, 100)
    assert drafts.read(store, MINE) == FORGOTTEN
    assert drafts.read(store, THEIRS).values == {"value:nrs_back": 8}
    drafts.throw_away(store, THEIRS)
    assert drafts.read(store, THEIRS) == FORGOTTEN


def test_the_keeper_deletes_what_is_old_from_the_file(store: Store) -> None:
    drafts.keep(store, MINE, {"value:nrs_back": 3})
    drafts.keep(store, THEIRS, {"value:nrs_back": 8})
    age(store, 100)
    keeper = Keeper(store)
    for _ in range(300):
        if kept(store) == [("doctor", "value:nrs_back")]:
            break
        time.sleep(0.1)
    keeper.close()
    assert kept(store) == [("doctor", "value:nrs_back")]
