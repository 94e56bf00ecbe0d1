"""The time axis of a course: presets, ticks, days or dates. Days after the procedure throughout."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from plumbline.charts.mark import WIDE

Spec = dict[str, Any]

YEAR = 365
BEFORE_DAYS = 30  # what the slot "before" holds; the course begins there
BEFORE_AT = 1  # where in the slot its name stands: at its left end
_DAY_MS = 86_400_000
_STRETCHED = {
    0: "day 0",
    1: "1",
    3: "3",
    7: "1 wk",
    14: "2 wk",
    30: "30",
    42: "6 wk",
    90: "3 mo",
    180: "6 mo",
    365: "1 year",
    730: "2 years",
}


@dataclass(frozen=True)
class Preset:
    """A stretch of time: first and last day, the width of the slot before day 0 (axis units), ticks in days."""

    name: str
    label: str
    low: float
    high: float
    before: float
    ticks: tuple[float, ...]
    kind: str = "linear"

    @property
    def left(self) -> float:
        """The left end of the axis in its own units."""
        return -self.before if self.low < 0 else self.low


def _linear(name: str, label: str, high: int, every: int) -> Preset:
    return Preset(name, label, -BEFORE_DAYS, high, high * 0.09, tuple(range(0, high + 1, every)))


def _whole(high: int) -> Preset:
    ticks = tuple(float(day) for day in _STRETCHED if day <= high)
    return Preset("whole", "Whole course", -BEFORE_DAYS, high, 0.9, ticks, "stretched")


_HOURS = Preset(
    "72h", "72 h", -BEFORE_DAYS, 3, 0.27, tuple(h / 24 for h in (0, 4, 8, 12, 16, 20, 24, 36, 48, 60, 72)), "hours"
)
_FIXED = [_HOURS, _linear("2w", "2 weeks", 14, 1), _linear("6w", "6 weeks", 42, 7), _linear("12w", "12 weeks", 84, 14)]
LAST_WEEKS_AFTER = 84
LAST_WEEKS = 28


def presets(day: int | None) -> dict[str, Preset]:
    """What is offered on a day after the procedure, by name; before any procedure only the own line by date."""
    if day is None:
        return {}
    offered = [_whole(2 * YEAR if day > YEAR else YEAR), *_FIXED, _linear("1y", "1 year", YEAR, 30)]
    if day > LAST_WEEKS_AFTER:
        last = Preset("4w", "Last 4 weeks", day - LAST_WEEKS, day + 2, 0, tuple(range(day - LAST_WEEKS, day + 1, 7)))
        offered.insert(1, last)
    return {preset.name: preset for preset in offered}


def by_date(days: int) -> Preset:
    """The own line of someone with no procedure: days since the first score."""
    span = max(days, 1)
    every = max(1, round(span / 5))
    return Preset("dates", "By date", 0, span, 0, tuple(range(0, span + 1, every)))


def words(preset: Preset, kind: str) -> str:
    """What the axis is called, under it."""
    if preset.name == "dates":
        return "By date"
    if kind == "dates" and preset.kind == "hours":
        return "Date and time at the clinic"
    if kind == "dates":
        return "Dates" + (", the early days are stretched" if preset.kind == "stretched" else "")
    if preset.kind == "hours":
        return "Hours after the procedure"
    return "Days after the procedure" + (". The early days are stretched." if preset.kind == "stretched" else "")


def _label(preset: Preset, kind: str) -> str:
    return f"datum.value < 0 ? 'before' : {_label_after(preset, kind)}"


def _clock(preset: Preset) -> str:
    """Date and time on the clinic's clock; only whole days where its time isn't known, or the screen is narrow."""
    moment = f"zero + datum.value * {_DAY_MS}"
    if preset.kind != "hours":
        return f"utcFormat({moment}, '%-d %b')"
    told = f"has_clock && {WIDE}"
    return (
        f"datum.value % 1 == 0 ? utcFormat({moment}, {told} ? '%-d %b %H:%M' : '%-d %b')"
        f" : {told} ? utcFormat({moment}, '%H:%M') : ''"
    )


def _label_after(preset: Preset, kind: str) -> str:
    if kind == "dates" or preset.name == "dates":
        return f"({_clock(preset)})"
    if preset.kind == "hours":
        return "(datum.value == 0 ? 'hour 0' : round(datum.value * 24) + ' h')"
    if preset.kind == "stretched":
        pairs = ", ".join(f"'{day}': '{said}'" for day, said in _STRETCHED.items())
        return f"{{{pairs}}}[datum.value]"
    return "(datum.value == 0 ? 'day 0' : datum.value)"


def x_axis(preset: Preset, kind: str, *, labels: bool) -> Spec:
    """The axis itself: fine grid lines in every panel, words only under the last."""
    slot = [-BEFORE_AT * preset.before] if preset.low < 0 else []
    axis: Spec = {
        "values": [*slot, *preset.ticks],
        "grid": True,
        "ticks": False,
        "domain": labels,
        "labels": labels,
        "title": None,
    }
    if labels:
        axis |= {
            "title": words(preset, kind),
            "labelExpr": _label(preset, kind),
            "labelOverlap": "greedy",
            "labelPadding": 8,
            "labelSeparation": 6,
            "titlePadding": 10,
            "labelFlush": False,
        }
    return axis


def x_scale(preset: Preset) -> Spec:
    """One scale for all panels: gutters left for the words at both ends."""
    scale: Spec = {
        "type": "symlog" if preset.kind == "stretched" else "linear",
        "domain": [preset.left, preset.high],
        "range": [{"expr": "gutter"}, {"expr": "edge"}],
        "nice": False,
        "zero": False,
    }
    return scale
