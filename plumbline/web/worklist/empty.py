"""What the worklist says when nobody is urgent, nobody is found, or nobody is there yet."""

from __future__ import annotations

import streamlit as st

from plumbline.web import known_view
from plumbline.web.ui import Context
from plumbline.web.worklist.view import clear


def calm(*, others: bool, filtered: bool) -> None:
    """Nobody is urgent: say so warmly, or that nobody is found."""
    with st.container(border=True, key="calm", horizontal=True, vertical_alignment="center"):
        if others:
            st.markdown("**:green[●] All calm here.** Nobody comes before the others; everyone is below, worst first.")
        else:
            st.markdown("**○ Nobody is found.** Closed courses are found by name or id, and under ■ Closed.")
        if filtered:
            st.button("Clear the filters", on_click=clear)


def welcome(ctx: Context) -> None:
    """The empty store: what to do first. In the past: that nobody was there yet."""
    if ctx.known_at is not None:
        st.header("Nobody was known yet.", anchor=False)
        st.markdown("Nothing had been recorded in this store by then. Go back to now, or choose a later instant.")
        known_view.chooser("view_worklist")
        return
    if ctx.clinics is not None:
        st.header("Nobody of your clinics is here yet.", anchor=False)
        st.markdown("Patients appear here once a data steward has brought them in. Is a clinic missing? Ask an admin.")
        return
    command = f"python -m plumbline import FOLDER --store {ctx.store.path.name}"
    st.header("Welcome. Nobody is here yet.", anchor=False)
    st.markdown(
        "This page will show who needs you today: each recovery after kyphoplasty against its expected course. "
        "Bring in a folder of your own files, or look around with made-up patients first."
    )
    own, made_up = st.columns(2, gap="medium")
    with own.container(border=True, height="stretch"):
        st.subheader("Your own patients", anchor=False)
        st.markdown("CSV files or FHIR bundles. The first line only checks, stores nothing and names what won't do.")
        st.code(f"{command} --dry-run\n{command}", language=None, wrap_lines=True)
    with made_up.container(border=True, height="stretch"):
        st.subheader("Made-up patients", anchor=False)
        st.markdown("A thousand people in six clinics. They live in a store of their own, apart from yours.")
        st.code("make run", language=None)
