"""How alike two groups were before: standardised differences, which don't grow with the number of patients."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from math import inf, nan, sqrt

import numpy as np
import pandas as pd

from plumbline.stats.columns import Floats, coded, column, is_number, names, numbers, two_groups

_Z = 1.959963984540054
COLUMNS = ["covariate", "level", "kind", "first", "second", "first_n", "second_n", "difference", "lower", "upper"]


def balance(frame: pd.DataFrame, group: Hashable, covariates: Sequence[Hashable]) -> pd.DataFrame:
    """How far apart two groups are in each covariate, in standard deviations.

    Columns: `group` two values, the first in sort order is the reference; `covariates` numbers, true and false, or
    words. Each is compared in those whom it is known of.
    Returns a row a covariate, or a row a word of it (of two words, the second): `covariate`, `level` (the word, or
    None), `kind` ("mean" of a number; "share" of a word, of true, or of 1 where there are only 0 and 1), `first` and
    `second` (means in the covariate's unit, or shares), `first_n` and `second_n` (known of how many), `difference`
    (second minus first over the root of the mean of both variances), `lower` and `upper` (95 %). Where neither group
    varies the difference is 0 if they are the same and infinite if not, without an interval; it is missing where a
    group has no value, or a number only one. Of words that nobody's is known of there is one row, without a level.
    Errors: `StatsError` for other than two groups.
    Source: Austin 2009; its interval by Hedges and Olkin 1985; statistics, section 5 and features M7.
    """
    codes, _ = two_groups(frame, group)
    rows = [row for name in names(covariates) for row in _rows(frame, codes, name)]
    found = pd.DataFrame(rows, columns=COLUMNS).astype(dict.fromkeys([*COLUMNS[3:5], *COLUMNS[7:]], "float64"))
    found["level"] = pd.Series([row[1] for row in rows], index=found.index, dtype=object)  # None stays None
    return found


def _rows(frame: pd.DataFrame, codes: np.ndarray, name: Hashable) -> Iterator[list[object]]:
    if is_number(column(frame, name)):
        values = numbers(frame, name)
        known = values[~np.isnan(values)]
        is_share = bool(len(known) and np.isin(known, (0, 1)).all())
        yield [name, None, "share" if is_share else "mean", *_compared(values, codes, is_share)]
        return
    held, words = coded(frame, name)
    if not words:
        yield [name, None, "share", *_compared(np.full(len(frame), nan), codes, is_share=True)]
    for at in [1] if len(words) == 2 else range(len(words)):
        values = np.where(held < 0, nan, held == at)
        yield [name, words[at], "share", *_compared(values, codes, is_share=True)]


def _compared(values: Floats, codes: np.ndarray, is_share: bool) -> list[float | int]:
    """Both values, both counts, the difference and its interval."""
    known = ~np.isnan(values)
    one, other = values[known & (codes == 0)], values[known & (codes == 1)]
    n1, n2 = len(one), len(other)
    first, second = (float(side.mean()) if len(side) else nan for side in (one, other))
    if is_share:
        spreads = [first * (1 - first), second * (1 - second)]
    else:
        spreads = [float(side.var(ddof=1)) if len(side) > 1 else nan for side in (one, other)]
    shared = sqrt(sum(spreads) / 2) if not np.isnan(sum(spreads)) else nan
    if shared == 0:
        apart = second - first
        return [first, second, n1, n2, inf * apart if apart else 0.0, nan, nan]
    difference = (second - first) / shared
    if np.isnan(difference):
        return [first, second, n1, n2, nan, nan, nan]
    half = _Z * sqrt((n1 + n2) / (n1 * n2) + difference**2 / (2 * (n1 + n2)))
    return [first, second, n1, n2, difference, difference - half, difference + half]
