"""A patient's own scores, the expected range behind them if wanted: for the Streamlit page and for paper."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from plumbline.charts.mark import Spec, field, pixel
from plumbline.charts.theme import THEMES

MORE = 4  # the newest score's label is larger by so much
PADDING = {"left": 34, "top": 26, "right": 14, "bottom": 42}  # room for the words around the lines
BEST, MIDDLE, WORST = 0, 5, 10
COLUMNS = ("part", "at", "value", "low", "high", "label", "side", "run", "dx", "dy", "stretch",
           "is_latest", "when", "sentence", "key")  # fmt: skip


@dataclass(frozen=True)
class Look:
    """Colours and type of one place that it is drawn for."""

    own: str
    text: str
    soft: str
    page: str
    wash: str
    stripe: str
    edge: str
    font: str
    size: int


PAPER = Look("#12406b", "#1b1b1b", "#454c54", "#ffffff", "#e9edf1", "#b4bec8", "#5d6976", "DejaVu Sans", 14)


def look(theme: str) -> Look:
    """How it looks in Streamlit, in the light or dark theme; or on paper."""
    if theme == "paper":
        return PAPER
    colour = THEMES[theme]
    soft, page = colour.muted, colour.page
    return Look(colour.accent, colour.text, soft, page, colour.surface, colour.band, soft, "sans-serif", 18)


def _rows(*parts: str, also: str = "") -> list[Spec]:
    kinds = " || ".join(f"datum.part == '{part}'" for part in parts)
    return [{"filter": f"({kinds})" + (f" && {also}" if also else "")}]


def _words(rows: list[Spec], seen: Look, size: int, **mark: Any) -> list[Spec]:
    """Labels at their marks, with the page's colour behind them where a line may cross."""
    own: Spec = {
        "type": "text", "align": {"expr": "datum.run"}, "baseline": "alphabetic", "fontSize": size, "font": seen.font,
        "dx": {"expr": "datum.dx"}, "dy": {"expr": "datum.dy"}, **mark,
    }  # fmt: skip
    halo = {**own, "stroke": seen.page, "strokeWidth": 4, "strokeJoin": "round", "color": seen.page}
    encoding = {"x": _x(), "y": _y("value"), "text": field("label")}
    return [{"transform": rows, "mark": one, "encoding": encoding} for one in (halo, own)]


def _x() -> Spec:
    scale = {"domain": [0, 1], "nice": False, "zero": False}
    return {"field": "at", "type": "quantitative", "axis": None, "scale": scale}


def _y(name: str, axis: Spec | None = None) -> Spec:
    scale = {"domain": [BEST, WORST], "reverse": True, "nice": False}
    return {"field": name, "type": "quantitative", "axis": axis, "scale": scale}


def _range(seen: Look) -> list[Spec]:
    edge = _rows("edge")
    area = {"type": "area", "color": seen.wash, "opacity": 1}
    dotted = {"type": "line", "color": seen.edge, "strokeWidth": 2.5, "strokeDash": [1, 4], "strokeCap": "round"}
    stripe = {"type": "rule", "color": seen.stripe, "strokeWidth": 1.2}
    span = {"x": _x(), "y": _y("low"), "y2": field("high")}
    return [
        {"name": "range", "transform": edge, "mark": area, "encoding": span},
        {"transform": _rows("stripe"), "mark": stripe, "encoding": span},
        {"name": "edge", "transform": edge, "mark": dotted, "encoding": {"x": _x(), "y": _y("high")}},
    ]


