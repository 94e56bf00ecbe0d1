"""A chart's marks as rows of one table, for renderings that draw from data; and where a mark's label has room."""

from __future__ import annotations

from typing import Any

from plumbline.progress.model import Chart, Visit

WORST = 10  # the scale of a pain score runs from 0 to here
_LOW = 8  # from here down there is no room below a mark
_AT_LEFT, _AT_RIGHT = 0.06, 0.86  # beyond these a word in the middle of its mark would leave the picture
_UNDER_BEST = 0.3  # left of this, above the first line, stands "No pain"
_NARROW = 0.3  # a range narrower than this has its word below it
_STRIPE = 0.016

Row = dict[str, Any]


def label_side(before: Visit | None, visit: Visit, after: Visit | None) -> tuple[str, str]:
    """Where a label has room: above, below, right or left of its mark; and how its letters run from there.

    Not on the line: a score that came down from above has its label below.
    """
    value = visit.value or 0
    fell = before is not None and before.value is not None and before.value < value
    falls = after is not None and after.value is not None and after.value > value
    if fell and value > _LOW:
        return "left", "right"
    if fell and falls:
        return "right", "left"
    at_best = value <= (1 if visit.is_latest else 0) and (visit.is_latest or visit.at < _UNDER_BEST)
    side = "below" if at_best or fell else "above"
    if visit.at > _AT_RIGHT:
        return side, "right"
    return side, "left" if visit.at < _AT_LEFT and visit.is_latest else "center"


def word_side(chart: Chart) -> tuple[float, int, str]:
    """Where the word in the range stands: how far along the axis, at which score, and above or below that."""
    first, last = chart.edges[0], chart.edges[-1]
    if last.at - first.at < _NARROW:
        return first.at, max(first.high, last.high), "below"
    return last.at, last.high, "above"


def tick_run(at: float) -> str:
    """How the letters of a tick run from its place: not out of the picture."""
    return "left" if at < _AT_LEFT else "right" if at > _AT_RIGHT else "center"


def of(chart: Chart) -> list[Row]:
    """The rows: `part` says what each is. Edges and stripes of the range, the words in it, scores, gaps, ticks."""
    rows: list[Row] = [{"part": "edge", "at": edge.at, "low": edge.low, "high": edge.high} for edge in chart.edges]
    rows += _stripes(chart)
    if chart.edges:
        at, high, side = word_side(chart)
        run = "right" if side == "above" else "left"
        rows.append({"part": "word", "at": at, "value": high, "label": chart.expected, "side": side, "run": run})
    rows += _visits(chart)
    side = "below" if any(visit.value is None for visit in chart.visits) else ""  # below the marks of those
    rows += [
        {"part": "tick", "at": tick.at, "label": tick.label, "run": tick_run(tick.at), "side": side}
        for tick in chart.ticks
    ]
    rows += [{"part": "end", "value": value, "label": word} for value, word in ((0, chart.best), (WORST, chart.worst))]
    return [{**_EMPTY, **row} for row in rows]


_EMPTY: Row = {
    **dict.fromkeys(("part", "label", "side", "run", "when", "sentence", "key"), ""),
    **dict.fromkeys(("at", "value", "low", "high"), 0),
    "stretch": 0,
    "is_latest": False,
}


def _visits(chart: Chart) -> list[Row]:
    rows: list[Row] = []
    near = [None, *chart.visits, None]
    stretch = 0
    for place, visit in enumerate(chart.visits):
        stretch += visit.value is None
        side, run = label_side(near[place], visit, near[place + 2])
        rows.append(
            {
                "part": "gap" if visit.value is None else "score",
                "at": visit.at, "value": WORST if visit.value is None else visit.value, "label": visit.label,
                "side": side, "run": run, "when": visit.when, "sentence": visit.sentence, "key": visit.key,
                "stretch": stretch, "is_latest": visit.is_latest,
            }
        )  # fmt: skip
    return rows


def _stripes(chart: Chart) -> list[Row]:
    """Upright lines through the range: it is told from the page without colour, too."""
    rows = []
    for one, next_one in zip(chart.edges, chart.edges[1:], strict=False):
        place = (int(one.at / _STRIPE) + 1) * _STRIPE
        while place < next_one.at:
            share = (place - one.at) / (next_one.at - one.at)
            low, high = (a + share * (b - a) for a, b in ((one.low, next_one.low), (one.high, next_one.high)))
            rows.append({"part": "stripe", "at": round(place, 4), "low": round(low, 3), "high": round(high, 3)})
            place += _STRIPE
    return rows
