"""The funnel: each clinic or surgeon by its number of answers, and what luck alone allows there."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from plumbline.charts import clinics_base as base
from plumbline.charts.clinics_base import Record
from plumbline.charts.mark import Spec, field, hits, layer, parts, picking, pixel, whole
from plumbline.charts.theme import THEMES, Theme

HEIGHT = 330
SIGNS = {"as_expected": "●", "look": "◆", "stands_out": "▲", "thin": "✚"}
SHAPES = {"as_expected": "circle", "look": "diamond", "stands_out": "triangle-up", "thin": "cross"}
SIZES = {"as_expected": 80, "look": 130, "stands_out": 150, "thin": 130}
_MOST_NAMES = 10
_WIDE, _PHONE, _TALL, _LETTER, _LINE, _OFF = 440, 270, 270, 6.6, 15, 12
_PLACES = {"right": ("left", 1, 0.0), "above": ("center", 0, -1.15), "below": ("center", 0, 1.15),
           "left": ("right", -1, 0.0)}  # fmt: skip


@lru_cache(maxsize=64)
def funnel(
    theme: str, ends: tuple[float, float], across: tuple[float, float], is_share: bool, is_reversed: bool, up: str,
    down: str,
) -> Spec:  # fmt: skip
    """The specification without data. `ends`: of the y axis, and `up` and `down` what they mean, in words; `across`: of
    the x axis."""
    colour = THEMES[theme]
    y_axis = {"title": None, "grid": True, "tickCount": 6, "format": ".0%" if is_share else ",.1~f"}
    x_axis = {"title": "answers", "grid": False, "tickCount": 6, "format": ",d", "titleAnchor": "end"}
    scale = base.up_is_better(*ends, is_reversed)

    def y(name: str) -> Spec:
        return {"field": name, "type": "quantitative", "scale": scale, "axis": y_axis}

    x = {"field": "x", "type": "quantitative", "axis": x_axis,
         "scale": {"domain": list(across), "nice": False, "zero": False}}  # fmt: skip
    return whole(
        theme, HEIGHT,
        [*_limits(colour, x, y), *_ends(colour, up, down), *_points(colour, x, y("y"))],
        params=picking("unit", clear=False),
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
    word = {"type": "text", "fontSize": 11, "align": "left", "dx": 2, "dy": -7, "color": theme.muted}
    drawn += base.haloed(layer(parts("limit_word"), word, x=x, y=y("y"), text=field("text")), theme.page)  # type: ignore[operator]
    return drawn


def _ends(theme: Theme, up: str, down: str) -> list[Spec]:
    """Which way is better, at both ends of the axis."""
    word = {"type": "text", "align": "right", "fontSize": base.SIZE, "color": theme.muted, "baseline": "middle"}
    found = []
    for text, y in ((f"▲ {up}", pixel(3)), (f"▼ {down}", pixel("height - 4"))):
        found += base.haloed(layer(parts("centre"), word, x=pixel("width"), y=y, text={"value": text}), theme.page)
    return found


def _points(theme: Theme, x: Spec, y: Spec) -> list[Spec]:
    of_state = {"field": "state", "type": "nominal", "legend": None}
    shape = {**of_state, "scale": {"domain": list(SHAPES), "range": list(SHAPES.values())}}
    size = base.sized(SIZES)
    fill = {**of_state, "scale": {"domain": list(SHAPES), "range": [theme.accent] * 3 + [theme.muted]}}
    found = [layer(parts("point"), {"type": "point", "filled": True, "opacity": 1, "stroke": theme.page,
                                    "strokeWidth": 1}, x=x, y=y, shape=shape, size=size, fill=fill)]  # fmt: skip
    for place, (align, side, down) in _PLACES.items():
        rows = parts("point", "hidden", also=f"({base.NARROW} ? datum.phone : datum.place) == '{place}'")
        word = {"type": "text", "fontSize": base.SIZE, "fontWeight": 600, "align": align, "baseline": "middle",
                "dx": side * _OFF, "dy": down * _LINE, "color": theme.text}  # fmt: skip
        found += base.haloed(layer(rows, word, x=x, y=y, text=field("label")), theme.page)
    bar = {"type": "rule", "strokeWidth": 5, "strokeCap": "round", "color": theme.muted, "opacity": 0.75}
    shut = parts("hidden")
    drawn = [layer(shut, bar, x=x, y={**y, "field": "least"}, y2=field("most"))]
    return [*drawn, *found, hits(parts("point", "hidden"), 600, x=x, y=y)]


def reach(found: Sequence[Record]) -> tuple[float, float]:
    """The ends of the x axis for the chart's rows: a little beyond the fewest and the most answers."""
    x = [row["x"] for row in found if row["part"] in ("point", "hidden", "limit")]
    if not x:
        return 0.0, 1.0
    room = max(1.0, 0.06 * (max(x) - min(x)))
    return round(max(0.0, min(x) - room), 1), round(max(x) + room, 1)


