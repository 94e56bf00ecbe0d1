"""What the missing answers of the first group would do to the difference, were they so much worse than expected."""

from __future__ import annotations

from functools import lru_cache

from plumbline.charts import compare_base as base
from plumbline.charts.compare_base import Record
from plumbline.charts.mark import Spec, field, haloed, layer, parts, pixel
from plumbline.charts.theme import THEMES

PLOT = 190
_MIDDLE = 0.5  # of the axis: words turn inwards beyond


@lru_cache(maxsize=64)
def tipping(
    theme: str, low: float, high: float, bottom: float, top: float, step: float, near: float, is_lower_better: bool,
    title: str,
) -> Spec:  # fmt: skip
    """The specification without data, built once.

    `low`, `high`: the shifts of the axis; `bottom`, `top`, `step`: of the difference; `near`: what tips within hangs on
    the missing answers.
    """
    colour = THEMES[theme]
    less, more = ("less", "more") if is_lower_better else ("more", "less")
    y_scale = {"domain": [bottom, top], "nice": False, "zero": False}
    axis = base.axis_of_better(bottom, top, step, less, more)
    number = "datum.value == 0 ? '0' : format(datum.value, '+.6~g')"
    x_axis = {"title": title, "labelExpr": number, "grid": True, "titlePadding": 8, "tickCount": 8}

    def x(name: str) -> Spec:
        return {"field": name, "type": "quantitative", "axis": x_axis,
                "scale": {"domain": [low, high], "nice": False, "zero": False}}  # fmt: skip

    def y(name: str) -> Spec:
        return {"field": name, "type": "quantitative", "scale": y_scale, "axis": axis}

    word = {"type": "text", "fontSize": base.SIZE, "color": colour.text, "baseline": "middle",
            "align": {"expr": "datum.side"}}  # fmt: skip
    tip = {"type": "point", "shape": "triangle-up", "filled": True, "size": 130, "color": colour.text, "opacity": 1}
    seen = layer(parts("seen"), {**word, "dx": {"expr": "datum.side == 'left' ? 6 : -6"}}, x=x("x"), y=pixel(PLOT - 10),
                 text=field("text"))  # fmt: skip
    tips = layer(parts("tips"), {**word, "fontWeight": 700, "align": {"expr": "datum.side"}}, x=x("x"),
                 y=pixel(PLOT * top / (top - bottom) + 20), text=field("text"))  # fmt: skip
    around = [{"lower": max(low, -near), "upper": min(high, near)}]
    return base.whole(
        theme, PLOT,
        [
            {"data": {"values": around}, "mark": {"type": "rect", "color": colour.wash, "opacity": 1},
             "encoding": {"x": x("lower"), "x2": field("upper")}},
            {"data": {"values": [{"y": 0.0}]}, "mark": {"type": "rule", "color": colour.text, "strokeWidth": 1.2},
             "encoding": {"y": y("y")}},
            layer(parts("line"), {"type": "area", "color": colour.accent, "opacity": 0.3, "clip": True}, x=x("x"),
                  y=y("lower"), y2=field("upper")),
            layer(parts("line"), {"type": "line", "color": colour.accent, "strokeWidth": 2.2, "clip": True}, x=x("x"),
                  y=y("y")),
            layer(parts("seen"), {"type": "rule", "strokeDash": [2, 3], "color": colour.text}, x=x("x")),
            *haloed(seen, colour),
            layer(parts("tips"), tip, x=x("x"), y=y("y")),
            *haloed(tips, colour),
        ],
    )  # fmt: skip


def rows(missing: Record, *, is_lower_better: bool) -> list[Record]:
    """The chart's data from what a comparison says of its missing answers; up is better."""
    sign = -1 if is_lower_better else 1
    line = missing["line"]
    found: list[Record] = []
    for tip in line:
        low, high = sorted((sign * tip["lower"], sign * tip["upper"]))
        found.append({"part": "line", "x": tip["shift"], "y": sign * tip["estimate"], "lower": low, "upper": high})
    if not line:
        return []
    shifts = [tip["shift"] for tip in line]
    ends = min(shifts), max(shifts)

    def side(value: float) -> str:
        place = (value - ends[0]) / ((ends[1] - ends[0]) or 1)
        return "right" if place > _MIDDLE else "left"

    if missing["tips_at"] is not None:
        at = missing["tips_at"]
        found.append({"part": "tips", "x": at, "y": 0.0, "text": f"would tip at {at:+.1f}", "side": side(at)})
    if missing["seen"] is not None and ends[0] <= missing["seen"] <= ends[1]:
        at = missing["seen"]
        found.append({"part": "seen", "x": at, "text": f"seen at last visit: {at:+.1f}", "side": side(at)})
    return found
