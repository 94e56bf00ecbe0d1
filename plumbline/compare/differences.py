"""The first group minus another at each visit and for each share: raw, adjusted, and counted for all looked at."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from plumbline.compare import allowing, course, words
from plumbline.compare.allowing import GROUP, OUTCOME, Allowed
from plumbline.compare.asking import Stop
from plumbline.compare.gathering import Gathered
from plumbline.compare.model import Difference
from plumbline.stats import StatsError, adjusted_difference, holm, raw_difference

AS_MEASURED = "As measured"  # how the note of a difference begins that isn't adjusted


@dataclass(frozen=True)
class Figure:
    """A difference with its 95% interval and p, of so many answers."""

    estimate: float
    lower: float
    upper: float
    p: float
    n: int


def figure(told: Mapping[str, float | None], n: int) -> Figure | None:
    """From what `plumbline.stats` gives; None where that can't be said. Where nothing varies, p is 1 or 0."""
    values = [told[name] for name in ("estimate", "lower", "upper")]
    if any(value is None or math.isnan(value) for value in values):
        return None
    estimate, lower, upper = (float(value or 0.0) for value in values)
    p = told["p"]
    return Figure(estimate, lower, upper, float(estimate == 0) if p is None or math.isnan(p) else float(p), n)


@dataclass(frozen=True)
class About:
    """What a difference is of: the fields of `Difference` before its figures."""

    other: str
    kind: str
    what: str
    label: str
    place: int
    is_main: bool


def stated(about: About, adjusted: Figure, raw: Figure, better: int, said: str, note: str) -> Difference:
    """The difference in full; p is counted later, when all are there."""
    return Difference(
        about.other, about.kind, about.what, about.label, about.place,
        adjusted.estimate, adjusted.lower, adjusted.upper, adjusted.p, None,
        raw.estimate, raw.lower, raw.upper, raw.p, adjusted.n, raw.n, about.is_main, better, said, note,
    )  # fmt: skip


def unstated(about: About, why: str) -> Difference:
    """A difference that isn't given, and why."""
    nothing = (None,) * 11
    return Difference(
        about.other, about.kind, about.what, about.label, about.place, *nothing, about.is_main, 0, why, ""
    )  # fmt: skip


def of_visits(known: Gathered, other: str, allowed: Allowed) -> list[Difference]:
    """A difference of means at each visit after the baseline at which anybody was due, and at the main one anyhow."""
    return [_visit(known, other, allowed, stop) for stop in course.later(known)]


def _visit(known: Gathered, other: str, allowed: Allowed, stop: Stop) -> Difference:
    is_main = other == "b" and stop.place == known.place
    about = About(other, "visit", stop.visit, f"{known.question.label}, {stop.label}", stop.place, is_main)
    why_not = cannot(known, other, stop.place)
    outcome = known.value[:, stop.place]
    if why_not:
        return unstated(about, why_not)
    told = raw_difference(allowing.frame(known, other, outcome, ()), OUTCOME, GROUP)
    raw = figure(told, int(told["n"]))
    if raw is None:
        return unstated(about, "nothing could be worked out")
    adjusted, note = _adjusted(known, other, allowed, stop.place)
    best = adjusted or raw
    said = words.difference(known.question, best.estimate, best.lower, best.upper)
    return stated(about, best, raw, better(best, known.sign), said, note)


def _adjusted(known: Gathered, other: str, allowed: Allowed, place: int) -> tuple[Figure | None, str]:
    if not allowed.covariates:
        return None, f"{AS_MEASURED}. {allowed.note}"
    data = allowing.frame(known, other, known.value[:, place], allowed.covariates)
    try:
        told = adjusted_difference(data, OUTCOME, GROUP, None, allowed.covariates)
    except StatsError:
        return None, f"{AS_MEASURED}: too few answers to adjust."
    return figure(told, int(told["n"])), allowed.note


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


def better(told: Figure, sign: int) -> int:
    """1: the first group is better off beyond luck; -1: the other; 0: neither. `sign`: 1 where less is better."""
    if told.upper < 0:
        return sign
    return -sign if told.lower > 0 else 0


def counted(looked: Sequence[Difference]) -> tuple[Difference, ...]:
    """Each with its p counted for everything that was looked at (Holm)."""
    ps = holm([one.p for one in looked])
    return tuple(replace(one, p_counted=p) for one, p in zip(looked, ps, strict=True))


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
