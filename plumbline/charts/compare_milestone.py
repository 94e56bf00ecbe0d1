"""How many have reached a milestone by a day: cumulative incidence with its band, and how many are still waiting."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

from plumbline.charts import compare_base as base
from plumbline.charts.compare_base import ROW, Record, by_group, dash, shape
from plumbline.charts.mark import Spec, field, hits, layer, parts, picking, pixel
from plumbline.charts.theme import THEMES

PLOT = 180
MOST_STEPS = 450  # of one group: two thousand marks at most in the chart
_NAMES = PLOT + 20
_ROOM = 0.13  # of the axis, between two numbers under it
_YEAR = 365.0
_BLOCK = 2 * ROW + 4
_PALE = 0.1  # of the bands, where more than two lie over each other
DAYS = {0: "day 0", 1: "day 1", 3: "3 d", 7: "1 wk", 14: "2 wk", 28: "4 wk", 30: "30 d", 42: "6 wk", 84: "12 wk",
        90: "3 mo", 180: "6 mo", 365: "1 yr", 730: "2 yr"}  # fmt: skip
LEVELS = (("median_day", 0.5), ("p80_day", 0.8))


@lru_cache(maxsize=32)
def milestone(theme: str, groups: int, last_day: float) -> Spec:
    """The specification without data, built once; days from the procedure, the early ones stretched."""
    colour = THEMES[theme]
    height = _NAMES + groups * _BLOCK + ROW
    scale_x = {"type": "sqrt", "domain": [0, last_day], "nice": False,
               "range": [{"expr": "14"}, {"expr": "width - 14"}]}  # fmt: skip
    scale_y = {"domain": [0, 1], "nice": False, "range": [PLOT, 0]}
    axis = {"values": [0, 0.25, 0.5, 0.75, 1], "format": "%", "title": None, "grid": True}
    x: Spec = {"field": "x", "type": "quantitative", "axis": None, "scale": scale_x}

    def y(name: str) -> Spec:
        return {"field": name, "type": "quantitative", "scale": scale_y, "axis": axis}

    stroke, pale = by_group(colour), _PALE if groups > len(LEVELS) else 0.2
    step = {"interpolate": "step-after", "clip": True}
    mark = {"type": "point", "filled": True, "size": 80, "opacity": 1, "stroke": colour.page, "strokeWidth": 1}
    down = {"type": "rule", "strokeDash": [2, 3], "strokeWidth": 1, "color": colour.quiet}
    word = {"type": "text", "fontSize": base.SIZE, "baseline": "middle", "align": "center"}
    top = f"{_NAMES} + datum.turn * {_BLOCK}"
    name = {**word, "align": "left", "dx": 14, "fontWeight": 600, "color": colour.text, "limit": {"expr": "width - 14"}}
    sign = {"type": "point", "filled": True, "size": 70, "opacity": 1}
    days = hits(parts("mark"), x=x, y=y("y"))
    return base.whole(
        theme, height,
        [
            layer(parts("step"), {"type": "area", "opacity": pale, **step}, x=x, y=y("lower"), y2=field("upper"),
                  fill=stroke, detail=field("group")),
            layer(parts("mark"), down, x=x, y=y("y"), y2={"datum": 0}),
            layer(parts("step"), {"type": "line", "strokeWidth": 2.2, **step}, x=x, y=y("y"), stroke=stroke,
                  strokeDash=dash(), detail=field("group")),
            layer(parts("mark"), mark, x=x, y=y("y"), fill=stroke, shape=shape()),
            layer(parts("name"), sign, x=pixel(5), y=pixel(top), fill=stroke, shape=shape()),
            layer(parts("name"), name, x=pixel(0), y=pixel(top), text=field("text")),
            layer(parts("waiting"), {**word, "color": colour.text}, x=x, y=pixel(f"{top} + {ROW}"), text=field("text")),
            layer(parts("day"), {**word, "color": colour.muted}, x=x, y=pixel(height - 8), text=field("text")),
            hits(parts("waiting", also="datum.words != null"), 380, x=x, y=pixel(f"{top} + {ROW}")),
            {**days, "name": "days", "mark": {**days["mark"], "cursor": "default"}},
        ],
        params=picking("group", "level"),
    )  # fmt: skip


def day_words(day: float) -> str:
    """A day after the procedure as an axis has it."""
    return DAYS.get(int(day), f"{day:g} d")


def last_day(reached: Sequence[Record]) -> float:
    """Where the axis ends: the first day with a row under it by which every curve has stopped."""
    stops = max((step["day"] for one in reached for step in one["steps"]), default=0.0)
    days = sorted({day for one in reached for day, _ in one["waiting"]})
    return float(next((day for day in days if day >= stops), max([*days, stops])) or _YEAR)


def _under(reached: Sequence[Record]) -> list[float]:
    """The days that have room under the axis, both ends and what is far enough from all that is kept."""
    end = last_day(reached)
    days = sorted({day for one in reached for day, _ in one["waiting"] if day <= end}, reverse=True)
    kept: list[float] = []
    for day in [*days[:1], *days[-1:], *days[1:-1]]:
        if all(abs(math.sqrt(day / end) - math.sqrt(other / end)) >= _ROOM for other in kept):
            kept.append(day)
    return sorted(kept)


def rows(groups: Sequence[Record], reached: Sequence[Record]) -> list[Record]:
    """The chart's data from a comparison's groups and what each has reached."""
    names = {group["key"]: (turn, group["name"]) for turn, group in enumerate(groups)}
    found: list[Record] = []
    under = _under(reached)
    for one in reached:
        turn, name = names[one["group"]]
        mine = {"group": one["group"], "turn": turn}
        found.append({**mine, "part": "name", "text": f"{name}: still waiting"})
        steps = one["steps"]
        if steps and steps[0]["day"] > 0:
            found.append({**mine, "part": "step", "x": 0.0, "y": 0.0, "lower": 0.0, "upper": 0.0})
        every = -(-len(steps) // MOST_STEPS) if steps else 1
        kept = [step for at, step in enumerate(steps) if at % every == 0 or at == len(steps) - 1]
        found += [{**mine, "part": "step", "x": float(s["day"]), "y": s["estimate"], "lower": s["lower"],
                   "upper": s["upper"]} for s in kept]  # fmt: skip
        for column, level in LEVELS:
            if one[column] is not None:
                words = f"{name}: {100 * level:.0f}% by day {one[column]:g}"
                found.append({**mine, "part": "mark", "x": float(one[column]), "y": level, "level": column,
                              "words": words})  # fmt: skip
        found += [_waiting(mine, name, day, left) for day, left in one["waiting"] if day in under]
    return found + [{"part": "day", "x": float(day), "text": day_words(day)} for day in under]


def _waiting(mine: Record, name: str, day: float, left: int | None) -> Record:
    """A number under the axis; one that is shown can be clicked for its patients."""
    told = {**mine, "part": "waiting", "x": float(day), "text": "–" if left is None else f"{left:,}"}
    if left is None:
        return told
    return {**told, "level": f"{day:g}", "words": f"{name}, day {day:g}: {left:,} still waiting"}
