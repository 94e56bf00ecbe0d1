"""The chart of one course: a linked stack of panels on one time axis, today as the plumb line through all of them.

The spec holds no patient data. It is written as Vega-Lite itself: Altair would need 150 ms to check what a test
checks once (tests/charts), and a patient page may cost little more than a page with one plain chart.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from plumbline.charts import band, bars, track
from plumbline.charts.axis import Preset, x_axis, x_scale
from plumbline.charts.mark import GAP, ROW, WIDE, Spec, haloed, title_row, title_text
from plumbline.charts.panel import Panel, hits, own, y_axis
from plumbline.charts.theme import THEMES, Theme

PICK = "pick"
MOST_BARS = 8
MOST_POINTS = 900  # with all else a chart stays under 2,000 marks, which a browser draws in a quarter of a second
FONT = '"Source Sans", sans-serif'
BOB = "M-0.5,-1L0.5,-1L0.5,-0.2L0,1L-0.5,-0.2Z"


@dataclass(frozen=True)
class Layout:
    """Which panels a course has: instruments in their order, rows of milestones and medicines, events or not."""

    panels: tuple[Panel, ...]
    has_phases: bool
    milestones: int
    medicines: int
    has_events: bool


def _plumb_line(theme: Theme, x: Spec, top: float, height: float) -> list[Spec]:
    today = {"transform": [{"filter": "datum.id == 'today' && datum.state == 'now'"}]}
    shared = {"transform": [{"filter": {"param": "hover", "empty": False}}]}
    over = {"x": x, "y": {"value": top}, "y2": {"value": height}}
    return [
        {
            **shared,
            "mark": {"type": "rule", "strokeDash": [2, 2], "color": theme.muted, "strokeWidth": 1},
            "encoding": over,
        },
        {**today, "mark": {"type": "rule", "color": theme.accent, "strokeWidth": 1.6}, "encoding": over},
    ]


def _bob(theme: Theme, x: Spec, foot: float) -> list[Spec]:
    today = {"transform": [{"filter": "datum.id == 'today' && datum.state == 'now'"}]}
    beyond = {"transform": [{"filter": "datum.id == 'today' && datum.state != 'now'"}]}
    words = {"type": "text", "fontSize": 12.5, "fontWeight": 600, "color": theme.accent, "baseline": "middle"}
    left = "scale('x', datum.x) > width - 130"
    side = {"align": {"expr": f"{left} ? 'right' : 'left'"}, "dx": {"expr": f"{left} ? -10 : 10"}}
    at = {"x": x, "y": {"value": foot - 7}}
    end = {"x": {"value": {"expr": "edge"}}, "y": {"value": foot - 7}, "text": {"field": "word"}}
    return [
        {
            **today,
            "mark": {"type": "point", "shape": BOB, "size": 260, "filled": True, "color": theme.accent, "opacity": 1},
            "encoding": at,
        },
        *haloed({**today, "mark": {**words, **side}, "encoding": {**at, "text": {"field": "word"}}}, theme),
        {**beyond, "mark": {**words, "align": "right"}, "encoding": end},
    ]


def _first_day(theme: Theme, x: Spec, height: int) -> list[Spec]:
    """On the axis in hours: nothing was published on the first 24 h, so there is no band and the chart says so."""
    row = {"transform": [{"filter": "datum.id == 'today'"}]}
    day = {"x": {"datum": 0, **_bare(x)}, "x2": {"datum": 1}, "y": {"value": 0}, "y2": {"value": height}}
    words = {"type": "text", "fontSize": 11.5, "color": theme.muted, "align": "center", "baseline": "bottom"}
    at = {"x": {"value": {"expr": "(scale('x', 0) + scale('x', 1)) / 2"}}, "y": {"value": height - 6}}
    return [
        {**row, "mark": {"type": "rect", "fill": theme.band, "fillOpacity": 0.07}, "encoding": day},
        {**row, "mark": {**words, "text": "no scores were published here"}, "encoding": at},
    ]


def _bare(x: Spec) -> Spec:
    return {key: value for key, value in x.items() if key != "field"}


def _panel(panel: Panel, theme: Theme, x: Spec, preset: Preset) -> list[Spec]:
    """All layers of an instrument's panel, back to front."""
    y = y_axis(panel)
    return [
        *band.band(panel, theme, x, y),
        *(_first_day(theme, x, panel.height) if preset.kind == "hours" and panel.is_primary else []),
        *band.acceptable(panel, theme, y),
        *(band.missed(panel, theme, x) if panel.is_primary else []),
        *own(panel, theme, x, y),
        *band.words(panel, theme, y),
        *title_text(panel.title, theme),
        hits(panel, x, y),
    ]


