"""Put on record what is looked at: before it is shown, once for each thing in a session."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import replace

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from plumbline import audit
from plumbline.web import errors, who
from plumbline.web.asking import Context
from plumbline.web.server import serving

_SEEN = "on_record"
_MOST = 500


def actor(ctx: Context) -> audit.Actor:
    """Who is asking, and the beginning of the hash of the session."""
    if signed_in := serving.session(ctx.session):
        return signed_in.actor
    run = get_script_run_ctx()
    session = hashlib.sha256(run.session_id.encode()).hexdigest()[:12] if run else None
    return audit.Actor(ctx.user, ctx.role, session=session)


def on_script_error(error: Exception) -> bool:
    """What Streamlit calls for every error of a page, fragment or callback; True keeps its own box away.

    Where people sign in, the support code that somebody is shown is on record with who it was.
    """
    code = errors.tell(error)
    if code and serving.sessions() is not None:
        with suppress(Exception):  # the store may be what is wrong; the log has the code all the same
            audit.record(serving.store(), "error", who.signed_in().actor, ("support code", code), result="failed")
    return True


def denied(ctx: Context, about: tuple[str, str]) -> None:
    """Record that somebody asked for what isn't theirs to see, once in a session for each thing. Raises AuditFailed."""
    looked(ctx, "access_denied", about, result="denied")


def listed(ctx: Context, name: str) -> None:
    """Record that a list with people's names is looked at, once in a session. Raises AuditFailed: it isn't shown."""
    looked(ctx, "list_viewed", ("list", name))


def looked(
    ctx: Context,
    event: str,
    about: tuple[str, str] | None = None,
    *,
    clinic_id: str | None = None,
    result: str = "done",
) -> None:
    """Record a look, once in a session for each thing, role and instant. Raises AuditFailed: it must not be shown.

    `clinic_id`: whose patient it is about, so that the clinic's manager finds it.
    """
    seen: dict[tuple[object, ...], None] = st.session_state.setdefault(_SEEN, {})
    mark = (event, about, ctx.role, ctx.known_at)
    if mark in seen:
        return
    audit.record(ctx.present, event, replace(actor(ctx), clinic_id=clinic_id), about, result=result)
    for old in list(seen)[: -_MOST + 1]:
        del seen[old]
    seen[mark] = None
