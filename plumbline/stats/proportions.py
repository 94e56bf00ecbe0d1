"""Shares and their intervals, the difference of two, p counted for everything looked at, the mean of a visit."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from plumbline.stats.columns import number
from plumbline.stats.errors import StatsError


def wilson(k: float, n: float) -> dict[str, float | None]:
    """A share of `k` among `n` with Wilson's score interval (95 %): `estimate`, `lower`, `upper`, each 0 to 1.

    Of nobody (`n` 0) nothing can be said: all three are None.
    Errors: `StatsError` for a fraction, less than 0, or more than `n`. Source: Wilson 1927, through statsmodels.
    """
    from statsmodels.stats.proportion import proportion_confint

    k, n = _of(k, n)
    if n == 0:
        return {"estimate": None, "lower": None, "upper": None}
    lower, upper = proportion_confint(k, n, alpha=0.05, method="wilson")
    lower, upper = (0.0 if k == 0 else float(lower)), (1.0 if k == n else float(upper))
    return {"estimate": k / n, "lower": lower, "upper": upper}


def difference_of_shares(k1: float, n1: float, k2: float, n2: float) -> dict[str, float | None]:
    """The first share minus the second, with Newcombe's interval (95 %) and the p of Pearson's chi-squared.

    Returns `estimate`, `lower`, `upper` (-1 to 1) and `p`; all None where either is of nobody. `p` is 1 where all or
    none of both did: it is without the continuity correction, and the same as of the score test of equal shares.
    Errors: as `wilson`. Source: Newcombe 1998, method 10, through statsmodels.
    """
    from scipy import stats
    from statsmodels.stats.proportion import confint_proportions_2indep

    (k1, n1), (k2, n2) = _of(k1, n1), _of(k2, n2)
    if n1 == 0 or n2 == 0:
        return {"estimate": None, "lower": None, "upper": None, "p": None}
    lower, upper = confint_proportions_2indep(k1, n1, k2, n2, method="newcomb", compare="diff", alpha=0.05)
    pooled = (k1 + k2) / (n1 + n2)
    variance = pooled * (1 - pooled) * (1 / n1 + 1 / n2)
    difference = k1 / n1 - k2 / n2
    p = float(stats.chi2.sf(difference**2 / variance, 1)) if variance > 0 else 1.0
    return {"estimate": difference, "lower": float(lower), "upper": float(upper), "p": p}


def holm(ps: Sequence[float | None]) -> list[float | None]:
    """Each p counted for how many were looked at (Holm 1979), in the order given; None, which wasn't, stays None.

    Errors: `StatsError` for a p that is not from 0 to 1.
    """
    looked = [number(p, "a p") for p in ps if p is not None]
    if not all(0 <= p <= 1 for p in looked):
        raise StatsError("A p is from 0 to 1; give None for what was not worked out.")
    # by hand: statsmodels' multipletests collects all garbage of the process whenever it is called
    order = np.argsort(looked, kind="stable")
    counted = np.empty(len(looked))
    counted[order] = np.minimum(1.0, np.maximum.accumulate(np.array(looked)[order] * np.arange(len(looked), 0, -1)))
    each = iter(counted.tolist())
    return [None if p is None else next(each) for p in ps]


def mean_interval(mean: float, sd: float | None, n: int) -> dict[str, float | None]:
    """A mean with its interval (95 %, Student's t) from the mean, the sample's SD and the count, in their unit.

    Returns `estimate`, `lower`, `upper`; the bounds are None of fewer than two values, all are None of none.
    Errors: `StatsError` for an n that is no count, or an SD below 0.
    """
    from scipy import stats

    if number(n, "n") < 0 or not float(n).is_integer():
        raise StatsError(f"A mean is of a whole number from 0, not of {n!r}.")
    if n == 0:
        return {"estimate": None, "lower": None, "upper": None}
    if n == 1 or sd is None:
        return {"estimate": float(mean), "lower": None, "upper": None}
    if number(sd, "sd") < 0:
        raise StatsError("An SD is not below 0.")
    half = float(stats.t.ppf(0.975, n - 1)) * float(sd) / float(np.sqrt(n))
    return {"estimate": float(mean), "lower": float(mean) - half, "upper": float(mean) + half}


def _of(k: float, n: float) -> tuple[int, int]:
    """Two counts, the first within the second."""
    count, size = number(k, "a share's count"), number(n, "what a share is of")
    if not (count.is_integer() and size.is_integer()):
        raise StatsError(f"A share is a count of a count: give whole numbers, not {k} of {n}.")
    if not 0 <= count <= size:
        raise StatsError(f"A share's count is from 0 to the number that it is of: {k} of {n} can't be.")
    return int(count), int(size)
