"""Small numbers are hidden before anything is drawn: with each, a second one that would give it away by the sum."""

from __future__ import annotations

import pandas as pd


def is_small(count: float, most: float) -> bool:
    """A count from 1 to the most that is hidden; nought may be shown."""
    return 1 <= count <= most


def of_shares(count: pd.Series, of: pd.Series, most: float) -> pd.Series:
    """Which rows of a share are hidden: those counted, those not counted or all of them are few.

    `count` of `of`: a row a unit, both whole numbers. Where exactly one is hidden, the next smallest is, too: all
    together are said, so that the sum of the others would give it away. Source: statistics 6 (complementary cell).
    """
    rest = of - count
    few = pd.Series([any(is_small(one, most) for one in row) for row in zip(count, rest, of, strict=True)], count.index)
    others = of[~few & (of > 0)]
    if few.sum() == 1 and len(others):
        few |= count.index == count.where(count < rest, rest)[others.index].sort_values().index[0]
    return few.astype(bool)


def of_counts(count: pd.Series, most: float) -> pd.Series:
    """Which counts of a row are hidden: the small ones, and with exactly one the next smallest that isn't nought."""
    few = count.map(lambda one: is_small(one, most)).astype(bool)
    others = count[~few & (count > 0)]
    if few.sum() == 1 and len(others):
        few |= count.index == others.sort_values().index[0]
    return few


def span(count: float, of: float, most: float) -> tuple[float, float] | None:
    """Between which counts a hidden one lies, as far as may be said; None where even that would say too much."""
    if is_small(of, most) or of <= most:
        return None
    if is_small(count, most):
        return 1, min(most, of)
    if is_small(of - count, most):
        return max(of - most, 0), of - 1
    return None
