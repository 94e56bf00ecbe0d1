"""The history tells who said what, when and why, for what was entered and for what was imported."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from plumbline import sql
from plumbline.entry.record import undo
from plumbline.entry.steps import Add, Correct, Retract
from plumbline.store import Store
from tests.entry.conftest import BY, saved, score
from tests.facts import day


def changes(store: Store, **told: Any) -> list[dict[str, Any]]:
    return sql.rows(store.cursor(), "history/change_by_patient", patient_id="p1", entry_id=told.get("entry_id"))


def imported(store: Store) -> str:
    text = "select score_id from score where patient_id = 'p1' and taken_on = $on and retracted_at is null"
    return str(store.cursor().execute(text, {"on": day(35)}).fetchall()[0][0])


def test_a_correction_is_told_from_what_to_what_by_whom_when_and_why(store: Store) -> None:
    entry = saved(store, Correct("score", imported(store), {"value": 4, "moment_on": day(36)}), why="wrong day")
    (row,) = changes(store)
    told = (row["entry_id"], row["changed_by"], row["action"], row["why"])
    assert told == (entry.entry_id, BY, "corrected", "wrong day")
    assert (row["what"], row["from_said"], row["to_said"]) == ("Back pain", "2", "4")
    assert (row["from_on"], row["moment_on"]) == (day(35), day(36))
    assert not row["is_undone"]


def test_the_latest_comes_first_and_what_was_undone_says_so(store: Store) -> None:
    first = saved(store, Add("score", score(42, 3)), Add("event", {"kind": "fall", "moment_on": day(42)}))
    last = undo(store, BY, first.entry_id)
    told = changes(store)
    assert [row["entry_id"] for row in told] == [last.entry_id] * 2 + [first.entry_id] * 2
    assert [row["is_undone"] for row in told] == [False, False, True, True]
    assert [row["is_first"] for row in told] == [True, False, True, False]
    assert [row["from_said"] for row in told if row["entry_id"] == first.entry_id] == [None, None]


@pytest.mark.slow
def test_a_value_has_its_whole_chain_back_to_the_import(store: Store) -> None:
    old = imported(store)
    corrected = saved(store, Correct("score", old, {"value": 4}), why="typing slip")
    back = undo(store, BY, corrected.entry_id)
    gone = saved(store, Retract("score", str(back.fact_ids[0])), why="another patient's")
    versions = [old, *corrected.fact_ids, *back.fact_ids]
    for one in versions:
        told = sql.rows(store.cursor(), "history/chain_by_fact", patient_id="p1", fact_id=one)
        assert [row["fact_id"] for row in told] == versions[::-1]
        assert [row["action"] for row in told] == ["undone", "corrected", "imported"]
        assert [row["said"] for row in told] == ["2", "4", "2"]
        assert [row["recorded_by"] for row in told] == [BY, BY, "test"]
        assert [row["ended"] for row in told] == ["retracted", "undone", "corrected"]
        assert [row["end_why"] for row in told] == ["another patient's", None, "typing slip"]
    assert changes(store)[0]["entry_id"] == gone.entry_id


def test_the_history_of_one_patient_holds_nothing_of_another(store: Store) -> None:
    saved(store, Add("score", score(42, 9)), episode_id="e2")
    assert changes(store) == []
    old = imported(store)
    assert sql.rows(store.cursor(), "history/chain_by_fact", patient_id="p2", fact_id=old) == []


def test_what_is_recorded_now_is_listed_latest_first_by_kind(store: Store) -> None:
    saved(
        store,
        Add("medication", {"drug": "tramadol", "moment_on": day(3), "dose": 50.0, "unit": "mg"}),
        Add("note", {"kind": "visit", "text": "Walks.", "moment_on": day(40)}),
        Add("milestone", {"milestone": "driving", "status": "not_yet", "moment_on": day(38)}),
    )
    given = {"patient_id": "p1", "episode_id": "e1"}
    rows = sql.rows(store.cursor(), "history/fact_by_course", **given, kind=None)
    told = [(row["what"], row["said"]) for row in rows[:3]]
    assert told == [("Visit note", "Walks."), ("Driving", "not yet"), ("Back pain", "2")]
    assert [row["moment_on"] for row in rows] == sorted((row["moment_on"] for row in rows), reverse=True)
    only = sql.rows(store.cursor(), "history/fact_by_course", **given, kind="medication")
    assert [(row["what"], row["said"]) for row in only] == [("tramadol", "50 mg, opioid")]


def test_a_change_is_told_on_the_clinics_clock(store: Store) -> None:
    entry = saved(store, Add("score", score(42, 3)))
    zone = "update clinic set time_zone = 'Asia/Tokyo'"
    with store.write() as cursor:
        cursor.execute(zone)
    (row,) = changes(store, entry_id=entry.entry_id)
    at = store.cursor().execute("select changed_at from change").fetchall()[0][0]
    assert row["changed_local"] - at == timedelta(hours=9)
