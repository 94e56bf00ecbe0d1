"""What was expected: the band, its words, and the windows of visits that were missed."""

from __future__ import annotations

from plumbline.charts.mark import LABEL, ONCE, POINT, WIDE, Spec, field, haloed, layer, only, pixel
from plumbline.charts.panel import Panel
from plumbline.charts.theme import Theme


def band(panel: Panel, theme: Theme) -> list[Spec]:
    """Where 8 in 10 and half of people are, the middle, what patients are told; else the mean line alone."""
    rows = only(panel.instrument, "band")
    shape = {"clip": True, "interpolate": "step-after" if panel.is_primary else "monotone", "color": theme.band}
    area, line = {"type": "area", **shape}, {"type": "line", **shape}
    edges = [*rows, {"fold": ["p10", "p25", "p75", "p90"], "as": ["edge_of", "edge_at"]}]
    told = {**line, "strokeWidth": 1.2, "strokeDash": [8, 3, 2, 3], "color": theme.muted}
    middle = layer(only(panel.instrument, "band", "mean"), {**line, "strokeWidth": 1, "strokeDash": [4, 3]})
    if panel.reference == "none":
        return []
    if panel.reference == "mean_only":
        return [middle]
    return [
        layer(rows, {**area, "opacity": 0.16}, y=field("p10"), y2=field("p90")),
        layer(rows, {**area, "opacity": 0.3}, y=field("p25"), y2=field("p75")),
        layer(edges, {**line, "strokeWidth": 0.8}, y=field("edge_at"), detail=field("edge_of")),
        middle,
        layer(only(panel.instrument, "band", also="datum.told != null"), told, y=field("told")),
    ]


def missed(panel: Panel, theme: Theme) -> list[Spec]:
    """The window of a missed visit, framed, with a hollow mark at its foot: at mid-height it would read as a score."""
    rows, foot = only(panel.instrument, "missed"), pixel(panel.height)
    frame = {"stroke": theme.muted, "strokeDash": [3, 3], "strokeWidth": 1.2}
    wash = {"type": "rect", "clip": True, "fill": theme.page, "fillOpacity": 0.5, **frame}
    ring = {**POINT, "size": 110, "fill": theme.page, "stroke": theme.muted, "strokeWidth": 1.6}
    words = {**LABEL, "baseline": "bottom", "dy": -10, "fontWeight": 600, "color": theme.muted}
    return [
        layer(rows, wash, x2=field("x2"), y=pixel(0), y2=foot),
        layer(rows, ring, x=field("x3"), y=foot),
        layer(rows, words, x=field("x3"), y=foot, text=field("word")),
    ]


def words(panel: Panel, theme: Theme) -> list[Spec]:
    """What the parts of the band are, at its end, and where the reference ends."""
    # beside the band where there is room, inside its end on a narrow screen
    side = {"align": {"expr": f"{WIDE} ? 'left' : 'right'"}}
    place = {"dx": {"expr": f"{WIDE} ? 8 : -4"}, "dy": {"expr": f"{WIDE} ? 0 : -7"}}
    end = pixel(f"{WIDE} ? scale('x', datum.x) + 6 : edge")
    foot = {**LABEL, **side, "color": theme.muted, "baseline": "bottom"}
    parts = {**LABEL, **side, **place, "color": theme.text}
    named = layer(only(panel.instrument, "band_word"), parts, x=pixel("edge"), text=field("word"))
    ended = layer(only(panel.instrument, "band_end"), foot, x=end, y=pixel(panel.height - 4), text=field("word"))
    return [*haloed(named, theme), *haloed(ended, theme)]


def acceptable(panel: Panel, theme: Theme) -> list[Spec]:
    """A dotted line at the acceptable state."""
    if panel.acceptable is None:
        return []
    mark = {"type": "rule", "strokeDash": [1.5, 3], "color": theme.muted, "strokeWidth": 1.2}
    return [layer(ONCE, mark, x=pixel("gutter"), x2=pixel("edge"), y=pixel(panel.place(panel.acceptable)))]
