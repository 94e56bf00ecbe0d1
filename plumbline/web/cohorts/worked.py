"""The comparison of the Cohorts page, worked out: each part is kept under all that it hangs on, and asked for once.

Numbers are as they are here: `cohorts_data` hides the small ones, and guards who may see any.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from typing import Any

from plumbline import compare
from plumbline.cohorts import Definition
from plumbline.compare import choosing, reached
from plumbline.compare.model import Comparison
from plumbline.web.cohorts.asked import Asked
from plumbline.web.ui import Context

COMPARISON_BYTES, _PROCEDURE_BYTES = 400_000, 1_000
Names = Mapping[str, str]
"""Of clinics, by id."""


@dataclass(frozen=True)
class Cohort:
    """One group that is asked for: what it is called, what defines it, and its version if it is a saved one."""

    name: str
    definition: Definition
    version: int | None = None


def key(ctx: Context, asked: Asked, groups: list[Cohort], *without: str) -> dict[str, Any]:
    """All that figures hang on beside the store, its revision and the clinics, but for what is named."""
    whole_key = {
        "as_of": ctx.as_of, "outcome": asked.outcome, "visit": asked.visit, "milestone": asked.milestone,
        "groups": tuple(one.definition.text for one in groups), "names": tuple(one.name for one in groups),
        "versions": tuple(str(one.version) for one in groups),
    }  # fmt: skip
    return {name: value for name, value in whole_key.items() if name not in without}


def ask(ctx: Context, asked: Asked) -> compare.Ask:
    """The main question, for the clinics of whoever asks."""
    return compare.Ask(ctx.as_of, asked.outcome, asked.visit, asked.milestone, ctx.known_at, ctx.clinics)


def whole(ctx: Context, asked: Asked, groups: list[Cohort], names: Names) -> Comparison:
    """The comparison. Of another milestone only the curves of that are worked out anew: nothing else hangs on it."""
    first = ctx.made(
        "cohorts/whole", lambda: _whole(ctx, asked, groups, names), lambda _: COMPARISON_BYTES,
        **key(ctx, asked, groups, "milestone"),
    )  # fmt: skip
    if first.question.milestone == asked.milestone:
        return first
    with closing(ctx.cursor) as cursor:
        curves = reached.reached_of(cursor, gathered(ctx, asked, groups, names), asked.milestone)
    return replace(first, question=replace(first.question, milestone=asked.milestone), reached=curves)


def _whole(ctx: Context, asked: Asked, groups: list[Cohort], names: Names) -> Comparison:
    with closing(ctx.cursor) as cursor:
        return compare.compared(cursor, gathered(ctx, asked, groups, names))


def gathered(ctx: Context, asked: Asked, groups: list[Cohort], names: Names) -> compare.Gathered:
    """All that is worked out from, asked once for every visit and milestone, and for who is behind a mark."""
    known = ctx.gathered(
        "cohorts/gathered", lambda: _gather(ctx, asked, groups, names), lambda one: _PROCEDURE_BYTES * len(one.people),
        **key(ctx, asked, groups, "visit", "milestone"),
    )  # fmt: skip
    return known.asked(asked.visit, asked.milestone)


def _gather(ctx: Context, asked: Asked, groups: list[Cohort], names: Names) -> compare.Gathered:
    question = ask(ctx, asked)
    with closing(ctx.cursor) as cursor:
        own = [(one.name, one.definition, one.version) for one in groups]
        return compare.gather(cursor, choosing.chosen(cursor, own, question, names), question)
