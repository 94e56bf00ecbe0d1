"""The worklist's questions: order, amber budget, filters and search, on a store with made-up facts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from plumbline import sql
from plumbline.store import Store, open_store
from plumbline.web.asking import Context
from plumbline.web.worklist import rows as worklist_rows
from plumbline.web.worklist import words as worklist_words
from tests.facts import Facts, day
from tests.pages.lists import SLOWER, TODAY, build


@pytest.fixture(scope="module")
def store(empty_of_module: Path) -> Iterator[Store]:
    opened = build(empty_of_module)
    yield opened
    opened.close()


def rows(store: Store, as_of: date = TODAY, **filters: Any) -> pd.DataFrame:
    """What the page's own two steps give."""
    ctx = Context(store, "local", "owner", as_of, "light")
    asked = worklist_rows.Asked(**{"clinic_id": None, "surgeon": None, "find": None, **filters})
    return worklist_rows.lines(ctx, asked).frame


def ids(frame: pd.DataFrame) -> list[str]:
    return list(frame["episode_id"])


@pytest.mark.slow
def test_the_order_is_verdict_then_newest_then_id_with_closed_at_the_end(store: Store) -> None:
    found = rows(store)
    order = list(dict.fromkeys(found["verdict"]))
    assert order == ["red_flag", "new_problem", "slower", "cannot_tell", "on_course", "closed"]
    slower = found[found["verdict"] == "slower"]
    verdict = sql.ask(store.cursor(), "status/verdict_by_course", as_of=TODAY, episode_id=None)
    raised = dict(zip(verdict["episode_id"], verdict["raised_on"], strict=True))
    assert ids(slower) == sorted(ids(slower), key=lambda one: (-raised[one].toordinal(), one))


def test_red_flags_are_urgent_and_never_count_against_the_budget(store: Store) -> None:
    urgent = rows(store, clinic_id="c1").query("place == 'urgent'")
    assert list(urgent["verdict"]) == ["red_flag", "new_problem", "slower"]
    assert set(urgent["amber_budget"]) == {2}  # 22 open courses x 5 / 100, rounded up


def test_what_is_beyond_the_budget_waits_and_is_counted(store: Store) -> None:
    found = rows(store, clinic_id="c1").iloc[0]
    assert (found["urgent_people"], found["waiting_total"], found["silent_total"]) == (3, 2, 1)


def test_each_clinic_spends_its_own_budget(store: Store) -> None:
    found = rows(store)
    assert dict(zip(found["episode_id"], found["place"], strict=True))["e24"] == "urgent"
    assert set(found["amber_budget"]) == {3}


def test_a_filter_changes_who_is_listed_but_never_who_is_urgent(store: Store) -> None:
    everybody = rows(store)
    urgent = set(everybody.query("place == 'urgent'")["episode_id"])
    some = rows(store, surgeon="Surgeon A")
    assert set(some["surgeon"]) == {"Surgeon A"}
    assert set(some.query("place == 'urgent'")["episode_id"]) == {one for one in urgent if int(one[1:]) % 2}


@pytest.mark.parametrize("term", ["zoe", "NUNEZ", "  núñez   ZOË ", "p19", "E19"])
@pytest.mark.cases
def test_search_finds_names_and_ids_in_any_case_with_or_without_accents(store: Store, term: str) -> None:
    assert ids(rows(store, find=term)) == ["e19"]


@pytest.mark.parametrize("term", ["%", "_", "' or true --", "zoe p18"])
@pytest.mark.cases
@pytest.mark.attack(44)
def test_search_terms_are_values_and_never_patterns_or_sql(store: Store, term: str) -> None:
    assert rows(store, find=term).empty


def test_closed_courses_are_out_of_the_way_but_found(store: Store) -> None:
    assert "e23" not in ids(rows(store).query("is_listed"))
    assert "e23" in ids(rows(store, find="p23").query("is_listed"))


@pytest.mark.slow
def test_moving_the_date_alone_changes_who_needs_somebody(store: Store) -> None:
    revision = store.revision
    assert "e19" in ids(rows(store).query("place == 'urgent'"))
    assert "e19" not in ids(rows(store, as_of=day(14)).query("place in ('urgent', 'waiting')"))
    assert store.revision == revision


@pytest.mark.slow
def test_nobody_is_listed_before_their_procedure(store: Store) -> None:
    assert rows(store, as_of=day(-1)).empty


def test_trends_end_on_the_day_and_hold_each_score_once(store: Store) -> None:
    found = sql.ask(store.cursor(), "worklist/trend_by_day", clinics=None, as_of=day(20), keys="key-e17,key-e21")
    scores = found.query("kind in ('baseline', 'score') and episode_key == 'key-e17'")
    assert dict(zip(scores["day"], scores["value"], strict=True)) == SLOWER
    assert found["position"].between(0, 1).all()
    assert list(found.query("kind == 'today'")["position"]) == [1, 1]
    band = found.query("kind == 'band' and episode_key == 'key-e17'")
    assert band["day"].max() == 20
    whole = sql.rows(store.cursor(), "worklist/trend_by_day", clinics=None, as_of=day(20), keys="")
    assert whole == []


def test_the_last_scores_are_turned_so_that_up_is_better(store: Store) -> None:
    found = sql.ask(store.cursor(), "worklist/recent_by_course", as_of=day(7)).set_index("episode_id")
    assert list(found.loc["e01", "recent"]) == [2, 6, 7]
    assert list(found.loc["e17", "recent"]) == [2, 2, 2]


@pytest.mark.parametrize("find", [None, "p1"])
def test_where_every_follow_up_has_ended_the_page_still_says_so(empty_store: Path, find: str | None) -> None:
    facts = Facts()
    facts.clinic()
    facts.patient("p1")
    facts.episode("e1", "p1", performed_on=TODAY - timedelta(days=2500))
    opened = open_store(empty_store)
    facts.write(opened)
    ctx = Context(opened, "local", "owner", TODAY, "light")
    found = worklist_rows.lines(ctx, worklist_rows.Asked(None, None, find))
    assert found.counts == {"closed": 1}
    assert worklist_words.waiting(found.total) == "No flags wait below. Amber budget: 0."
    opened.close()