def rows(points: Sequence[Record], limits: Sequence[Record], centre: float | None) -> list[Record]:
    """The chart's data. Of a point: unit, name, answered, value, state, side_words, words; None: not drawn."""
    drawn = [{**one, "y": one["value"]} for one in points if one["value"] is not None and one["answered"]]
    drawn += [{**one, "y": (one["least"] + one["most"]) / 2} for one in points if one["least"] is not None]
    found: list[Record] = [{"part": "limit", "x": one["answered"], **one} for one in limits]
    if centre is not None:
        found.append({"part": "centre", "y": centre})
    if limits:
        widest = max(one["upper998"] - one["upper95"] for one in limits)
        apart = [one for one in limits if 2 * (one["upper998"] - one["upper95"]) >= widest]  # not where both are 100%
        first = min(apart, key=lambda one: one["answered"])
        found += [
            {"part": "limit_word", "x": first["answered"], "y": first["upper998"], "text": "stands out 99.8%"},
            {"part": "limit_word", "x": first["answered"], "y": first["upper95"], "text": "worth a look 95%"},
        ]  # fmt: skip
    named = [one for one in drawn if len(drawn) <= _MOST_NAMES or one["state"] != "as_expected"]
    places, phone = _placed(drawn, named, _WIDE), _placed(drawn, named, _PHONE)
    for one in drawn:
        found.append({"part": "point" if one["value"] is not None else "hidden", "unit": one["unit"],
                      "x": one["answered"], "y": one["y"], "least": one["least"], "most": one["most"],
                      "state": one["state"], "label": one["label"], "place": places.get(one["unit"], ""),
                      "phone": phone.get(one["unit"], ""), "words": one["words"]})  # fmt: skip
    return found


def _placed(points: Sequence[Record], named: Sequence[Record], wide: float) -> dict[str, str]:
    """Where each name stands beside its point in a chart so wide; left out where there is room on no side."""
    if not points:
        return {}
    low_x, high_x = min(one["answered"] for one in points), max(one["answered"] for one in points)
    low_y, high_y = min(one["y"] for one in points), max(one["y"] for one in points)
    spots = {one["unit"]: (wide * (one["answered"] - low_x) / ((high_x - low_x) or 1),
                           _TALL * (high_y - one["y"]) / ((high_y - low_y) or 1) / 2) for one in points}  # fmt: skip
    taken = [(x - 8, y - 8, x + 8, y + 8) for x, y in spots.values()]
    found = {}
    for one in named:
        boxes = {name: _box(*spots[one["unit"]], _LETTER * len(one["label"]), place) for name, place in _PLACES.items()}
        within = {name: box for name, box in boxes.items() if box[0] > -3 * _OFF and box[2] < wide + 3 * _OFF}
        free = [name for name, box in within.items() if not any(_meet(box, other) for other in taken)]
        if free:
            taken.append(boxes[free[0]])
            found[one["unit"]] = free[0]
    return found


def _box(x: float, y: float, wide: float, place: tuple[str, int, float]) -> tuple[float, float, float, float]:
    align, side, down = place
    left = {"left": x + side * _OFF, "center": x - wide / 2, "right": x + side * _OFF - wide}[align]
    middle = y + down * _LINE
    return left, middle - _LINE / 2, left + wide, middle + _LINE / 2


def _meet(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
