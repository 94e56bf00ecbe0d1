"""What happens between two looks at a flag: others answer it, facts behind it are corrected, a new sign comes."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

import pytest

from plumbline import flags
from plumbline.entry.record import undo
from plumbline.entry.steps import Add, Correct, Refused, Retract
from plumbline.errors import NotFound
from plumbline.flags import Flag
from plumbline.status import status_of
from plumbline.store import Store
from tests.entry.conftest import found, saved
from tests.facts import day, one_course
from tests.flags.test_answers import BIG, BY, CALF, RISE, calf, the, told

__all__ = ["calf"]


def row_id(store: Store, table: str, on: str, days: int) -> str:
    text = f"select {table}_id from {table} where retracted_at is null and {on} = $day"
    return str(store.cursor().execute(text, {"day": day(days)}).fetchone()[0])


@pytest.mark.parametrize(
    ("action", "given"),
    [
        ("acknowledge", {}),
        ("assign", {"owner": "Nurse Okafor", "due_on": day(8)}),
        ("dismiss", {"answer": "known_cause"}),
    ],
)
def test_who_comes_second_never_takes_the_answer_of_the_first_away(
    calf: Store, action: str, given: dict[str, Any]
) -> None:
    """A sends to emergency care; B's page is older and still offers everything."""
    flag = the(calf, CALF, 6)
    flags.answer(calf, "Dr A", [flag], day(6), "act", answer="emergency")
    with pytest.raises(Refused) as refused:
        flags.answer(calf, "Dr B", [flag], day(6), action, **given)
    assert "acted on already" in refused.value.findings[0].text
    assert told(calf, 6, "state", "is_open") == {CALF: ("acted", True)}


def test_a_late_seen_does_not_take_the_owner_away(calf: Store) -> None:
    flag = the(calf, CALF, 6)
    flags.answer(calf, "Dr A", [flag], day(6), "assign", owner="Nurse Okafor", due_on=day(7))
    with pytest.raises(Refused):
        flags.answer(calf, "Dr B", [flag], day(6), "acknowledge")
    assert told(calf, 8, "state", "owner") == {CALF: ("overdue", "Nurse Okafor")}


def test_seen_on_a_look_back_to_an_earlier_day_leaves_the_later_answer(calf: Store) -> None:
    flag = the(calf, CALF, 6)
    flags.answer(calf, BY, [flag], day(9), "act", answer="emergency")
    flags.answer(calf, BY, [flag], day(6), "acknowledge")
    assert told(calf, 6) == {CALF: "seen"}
    assert told(calf, 9) == {CALF: "acted"}


def test_to_dismiss_one_rise_keeps_what_was_done_about_the_other(calf: Store) -> None:
    flags.answer(calf, BY, [the(calf, RISE, 36)], day(36), "act", answer="imaging")
    flags.answer(calf, BY, [the(calf, BIG, 36)], day(36), "dismiss", answer="duplicate")
    states = told(calf, 36, "state", "is_open")
    assert (states[RISE], states[BIG]) == (("acted", False), ("dismissed", False))
    flags.reopen(calf, BY, [the(calf, RISE, 37)], day(37), "She called: worse.")
    states = told(calf, 37, "state", "is_open")
    assert states[RISE] == states[BIG] == ("reopened", True)


@pytest.mark.parametrize("action", ["act", "dismiss"])
def test_other_words_beside_a_danger_sign_are_no_new_reason(calf: Store, action: str) -> None:
    answer = {"act": "emergency", "dismiss": "known_cause"}[action]
    flags.answer(calf, BY, [the(calf, CALF, 6)], day(6), action, answer=answer)
    before = told(calf, 6, "state", "is_open", "history")
    saved(calf, Correct("event", row_id(calf, "event", "happened_on", 5), {"detail": "left"}), why="which side")
    assert told(calf, 6, "state", "is_open", "history") == before


