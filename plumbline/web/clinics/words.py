"""The marks of the Clinics page as a list of words: for a keyboard, which can't reach a mark in a chart."""

from __future__ import annotations

import streamlit as st

from plumbline.clinics.model import Funnel, View
from plumbline.web.clinics import data, picks
from plumbline.web.clinics.picks import Pick
from plumbline.web.ui import Context, require


def choose(ctx: Context, view: View, found: Funnel, unit: str, shown: dict[str, str]) -> Pick | None:
    """The mark that is chosen by its words. `unit`: whose months are shown; `shown`: what each chart shows."""
    require(ctx, data.LIST)
    marks = _marks(ctx, view, found, unit, shown)
    if not marks:
        return None
    said = st.selectbox(
        "List the patients behind a figure", list(marks), index=None, placeholder="Choose a figure, or click its mark",
        key=picks.key("words", "_".join(shown.values())), on_change=picks.close, width=620,
    )  # fmt: skip
    return marks.get(said or "")


def _marks(ctx: Context, view: View, found: Funnel, unit: str, shown: dict[str, str]) -> dict[str, Pick]:
    """Every mark that stands for people, by its words."""
    names = {one.unit: one.name for one in found.points}
    months = data.control(ctx, view, unit, names.get(unit, ""))

    def pick(chart: str, **by: str) -> Pick:
        return Pick(chart, shown[chart], tuple(sorted(by.items())))

    told = [(one.words, pick("funnel", unit=one.unit)) for one in found.points if one.state != "empty"]
    told += [(f"{names.get(unit, 'All')}, {one.words}", pick("months", month=f"{one.month_on:%Y-%m-%d}"))
             for one in months.months if one.month_on is not None]  # fmt: skip
    told += [(one.words, pick("grid", unit=one.unit, visit=one.visit)) for one in data.cells(ctx)]
    told += [(one.words, pick("rates", unit=one.unit)) for one in data.rates(ctx) if one.unit and one.events]
    return dict(told)
