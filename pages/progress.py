"""Progress: what a patient is told about their own recovery; for staff as a preview of what a link shows."""

import streamlit as st

from plumbline.web import progress_view as view
from plumbline.web.text import plain
from plumbline.web.ui import footer, page

ctx = page("Patient's view", "view_progress")
told = view.of_page(ctx)
if told is None:
    footer(ctx)
    st.stop()

with st.container(key="told"):
    view.switches(told)
    st.header(plain(told.hello), anchor=False)
    st.markdown(plain(told.when))
    view.summary(told.summary)
    if told.summary.is_urgent:
        view.helping(told.help)
    left, right = st.columns(2, gap="large")
    if told.chart:
        with left:
            view.scores(ctx, told.chart)
    if told.guidance:
        with right:
            view.guidance(told.guidance)
    if told.steps:
        view.steps(told.steps)
    if told.notes:
        view.notes(told.notes_heading, told.notes)
    if not told.summary.is_urgent:
        view.helping(told.help)
    st.markdown(f"**{plain(told.about_heading)}**")
    for line in told.about:
        st.markdown(plain(line))
footer(ctx)
