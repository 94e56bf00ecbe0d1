"""What the charts of the Clinics page share: axes, sizes of the marks of each state, words that a line may cross."""

from __future__ import annotations

import math
from typing import Any

from plumbline.charts import mark
from plumbline.charts.mark import Spec

Record = dict[str, Any]
SIZE = mark.SIZE
NARROW = "width < 380"
HALO = 4
_NEAR = 1e-9  # 0.3 is no less than three steps of 0.1


def haloed(words: Spec, page: str) -> list[Spec]:
    """Words with the page's colour behind them, so that a line may cross."""
    behind = {**words["mark"], "stroke": page, "strokeWidth": HALO, "strokeJoin": "round", "color": page}
    return [{**words, "mark": behind}, words]


def up_is_better(low: float, high: float, is_reversed: bool) -> Spec:
    """A y scale between round ends, upside down where less is better."""
    return {"domain": [low, high], "nice": False, "zero": False, "reverse": is_reversed}


def ends(values: list[float], step: float, least: float, most: float) -> tuple[float, float]:
    """Round ends of an axis around values, within what is possible."""
    if not values:
        return least, most
    low = max(least, math.floor(min(values) / step + _NEAR) * step)
    high = min(most, math.ceil(max(values) / step - _NEAR) * step)
    return round(low, 6), round(max(high, low + step), 6)


def sized(sizes: dict[str, int]) -> Spec:
    """The size of a mark by its state."""
    cases = " : ".join(f"datum.state == '{state}' ? {size}" for state, size in sizes.items())
    return {"value": {"expr": f"{cases} : 0"}}
