"""What was expected: the band, its words, and the windows of visits that were missed."""

from __future__ import annotations

from plumbline.charts.mark import WIDE, Spec, only
from plumbline.charts.panel import Panel
from plumbline.charts.theme import Theme


def band(panel: Panel, theme: Theme, x: Spec, y: Spec) -> list[Spec]:
    """Where 8 in 10 and half of people are, the middle, what patients are told; else the mean line alone."""
    step = "step-after" if panel.is_primary else "monotone"
    rows = only(panel.instrument, "band")
    area = {"type": "area", "clip": True, "interpolate": step, "color": theme.band, "line": False}

    def between(low: str, high: str, opacity: float) -> Spec:
        return {
            "transform": rows,
            "mark": {**area, "opacity": opacity},
            "encoding": {"x": x, "y": {**y, "field": low}, "y2": {"field": high}},
        }

    line = {"type": "line", "clip": True, "interpolate": step, "color": theme.band}
    edges = {
        "transform": [*rows, {"fold": ["p10", "p25", "p75", "p90"], "as": ["edge_of", "edge_at"]}],
        "mark": {**line, "strokeWidth": 0.8},
        "encoding": {"x": x, "y": {**y, "field": "edge_at"}, "detail": {"field": "edge_of"}},
    }
    middle = {
        "transform": only(panel.instrument, "band", "mean"),
        "mark": {**line, "strokeWidth": 1, "strokeDash": [4, 3]},
        "encoding": {"x": x, "y": y},
    }
    told = {
        "transform": only(panel.instrument, "band", also="datum.told != null"),
        "mark": {**line, "strokeWidth": 1.2, "strokeDash": [8, 3, 2, 3], "color": theme.muted},
        "encoding": {"x": x, "y": {**y, "field": "told"}},
    }
    if panel.reference == "none":
        return []
    if panel.reference == "mean_only":
        return [middle]
    return [
        between("p10", "p90", 0.16),
        between("p25", "p75", 0.3),
        edges,
        middle,
        *([told] if panel.is_primary else []),
    ]


def missed(panel: Panel, theme: Theme, x: Spec) -> list[Spec]:
    """The window of a missed visit, framed, with a hollow mark at its foot: at mid-height it would read as a score."""
    rows = only(panel.instrument, "missed")
    over = {"x": x, "x2": {"field": "x2"}, "y": {"value": 0}, "y2": {"value": panel.height}}
    wash = {
        "type": "rect",
        "clip": True,
        "fill": theme.page,
        "fillOpacity": 0.5,
        "stroke": theme.muted,
        "strokeDash": [3, 3],
        "strokeWidth": 1.2,
    }
    foot = {"x": {**x, "field": "x3"}, "y": {"value": panel.height}}
    ring = {
        "type": "point",
        "size": 110,
        "filled": True,
        "fill": theme.page,
        "stroke": theme.muted,
        "strokeWidth": 1.6,
        "opacity": 1,
    }
    words = {"type": "text", "baseline": "bottom", "dy": -10, "fontSize": 11.5, "fontWeight": 600, "color": theme.muted}
    return [
        {"transform": rows, "mark": wash, "encoding": over},
        {"transform": rows, "mark": ring, "encoding": foot},
        {"transform": rows, "mark": words, "encoding": {**foot, "text": {"field": "word"}}},
    ]


def words(panel: Panel, theme: Theme, y: Spec) -> list[Spec]:
    """What the parts of the band are, at its end, and where the reference ends."""
    # beside the band where there is room, inside its end on a narrow screen
    mark = {
        "type": "text",
        "fontSize": 11.5,
        "color": theme.text,
        "baseline": "middle",
        "align": {"expr": f"{WIDE} ? 'left' : 'right'"},
        "dx": {"expr": f"{WIDE} ? 8 : -4"},
        "dy": {"expr": f"{WIDE} ? 0 : -7"},
    }
    at = {"x": {"value": {"expr": "edge"}}, "y": y, "text": {"field": "word"}}
    foot = {
        "type": "text",
        "fontSize": 11.5,
        "color": theme.muted,
        "baseline": "bottom",
        "align": {"expr": f"{WIDE} ? 'left' : 'right'"},
    }
    ended = {
        "x": {"value": {"expr": f"{WIDE} ? scale('x', datum.x) + 6 : edge"}},
        "y": {"value": panel.height - 4},
        "text": {"field": "word"},
    }
    return [
        {"transform": only(panel.instrument, "band_word"), "mark": mark, "encoding": at},
        {"transform": only(panel.instrument, "band_end"), "mark": foot, "encoding": ended},
    ]


def acceptable(panel: Panel, theme: Theme, y: Spec) -> list[Spec]:
    """A dotted line at the acceptable state."""
    if panel.acceptable is None:
        return []
    mark = {"type": "rule", "strokeDash": [1.5, 3], "color": theme.muted, "strokeWidth": 1.2}
    encoding = {
        "x": {"value": {"expr": "gutter"}},
        "x2": {"value": {"expr": "edge"}},
        "y": {"datum": panel.acceptable, "scale": y["scale"], "axis": y["axis"]},
    }
    return [{"transform": [{"filter": "datum.id == 'today'"}], "mark": mark, "encoding": encoding}]
