"""Week by week after the procedure, of all clinics and of the one that is looked at."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from plumbline.charts import weeks as chart
from plumbline.cohorts.small import least_of, limits
from plumbline.web.clinics import data
from plumbline.web.clinics.view import under
from plumbline.web.ui import Context, today


def weeks(ctx: Context, clinic_id: str, name: str) -> None:
    """The course week by week; `clinic_id`: the clinic that is looked at, empty for all together."""
    st.subheader("Week by week after the procedure", anchor=False)
    if ctx.as_of != today(ctx.store):
        st.markdown("This is counted as of today only: go back to today to see it.")
        return
    found = [one._asdict() for one in data.weeks(ctx, clinic_id, name)]
    if not found:
        st.markdown("No week has enough patients to be shown.")
        return
    last = max(one["week"] for one in found)
    of = next((one["name"] for one in found if one["part"] == "one"), "")
    said = f"● and bar: {of}, median and middle half. " if of else ""
    st.vega_lite_chart(
        pd.DataFrame(chart.rows(found)), chart.weeks(ctx.theme, last), width="stretch", theme=None,
        key=f"clinics_weeks_{clinic_id}", alt=f"Back pain by week after the procedure. {found[-1]['words']}.",
    )  # fmt: skip
    under(
        f"{said}Line and grey: all clinics, median and middle half. Every score of every day counts, also those "
        "between visits, so who answers often counts more: it shows the course and doesn't compare. A week of under "
        f"{least_of(0.25, limits().inside)} courses, or that would tell of under 5 patients, is left out."
    )
    with st.expander("The same as a table"):
        st.dataframe(
            [{"Clinic": one["name"], "Week": one["week"] + 1, "Scores": one["scores"], "Courses": one["courses"],
              "A quarter at or below": one["low"], "Half": one["mid"], "Three quarters": one["high"]}
             for one in found],
            hide_index=True, height=260, alt="Back pain by week after the procedure",
        )  # fmt: skip
