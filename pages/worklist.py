"""Worklist: a stand-in until the page is built."""

import streamlit as st

from plumbline.web.ui import footer, page

ctx = page("Worklist", "view_worklist")
st.header("Worklist", anchor=False)
footer(ctx)
