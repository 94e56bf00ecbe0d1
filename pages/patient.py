"""Patient: a stand-in until the page is built."""

import streamlit as st

from plumbline.web.ui import footer, page

ctx = page("Patient", "view_patient")
st.header("Patient", anchor=False)
footer(ctx)
