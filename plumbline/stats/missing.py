"""Would the missing answers change it? What the difference is if they were so much worse or better than expected."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from plumbline.stats.adjusted import Design, model
from plumbline.stats.columns import Floats, number, numbers, two_groups
from plumbline.stats.errors import StatsError

_STEPS = 100  # how finely the scale is searched before the root is found exactly


@dataclass(frozen=True)
class _Completed:
    """The difference as a function of the shift: its mean is linear in it, its variance quadratic."""

    at_0: float
    slope: float
    square: tuple[float, float, float]  # residual sum of squares: constant, times shift, times its square
    noise: float  # what imputation adds to that sum
    weight: float  # of the residual variance in the difference's
    between: float
    df: int

    def interval(self, shift: float) -> tuple[float, float, float]:
        """Estimate, lower, upper: Rubin's rules for infinitely many imputations."""
        from scipy import stats

        constant, linear, quadratic = self.square
        within = self.weight * (constant + linear * shift + quadratic * shift**2 + self.noise) / self.df
        total = within + self.between
        known = within / total if total > 0 else 1.0
        df = self.df * (known * (self.df + 1) / (self.df + 3) if self.between > 0 else 1.0)
        half = float(stats.t.ppf(0.975, df)) * float(np.sqrt(total))
        estimate = self.at_0 + self.slope * shift
        return estimate, estimate - half, estimate + half


def tipping_point(
    frame: pd.DataFrame,
    outcome: Hashable,
    group: Hashable,
    baseline: Hashable | None,
    covariates: Sequence[Hashable] = (),
    *,
    shifts: Sequence[float],
    shifted: object = None,
) -> dict[str, Any]:
    """The adjusted difference if one group's missing answers were `shift` more than expected, for each of `shifts`.

    Columns as `adjusted_difference`, but a row for each patient who was due: `outcome` is missing where no answer
    came. `shifts` are in the outcome's unit, their ends the scale that is searched; `shifted` is the group whose
    missing answers are moved (the first in sort order unless said); the other's are imputed as expected. A row
    without baseline or a covariate is left out and counted.
    What is expected is each group's own regression on baseline and covariates, fitted in those who answered. The
    interval holds that the answers are imputed (Rubin's rules, with Barnard and Rubin's degrees of freedom, worked
    out for infinitely many imputations instead of drawn, so that the same rows give the same figures).
    Returns `line`, a frame of `shift`, `estimate`, `lower`, `upper` (second group minus first, 95 %); `tips_at`, the
    shift nearest to 0 at which the interval first holds 0, with `tips_below` and `tips_above` for either direction
    (None: not within the scale, or it holds 0 unshifted, so there is nothing to tip); `missing`, `due`, of the
    shifted group; `n` (rows) and `left_out`.
    Errors: `StatsError` for no shifts, a `shifted` that is no group, or too few answers of a group for its regression.
    Source: statistics, section 5; Carpenter and Kenward 2013 (delta-adjusted imputation); Rubin 1987.
    """
    ends = _shifts(shifts)
    codes, values = two_groups(frame, group)
    moved = values[0] if shifted is None else shifted
    if moved not in values:
        raise StatsError(f"Column {group!r} has no such group to shift: name one of its two.")
    design = model(frame, codes, baseline, covariates, np.ones(len(frame), dtype=bool))
    y, own = numbers(frame, outcome)[design.rows], codes[design.rows]
    is_moved = own == values.index(moved)
    completed = _completed(design, y, own, is_moved)
    at = completed.interval
    line = pd.DataFrame([(shift, *at(shift)) for shift in ends], columns=["shift", "estimate", "lower", "upper"])
    below, above = (_tips(at, end) for end in (min(ends.min(), 0.0), max(ends.max(), 0.0)))
    return {
        "line": line,
        "tips_at": min((tip for tip in (below, above) if tip is not None), key=abs, default=None),
        "tips_below": below,
        "tips_above": above,
        "missing": int((np.isnan(y) & is_moved).sum()),
        "due": int(is_moved.sum()),
        "n": len(y),
        "left_out": int(len(frame) - len(y)),
    }


