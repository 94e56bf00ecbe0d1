"""The first group minus another at each visit and for each share: raw, adjusted, and counted for all that is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from plumbline.compare import allowing, course, words
from plumbline.compare.allowing import GROUP, OUTCOME, Allowed
from plumbline.compare.gathering import Gathered
from plumbline.compare.model import Difference
from plumbline.stats.adjusted import adjusted_difference, raw_difference
from plumbline.stats.errors import StatsError
from plumbline.stats.proportions import holm

Figure = dict[str, float | None]


def of_visits(known: Gathered, other: str, allowed: Allowed) -> list[Difference]:
    """A difference of means at each visit after the baseline at which anybody was due."""
    return [_visit(known, other, allowed, *stop) for stop in course.later_stops(known)]


def _visit(known: Gathered, other: str, allowed: Allowed, place: int, visit: str, label: str) -> Difference:
    label = f"{known.question.label}, {label}"
    is_main = other == "b" and visit == known.question.visit
    why_not = cannot(known, other, place)
    if why_not:
        return nothing(other, "visit", visit, label, place, is_main, why_not)
    outcome = known.value[:, place]
    raw = raw_difference(allowing.frame(known, other, outcome, []), OUTCOME, GROUP)
    note, adjusted = allowed.note, raw
    try:
        adjusted = adjusted_difference(
            allowing.frame(known, other, outcome, allowed.covariates), OUTCOME, GROUP, None, allowed.covariates
        )
    except StatsError:
        note = "As measured: too few answers to adjust."
    said = _said(known, adjusted)
    return Difference(
        other, "visit", visit, label, place,
        adjusted["estimate"], adjusted["lower"], adjusted["upper"], adjusted["p"], None,
        raw["estimate"], raw["lower"], raw["upper"], raw["p"],
        int(adjusted["n"]), int(raw["n"]), is_main, better(adjusted, known.sign), said, note,
    )  # fmt: skip


def cannot(known: Gathered, other: str, place: int) -> str:
    """Why two groups can't be compared at a visit; "" where they can."""
    least, thin = int(known.settings["least_answers"]), known.settings["thin_share"]
    for group in ("a", other):
        rows = known.rows(group)
        received, due = int(known.answered[rows, place].sum()), int(known.due[rows, place].sum())
        if received < least:
            return f"fewer than {least} answers in a group"
        if received < thin * due:
            return f"under {words.percent(thin)} of those due answered in a group"
    return ""


def nothing(other: str, kind: str, what: str, label: str, place: int, is_main: bool, why: str) -> Difference:
    """A difference that isn't given, and why."""
    return Difference(
        other, kind, what, label, place, None, None, None, None, None, None, None, None, None, None, None, is_main, 0,
        why, "",
    )  # fmt: skip


def _said(known: Gathered, figure: dict[str, float]) -> str:
    if np.isnan(figure["lower"]):
        return words.signed(figure["estimate"], known.question.decimals, known.question.unit)
    return words.difference(known.question, figure["estimate"], figure["lower"], figure["upper"])


def better(figure: dict[str, float], sign: int) -> int:
    """1: the first group is better off beyond luck; -1: the other; 0: neither. `sign`: 1 where less is better."""
    if figure["upper"] < 0:
        return sign
    return -sign if figure["lower"] > 0 else 0


def counted(looked: Sequence[Difference]) -> tuple[Difference, ...]:
    """Each with its p counted for everything that was looked at (Holm)."""
    return tuple(
        replace(one, p_counted=p) for one, p in zip(looked, holm([one.p for one in looked]), strict=True)
    )  # fmt: skip


def looked(differences: Sequence[Difference], alpha: float) -> str:
    """How often luck alone shows a difference in so many looks, in one sentence."""
    count = sum(one.p is not None for one in differences)
    if count == 0:
        return "Nothing could be compared."
    pages = round(100 * (1 - (1 - alpha) ** count))
    things = "1 thing" if count == 1 else f"{count} things"
    return (
        f"Look at {things} and luck alone shows a 'difference' on up to {pages} of 100 such pages. "
        "The last column counts that (Holm)."
    )