def _scores(seen: Look) -> list[Spec]:
    here = {"x": _x(), "y": _y("value")}
    said = {"expr": "datum.sentence"}
    line = {"type": "line", "color": seen.own, "strokeWidth": 4, "strokeJoin": "round"}
    ring = {"type": "point", "filled": True, "fill": seen.page, "stroke": seen.own, "strokeWidth": 3, "size": 420}
    dot = {"type": "point", "filled": True, "color": seen.own, "stroke": seen.page, "strokeWidth": 2, "size": 130}
    gap = {"type": "point", "filled": True, "fill": seen.page, "stroke": seen.soft, "strokeWidth": 2, "size": 120}
    hidden = {"type": "point", "filled": True, "opacity": 0, "size": 1900, "tooltip": said, "aria": True}
    below = {"value": {"expr": "height + 11"}}
    latest = "datum.is_latest"
    hit = {**hidden, "description": said}
    return [
        {"transform": _rows("score"), "mark": line, "encoding": {**here, "detail": field("stretch")}},
        {"transform": _rows("score", also=latest), "mark": {**ring, "opacity": 1}, "encoding": here},
        {"name": "scores", "transform": _rows("score"), "mark": {**dot, "opacity": 1}, "encoding": here},
        {"name": "gaps", "transform": _rows("gap"), "mark": {**gap, "opacity": 1, "strokeDash": [3, 2]},
         "encoding": {"x": _x(), "y": below}},
        {"transform": _rows("score"), "mark": hit, "encoding": here},
        {"transform": _rows("gap"), "mark": {**hit, "size": 600}, "encoding": {"x": _x(), "y": below}},
    ]  # fmt: skip


def _frame(seen: Look) -> list[Spec]:
    """The lines at 0, 5 and 10, both ends in words, and the days below."""
    grid = {"type": "rule", "color": seen.soft, "opacity": 0.5}
    values = {"values": [{"value": value, "word": str(value)} for value in (BEST, MIDDLE, WORST)]}
    number = {"type": "text", "align": "right", "dx": -10, "baseline": "middle", "color": seen.soft}
    word = {"type": "text", "align": "left", "font": seen.font, "fontSize": seen.size}
    end = {**word, "fontWeight": 700, "color": seen.text, "dx": 4}
    level = {"y": _y("value")}
    at_left = {"value": 0}
    day = {**word, "align": {"expr": "datum.run"}, "baseline": "top", "color": seen.soft}
    first = {**number, "font": seen.font, "fontSize": seen.size}
    return [
        {"data": values, "mark": grid, "encoding": level},
        {"data": values, "mark": first, "encoding": {**level, "x": at_left, "text": field("word")}},
        {"transform": _rows("end"), "mark": {**end, "baseline": "bottom", "dy": -6},
         "encoding": {**level, "x": _x(), "text": field("label")}},
        {"transform": _rows("tick"), "mark": {"type": "tick", "orient": "vertical", "size": 7, "color": seen.soft},
         "encoding": {"x": _x(), "y": {"value": {"expr": "height + 3"}}}},
        {"name": "days", "transform": _rows("tick"), "mark": day,
         "encoding": {"x": _x(), "y": pixel("height + (datum.side == 'below' ? 22 : 11)"), "text": field("label")}},
    ]  # fmt: skip


@cache
def progress(theme: str) -> Spec:
    """The specification without data, for 'light', 'dark' or 'paper'; built once. Data: `plumbline.progress.rows`."""
    seen = look(theme)
    calm = _rows("score", also="!datum.is_latest && datum.label != ''")
    newest = _rows("score", also="datum.is_latest")
    word = {"color": seen.soft, "fontStyle": "italic"}
    own: Spec = {"color": seen.own, "fontWeight": 700}
    frame = _frame(seen)
    size = {"width": 520, "height": 200} if theme == "paper" else {"width": "container", "height": 300}
    return {
        **size,
        "background": "transparent",
        "autosize": {"type": "fit", "contains": "padding"} if theme != "paper" else {"type": "none"},
        "padding": PADDING,
        **({"data": {"name": "rows"}} if theme == "paper" else {}),
        "layer": [
            *_range(seen),
            *frame,
            *_words(_rows("word"), seen, seen.size, **word),
            *_scores(seen),
            *_words(calm, seen, seen.size, **own),
            *_words(newest, seen, seen.size + MORE, **own),
        ],
        "config": {"view": {"stroke": None}, "mark": {"aria": False}},
    }
