"""The panel of one instrument: the own line broken at missed visits, flagged points, words at both ends."""

from __future__ import annotations

from dataclasses import dataclass

from plumbline.charts.mark import CROSS, FLAG, POINT, WIDE, Spec, field, haloed, hit, layer, only, pixel, tooltip
from plumbline.charts.theme import Theme

STATES = ["new_problem", "slower", "red_flag", "cannot_tell", "ahead", "on_course", "closed"]
SHAPES = ["triangle-up", "diamond", FLAG, "circle", CROSS, "circle", "square"]


@dataclass(frozen=True)
class Panel:
    """What a chart must know of an instrument; values in its unit."""

    instrument: str
    title: str
    minimum: float
    maximum: float
    direction: str
    best_words: str
    worst_words: str
    is_primary: bool
    acceptable: float | None
    reference: str
    dense: bool
    all_values: bool
    height: int

    def place(self, value: float) -> float:
        """Pixels from the top, where better is up."""
        share = (value - self.minimum) / (self.maximum - self.minimum)
        return self.height * (share if self.direction == "lower_better" else 1 - share)


def own(panel: Panel, theme: Theme) -> list[Spec]:
    """The patient's own line and points; those behind the verdict take its shape and a ring."""
    rows = only(panel.instrument, "score")
    calm, flagged = [*rows, {"filter": "datum.state == null"}], [*rows, {"filter": "datum.state != null"}]
    state: Spec = {"field": "state", "type": "nominal", "legend": None}
    colour = {**state, "scale": {"domain": STATES, "range": [theme.state(verdict) for verdict in STATES]}}
    shape = {**state, "scale": {"domain": STATES, "range": SHAPES}}
    line = {"type": "line", "clip": True, "color": theme.own, "strokeWidth": 1.2 if panel.dense else 2.2}
    ring = {"type": "point", "filled": False, "size": 190, "strokeWidth": 1.8, "opacity": 1}
    unable = {**POINT, "shape": CROSS, "angle": 45, "size": 60, "color": theme.own}
    return [
        layer(rows, line, detail=field("stretch")),
        layer(calm, {**POINT, "size": 10 if panel.dense else 62, "color": theme.own}),
        layer(flagged, ring, stroke=colour),
        layer(flagged, {**POINT, "size": 62}, fill=colour, shape=shape),
        layer(only(panel.instrument, "unable"), unable, y=pixel(panel.height - 6)),
        *haloed(_values(panel, theme), theme),
    ]


def _values(panel: Panel, theme: Theme) -> Spec:
    """The latest value; every value where a few are all there is."""
    mark: Spec = {"type": "text", "color": theme.own, "fontWeight": 600}
    place = (
        {"align": "center", "dy": -12, "fontSize": 13}
        if panel.all_values
        else {"align": "left", "dx": 10, "fontSize": 15}
    )
    said = "word" if panel.all_values else "short_word"
    rows = only(panel.instrument, "score", also=f"datum.{said} != null")
    return layer(rows, {**mark, **place}, text=field(said))


def y_axis(panel: Panel) -> Spec:
    """Up is better: both ends in words, the acceptable limit named."""
    best, worst = (
        (panel.minimum, panel.maximum) if panel.direction == "lower_better" else (panel.maximum, panel.minimum)
    )
    said = {best: f"{panel.best_words} {best:g}", worst: f"{panel.worst_words} {worst:g}"}
    narrow = dict(said)
    values = {best, worst}
    if panel.acceptable is not None:
        said[panel.acceptable], narrow[panel.acceptable] = f"acceptable {panel.acceptable:g}", f"{panel.acceptable:g}"
        values |= {panel.acceptable, 5, 7}

    def lookup(words: dict[float, str]) -> str:
        return "{" + ", ".join(f"'{value:g}': '{word}'" for value, word in words.items()) + "}[datum.value]"

    axis = {
        "values": sorted(values),
        "grid": False,
        "ticks": False,
        "domain": False,
        "title": None,
        "labelPadding": 8,
        "offset": {"expr": "-gutter"},
        "labelOverlap": False,
        "labelLimit": 0,
        "labelExpr": f"({WIDE} ? {lookup(said)} : {lookup(narrow)}) || datum.label",
        "labelBaseline": {"expr": f"datum.value == {best} ? 'top' : datum.value == {worst} ? 'bottom' : 'middle'"},
    }
    scale = {
        "domain": [panel.minimum, panel.maximum],
        "reverse": panel.direction == "lower_better",
        "nice": False,
        "zero": False,
    }
    return {"field": "y", "type": "quantitative", "scale": scale, "axis": axis}


def hits(panel: Panel) -> Spec:
    """The patient's own points, for the pointer: score, day, what was expected, and a note of that day."""
    words = tooltip(
        ("title", "what"),
        ("Score", "value_words"),
        ("When", "when_words"),
        ("Expected", "expected_words"),
        ("Standing", "standing_words"),
        ("Note", "note_words"),
    )
    return hit(panel.instrument, only(panel.instrument, "score"), words, 60 if panel.dense else 420)
