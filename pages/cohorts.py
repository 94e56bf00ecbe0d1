"""Cohorts: how groups of patients recover against each other, and whether the comparison can be trusted."""

import streamlit as st

from plumbline.errors import PlumblineError
from plumbline.web import counted_days, crossing
from plumbline.web.cohorts import build, data, files, people, trust, view
from plumbline.web.ui import footer, page, plain, refuse_to_come

ctx = page("Cohorts", "view_cohorts")
refuse_to_come(ctx, "view_cohorts")
counted_days.stop_where_too_fine(ctx, "view_cohorts")

try:
    asked, place = build.row(ctx)
    asked = view.switched(ctx, asked)
    groups = data.cohorts(ctx, asked)
    known = data.found(ctx, asked, groups)
except PlumblineError as told:
    st.info(plain(str(told)))
    st.button("Begin anew", on_click=build.begin_anew)
    footer(ctx)
    st.stop()
build.live(ctx, place, asked, known)

view.verdict(known)
crossing.to_clinics(ctx, asked)
charts = data.charts(ctx, asked, groups, known)
people.behind(ctx, asked, groups, known, view.upper(ctx, known, charts))
people.behind(ctx, asked, groups, known, view.middle(ctx, known, charts))
people.behind(ctx, asked, groups, known, trust.answers(ctx, known, charts))
trust.alike(ctx, known, charts)
trust.everything(known)
people.behind(ctx, asked, groups, known, view.by_words(ctx, known, charts), by="words")
files.buttons(ctx, asked, groups, known, charts)
footer(ctx)
