"""What a share tells beside other comparisons of the same account: the rest of all, and sums in steps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from plumbline import audit
from plumbline.cohorts import Definition, others, remembered
from plumbline.cohorts.release import LEFT, SEEN, look
from plumbline.compare import Ask, Comparison, choosing, of
from plumbline.small import hidden
from plumbline.small.across import MOST, Hidden, across
from plumbline.store import Store, open_store
from tests.facts import Facts

DAY = date(2026, 11, 1)
DANA, EVE = audit.Actor("dana", "clinic_manager"), audit.Actor("eve", "clinic_manager")
WORSE = {"c1": 3, "c2": 12, "c3": 15, "c4": 20}  # of 40 each
ASK = Ask(as_of=DAY, visit="month_3")


def tagged(*names: str) -> Definition:
    return Definition.of({"tag": list(names)})


def made(path: Path, *, is_by_clinic: bool) -> Store:
    """Four tags of 40 patients, who all answered: of the first three are worse, which is hidden."""
    facts, opened = Facts(), open_store(path)
    for clinic in ("c0", *WORSE):
        facts.clinic(clinic)
    for tag, number in WORSE.items():
        for turn in range(40):
            one = f"{tag}-{turn}"
            facts.patient(one, clinic_id=tag if is_by_clinic else "c0")
            facts.episode(f"e-{one}", one, tags=tag)
            facts.score(-3, 5.0, one)
            facts.score(90, 9.0 if turn < number else 4.0 if turn < 20 + number // 2 else 1.0, one)
    facts.write(opened)
    return opened


@pytest.fixture
def store(empty_store: Path) -> Iterator[Store]:
    """All in one clinic."""
    opened = made(empty_store, is_by_clinic=False)
    yield opened
    opened.close()


@pytest.fixture
def by_clinic(empty_store: Path) -> Iterator[Store]:
    """Each tag in a clinic of its own."""
    opened = made(empty_store, is_by_clinic=True)
    yield opened
    opened.close()


def compared(store: Store, cohorts: Sequence[Definition], by: audit.Actor = DANA, kind: str = SEEN) -> Comparison:
    """What an account is shown of groups, as the page works it out."""
    look(store, by, cohorts, DAY, kind=kind)
    cursor, limit = store.cursor(), 4
    chosen = choosing.chosen(cursor, [(str(turn), one, None) for turn, one in enumerate(cohorts)], ASK, {})
    return hidden(of(cursor, chosen, ASK), limit, beside(store, cohorts, by, kind))


def beside(store: Store, cohorts: Sequence[Definition], by: audit.Actor = DANA, kind: str = SEEN) -> Hidden:
    return across(store, store, by.key, kind, cohorts, ASK, 4)


def worse(found: Comparison) -> list[int | None]:
    return [one.count for one in found.shares if one.kind == "worse"]


@pytest.mark.attack(56)
def test_the_rest_of_all_is_hidden_with_the_few(store: Store) -> None:
    """47 of all others are worse; all 50 stand on the Clinics page, month by month."""
    found = compared(store, [tagged("c1"), others(tagged("c1"))])
    assert worse(found) == [None, None]
    rest = next(one for one in found.shares if (one.group, one.kind) == ("b", "worse"))
    assert (rest.estimate, rest.lower, rest.worst, rest.words) == (None, None, None, "hidden, of 120")
    assert all(one.estimate is None for one in found.differences if one.what == "worse")
    assert [one.count for one in found.shares if one.kind == "improved"] != [None, None], "the others stay"


def test_what_is_large_everywhere_is_shown(store: Store) -> None:
    assert worse(compared(store, [tagged("c2"), tagged("c3")])) == [12, 15]


def test_in_steps_over_several_comparisons(store: Store) -> None:
    """15 of Ridge and Harbour together are worse, then 12 of Ridge alone: three of Harbour. The second is hidden."""
    assert worse(compared(store, [tagged("c1", "c2"), tagged("c3")])) == [15, 15]
    assert worse(compared(store, [tagged("c2"), tagged("c4")])) == [None, 20]
    assert worse(compared(store, [tagged("c2"), tagged("c4")], by=EVE)) == [12, 20], "of another account the first"
    told = worse(compared(store, [tagged("c1", "c2"), tagged("c3")], by=EVE))
    assert told == [None, None], "of the 50 in all, 12, 20 and 15 would leave three, too"


def test_what_was_shown_stays_shown_and_what_was_hidden_hidden(store: Store) -> None:
    """In which order they are opened again makes no difference, and neither does a restart or a later save."""
    both, one = [tagged("c1", "c2"), tagged("c3")], [tagged("c2"), tagged("c4")]
    shown = [worse(compared(store, cohorts)) for cohorts in (both, one)]
    with store.write() as cursor:
        cursor.execute("update patient set sex = 'female'")
    assert [worse(compared(store, cohorts)) for cohorts in (one, both)] == shown[::-1]
    store.close()
    again = open_store(store.path)
    assert [worse(compared(again, cohorts)) for cohorts in (one, both)] == shown[::-1]
    again.close()


def test_of_what_leaves_all_accounts_count(store: Store) -> None:
    assert worse(compared(store, [tagged("c1", "c2"), tagged("c3")], kind=LEFT)) == [15, 15]
    assert worse(compared(store, [tagged("c2"), tagged("c4")], by=EVE, kind=LEFT)) == [None, 20]


@pytest.mark.attack(56)
def test_what_the_clinics_page_tells_is_known(by_clinic: Store) -> None:
    """There 15 and 20 of two clinics stand, and 50 in all: 12 of the third would leave three of the fourth."""
    assert worse(compared(by_clinic, [tagged("c2"), tagged("c4")])) == [None, 20]
    assert worse(compared(by_clinic, [tagged("c1", "c2"), tagged("c3")])) == [15, 15]


def test_who_may_see_some_clinics_is_told_of_these(by_clinic: Store) -> None:
    """Of the two clinics that may be seen 15 are worse: of the other it would follow."""
    ask = Ask(as_of=DAY, visit="month_3", clinics=("c1", "c2"))
    cohorts = [tagged("c1"), tagged("c2")]
    look(by_clinic, DANA, cohorts, DAY, clinics=("c1", "c2"))
    assert across(by_clinic, by_clinic, DANA.key, SEEN, cohorts, ask, 4) == {("b", "worse")}


@pytest.mark.attack(56)
def test_how_many_answered_is_traced_alike(by_clinic: Store) -> None:
    """At 6 weeks 3 of one clinic answered, which is hidden, and 30 of each other: 90 of all others would tell."""
    facts = Facts()
    for tag in WORSE:
        for turn in range(3 if tag == "c1" else 30):
            facts.score(42, 4.0, f"{tag}-{turn}")
    facts.write(by_clinic)
    found = compared(by_clinic, [tagged("c1"), others(tagged("c1"))])
    first, rest = (one for one in found.curve if one.visit == "week_6")
    assert (first.answered, first.mean) == (None, None)
    assert (rest.answered, rest.due, rest.mean) == (None, None, 4.0)
    assert "90" not in rest.words
    (told,) = (one for one in found.answered if (one.group, one.visit) == ("b", "week_6"))
    assert (told.received, told.share) == (None, None)
    early = replace(ASK, visit="week_6")
    groups = [tagged("c1"), others(tagged("c1"))]
    cursor = by_clinic.cursor()
    chosen = choosing.chosen(cursor, [(str(turn), one, None) for turn, one in enumerate(groups)], early, {})
    units = [one for one in hidden(of(cursor, chosen, early), 4).units if one.visit == "week_6"]
    assert len(units) >= 4
    assert {one.received for one in units} == {None}, "30 of each other clinic would add up to the 90"


def test_another_question_is_asked_anew_and_the_same_again_costs_nothing(store: Store) -> None:
    cohorts = [tagged("c1"), others(tagged("c1"))]
    compared(store, cohorts)
    assert ("b", "worse") in beside(store, cohorts)
    assert beside(store, cohorts) is beside(store, cohorts)
    early = Ask(as_of=DAY, visit="week_6")
    assert across(store, store, DANA.key, SEEN, cohorts, early, 4) == frozenset(), "nobody answered then"


def test_only_the_newest_are_traced(store: Store) -> None:
    compared(store, [tagged("c1", "c2"), tagged("c3")])
    for turn in range(MOST):
        view = [Definition.of({"age": {"from": turn}})]
        remembered.keep(store, DANA.key, SEEN, [remembered.View(view[0], DAY)])
    assert worse(compared(store, [tagged("c2"), tagged("c4")])) == [12, 20]
