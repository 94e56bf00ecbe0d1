"""Control charts: has a clinic's own figure changed, or does it vary as it always did?"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Literal, cast

import numpy as np
import pandas as pd

from plumbline.stats.columns import Flags, Floats, column, complete, counts, flags, number, numbers
from plumbline.stats.errors import StatsError

Kind = Literal["p", "xmr", "g"]
RUN = 8
BASELINE = 12
LEAST_BASELINE = 8
_LEAST_EVENTS = 5
_SIGMA = 3.0
_XMR = 2.66  # 3 / d2, d2 = 1.128 for two values, as it is printed
_RANGE = 3.267  # D4 for two values
_SAME = 1e-12
COLUMNS = ["period", "n", "value", "centre", "lower", "upper", "moving_range", "range_upper",
           "is_closed", "is_baseline", "signal"]  # fmt: skip


def control_chart(
    frame: pd.DataFrame,
    kind: Kind,
    period: Hashable,
    observed: Hashable,
    n: Hashable | None = None,
    closed: Hashable | None = None,
    baseline: int = BASELINE,
) -> pd.DataFrame:
    """A figure by period with the limits of its first closed periods, frozen, and what is unlike chance.

    Columns: a row a period; `period` anything that sorts, such as the month of the procedure, a category by its own
    order; `closed` true where every answer of the period has come or can't any more (all are, without it); `observed`
    by kind:
    - "p": a count of `n`; limits centre ± 3 sqrt(p (1 - p) / n), within 0 and 1, by the period's own n.
    - "xmr": a value a period, such as a mean; limits centre ± 2.66 mean moving range, whose own limit is 3.267 of it.
    - "g": how many went well between one event and the next, a row an event; limits centre ± 3 sqrt(c (c + 1)), not
      below 0 (Benneyan).
    Returns, in order of the period: `period`, `n`, `value` (a share for p; missing of nobody), `centre`, `lower`,
    `upper`, `moving_range` (from the closed period before; xmr), `range_upper`, `is_closed`, `is_baseline` and
    `signal`: "point" outside the limits, "run" for the eighth and later of a run on one side of the centre (one on
    it neither adds nor breaks), else "". An open period has no signal and no part in a limit.
    The baseline is the first closed periods with a value, 12 unless said, 8 at least; of fewer it is all, and
    `attrs["limits"]` says "provisional", not "frozen"; below 8 it says "none", and centre and limits are missing.
    `attrs["is_small"]`: for p, n x centre is below 5 in a period of the baseline, so that a g chart fits better.
    Errors: `StatsError` for a period that stands twice or is missing, and what is no count.
    Source: statistics, section 4; Montgomery; Benneyan 2001; Provost and Murray for points on the centre.
    """
    kind, least = _asked(kind, baseline)
    frame = _in_order(frame, period)
    is_closed = np.ones(len(frame), dtype=bool) if closed is None else flags(frame, closed)
    value, size = _values(frame, kind, observed, n)
    counted = np.flatnonzero(is_closed & ~np.isnan(value))
    first = counted[:least] if len(counted) >= LEAST_BASELINE else counted[:0]
    ranges = np.full(len(frame), np.nan)
    ranges[counted[1:]] = np.abs(np.diff(value[counted]))
    centre, half, most = _limits(kind, value, size, ranges, first)
    lower, upper = centre - half, centre + half
    if kind != "xmr":
        lower, upper = np.maximum(lower, 0.0), np.minimum(upper, 1.0) if kind == "p" else upper
    found = pd.DataFrame({"period": frame[period], "n": size, "value": value, "centre": centre, "lower": lower,
                          "upper": upper, "moving_range": ranges if kind == "xmr" else np.nan, "range_upper": most,
                          "is_closed": is_closed, "is_baseline": np.isin(np.arange(len(frame)), first)})  # fmt: skip
    apart = _rounded(value - centre, value)
    outside = (_rounded(value - lower, value) < 0) | (_rounded(value - upper, value) > 0)
    found["signal"] = pd.Series(_signals(apart, outside, counted), index=found.index, dtype=object)
    state = "none" if not len(first) else "frozen" if len(first) == least else "provisional"
    small = kind == "p" and bool((size[first] * centre < _LEAST_EVENTS).any())
    found.attrs.update(limits=state, baseline=len(first), is_small=small)
    return found[COLUMNS]


def _asked(kind: Kind, baseline: int) -> tuple[Kind, int]:
    """The kind, in small letters (XmR is xmr), and how many periods the limits are of."""
    known = str(kind).lower()
    if known not in ("p", "xmr", "g"):
        raise StatsError(f"There is no control chart of kind {kind!r}: give p, xmr or g.")
    least = number(baseline, "baseline")
    if least < LEAST_BASELINE or not least.is_integer():
        raise StatsError(f"A baseline is a whole number of periods, {LEAST_BASELINE} or more, not {baseline!r}.")
    return cast(Kind, known), int(least)


def _rounded(apart: Floats, value: Floats) -> Floats:
    """What is apart only by how floats are added up is not apart."""
    return np.where(np.abs(apart) <= _SAME * np.abs(value), 0.0, apart)


def _in_order(frame: pd.DataFrame, period: Hashable) -> pd.DataFrame:
    held = column(frame, period)
    if held.isna().any() or held.duplicated().any():
        raise StatsError(f"Column {period!r} is missing a period or has one twice: give one row for each.")
    try:
        order = held.reset_index(drop=True).sort_values(kind="stable").index
    except TypeError:
        raise StatsError(f"Column {period!r} mixes kinds of values that have no order: give one kind.") from None
    return frame.iloc[order].reset_index(drop=True)


def _values(frame: pd.DataFrame, kind: Kind, observed: Hashable, n: Hashable | None) -> tuple[Floats, Floats]:
    """The value of each period and what it is of."""
    if kind == "xmr":
        return numbers(frame, observed), np.full(len(frame), np.nan) if n is None else complete(frame, n)
    count = counts(frame, observed)
    if kind == "g":
        return count, np.full(len(frame), np.nan)
    if n is None:
        raise StatsError("A p chart needs n: of how many the count is.")
    size = counts(frame, n)
    if (count > size).any():
        raise StatsError(f"Column {observed!r} counts more than there are: for a p chart it is a count of n.")
    return count / np.where(size > 0, size, np.nan), size


def _limits(
    kind: Kind, value: Floats, size: Floats, ranges: Floats, baseline: np.ndarray
) -> tuple[float, Floats | float, float]:
    """The centre, half the width of the limits (for p by period), and the moving range's own limit."""
    if not len(baseline):
        return np.nan, np.nan, np.nan
    if kind == "xmr":
        moved = float(ranges[baseline[1:]].mean())
        return float(value[baseline].mean()), _XMR * moved, _RANGE * moved
    if kind == "g":
        centre = float(value[baseline].mean())
        return centre, float(_SIGMA * np.sqrt(centre * (centre + 1))), np.nan
    centre = float((value[baseline] * size[baseline]).sum() / size[baseline].sum())
    return centre, _SIGMA * np.sqrt(centre * (1 - centre) / np.where(size > 0, size, np.nan)), np.nan


def _signals(above: Floats, outside: Flags, counted: np.ndarray) -> list[str]:
    """What is unlike chance, of the closed periods in their order."""
    found = [""] * len(above)
    side, length = 0.0, 0
    for at in counted:
        own = np.sign(above[at])
        if own != 0 and not np.isnan(own):
            length = length + 1 if own == side else 1
            side = own
        found[at] = "point" if outside[at] else "run" if length >= RUN and own == side else ""
    return found
