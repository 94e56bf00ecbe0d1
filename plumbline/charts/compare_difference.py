"""The first group against another at each visit: adjusted and as measured, and what is too small to act on."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from plumbline.charts import compare_base as base
from plumbline.charts.compare_base import Record, by_group, shape
from plumbline.charts.mark import Spec, field, layer, parts, pixel
from plumbline.charts.theme import THEMES, Theme

PLOT = 230
_MOST_STEPS = 4
WIDE = 0.6  # between the marks of one visit, where there are many


def reach(values: Sequence[float | None], margin: float | None) -> tuple[float, float, float]:
    """Where the axis begins and ends around "same", and its step: at least two margins to a side, all values on it."""
    known = [value for value in values if value is not None]
    most = max([2 * (margin or 0.0), *map(abs, known)]) or 1.0
    step = margin or base.round_step(most)
    while most / step > _MOST_STEPS:
        step *= 2
    least = 2 * (margin or step)
    top, bottom = max([least, *known]), max([least, *(-value for value in known)])
    return round(-math.ceil(bottom / step) * step, 6), round(math.ceil(top / step) * step, 6), round(step, 6)


@lru_cache(maxsize=64)
def difference(theme: str, visits: int, bottom: float, top: float, step: float, margin: float, is_lower_better: bool,
               others: int) -> Spec:  # fmt: skip
    """The specification without data, built once; `bottom`, `top`, `step`, `margin` in the instrument's unit."""
    colour = THEMES[theme]
    less, more = ("less", "more") if is_lower_better else ("more", "less")
    scale = {"domain": [bottom, top], "nice": False, "zero": False, "range": [PLOT, 0]}
    axis = base.axis_of_better(bottom, top, step, less, more)

    def y(name: str) -> Spec:
        return {"field": name, "type": "quantitative", "scale": scale, "axis": axis}

    x = base.over_visits("x", visits)
    wash = [{"part": "margin", "lower": -margin, "upper": margin}, {"part": "same", "y": 0.0}]
    word = {"type": "text", "align": "left", "fontSize": base.SIZE, "color": colour.muted, "baseline": "middle"}
    return base.whole(
        theme, PLOT + 28,
        [
            {"data": {"values": wash[:1]}, **_only({"type": "rect", "color": colour.wash, "opacity": 1},
                                                   y=y("lower"), y2=field("upper"))},
            {"data": {"values": wash[1:]}, **_only({"type": "rule", "color": colour.text, "strokeWidth": 1.2},
                                                   y=y("y"))},
            *_marks(colour, x, y, others),
            layer(parts("visit"), {"type": "text", "fontSize": base.SMALL, "baseline": "middle", "color": colour.muted},
                  x=x, y=pixel(PLOT + 18), text=field("text")),
            layer(parts("up"), word, x=pixel(4), y=pixel(9), text=field("text")),
            layer(parts("down"), word, x=pixel(4), y=pixel(PLOT - 9), text=field("text")),
        ],
    )  # fmt: skip


def _only(mark: Spec, **encoding: Any) -> Spec:
    return {"mark": mark, "encoding": encoding}


def _marks(theme: Theme, x: Spec, y: Any, others: int) -> list[Spec]:
    """■ adjusted, ○ raw; against more than one, each other group's colour and shape, filled and hollow."""
    found = []
    for part, thick, size in (("raw", 1.4, 52), ("adjusted", 3.2, 92)):
        plain = theme.text if part == "adjusted" else theme.quiet
        stroke: Spec = {"value": plain} if others == 1 else by_group(theme)
        kind: Spec = {"value": "square" if part == "adjusted" else "circle"} if others == 1 else shape()
        fill: Spec = {"value": theme.page} if part == "raw" else stroke
        said = {"type": "point", "filled": True, "opacity": 1, "size": size, "strokeWidth": 1.6,
                "aria": part == "adjusted", "description": {"expr": "datum.words"}}  # fmt: skip
        found += [
            layer(parts(part), {"type": "rule", "strokeWidth": thick}, x=x, y=y("lower"), y2=field("upper"),
                  stroke=stroke),
            layer(parts(part), said, x=x, y=y("y"), fill=fill, stroke=stroke, shape=kind, tooltip=field("words")),
        ]  # fmt: skip
    return found


def rows(
    first: str, differences: Sequence[Record], visits: Sequence[tuple[int, str]], *, is_lower_better: bool,
    decimals: int,
) -> list[Record]:  # fmt: skip
    """The chart's data from a comparison's differences; `visits`: place and label of each on the axis."""
    sign = -1 if is_lower_better else 1
    found: list[Record] = [{"part": "visit", "x": float(place), "text": label} for place, label in visits]
    found += [{"part": "up", "text": f"↑ {first} better"}, {"part": "down", "text": f"↓ {first} worse"}]
    drawn = [one for one in differences if one["kind"] == "visit" and one["estimate"] is not None]
    others = sorted({one["other"] for one in drawn})
    count = 2 * len(others)
    for one in drawn:
        for turn, (part, name) in enumerate((("adjusted", ""), ("raw", "raw_"))):
            apart = WIDE if len(others) > 1 else base.APART
            place = base.dodged(one["place"], 2 * others.index(one["other"]) + turn, count, apart)
            values = [one[f"{name}{what}"] for what in ("estimate", "lower", "upper")]
            if values[0] is None:
                continue
            low, high = sorted(sign * value if value is not None else sign * values[0] for value in values[1:])
            said = f"{one['label']}, {'comparing like with like' if part == 'adjusted' else 'as measured'}: "
            words = one["words"] if part == "adjusted" else raw_words(values[0], values[1], values[2], decimals)
            found.append({"part": part, "group": one["other"], "visit": one["what"], "x": place,
                          "y": sign * values[0], "lower": low, "upper": high, "words": said + words})  # fmt: skip
    return found


def raw_words(value: float, lower: float | None, upper: float | None, decimals: int = 1) -> str:
    """A difference in the instrument's unit in words, never with a minus sign: "1.2 less (0.9 less to 1.4 less)"."""

    def said(end: float) -> str:
        size = f"{round(abs(end), decimals):.{decimals}f}"
        return "no difference" if float(size) == 0 else f"{size} {'less' if end < 0 else 'more'}"

    if lower is None or upper is None:
        return said(value)
    near, far = sorted((lower, upper), key=abs)
    return f"{said(value)} ({said(near)} to {said(far)})"