def test_a_fact_taken_back_and_restored_keeps_the_answer(calf: Store) -> None:
    flags.answer(calf, BY, [the(calf, CALF, 6)], day(6), "act", answer="emergency")
    gone = saved(calf, Retract("event", row_id(calf, "event", "happened_on", 5)), why="another patient's")
    assert told(calf, 6) == {}
    undo(calf, BY, gone.entry_id)
    assert told(calf, 6) == {CALF: "acted"}


def test_a_corrected_value_is_a_new_reason_and_the_old_value_again_is_not(calf: Store) -> None:
    flags.answer(calf, BY, [the(calf, RISE, 36)], day(36), "act", answer="called")
    worse = saved(calf, Correct("score", row_id(calf, "score", "taken_on", 35), {"value": 9.0}), why="misread")
    assert told(calf, 36)[RISE] == "new"
    undo(calf, BY, worse.entry_id)
    assert told(calf, 36)[RISE] == "acted"


def test_an_answer_moves_with_a_run_that_begins_later_now(calf: Store) -> None:
    """Without the first of two readings the big rise begins a week later; it was dismissed after both."""
    flags.answer(calf, BY, [the(calf, BIG, 36)], day(36), "dismiss", answer="measurement")
    saved(calf, Retract("score", row_id(calf, "score", "taken_on", 28)), why="another patient's")
    assert told(calf, 36, "state", "raised_on")[BIG] == ("dismissed", day(35))


def test_a_danger_sign_of_the_day_it_was_closed_says_its_time(calf: Store) -> None:
    """Dismissed at ten; in the afternoon the calf swells again: it may not be taken for the one that was closed."""
    flags.answer(calf, BY, [the(calf, CALF, 6)], day(6), "dismiss", answer="known_cause")
    with calf.write() as cursor:  # as of a clinic that looks at today
        at = datetime.combine(day(6), time(10))
        cursor.execute("update event set happened_at = $at where kind = 'red_flag_closed'", {"at": at})
    sign = {"kind": "calf", "moment_on": day(6)}
    refused = found(calf, Add("event", sign))["closed_that_day"]
    assert refused[:2] == ("impossible", "moment_time")
    assert "16 Jan 2026" in refused[2]
    saved(calf, Add("event", sign | {"moment_time": time(15)}))
    assert told(calf, 6, "state", "is_open")[CALF] == ("new", True)
    assert status_of(calf.cursor(), "e1", day(6))["verdict"] == "red_flag"


def test_a_danger_sign_older_than_its_closing_asks_whether_that_is_meant(calf: Store) -> None:
    flags.answer(calf, BY, [the(calf, CALF, 6)], day(6), "dismiss", answer="known_cause")
    assert found(calf, Add("event", {"kind": "calf", "moment_on": day(4)}))["closed_since"][0] == "unusual"
    other = found(calf, Add("event", {"kind": "new_fracture", "moment_on": day(4)}))
    assert set(other) == {"long_ago"}, "it closed calf swelling only"
    after = found(calf, Add("event", {"kind": "calf", "moment_on": day(7)}))
    assert set(after) == {"long_ago"}


def test_after_withdrawal_a_flag_is_neither_open_nor_answered_by_mistake(calf: Store) -> None:
    flag = the(calf, CALF, 6)
    saved(calf, Add("event", {"kind": "withdrew", "moment_on": day(8)}))
    assert told(calf, 7) == {CALF: "new"}
    assert told(calf, 8) == {}
    with pytest.raises(NotFound):
        flags.answer(calf, BY, [flag], day(9), "act", answer="called")


def test_of_two_procedures_each_has_flags_of_its_own(store: Store) -> None:
    facts = one_course()
    facts.episode("e2", "p1", performed_on=day(50))
    facts.event("calf", 5)
    facts.event("calf", 55, None, "e2")
    facts.write(store)
    flags.answer(store, BY, [Flag("e2", *CALF, day(55))], day(56), "dismiss", answer="known_cause")
    assert [row["state"] for row in flags.of_course(store, "e2", day(56))] == ["dismissed"]
    assert [row["state"] for row in flags.of_course(store, "e1", day(56))] == ["new"]
