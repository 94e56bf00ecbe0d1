"""Amber flags by month against what the clinics can look at."""

from __future__ import annotations

from functools import cache
from typing import Any

import altair as alt

from plumbline.charts.theme import THEMES

HEIGHT = 180


@cache
def load(theme: str) -> dict[str, Any]:
    """The chart's specification without data, for a theme ('light' or 'dark'); built once.

    Data: the rows of flag/load_by_month. Bars: amber flags per 100 patient-weeks; dashed: the budget.
    """
    colour = THEMES[theme]
    axis: dict[str, Any] = {
        "labelColor": colour.muted, "titleColor": colour.muted, "domainColor": colour.muted, "tickColor": colour.muted,
        "titleFontWeight": "normal",
    }  # fmt: skip
    x = alt.X(
        "yearmonth(month_on):O",
        title=None,
        axis=alt.Axis(format="%b %y", labelAngle=0, labelOverlap=True, grid=False, **axis),
    )
    y = alt.Y(
        "per_100_weeks:Q",
        title="per 100 patient-weeks",
        scale=alt.Scale(zero=True),
        axis=alt.Axis(gridColor=colour.muted, gridOpacity=0.25, tickCount=4, **axis),
    )
    tooltip = [
        alt.Tooltip("yearmonth(month_on):T", title="Month", format="%B %Y"),
        alt.Tooltip("amber:Q", title="Amber flags"),
        alt.Tooltip("patient_weeks:Q", title="Patient-weeks", format=",.0f"),
        alt.Tooltip("per_100_weeks:Q", title="Per 100 weeks", format=".1f"),
        alt.Tooltip("budget:Q", title="Budget", format=".1f"),
    ]
    chart = alt.Chart(alt.NamedData(name="rows"))
    bars = chart.mark_bar(color=colour.slower, width={"band": 0.62}).encode(x, y, tooltip=tooltip)
    budget = chart.mark_tick(color=colour.own, thickness=2, width={"band": 0.9}).encode(
        x, alt.Y("budget:Q", title="per 100 patient-weeks"), tooltip=tooltip
    )
    layered = alt.layer(bars, budget).properties(height=HEIGHT, width="container", background="transparent")
    spec = layered.configure_view(stroke=None).to_dict()
    return {key: part for key, part in spec.items() if key not in {"data", "datasets"}}
