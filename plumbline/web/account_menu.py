"""Who is signed in, the ways out, and the warning before a page that nobody uses is left."""

from __future__ import annotations

import streamlit as st

from plumbline.access.sessions import IDLE, WARN, Session
from plumbline.errors import NotAllowed
from plumbline.web import who
from plumbline.web.server import serving
from plumbline.web.text import plain

_WARNED = IDLE - WARN
_LOOK = _WARNED / 6


def draw(session: Session) -> None:
    """The account with its role and clinics; signing out, here or everywhere."""
    account = session.account
    with st.popover(plain(account.account_id), width="content"):
        clinics = "every clinic" if account.clinics is None else ", ".join(account.clinics)
        st.markdown(f"**{plain(account.account_id)}**, {plain(who.words(account.role))}")
        st.caption(f"Sees {plain(clinics)}.")
        st.button("Sign out", key="sign_out", on_click=_sign_out, width="stretch")
        known = serving.sessions()
        if known and known.count(account.account_id) > 1:
            st.button("Sign out everywhere", key="sign_out_everywhere", on_click=_everywhere, width="stretch")
    _warning()


@st.fragment(run_every=_LOOK)
def _warning() -> None:
    """Two minutes before the end: a page that is only read is left, too. What it does by itself is no use."""
    found = _now()
    known = serving.sessions()
    if found is None or known is None:
        return
    left = known.left(found)
    if left > _WARNED.total_seconds():
        return
    minutes = max(1, round(left / 60))
    with st.container(key="idle_warning", horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(
            f":material/schedule: **You will be signed out in {minutes} min.** What you have begun to enter is kept.",
            width="content",
        )
        st.button("Stay signed in", key="stay")


def _now() -> Session | None:
    """The session as it is at this moment; None: it has just ended, and the page is being left."""
    try:
        return who.signed_in()
    except NotAllowed:
        return None


def _sign_out() -> None:
    known, found = serving.sessions(), _now()
    if known and found:
        known.end(found.handle, "sign_out")


def _everywhere() -> None:
    known, found = serving.sessions(), _now()
    if known and found:
        known.end_all_of(found.account.account_id, "everywhere")
