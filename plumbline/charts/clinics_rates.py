"""New fractures for every 100 patient-years: a dot and an interval a clinic, the line is all of them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from plumbline.charts import clinics_base as base
from plumbline.charts.clinics_base import Record
from plumbline.charts.mark import Spec, field, layer, parts, picking, pixel, whole
from plumbline.charts.theme import THEMES

STEP = 30
_AROUND = 40
_RIGHT = 150  # for the numbers in words


@lru_cache(maxsize=64)
def rates(theme: str, clinics: int, most: float) -> Spec:
    """The specification without data, for so many clinics; `most`: the end of the axis."""
    colour = THEMES[theme]
    y = {"field": "name", "type": "nominal", "sort": {"field": "turn", "op": "min"},
         "axis": {"title": None, "labelColor": colour.text, "labelLimit": 130}}  # fmt: skip
    scale = {"domain": [0, most], "nice": False, "range": [0, {"expr": f"width - {_RIGHT}"}]}

    def x(name: str) -> Spec:
        axis = {"title": None, "grid": True, "tickCount": 4, "labelExpr": "datum.value"}
        return {"field": name, "type": "quantitative", "scale": scale, "axis": axis}

    dot = {"type": "point", "filled": True, "opacity": 1, "size": 80, "color": colour.accent}
    word = {"type": "text", "align": "right", "fontSize": base.SIZE, "baseline": "middle", "color": colour.text}
    return whole(
        theme, clinics * STEP + _AROUND,
        [
            layer(parts("all"), {"type": "rule", "color": colour.text, "strokeWidth": 1.2}, x=x("rate")),
            layer(parts("clinic"), {"type": "rule", "color": colour.accent, "strokeWidth": 2.6, "clip": True},
                  y=y, x=x("lower"), x2=field("upper")),
            layer(parts("clinic", also="datum.rate != null"), dot, y=y, x=x("rate")),
            layer(parts("clinic"), word, y=y, x=pixel("width"), text=field("text")),
            {"name": "hits", **layer(parts("clinic"), {"type": "bar", "opacity": 0, "cursor": "pointer", "aria": True,
             "description": {"expr": "datum.words"}}, y=y, x=pixel(0), x2=pixel("width"), tooltip=field("words"))},
        ],
        params=picking("unit", clear=False),
    )  # fmt: skip


def rows(found: Sequence[Record]) -> list[Record]:
    """The chart's data from a clinic's rates: unit (none for all), name, events, years, rate, lower, upper, words."""
    drawn: list[Record] = []
    for turn, one in enumerate(found):
        years = f"{one['years']:,.0f} year{'' if round(one['years']) == 1 else 's'}"
        if not one["unit"]:
            if one["rate"] is not None:
                drawn.append({"part": "all", "rate": one["rate"]})
            continue
        text = f"hidden, in {years}"
        if one["rate"] is not None:
            text = f"{one['rate']:.0f}: {one['events']:,} in {years}"
        drawn.append({"part": "clinic", "unit": one["unit"], "name": one["name"], "turn": turn, "rate": one["rate"],
                      "lower": one["lower"], "upper": one["upper"], "text": text, "words": one["words"]})  # fmt: skip
    return drawn
