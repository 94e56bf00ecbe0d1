"""Who needs attention as of a chosen day, worst first, each with why; everyone else below."""

import streamlit as st

from plumbline.web import on_record, signed
from plumbline.web.ui import footer, page
from plumbline.web.worklist import empty, view
from plumbline.web.worklist import rows as worklist_rows

ctx = page("Worklist", "view_worklist")

choices = view.choices_of(ctx)
if not choices["clinic"]:
    empty.welcome(ctx)
    footer(ctx)
    st.stop()

on_record.listed(ctx, "worklist")
left, right = st.columns([1, 1.2], vertical_alignment="bottom")
with right:
    asked = view.filters(ctx, choices)
lines = worklist_rows.lines(ctx, asked)
searched = asked.find is not None
with left:
    view.summary(ctx, lines.total, searched=searched)
    signed.line(ctx, asked.clinic_id)
picked = view.pills(choices, lines)

listed = lines.listed(picked, searched=searched)
if listed.urgent:
    view.urgent_rows(ctx, listed.urgent)
elif not picked or not listed.keys:
    empty.calm(others=bool(listed.keys), filtered=bool(picked or asked.clinic_id or asked.surgeon or asked.find))
if listed.keys:
    view.table(ctx, listed, "Everyone else" if listed.urgent else "Everyone")
view.left_out(listed.left_out)
footer(ctx)
