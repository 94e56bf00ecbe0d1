"""The load of flags against the clinics' budget, and what a moved threshold would have raised."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from plumbline.charts.flags import load as load_chart
from plumbline.web.flags.view import Period
from plumbline.web.ui import Context, plain

_COLUMNS: dict[str, Any] = {
    "month_on": st.column_config.DateColumn("Month", format="MMM YYYY"),
    "amber": st.column_config.NumberColumn("Amber flags", format="localized"),
    "patient_weeks": st.column_config.NumberColumn("Patient-weeks", format="%.0f"),
    "per_100_weeks": st.column_config.NumberColumn("Per 100 weeks", format="%.1f"),
    "budget": st.column_config.NumberColumn("Budget", format="%.1f"),
}


def load(ctx: Context, period: Period) -> None:
    """Amber flags per 100 patient-weeks by month, against what the clinics said they can look at."""
    rows = ctx.ask("flag/load_by_month", as_of=period.to_on, from_on=period.from_on, clinic_id=period.clinic_id)
    whole = ctx.ask("flag/load_of_period", as_of=period.to_on, from_on=period.from_on, clinic_id=period.clinic_id)
    one = whole.iloc[0]
    if not one["patient_weeks"] > 0:
        st.write("Nobody was followed in this period.")
        return
    st.markdown(
        f"**{one['per_100_weeks']:.1f}** amber flags per 100 patient-weeks: {one['amber']:,.0f} in "
        f"{one['patient_weeks']:,.0f}. The budget is **{one['budget']:g}**. Several amber flags of one patient on one "
        "day count once; red flags never count."
    )
    st.vega_lite_chart(
        rows, load_chart(ctx.theme), theme=None,
        alt="Amber flags per 100 patient-weeks by month as bars, the budget as a line over each.",
    )  # fmt: skip
    st.caption("Bars: amber flags. Line over each bar: the budget.")
    with st.expander("The same as a table"):
        st.dataframe(
            rows, hide_index=True, column_order=list(_COLUMNS), column_config=_COLUMNS, height="content",
            alt="Amber flags and the budget by month",
        )  # fmt: skip


def move(ctx: Context, period: Period) -> None:
    """What the same period would have raised with one threshold moved: asked by the very same rules."""
    known = ctx.ask("flag/threshold_by_name").set_index("threshold")
    with st.form("flags_move", border=False), st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        name = st.selectbox(
            "Threshold",
            list(known.index),
            list(known.index).index("new_problem_rise"),
            format_func=lambda one: f"{known.loc[one, 'meaning']} (now {known.loc[one, 'value']:g})",
            key="flags_threshold",
            width=460,
        )
        value = st.number_input("Moved to", 0.0, 100.0, 3.0, step=0.5, format="%g", key="flags_value", width=140)
        asked = st.form_submit_button("Show what would have been raised", type="primary")
    st.caption("A what-if: nothing is changed, and nobody is flagged by it. Rules change with a new timeline version.")
    if asked:
        _moved(ctx, period, str(name), float(value), known.loc[name])


def _moved(ctx: Context, period: Period, name: str, value: float, one: pd.Series) -> None:
    with st.spinner("Asking the rules again for every course and day …"):
        found = ctx.ask(
            "flag/moved_figure_by_rule", as_of=period.to_on, from_on=period.from_on, clinic_id=period.clinic_id,
            threshold=name, value=value, patient_ids=None,
        )  # fmt: skip
    said = f"{plain(one['meaning'])}: {value:g} {plain(one['unit'])} instead of {one['value']:g}"
    st.markdown(f"**{said}**, {period.words}.")
    st.dataframe(
        found,
        hide_index=True,
        column_order=["label", "before", "after"],
        column_config={"label": "Rule", "before": "Raised", "after": "Would have been raised"},
        height="content",
        width=560,
        alt="Flags raised by rule, before and after moving the threshold",
    )
    weeks = ctx.ask("flag/load_of_period", as_of=period.to_on, from_on=period.from_on, clinic_id=period.clinic_id)
    first, weeks_of = found.iloc[0], weeks.iloc[0]
    st.markdown(
        f"Amber in all: {first['amber_before']:,} before, {first['amber_after']:,} after, in "
        f"{weeks_of['patient_weeks']:,.0f} patient-weeks (budget {weeks_of['budget']:g} per 100)."
    )
