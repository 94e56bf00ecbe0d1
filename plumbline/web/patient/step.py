"""Step through a course by keys: every moment of the chart in turn, in words, with a rule at its place.

The arrow keys move the slider, Home and End lead to its ends; a screen reader says each moment as it is reached.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import streamlit as st

from plumbline.web.patient import chart as patient_chart
from plumbline.web.text import plain
from plumbline.web.ui import Context

LAYERS = ("score", "unable", "visit", "event", "note")
_WORDS = ("expected_words", "standing_words", "note_words")


@dataclass(frozen=True)
class Step:
    """One moment: where it lies on the axis, when that was, and the rows of the chart that stand there."""

    x: float
    when: str
    rows: tuple[dict[str, Any], ...]

    @property
    def label(self) -> str:
        """When, and the first thing that stands there: what a screen reader says at each key."""
        return f"{self.when}: {_head(self.rows[0])}"


def steps(rows: pa.Table, panels: list[str]) -> list[Step]:
    """Every moment with something to say, the earliest first; what stands at the same moment is one step.

    `panels`: the instruments in the order of the chart, which a step keeps.
    """
    said = ["panel", "layer", "x", "happened_on", "when_words", "what", "value_words", *_WORDS]
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows.select(said).to_pylist():
        if row["layer"] in LAYERS and row["x"] is not None and row["when_words"]:
            found.setdefault(row["when_words"], []).append(row)
    order = {panel: number for number, panel in enumerate(panels)}
    for some in found.values():
        some.sort(key=lambda row: order.get(row["panel"], len(order)))
    made = [Step(min(row["x"] for row in some), when, tuple(some)) for when, some in found.items()]
    return sorted(made, key=lambda step: (step.x, step.when))


def choose(ctx: Context, episode_id: str, rows: pa.Table) -> float | None:
    """The slider and what stands at its moment, at first the latest; gives the place of the rule in the chart."""
    panels = [panel.instrument for panel in patient_chart.panels(ctx, episode_id)]
    found = {step.when: step for step in steps(rows, panels)}
    if len(found) < 2:
        st.caption("There are no two moments to step through yet.")
        return None
    key, names = f"step_at:{episode_id}", list(found)
    if st.session_state.get(key) not in found:
        past = [step.when for step in found.values() if (step.rows[0]["happened_on"] or ctx.as_of) <= ctx.as_of]
        st.session_state[key] = past[-1] if past else names[0]
    place = names.index(st.session_state[key]) + 1
    label = f"Moment {place} of {len(names)}"
    step = found[str(st.select_slider(label, names, key=key, format_func=lambda when: found[when].label))]
    st.markdown("\n".join(_line(row) for row in step.rows))
    return step.x


def _head(row: dict[str, Any]) -> str:
    return " ".join(filter(None, [row["what"], row["value_words"]]))


def _line(row: dict[str, Any]) -> str:
    expected, standing, note = (plain(row[name]) if row[name] else "" for name in _WORDS)
    beside = [f"expected {expected}" if expected else "", standing, note]
    more = " · ".join(filter(None, beside))
    return f"- {plain(_head(row))}" + (f" :gray[· {more}]" if more else "")
