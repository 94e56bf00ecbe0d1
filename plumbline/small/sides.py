"""How alike groups were, and who answered: shares of few patients are hidden, figures rounded to what is read."""

from __future__ import annotations

from dataclasses import replace

from plumbline.cohorts.small import is_small, under
from plumbline.compare.trust import Balance, Nonresponse
from plumbline.small.counts import Counts
from plumbline.small.outcomes import rounded

_PLACES = {True: 2, False: 1}  # of shares and of means
_APART = 2


def balance(one: Balance, counts: Counts) -> Balance:
    """The first group and another before the procedure."""
    sizes = {group.key: group.episodes for group in counts.found.groups}
    is_share = "%" in one.words
    pairs = ((one.first, sizes.get("a")), (one.second, sizes.get(one.other)))
    if any(_is_few(value, size, is_share, counts.limit) for value, size in pairs):
        words = f"hidden: {under(counts.limit)} patients"
        return replace(
            one, first=None, second=None, difference=None, lower=None, upper=None, is_apart=False, words=words
        )
    apart = rounded(one, _APART, "difference", "lower", "upper")
    return replace(one, **rounded(one, _PLACES[is_share], "first", "second"), **apart)


def nonresponse(one: Nonresponse, counts: Counts) -> Nonresponse:
    """Who answered at the main visit against who didn't."""
    told, is_share = counts.of(one.group, counts.main), "%" in one.words
    pairs = ((one.answered, told.received), (one.silent, told.missing))
    if any(_is_few(value, size, is_share, counts.limit) for value, size in pairs):
        words = f"hidden: {under(counts.limit)} patients"
        return replace(one, answered=None, silent=None, difference=None, words=words)
    figures = rounded(one, _PLACES[is_share], "answered", "silent")
    return replace(one, **figures, **rounded(one, _APART, "difference"))


def _is_few(value: float | None, size: int | None, is_share: bool, limit: int) -> bool:
    """Whether a figure is of few: the group is small, or so is the part that a share makes of it, or the rest."""
    if value is None or size is None or is_small(size, limit):
        return value is not None
    if not is_share:
        return False
    part = round(value * size)
    return is_small(part, limit) or is_small(size - part, limit)
