"""Where the words in a chart have room: the newest score's first, then the others, and none on another.

A rendering says how large its picture and its letters are; what finds no room stands in the table alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from plumbline.progress.model import Chart, Visit

WORST = 10  # the scale of a pain score runs from 0 to here
_AT_LEFT, _AT_RIGHT = 0.06, 0.86  # beyond these a word in the middle of its mark would leave the picture
_LOW, _ASIDE = 8, 0.05
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


def worst_at(chart: Chart) -> float:
    """Where along the axis the word at the worst end begins: past a first score that lies low."""
    first = chart.visits[0] if chart.visits else None
    is_low = first is not None and first.at < _AT_LEFT and (first.value or 0) >= _LOW
    return _ASIDE if is_low else 0.0


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
        _box(6 + frame.x(worst_at(chart)), frame.height - frame.letters * 0.4, chart.worst, frame.letters, "left"),
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
