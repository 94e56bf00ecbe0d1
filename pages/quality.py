"""Data quality: what is impossible, unlikely, missing or late, of how many, and where each is put right."""

import streamlit as st

from plumbline.web.quality import view
from plumbline.web.ui import footer, page

ctx = page("Data quality", "view_quality")

left, right = st.columns([3, 1], vertical_alignment="bottom")
with right:
    clinic_id = view.choose(ctx)
total = view.total(ctx, clinic_id)
with left:
    view.answer(ctx, total)
if not total["patients_checked"]:
    footer(ctx)
    st.stop()

listed, chosen = st.columns([1, 1.35], gap="medium")
with listed:
    check = view.table(ctx, clinic_id)
with chosen:
    view.behind(ctx, check, clinic_id)
footer(ctx)
