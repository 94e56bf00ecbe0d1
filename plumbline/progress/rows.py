"""A chart's marks as rows of one table, for renderings that draw from data."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from plumbline.progress import placing
from plumbline.progress.model import Chart
from plumbline.progress.placing import WORST, Frame

_STRIPE = 0.016

Row = dict[str, Any]


def of(chart: Chart, frame: Frame) -> list[Row]:
    """The rows: `part` says what each is. Edges and stripes of the range, the word in it, scores, gaps, ticks.

    `frame`: how large it is drawn; `dx` and `dy` are pixels from a mark to the baseline of its label.
    """
    placed = placing.of(chart, frame)
    rows: list[Row] = [{"part": "edge", "at": edge.at, "low": edge.low, "high": edge.high} for edge in chart.edges]
    rows += _stripes(chart)
    if placed.word:
        at, high, place = placed.word
        down = -8 if place.side == "above" else 24
        rows.append({"part": "word", "at": at, "value": high, "label": chart.expected, "run": place.run, "dy": down})
    rows += _visits(chart, placed)
    side = "below" if any(visit.value is None for visit in chart.visits) else ""  # below the marks of those
    rows += [
        {"part": "tick", "at": tick.at, "label": tick.label, "run": placing.tick_run(tick.at), "side": side}
        for tick in chart.ticks
    ]
    rows.append({"part": "end", "value": 0, "label": chart.best})
    rows.append({"part": "end", "value": WORST, "label": chart.worst, "at": placing.worst_at(chart, frame)})
    return [{**_EMPTY, **row} for row in rows]


_EMPTY: Row = {
    **dict.fromkeys(("part", "label", "side", "run", "when", "sentence", "key"), ""),
    **dict.fromkeys(("at", "value", "low", "high", "dx", "dy"), 0),
    "stretch": 0,
    "is_latest": False,
}


def _visits(chart: Chart, placed: placing.Placed) -> list[Row]:
    rows: list[Row] = []
    stretch = 0
    for visit in chart.visits:
        stretch += visit.value is None
        place = placed.labels.get(visit.key)
        dx, dy = placing.offset(place, is_newest=visit.is_latest) if place else (0, 0)
        rows.append(
            {
                "part": "gap" if visit.value is None else "score",
                "at": visit.at, "value": WORST if visit.value is None else visit.value,
                "label": visit.label if place else "", "dx": dx, "dy": dy, "run": place.run if place else "center",
                "when": visit.when, "sentence": visit.sentence, "key": visit.key, "stretch": stretch,
                "is_latest": visit.is_latest,
            }
        )  # fmt: skip
    return rows


def _stripes(chart: Chart) -> list[Row]:
    """Upright lines through the range: it is told from the page without colour, too."""
    rows = []
    for one, next_one in pairwise(chart.edges):
        place = (int(one.at / _STRIPE) + 1) * _STRIPE
        while place < next_one.at:
            share = (place - one.at) / (next_one.at - one.at)
            low, high = (a + share * (b - a) for a, b in ((one.low, next_one.low), (one.high, next_one.high)))
            rows.append({"part": "stripe", "at": round(place, 4), "low": round(low, 3), "high": round(high, 3)})
            place += _STRIPE
    return rows


def said(chart: Chart) -> str:
    """The chart for whoever doesn't see it: what it is, then the sentence of each score."""
    return " ".join([chart.description, *(visit.sentence for visit in chart.visits)])
