"""The expected course for a chosen baseline: middle, half of people, 8 in 10 people; up is better."""

from __future__ import annotations

import math
from functools import cache
from typing import Any

import altair as alt

from plumbline.charts.theme import THEMES, Theme

HEIGHT = 340
TICKS = {1: "day 1", 3: "3", 7: "1 wk", 14: "2 wk", 30: "30", 42: "6 wk", 90: "3 mo", 180: "6 mo", 365: "1 year"}
SHAPES = {"published": "circle", "recalled": "diamond", "interpolated": "square", "assumed": "triangle-up"}


@cache
def expected_course(theme: str, best: float, worst: float, best_words: str, worst_words: str) -> dict[str, Any]:
    """Give the chart's specification without data, built once for each theme and scale; best and worst are its ends.

    Data: the rows of reference/band_by_day, in the instrument's unit. The days run on log(1 + day), as the curve
    itself does between its knots.
    """
    colour = THEMES[theme]
    x, ys = _x(colour), _ys(colour, best, worst, best_words, worst_words)
    chart = alt.Chart(alt.NamedData(name="rows"))
    chart = chart.transform_calculate(position=f"log(1 + datum.day) / {math.log(366)}")
    spread = chart.transform_filter("isValid(datum.p50)")
    layers = [
        spread.mark_area(color=colour.band, opacity=0.16, interpolate="step-after").encode(
            x, ys("p10"), alt.Y2("p90:Q")
        ),
        spread.mark_area(color=colour.band, opacity=0.3, interpolate="step-after").encode(
            x, ys("p25"), alt.Y2("p75:Q")
        ),
        *(
            spread.mark_line(color=colour.band, strokeWidth=0.8, interpolate="step-after").encode(x, ys(edge))
            for edge in ("p10", "p25", "p75", "p90")
        ),
        spread.mark_line(color=colour.text, strokeWidth=1.2, strokeDash=[5, 3], interpolate="step-after").encode(
            x, ys("p50")
        ),
        chart.mark_line(color=colour.accent, strokeWidth=1.8).encode(x, ys("mean")),
        _knots(chart, colour, x, ys("mean")),
        chart.mark_rule(opacity=0, strokeWidth=6).encode(x, tooltip=_tooltip()),
    ]
    layered = alt.layer(*layers).properties(
        width="container", height=HEIGHT, background="transparent", autosize={"type": "fit", "contains": "padding"}
    )
    spec = layered.configure_view(stroke=None).to_dict()
    return {key: part for key, part in spec.items() if key not in {"data", "datasets"}}


def _x(colour: Theme) -> alt.X:
    places = {round(math.log(1 + day) / math.log(366), 4): words for day, words in TICKS.items()}
    words = " : ".join(f"abs(datum.value - {place}) < 0.001 ? '{said}'" for place, said in places.items())
    axis = alt.Axis(
        values=list(places),
        labelExpr=f"{words} : ''",
        title="Days after the procedure; the early days are stretched",
        titleFontWeight="normal",
        titlePadding=6,
        offset=8,
        grid=True,
        gridColor=colour.muted,
        gridOpacity=0.15,
        domain=False,
        ticks=False,
        labelColor=colour.muted,
        titleColor=colour.muted,
        labelFontSize=12,
        titleFontSize=12,
    )
    return alt.X("position:Q", scale=alt.Scale(domain=[0.1, 1], nice=False), axis=axis)


def _ys(colour: Theme, best: float, worst: float, best_words: str, worst_words: str) -> Any:
    ends = f"datum.value == {best} ? '{best_words} ' + datum.label : datum.value == {worst} ? '{worst_words} '"
    axis = alt.Axis(
        values=[round(best + (worst - best) * part / 10, 3) for part in range(0, 11, 2)],
        title=None,
        grid=False,
        domain=False,
        ticks=False,
        labelExpr=f"{ends} + datum.label : datum.label",
        labelColor=colour.muted,
        labelFontSize=12,
        labelLimit=160,
    )
    scale = alt.Scale(domain=[min(best, worst), max(best, worst)], reverse=best < worst, nice=False)
    return lambda field: alt.Y(f"{field}:Q", scale=scale, axis=axis)


def _knots(chart: alt.Chart, colour: Theme, x: alt.X, y: alt.Y) -> Any:
    legend = alt.Legend(
        orient="top",
        title="Mean; its knots are",
        titleOrient="left",
        titleFontWeight="normal",
        labelColor=colour.text,
        titleColor=colour.muted,
        labelFontSize=12,
        titleFontSize=12,
        symbolFillColor=colour.accent,
        symbolStrokeColor=colour.accent,
    )
    shape = alt.Shape("how_known:N", scale=alt.Scale(domain=list(SHAPES), range=list(SHAPES.values())), legend=legend)
    points = chart.transform_filter("isValid(datum.knot_mean)")
    return points.mark_point(
        size=80, filled=True, opacity=1, color=colour.accent, stroke=colour.page, strokeWidth=1
    ).encode(x, y, shape=shape, tooltip=_tooltip())


def _tooltip() -> list[alt.Tooltip]:
    shown = {
        "day": "Day",
        "mean": "Mean",
        "p50": "Middle",
        "p25": "Half of people, from",
        "p75": "to",
        "p10": "8 in 10 people, from",
        "p90": "up to",
        "how_known": "Knot",
    }
    words = {"day", "how_known"}
    return [
        alt.Tooltip(f"{field}:Q", title=title, format=".3~r")
        if field not in words
        else alt.Tooltip(f"{field}:N", title=title)
        for field, title in shown.items()
    ]
