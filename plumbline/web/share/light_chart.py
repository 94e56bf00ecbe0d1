"""The light page's chart, written as SVG: marks, range and words of `Chart` at the size of a phone, no number added."""

from __future__ import annotations

from itertools import pairwise

from markupsafe import escape

from plumbline.progress import placing
from plumbline.progress.model import Chart, Visit
from plumbline.progress.placing import WORST, Frame, Place, Placed

WIDTH = 320
LEFT, RIGHT, TOP, BOTTOM = 34, 306, 34, 234
FRAME = Frame(RIGHT - LEFT, BOTTOM - TOP)
REACH = 22  # half of what a finger needs
ANCHORS = {"left": "start", "center": "middle", "right": "end"}


def x(at: float) -> float:
    """Pixels from the left."""
    return round(LEFT + at * (RIGHT - LEFT), 1)


def y(value: float) -> float:
    """Pixels from the top: no pain is up."""
    return round(TOP + value / WORST * (BOTTOM - TOP), 1)


def drawn(chart: Chart) -> str:
    """The chart as SVG; each score is a link to its row, and says its sentence."""
    has_gaps = any(visit.value is None for visit in chart.visits)
    words = BOTTOM + (38 if has_gaps else 26)
    placed = placing.of(chart, FRAME)
    marks = [_mark(visit, placed.labels.get(visit.key)) for visit in chart.visits]
    parts = [_ground(chart), _range(chart, placed), _line(chart.visits), *marks, _ticks(chart, words)]
    return (
        f'<svg class="chart" viewBox="0 0 {WIDTH} {words + 10}" role="group" '
        f'aria-label="{escape(chart.description)}">' + "".join(parts) + "</svg>"
    )


def _ground(chart: Chart) -> str:
    lines = "".join(
        f'<line class="grid" x1="{LEFT}" x2="{RIGHT}" y1="{y(v)}" y2="{y(v)}"/>'
        f'<text class="scale" x="{LEFT - 8}" y="{y(v) + 6}" text-anchor="end">{v}</text>'
        for v in (0, WORST // 2, WORST)
    )
    return (
        '<defs><pattern id="stripes" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<rect width="7" height="7" class="wash"/><line class="stripe" x1="0" y1="0" x2="0" y2="7"/></pattern></defs>'
        f'<g aria-hidden="true">{lines}<text class="end" x="{LEFT}" y="{TOP - 12}">{escape(chart.best)}</text>'
        f'<text class="end" x="{x(placing.worst_at(chart, FRAME)) + 6}" y="{BOTTOM - 8}">{escape(chart.worst)}</text>'
        "</g>"
    )


def _range(chart: Chart, placed: Placed) -> str:
    if not chart.edges or placed.word is None:
        return ""
    best = [(x(edge.at), y(edge.low)) for edge in chart.edges]
    worst = [(x(edge.at), y(edge.high)) for edge in chart.edges]
    area = " ".join(f"{a},{b}" for a, b in [*best, *reversed(worst)])
    edge = " ".join(f"{a},{b}" for a, b in worst)
    at, high, place = placed.word
    down, anchor = {"above": -8, "below": 24}[place.side], ANCHORS[place.run]
    return (
        f'<g aria-hidden="true"><polygon class="range" points="{area}"/><polyline class="edge" points="{edge}"/>'
        f'<text class="word" x="{x(at)}" y="{y(high) + down}" text-anchor="{anchor}">{escape(chart.expected)}'
        "</text></g>"
    )


def _line(visits: tuple[Visit, ...]) -> str:
    """From score to score; a visit without one breaks the line."""
    runs: list[list[Visit]] = [[]]
    for visit in visits:
        if visit.value is None:
            runs.append([])
        else:
            runs[-1].append(visit)
    return "".join(
        '<polyline class="own" points="' + " ".join(f"{x(v.at)},{y(v.value or 0)}" for v in run) + '"/>'
        for run in runs
        if any(pairwise(run))
    )


def _mark(visit: Visit, place: Place | None) -> str:
    a = x(visit.at)
    start = f'<a href="#{escape(visit.key)}" aria-label="{escape(visit.sentence)}">'
    if visit.value is None:
        middle = BOTTOM + 11
        return f'{start}<circle class="reach" cx="{a}" cy="{middle}" r="14"/>' + (
            f'<circle class="none" cx="{a}" cy="{middle}" r="6"/></a>'
        )
    b = y(visit.value)
    ring = f'<circle class="ring" cx="{a}" cy="{b}" r="11"/>' if visit.is_latest else ""
    return (
        f'{start}<circle class="reach" cx="{a}" cy="{b}" r="{REACH}"/>'
        f'{ring}<circle class="dot" cx="{a}" cy="{b}" r="5.5"/>{_label(visit, place, a, b)}</a>'
    )


def _label(visit: Visit, place: Place | None, a: float, b: float) -> str:
    """What stands at a mark, where there is room beside the line."""
    if place is None:
        return ""
    right, down = placing.offset(place, is_newest=visit.is_latest)
    kind = "newest" if visit.is_latest else "value"
    where = f'x="{round(a + right, 1)}" y="{round(b + down, 1)}" text-anchor="{ANCHORS[place.run]}"'
    return f'<text class="{kind}" {where}>{escape(visit.label)}</text>'


def _ticks(chart: Chart, words: int) -> str:
    found = []
    for tick in chart.ticks:
        anchor = ANCHORS[placing.tick_run(tick.at)]
        place = {"start": 2, "end": WIDTH - 2}.get(anchor, x(tick.at))
        found.append(
            f'<line class="tick" x1="{x(tick.at)}" x2="{x(tick.at)}" y1="{BOTTOM}" y2="{BOTTOM + 5}"/>'
            f'<text class="when" x="{place}" y="{words}" text-anchor="{anchor}">{escape(tick.label)}</text>'
        )
    return '<g aria-hidden="true">' + "".join(found) + "</g>"
