"""Who answered, of those due: clinics by visits as numbers; only what is too thin to compare is filled."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from plumbline.charts import clinics_base as base
from plumbline.charts.clinics_base import Record
from plumbline.charts.mark import Spec, field, layer, picking, when, whole
from plumbline.charts.theme import THEMES

STEP = 30
_AROUND = 40


@lru_cache(maxsize=64)
def grid(theme: str, clinics: int) -> Spec:
    """The specification without data, for so many clinics. Rows: name, visit, short_label, place, text, is_thin."""
    colour = THEMES[theme]
    x = {"field": "short_label", "type": "nominal", "sort": {"field": "place", "op": "min"},
         "axis": {"orient": "top", "title": None, "labelAngle": 0, "labelOverlap": False}}  # fmt: skip
    y = {"field": "name", "type": "nominal", "sort": {"field": "turn", "op": "min"},
         "axis": {"title": None, "labelColor": colour.text, "labelLimit": 130}}  # fmt: skip
    fill = when("datum.is_thin", colour.slower, colour.surface)
    cell = {"type": "rect", "stroke": colour.page, "strokeWidth": 2, "cursor": "pointer", "aria": True,
            "description": {"expr": "datum.words"}}  # fmt: skip
    text = {"type": "text", "fontSize": base.SIZE, "baseline": "middle", "tooltip": None, "cursor": "pointer"}
    return whole(
        theme, clinics * STEP + _AROUND,
        [
            {"name": "hits", **layer([], cell, x=x, y=y, color=fill, tooltip=field("words"))},
            layer([{"filter": "!datum.is_thin"}], {**text, "color": colour.text}, x=x, y=y, text=field("text")),
            layer([{"filter": "datum.is_thin"}], {**text, "color": colour.page, "fontWeight": 700}, x=x, y=y,
                  text=field("text")),
        ],
        params=picking("unit", "visit", clear=False),
    )  # fmt: skip


def rows(cells: Sequence[Record]) -> list[Record]:
    """The chart's data, a row a cell in the order of the clinics; a hidden one says so by a dash."""
    turns = {unit: turn for turn, unit in enumerate(dict.fromkeys(one["unit"] for one in cells))}
    return [
        {"unit": one["unit"], "name": one["name"], "turn": turns[one["unit"]], "visit": one["visit"],
         "short_label": one["short_label"], "place": one["place"], "is_thin": one["is_thin"], "words": one["words"],
         "text": ("–" if one["share"] is None else f"{100 * one['share']:.0f}%") + ("!" if one["is_thin"] else "")}
        for one in cells
    ]  # fmt: skip
