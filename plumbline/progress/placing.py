"""Where the words in a chart have room: the newest score's first, then the others, and none on another.

A rendering says how large its picture and its letters are; what finds no room stands in the table alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from plumbline.progress.model import Chart, Visit

WORST = 10  # the scale of a pain score runs from 0 to here
_AT_LEFT, _AT_RIGHT = 0.06, 0.86  # beyond these a word in the middle of its mark would leave the picture
_STEP = 0.05  # of the axis, in which the word at the worst end is tried
_PARTS, _LINE = 12, 3  # of a stretch of line, to see what it touches
_LETTER = 0.57  # a letter's width, of its height
_DOT, _RING = 7, 13
_GAP = {True: 20, False: 12}  # from a mark to the word above it: the newest has a ring

Box = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True)
class Frame:
    """How large the lines of a picture and its letters are, in pixels."""

    width: float
    height: float
    letters: float = 18
    newest: float = 22

    def x(self, at: float) -> float:
        """Pixels from the left end of the lines."""
        return at * self.width

    def y(self, value: float) -> float:
        """Pixels from the top line: no pain is up."""
        return value / WORST * self.height


@dataclass(frozen=True)
class Place:
    """A word at a mark: on which side of it, and how its letters run from there (left, center, right)."""

    side: str
    run: str


@dataclass
class Placed:
    """Every word that has room: by the key of its visit; and the word in the range, from its end."""

    labels: dict[str, Place] = field(default_factory=dict)
    word: tuple[float, int, Place] | None = None


def offset(place: Place, *, is_newest: bool) -> tuple[float, float]:
    """Pixels right and down from the mark to where the letters stand (their baseline)."""
    gap = _GAP[is_newest]
    edge = {"center": 0, "right": 8, "left": -8}[place.run]
    found = {
        "above": (edge, -gap), "below": (edge, gap + 16), "right": (5, -8), "left": (-gap - 3, 15), "beside": (18, 7)
    }  # fmt: skip
    return found[place.side]


def tick_run(at: float) -> str:
    """How the letters of a tick run from its place: not out of the picture."""
    return "left" if at < _AT_LEFT else "right" if at > _AT_RIGHT else "center"


def worst_at(chart: Chart, frame: Frame) -> float:
    """Where along the axis the word at the worst end begins: where scores touch it least, the left first."""
    drawn = _way(chart, frame)

    def touches(at: float) -> int:
        box = _worst(chart, frame, at)
        return sum(_touch(box, one) for one in drawn) + (len(drawn) + 1) * (box[2] > frame.width)

    return min((step * _STEP for step in range(round(1 / _STEP))), key=touches)


def _worst(chart: Chart, frame: Frame, at: float) -> Box:
    return _box(6 + frame.x(at), frame.height - frame.letters * 0.4, chart.worst, frame.letters, "left")


def _way(chart: Chart, frame: Frame) -> list[Box]:
    """The scores and the line between them, as boxes."""
    found = []
    for one, other in pairwise(chart.visits):
        if one.value is None or other.value is None:
            continue
        for part in range(_PARTS + 1):
            share = part / _PARTS
            at, value = one.at + share * (other.at - one.at), one.value + share * (other.value - one.value)
            x, y = frame.x(at), frame.y(value)
            found.append((x - _LINE, y - _LINE, x + _LINE, y + _LINE))
    return found + [_dot(visit, frame) for visit in chart.visits if visit.value is not None]


def of(chart: Chart, frame: Frame) -> Placed:
    """The words of a chart that have room in a picture."""
    placed = Placed()
    taken = _ends(chart, frame)
    dots = {visit.key: _dot(visit, frame) for visit in chart.visits if visit.value is not None}
    near: list[Visit | None] = [None, *chart.visits, None]
    order = [(visit, near[i], near[i + 2]) for i, visit in enumerate(chart.visits) if visit.label]
    order.sort(key=lambda one: (not one[0].is_latest, one[1] is not None, -one[0].at))
    for visit, before, after in order:
        others = [*taken, *(box for key, box in dots.items() if key != visit.key)]
        places = _candidates(before, visit, after)
        faults = [_faults(_label(visit, place, frame), others, frame) for place in places]
        least = min(faults)
        if least == 0 or visit.is_latest:  # the newest always has its label
            place = places[faults.index(least)]
            placed.labels[visit.key] = place
            taken.append(_label(visit, place, frame))
    placed.word = _word(chart, frame, [*taken, *dots.values()])
    return placed


def _candidates(before: Visit | None, visit: Visit, after: Visit | None) -> list[Place]:
    """The sides of a mark on which a label may stand, the one away from the line first."""
    value = visit.value or 0
    fell = before is not None and before.value is not None and before.value < value
    falls = after is not None and after.value is not None and after.value > value
    first = ["right"] if fell and falls else ["below"] if fell else ["above"]
    sides = ["beside"] if visit.is_latest else []
    sides += [*first, *(one for one in ("above", "below", "right", "left") if one not in first)]
    runs = {"beside": "left", "right": "left", "left": "right"}
    middle = ("right", "center") if visit.at > _AT_RIGHT else ("center", "right", "left")
    return [Place(side, run) for side in sides for run in ((runs[side],) if side in runs else middle)]


def _faults(box: Box, others: list[Box], frame: Frame) -> int:
    return sum(_touch(box, other) for other in others) + (0 if _inside(box, frame) else len(others) + 1)


def _label(visit: Visit, place: Place, frame: Frame) -> Box:
    right, down = offset(place, is_newest=visit.is_latest)
    size = frame.newest if visit.is_latest else frame.letters
    return _box(frame.x(visit.at) + right, frame.y(visit.value or 0) + down, visit.label, size, place.run)


def _box(x: float, baseline: float, text: str, size: float, run: str) -> Box:
    wide = len(text) * size * _LETTER
    left = {"left": x, "center": x - wide / 2, "right": x - wide}[run]
    return left, baseline - 0.8 * size, left + wide, baseline + 0.1 * size


def _dot(visit: Visit, frame: Frame) -> Box:
    x, y, size = frame.x(visit.at), frame.y(visit.value or 0), _RING if visit.is_latest else _DOT
    return x - size, y - size, x + size, y + size


def _ends(chart: Chart, frame: Frame) -> list[Box]:
    """The words at both ends of the scale."""
    return [
        _box(0, -frame.letters * 0.6, chart.best, frame.letters, "left"),
        _worst(chart, frame, worst_at(chart, frame)),
    ]


def _inside(box: Box, frame: Frame) -> bool:
    return box[0] >= -frame.letters and box[2] <= frame.width + 14 and box[1] >= -34 and box[3] <= frame.height + 4


def _touch(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _word(chart: Chart, frame: Frame, taken: list[Box]) -> tuple[float, int, Place] | None:
    """The word in the range: in it or below it, at its end or its beginning, where it touches least."""
    if not chart.edges:
        return None
    first, last = chart.edges[0], chart.edges[-1]
    ways = [
        (edge.at, edge.high, Place(side, run))
        for side in ("above", "below")
        for edge, run in ((last, "right"), (first, "left"))
    ]

    def touches(way: tuple[float, int, Place]) -> int:
        at, high, place = way
        down = -8 if place.side == "above" else 24
        box = _box(frame.x(at), frame.y(high) + down, chart.expected, frame.letters, place.run)
        outside = box[0] < 0 or box[2] > frame.width + 4 or box[3] > frame.height
        narrow = place.side == "above" and box[2] - box[0] > frame.x(last.at - first.at)
        return sum(_touch(box, other) for other in taken) + outside * 3 + narrow

    return min(ways, key=touches)
