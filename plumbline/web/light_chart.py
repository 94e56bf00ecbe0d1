"""The light page's chart, written as SVG: marks, range and words of `Chart` at the size of a phone, no number added."""

from __future__ import annotations

from itertools import pairwise

from markupsafe import escape

from plumbline.progress.model import Chart, Edge, Visit

WIDTH = 320
LEFT, RIGHT, TOP, BOTTOM = 34, 306, 34, 234
WORST = 10
REACH = 22  # half of what a finger needs
_AT_LEFT, _AT_RIGHT = 0.06, 0.86  # beyond these a word in the middle of its mark would leave the picture
_WORD = 84  # the width of the word in the range
_UNDER_BEST = 120  # left of this, above the first line, stands "No pain"
_LOW = 8  # from here down there is no room below a mark


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
    near = [None, *chart.visits, None]
    marks = [_mark(near[i], visit, near[i + 2]) for i, visit in enumerate(chart.visits)]
    parts = [_ground(chart), _range(chart.edges, chart.expected), _line(chart.visits), *marks, _ticks(chart, words)]
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
        f'<text class="end" x="{LEFT + 6}" y="{BOTTOM - 8}">{escape(chart.worst)}</text></g>'
    )


def _range(edges: tuple[Edge, ...], word: str) -> str:
    if not edges:
        return ""
    best = [(x(edge.at), y(edge.low)) for edge in edges]
    worst = [(x(edge.at), y(edge.high)) for edge in edges]
    area = " ".join(f"{a},{b}" for a, b in [*best, *reversed(worst)])
    edge = " ".join(f"{a},{b}" for a, b in worst)
    (first, left_edge), (last, right_edge) = worst[0], worst[-1]
    if last - first < _WORD:  # too narrow for its word, which stands below then
        place = f'x="{first}" y="{max(left_edge, right_edge) + 20}" text-anchor="start"'
    else:
        place = f'x="{last - 4}" y="{right_edge - 8}" text-anchor="end"'
    return (
        f'<g aria-hidden="true"><polygon class="range" points="{area}"/><polyline class="edge" points="{edge}"/>'
        f'<text class="word" {place}>{escape(word)}</text></g>'
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


def _mark(before: Visit | None, visit: Visit, after: Visit | None) -> str:
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
        f'{ring}<circle class="dot" cx="{a}" cy="{b}" r="5.5"/>{_label(before, visit, after, a, b)}</a>'
    )


def _label(before: Visit | None, visit: Visit, after: Visit | None, a: float, b: float) -> str:
    """What stands at a mark: where the line isn't. Above it, or below where the line came down from above."""
    if not visit.label or visit.value is None:
        return ""
    fell = before is not None and before.value is not None and before.value < visit.value
    falls = after is not None and after.value is not None and after.value > visit.value
    room = 20 if visit.is_latest else 12
    above_best = b - room < TOP and (visit.is_latest or a < _UNDER_BEST)
    anchor = "middle"
    if fell and visit.value > _LOW:
        anchor, a, b = "end", a - 17, b + 15
    elif fell and falls:
        anchor, a, b = "start", a + 5, b - 8
    else:
        b += room + 16 if above_best or fell else -room
        if visit.at > _AT_RIGHT:
            anchor, a = "end", min(a + 8, RIGHT + 8)
        elif visit.at < _AT_LEFT and visit.is_latest:
            anchor, a = "start", max(a - 8, LEFT - 8)
    kind = "newest" if visit.is_latest else "value"
    place = f'x="{round(a, 1)}" y="{round(b, 1)}" text-anchor="{anchor}"'
    return f'<text class="{kind}" {place}>{escape(visit.label)}</text>'


def _ticks(chart: Chart, words: int) -> str:
    found = []
    for tick in chart.ticks:
        anchor = "start" if tick.at < _AT_LEFT else ("end" if tick.at > _AT_RIGHT else "middle")
        place = {"start": 2, "end": WIDTH - 2}.get(anchor, x(tick.at))
        found.append(
            f'<line class="tick" x1="{x(tick.at)}" x2="{x(tick.at)}" y1="{BOTTOM}" y2="{BOTTOM + 5}"/>'
            f'<text class="when" x="{place}" y="{words}" text-anchor="{anchor}">{escape(tick.label)}</text>'
        )
    return '<g aria-hidden="true">' + "".join(found) + "</g>"
