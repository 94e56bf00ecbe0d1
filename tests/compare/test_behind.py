"""Who is behind a mark: as many as it says, for every mark that counts people, and the right ones."""

from __future__ import annotations

import pytest

from plumbline import compare
from plumbline.compare import Ask
from plumbline.compare.behind import ANSWERED, DUE, SHARE, WAITING, Mark, behind
from plumbline.errors import NotFound
from plumbline.store import Store
from tests.compare.made import LATER, add, chosen, clinics
from tests.facts import day


@pytest.fixture
def two(store: Store) -> Store:
    """Twenty more at Harbour: five died on day 5, ten did light tasks on day 10, five are not heard of."""
    facts = clinics(harbour=[2, 3, 8] * 4, orchard=[2, 6] * 6)
    for number in range(20):
        name = f"p{number:02d}"
        add(facts, name, "harbour", {}, died_on=day(5) if number < 5 else None)
        if number >= 10:
            facts.milestone("light_tasks", "achieved", 10, name, name)
    facts.write(store)
    return store


def test_each_mark_lists_as_many_as_it_says(two: Store) -> None:
    cursor = two.cursor()
    known = compare.gather(cursor, chosen(cursor, "harbour", "orchard"), Ask(as_of=LATER))
    found = compare.compared(cursor, known)
    said = [(Mark(ANSWERED, one.group, one.visit), one.answered) for one in found.curve]
    said += [(Mark(DUE, one.group, one.visit), one.due) for one in found.answered]
    said += [(Mark(SHARE, one.group, one.kind), one.count) for one in found.shares]
    said += [(Mark(WAITING, one.group, f"{on:g}"), left) for one in found.reached for on, left in one.waiting]
    assert len(said) > 20
    assert {mark.kind for mark, _ in said} == {ANSWERED, DUE, SHARE, WAITING}
    assert [(mark, len(behind(cursor, known, mark))) for mark, _ in said] == said


def test_those_who_still_wait_are_neither_dead_nor_there_yet(two: Store) -> None:
    cursor = two.cursor()
    known = compare.gather(cursor, chosen(cursor, "harbour", "orchard"), Ask(as_of=LATER))
    waiting = behind(cursor, known, Mark(WAITING, "a", "14"))["episode_id"]
    assert {one for one in waiting if one.startswith("p")} == {f"p{number:02d}" for number in range(5, 10)}


@pytest.mark.parametrize("mark", [Mark(WAITING, "a", "soon"), Mark(WAITING, "z", "14"), Mark(DUE, "a", "month_99")])
def test_a_mark_that_is_not_there_is_refused(two: Store, mark: Mark) -> None:
    cursor = two.cursor()
    known = compare.gather(cursor, chosen(cursor, "harbour", "orchard"), Ask(as_of=LATER))
    with pytest.raises(NotFound, match="choose a mark again"):
        behind(cursor, known, mark)
