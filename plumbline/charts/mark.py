"""Pieces that all panels and tracks share: which rows, layers, words on hover, titles, words that a line may cross."""

from __future__ import annotations

from typing import Any

from plumbline.charts.theme import THEMES, Theme

Spec = dict[str, Any]

FONT = '"Source Sans", sans-serif'
SIZE = 12  # of words on axes and beside marks
PICK, HITS = "mark", "hits"  # what a click chooses, and the layer that it meets

FLAG = "M-0.35,-1L0.9,-0.45L-0.35,0.1L-0.35,1L-0.6,1L-0.6,-1Z"
CROSS = "M-0.25,-1L0.25,-1L0.25,-0.25L1,-0.25L1,0.25L0.25,0.25L0.25,1L-0.25,1L-0.25,0.25L-1,0.25L-1,-0.25L-0.25,-0.25Z"
GAP = 26  # between panels; rules reach across it
ROW = 15  # of a milestone or a medicine
WIDE = "width > 600"
LABEL: Spec = {"type": "text", "fontSize": 11.5, "baseline": "middle"}
TITLE: Spec = {"type": "text", "align": "left", "baseline": "bottom", "fontSize": 12.5, "fontWeight": 600}
POINT: Spec = {"type": "point", "filled": True, "opacity": 1}
ONCE: list[Spec] = [{"filter": "datum.id == 'today'"}]  # the one row that every course has


def only(panel: str, *layers: str, also: str = "") -> list[Spec]:
    """The rows of one panel and these kinds of mark."""
    kinds = " || ".join(f"datum.layer == '{layer}'" for layer in layers)
    return [{"filter": f"datum.panel == '{panel}' && ({kinds})" + (f" && {also}" if also else "")}]


def parts(*names: str, also: str = "") -> list[Spec]:
    """The rows of these parts alone, of a chart whose data are one table with a `part` each."""
    kinds = " || ".join(f"datum.part == '{name}'" for name in names)
    return [{"filter": f"({kinds})" + (f" && {also}" if also else "")}]


def layer(rows: list[Spec], mark: Spec, **encoding: Any) -> Spec:
    """One layer: these rows, drawn so."""
    return {"transform": rows, "mark": mark, "encoding": encoding}


def field(name: str) -> Spec:
    """A column of the row."""
    return {"field": name}


def pixel(value: float | str) -> Spec:
    """A place in pixels, or an expression that gives one (or any other value)."""
    return {"value": {"expr": value} if isinstance(value, str) else value}


def when(test: str, value: Any, otherwise: Any) -> Spec:
    """One value where the test holds, else the other."""
    return {"condition": {"test": test, "value": value}, "value": otherwise}


def tooltip(*pairs: tuple[str, str]) -> Spec:
    """A table of words on hover; what isn't known is left out."""
    parts = ", ".join(f"datum.{column} ? {{'{said}': datum.{column}}} : {{}}" for said, column in pairs)
    return {"expr": f"merge({parts})"}


def hit(name: str, rows: list[Spec], words: Spec, size: int, **encoding: Any) -> Spec:
    """What the pointer meets: 24 px around each mark. It alone carries the selections and words for a screen reader."""
    said = "datum.what + ', ' + datum.when_words + (datum.value_words ? ', ' + datum.value_words : '')"
    mark = {**POINT, "size": size, "opacity": 0, "cursor": "pointer", "aria": True, "tooltip": words}
    return {"name": f"hit_{name}", **layer(rows, {**mark, "description": {"expr": said}}, **encoding)}


def hits(rows: list[Spec], size: int = 520, **encoding: Any) -> Spec:
    """What the pointer meets around each mark of parts: the words on hover and for a screen reader, and the click."""
    mark = {**POINT, "size": size, "opacity": 0, "cursor": "pointer", "aria": True,
            "description": {"expr": "datum.words"}}  # fmt: skip
    return {"name": HITS, **layer(rows, mark, tooltip=field("words"), **encoding)}


def picking(*fields: str, **more: Any) -> list[Spec]:
    """A click on one of the `hits` chooses it by these fields; `more` says how it is let go again."""
    select = {"type": "point", "fields": list(fields), "on": "click", "toggle": False, **more}
    return [{"name": PICK, "select": select, "views": [HITS]}]


def title_text(words: str, theme: Theme) -> list[Spec]:
    """The panel's title as a mark: Vega's own titles move when panels are flush."""
    return haloed(layer(ONCE, {**TITLE, "color": theme.text, "text": words}, x=pixel(0), y=pixel(-7)), theme)


def title_row(panel: str, theme: Theme) -> list[Spec]:
    """A title whose words come with the rows: how many are reached, late and due."""
    mark = {**TITLE, "color": theme.text, "limit": {"expr": "width"}}
    return haloed(layer(only(panel, "title"), mark, x=pixel(0), y=pixel(-7), text=field("word")), theme)


def haloed(words: Spec, theme: Theme) -> list[Spec]:
    """Words that a line may cross: the page's colour behind them, in a layer of its own."""
    encoding = {key: value for key, value in words["encoding"].items() if key != "color"}
    halo = {**words["mark"], "stroke": theme.page, "strokeWidth": 4, "strokeJoin": "round", "color": theme.page}
    return [{**words, "mark": halo, "encoding": encoding}, words]


def rows_of(count: int) -> Spec:
    """The y axis of bars: one row each, from the top."""
    scale = {"domain": [-0.5, count - 0.5], "reverse": True, "nice": False, "zero": False, "padding": 0}
    return {"field": "y", "type": "quantitative", "axis": None, "scale": scale}


def whole(theme: str, height: float, layers: list[Spec], **more: Any) -> Spec:
    """The specification around the layers of a chart that isn't a panel; `more` adds to it, or stands instead."""
    colour = THEMES[theme]
    return {
        "height": height,
        "background": "transparent",
        "autosize": {"type": "fit", "contains": "padding"},
        "padding": {"left": 0, "top": 4, "right": 6, "bottom": 2},
        "layer": layers,
        "config": {
            "font": FONT,
            "view": {"stroke": None},
            "mark": {"aria": False},
            "axis": {"labelColor": colour.muted, "labelFontSize": SIZE, "titleColor": colour.muted,
                     "titleFontWeight": "normal", "titleFontSize": SIZE, "gridColor": colour.muted,
                     "gridOpacity": 0.16, "domain": False, "ticks": False, "labelPadding": 8},
        },
        **more,
    }  # fmt: skip
