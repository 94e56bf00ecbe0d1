"""The funnel: each clinic or surgeon by its number of answers, and what luck alone allows there."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from plumbline.charts import clinics_base as base
from plumbline.charts.clinics_base import Record, parts
from plumbline.charts.mark import Spec, field, layer, pixel
from plumbline.charts.theme import THEMES, Theme

HEIGHT = 330
SIGNS = {"as_expected": "●", "look": "◆", "stands_out": "▲", "thin": "✚"}
SHAPES = {"as_expected": "circle", "look": "diamond", "stands_out": "triangle-up", "thin": "cross"}
SIZES = {"as_expected": 80, "look": 130, "stands_out": 150, "thin": 130}
_MOST_NAMES = 10
_WIDE, _TALL, _LETTER, _LINE, _OFF = 440, 270, 6.6, 15, 12
_PLACES = (("left", 1, 0.0), ("center", 0, -1.15), ("center", 0, 1.15), ("right", -1, 0.0))


@lru_cache(maxsize=64)
def funnel(theme: str, low: float, high: float, is_share: bool, is_reversed: bool, up: str, down: str) -> Spec:
    """The specification without data. `low`, `high`: ends of the y axis; `up`, `down`: what they mean, in words."""
    colour = THEMES[theme]
    y_axis = {"title": None, "grid": True, "tickCount": 6, "format": ".0%" if is_share else "~g"}
    x_axis = {"title": "answers", "grid": False, "tickCount": 6, "format": ",d", "titleAnchor": "end"}
    scale = base.up_is_better(low, high, is_reversed)

    def y(name: str) -> Spec:
        return {"field": name, "type": "quantitative", "scale": scale, "axis": y_axis}

    x = {"field": "x", "type": "quantitative", "axis": x_axis, "scale": {"zero": False, "nice": False, "padding": 26}}
    return base.whole(
        theme, HEIGHT,
        [*_limits(colour, x, y), *_ends(colour, up, down), *_points(colour, x, y("y"))],
        params=base.picking("unit"),
    )  # fmt: skip


def _limits(theme: Theme, x: Spec, y: object) -> list[Spec]:
    line = {"type": "line", "strokeWidth": 1.3, "clip": True, "color": theme.muted}
    drawn = [
        layer(parts("limit"), {"type": "area", "color": theme.band, "opacity": 0.17, "clip": True},
              x=x, y=y("lower95"), y2=field("upper95")),  # type: ignore[operator]
    ]  # fmt: skip
    for name, dash in (("lower95", [5, 4]), ("upper95", [5, 4]), ("lower998", [1, 0]), ("upper998", [1, 0])):
        drawn.append(layer(parts("limit"), {**line, "strokeDash": dash}, x=x, y=y(name)))  # type: ignore[operator]
    rule = {"type": "rule", "color": theme.text, "strokeWidth": 1.1}
    drawn.append(layer(parts("centre"), rule, y=y("y")))  # type: ignore[operator]
    word = {"type": "text", "fontSize": 11, "align": "right", "dx": 4, "color": theme.muted, "clip": False, "dy": -6}
    drawn += base.haloed(layer(parts("limit_word"), word, x=x, y=y("y"), text=field("text")), theme.page)  # type: ignore[operator]
    return drawn


def _ends(theme: Theme, up: str, down: str) -> list[Spec]:
    """Which way is better, at both ends of the axis."""
    word = {"type": "text", "align": "left", "fontSize": base.SIZE, "color": theme.muted, "baseline": "middle"}
    found = []
    for text, y in ((f"▲ {up}", pixel(2)), (f"▼ {down}", pixel("height - 2"))):
        found += base.haloed(layer(parts("centre"), word, x=pixel(4), y=y, text={"value": text}), theme.page)
    return found


def _points(theme: Theme, x: Spec, y: Spec) -> list[Spec]:
    of_state = {"field": "state", "type": "nominal", "legend": None}
    shape = {**of_state, "scale": {"domain": list(SHAPES), "range": list(SHAPES.values())}}
    size = {**of_state, "scale": {"domain": list(SIZES), "range": list(SIZES.values())}}
    fill = {**of_state, "scale": {"domain": list(SHAPES), "range": [theme.accent] * 3 + [theme.muted]}}
    found = [layer(parts("point"), {"type": "point", "filled": True, "opacity": 1, "stroke": theme.page,
                                    "strokeWidth": 1}, x=x, y=y, shape=shape, size=size, fill=fill)]  # fmt: skip
    for align, side, down in _PLACES:
        rows = parts("point", also=f"datum.label != '' && datum.align == '{align}' && datum.down == {down} "
                                   f"&& (datum.state != 'as_expected' || !({base.NARROW}))")  # fmt: skip
        word = {"type": "text", "fontSize": base.SIZE, "fontWeight": 600, "align": align, "baseline": "middle",
                "dx": side * _OFF, "dy": down * _LINE, "color": theme.text}  # fmt: skip
        found += base.haloed(layer(rows, word, x=x, y=y, text=field("label")), theme.page)
    return [*found, base.hits(parts("point"), x=x, y=y)]


def rows(points: Sequence[Record], limits: Sequence[Record], centre: float | None) -> list[Record]:
    """The chart's data. Of a point: unit, name, answered, value, state, side_words, words; None: not drawn."""
    drawn = [one for one in points if one["value"] is not None and one["answered"]]
    found: list[Record] = [{"part": "limit", "x": one["answered"], **one} for one in limits]
    if centre is not None:
        found.append({"part": "centre", "y": centre})
    if limits:
        last = max(limits, key=lambda one: one["answered"])
        found += [
            {"part": "limit_word", "x": last["answered"], "y": last["upper998"], "text": "stands out 99.8 %"},
            {"part": "limit_word", "x": last["answered"], "y": last["upper95"], "text": "worth a look 95 %"},
        ]  # fmt: skip
    places = _placed(drawn)
    for one, (align, down) in zip(drawn, places, strict=True):
        is_named = len(drawn) <= _MOST_NAMES or one["state"] != "as_expected"
        found.append({"part": "point", "unit": one["unit"], "x": one["answered"], "y": one["value"],
                      "state": one["state"], "label": one["label"] if is_named else "", "align": align, "down": down,
                      "words": one["words"]})  # fmt: skip
    return found


