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


# The colour of each state: never red, which is a danger sign's; each lighter or darker than all others by 15 (CIE L*),
# so that they are told apart in grey, and words on each stand out. A test holds both.
FILLS = {
    "light": {
        "received": "#317A8A", "late": "#BD943A", "missed": "#7C3308", "not_due": "#EFF3F2", "withdrew": "#BEC5C7",
        "dead": "#17262C",
    },
    "dark": {
        "received": "#86D9E2", "late": "#FFF7D6", "missed": "#DE8C4B", "not_due": "#19252B", "withdrew": "#3B474B",
        "dead": "#5E6B6F",
    },
}  # fmt: skip
AS_TEXT = {"light": ("late", "not_due", "withdrew"), "dark": ("dead", "not_due", "withdrew")}
"""The states whose blocks bear words in the colour of the text; on the others they have the page's."""


@cache
def states(theme: str, bars: int) -> dict[str, Any]:
    """The chart's specification without data, for a theme ('light' or 'dark') and a number of visits; built once.

    Data: the rows of followup/total_by_state. A block is chosen by a click: its visit and its state.
    """
    colour = THEMES[theme]
    fills = FILLS[theme]
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
        "layer": [_blocks(colour, scale, legend), _numbers(colour, AS_TEXT[theme])],
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


def _numbers(colour: Theme, as_text: tuple[str, ...]) -> Spec:
    """The number and the state where they have room, else the number, else nothing: the table has them all."""
    counted = [{"calculate": "format(datum.visits, ',')", "as": "number"}]
    text = f"{_ROOM} > {_LONG} ? datum.words : {_ROOM} > {_SHORT} ? datum.number : ''"
    shade = when(" || ".join(f"datum.state == '{state}'" for state in as_text), colour.text, colour.page)
    mark = {"type": "text", "align": "left", "baseline": "middle", "dx": 6, "fontSize": 12, "fontWeight": 600,
            "tooltip": None, "cursor": "pointer"}  # fmt: skip
    return layer(counted, mark, text=pixel(text), color=shade)
