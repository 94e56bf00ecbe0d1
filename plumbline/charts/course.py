"""The chart of one course: a linked stack of panels on one time axis, today as the plumb line through all of them.

The spec holds no patient data. It is written as Vega-Lite itself: Altair would need 150 ms to check what a test
checks once (tests/charts), and a patient page may cost little more than a page with one plain chart.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from plumbline.charts import band, bars, track
from plumbline.charts.axis import Preset, x_axis, x_scale
from plumbline.charts.mark import (
    GAP,
    LABEL,
    ONCE,
    POINT,
    ROW,
    WIDE,
    Spec,
    field,
    haloed,
    layer,
    pixel,
    rows_of,
    title_row,
    title_text,
)
from plumbline.charts.panel import Panel, hits, own, y_axis
from plumbline.charts.theme import THEMES, Theme

PICK = "pick"
APART = dict.fromkeys(("shape", "fill", "stroke", "color", "size"), "independent")
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
    has_pins: bool = False


NOW = [{"filter": "datum.id == 'today' && datum.state == 'now'"}]
BEYOND = [{"filter": "datum.id == 'today' && datum.state != 'now'"}]
POINTED_AT = [{"filter": {"param": "hover", "empty": False}}]


def _plumb_line(theme: Theme, top: float, height: float) -> list[Spec]:
    crosshair = {"type": "rule", "strokeDash": [2, 2], "color": theme.muted, "strokeWidth": 1}
    line = {"type": "rule", "color": theme.accent, "strokeWidth": 1.6}
    over = {"y": pixel(top), "y2": pixel(height)}
    return [layer(POINTED_AT, crosshair, **over), layer(NOW, line, **over)]


def _pins(theme: Theme, top: float, height: float, named: bool) -> list[Spec]:
    """The moments compared, or the one stepped to: a dotted rule each, with its word above the first panel."""
    layers: list[Spec] = []
    for name, word in (("pin_from", {"expr": "pin_word"}), ("pin_to", "To")):
        here, x = [{"filter": f"datum.id == 'today' && isValid({name})"}], pixel(f"scale('x', {name})")
        rule = {"type": "rule", "strokeDash": [1, 3], "color": theme.text, "strokeWidth": 1.8}
        layers.append(layer(here, rule, x=x, y=pixel(top), y2=pixel(height)))
        if named:
            said = {**LABEL, "fontWeight": 600, "color": theme.text, "text": word, "align": "center"}
            layers += haloed(layer(here, said, x=x, y=pixel(height / 2)), theme)
    return layers


def _bob(theme: Theme, foot: float) -> list[Spec]:
    words = {**LABEL, "fontSize": 12.5, "fontWeight": 600, "color": theme.accent}
    left = "scale('x', datum.x) > width - 130"
    side = {"align": {"expr": f"{left} ? 'right' : 'left'"}, "dx": {"expr": f"{left} ? -10 : 10"}}
    y, text = pixel(foot - 7), field("word")
    return [
        layer(NOW, {**POINT, "shape": BOB, "size": 260, "color": theme.accent}, y=y),
        *haloed(layer(NOW, {**words, **side}, y=y, text=text), theme),
        layer(BEYOND, {**words, "align": "right"}, x=pixel("edge"), y=y, text=text),
    ]


def _first_day(theme: Theme, height: int) -> list[Spec]:
    """On the axis in hours: nothing was published on the first 24 h, so there is no band and the chart says so."""
    wash = {"type": "rect", "fill": theme.band, "fillOpacity": 0.07}
    words = {
        **LABEL,
        "color": theme.muted,
        "align": "center",
        "baseline": "bottom",
        "text": "no scores were published here",
    }
    middle = pixel("(scale('x', 0) + scale('x', 1)) / 2")
    return [
        layer(ONCE, wash, x=pixel("scale('x', 0)"), x2=pixel("scale('x', 1)"), y=pixel(0), y2=pixel(height)),
        layer(ONCE, words, x=middle, y=pixel(height - 6)),
    ]


def _panel(panel: Panel, theme: Theme, preset: Preset) -> list[Spec]:
    """All layers of an instrument's panel, back to front."""
    return [
        *band.band(panel, theme),
        *(_first_day(theme, panel.height) if preset.kind == "hours" and panel.is_primary else []),
        *band.acceptable(panel, theme),
        *(band.missed(panel, theme) if panel.is_primary else []),
        *own(panel, theme),
        *band.words(panel, theme),
        *title_text(panel.title, theme),
        hits(panel),
    ]


