"""What would be expected of each patient, by how they were before: the like-with-like switch of the funnel.

One model of all answers together, without the clinics in it: logistic for a share, linear for a mean score. Source:
statistics 3 (case mix); the score before enters as a line that may bend at its median.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from plumbline.clinics import words

FEW = ("baseline", "age")
_FIFTHS = 5


@dataclass(frozen=True)
class Expected:
    """`of`: what is expected of each row, a chance or a score; None where it can't be said, and `words` says why."""

    of: pd.Series | None
    spread: float | None  # of a score around what was expected
    skew: float | None
    used: tuple[str, ...]  # covariates
    words: str


def expect(
    frame: pd.DataFrame, outcome: str, covariates: Sequence[Mapping[str, Any]], settings: Mapping[str, float]
) -> Expected:
    """What is expected of each row of clinics/outcome_by_episode where `outcome` is known.

    `covariates`: the rows of compare/covariate_by_turn; one that is known of too few, or that too few have or lack, is
    left out, and what is missing of the others is taken as their mean. With fewer events a parameter than
    `settings["events_a_parameter"]` only the score before and age are allowed for, and with fewer still nothing.
    """
    known = frame[frame[outcome].notna()]
    result = known[outcome].to_numpy(dtype=float)
    is_share = outcome != "mean"
    events = float(min(result.sum(), len(result) - result.sum())) if is_share else float(len(result))
    least = settings["events_a_parameter"]
    usable = [one for one in covariates if _is_usable(known[one["covariate"]], one["kind"], settings)]
    for chosen in (usable, [one for one in usable if one["covariate"] in FEW]):
        design = _design(known, [one["covariate"] for one in chosen])
        if chosen and events >= least * design.shape[1]:
            return _fitted(result, known.index, design, chosen, usable, is_share)
    return Expected(None, None, None, (), "Too few to allow for how patients were before: shown as measured.")


def _is_usable(values: pd.Series, kind: str, settings: Mapping[str, float]) -> bool:
    there = values.dropna()
    if len(there) == 0 or len(there) < settings["least_known"] * len(values):
        return False
    if kind == "share":
        return min(there.sum(), len(there) - there.sum()) >= settings["events_a_parameter"]
    return bool(there.nunique() > 1)


def _design(known: pd.DataFrame, names: Sequence[str]) -> NDArray[np.float64]:
    columns = [np.ones(len(known))]
    for name in names:
        values = known[name].fillna(known[name].mean()).to_numpy(dtype=float)
        columns.append((values - values.mean()) / (values.std() or 1))
        bent = np.maximum(values - np.median(values), 0)
        if name == "baseline" and len(np.unique(values)) > 2:
            columns.append(bent)
    return np.column_stack(columns)


def _fitted(
    result: NDArray[np.float64], index: pd.Index, design: NDArray[np.float64], chosen: Sequence[Mapping[str, Any]],
    usable: Sequence[Mapping[str, Any]], is_share: bool,
) -> Expected:  # fmt: skip
    import statsmodels.api as sm

    family = sm.families.Binomial() if is_share else sm.families.Gaussian()
    expected = np.asarray(sm.GLM(result, design, family=family).fit().predict(design), dtype=float)
    rest = result - expected
    labels = [words.lowered(one["label"]) for one in chosen]
    said = f"Allowed for: {words.listed(labels)}."
    if len(chosen) < len(usable):
        said += " Too few did otherwise to allow for more."
    return Expected(
        pd.Series(expected, index),
        None if is_share else float(rest.std(ddof=design.shape[1])),
        None if is_share else float((rest**3).mean() / (rest**2).mean() ** 1.5),
        tuple(one["covariate"] for one in chosen),
        f"{said} {calibration(result, expected, is_share)}",
    )


def calibration(result: NDArray[np.float64], expected: NDArray[np.float64], is_share: bool) -> str:
    """How far observed and expected are apart in fifths of what is expected, in words."""
    order = np.argsort(expected, kind="stable")
    parts = [part for part in np.array_split(order, _FIFTHS) if len(part)]
    apart = max(abs(result[part].mean() - expected[part].mean()) for part in parts)
    far = f"{100 * apart:.0f} percentage points" if is_share else f"{apart:.1f} points"
    return f"In fifths of what was expected, observed and expected are at most {far} apart."
