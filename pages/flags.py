"""Flags: by rule, what was raised, seen, acted on and dismissed; how precise, how quick, how many to look at."""

import streamlit as st

from plumbline.web.flags import load as flags_load
from plumbline.web.flags import view
from plumbline.web.ui import footer, page

ctx = page("Flags", "view_flags")

st.header("What the flags are worth", anchor=False)
period = view.choose(ctx)
view.prepare(ctx)
figures = view.figures(ctx, period)
if not figures["raised"].sum():
    st.write(f"No flag was raised {period.words}. Choose a longer period, or another clinic.")
    footer(ctx)
    st.stop()

view.summary(ctx, period, figures)
rules, load, whatif = st.tabs(["By rule", "Load and budget", "Move a threshold"])
with rules:
    picked = view.table(ctx, period, figures)
    view.people(ctx, period, picked)
    view.answers(ctx, period)
with load:
    flags_load.load(ctx, period)
with whatif:
    flags_load.move(ctx, period)
footer(ctx)
