"""Which mark of the Clinics page was clicked last: it alone is listed, and only in the view that it was drawn in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from plumbline.charts.clinics_base import Record
from plumbline.charts.mark import PICK, Spec
from plumbline.web.clinics import data
from plumbline.web.ui import context, require

CHARTS = ("funnel", "months", "grid", "rates")
_TURNS = "clinics_turns"  # of each chart: another turn, and nothing is chosen in it
_SEEN = "clinics_seen"  # what was chosen in each chart in the last run, with what it showed
_LAST = "clinics_last"


@dataclass(frozen=True)
class Pick:
    """A mark: the chart, what the chart showed, and the fields that the mark is chosen by."""

    chart: str
    shown: str
    fields: tuple[tuple[str, str], ...]

    @property
    def words(self) -> str:
        """All of it in one word, for the key of the list behind it."""
        return "_".join([self.chart, self.shown, *(value for _, value in self.fields)])

    def of(self, name: str) -> str:
        """One of the fields."""
        return dict(self.fields)[name]


def key(chart: str, shown: str) -> str:
    """The chart's key: what it shows is part of it, so that a choice never stands for another group."""
    return f"clinics_{chart}_{shown}_{_turns().get(chart, 0)}"


def drawn(chart: str, shown: str, rows: Sequence[Record], spec: Spec, alt: str, *, may_pick: bool = True) -> bool:
    """Draw a chart whose marks can be chosen by whoever may; True where one was chosen just now."""
    event: Any = st.vega_lite_chart(
        pd.DataFrame(rows), spec, width="stretch", theme=None, key=key(chart, shown),
        on_select="rerun" if may_pick else "ignore", selection_mode=[PICK] if may_pick else None, alt=alt,
    )  # fmt: skip
    return may_pick and taken(chart, shown, event)


def taken(chart: str, shown: str, event: Any) -> bool:
    """Take in what is chosen in a chart; True where it was chosen just now."""
    found = (event.get("selection") or {}).get(PICK) if event else None
    chosen = Pick(chart, shown, tuple(sorted((k, str(v)) for k, v in found[0].items()))) if found else None
    seen: dict[str, Pick | None] = st.session_state.setdefault(_SEEN, {})
    is_new = chosen is not None and seen.get(chart) != chosen
    seen[chart] = chosen
    if not is_new:
        return False
    st.session_state[_LAST] = chosen
    for other in CHARTS:
        if other != chart and seen.get(other):  # clicked again there, it would be no change and go unseen
            _turns()[other] = _turns().get(other, 0) + 1
            seen[other] = None
    return True


def last(shown: dict[str, str]) -> Pick | None:
    """The mark that was clicked last, if its chart still shows the same. `shown`: what each chart shows."""
    found: Pick | None = st.session_state.get(_LAST)
    return found if found and shown.get(found.chart) == found.shown else None


def close() -> None:
    """Close the list of what was clicked: another mark was chosen by its words."""
    require(context(), data.VIEW)
    st.session_state.pop(_LAST, None)


def forget() -> None:
    """Close the list: nothing is chosen any more."""
    require(context(), data.VIEW)
    st.session_state.pop(_LAST, None)
    st.session_state.pop(_SEEN, None)
    for chart in (*CHARTS, "words"):
        _turns()[chart] = _turns().get(chart, 0) + 1


def _turns() -> dict[str, int]:
    found: dict[str, int] = st.session_state.setdefault(_TURNS, {})
    return found
