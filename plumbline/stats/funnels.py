"""Funnel limits: how far a unit of its size may lie from the centre by chance. Nothing is ranked."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

import numpy as np
import pandas as pd

from plumbline.stats.columns import Flags, Floats, column, complete, counts, number, numbers
from plumbline.stats.dispersion import NOT_ASKED, Spread, between
from plumbline.stats.errors import StatsError

Kind = Literal["proportion", "mean", "ratio"]
LIMITS = {"lower95": 0.025, "upper95": 0.975, "lower998": 0.001, "upper998": 0.999}
COLUMNS = ["unit", "n", "value", "centre", *LIMITS, "flag"]
_HALF = 0.5


def funnel(
    frame: pd.DataFrame,
    unit: Hashable,
    n: Hashable,
    observed: Hashable,
    expected: Hashable | None = None,
    kind: Kind = "proportion",
    sd: Hashable | float | None = None,
    skew: Hashable | float | None = None,
    overdispersion: bool = False,
) -> pd.DataFrame:
    """Each unit's value with the limits that chance alone would keep to: 95 % and 99.8 %, 2.5 % and 0.1 % a side.

    Columns: a row a unit; `unit` its name, once; `n` a count; `observed` and `expected` by kind:
    - "proportion": `observed` a count of `n`. Centre: all observed of all n. Limits: exact binomial, Spiegelhalter's
      interpolation. With `expected`, the count that a case-mix model expects: value is observed / expected x centre.
    - "mean": `observed` the mean, `sd` the standard deviation between single answers. Centre: the mean of all
      answers. Limits: normal; with `skew`, the skewness of single answers, Pearson III (a gamma) of the mean, whose
      skewness is skew / root n. With `expected`, a mean: value is observed - expected + centre.
    - "ratio": `observed` a count, `expected` another. Value observed / expected, centre 1. Limits: exact Poisson.
    `sd` and `skew` are a column's name, for each unit its own, or one number for all. Of a gamma the limits are exact;
    of scores that end at best and worst they are left by fewer than they say where answers are few (below 20; 50 if
    most are at the end), and of times with a long tail by more below 20.
    `overdispersion` widens the limits for ordinary spread between units: the additive model, on the arcsine-root
    scale for proportions and the root scale for ratios; never for fewer than ten units. What was done stands in
    `attrs["spread"]`, with `attrs["phi"]`, `attrs["phi_p"]` and `attrs["tau2"]`.
    Returns a row a unit in the order given: `unit`, `n`, `value`, `centre`, the limits (missing where n, or what is
    expected, is 0) and `flag`: "inside"; "look" outside 95 %; "alarm" outside 99.8 %; None where there is no value.
    The flag of a proportion or a ratio goes by the exact quantile of the count: so many or more, or so few or fewer,
    are as rare as the limit says. The limits that are published for drawing are not: the binomial's lies up to one
    patient lower, and would flag each small unit that is perfect; the ratio's, which is Garwood's interval of the
    expected count, is left by one in twenty of those with none of 3 expected (the flag is as in the tables of Public
    Health England). With limits widened for spread a flag is outside those and the exact ones: the roots are off in a
    few patients.
    Errors: `StatsError` for a missing value, a unit that stands twice, what is no count, a mean without `sd`.
    Source: Spiegelhalter 2005, Stat Med 24:1185 with its appendix; statistics, section 3.
    """
    _once(frame, unit)
    size = _positive(frame, n) if kind == "ratio" else counts(frame, n)
    parts = _parts(frame, size, observed, expected, kind, sd, skew)
    there = ~np.isnan(parts.value)
    spread = Spread(NOT_ASKED, float("nan"), float("nan"), 0.0)
    if overdispersion:
        spread = between(parts.forward(parts.value[there]), parts.forward(parts.centre), parts.error[there])
    limits = {name: parts.limit(p, spread.tau2) for name, p in LIMITS.items()}
    found = pd.DataFrame({"unit": frame[unit].to_numpy(), "n": _whole(size), "value": parts.value,
                          "centre": parts.centre, **limits, "flag": _flags(parts, spread.tau2)})  # fmt: skip
    found.attrs.update(spread=spread.words, phi=spread.phi, phi_p=spread.p, tau2=spread.tau2)
    return found[COLUMNS]


@dataclass(frozen=True)
class _Parts:
    """What a kind is made of. Spread between units is told and added on the scale that `forward` leads to."""

    value: Floats
    centre: float
    forward: Callable[[Floats | float], Floats]
    error: Floats  # on that scale
    limit: Callable[[float, float], Floats]  # of a probability and the variance between units
    bound: Callable[[float, float], Floats]  # the last value that has no flag; the limit, but for what is counted


def _parts(frame: pd.DataFrame, size: Floats, observed: Hashable, expected: Hashable | None, kind: Kind,
           sd: Hashable | float | None, skew: Hashable | float | None) -> _Parts:  # fmt: skip
    if kind != "mean" and not (sd is None and skew is None):
        raise StatsError(f"sd and skew are of means: leave them out of a {kind}, or say kind='mean'.")
    if kind == "proportion":
        return _proportion(frame, size, observed, expected)
    if kind == "mean":
        if sd is None:
            raise StatsError("A mean needs sd: the standard deviation between single answers, a column or a number.")
        return _mean(frame, size, observed, expected, sd, skew)
    if kind == "ratio":
        if expected is None:
            raise StatsError("A ratio needs expected: the count that is expected of each unit.")
        return _ratio(counts(frame, observed), _positive(frame, expected))
    raise StatsError(f"There is no funnel of kind {kind!r}: give proportion, mean or ratio.")


def _proportion(frame: pd.DataFrame, size: Floats, observed: Hashable, expected: Hashable | None) -> _Parts:
    from scipy import stats

    count = counts(frame, observed)
    if (count > size).any():
        raise StatsError(f"Column {observed!r} counts more than there are: for proportions it is a count of n.")
    there = size > 0
    centre = _divided(count.sum(), size.sum())
    scale = np.where(there, 1.0, np.nan)
    chance = np.where(there, centre, np.nan)
    if expected is not None:
        told = _positive(frame, expected)
        if (told > size).any():
            raise StatsError(f"Column {expected!r} expects more than there are: it is a count of n.")
        chance = np.where(there & (told > 0), told / np.where(there, size, 1.0), np.nan)
        scale = centre / chance
    value = scale * count / np.where(there, size, np.nan)
    error = 1 / (2 * np.sqrt(np.where(there, size, np.nan)))

    def limit(p: float, tau2: float) -> Floats:
        if tau2 == 0:
            exact = scale * binomial_limit(p, size, chance)
            return np.asarray(np.minimum(exact, centre) if p < _HALF else np.maximum(exact, centre))
        angle = _angle(centre) + stats.norm.ppf(p) * np.sqrt(error**2 + tau2)
        return np.where(np.isnan(value), np.nan, np.sin(np.clip(angle, 0, np.pi / 2)) ** 2)

    def bound(p: float, tau2: float) -> Floats:
        return _outer(p, scale * stats.binom.ppf(p, size, chance) / np.where(there, size, np.nan), limit, tau2)

    return _Parts(value, float(centre), _angle, error, limit, bound)


def _mean(frame: pd.DataFrame, size: Floats, observed: Hashable, expected: Hashable | None,
          sd: Hashable | float, skew: Hashable | float | None) -> _Parts:  # fmt: skip
    from scipy import stats

    there = size > 0
    given = _where(frame, observed, there)
    told = np.zeros(len(size)) if expected is None else _where(frame, expected, there)
    centre = float(_divided((size * np.where(there, given, 0.0)).sum(), size.sum()))
    value = given if expected is None else given - told + centre
    each = _each(frame, sd, there)
    if (each[there] <= 0).any():
        raise StatsError("sd is above 0: the standard deviation between single answers.")
    root = np.sqrt(np.where(there, size, np.nan))
    error = each / root
    tilt = np.zeros(len(size)) if skew is None else _each(frame, skew, there) / root

    def limit(p: float, tau2: float) -> Floats:
        total = np.sqrt(error**2 + tau2)
        return np.asarray(centre + total * stats.pearson3.ppf(p, tilt * (error / total) ** 3))

    return _Parts(value, centre, lambda of: np.asarray(of, dtype=float), error, limit, limit)


def _ratio(count: Floats, told: Floats) -> _Parts:
    from scipy import stats

    told = np.where(told > 0, told, np.nan)
    error = 1 / (2 * np.sqrt(told))

    def limit(p: float, tau2: float) -> Floats:
        if tau2 == 0:
            return poisson_limit(p, told) / told
        return np.asarray(np.maximum(0.0, 1 + stats.norm.ppf(p) * np.sqrt(error**2 + tau2)) ** 2)

    def bound(p: float, tau2: float) -> Floats:
        return _outer(p, stats.poisson.ppf(p, told) / told, limit, tau2)

    return _Parts(count / told, 1.0, lambda of: np.sqrt(of), error, limit, bound)


def _outer(p: float, exact: Floats, limit: Callable[[float, float], Floats], tau2: float) -> Floats:
    """The exact quantile of a count; where limits are widened for spread, whichever of both lies further out."""
    if tau2 == 0:
        return np.asarray(exact)
    return np.asarray((np.minimum if p < _HALF else np.maximum)(exact, limit(p, tau2)))


def binomial_limit(p: float, n: Floats, chance: Floats) -> Floats:
    """The share that a binomial's `p` quantile is, interpolated between counts as Spiegelhalter's appendix does.

    With r the least count of which P(R <= r) >= p: (r - (P(R <= r) - p) / P(R = r)) / n, and not below 0.
    """
    from scipy import stats

    count = stats.binom.ppf(p, n, chance)
    reached, own = stats.binom.cdf(count, n, chance), stats.binom.pmf(count, n, chance)
    back = np.divide(reached - p, own, out=np.zeros(len(n)), where=own > 0)
    size = np.where(n > 0, n, np.nan)
    return np.where(np.isnan(chance), np.nan, np.clip((count - back) / size, 0.0, 1.0))


def poisson_limit(p: float, expected: Floats) -> Floats:
    """The exact limit of a count of which so many are expected (Garwood's, read from the gamma distribution)."""
    from scipy import stats

    return np.asarray(stats.gamma.ppf(p, expected if p < _HALF else expected + 1))


def _angle(share: Floats | float) -> Floats:
    return np.asarray(np.arcsin(np.sqrt(np.clip(share, 0.0, 1.0))))


def _divided(total: float, of: float) -> float:
    return float(total / of) if of else float("nan")


def _flags(parts: _Parts, tau2: float) -> list[str | None]:
    value, bounds = parts.value, {name: parts.bound(p, tau2) for name, p in LIMITS.items()}
    outside = [(value < bounds[f"lower{at}"]) | (value > bounds[f"upper{at}"]) for at in ("95", "998")]
    words = np.where(outside[1], "alarm", np.where(outside[0], "look", "inside"))
    return [None if gone else str(word) for gone, word in zip(np.isnan(value), words, strict=True)]


def _once(frame: pd.DataFrame, unit: Hashable) -> None:
    held = column(frame, unit)
    if held.isna().any() or held.duplicated().any():
        raise StatsError(f"Column {unit!r} has a missing name or one that stands twice: give one row for each unit.")


def _positive(frame: pd.DataFrame, name: Hashable) -> Floats:
    found = complete(frame, name)
    if (found < 0).any():
        raise StatsError(f"Column {name!r} holds numbers below 0: it counts what is there, or expected.")
    return found


def _where(frame: pd.DataFrame, name: Hashable, there: Flags) -> Floats:
    """A number of each unit that has answers; of the others it is missing, whatever stands there."""
    found = np.where(there, numbers(frame, name), np.nan)
    if np.isnan(found[there]).any():
        raise StatsError(f"Column {name!r} is missing of a unit that has answers: leave it out, or give it.")
    return found


def _each(frame: pd.DataFrame, given: Hashable | float, there: Flags) -> Floats:
    """One number for all, or a column's."""
    if isinstance(given, int | float | Decimal | np.number) and given not in frame.columns:
        return np.full(len(frame), number(given, "sd and skew"))
    return _where(frame, given, there)


def _whole(size: Floats) -> np.ndarray:
    return size.astype(int) if (size == np.round(size)).all() else size
