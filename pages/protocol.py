"""The timeline that recovery is judged by: which clinician has signed it for which clinic, and of exactly what."""

import streamlit as st

from plumbline.web import protocol_view as view
from plumbline.web import signed
from plumbline.web.ui import footer, page, plain

ctx = page("Protocol", "view_protocol")

versions = ctx.ask("reference/version_by_date").set_index("timeline_version")
st.header("Who has signed the timeline", anchor=False)
version = st.selectbox("Timeline", list(versions.index), width=260) if len(versions) > 1 else versions.index[0]
with st.container(horizontal=True, gap="small", vertical_alignment="center"):
    signed.badge(ctx, version)
    published = f"{versions.loc[version, 'published_on']:%-d %B %Y}"
    st.markdown(f":gray[Timeline {plain(version)}, published on {published}.]")
st.caption(
    "A named clinician signs it for a clinic, or for every clinic. Until then staff read it as a proposal, and "
    "patients of the clinic are shown no guidance by it. A signature ends by itself when anything below changes."
)
view.who(ctx, version)
st.subheader("What is signed", anchor=False)
view.content(ctx, version)
view.form(ctx, version)
view.given(ctx, version)
footer(ctx)