def _placed(points: Sequence[Record]) -> list[tuple[str, float]]:
    """Where each name stands beside its point, so that few of them meet: worked out for a chart of the usual size."""
    if not points:
        return []
    low_x, high_x = min(one["answered"] for one in points), max(one["answered"] for one in points)
    low_y, high_y = min(one["value"] for one in points), max(one["value"] for one in points)
    spots = [(_WIDE * (one["answered"] - low_x) / ((high_x - low_x) or 1),
              _TALL * (high_y - one["value"]) / ((high_y - low_y) or 1) / 2) for one in points]  # fmt: skip
    taken = [(x - 8, y - 8, x + 8, y + 8) for x, y in spots]
    found = []
    for (x, y), one in zip(spots, points, strict=True):
        wide = _LETTER * len(one["label"])
        boxes = [(place, _box(x, y, wide, place)) for place in _PLACES]
        free = [(place, box) for place, box in boxes
                if box[0] > -_OFF and box[2] < _WIDE + _OFF and not any(_meet(box, other) for other in taken)]  # fmt: skip
        place, box = (free or boxes[1:])[0]
        taken.append(box)
        found.append((place[0], place[2]))
    return found


def _box(x: float, y: float, wide: float, place: tuple[str, int, float]) -> tuple[float, float, float, float]:
    align, side, down = place
    left = {"left": x + side * _OFF, "center": x - wide / 2, "right": x + side * _OFF - wide}[align]
    middle = y + down * _LINE
    return left, middle - _LINE / 2, left + wide, middle + _LINE / 2


def _meet(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
