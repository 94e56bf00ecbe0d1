"""The expected band: what is expected on each day after the procedure, for a baseline.

Rules: `reference_set` and `reference_curve` in data/reference; between knots mean and SD are linear in log(1 + day);
for a patient only the mean moves, by the slope times the distance from the reference baseline; the dispersion stays.
Source: published group means with their evidence row by row in data/reference/reference_evidence.csv.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

QUANTILES = {"p05": 0.05, "p10": 0.10, "p25": 0.25, "p50": 0.50, "p75": 0.75, "p90": 0.90, "p95": 0.95}
_CLIP = 0.01


@dataclass(frozen=True)
class Reference:
    """A published curve: knots after the procedure (day, mean, sd, in the instrument's unit) and its distribution."""

    distribution: str
    reference_baseline: float
    baseline_slope: float
    minimum: float
    maximum: float
    days: tuple[int, ...]
    means: tuple[float, ...]
    sds: tuple[float, ...]

    @property
    def first_day(self) -> int:
        """No band before the first day after the procedure, nor before the first knot."""
        return max(1, self.days[0])

    @property
    def last_day(self) -> int:
        """No band after the last knot."""
        return self.days[-1]


def at_day(reference: Reference, day: Any) -> tuple[Any, Any]:
    """Mean and SD of the reference patient on a day (or an array of days), linear in log(1 + day) between the knots."""
    knots = np.log1p(reference.days)
    x = np.log1p(day)
    return np.interp(x, knots, reference.means), np.interp(x, knots, reference.sds)


def mean_for(reference: Reference, day: Any, baseline: Any) -> Any:
    """The patient's mean on a day: moved by the slope, clipped to 1-99% of the range."""
    mean, _ = at_day(reference, day)
    width = reference.maximum - reference.minimum
    moved = mean + reference.baseline_slope * (np.asarray(baseline) - reference.reference_baseline)
    return np.clip(moved, reference.minimum + _CLIP * width, reference.maximum - _CLIP * width)


def distribution(reference: Reference, day: Any, baseline: Any) -> Any:
    """A frozen scipy distribution of (score - minimum): beta-binomial, or beta on the range; arrays broadcast."""
    from scipy import stats  # takes most of a second to import, and only a new store or `expected` needs it

    width = reference.maximum - reference.minimum
    mean, sd = at_day(reference, day)
    p0 = (mean - reference.minimum) / width
    p = (mean_for(reference, day, baseline) - reference.minimum) / width
    if reference.distribution == "beta_binomial":
        rho = (sd**2 / (width * p0 * (1 - p0)) - 1) / (width - 1)
        k = 1 / rho - 1
        return stats.betabinom(int(width), p * k, (1 - p) * k)
    k = p0 * (1 - p0) * width**2 / sd**2 - 1
    return stats.beta(p * k, (1 - p) * k, scale=width)


def quantiles(reference: Reference, day: Any, baseline: Any) -> dict[str, Any]:
    """p05 to p95 in the instrument's unit: the least value whose cumulative probability reaches the share."""
    found = distribution(reference, day, baseline)
    return {name: found.ppf(share) + reference.minimum for name, share in QUANTILES.items()}


def band(reference: Reference, day: float, baseline: float) -> dict[str, float] | None:
    """One day's quantiles; None where there is no band (outside the knots, or only a mean line is known)."""
    if reference.distribution == "mean_only" or not reference.first_day <= day <= reference.last_day:
        return None
    return {name: float(value) for name, value in quantiles(reference, day, baseline).items()}


def table(reference: Reference, baselines: Sequence[float]) -> pd.DataFrame:
    """Every day and baseline: day, baseline, mean, p05..p95, cumulative (a list); all in the instrument's unit."""
    days = np.arange(reference.first_day, reference.last_day + 1)
    grid = pd.MultiIndex.from_product([days, baselines], names=["day", "baseline"]).to_frame(index=False)
    day, baseline = grid["day"].to_numpy(), grid["baseline"].to_numpy(dtype=float)
    grid["mean"] = mean_for(reference, day, baseline)
    if reference.distribution == "mean_only":
        return grid.assign(**dict.fromkeys(QUANTILES, np.nan), cumulative=None)
    steps = np.arange(reference.maximum - reference.minimum + 1)
    found_at = distribution(reference, day[:, None], baseline[:, None])
    if reference.distribution == "beta_binomial":  # scipy's own cdf and ppf go one value at a time: 20 times slower
        cumulative = np.cumsum(found_at.pmf(steps[None, :]), axis=1)
        found = {q: (cumulative >= share).argmax(axis=1) + reference.minimum for q, share in QUANTILES.items()}
    else:
        cumulative = found_at.cdf(steps[None, :])
        found = quantiles(reference, day, baseline)
    return grid.assign(**found, cumulative=list(cumulative))
