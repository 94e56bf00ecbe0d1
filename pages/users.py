"""Accounts: who may come in, in which role and for which clinics; added, changed and closed by an admin."""

import streamlit as st

from plumbline.web.ui import allowed, footer, page
from plumbline.web.users import links as links_view
from plumbline.web.users import view

ctx = page("Accounts", "view_users")

rows = view.accounts(ctx)
title, button = st.columns([4, 1], vertical_alignment="bottom")
with title:
    st.header("Who may come in", anchor=False)
    st.caption(view.summary(ctx, rows))
with button:
    if allowed(ctx, view.MANAGE):
        view.add_button(ctx)
picked = view.table(ctx, rows)
if picked and allowed(ctx, view.MANAGE):
    view.change(ctx, picked)
links_view.block(ctx)
footer(ctx)
