"""The script that Streamlit runs for every session: the frame, then the page, which guards itself."""

import streamlit as st

from plumbline.web import navigation, ui

chosen = st.navigation(navigation.pages(ui.actions()), position="top")
ui.top_bar()
chosen.run()
