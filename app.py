"""Plumbline's web application: `make run`, `streamlit run app.py` and `python -m plumbline serve` all start this.

The entry script lives elsewhere on purpose: beside a folder named pages, Streamlit would serve pages around it.
"""

import streamlit as st

from plumbline.web import serving, ui

serving.configure(st)

app = st.App(
    "plumbline/web/entry.py",
    middleware=serving.middleware(),
    lifespan=serving.lifespan,
    on_script_error=ui.on_script_error,
)
