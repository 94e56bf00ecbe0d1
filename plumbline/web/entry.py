"""The script that Streamlit runs for every session: the frame, then the page, which guards itself."""

import streamlit as st

from plumbline import sql
from plumbline.web import ui

PAGES = sql.ROOT / "pages"

# No icons here: Streamlit would fetch the page's icon from a font server for the browser tab.
chosen = st.navigation(
    [
        st.Page(PAGES / "worklist.py", title="Worklist", default=True),
        st.Page(PAGES / "patient.py", title="Patient", url_path="patient"),
        st.Page(PAGES / "flags.py", title="Flags", url_path="flags"),
        st.Page(PAGES / "followups.py", title="Follow-ups", url_path="followups"),
        st.Page(PAGES / "quality.py", title="Data quality", url_path="quality"),
        st.Page(PAGES / "imports.py", title="Data in", url_path="imports"),
        st.Page(PAGES / "audit.py", title="Record", url_path="audit"),
        st.Page(PAGES / "reference.py", title="Reference", url_path="reference"),
        st.Page(PAGES / "protocol.py", title="Protocol", url_path="protocol"),
    ],
    position="top",
)
ui.top_bar()
chosen.run()
