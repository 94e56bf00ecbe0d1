"""A small trend for one row of the worklist: the patient's pain over the expected band, up is better, ending today."""

from __future__ import annotations

from functools import cache
from typing import Any

import altair as alt

from plumbline.charts.theme import THEMES

WIDTH = 150
HEIGHT = 48
BEST, WORST = 0, 10
MOST_POINTS = 24  # a daily diary is a line: its points would only blot it
# The shapes of data/reference/verdict.csv as marks, so that the line's end says the same as the badge.
SHAPES = {
    "red_flag": "M-.7,1.5 L-.7,-1.5 L1.7,-.6 L-.4,.3 L-.4,1.5 Z",
    "new_problem": "triangle-up",
    "slower": "diamond",
    "cannot_tell": "circle",
    "ahead": "cross",
    "on_course": "circle",
    "closed": "square",
}


@cache
def trend(theme: str) -> dict[str, Any]:
    """The chart's specification without data, for a theme ('light' or 'dark'); built once.

    Data: the rows of worklist/trend_by_day for one course, with its `verdict`. Position runs from 0 (the
    baseline) to 1 (the chosen day) with the early days stretched; value, low and high are scores from 0 to 10.
    Every domain is fixed: all trends share one scale, and nothing waits for data. A screen reader has its `alt`.
    """
    colour = THEMES[theme]
    x = alt.X("position:Q", axis=None, scale=alt.Scale(domain=[0, 1], nice=False, padding=8))
    scale = alt.Scale(domain=[BEST, WORST], reverse=True, nice=False, padding=4)
    axis = alt.Axis(
        values=[BEST, WORST],
        labels=False,
        ticks=False,
        domain=False,
        title=None,
        gridColor=colour.muted,
        gridOpacity=0.3,
    )
    y = alt.Y("value:Q", axis=axis, scale=scale)
    shape = alt.Shape("verdict:N", legend=None, scale=alt.Scale(domain=list(SHAPES), range=list(SHAPES.values())))
    state = alt.Scale(domain=list(SHAPES), range=[colour.state(verdict) for verdict in SHAPES])
    tooltip = [alt.Tooltip("day:Q", title="Day"), alt.Tooltip("value:Q", title="Pain")]

    chart = alt.Chart(alt.NamedData(name="rows"))
    band = (
        chart.transform_filter("datum.kind == 'band'")
        .mark_area(interpolate="step-after", color=colour.band, opacity=0.3)
        .encode(x, alt.Y("low:Q", axis=axis, scale=scale), alt.Y2("high:Q"))
    )
    today = chart.transform_filter("datum.kind == 'today'").mark_rule(color=colour.accent, strokeWidth=1.2).encode(x)
    scores = chart.transform_filter("datum.kind == 'score' || datum.kind == 'baseline'")
    line = scores.mark_line(color=colour.own, strokeWidth=1.8).encode(x, y)
    few = scores.transform_joinaggregate(number="count()").transform_filter(f"datum.number <= {MOST_POINTS}")
    points = few.mark_point(color=colour.own, filled=True, size=12, opacity=1).encode(x, y, tooltip=tooltip)
    last = (
        scores.transform_window(turn="row_number()", sort=[alt.SortField("day", order="descending")])
        .transform_filter("datum.turn == 1")
        .mark_point(filled=True, size=90, opacity=1, stroke=colour.page, strokeWidth=1)
        .encode(x, y, shape=shape, color=alt.Color("verdict:N", legend=None, scale=state), tooltip=tooltip)
    )
    layered = alt.layer(band, today, line, points, last).properties(
        width=WIDTH,
        height=HEIGHT,
        background="transparent",
        autosize={"type": "fit", "contains": "padding"},
        padding=dict.fromkeys(("left", "top", "right", "bottom"), 0),  # a plain 0 makes Streamlit add 20 px below
    )
    spec = layered.configure_view(stroke=None).configure_mark(aria=False).to_dict()
    return {key: part for key, part in spec.items() if key not in {"data", "datasets"}}
