"""Goals in the patient's own words: set, corrected, scored, due; and how they stood at two moments."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from plumbline import sql
from plumbline.entry.record import undo
from plumbline.entry.steps import Add, Correct
from plumbline.store import Store
from tests.entry.conftest import found, saved
from tests.facts import day

CHURCH = {"words": "Walk to church", "moment_on": day(1), "due_on": day(42)}


def goals(store: Store, on_day: int = 60) -> list[dict[str, Any]]:
    return sql.rows(store.cursor(), "patient/goal_by_course", as_of=day(on_day), episode_id="e1")


def scored(key: str, on_day: int, status: str, words: str | None = None) -> Add:
    values = {"goal_key": key, "moment_on": day(on_day), "status": status, "words": words}
    return Add("goal_review", values)


def church(store: Store) -> str:
    return str(saved(store, Add("goal", CHURCH)).fact_ids[0])


def test_a_goal_keeps_its_scores_when_its_words_are_corrected(store: Store) -> None:
    key = church(store)
    saved(store, scored(key, 14, "not_yet", "too far"))
    saved(store, Correct("goal", key, {"words": "Walk to the church on the hill"}), why="misheard")
    [row] = goals(store)
    assert (row["goal_key"], row["words"]) == (key, "Walk to the church on the hill")
    assert (row["status"], row["review_words"]) == ("not_yet", "too far")
    assert row["goal_id"] != key


@pytest.mark.parametrize(
    ("scores", "on_day", "is_due"),
    [
        ([], 41, False),  # its day has not come
        ([], 42, True),
        ([(14, "not_yet")], 60, True),  # scored before its day only
        ([(42, "not_yet")], 60, False),
        ([(45, "partly")], 44, True),  # what came later is not known yet
        ([(14, "reached")], 60, False),  # settled before its day
        ([(14, "given_up")], 60, False),
        ([(14, "reached"), (30, "not_yet")], 60, True),  # lost again
    ],
)
@pytest.mark.slow
def test_a_goal_is_due_from_its_day_until_it_is_scored_or_settled(
    store: Store, scores: list[tuple[int, str]], on_day: int, is_due: bool
) -> None:
    key = church(store)
    for at, status in scores:
        saved(store, scored(key, at, status))
    [row] = goals(store, on_day)
    assert row["is_due"] is is_due


def test_the_latest_score_counts_and_an_undo_brings_the_one_before_back(store: Store) -> None:
    key = church(store)
    saved(store, scored(key, 14, "not_yet"))
    last = saved(store, scored(key, 42, "reached"))
    assert [(row["status"], row["is_settled"]) for row in goals(store)] == [("reached", True)]
    undo(store, "Dr Test", last.entry_id)
    assert [(row["status"], row["is_settled"]) for row in goals(store)] == [("not_yet", False)]


def test_what_can_not_be_is_refused(store: Store) -> None:
    key = church(store)
    saved(store, scored(key, 14, "not_yet"))
    refused = {
        "goal_twice": Add("goal", CHURCH | {"words": " walk to CHURCH "}),
        "no_words": Add("goal", CHURCH | {"words": "  "}),
        "no_due": Add("goal", CHURCH | {"words": "Swim", "due_on": None}),
        "due_before_set": Add("goal", CHURCH | {"words": "Swim", "due_on": day(0)}),
        "no_goal": scored("another", 42, "reached"),
        "no_goal_status": scored(key, 42, "perhaps"),
        "before_set": scored(key, 0, "reached"),
        "review_twice": scored(key, 14, "reached"),
    }
    for rule, step in refused.items():
        assert found(store, step)[rule][0] == "impossible", rule
    assert found(store, scored(key, 42, "reached"), episode_id="e2")["no_goal"][0] == "impossible"


def test_goals_stand_beside_the_scores_of_two_visits(store: Store) -> None:
    key = church(store)
    saved(store, Add("goal", {"words": "Swim", "moment_on": day(20), "due_on": day(90)}))
    for at, status in ((14, "not_yet"), (34, "partly")):
        saved(store, scored(key, at, status))
    ask = {"as_of": day(60), "episode_id": "e1", "low": None, "high": None}

    def stood(first: str, second: str) -> list[tuple[str, ...]]:
        rows = sql.rows(store.cursor(), "patient/goal_between_moments", first=first, second=second, **ask)
        return [(row["words"], row["first_words"], row["second_words"]) for row in rows]

    assert stood("baseline", "visit:week_2") == [("Walk to church", "not set yet", "not yet")]
    assert stood("visit:week_2", "latest") == [
        ("Walk to church", "not yet", "partly reached"),
        ("Swim", "not set yet", "not scored"),
    ]


@pytest.mark.slow
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60))
@example(words="O'Neil's “garden” -- $1; drop table goal; **x** 10 %")
def test_the_words_stay_letter_for_letter(store: Store, words: str) -> None:
    if not words.strip() or any(row["words"].strip().lower() == words.strip().lower() for row in goals(store)):
        return
    entry = saved(store, Add("goal", CHURCH | {"words": words}))
    assert words in {row["words"] for row in goals(store)}
    undo(store, "Dr Test", entry.entry_id)
