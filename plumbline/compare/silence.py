"""Would the missing answers change it? How the silent stood last, and how much worse they would have to be."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from plumbline.compare import words
from plumbline.compare.allowing import GROUP, OUTCOME, Allowed
from plumbline.compare.gathering import Gathered
from plumbline.compare.model import Difference
from plumbline.compare.trust import Missing, Tip
from plumbline.stats import StatsError, tipping_point

_STEPS = 25


@dataclass(frozen=True)
class _Tipped:
    line: tuple[Tip, ...] = ()
    tips_at: float | None = None


def missing(known: Gathered, main: Difference, allowed: Allowed) -> Missing:
    """At the main visit: what the first group's silent ones would have to have answered, and the second group's."""
    counts = []
    for group in "ab":
        rows = known.rows(group) & known.due[:, known.place]
        counts.append((int((rows & ~known.answered[:, known.place]).sum()), int(rows.sum())))
    (silent, due), (others, _) = counts
    ours = _tipped(known, main, allowed, 1.0) if silent and main.estimate is not None else _Tipped()
    theirs = _tipped(known, main, allowed, 0.0) if others and main.estimate is not None else _Tipped()
    margin, tips = known.question.tipping_margin, (ours.tips_at, theirs.tips_at)
    is_near = margin is not None and any(tip is not None and abs(tip) <= margin for tip in tips)
    told = Missing(silent, due, ours.line, ours.tips_at, last_seen(known), is_near, "", theirs.tips_at)
    return replace(told, words=_said(known, main, told))


def _tipped(known: Gathered, main: Difference, allowed: Allowed, shifted: float) -> _Tipped:
    """The difference with one group's missing answers moved: 1 is the first's, 0 the second's.

    By up to a share of the instrument's scale, as far as both groups were ever seen on it, in round figures: a walk
    that takes 20 s is not moved by minutes, and nobody's own figure can be read off the axis.
    """
    question, both = known.question, known.rows("a") | known.rows("b")
    seen = _round(float(np.ptp(known.value[both][known.answered[both]])))
    reach = known.settings["tipping_scale"] * min(question.maximum - question.minimum, seen)
    shifts = (known.sign * np.linspace(-reach, reach, _STEPS)).tolist()
    rows = both & known.due[:, known.place]
    data = known.people.loc[rows, list(allowed.covariates)].astype(np.float64)
    data[OUTCOME], data[GROUP] = known.value[rows, known.place], known.rows("a")[rows].astype(np.float64)
    try:
        told = tipping_point(data, OUTCOME, GROUP, None, allowed.covariates, shifts=shifts, shifted=shifted)
    except StatsError:
        return _Tipped()
    table = told["line"][["shift", "estimate", "lower", "upper"]].to_numpy(dtype=float).tolist()
    line = tuple(Tip(known.sign * shift, estimate, lower, upper) for shift, estimate, lower, upper in table)
    if main.better == 0:  # nothing to tip
        return _Tipped(line)
    as_expected = line[_STEPS // 2]
    if as_expected.lower <= 0 <= as_expected.upper:  # it is gone already
        return _Tipped(line, 0.0)
    tips_at = told["tips_at"]
    return _Tipped(line, None if tips_at is None else known.sign * tips_at)


def _round(width: float) -> float:
    """The next of 1, 2 and 5 times a power of ten; 0 of 0."""
    if not width:
        return 0.0
    size = 10.0 ** math.floor(math.log10(width))
    return next((size * part for part in (1, 2, 5) if size * part >= width), 10 * size)


def last_seen(known: Gathered) -> float | None:
    """How much worse the first group's silent ones stood at their last visit than those who answered the main one.

    Those at that same visit, on average and in the unit; below 0: better. None where none was heard of since day 0.
    """
    rows = known.rows("a") & known.due[:, known.place]
    spoke = rows & known.answered[:, known.place]
    silent = rows & ~known.answered[:, known.place]
    earlier = known.answered[:, 1 : known.place]
    if not earlier.shape[1]:
        return None
    heard = silent & earlier.any(axis=1)
    last = earlier.shape[1] - np.argmax(earlier[:, ::-1], axis=1)  # a place: the baseline's is 0
    apart = []
    for place in range(1, known.place):
        others = known.value[spoke & known.answered[:, place], place]
        theirs = known.value[heard & (last == place), place]
        if len(others) and len(theirs):
            apart.append(theirs - others.mean())
    return known.sign * float(np.concatenate(apart).mean()) if apart else None


def _said(known: Gathered, main: Difference, told: Missing) -> str:
    name, silent, due = known.groups[0].name, told.missing or 0, told.due or 0
    if silent == 0:
        return f"All {due:,} due of {name} answered." if due else f"Nobody of {name} was due."
    said = [f"{silent:,} of {due:,} due of {name} did not answer.", _to_erase(known, main, told)]
    if told.seen is not None:
        size = words.size(abs(told.seen), known.question)
        alike = not float(words.number(told.seen, known.question.decimals))
        way = "as well as" if alike else f"{size} {'worse' if told.seen > 0 else 'better'} than"
        said.append(f"At their last visit they stood {way} those who did.")
    return " ".join(one for one in said if one)


def _to_erase(known: Gathered, main: Difference, told: Missing) -> str:
    if main.estimate is None or not told.line:
        return ""
    if main.better == 0:
        return "There is no clear difference to overturn; the line shows how far they could move it."
    if told.tips_at is None:
        return "Whatever they would have said on the scale that is tried, the difference stays."
    if told.tips_at == 0:
        return "Had they answered as expected, the difference would be within luck already."
    way = "worse" if told.tips_at > 0 else "better"
    size = words.size(abs(told.tips_at), known.question)
    return f"To erase the difference they would have to be {size} {way} off than expected."
