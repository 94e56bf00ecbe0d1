"""Which of a page's counts are hidden, of each kind of figure: by the rules of `plumbline.cohorts.small`."""

from __future__ import annotations

import pandas as pd

from plumbline.cohorts import small


def of_shares(count: pd.Series, of: pd.Series, most: int) -> pd.Series:
    """Which rows of a share are hidden: those counted, those not counted or all of them are few.

    `count` of `of`: whole numbers, a row a unit or month, whose sums are known. As in `small.cells`, the next larger
    are hidden with the small ones, all equal ones, and everything where none is larger or the sums are small: so the
    sum of what is shown leaves more than one value for each. Source: statistics 6 (complementary cell).
    """
    rows = [(int(part), int(whole)) for part, whole in zip(count, of, strict=True)]
    hidden = {place for place, (part, whole) in enumerate(rows) if small.is_part_hidden(part, whole, most)}
    if hidden:
        fewer = {place: min(part, whole - part) for place, (part, whole) in enumerate(rows) if place not in hidden}
        larger = [number for number in fewer.values() if number > 0]
        total = sum(part for part, _ in rows), sum(whole for _, whole in rows)
        is_all = not larger or small.is_part_hidden(*total, most)
        hidden |= {place for place, number in fewer.items() if is_all or number == min(larger)}
    return pd.Series([place in hidden for place in range(len(rows))], count.index, dtype=bool)


def of_counts(count: pd.Series, most: int) -> pd.Series:
    """Which counts of a row, whose sum is known, are hidden."""
    shown = small.cells([int(one) for one in count], most)
    return pd.Series([one is None for one in shown], count.index, dtype=bool)


def of_parts(
    part: pd.Series, whole: pd.Series, among: pd.Series, most: int, also: pd.Series | None = None
) -> list[tuple[int | None, int | None]]:
    """Received and due of each row as they may be shown; of the rows of the same `among` the sums are known.

    `also`: rows that are hidden in any case.
    """
    shown: dict[object, tuple[int | None, int | None]] = {}
    for _, rows in pd.DataFrame({"part": part, "whole": whole, "also": False if also is None else also}).groupby(among):
        pairs = [(int(one), int(of)) for one, of in zip(rows["part"], rows["whole"], strict=True)]
        gone = [place for place, is_gone in enumerate(rows["also"]) if is_gone]
        shown |= dict(zip(rows.index, small.parts(pairs, most, gone), strict=True))
    return [shown[at] for at in part.index]


def said(part: int, whole: int, shown: int | None, most: int) -> str:
    """A part of a whole in words, where it is hidden. `shown`: the whole as it may be shown."""
    if shown is None and small.is_near(part, whole, most):
        return small.nearly_all(most)
    return small.part_words(part, shown, most)


def span(count: int, of: int, most: int) -> tuple[int, int] | None:
    """Between which counts a hidden one lies, as far as may be said; None where even that would say too much."""
    if of <= most:
        return None
    if small.is_small(count, most):
        return 1, most
    if small.is_small(of - count, most):
        return of - most, of - 1
    return None
