"""Which answers can still be had, whom to call first, and how complete each visit is."""

import streamlit as st

from plumbline.web import on_record
from plumbline.web.followups import call, data, view
from plumbline.web.ui import allowed, footer, page

ctx = page("Follow-ups", "view_followups")

head = st.container()
asked = view.filters(ctx)
with head:
    view.answer(data.total(ctx, asked.clinic_id), view.when(ctx))
blocks = data.blocks(ctx, asked.clinic_id)
if blocks.empty:
    st.markdown("Nobody has had a procedure yet: bring your patients in, and their visits appear here.")
    footer(ctx)
    st.stop()

if allowed(ctx, data.LIST):
    on_record.listed(ctx, "follow-ups")
left, right = st.columns([1.9, 1], gap="medium")
with right:
    block = view.bar(ctx, blocks, asked.clinic_id)
with left:
    if not allowed(ctx, data.LIST):
        view.completeness(ctx, asked.clinic_id)
    elif block or asked.state == "missed":
        view.behind(ctx, block or (None, "missed"), blocks, asked.clinic_id)
    else:
        call.last_call(ctx)
        line = view.call_list(ctx, asked)
        if line and ctx.known_at is not None:
            st.info("The past is only looked at: go back to now to log a call.")
        elif line and allowed(ctx, data.CALL):
            call.dialog(line)
footer(ctx)
