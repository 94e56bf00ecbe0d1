"""The web application, started by `make run`, `streamlit run app.py` or `python -m plumbline serve`.

The entry script is elsewhere on purpose: beside a folder named pages, Streamlit would serve pages around it.
"""

import streamlit as st

from plumbline.web import downloads, on_record
from plumbline.web.server import serving
from plumbline.web.share import link as share

serving.configure()

app = st.App(
    "plumbline/web/entry.py",
    routes=[*downloads.routes(), *serving.routes()],
    middleware=serving.middleware(share.Share()),
    lifespan=serving.lifespan,
    on_script_error=on_record.on_script_error,
)
