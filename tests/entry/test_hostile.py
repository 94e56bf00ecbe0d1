"""What no form offers but a program could send: nothing of it is stored, and each refusal says what is wrong."""

from __future__ import annotations

import math
from datetime import date, datetime, time
from typing import Any

import pytest

from plumbline.entry.record import save, undo
from plumbline.entry.steps import Add, Changed, Correct, Refused, Retract, Step
from plumbline.entry.values import MOST_TEXT
from plumbline.errors import NotFound, PlumblineError
from plumbline.store import Store
from tests.entry.conftest import BY, current_scores, found, saved, score
from tests.facts import day

NOTE = {"kind": "visit", "text": "Walks well.", "moment_on": day(40)}
TABLES = ("score", "note", "event", "medication", "milestone_event", "change")


def counts(store: Store) -> list[int]:
    return [store.cursor().execute(f"select count(*) from {table}").fetchone()[0] for table in TABLES]


@pytest.mark.parametrize(
    "value",
    [math.nan, math.inf, -math.inf, 1e308, 10**400, True, False, "5", "abc", [3], {"a": 1}, 10.5, -1, 11],
    ids=str,
)
def test_what_is_no_score_is_refused_and_nothing_is_stored(store: Store, value: Any) -> None:
    before = counts(store)
    refused = found(store, Add("score", score(40, value)))
    assert {severity for severity, _, _ in refused.values()} >= {"impossible"}
    assert "value" in {field for _, field, _ in refused.values()}
    assert counts(store) == before


@pytest.mark.parametrize("dose", [math.nan, math.inf, -1.0, 0.0, True, "50"], ids=str)
def test_what_is_no_dose_is_refused(store: Store, dose: Any) -> None:
    given = {"drug": "tramadol", "moment_on": day(40), "dose": dose, "unit": "mg"}
    assert "dose" in {field for _, field, _ in found(store, Add("medication", given)).values()}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x" * (MOST_TEXT + 1), "shorten it"),
        ("a" + chr(0) + "b", "can't be shown"),
        ("a" + chr(27) + "[2J", "can't be shown"),
        ("a" + chr(0xD800), "can't be shown"),
        (b"bytes", "not a text"),
        (7, "not a text"),
    ],
    ids=["huge", "nul", "escape", "half a letter", "bytes", "number"],
)
def test_a_text_that_nobody_could_read_is_refused(store: Store, text: Any, said: str) -> None:
    for step in (
        Add("note", NOTE | {"text": text}),
        Add("event", {"kind": "fall", "detail": text, "moment_on": day(40)}),
        Add("note", NOTE | {"fields": {"reason": text}}),
    ):
        with pytest.raises(Refused) as refused:
            save(store, BY, "e1", [step])
        assert any(said in finding.text for finding in refused.value.findings)


def test_a_reason_is_no_novel(store: Store) -> None:
    (score_id,) = store.cursor().execute("select score_id from score where patient_id = 'p1'").fetchone()
    with pytest.raises(PlumblineError, match="shorten"):
        save(store, BY, "e1", [Retract("score", score_id)], why="x" * (MOST_TEXT + 1))


def test_markup_is_kept_letter_for_letter(store: Store) -> None:
    text = "<script>alert(1)</script> **b** [x](javascript:1) =1+1 \n\t“ok” 🦴"
    saved(store, Add("note", NOTE | {"text": text}))
    assert store.cursor().execute("select text from note").fetchall() == [(text,)]


@pytest.mark.parametrize(
    "moment",
    [
        {"moment_on": datetime(2026, 2, 1, 10)},
        {"moment_on": "2026-02-01"},
        {"moment_on": date.max},
        {"moment_on": date.min, "moment_time": time(0)},
        {"moment_on": date.max, "moment_time": time(23, 59)},
        {"moment_on": day(40), "moment_time": "10:00"},
        {"moment_on": day(40), "moment_at": "2026-01-01 00:00:00"},
        {"moment_on": date(1930, 1, 1)},
        {"moment_on": None},
    ],
    ids=str,
)
def test_what_is_no_day_of_a_life_is_refused(store: Store, moment: dict[str, Any]) -> None:
    refused = found(store, Add("score", {"instrument": "nrs_back", "status": "done", "value": 3, **moment}))
    assert "impossible" in {severity for severity, _, _ in refused.values()}


def test_whose_a_fact_is_and_who_wrote_it_are_never_taken_from_the_form(store: Store) -> None:
    forged = {"patient_id": "p2", "episode_id": "e2", "recorded_by": "Dr Other", "source": "import", "fact_id": "mine"}
    saved(store, Add("score", score(40, 3) | forged))
    row = "select patient_id, episode_id, recorded_by, source, score_id = 'mine' from score where taken_on = $day"
    assert store.cursor().execute(row, {"day": day(40)}).fetchall() == [("p1", "e1", BY, "entered", False)]


def test_nobody_reaches_another_patients_fact_nor_one_that_is_gone(store: Store) -> None:
    (score_id,) = store.cursor().execute("select score_id from score where taken_on = $d", {"d": day(7)}).fetchone()
    steps: list[Step] = [Correct("score", score_id, {"value": 1.0}), Retract("score", score_id)]
    before = current_scores(store)
    for step in steps:
        with pytest.raises(NotFound):
            save(store, BY, "e2", [step], why="slip")
    assert current_scores(store) == before
    saved(store, Retract("score", score_id), why="slip")
    for step in steps:
        with pytest.raises(Changed):
            save(store, BY, "e1", [step], why="slip")


def test_one_entry_cannot_say_two_things_about_one_fact_or_one_moment(store: Store) -> None:
    (score_id,) = store.cursor().execute("select score_id from score where taken_on = $d", {"d": day(7)}).fetchone()
    before = counts(store)
    with pytest.raises(Changed):
        saved(store, *[Correct("score", score_id, {"value": value}) for value in (1.0, 2.0)], why="slip")
    assert "score_twice" in found(store, Add("score", score(43, 3)), Add("score", score(43, 4)))
    assert counts(store) == before


def test_an_undo_of_an_undo_of_an_undo_is_an_undo(store: Store) -> None:
    before = current_scores(store)
    entry_id = saved(store, Add("score", score(48, 3))).entry_id
    after = current_scores(store)
    for turn in range(4):
        once = entry_id
        entry_id = undo(store, BY, once).entry_id
        assert current_scores(store) == (after if turn % 2 else before)
        with pytest.raises(Changed):
            undo(store, BY, once)
