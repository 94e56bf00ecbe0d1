"""The record: who looked at what, when and in which role; only ever added to."""

import streamlit as st

from plumbline.web import audit_view as view
from plumbline.web import on_record
from plumbline.web.ui import footer, page

ctx = page("Record", "view_audit")
on_record.looked(ctx, "audit_read")

title, button = st.columns([5, 1], vertical_alignment="bottom")
with title:
    st.header("Who looked at what", anchor=False)
    st.caption("Each row holds the hash of the one before it. There are keys here, no names and no values.")
with button:
    is_asked = st.button("Check the record", key="audit_check", help="That no row was edited, removed or moved.")
if is_asked:
    view.check(ctx)
view.rows(ctx, view.asked(ctx))
footer(ctx)
