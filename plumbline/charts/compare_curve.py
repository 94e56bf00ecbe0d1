"""How two to four groups recover, visit by visit: mean with its interval, or median with the middle half; up is better.

Behind them the middle half that is expected and what studies found; under the axis, for each group, how many answered
and which part that is of those due.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from plumbline.charts import compare_base as base
from plumbline.charts.compare_base import BLOCK, LEFT, ROW, Record, by_group, dash, shape
from plumbline.charts.mark import CROSS, Spec, field, hits, layer, parts, picking, pixel
from plumbline.charts.theme import THEMES, Theme

PLOT = 250
_NAMES = PLOT + 22
_SHORT = 10  # letters that have room beside the axis


@lru_cache(maxsize=64)
def curve(theme: str, groups: int, visits: int, low: float, high: float, is_lower_better: bool, best: tuple[float, str],
          worst: tuple[float, str]) -> Spec:  # fmt: skip
    """The specification without data, built once. `best`, `worst`: the instrument's ends, each with its word."""
    colour = THEMES[theme]
    scale = {"domain": [low, high], "reverse": is_lower_better, "nice": False, "zero": False, "range": [PLOT, 0]}
    number = "format(datum.value, '.6~g')"
    axis = {"values": base.ticks(low, high), "title": None, "grid": True, "labelLimit": 0, "minExtent": LEFT,
            "maxExtent": LEFT, "labelExpr":
            f"datum.value == {best[0]:g} ? [{number}, {_lines_of(best[1])}] : datum.value == {worst[0]:g} ? "
            f"[{_lines_of(worst[1])}, {number}] : {number}", "labelBaseline": {"expr":
            f"datum.value == {best[0]:g} ? 'top' : datum.value == {worst[0]:g} ? 'bottom' : 'middle'"}}  # fmt: skip

    def y(name: str) -> Spec:
        return {"field": name, "type": "quantitative", "scale": scale, "axis": axis}

    x = base.over_visits("x", visits)
    height = _NAMES + groups * BLOCK + ROW
    return base.whole(
        theme, height,
        [
            *_behind(colour, x, y), *_lines(colour, x, y), *base.named(colour, _NAMES),
            base.numbers(colour, _NAMES, x, "number", 1), base.numbers(colour, _NAMES, x, "share", 2),
            layer(parts("visit"), {"type": "text", "fontSize": base.SMALL, "baseline": "middle", "color": colour.muted},
                  x=x, y=pixel(height - 8), text=field("text")),
            hits(parts("point"), x=x, y=y("y")),
        ],
        params=picking("group", "visit"),
    )  # fmt: skip


def _lines_of(words: str) -> str:
    """Words as lines beside an axis: one, or one a word where they are long."""
    return ", ".join(f"'{line}'" for line in ([words] if len(words) <= _SHORT else words.split()))


def _behind(theme: Theme, x: Spec, y: Any) -> list[Spec]:
    cross = {"type": "point", "shape": CROSS, "filled": True, "size": 120, "color": theme.quiet, "opacity": 1}
    return [
        layer(parts("band"), {"type": "area", "color": theme.wash, "opacity": 1}, x=x, y=y("lower"), y2=field("upper")),
        layer(parts("published"), cross, x=x, y=y("y"), tooltip=field("words")),
    ]


def _lines(theme: Theme, x: Spec, y: Any) -> list[Spec]:
    known = parts("point", also="datum.lower != null")
    cap = {"type": "tick", "orient": "horizontal", "size": 9, "thickness": 1.6, "opacity": 1}
    stroke = by_group(theme)
    point = {"type": "point", "filled": True, "opacity": 1, "size": 62, "strokeWidth": 1.6}
    return [
        layer(parts("point"), {"type": "line", "strokeWidth": 2.4}, x=x, y=y("y"), stroke=stroke, strokeDash=dash(),
              detail=field("group")),
        layer(known, {"type": "rule", "strokeWidth": 1.6}, x=x, y=y("lower"), y2=field("upper"), stroke=stroke),
        layer(known, cap, x=x, y=y("lower"), color=stroke),
        layer(known, cap, x=x, y=y("upper"), color=stroke),
        layer(parts("point", also="!datum.is_thin"), point, x=x, y=y("y"), fill=stroke, stroke=stroke, shape=shape()),
        layer(parts("point", also="datum.is_thin"), {**point, "fill": theme.page}, x=x, y=y("y"), stroke=stroke,
              shape=shape()),
    ]  # fmt: skip


def rows(
    groups: Sequence[Record], points: Sequence[Record], band: Sequence[Record], published: Sequence[Record],
    *, spread: bool,
) -> list[Record]:  # fmt: skip
    """The chart's data from a comparison's groups, curve, band and published figures. `spread`: median, quartiles."""
    turns = {group["key"]: turn for turn, group in enumerate(groups)}
    middle, low, high = ("median", "q25", "q75") if spread else ("mean", "lower", "upper")
    found: list[Record] = [
        {"part": "name", "group": group["key"], "turn": turn, "text": f"{group['name']}: answered, % of those due"}
        for turn, group in enumerate(groups)
    ]
    visits = sorted({(point["place"], point["visit"], point["visit_label"]) for point in points})
    found += [{"part": "visit", "x": float(place), "text": base.visit_words(*said)} for place, *said in visits]
    for point in points:
        turn = turns[point["group"]]
        x = base.dodged(point["place"], turn, len(groups))
        mine = {"group": point["group"], "turn": turn, "visit": point["visit"], "is_thin": point["is_thin"]}
        under = {**mine, "x": float(point["place"])}
        found.append({**under, "part": "number", "text": counted(point["answered"]), "is_thin": False})
        told = share(point["answered"], point["due"], point["is_thin"])
        found.append({**under, "part": "share", "text": told, "is_thin": told.endswith("!")})
        if point[middle] is not None:
            found.append({**mine, "part": "point", "x": x, "y": point[middle], "lower": point[low],
                          "upper": point[high], "words": f"{groups[turn]['name']}, {point['words']}"})  # fmt: skip
    found += [{"part": "band", "x": float(one["place"]), "lower": one["low"], "upper": one["high"]} for one in band]
    found += [
        {"part": "published", "x": float(one["place"]), "y": one["mean"], "words": f"{one['study']}: {one['mean']:g}"}
        for one in published
    ]
    return found


def counted(number: int | None) -> str:
    """A count, or that it isn't shown."""
    return "hidden" if number is None else f"{number:,}"


def share(part: int | None, of: int | None, is_thin: bool) -> str:
    """The share of those due; an exclamation mark where it is too thin to compare."""
    if part is None or not of:
        return "–"
    return f"{100 * part / of:.0f}%" + ("!" if is_thin else "")
