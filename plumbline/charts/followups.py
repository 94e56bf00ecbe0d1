"""Every planned visit in exactly one state: one bar a visit, its blocks the states, each with its number."""

from __future__ import annotations

from functools import cache
from typing import Any

from plumbline.charts.mark import Spec, field, layer, pixel, when
from plumbline.charts.theme import THEMES, Theme

PICK = "block"
FONT = '"Source Sans", sans-serif'
BAR_STEP = 30
AROUND = 48  # the legend above, the scale below
STATES = {"received": "received", "late": "late", "missed": "missed", "not_due": "not due", "withdrew": "withdrew",
          "dead": "died"}  # fmt: skip
_LONG, _SHORT = "6.4 * length(datum.words) + 14", "7 * length(datum.number) + 8"
_ROOM = "(datum.high - datum.low) * width"


def _fills(theme: Theme) -> dict[str, str]:
    """The colour of each state; never red, which is a danger sign's."""
    return {
        "received": theme.accent,
        "late": theme.slower,
        "missed": theme.new_problem,
        "not_due": theme.surface,
        "withdrew": f"{theme.muted}59",  # a third as strong
        "dead": theme.muted,
    }


@cache
def states(theme: str, bars: int) -> dict[str, Any]:
    """The chart's specification without data, for a theme ('light' or 'dark') and a number of visits; built once.

    Data: the rows of followup/total_by_state. A block is chosen by a click: its visit and its state.
    """
    colour = THEMES[theme]
    fills = _fills(colour)
    scale = {"domain": list(fills), "range": list(fills.values())}
    words = ", ".join(f"'{state}': '{said}'" for state, said in STATES.items())
    legend = {
        "orient": "top", "title": None, "columns": 6, "symbolType": "square", "symbolStrokeColor": colour.muted,
        "symbolStrokeWidth": 1, "labelExpr": f"{{{words}}}[datum.value]", "labelFontSize": 12,
    }  # fmt: skip
    axis = {"values": [0, 0.25, 0.5, 0.75, 1], "format": "%", "title": None, "grid": False, "ticks": False}
    across = {"type": "quantitative", "scale": {"domain": [0, 1], "nice": False}}
    spec: Spec = {
        "height": bars * BAR_STEP + AROUND,
        "background": "transparent",
        "padding": {"left": 0, "top": 0, "right": 8, "bottom": 0},
        "params": [{
            "name": PICK,
            "select": {"type": "point", "fields": ["visit", "state"], "on": "click", "toggle": False},
            "views": ["blocks"],
        }],
        "encoding": {
            "y": {
                "field": "label", "type": "nominal", "sort": {"field": "target_day", "op": "min"},
                "axis": {"title": None, "ticks": False, "domain": False, "labelPadding": 8},
                "scale": {"paddingInner": 0.24, "paddingOuter": 0.05},
            },
            "x": {**across, "field": "low", "axis": {**axis, "domain": False}},
        },
        "layer": [_blocks(colour, scale, legend), _numbers(colour)],
        "config": {
            "font": FONT,
            "view": {"stroke": None},
            "axis": {"labelColor": colour.muted, "labelFontSize": 12},
            "legend": {"labelColor": colour.text},
        },
    }  # fmt: skip
    return spec


def _blocks(colour: Theme, scale: Spec, legend: Spec) -> Spec:
    tooltip = [
        {"field": "label", "title": "Visit"},
        {"field": "state_label", "title": "State"},
        {"field": "visits", "title": "Visits", "format": ","},
        {"field": "in_all", "title": "of", "format": ","},
    ]
    drawn = layer(
        [], {"type": "bar", "stroke": colour.muted, "strokeWidth": 0.6, "cursor": "pointer"},
        x2=field("high"),
        fill={"field": "state", "type": "nominal", "scale": scale, "legend": legend},
        tooltip=tooltip,
    )  # fmt: skip
    return {**drawn, "name": "blocks"}


def _numbers(colour: Theme) -> Spec:
    """The number and the state where they have room, else the number, else nothing: the table has them all."""
    counted = [{"calculate": "format(datum.visits, ',')", "as": "number"}]
    text = f"{_ROOM} > {_LONG} ? datum.words : {_ROOM} > {_SHORT} ? datum.number : ''"
    light = when("datum.state == 'not_due' || datum.state == 'withdrew'", colour.text, colour.page)
    mark = {"type": "text", "align": "left", "baseline": "middle", "dx": 6, "fontSize": 12, "fontWeight": 600,
            "tooltip": None, "cursor": "pointer"}  # fmt: skip
    return layer(counted, mark, text=pixel(text), color=light)
