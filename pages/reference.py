"""Where the expected course comes from: the curve with its evidence, milestones, rules, and what they cost."""

import streamlit as st

from plumbline.web import reference_view as view
from plumbline.web import signed
from plumbline.web.ui import footer, page, plain

ctx = page("Reference", "view_reference")

versions = ctx.ask("reference/version_by_date").set_index("timeline_version")
st.header("Where the expected course comes from", anchor=False)
version = st.selectbox("Timeline", list(versions.index), width=260) if len(versions) > 1 else versions.index[0]
chosen = versions.loc[version]
with st.container(horizontal=True, gap="small", vertical_alignment="center"):
    signed.badge(ctx, version)
    published = f"{chosen['published_on']:%-d %B %Y}"
    st.markdown(f":gray[Timeline {plain(version)}, published on {published}. {plain(chosen['summary'])}.]")

course, times, rules, cost = st.tabs(["Expected course", "Milestones and visits", "Rules", "What the rules cost"])
with course:
    view.curve(ctx, version)
with times:
    view.times(ctx, version)
with rules:
    view.rules(ctx, version)
with cost:
    view.cost(ctx, version)
footer(ctx)
