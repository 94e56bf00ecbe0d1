"""How many did well, or badly: a dot, a thick interval, and a thin bracket from worst to best case of those missing."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from plumbline.charts import compare_base as base
from plumbline.charts.compare_base import Record, by_group, shape
from plumbline.charts.mark import Spec, field, hits, layer, parts, picking, pixel
from plumbline.charts.theme import THEMES

HEAD, LINE, GAP = 24, 24, 12
_ROOM = 0.45  # a bracket that begins beyond has its words on its left


def _height(kinds: int, groups: int) -> int:
    return kinds * (HEAD + groups * LINE + GAP)


@lru_cache(maxsize=32)
def shares(theme: str, groups: int, kinds: int, *, has_marks: bool = True) -> Spec:
    """The specification without data, built once; shares are 0 to 1. `has_marks`: or every share is hidden."""
    colour = THEMES[theme]
    height = _height(kinds, groups)
    axis = {"values": [0, 0.25, 0.5, 0.75, 1], "format": "%", "title": None, "grid": True, "orient": "bottom"}
    scale = {"domain": [0, 1], "nice": False, "range": [{"expr": "7"}, {"expr": "width - 7"}]}

    def x(name: str) -> Spec:
        return {"field": name, "type": "quantitative", "scale": scale, "axis": axis}

    y = {"field": "y", "type": "quantitative", "axis": None,
         "scale": {"domain": [0, height], "reverse": True, "nice": False}}  # fmt: skip
    fill = by_group(colour)
    thin = {"type": "rule", "strokeWidth": 1.2, "color": colour.quiet}
    end = {"type": "tick", "orient": "vertical", "size": 9, "thickness": 1.2, "color": colour.quiet, "opacity": 1}
    word = {"type": "text", "fontSize": base.SIZE, "baseline": "middle", "color": colour.text}
    dot = {"type": "point", "filled": True, "size": 120, "opacity": 1, "stroke": colour.page, "strokeWidth": 1}
    heads = layer(parts("head"), {**word, "align": "left", "fontWeight": 600, "limit": {"expr": "width"}},
                  x=pixel(0), y=y, text=field("text"))  # fmt: skip
    return base.whole(
        theme, height,
        [
            heads,
            layer(parts("share"), thin, x=x("worst"), x2=field("best"), y=y),
            layer(parts("share"), end, x=x("worst"), y=y),
            layer(parts("share"), end, x=x("best"), y=y),
            layer(parts("share"), {"type": "rule", "strokeWidth": 6}, x=x("lower"), x2=field("upper"), y=y,
                  stroke=fill),
            layer(parts("share"), dot, x=x("x"), y=y, fill=fill, shape=shape()),
            layer(parts("share", also="datum.is_left"), {**word, "align": "right", "dx": -8}, x=x("left"), y=y,
                  text=field("text")),
            layer(parts("share", also="!datum.is_left"), {**word, "align": "left", "dx": 8}, x=x("right"), y=y,
                  text=field("text")),
            layer(parts("hidden"), {"type": "point", "filled": True, "size": 60, "opacity": 1}, x=pixel(7), y=y,
                  fill=fill, shape=shape()),
            layer(parts("hidden"), {**word, "align": "left", "color": colour.muted}, x=pixel(20), y=y,
                  text=field("text")),
            *([hits(parts("share"), x=x("x"), y=y)] if has_marks else []),
        ],
        params=picking("group", "kind") if has_marks else [],
    )  # fmt: skip


def rows(groups: Sequence[Record], found: Sequence[Record]) -> list[Record]:
    """The chart's data from a comparison's groups and shares; what is hidden has its words and no number."""
    keys = [group["key"] for group in groups]
    names = [group["name"] for group in groups]
    kinds = {share["kind"]: share["label"] for share in found}
    told: list[Record] = []
    for turn, (kind, label) in enumerate(kinds.items()):
        top = turn * (HEAD + len(keys) * LINE + GAP)
        told.append({"part": "head", "y": top + HEAD / 2, "text": label})
        for share in (one for one in found if one["kind"] == kind):
            y = top + HEAD + (keys.index(share["group"]) + 0.5) * LINE
            row = {"group": share["group"], "kind": kind, "y": y, "text": share["words"]}
            if share["estimate"] is None:
                told.append({**row, "part": "hidden"})
                continue
            ends = {"lower": share["lower"], "upper": share["upper"]}
            reach = [one for one in (*ends.values(), share["worst"], share["best"]) if one is not None]
            bracket = {"worst": share["worst"], "best": share["best"]}
            told.append({**row, **ends, **bracket, "part": "share", "x": share["estimate"], "left": min(reach),
                         "right": max(reach), "is_left": min(reach) >= min(_ROOM, 1 - max(reach)),
                         "words": f"{names[keys.index(share['group'])]}, {label}: {share['words']}"})  # fmt: skip
    return told
