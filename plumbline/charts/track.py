"""The tracks above and below the panels: phases, and visits with events and notes."""

from __future__ import annotations

from plumbline.charts.mark import (
    FLAG,
    LABEL,
    ONCE,
    POINT,
    WIDE,
    Spec,
    field,
    haloed,
    hit,
    layer,
    only,
    pixel,
    tooltip,
    when,
)
from plumbline.charts.theme import Theme

NOTE = "M-0.7,-1L0.3,-1L0.8,-0.5L0.8,1L-0.7,1Z"
SALTIRE = "M-0.5,-0.5L0.5,0.5M-0.5,0.5L0.5,-0.5"
RECEIVED = "datum.state == 'received'"
GONE = "(datum.state == 'missed' || datum.state == 'overdue')"
RED_FLAG = "datum.state == 'red_flag'"
VISIT_ROW, EVENT_ROW, STEP = 6, 24, 18


def _room(start: str, end: str) -> str:
    """Pixels between two columns of a row on the axis."""
    return f"scale('x', datum.{end}) - scale('x', datum.{start})"


# words stand beside a mark only where the next one of the row leaves room
_ROOM = f"(datum.x3 == null ? 200 : {_room('x', 'x3')})"
_FITS = f"{_ROOM} > 6.2 * length(datum.word) + 20"
_SHORT_FITS = f"{_ROOM} > 6.2 * length(datum.short_word) + 20"


def phases(theme: Theme) -> list[Spec]:
    """The phase strip: today's filled, names where they fit."""
    rows = only("phase", "phase")
    now = "datum.state == 'now'"
    strip = {"type": "rect", "cornerRadius": 2, "stroke": theme.page, "strokeWidth": 1.5, "clip": True}
    names = {**LABEL, "align": "center", "fontWeight": {"expr": f"{now} ? 600 : 400"}}
    fits = f"{_room('x', 'x2')} > 6.2 * length(datum.word) + 4"
    fill = when(now, theme.accent, theme.surface)
    return [
        layer(rows, strip, x2=field("x2"), y=pixel(0), y2=pixel(20), fill=fill),
        layer(
            rows,
            names,
            x=pixel("(scale('x', datum.x) + scale('x', datum.x2)) / 2"),
            y=pixel(10.5),
            text=pixel(f"{fits} ? datum.word : ''"),
            color=when(now, theme.page, theme.muted),
        ),
    ]


def visits(theme: Theme, height: int, events: bool, planned: bool) -> list[Spec]:
    """Visits done, ahead or missed; events; notes. Each kind has a row, so that none hides another."""
    note_row = EVENT_ROW + (STEP if events else 0)
    said = {note_row: "notes"} | ({EVENT_ROW: "events"} if events else {}) | ({VISIT_ROW: "visits"} if planned else {})
    name = {**LABEL, "align": "right", "color": theme.muted}
    note = {**POINT, "shape": NOTE, "size": 70, "color": theme.accent}
    return [
        *[layer(ONCE, {**name, "text": word, "y": y}, x=pixel("gutter - 8")) for y, word in said.items()],
        *(_planned(theme) if planned else []),
        *(_events(theme) if events else []),
        layer(only("visit", "note"), note, y=pixel(note_row)),
        _hits(note_row, height),
    ]


def _planned(theme: Theme) -> list[Spec]:
    rows, y = only("visit", "visit"), pixel(VISIT_ROW)
    stroke = {
        "condition": [{"test": GONE, "value": theme.slower}, {"test": RECEIVED, "value": theme.muted}],
        "value": theme.accent,
    }
    cross = {"type": "point", "shape": SALTIRE, "size": 55, "stroke": theme.slower, "strokeWidth": 1.4, "opacity": 1}
    words = {**LABEL, "align": "left", "dx": 9, "color": theme.muted}
    text = pixel(f"!({WIDE}) ? '' : {_FITS} ? datum.word : {_SHORT_FITS} ? datum.short_word : ''")
    return [
        layer(
            rows,
            {**POINT, "size": 55, "strokeWidth": 1.6},
            y=y,
            fill=when(RECEIVED, theme.muted, theme.page),
            stroke=stroke,
        ),
        layer([*rows, {"filter": GONE}], cross, y=y),
        *haloed(layer(rows, words, y=y, text=text), theme),
    ]


def _events(theme: Theme) -> list[Spec]:
    """Events with their word where it fits; a red flag's word always, before the mark when another follows closely."""
    rows, y = only("visit", "event"), pixel(EVENT_ROW)
    colour = when(RED_FLAG, theme.red_flag, theme.own)
    shape = when(RED_FLAG, FLAG, "triangle-down")
    side = {"align": {"expr": f"{_FITS} ? 'left' : 'right'"}, "dx": {"expr": f"{_FITS} ? 9 : -9"}}
    words = layer(rows, {**LABEL, **side}, y=y, text=pixel(f"{_FITS} || {RED_FLAG} ? datum.word : ''"), color=colour)
    return [layer(rows, {**POINT, "size": 70}, y=y, fill=colour, shape=shape), *haloed(words, theme)]


def _hits(note_row: int, height: int) -> Spec:
    row = f"{{visit: {VISIT_ROW}, event: {EVENT_ROW}, note: {note_row}}}[datum.layer]"
    rows = [*only("visit", "visit", "event", "note"), {"calculate": row, "as": "row"}]
    words = tooltip(("title", "what"), ("When", "when_words"), ("What", "value_words"), ("Note", "note_words"))
    scale = {"domain": [0, height], "reverse": True, "nice": False}
    return hit("visit", rows, words, 420, y={"field": "row", "type": "quantitative", "scale": scale, "axis": None})