def _parts(theme: Theme, preset: Preset, x: Spec, last: Spec, layout: Layout) -> list[tuple[int, list[Spec]]]:
    """Height and layers of each view, from the top; `last` is the x encoding that carries the axis."""
    parts = [(20, track.phases(theme, x))] if layout.has_phases else []
    parts += [(panel.height, _panel(panel, theme, x, preset)) for panel in layout.panels]
    if layout.milestones:
        layers = [*bars.milestones(theme, x, layout.milestones), *title_row("milestone", theme)]
        parts.append((ROW * layout.milestones, layers))
    if layout.medicines:
        layers = [*bars.medicines(theme, x, layout.medicines), *title_row("medicine", theme)]
        parts.append((ROW * layout.medicines, layers))
    foot = 80 if layout.has_events else 62
    visits = track.visits(theme, last, layout.has_events, layout.has_phases)
    return [*parts, (foot, [*visits, *_bob(theme, last, foot)])]


@lru_cache(maxsize=512)
def spec(theme_name: str, preset: Preset, kind: str, layout: Layout) -> Spec:
    """The whole chart without data; `kind` is days or dates. Callers add data and `zero`, and never change it."""
    theme = THEMES[theme_name]
    x: Spec = {
        "field": "x",
        "type": "quantitative",
        "scale": x_scale(preset),
        "axis": x_axis(preset, kind, labels=False),
    }
    last = {**x, "axis": x_axis(preset, kind, labels=True)}
    parts = _parts(theme, preset, x, last, layout)
    apart = dict.fromkeys(("shape", "fill", "stroke", "color", "size"), "independent")
    views: list[Spec] = []
    for number, (height, layers) in enumerate(parts):
        is_last = number == len(parts) - 1
        lines = _plumb_line(theme, last if is_last else x, -GAP if number else 0, height - 14 if is_last else height)
        hit = [layer for layer in layers if "name" in layer]
        front = [layer for layer in layers if layer not in hit and layer["mark"]["type"] in ("point", "text")]
        back = [layer for layer in layers if layer not in hit and layer not in front]
        stack = [*back, *lines, *front, *hit]  # no line runs over a word or a point
        views.append({"height": height, "view": {"stroke": None}, "layer": stack, "resolve": {"scale": apart}})
    return {
        "description": describe(preset, layout),
        "vconcat": views,
        "spacing": GAP,
        "bounds": "flush",
        "background": None,
        "padding": {"left": 0, "right": 0, "top": 2, "bottom": 4},
        "params": _params([layer["name"] for view in views for layer in view["layer"] if "name" in layer]),
        "resolve": {"scale": {"x": "shared", **apart}},
        "config": _config(theme),
    }


def _params(hits: list[str]) -> list[Spec]:
    return [
        {"name": "gutter", "expr": f"{WIDE} ? 84 : 72"},
        {"name": "edge", "expr": f"width - ({WIDE} ? 104 : 12)"},
        {
            "name": PICK,
            "select": {"type": "point", "fields": ["note_id"], "on": "click", "toggle": False},
            "views": hits,
        },
        {
            "name": "hover",
            "select": {"type": "point", "fields": ["x"], "on": "pointerover", "clear": "pointerout"},
            "views": hits,
        },
    ]


def _config(theme: Theme) -> Spec:
    return {
        "font": FONT,
        "view": {"stroke": None},
        "mark": {"aria": False},
        "axis": {
            "aria": False,
            "labelColor": theme.muted,
            "titleColor": theme.muted,
            "gridColor": theme.muted,
            "gridOpacity": 0.18,
            "domainColor": theme.muted,
            "domainOpacity": 0.4,
            "labelFontSize": 11.5,
            "titleFontSize": 11.5,
            "titleFontWeight": 400,
        },
    }


def describe(preset: Preset, layout: Layout) -> str:
    """What a screen reader says of the chart; the table switch has the same rows as text."""
    names = ", ".join(panel.title for panel in layout.panels) or "no scores"
    return (
        f"Course against the expected range, {preset.label.lower()}, up is better: {names}; below, milestones, "
        "medicines, visits, events and notes. The Table switch shows the same rows as text."
    )
