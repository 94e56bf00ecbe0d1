"""How alike groups were, and who answered: shares of few patients are hidden, figures rounded to what is read."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from plumbline.cohorts.small import is_small, under
from plumbline.compare.trust import Balance, Nonresponse
from plumbline.small.counts import Counts
from plumbline.small.outcomes import rounded

_PLACES = {True: 2, False: 1}  # of shares and of means
_APART = 2


def balance(one: Balance, counts: Counts) -> Balance:
    """The first group and another before the procedure."""
    is_share = "%" in one.words
    pairs = ((one.first, one.first_n), (one.second, one.second_n))
    second_n = _known(counts, one.other, one.second_n)
    known: dict[str, Any] = {"first_n": _known(counts, "a", one.first_n), "second_n": second_n}
    if any(_is_few(value, size, is_share, counts.limit) for value, size in pairs):
        words = f"hidden: {under(counts.limit)} patients"
        return replace(
            one, first=None, second=None, difference=None, lower=None, upper=None, is_apart=False, words=words, **known
        )
    apart = rounded(one, _APART, "difference", "lower", "upper")
    return replace(one, **rounded(one, _PLACES[is_share], "first", "second"), **apart, **known)


def nonresponse(one: Nonresponse, counts: Counts) -> Nonresponse:
    """Who answered at the main visit against who didn't."""
    told, is_share = counts.of(one.group, counts.main), "%" in one.words
    pairs = ((one.answered, one.answered_n), (one.silent, one.silent_n))
    answered_n = _known(counts, one.group, one.answered_n)
    silent_n = _known(counts, one.group, one.silent_n, told.missing, answered_n)
    known: dict[str, Any] = {"answered_n": answered_n, "silent_n": silent_n if told.is_whole else None}
    if any(_is_few(value, size, is_share, counts.limit) for value, size in pairs):
        words = f"hidden: {under(counts.limit)} patients"
        return replace(one, answered=None, silent=None, difference=None, words=words, **known)
    figures = rounded(one, _PLACES[is_share], "answered", "silent")
    return replace(one, **figures, **rounded(one, _APART, "difference"), **known)


def _known(counts: Counts, group: str, number: int | None, *beside: int | None) -> int | None:
    """Of how many it is known, where neither that nor the rest of the group would tell of a few."""
    return 0 if number == 0 else counts.within(group, number, *beside)


def _is_few(value: float | None, size: int | None, is_share: bool, limit: int) -> bool:
    """Whether a figure is of few: it is known of few, or a share of few of them, or of all but few."""
    if value is None or size is None or is_small(size, limit):
        return value is not None
    if not is_share:
        return False
    part = round(value * size)
    return is_small(part, limit) or is_small(size - part, limit)
