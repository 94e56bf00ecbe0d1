"""On the worklist an answered flag is in hand, until its day has passed or something else asks for an answer."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from plumbline import flag_runs, flags, sql, worklist
from plumbline.entry.record import undo
from plumbline.entry.steps import Add
from plumbline.flags import Flag
from plumbline.store import Store
from tests.entry.conftest import saved
from tests.facts import Facts, day

BY = "demo specialist"


@pytest.fixture
def two(store: Store) -> Store:
    """A clinic that can look at one amber flag: two slower patients and one with a danger sign."""
    facts = Facts()
    facts.clinic(amber_budget=5.0)
    for number in (1, 2, 3):
        facts.patient(f"p{number}")
        facts.episode(f"e{number}", f"p{number}")
    for number in (1, 2):
        for on, value in ((-3, 8), (5, 8), (10, 8)):
            facts.score(on, value, f"p{number}")
    facts.event("calf", 12, None, "e3", "p3")
    facts.write(store)
    return store


def places(store: Store, on: date) -> dict[str, Any]:
    worklist.make_ready(store, on)
    rows = sql.rows(
        store.cursor(), "worklist/rows_by_course", clinics=None,
        as_of=on, clinic_id=None, surgeon=None, find=None, most=100,
        deepest=1000,
    )  # fmt: skip
    return {row["episode_id"]: (row["place"], row["in_hand"]) for row in rows}


def asked(store: Store, episode_id: str, on: date) -> list[Flag]:
    rows = flags.of_course(store, episode_id, on)
    return [Flag(episode_id, row["rule"], row["subject"], row["raised_on"]) for row in rows if row["is_open"]]


@pytest.mark.slow
def test_an_answered_flag_leaves_the_urgent_ones_and_the_next_takes_its_place(two: Store) -> None:
    assert places(two, day(12)) == {"e3": ("urgent", None), "e1": ("urgent", None), "e2": ("waiting", None)}
    entry = flags.answer(two, BY, asked(two, "e1", day(12)), day(12), "act", answer="called")
    assert places(two, day(12)) == {"e3": ("urgent", None), "e1": ("in_hand", "Acted on"), "e2": ("urgent", None)}
    undo(two, BY, entry.entry_id)
    assert places(two, day(12))["e1"] == ("urgent", None)


@pytest.mark.slow
def test_an_overdue_assignment_is_urgent_again(two: Store) -> None:
    flags.answer(two, BY, asked(two, "e3", day(12)), day(12), "assign", owner="Nurse Okafor", due_on=day(14))
    assert places(two, day(14))["e3"] == ("in_hand", f"Assigned to Nurse Okafor, by {day(14):%-d %b}")
    assert places(two, day(15))["e3"] == ("urgent", None)


@pytest.mark.slow
def test_one_unanswered_flag_and_the_patient_is_not_in_hand(two: Store) -> None:
    flags.answer(two, BY, asked(two, "e3", day(12)), day(12), "acknowledge")
    assert places(two, day(12))["e3"] == ("in_hand", "Seen")
    saved(two, Add("event", {"kind": "chest_breath", "moment_on": day(12)}), episode_id="e3")
    assert places(two, day(12))["e3"] == ("urgent", None)
    flags.answer(two, BY, asked(two, "e3", day(12)), day(12), "acknowledge")
    assert places(two, day(12))["e3"] == ("in_hand", "Seen")
    for on, value in ((-3, 8), (5, 9), (10, 9), (12, 9)):
        saved(two, Add("score", {"instrument": "nrs_back", "status": "done", "moment_on": day(on), "value": value}),
              episode_id="e3")  # fmt: skip
    assert places(two, day(12))["e3"] == ("urgent", None), "slower now, too, and nobody has looked at that"


@pytest.mark.slow
def test_a_dismissed_red_flag_is_closed_and_the_next_reason_leads(two: Store) -> None:
    flags.answer(two, BY, asked(two, "e3", day(12)), day(12), "dismiss", answer="known_cause")
    assert places(two, day(12))["e3"][0] not in ("urgent", "in_hand")


def test_flags_that_are_to_be_made_anew_are_not_in_hand(two: Store) -> None:
    flags.answer(two, BY, asked(two, "e3", day(12)), day(12), "acknowledge")
    assert [row["episode_id"] for row in hand(two)] == ["e3"]
    saved(two, Add("score", {"instrument": "nrs_back", "status": "done", "moment_on": day(11), "value": 2.0}),
          episode_id="e3")  # fmt: skip
    assert hand(two) == []
    flag_runs.refresh(two, answered=True)
    assert [row["episode_id"] for row in hand(two)] == ["e3"]


def hand(store: Store) -> list[dict[str, Any]]:
    return sql.rows(store.cursor(), "flag/hand_by_course", as_of=day(12), episode_id=None)
