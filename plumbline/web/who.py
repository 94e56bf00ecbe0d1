"""Who asks: the account of the signed-in session; in local mode the owner, in the demo whichever role was picked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from plumbline.access.accounts import NO_ACCOUNT
from plumbline.access.sessions import Session
from plumbline.errors import NotAllowed
from plumbline.sharing.sessions import LinkSession
from plumbline.store import Store
from plumbline.web import cache
from plumbline.web.server import modes, serving

OWNER = "owner"
ROLE = "plumbline_role"
_KEPT = "plumbline_role_kept"


@dataclass(frozen=True)
class Who:
    """A role, the name that entries are recorded by, the clinics that may be seen, and the session's handle.

    `patient_id`: whose progress a link shows; None for staff.
    """

    role: str
    user: str
    clinics: tuple[str, ...] | None = None
    session: str | None = None
    patient_id: str | None = None


def asks() -> Who:
    """Who is asking in this run. Raises NotAllowed where their session has ended, or the link that they opened."""
    if serving.sessions() is not None or st.user.get("session"):
        found = signed_in()
        account = found.account
        patient_id = found.link.patient_id if isinstance(found, LinkSession) and found.link else None
        return Who(account.role, account.account_id, account.clinics, found.handle, patient_id)
    if serving.mode() == "demo":
        role = picked(serving.store())
        return Who(role, f"demo {words(role)}")
    return Who(OWNER, modes.login())


def signed_in() -> Session:
    """The live session of this run: the gate names it when a page is opened, and it is looked up in every run."""
    handle = st.user.get("session")
    found = serving.session(handle if isinstance(handle, str) else None)
    if found is None:
        raise NotAllowed("You were signed out: load the page again.")
    return found


def still_in(handle: str) -> Callable[[], None]:
    """What is asked as a write's turn has come: whoever was signed out meanwhile writes nothing any more."""

    def check() -> None:
        if serving.session(handle) is None:
            raise NotAllowed("You were signed out before this was stored: nothing was.")

    return check


def roles(store: Store) -> list[str]:
    """The roles that the demo offers: those of accounts."""

    def make() -> list[str]:
        known = cache.shared().arrow(store, "web/action_by_role")["role"].to_pylist()
        return [role for role in dict.fromkeys(known) if role not in NO_ACCOUNT]

    return cache.shared().made(store, "web/roles", make)


def picked(store: Store) -> str:
    """The role picked in the demo, or named in the address; a specialist to begin with."""
    asked = st.session_state.get(ROLE) or st.session_state.get(_KEPT) or st.query_params.get("role")
    role = asked if asked in roles(store) else "specialist"
    st.session_state[_KEPT] = role  # a page that leads to another forgets what was chosen in widgets
    return role


def words(role: str) -> str:
    """A role for people."""
    return role.replace("_", " ")
