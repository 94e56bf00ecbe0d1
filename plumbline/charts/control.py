"""A control chart: month by month, or event by event, with the line and limits of the first closed months."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from plumbline.charts import clinics_base as base
from plumbline.charts.clinics_base import Record
from plumbline.charts.mark import Spec, field, hits, layer, parts, picking, pixel, whole
from plumbline.charts.theme import THEMES, Theme

PLOT, UNDER = 262, 66
SIGNS = {"": "●", "run": "◆", "outside": "▲", "open": "·"}
SHAPES = {"": "circle", "run": "diamond", "outside": "triangle-up", "open": "circle"}
SIZES = {"": 46, "run": 84, "outside": 110, "open": 18}
_WORDS_EVERY = 52  # pixels that the name of a month takes
_NUMBER_EVERY = 22


@lru_cache(maxsize=64)
def control(
    theme: str, count: int, low: float, high: float, is_share: bool, is_reversed: bool, up: str, down: str, under: str
) -> Spec:  # fmt: skip
    """The specification without data. `count`: points from left to right; `under`: what the row of numbers says."""
    colour = THEMES[theme]
    axis = {"title": None, "grid": True, "tickCount": 5, "format": ".0%" if is_share else ",.1~f"}
    scale = {**base.up_is_better(low, high, is_reversed), "range": [PLOT, 0]}
    if is_reversed:
        scale = {**scale, "reverse": False, "range": [0, PLOT]}

    def y(name: str) -> Spec:
        return {"field": name, "type": "quantitative", "scale": scale, "axis": axis}

    x = {"field": "x", "type": "quantitative", "axis": None,
         "scale": {"domain": [-0.6, count - 0.4], "nice": False, "zero": False}}  # fmt: skip
    return whole(
        theme, PLOT + UNDER,
        [*_limits(colour, x, y), *_points(colour, x, y("y")), *_under(colour, x, count, under),
         *_ends(colour, up, down)],
        params=picking("month", clear=False),
    )  # fmt: skip


def _limits(theme: Theme, x: Spec, y: object) -> list[Spec]:
    over = {"x": {**x, "field": "from"}, "x2": field("to")}
    return [
        layer(parts("limit"), {"type": "rect", "color": theme.band, "opacity": 0.17}, **over, y=y("lower"),  # type: ignore[operator]
              y2=field("upper")),
        layer(parts("limit"), {"type": "rule", "color": theme.text, "strokeWidth": 1.1}, **over, y=y("centre")),  # type: ignore[operator]
    ]  # fmt: skip


def _points(theme: Theme, x: Spec, y: Spec) -> list[Spec]:
    of_state = {"field": "state", "type": "nominal", "legend": None}
    shape = {**of_state, "scale": {"domain": list(SHAPES), "range": list(SHAPES.values())}}
    size = base.sized(SIZES)
    fill = {**of_state, "scale": {"domain": list(SHAPES), "range": [theme.accent] * 3 + [theme.muted]}}
    line = {"type": "line", "color": theme.accent, "strokeWidth": 1.3}
    bar = {"type": "rule", "strokeWidth": 4, "strokeCap": "round", "color": theme.muted, "opacity": 0.75}
    return [
        layer(parts("hidden"), bar, x=x, y={**y, "field": "least"}, y2=field("most")),
        layer(parts("point", also="datum.state != 'open'"), line, x=x, y=y, detail=field("stretch"),
              order=field("x")),
        layer(parts("point"), {"type": "point", "filled": True, "opacity": 1}, x=x, y=y, shape=shape, size=size,
              fill=fill),
        hits(parts("point", "hidden"), 380, x=x, y=y),
    ]  # fmt: skip


def _under(theme: Theme, x: Spec, count: int, under: str) -> list[Spec]:
    """The row of numbers and the months, as many as there is room for."""
    number = {"type": "text", "fontSize": 11, "baseline": "middle", "color": theme.muted}
    room = f"datum.x % ceil({count} * {{}} / width) == 0"
    word = {"type": "text", "fontSize": 11, "baseline": "middle", "color": theme.muted, "align": "left"}
    return [
        layer(parts("number", also=room.format(_NUMBER_EVERY)), number, x=x, y=pixel(PLOT + 12), text=field("text")),
        layer(parts("under"), word, x=pixel(0), y=pixel(PLOT + 28), text={"value": under}),
        layer(parts("number", also=room.format(_WORDS_EVERY)), {**number, "fontSize": base.SIZE},
              x=x, y=pixel(PLOT + 45), text=field("month_words")),
    ]  # fmt: skip


def _ends(theme: Theme, up: str, down: str) -> list[Spec]:
    word = {"type": "text", "align": "left", "fontSize": base.SIZE, "color": theme.muted, "baseline": "middle"}
    found = []
    for text, y in ((f"▲ {up}", 2), (f"▼ {down}", PLOT - 3)):
        found += base.haloed(layer(parts("under"), word, x=pixel(4), y=pixel(y), text={"value": text}), theme.page)
    return found


def rows(months: Sequence[Record]) -> list[Record]:
    """The chart's data. Of a month: month_on, place, answered, value, lower, upper, centre, signal, is_open, words."""
    found: list[Record] = [{"part": "under", "x": 0}]
    stretch, before = 0, True
    for one in months:
        x, on = one["place"], one["month_on"]
        month, said = ("", str(x + 1)) if on is None else (f"{on:%Y-%m-%d}", f"{on:%b %y}")
        number = "–" if one["answered"] is None else f"{one['answered']:,}"
        found.append({"part": "number", "x": x, "text": number, "month_words": said})
        if one["centre"] is not None and one["lower"] is not None:
            found.append({"part": "limit", "from": x - 0.5, "to": x + 0.5, "lower": one["lower"],
                          "upper": one["upper"], "centre": one["centre"]})  # fmt: skip
        if one["least"] is not None:
            found.append({"part": "hidden", "x": x, "y": (one["least"] + one["most"]) / 2, "least": one["least"],
                          "most": one["most"], "month": month, "words": one["words"]})  # fmt: skip
        if one["value"] is None:
            stretch, before = stretch + before, False
            continue
        before = True
        found.append({"part": "point", "x": x, "y": one["value"], "month": month, "stretch": stretch,
                      "state": "open" if one["is_open"] else one["signal"], "words": one["words"]})  # fmt: skip
    return found
