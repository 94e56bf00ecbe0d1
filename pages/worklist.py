"""Who needs attention as of a chosen day, worst first, each with why; everyone else below."""

import streamlit as st

from plumbline.web import worklist_empty as empty
from plumbline.web import worklist_rows
from plumbline.web import worklist_view as view
from plumbline.web.ui import footer, page

ctx = page("Worklist", "view_worklist")

choices = ctx.ask("worklist/choice_by_filter")
if not view.labels(choices, "clinic"):
    empty.welcome(ctx)
    footer(ctx)
    st.stop()

left, right = st.columns([1, 1.2], vertical_alignment="bottom")
with right:
    asked = view.filters(ctx, choices)
rows = worklist_rows.rows(ctx, asked)
with left:
    view.summary(ctx, rows, searched=asked.find is not None)
picked = view.pills(choices, rows)

listed = rows[rows["verdict"].isin(picked)]
if not picked or (listed.empty and asked.find):  # who is found is shown, whatever verdict was chosen before
    listed = rows[rows["is_listed"]]
urgent, others = listed[listed["place"] == "urgent"], listed[listed["place"] != "urgent"]
if len(urgent):
    view.urgent_rows(ctx, urgent)
elif not picked or others.empty:
    empty.calm(others, filtered=bool(picked or asked.clinic_id or asked.surgeon or asked.find))
if len(others):
    view.table(ctx, others, "Everyone else" if len(urgent) else "Everyone")
view.left_out(listed)
footer(ctx)
