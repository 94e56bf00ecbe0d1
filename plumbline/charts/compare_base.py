"""What the charts of a comparison share: groups by colour, shape and dash; visits evenly spaced; rows under an axis.

Groups come by their keys, in the order given. A chart's data are rows as plain records with a `part` each, so that one
table draws all of its layers; words are worked out before, and nothing that is hidden is in any row.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from plumbline.charts import mark
from plumbline.charts.mark import Spec, field, layer, parts, pixel
from plumbline.charts.theme import Theme

Record = dict[str, Any]
KEYS = ("a", "b", "c", "d")
SIGNS = {"a": "●", "b": "◆", "c": "▲", "d": "▼"}
SHAPES = ("circle", "diamond", "triangle-up", "triangle-down")
DASHES = ([1, 0], [7, 4], [2, 3], [10, 3, 2, 3])
_UNITS = {"day": "d", "week": "wk", "month": "mo"}
_MONTHS = 12
_NEAR = 1e-9  # three steps of 0.1 end at 0.3
SIZE = mark.SIZE
SMALL: Spec = {"expr": "width < 420 ? 10.5 : 12"}  # of what stands side by side under an axis
LEFT = 66  # of every chart over the visits, so that those below each other have one axis
ROW = 17
BLOCK = 3 * ROW + 2  # a group's rows under the axis: its name, two lines of numbers
APART = 0.2  # between the groups' marks at one visit, of the way to the next


def visit_words(visit: str, label: str) -> str:
    """A visit in few letters, as an axis has it: "3 mo" for "month_3"; its label where its name isn't of that form."""
    unit, _, count = visit.partition("_")
    if visit == "baseline":
        return "before"
    if unit not in _UNITS or not count.isdecimal():
        return label
    years, months = divmod(int(count), _MONTHS)
    return f"{years} yr" if unit == "month" and years and not months else f"{count} {_UNITS[unit]}"


def in_a_sentence(label: str) -> str:
    """A label that goes on in a sentence: "back pain", but "EQ VAS"."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def dodged(place: float, turn: int, count: int, apart: float = APART) -> float:
    """Where a mark stands at a visit, beside the others': all of them take `apart` of the way to the next visit."""
    return place + (turn - (count - 1) / 2) * apart / max(1, count - 1)


def scaled(values: Sequence[float | None], minimum: float, maximum: float) -> tuple[float, float]:
    """The ends of an axis: the instrument's own, or around the values where they fill less than a third of that."""
    known = [value for value in values if value is not None]
    if not known or max(known) - min(known) >= (maximum - minimum) / 3:
        return minimum, maximum
    span = (max(known) - min(known)) or (maximum - minimum) / 10
    step = round_step(span / 2)
    low, high = (min(known) // step - 1) * step, (max(known) // step + 2) * step
    return round(max(minimum, low), 6), round(min(maximum, high), 6)


def round_step(span: float) -> float:
    """The largest of 1, 2 and 5 times a power of ten of which two fill a span."""
    size = 10.0 ** math.floor(math.log10(span))
    return max(size * part for part in (0.1, 0.2, 0.5) if size * part * 2 <= span)


def ticks(low: float, high: float, most: int = 5) -> list[float]:
    """Both ends of an axis, and between them round values in at most so many steps; none crowds the upper end."""
    size = 10.0 ** math.floor(math.log10((high - low) / most))
    step = next(size * part for part in (1, 2, 5, 10) if (high - low) / (size * part) <= most + _NEAR)
    halves = low / step * 2
    first = low if abs(halves - round(halves)) < _NEAR else math.ceil(low / step) * step
    inner = [first + step * turn for turn in range(1 if first == low else 0, most + 1)]
    inner = [value for value in inner if low + step / 2 <= value + _NEAR and value <= high - step / 2 + _NEAR]
    return [low, *(round(value, 6) for value in inner), high]


def by_group(theme: Theme) -> Spec:
    """A group's colour; always with its shape, and with its dash on a line."""
    return {"field": "group", "type": "nominal", "legend": None,
            "scale": {"domain": list(KEYS), "range": list(theme.groups)}}  # fmt: skip


def shape() -> Spec:
    """A group's shape."""
    return {"field": "group", "type": "nominal", "legend": None,
            "scale": {"domain": list(KEYS), "range": list(SHAPES)}}  # fmt: skip


def dash() -> Spec:
    """How a group's line is drawn."""
    return {"field": "group", "type": "nominal", "legend": None,
            "scale": {"domain": list(KEYS), "range": list(DASHES)}}  # fmt: skip


def over_visits(name: str, visits: int) -> Spec:
    """The x axis of visits, evenly spaced; their names are rows of the data."""
    scale = {"domain": [-0.45, visits - 0.55], "nice": False, "zero": False}
    return {"field": name, "type": "quantitative", "axis": None, "scale": scale}


def words_at(rows: list[Spec], colour: str, y: float, **mark: Any) -> Spec:
    """Words of the rows, so many pixels from the top."""
    look = {"type": "text", "fontSize": SIZE, "baseline": "middle", "color": colour, **mark}
    return layer(rows, look, text=field("text"), y=pixel(y))


def named(theme: Theme, top: float, part: str = "name") -> list[Spec]:
    """A group's sign and name above its rows, which makes them the legend; rows: part, group, turn, text."""
    y = pixel(f"{top} + datum.turn * {BLOCK}")
    point = {"type": "point", "filled": True, "size": 70, "opacity": 1}
    word = {"type": "text", "align": "left", "dx": 16, "fontSize": SIZE, "fontWeight": 600, "baseline": "middle",
            "color": theme.text, "limit": {"expr": "width - 16"}}  # fmt: skip
    return [
        layer(parts(part), point, x=pixel(6), y=y, fill=by_group(theme), shape=shape()),
        layer(parts(part), word, x=pixel(0), y=y, text=field("text")),
    ]


def numbers(theme: Theme, top: float, x: Spec, part: str, line: int) -> Spec:
    """One line of numbers in a group's rows; what can't be compared is red, bold and has its sign in the text."""
    size = {"expr": f"width < 420 ? {11 - line / 2} : {SIZE + 0.5 - line / 2}"}
    mark = {"type": "text", "fontSize": size, "baseline": "middle", "align": "center"}
    colour: Spec = {"condition": {"test": "datum.is_thin", "value": theme.red_flag},
                    "value": theme.muted if line > 1 else theme.text}  # fmt: skip
    y = pixel(f"{top} + datum.turn * {BLOCK} + {line * ROW}")
    return layer(parts(part), mark, x=x, y=y, text=field("text"), color=colour)


def whole(theme: str, height: float, layers: list[Spec], **more: Any) -> Spec:
    """As `mark.whole`; only the width fits its place: rows under an axis take what height they need."""
    return mark.whole(theme, height, layers, autosize={"type": "fit-x", "contains": "padding"}, **more)


def axis_of_better(low: float, high: float, step: float, less: str, more: str) -> Spec:
    """A y axis of differences, up for the better: "2 less", "same", "2 more"; never a minus sign."""
    values = [round(step * turn, 6) for turn in range(round(low / step), round(high / step) + 1)]
    said = f"datum.value == 0 ? 'same' : format(abs(datum.value), '.6~g') + (datum.value > 0 ? ' {less}' : ' {more}')"
    return {"values": values, "title": None, "grid": True, "labelExpr": said, "minExtent": LEFT - 8,
            "maxExtent": LEFT - 8}  # fmt: skip


