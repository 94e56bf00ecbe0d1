"""Points of a curve, received of due, shares and differences, without what would tell of a few patients."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from plumbline.cohorts.small import is_near, least_of, limits, part_words, under
from plumbline.compare.model import CurvePoint, Difference, Share
from plumbline.compare.trust import Answered
from plumbline.compare.words import percent
from plumbline.small.counts import Counts, Told

_OF = re.compile(r"[\d,]+ of [\d,]+ answered")
_SHARE_DECIMALS = 2
_FIGURES = (
    *("estimate", "lower", "upper", "p", "p_counted", "n"),
    *("raw_estimate", "raw_lower", "raw_upper", "raw_p", "raw_n"),
)


def rounded(one: Any, decimals: int, *names: str) -> dict[str, Any]:
    """Figures of a row with no more places than they are read with: more would tell of how many they are."""
    values = {name: getattr(one, name) for name in names}
    return {name: None if value is None else round(value, decimals) for name, value in values.items()}


def received_words(told: Told, limit: int) -> str:
    """Received of those due, at least one of them hidden."""
    if told.shown_received is not None:
        return f"{told.shown_received:,} answered; how many were due is hidden"
    return f"{part_words(told.received, told.shown_due, limit)} answered"


def point(one: CurvePoint, counts: Counts) -> CurvePoint:
    """A point of the curve: gone where few answered; rounded where their number is hidden, or the file leaves."""
    told = counts.of(one.group, one.visit)
    if told.received == 0:
        words = one.words if told.is_whole else f"{one.visit_label}: none of those due answered"
        return replace(one, due=told.shown_due, words=words)
    if told.is_few:
        words = f"{one.visit_label}: {received_words(told, counts.limit)}"
        return replace(
            one, answered=None, due=told.shown_due, mean=None, lower=None, upper=None, q25=None, median=None, q75=None,
            is_thin=True, words=words,
        )  # fmt: skip
    found = _without_quantiles(replace(one, answered=told.shown_received, due=told.shown_due), told, counts.limit)
    if not told.is_whole:
        is_thin = one.is_thin if told.shown_received is not None else False
        found = replace(found, is_thin=is_thin, words=_OF.sub(received_words(told, counts.limit), one.words))
    if told.shown_received is None or counts.limit > limits().inside:
        places = counts.found.question.decimals
        found = replace(found, **rounded(one, places, "mean", "lower", "upper"))
    return found


def _without_quantiles(one: CurvePoint, told: Told, limit: int) -> CurvePoint:
    """Without quartiles and median where so few answered that they are what one of a few said."""
    answers = told.received or 0
    if answers < least_of(0.25, limit):
        one = replace(one, q25=None, q75=None)
    return one if answers >= least_of(0.5, limit) else replace(one, median=None)


def answered(one: Answered, counts: Counts) -> Answered:
    """Received of those due; the share goes with either of them."""
    told = counts.of(one.group, one.visit)
    if told.is_whole:
        return one
    is_thin = told.is_few or (one.is_thin and told.shown_received is not None)
    words = received_words(told, counts.limit)
    return replace(
        one, received=told.shown_received, due=told.shown_due, share=None, lower=None, upper=None, is_thin=is_thin,
        words=words,
    )  # fmt: skip


def share(one: Share, counts: Counts) -> Share:
    """A share with its three denominators: it goes where its count or the rest of those measured is small."""
    limit, measured = counts.limit, counts.measured(one)
    due = counts.within(one.group, one.due, measured)
    eligible = counts.within(one.group, one.eligible, measured, due)
    kept = replace(one, measured=measured, due=due, eligible=eligible)
    if one.measured == 0:
        return kept if due is not None else replace(kept, worst=None, best=None, words="none of those due answered")
    if not counts.is_counted(one):
        words = f"{under(limit)} answers (hidden)" if one.measured is None else part_words(one.count, measured, limit)
        return replace(
            kept, count=None, estimate=None, lower=None, upper=None, worst=None, best=None,
            words=words,
        )  # fmt: skip
    if measured is None:
        words = f"{percent(one.estimate)}, counts hidden"
        figures = rounded(one, _SHARE_DECIMALS, "estimate", "lower", "upper")
        return replace(kept, count=None, worst=None, best=None, words=words, **figures)
    return kept if due is not None else replace(kept, worst=None, best=None)


def difference(one: Difference, counts: Counts) -> Difference:
    """A difference: gone where either side is of few; rounded where the number of either is hidden."""
    if one.estimate is None:
        return one
    if one.kind == "share":
        both = [counts.share(group, one.what) for group in ("a", one.other)]
        is_few = any(side is None or not counts.is_counted(side) for side in both)
        is_known = not is_few and all(side is not None and counts.measured(side) is not None for side in both)
        places = _SHARE_DECIMALS
    else:
        told = [counts.of(group, one.what) for group in ("a", one.other)]
        is_few, is_known = any(side.is_few for side in told), all(side.shown_received is not None for side in told)
        places = counts.found.question.decimals
    if is_few:
        nothing: dict[str, Any] = dict.fromkeys(_FIGURES)
        words = f"hidden: it would tell of {under(counts.limit)} patients"
        return replace(one, **nothing, better=0, words=words, note="")
    if not is_known:
        return replace(one, n=None, raw_n=None, **rounded(one, places, "raw_estimate", "raw_lower", "raw_upper"))
    return replace(one, n=None) if is_near(one.n, one.raw_n, counts.limit) else one
