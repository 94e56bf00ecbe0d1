"""What a clinic sets for itself: its name, its phones, its amber budget; previewed, versioned, on record."""

import streamlit as st

from plumbline.web.settings import view
from plumbline.web.ui import allowed, footer, page

ctx = page("Settings", "view_settings")

st.header("What a clinic sets for itself", anchor=False)
row = view.choose(ctx)
if row is None:
    st.markdown("No clinic is known yet. An import of patients brings them.")
    footer(ctx)
    st.stop()

if allowed(ctx, view.EDIT):
    fields, effect = st.columns([1.35, 1], gap="large")
    with fields:
        given = view.form(row)
    with effect, st.container(border=True):
        view.preview(ctx, row, given)
else:
    view.shown(row)
    st.caption("The clinic's manager or an admin changes them. The time zone stays: all stored days depend on it.")
view.history(ctx, row)
footer(ctx)
