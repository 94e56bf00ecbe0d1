"""Who answered, of those due, at each visit; with the aim, and the line below which nothing is compared."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from plumbline.charts import compare_base as base
from plumbline.charts.compare_base import Record, by_group, dash, shape
from plumbline.charts.mark import Spec, field, haloed, hits, layer, parts, picking, pixel
from plumbline.charts.theme import THEMES

PLOT = 200


@lru_cache(maxsize=32)
def answered(theme: str, visits: int, low: float, aim: float, least: float) -> Spec:
    """The specification without data, built once. `low`: where the axis begins; `aim`, `least`: the lines; 0 to 1."""
    colour = THEMES[theme]
    scale = {"domain": [low, 1], "nice": False, "zero": False, "range": [PLOT, 0]}
    axis = {"values": [round(0.2 * turn, 1) for turn in range(round(low / 0.2), 6)], "format": "%", "title": None,
            "grid": True, "minExtent": 44, "maxExtent": 44}  # fmt: skip

    def y(name: str) -> Spec:
        return {"field": name, "type": "quantitative", "scale": scale, "axis": axis}

    x = base.over_visits("x", visits)
    lines = [{"y": aim, "text": f"aim {aim:.0%}"}, {"y": least, "text": f"below {least:.0%}: do not compare"}]
    stroke = by_group(colour)
    point = {"type": "point", "filled": True, "size": 70, "opacity": 1, "strokeWidth": 1.6}
    word = {"type": "text", "align": "left", "dx": 2, "dy": -8, "fontSize": base.SIZE, "color": colour.muted}
    drawn = layer([], word, x=pixel(0), y=y("y"), text=field("text"))
    return base.whole(
        theme, PLOT + 28,
        [
            {"data": {"values": lines}, "mark": {"type": "rule", "strokeDash": [2, 3], "color": colour.quiet,
             "strokeWidth": 1.2}, "encoding": {"y": y("y")}},
            layer(parts("point", also="datum.lower != null"), {"type": "rule", "strokeWidth": 1.4, "clip": True}, x=x,
                  y=y("lower"), y2=field("upper"), stroke=stroke),
            layer(parts("point"), {"type": "line", "strokeWidth": 2.2}, x=x, y=y("y"), stroke=stroke, strokeDash=dash(),
                  detail=field("group")),
            layer(parts("point", also="!datum.is_thin"), point, x=x, y=y("y"), fill=stroke, stroke=stroke,
                  shape=shape()),
            layer(parts("point", also="datum.is_thin"), {**point, "fill": colour.page}, x=x, y=y("y"), stroke=stroke,
                  shape=shape()),
            *({"data": {"values": lines}, **one} for one in haloed(drawn, colour)),
            layer(parts("visit"), {"type": "text", "fontSize": base.SMALL, "baseline": "middle", "color": colour.muted},
                  x=x, y=pixel(PLOT + 18), text=field("text")),
            hits(parts("point"), x=x, y=y("y")),
        ],
        params=picking("group", "visit"),
    )  # fmt: skip


def lowest(found: Sequence[Record]) -> float:
    """Where the axis begins: 40%, or lower where something is."""
    known = [value for one in found for value in (one["share"], one["lower"]) if value is not None]
    return max(0.0, min(0.4, min(known, default=0.4) // 0.2 * 0.2))


def rows(groups: Sequence[Record], found: Sequence[Record]) -> list[Record]:
    """The chart's data from a comparison's groups and its completeness."""
    turns = {group["key"]: turn for turn, group in enumerate(groups)}
    names = {group["key"]: group["name"] for group in groups}
    told: list[Record] = [
        {"part": "visit", "x": float(place), "text": base.visit_words(*said)}
        for place, *said in sorted({(one["place"], one["visit"], one["visit_label"]) for one in found})
    ]
    for one in found:
        if one["share"] is not None:
            x = base.dodged(one["place"], turns[one["group"]], len(groups))
            told.append({"part": "point", "group": one["group"], "visit": one["visit"], "x": x, "y": one["share"],
                         "lower": one["lower"], "upper": one["upper"], "is_thin": one["is_thin"],
                         "words": f"{names[one['group']]}, {one['visit_label']}: {one['words']}"})  # fmt: skip
    return told
