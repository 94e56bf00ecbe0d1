"""What is done about a flag: kept, undone, and never hiding what comes after it. Worked examples."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from plumbline import flag_runs, flags, summary
from plumbline.entry.record import save, undo
from plumbline.entry.steps import Add, Refused
from plumbline.errors import NotFound
from plumbline.flags import Flag
from plumbline.status import status_of, today_of
from plumbline.store import Store
from tests.entry.conftest import saved, score
from tests.facts import day, one_course

BY = "demo specialist"


@pytest.fixture
def calf(store: Store) -> Store:
    """A calf swelling on day 5, and readings that stepped up: confirmed on day 35."""
    facts = one_course()
    facts.score(-3, 8)
    for on, value in ((7, 2), (14, 2), (21, 2), (28, 6), (35, 6)):
        facts.score(on, value)
    facts.event("calf", 5)
    facts.write(store)
    return store


def told(store: Store, on: int, *names: str) -> dict[tuple[str, str], Any]:
    """What is shown of each flag on a day: its state, or the columns named."""
    rows = flags.of_course(store, "e1", day(on))
    found: dict[tuple[str, str], Any] = {}
    for row in rows:  # open ones come first
        said = tuple(row[name] for name in names) if names else row["state"]
        found.setdefault((row["rule"], row["subject"]), said)
    return found


CALF = ("red_flag_event", "calf")
RISE = ("rise_confirmed", "")
BIG = ("big_rise", "")


def the(store: Store, key: tuple[str, str], on: int) -> Flag:
    row = next(row for row in flags.of_course(store, "e1", day(on)) if (row["rule"], row["subject"]) == key)
    return Flag("e1", *key, row["raised_on"])


@pytest.mark.slow
def test_a_flag_is_new_then_seen_then_assigned_then_acted_on(calf: Store) -> None:
    assert told(calf, 6) == {CALF: "new"}
    flag = the(calf, CALF, 6)
    flags.answer(calf, BY, [flag], day(6), "acknowledge")
    assert told(calf, 6) == {CALF: "seen"}
    flags.answer(calf, BY, [flag], day(6), "assign", owner="Nurse Okafor", due_on=day(8))
    assert told(calf, 8, "state", "owner", "due_on") == {CALF: ("assigned", "Nurse Okafor", day(8))}
    flags.answer(calf, BY, [flag], day(9), "act", answer="imaging")
    assert told(calf, 9, "state", "answer_label", "is_open") == {CALF: ("acted", "Ordered imaging", True)}
    history = flags.of_course(calf, "e1", day(9))[0]["history"]
    assert [step["what"] for step in history] == ["Seen", "Assigned", "Acted on"]
    assert {step["by"] for step in history} == {BY}


def test_what_was_done_later_is_not_known_on_an_earlier_day(calf: Store) -> None:
    flags.answer(calf, BY, [the(calf, CALF, 9)], day(9), "acknowledge")
    assert told(calf, 8) == {CALF: "new"}
    assert told(calf, 9) == {CALF: "seen"}


@pytest.mark.slow
def test_an_assignment_whose_day_has_passed_asks_again(calf: Store) -> None:
    flags.answer(calf, BY, [the(calf, CALF, 6)], day(6), "assign", owner="Nurse Okafor", due_on=day(8))
    assert told(calf, 8, "state", "needs_answer") == {CALF: ("assigned", False)}
    assert told(calf, 9, "state", "needs_answer") == {CALF: ("overdue", True)}


@pytest.mark.slow
def test_to_dismiss_a_red_flag_closes_that_kind_only_in_the_same_entry(calf: Store) -> None:
    saved(calf, Add("event", {"kind": "chest_breath", "moment_on": day(6)}))
    entry = flags.answer(calf, BY, [the(calf, CALF, 7)], day(7), "dismiss", answer="known_cause")
    assert told(calf, 7) == {CALF: "dismissed", ("red_flag_event", "chest_breath"): "new"}
    events = calf.cursor().execute("select kind, detail, recorded_by from event where source = 'entered' order by 1")
    assert events.fetchall() == [("chest_breath", None, "Dr Test"), ("red_flag_closed", "calf", BY)]
    assert status_of(calf.cursor(), "e1", day(7))["verdict"] == "red_flag"
    undo(calf, BY, entry.entry_id)
    assert told(calf, 7)[CALF] == "new"
    text = "select action, kind from change where entry_id = $e or undoes = $e order by all"
    assert calf.cursor().execute(text, {"e": entry.entry_id}).fetchall() == [
        ("added", "event"),
        ("added", "flag_action"),
        ("undone", "event"),
        ("undone", "flag_action"),
    ]


@pytest.mark.slow
def test_to_dismiss_a_new_problem_answers_every_rule_that_the_closing_ends(calf: Store) -> None:
    assert {key for key in told(calf, 36) if key != CALF} >= {RISE, BIG}
    flags.answer(calf, BY, [the(calf, RISE, 36)], day(36), "dismiss", answer="not_related")
    states = told(calf, 36, "state", "is_open")
    assert (states[RISE], states[BIG]) == (("dismissed", False), ("dismissed", False))
    assert states[CALF] == ("new", True)


@pytest.mark.slow
def test_to_act_closes_only_where_the_problem_is_said_to_be_over(calf: Store) -> None:
    flags.answer(calf, BY, [the(calf, CALF, 6)], day(6), "act", answer="called")
    assert told(calf, 6, "is_open") == {CALF: (True,)}
    flags.answer(calf, BY, [the(calf, CALF, 6)], day(7), "act", answer="called", is_over=True)
    assert told(calf, 7, "state", "is_open") == {CALF: ("acted", False)}


@pytest.mark.slow
def test_a_reopened_flag_is_open_again_and_so_is_what_its_answer_had_ended(calf: Store) -> None:
    flags.answer(calf, BY, [the(calf, RISE, 36)], day(36), "dismiss", answer="duplicate")
    flags.reopen(calf, BY, [the(calf, RISE, 38)], day(38), "She called: worse.")
    states = told(calf, 38, "state", "is_open", "needs_answer")
    assert states[RISE] == states[BIG] == ("reopened", True, True)
    assert status_of(calf.cursor(), "e1", day(38))["verdict"] == "red_flag"
    history = next(row for row in flags.of_course(calf, "e1", day(38)) if row["rule"] == "rise_confirmed")["history"]
    said = [(step["what"], step["words"]) for step in history]
    assert said == [("Dismissed", None), ("Reopened", "She called: worse.")]


@pytest.mark.slow
def test_a_dismissed_flag_does_not_hide_the_next_problem(calf: Store) -> None:
    flags.answer(calf, BY, [the(calf, CALF, 6)], day(6), "dismiss", answer="measurement")
    saved(calf, Add("event", {"kind": "calf", "moment_on": day(20)}))
    saved(calf, Add("event", {"kind": "new_fracture", "moment_on": day(20)}))
    assert told(calf, 20, "state", "is_open") == {
        CALF: ("new", True),
        ("red_flag_event", "new_fracture"): ("new", True),
    }
    assert status_of(calf.cursor(), "e1", day(20))["verdict"] == "red_flag"


@pytest.mark.slow
def test_an_acted_flag_does_not_hide_the_same_danger_sign_on_the_same_day(calf: Store) -> None:
    flags.answer(calf, BY, [the(calf, CALF, 6)], day(6), "act", answer="called")
    saved(calf, Add("event", {"kind": "calf", "moment_on": day(6)}))
    assert told(calf, 6, "state", "raised_on") == {CALF: ("new", day(6))}


@pytest.mark.slow
def test_an_acted_rise_does_not_hide_a_second_step(calf: Store) -> None:
    flags.answer(calf, BY, [the(calf, RISE, 36)], day(36), "act", answer="seen_soon")
    for on in (42, 49, 56, 63):
        saved(calf, Add("score", score(on, 6)))
    assert told(calf, 63)[RISE] == "acted"
    for on in (70, 77):
        saved(calf, Add("score", score(on, 9)))
    assert told(calf, 77, "state", "raised_on")[RISE] == ("new", day(77))


@pytest.mark.parametrize(
    ("action", "given", "field"),
    [
        ("dismiss", {}, "answer"),
        ("act", {"answer": "known_cause"}, "answer"),
        ("act", {"answer": "other_act", "words": " "}, "words"),
        ("assign", {"due_on": day(8)}, "owner"),
        ("assign", {"owner": "Nurse Okafor", "due_on": day(5)}, "due_on"),
        ("assign", {"owner": "Nurse Okafor"}, "due_on"),
        ("forget", {}, "action"),
    ],
)
@pytest.mark.slow
def test_an_answer_that_says_nothing_is_refused(calf: Store, action: str, given: dict[str, Any], field: str) -> None:
    flag = the(calf, CALF, 6)
    with pytest.raises(Refused) as refused:
        flags.answer(calf, BY, [flag], day(6), action, **given)
    assert field in {finding.field for finding in refused.value.findings}
    assert told(calf, 6) == {CALF: "new"}


@pytest.mark.slow
def test_a_flag_that_is_gone_or_in_the_future_cannot_be_answered(calf: Store) -> None:
    flag = the(calf, CALF, 6)
    with pytest.raises(NotFound):
        flags.answer(calf, BY, [Flag("e1", "red_flag_event", "calf", day(3))], day(6), "acknowledge")
    tomorrow = today_of(calf.cursor(), "e1") + timedelta(days=1)
    with pytest.raises(Refused):
        flags.answer(calf, BY, [flag], tomorrow, "acknowledge")


@pytest.mark.slow
def test_an_answer_given_before_the_facts_were_known_does_not_count_for_them(calf: Store) -> None:
    """A run that begins on the day of an answer, because of a fact recorded after it, is new."""
    flags.answer(calf, BY, [the(calf, CALF, 6)], day(6), "acknowledge")
    with calf.write() as cursor:
        cursor.execute("update event set recorded_at = now()::timestamp + interval 1 day where kind = 'calf'")
        summary.refresh(cursor, ["p1"])
    assert told(calf, 6) == {CALF: "new"}


def test_an_answer_is_a_fact_of_the_history(calf: Store) -> None:
    values = {"rule": "red_flag_event", "subject": "calf", "action": "acknowledge", "moment_on": day(6)}
    flag_runs.refresh(calf)
    save(calf, BY, "e1", [Add("flag_action", values)])
    change = calf.cursor().execute("select action, kind, changed_by from change").fetchall()
    assert change == [("added", "flag_action", BY)]


@pytest.mark.slow
def test_what_is_dismissed_on_the_day_it_came_is_kept_and_shown(calf: Store) -> None:
    assert told(calf, 5) == {CALF: "new"}
    flags.answer(calf, BY, [the(calf, CALF, 5)], day(5), "dismiss", answer="known_cause")
    assert told(calf, 5, "state", "is_open") == {CALF: ("dismissed", False)}
    flags.reopen(calf, BY, [the(calf, CALF, 5)], day(5), "Not so sure.")
    assert told(calf, 5, "state", "is_open") == {CALF: ("reopened", True)}
