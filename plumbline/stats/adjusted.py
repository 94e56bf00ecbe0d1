"""The difference of two groups' means, raw and adjusted for what was known before."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from math import comb

import numpy as np
import pandas as pd

from plumbline.stats.columns import Flags, Floats, coded, column, is_number, names, numbers, two_groups
from plumbline.stats.errors import StatsError

_SAME = 1e-8  # what is left of a column when it is told by the others, against its own length
_EXACT = 1e-12  # an outcome that differs by less, against its size, is the same in floats
_CHANCE = 0.001  # groups of five and five, say, may lie apart by luck


@dataclass(frozen=True)
class Design:
    """The rows and columns of a model: intercept, group (0 and 1), then what is adjusted for."""

    rows: Flags  # of the frame: complete
    matrix: Floats  # of those rows
    kept: list[Hashable] = field(default_factory=list)
    dropped: dict[Hashable, str] = field(default_factory=dict)  # why


def adjusted_difference(
    frame: pd.DataFrame,
    outcome: Hashable,
    group: Hashable,
    baseline: Hashable | None,
    covariates: Sequence[Hashable] = (),
) -> dict[str, float]:
    """The second group's mean outcome minus the first's, given baseline and covariates (analysis of covariance).

    Columns: a row a patient; `outcome` a number in any unit, `group` two values of which the first in sort order is
    the reference (a category's own order counts), `baseline` a number or None, `covariates` numbers, true and false
    (as 1 and 0) or words (a dummy for each but the first). Rows that lack an outcome, baseline or covariate are left
    out; a group that is missing is refused. What can't be adjusted for isn't: `adjusters` says what and why.
    Returns `estimate`, `lower`, `upper` (95 %, in the outcome's unit), `p`, `n` (rows), and of the same rows
    `raw_estimate` and `raw_p`, without baseline and covariates. Ordinary least squares with its classical errors, as
    published analyses of covariance have it, so the raw p is that of the t test with one variance. That holds for
    groups of one size, or that vary alike: of 100 against 20 who vary twice as much, 95 % intervals hold 81 % (the
    other way round, 99.8 %).
    Where the model tells every outcome, such as of one value in all rows, the bounds are the estimate and p is 0, or 1
    where the estimate is 0.
    Errors: `StatsError` for other than two groups, or too few complete rows for the model.
    Source: statistics, sections 1 and 3; Vickers and Altman 2001, through statsmodels.
    """
    y, codes = numbers(frame, outcome), two_groups(frame, group)[0]
    design = model(frame, codes, baseline, covariates, ~np.isnan(y))
    own = y[design.rows]
    _enough(design, codes)
    estimate, lower, upper, p = full = _fitted(own, design.matrix)
    raw = _fitted(own, design.matrix[:, :2]) if design.kept else full
    return {"estimate": estimate, "lower": lower, "upper": upper, "p": p, "n": len(own), "raw_estimate": raw[0],
            "raw_p": raw[3]}  # fmt: skip


def _fitted(own: Floats, matrix: Floats) -> tuple[float, float, float, float]:
    """The group's coefficient, its bounds and its p. Where the model tells every outcome nothing is left to chance."""
    from statsmodels.regression.linear_model import OLS

    fit = OLS(own - own.mean(), matrix).fit()  # a constant less, so that floats are of the size of what varies
    floor = _EXACT * float(np.abs(own).max())
    estimate = float(fit.params[1])
    if np.abs(fit.resid).max() <= floor:
        estimate = estimate if abs(estimate) > floor else 0.0
        return estimate, estimate, estimate, float(estimate == 0)
    lower, upper = fit.conf_int(alpha=0.05)[1]
    return estimate, float(lower), float(upper), float(fit.pvalues[1])


def raw_difference(frame: pd.DataFrame, outcome: Hashable, group: Hashable) -> dict[str, float]:
    """The second group's mean minus the first's, of every row with an outcome, whatever else is missing.

    Columns and errors as `adjusted_difference`. Returns `estimate`, `lower`, `upper`, `p` (the t test with one
    variance) and `n`.
    """
    found = adjusted_difference(frame, outcome, group, baseline=None)
    return {name: found[name] for name in ("estimate", "lower", "upper", "p", "n")}


def adjusters(
    frame: pd.DataFrame,
    outcome: Hashable,
    group: Hashable,
    baseline: Hashable | None,
    covariates: Sequence[Hashable] = (),
) -> dict[str, list[Hashable] | dict[Hashable, str]]:
    """What `adjusted_difference` adjusts for: `kept`, a list, and `dropped`, a reason for each that it can't.

    Dropped are: "the same in all rows"; "told by the others" (nothing is left of it beside those before it); "tells
    the groups apart", which defines the groups or does as much with those before it: of numbers, where the ranges of
    the groups don't meet. Adjusting for that would compare patients whom the other group has none of.
    """
    y, codes = numbers(frame, outcome), two_groups(frame, group)[0]
    design = model(frame, codes, baseline, covariates, ~np.isnan(y))
    return {"kept": design.kept, "dropped": design.dropped}


def model(
    frame: pd.DataFrame, codes: np.ndarray, baseline: Hashable | None, covariates: Sequence[Hashable], rows: Flags
) -> Design:
    """The columns of the model, of the rows given that are complete; each in units that floats can tell apart."""
    asked = [*([] if baseline is None else [baseline]), *names(covariates)]
    blocks = {name: _block(frame, name) for name in dict.fromkeys(asked)}
    for block in blocks.values():
        rows = rows & ~np.isnan(block).any(axis=1)
    second = codes[rows].astype(float)
    basis = _unit(np.ones((len(second), 1)))
    taken: list[Floats] = []
    kept: list[Hashable] = []
    dropped: dict[Hashable, str] = {}
    for name, block in blocks.items():
        own = _scaled(block[rows])
        wider, fresh = _widened(basis, own)
        if not fresh:
            dropped[name] = "told by the others" if own.any() else "the same in all rows"
        elif _is_apart(own, second) or _is_told(wider, second):
            dropped[name] = "tells the groups apart"
        else:
            basis, taken = wider, taken + fresh
            kept.append(name)
    return Design(rows, np.column_stack([np.ones(len(second)), second, *taken]), kept, dropped)


def _block(frame: pd.DataFrame, name: Hashable) -> Floats:
    """A covariate's columns: itself where it holds numbers, else a dummy for each of its words but the first."""
    if is_number(column(frame, name)):
        return numbers(frame, name)[:, None]
    codes, values = coded(frame, name)
    dummies: Floats = (codes[:, None] == np.arange(1, max(len(values), 2))[None, :]).astype(float)
    dummies[codes < 0] = np.nan
    return dummies


def _scaled(block: Floats) -> Floats:
    """Years beside shares: each centred and of length 1, so that what is the same can be told; constants as 0."""
    if not len(block):
        return block
    centred = block - block.mean(axis=0)
    size = np.sqrt((centred**2).sum(axis=0))
    is_constant = size <= _SAME * (1 + np.abs(block).max(axis=0))
    return np.asarray(np.where(is_constant, 0.0, centred / np.where(is_constant, 1.0, size)))


def _unit(own: Floats) -> Floats:
    size = float(np.linalg.norm(own))
    return np.asarray(own / size) if size else own


def _left(basis: Floats, own: Floats) -> Floats:
    """What is left of a column beside an orthonormal basis; twice, for what floats leave over."""
    once = own - basis @ (basis.T @ own)
    return np.asarray(once - basis @ (basis.T @ once))


def _is_told(basis: Floats, own: Floats) -> bool:
    """Whether a column is a sum of others. One of a single group is not: that there are two is checked later."""
    if (own == own[:1]).all():
        return False
    return float(np.linalg.norm(_left(basis, own))) <= _SAME * float(np.linalg.norm(own))


def _widened(basis: Floats, block: Floats) -> tuple[Floats, list[Floats]]:
    """The basis with what is new in the block, and those of its columns."""
    fresh = []
    for own in block.T:
        left = _left(basis, own)
        if np.linalg.norm(left) > _SAME:
            fresh.append(own)
            basis = np.column_stack([basis, _unit(left)])
    return basis, fresh


def _is_apart(block: Floats, second: Floats) -> bool:
    """Whether a number's ranges don't meet between the groups, and chance would hardly do that."""
    one, other = block[second == 0], block[second == 1]
    if block.shape[1] != 1 or not len(one) or not len(other):
        return False
    is_apart = one.max() < other.min() or other.max() < one.min()
    return bool(is_apart) and 2 / comb(len(second), len(one)) < _CHANCE


def _enough(design: Design, codes: np.ndarray) -> None:
    rows, columns = design.matrix.shape
    if len(set(codes[design.rows])) < 2:
        raise StatsError(
            "One of the groups has no complete row: it has no outcome, or leave out the covariate that it lacks."
        )
    if rows <= columns:
        raise StatsError(
            f"{rows} complete rows are too few to fit {columns} terms: give more rows, or fewer covariates."
        )
