"""Which of a page's counts are hidden, of each kind of figure: by the rules of `plumbline.cohorts.small`."""

from __future__ import annotations

import pandas as pd

from plumbline.cohorts import small


def of_shares(count: pd.Series, of: pd.Series, most: int) -> pd.Series:
    """Which rows of a share are hidden: those counted, those not counted or all of them are few.

    `count` of `of`: whole numbers, a row a unit or month, whose sums are known. Next smallest are hidden until at
    least two are, and what is hidden is no small group together, either. Source: statistics 6 (complementary cell).
    """
    rows = [(int(part), int(whole)) for part, whole in zip(count, of, strict=True)]
    hidden = {place for place, (part, whole) in enumerate(rows) if small.is_part_hidden(part, whole, most)}
    rest = sorted((min(part, whole - part), place) for place, (part, whole) in enumerate(rows) if whole)
    rest = [one for one in rest if one[1] not in hidden]
    while hidden and rest and (len(hidden) < 2 or small.is_part_hidden(*_sum(rows, hidden), most)):
        hidden.add(rest.pop(0)[1])
    return pd.Series([place in hidden for place in range(len(rows))], count.index, dtype=bool)


def _sum(rows: list[tuple[int, int]], places: set[int]) -> tuple[int, int]:
    return sum(rows[place][0] for place in places), sum(rows[place][1] for place in places)


def of_counts(count: pd.Series, most: int) -> pd.Series:
    """Which counts of a row, whose sum is known, are hidden."""
    shown = small.cells([int(one) for one in count], most)
    return pd.Series([one is None for one in shown], count.index, dtype=bool)


def span(count: int, of: int, most: int) -> tuple[int, int] | None:
    """Between which counts a hidden one lies, as far as may be said; None where even that would say too much."""
    if of <= most:
        return None
    if small.is_small(count, most):
        return 1, most
    if small.is_small(of - count, most):
        return of - most, of - 1
    return None
