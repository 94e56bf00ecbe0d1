"""What is kept of a comparison is never shown to whoever asks something else, or may see something else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from plumbline.cohorts import Definition, others
from plumbline.compare.behind import ANSWERED, Mark
from plumbline.compare.model import Comparison
from plumbline.entry.record import save
from plumbline.entry.steps import Add
from plumbline.known import as_known
from plumbline.store import Store, open_store
from plumbline.web import cache
from plumbline.web.asking import Context
from plumbline.web.cohorts import data, worked
from plumbline.web.cohorts.asked import Asked
from plumbline.web.cohorts.worked import Cohort
from tests.conftest import DEMO_UNTIL

HARBOR, WOMEN = Definition.of({"clinic": ["demo-harbor"]}), Definition.of({"sex": ["female"]})
OTHERS = others(HARBOR, {})
GROUPS = (Cohort("Harbor", HARBOR), Cohort("Others", OTHERS))
Question = tuple[Context, Asked, list[Cohort]]


@pytest.fixture
def store(copy_demo_store: Callable[[Path], Path], tmp_path: Path) -> Iterator[Store]:
    opened = open_store(copy_demo_store(tmp_path / "demo.duckdb"))
    forget()
    yield opened
    forget()
    opened.close()


def forget() -> None:
    cache.shared().clear()
    cache.large().clear()


def whole(question: Question) -> Comparison:
    return data.whole(*question)


def questions(store: Store) -> dict[str, Question]:
    """The same question, and each that differs from it in one thing."""
    ctx = Context(store, "demo", "owner", DEMO_UNTIL, "light")
    asked, groups = Asked(), list(GROUPS)
    some = ("demo-harbor", "demo-ridge")
    past = as_known(store, datetime(2026, 6, 1, tzinfo=UTC))
    return {
        "the same": (ctx, asked, groups),
        "clinics": (replace(ctx, clinics=some), asked, groups),
        "a clinic less": (replace(ctx, clinics=some[:1]), asked, groups),
        "day": (replace(ctx, as_of=DEMO_UNTIL - timedelta(days=90)), asked, groups),
        "instant": (replace(ctx, store=past), asked, groups),
        "outcome": (ctx, replace(asked, outcome="odi"), groups),
        "visit": (ctx, replace(asked, visit="week_6"), groups),
        "milestone": (ctx, replace(asked, milestone="driving"), groups),
        "definition": (ctx, asked, [GROUPS[0], Cohort("Others", WOMEN)]),
        "name": (ctx, asked, [Cohort("Port", HARBOR), GROUPS[1]]),
        "version": (ctx, asked, [Cohort("Harbor", HARBOR, 3), GROUPS[1]]),
    }


def test_what_is_kept_is_of_the_very_question_and_of_who_may_see_it(store: Store) -> None:
    asked = questions(store)
    afresh = {}
    for name, one in asked.items():
        forget()
        afresh[name] = whole(one)
    told = list(map(repr, afresh.values()))
    assert len(set(told)) == len(asked), "two questions that can't be told apart test nothing"
    for names in (list(asked), ["milestone", "the same", "milestone"]):
        forget()
        for name in names:
            assert whole(asked[name]) == afresh[name], name


def test_another_milestone_leaves_the_rest_as_it_was_worked_out(store: Store) -> None:
    asked = questions(store)
    first, other = whole(asked["the same"]), whole(asked["milestone"])
    assert other.differences is first.differences
    assert other.reached != first.reached
    assert {curve.milestone for curve in other.reached} == {other.question.milestone} == {"driving"}


def test_another_visit_and_who_is_behind_a_mark_are_of_what_was_gathered_once(store: Store) -> None:
    asked = questions(store)
    for name in ("the same", "visit", "milestone"):
        found = whole(asked[name])
        point = next(one for one in found.curve if one.visit == found.question.visit and one.group == "a")
        people = data.people(*asked[name], Mark(ANSWERED, "a", point.visit))
        assert len(people) == point.answered
    assert len(cache.large()) == 1


def test_nothing_that_is_kept_outlives_a_write(store: Store) -> None:
    question = questions(store)["the same"]
    before = whole(question)
    silent = silent_at(store, before)
    score = {"instrument": "nrs_back", "status": "done", "value": 3.0, "moment_on": silent["moment_on"]}
    save(store, "u1", silent["episode_id"], [Add("score", score)], confirmed=Everything())
    after = whole(question)
    forget()
    assert after == whole(question)
    assert answered(after) == answered(before) + 1


def answered(found: Comparison) -> int:
    return sum(one.answered or 0 for one in found.curve if one.visit == found.question.visit)


def silent_at(store: Store, found: Comparison) -> dict[str, Any]:
    """Somebody who was due at the visit that is asked about and didn't answer, and the day planned for it."""
    ask = "select episode_id, performed_on from episode_summary where performed_on between $first and $last order by 1"
    days = {"first": DEMO_UNTIL - timedelta(days=400), "last": DEMO_UNTIL - timedelta(days=found.question.to_day + 1)}
    known = worked.gathered(*questions(store)["the same"], {})
    silent = known.people["episode_id"][known.due[:, known.place] & ~known.answered[:, known.place]].tolist()
    rows = store.cursor().execute(ask, days).fetchall()
    episode, performed_on = next(row for row in rows if row[0] in silent)
    return {"episode_id": episode, "moment_on": performed_on + timedelta(days=(found.question.from_day + 10))}


class Everything(frozenset[str]):
    """Every finding is meant."""

    def __contains__(self, _key: object) -> bool:
        return True
