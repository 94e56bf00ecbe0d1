"""Reference: a stand-in until the page is built."""

import streamlit as st

from plumbline.web.ui import footer, page

ctx = page("Reference", "view_reference")
st.header("Reference", anchor=False)
footer(ctx)
