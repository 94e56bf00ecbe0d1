"""Clinics and surgeons against what luck allows, over time, and whose patients can't be judged; nobody is ranked."""

import streamlit as st

from plumbline.web import counted_days
from plumbline.web.clinics import data, more, picks, view
from plumbline.web.clinics import weeks as clinics_weeks
from plumbline.web.clinics import words as clinics_words
from plumbline.web.ui import allowed, footer, page, refuse_to_come

ctx = page("Clinics", "view_clinics")
refuse_to_come(ctx, "view_clinics")
counted_days.stop_where_too_fine(ctx, "view_clinics")

if data.counts(ctx).empty:
    st.header("Nothing to compare yet", anchor=False)
    st.markdown("No patient's visit has been due and is over: bring your patients in, and the clinics appear here.")
    footer(ctx)
    st.stop()

asked = view.choose(ctx)
found = data.funnel(ctx, asked)
view.answer(found)
left, right = st.columns(2, gap="large")
with left:
    is_new = view.against(ctx, found)
shown = {"funnel": view.of_view(ctx, asked)}
pick = picks.last(shown)
with right:
    unit, shown["months"] = view.months(ctx, asked, found, pick.of("unit") if is_new and pick else None)
upper = st.container()
left, right = st.columns(2, gap="large")
with left:
    shown["grid"] = more.grid(ctx)
with right:
    shown["rates"] = more.rates(ctx)
lower = st.container()
if allowed(ctx, data.LIST):
    pick, named = picks.last(shown), clinics_words.choose(ctx, asked, found, unit, shown)
    place = st.container() if pick is None else lower if pick.chart in ("grid", "rates") else upper
    if chosen := pick or named:
        with place:
            more.behind(ctx, chosen, asked, found, unit)
left, right = st.columns(2, gap="large")
with left:
    clinics_weeks.weeks(ctx, *view.clinic_of(asked, found, unit))
with right:
    more.waits(ctx)
footer(ctx)