@dataclass(frozen=True)
class _Part:
    """One view of the stack: its height, its layers back to front, and the y axis that they share."""

    height: int
    layers: list[Spec]
    y: Spec | None = None


def _parts(theme: Theme, preset: Preset, layout: Layout) -> list[_Part]:
    parts = [_Part(20, track.phases(theme))] if layout.has_phases else []
    parts += [_Part(panel.height, _panel(panel, theme, preset), y_axis(panel)) for panel in layout.panels]
    for count, layers, name in (
        (layout.milestones, bars.milestones(theme), "milestone"),
        (layout.medicines, bars.medicines(theme), "medicine"),
    ):
        if count:
            parts.append(_Part(ROW * count, [*layers, *title_row(name, theme)], rows_of(count)))
    foot = 80 if layout.has_events else 62
    return [*parts, _Part(foot, [*track.visits(theme, foot, layout.has_events, layout.has_phases), *_bob(theme, foot)])]


def _view(part: _Part, theme: Theme, x: Spec, place: tuple[bool, bool], has_pins: bool) -> Spec:
    is_first, is_last = place
    top, foot = 0 if is_first else -GAP, part.height - 14 if is_last else part.height
    lines = _plumb_line(theme, top, foot)
    pinned = _pins(theme, top, foot, named=is_first) if has_pins else []
    hit = [one for one in part.layers if "name" in one]
    front = [one for one in part.layers if "name" not in one and one["mark"]["type"] in ("point", "text")]
    back = [one for one in part.layers if "name" not in one and one["mark"]["type"] not in ("point", "text")]
    return {
        "height": part.height,
        "encoding": {"x": x} | ({"y": part.y} if part.y else {}),
        "layer": [*back, *lines, *front, *pinned, *hit],  # no line runs over a word or a point
        "resolve": {"scale": APART},
    }


@lru_cache(maxsize=512)
def spec(theme_name: str, preset: Preset, kind: str, layout: Layout) -> Spec:
    """The whole chart without data; `kind` is days or dates. Callers add data, `zero`, `has_clock` and pins."""
    theme = THEMES[theme_name]
    parts = _parts(theme, preset, layout)
    views: list[Spec] = []
    for number, part in enumerate(parts, 1):
        is_last = number == len(parts)
        axis = x_axis(preset, kind, labels=is_last)
        x = {"field": "x", "type": "quantitative", "scale": x_scale(preset), "axis": axis}
        views.append(_view(part, theme, x, (number == 1, is_last), layout.has_pins))
    return {
        "description": describe(preset, layout),
        "vconcat": views,
        "spacing": GAP,
        "bounds": "flush",
        "background": "transparent",
        "padding": {"left": 0, "right": 0, "top": 2, "bottom": 4},
        "params": _params([one["name"] for view in views for one in view["layer"] if "name" in one]),
        "resolve": {"scale": {"x": "shared", **APART}},
        "config": _config(theme),
    }


def _params(hits: list[str]) -> list[Spec]:
    return [
        {"name": "gutter", "value": 84},
        {"name": "edge", "expr": f"width - ({WIDE} ? 104 : 12)"},
        {
            "name": PICK,
            "select": {"type": "point", "fields": ["note_id", "id"], "on": "click", "toggle": False},
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
        "medicines, visits, events and notes. The Table switch shows the same rows as text, Step one moment after "
        "another."
    )
