"""How good the flags are: precision with its interval, and waiting times in which what still waits counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

LEAST_ANSWERED = 20


@dataclass(frozen=True)
class Precision:
    """Acted on, of those acted on or dismissed; with the Wilson 95% interval."""

    share: float
    low: float
    high: float


@dataclass(frozen=True)
class Wait:
    """Days until half, and until 8 in 10, came to it; None: that many have not. `done` of `flags` came to it."""

    half: float | None
    eight: float | None
    done: int
    flags: int


def precision(acted: int, answered: int) -> Precision | None:
    """None until enough flags were answered to say anything."""
    from scipy.stats import binomtest

    if answered < LEAST_ANSWERED:
        return None
    interval = binomtest(acted, answered).proportion_ci(0.95, method="wilson")
    return Precision(acted / answered, float(interval.low), float(interval.high))


def wait(days: pd.Series, is_done: pd.Series) -> Wait:
    """Kaplan-Meier: a flag that still waits, or ended before, counts as waiting for as long as it did."""
    half, eight = reached(days, is_done, (0.5, 0.8))
    return Wait(half, eight, int(is_done.sum()), len(days))


def reached(times: pd.Series, is_done: pd.Series, shares: Sequence[float]) -> list[float | None]:
    """The first time by which each share had come to it, in the unit of `times`; None: that many have not."""
    from scipy.stats import CensoredData, ecdf

    done = is_done.to_numpy(dtype=bool)
    values = times.to_numpy(dtype=float)
    if not done.any():
        return [None for _ in shares]
    left = ecdf(CensoredData(uncensored=values[done], right=values[~done])).sf
    return [_when(left, 1 - share) for share in shares]


def _when(left: object, share: float) -> float | None:
    """The first day on which at most this share still waits."""
    reached = np.flatnonzero(left.probabilities <= share + 1e-9)  # type: ignore[attr-defined]
    return float(left.quantiles[reached[0]]) if len(reached) else None  # type: ignore[attr-defined]


def waits(rows: pd.DataFrame) -> dict[tuple[str, str], Wait]:
    """By rule and stage, from the rows of flag/wait_by_run."""
    return {
        (str(rule), str(stage)): wait(part["days"], part["is_done"])
        for (rule, stage), part in rows.groupby(["rule", "stage"])
    }
