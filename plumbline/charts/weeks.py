"""Week by week after the procedure: the middle half and the median, of all clinics and of one."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from plumbline.charts import clinics_base as base
from plumbline.charts.clinics_base import Record
from plumbline.charts.mark import Spec, field, hits, layer, parts, whole
from plumbline.charts.theme import THEMES

PLOT = 220
_TOP = 10.0
_MONTH = 4  # weeks between two words on the axis


@lru_cache(maxsize=16)
def weeks(theme: str, last: int) -> Spec:
    """The specification without data; `last`: the last week on the axis. Data: `rows`."""
    colour = THEMES[theme]
    y_axis = {"title": None, "grid": True, "tickCount": 5, "labelExpr": "datum.value == 0 ? 'no pain 0' : "
              "datum.value == 10 ? 'worst 10' : datum.label"}  # fmt: skip
    y: dict[str, Any] = {"type": "quantitative", "axis": y_axis, "scale": {**base.up_is_better(0.0, _TOP, True)}}
    x_axis = {"title": "weeks after the procedure", "grid": False, "values": list(range(0, last + 1, _MONTH)),
              "labelExpr": "datum.value + 1"}  # fmt: skip
    x = {"field": "week", "type": "quantitative", "axis": x_axis,
         "scale": {"domain": [-0.5, last + 0.5], "nice": False, "zero": False}}  # fmt: skip
    span = {"x": {**x, "field": "from"}, "x2": field("to")}
    half = {"type": "rect", "color": colour.band, "opacity": 0.22}
    middle = {"type": "rule", "color": colour.muted, "strokeWidth": 2.2}
    bar = {"type": "rule", "color": colour.accent, "strokeWidth": 1.6, "opacity": 0.75}
    dot = {"type": "point", "filled": True, "size": 34, "opacity": 1, "color": colour.accent}
    return whole(
        theme, PLOT,
        [
            layer(parts("all"), half, **span, y={**y, "field": "low"}, y2=field("high")),
            layer(parts("all"), middle, **span, y={**y, "field": "mid"}),
            layer(parts("one"), bar, x=x, y={**y, "field": "low"}, y2=field("high")),
            layer(parts("one"), dot, x=x, y={**y, "field": "mid"}),
            hits(parts("all", "one"), 300, x=x, y={**y, "field": "mid"}),
        ],
    )  # fmt: skip


def rows(found: list[Record]) -> list[Record]:
    """The chart's data from weeks: part, week, low, mid, high, stretch, words."""
    names = ("part", "week", "low", "mid", "high", "words")
    return [{name: one[name] for name in names} | {"from": one["week"] - 0.5, "to": one["week"] + 0.5} for one in found]