def _shifts(shifts: Sequence[float]) -> Floats:
    is_list = np.iterable(shifts) and not isinstance(shifts, str)
    ends = np.array([number(shift, "a shift") for shift in shifts] if is_list else [])
    if not len(ends):
        raise StatsError("Give the shifts that are tried: numbers in the outcome's unit, such as -3 to 3 by halves.")
    return ends


def _completed(design: Design, y: Floats, own: np.ndarray, is_moved: np.ndarray) -> _Completed:
    """Fill in what is missing as expected, and take from the model what each part of it adds."""
    gone = np.isnan(y)
    filled, spread = np.where(gone, 0.0, y), np.zeros((len(y), 0))
    alone = np.zeros(len(y))  # variance of an imputed answer about what is expected of it
    for code in (0, 1):
        side = own == code
        expected, root, variance = _expected(design.matrix[side][:, [0, *range(2, design.matrix.shape[1])]], y[side])
        filled[side] = np.where(gone[side], expected, filled[side])
        wide = np.zeros((len(y), root.shape[1]))
        wide[side] = np.where(gone[side, None], root, 0.0)
        spread = np.column_stack([spread, wide])
        alone[side & gone] = variance
    basis, triangle = np.linalg.qr(design.matrix)
    df = len(y) - design.matrix.shape[1]
    if df < 1 or np.abs(np.diag(triangle)).min() < 1e-9:
        raise StatsError(f"{len(y)} rows are too few to fit {design.matrix.shape[1]} terms: leave out covariates.")
    reader = np.linalg.solve(triangle, basis.T)[1]  # the difference is this times the answers
    step = (gone & is_moved).astype(float)
    rest, move = (one - basis @ (basis.T @ one) for one in (filled, step))
    noise = float((spread**2).sum() - ((basis.T @ spread) ** 2).sum() + (alone @ (1 - (basis**2).sum(axis=1))))
    return _Completed(
        at_0=float(reader @ filled), slope=float(reader @ step),
        square=(float(rest @ rest), float(2 * rest @ move), float(move @ move)), noise=noise,
        weight=float(reader @ reader), between=float(((reader @ spread) ** 2).sum() + reader**2 @ alone), df=df,
    )  # fmt: skip


def _expected(matrix: Floats, y: Floats) -> tuple[Floats, Floats, float]:
    """One group's regression: what is expected in each row, the root of its covariance, and the variance about it."""
    gone = np.isnan(y)
    if not gone.any():
        return y, np.zeros((len(y), 1)), 0.0
    left, sizes, right = np.linalg.svd(matrix[~gone], full_matrices=False)
    real = sizes > 1e-9 * sizes.max(initial=0.0)
    df = int((~gone).sum()) - int(real.sum())
    if df < 1:
        raise StatsError("A group has too few answers to say what is expected of those missing: leave out covariates.")
    reach = matrix @ (right[real].T / sizes[real])
    expected = reach @ (left[:, real].T @ y[~gone])
    variance = float(((y - expected)[~gone] ** 2).sum() / df)
    return expected, reach * np.sqrt(variance), variance


def _tips(at: Callable[[float], tuple[float, float, float]], end: float) -> float | None:
    """Where, on the way from no shift to the end, the interval first holds 0."""
    from scipy import optimize

    def short(shift: float) -> float:
        _, lower, upper = at(shift)
        return max(lower, -upper)  # above 0 while the interval is clear of it

    if short(0.0) <= 0 or end == 0.0:
        return None
    tried = np.linspace(0.0, end, _STEPS + 1)
    for before, after in pairwise(tried):
        if short(after) <= 0:
            return float(optimize.brentq(short, before, after))
    return None
