"""Milestones against their expected windows, and medicines as bars."""

from __future__ import annotations

from plumbline.charts.mark import LABEL, POINT, WIDE, Spec, field, haloed, layer, only, pixel, when
from plumbline.charts.theme import Theme

BAR: Spec = {"type": "bar", "orient": "horizontal", "clip": True}
LATE = "datum.state == 'late' || datum.state == 'reached_late'"
SHAPES = {"domain": ["reached", "reached_late", "late"], "range": ["circle", "diamond", "diamond"]}


def milestones(theme: Theme) -> list[Spec]:
    """Expected window (earliest to late, darker from the usual day) against the day reached; late by shape and word."""
    drawn = only("milestone", "milestone")
    outline = {**BAR, "size": 7, "cornerRadius": 3, "fill": theme.band, "stroke": theme.band, "strokeWidth": 0.8}
    usual = {**BAR, "size": 7, "cornerRadius": 3, "fill": theme.band, "fillOpacity": 0.55}
    seen = [*drawn, {"filter": "datum.xm != null"}]
    return [
        layer(drawn, {**outline, "fillOpacity": 0.2}, x2=field("x2")),
        layer(drawn, usual, x=field("x3"), x2=field("x2")),
        layer(
            seen,
            {**POINT, "size": 58, "strokeWidth": 1.6},
            x=field("xm"),
            shape={"field": "state", "type": "nominal", "legend": None, "scale": SHAPES},
            fill=when("datum.state == 'late'", theme.page, theme.own),
            stroke=when(LATE, theme.slower, theme.own),
        ),
        *haloed(_milestone_words(theme, drawn), theme),
    ]


def _milestone_words(theme: Theme, drawn: list[Spec]) -> Spec:
    """After the bar where there is room, else before it, else over it; on a narrow screen names alone, at the left."""
    end = "max(scale('x', datum.x2), datum.xm == null ? 0 : scale('x', datum.xm) + 4)"
    long, before = "6.1 * length(datum.word)", "scale('x', datum.x) - 8"
    fits = f"{end} + 8 + {long} < width"
    over = "(datum.xm == null ? scale('x', datum.x2) - 8 : scale('x', datum.xm) - 10)"
    mark = {
        **LABEL,
        "align": {"expr": f"!({WIDE}) || {fits} ? 'left' : 'right'"},
        "limit": {"expr": f"{WIDE} ? 0 : 132"},
    }
    return layer(
        drawn,
        mark,
        x=pixel(f"!({WIDE}) ? 0 : {fits} ? {end} + 8 : {before} > {long} ? {before} : {over}"),
        text=pixel(f"{WIDE} ? datum.word : datum.short_word"),
        color=when(LATE, theme.slower, theme.muted),
    )


def medicines(theme: Theme) -> list[Spec]:
    """Bars: opioids solid, others outlined, with name and dose."""
    drawn = only("medicine", "medicine")
    bar = {**BAR, "size": 8, "cornerRadius": 1, "strokeWidth": 1, "stroke": theme.muted}
    room = {"expr": "max(40, width - scale('x', datum.x2) - 8)"}
    words = layer(
        drawn,
        {**LABEL, "align": "left", "color": theme.muted, "limit": room},
        x=pixel("min(scale('x', datum.x2) + 8, width - 48)"),
        text=field("word"),
    )
    solid = when("datum.state == 'opioid'", theme.muted, theme.page)
    return [layer(drawn, bar, x2=field("x2"), fill=solid), *haloed(words, theme)]
