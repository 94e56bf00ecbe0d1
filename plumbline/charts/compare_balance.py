"""How alike two groups were before the procedure: standardised differences, what is apart marked."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from plumbline.charts import compare_base as base
from plumbline.charts.compare_base import Record
from plumbline.charts.mark import Spec, field, layer, parts, pixel, when
from plumbline.charts.theme import THEMES

LINE = 22
LEAST_REACH, MOST_REACH = 0.5, 2.0


def reach(found: Sequence[Record]) -> float:
    """How far the axis goes to both sides: half an SD, or more where something is; intervals are cut at its ends."""
    known = [abs(one["difference"]) for one in found if one["difference"] is not None]
    return min(MOST_REACH, max(LEAST_REACH, -(-max(known, default=0.0) // 0.25) * 0.25))


@lru_cache(maxsize=32)
def balance(theme: str, lines: int, far: float, apart: float) -> Spec:
    """The specification without data, built once. `far`: of the axis, `apart`: what is marked, both in SDs."""
    colour = THEMES[theme]
    height = lines * LINE
    scale = {"domain": [-far, far], "nice": False, "clamp": True,
             "range": [{"expr": "width > 420 ? 140 : 118"}, {"expr": "width - 104"}]}  # fmt: skip
    axis = {"values": [-far, -far / 2, 0, far / 2, far], "title": None, "grid": True, "labelExpr":
            "datum.value == 0 ? 'alike' : format(datum.value, '+.2~f')"}  # fmt: skip

    def x(name: str) -> Spec:
        return {"field": name, "type": "quantitative", "scale": scale, "axis": axis}

    y = {"field": "y", "type": "quantitative", "axis": None,
         "scale": {"domain": [0, lines], "reverse": True, "nice": False}}  # fmt: skip
    word = {"type": "text", "fontSize": base.SIZE, "baseline": "middle"}
    weight = {"fontWeight": {"expr": "datum.is_apart ? 700 : 400"}}
    shade = when("datum.is_apart", colour.text, colour.muted)
    point = {"type": "point", "filled": True, "opacity": 1, "size": 74, "strokeWidth": 1.6, "stroke": colour.text}
    wash = {"data": {"values": [{"lower": -apart, "upper": apart}]},
            "mark": {"type": "rect", "color": colour.wash, "opacity": 1},
            "encoding": {"x": x("lower"), "x2": field("upper")}}  # fmt: skip
    return base.whole(
        theme, height,
        [
            wash,
            layer(parts("line", also="datum.lower != null"), {"type": "rule", "color": colour.quiet,
                  "strokeWidth": 1.4}, x=x("lower"), x2=field("upper"), y=y),
            layer(parts("line", also="datum.x != null && datum.is_apart"), {**point, "shape": "square",
                  "fill": colour.text}, x=x("x"), y=y, tooltip=field("words")),
            layer(parts("line", also="datum.x != null && !datum.is_apart"), {**point, "shape": "circle",
                  "fill": colour.page}, x=x("x"), y=y, tooltip=field("words")),
            layer(parts("line"), {**word, **weight, "align": "left", "limit": 136}, x=pixel(0), y=y,
                  text=field("label"), color=shade),
            layer(parts("line"), {**word, **weight, "align": "right"}, x=pixel("width"), y=y, text=field("text"),
                  color=shade),
        ],
    )  # fmt: skip


def rows(found: Sequence[Record]) -> list[Record]:
    """The chart's data from a comparison's balance of one pair: the largest difference first."""
    ordered = sorted(found, key=lambda one: -abs(one["difference"] or 0))
    return [
        {"part": "line", "y": turn + 0.5, "label": one["label"], "text": one["words"], "x": one["difference"],
         "lower": one["lower"], "upper": one["upper"], "is_apart": one["is_apart"],
         "words": f"{one['label']}: {one['words']}" + _said(one["difference"]) + _known(one)}
        for turn, one in enumerate(ordered)
    ]  # fmt: skip


def _known(one: Record) -> str:
    """Of how many it is known, where both numbers are shown."""
    pair = one["first_n"], one["second_n"]
    return "" if None in pair else "; known of {:,} and {:,}".format(*pair)


def _said(difference: float | None) -> str:
    return "" if difference is None else f", {difference:+.2f} SD"
