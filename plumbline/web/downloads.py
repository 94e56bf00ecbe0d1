"""Downloads: one click, one ticket, one line on record, one file; nothing goes through Streamlit's /media.

Streamlit keeps a file under an address that is worked out from parts of its content and serves it to whoever asks. Here
a click makes a ticket: random, for one use within a minute, for the session that clicked. The file is built as it is
fetched, after the record says so and only if the action is still allowed.
"""

from __future__ import annotations

import re
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.scriptrunner import get_script_run_ctx

from plumbline import audit
from plumbline.errors import NotAllowed, PlumblineError
from plumbline.trail import report
from plumbline.web import on_record, ui
from plumbline.web.asking import Context
from plumbline.web.door.sparing import Sparing
from plumbline.web.server import serving

SECONDS = 60.0
MOST = 200
MOST_REFUSALS = 30
SESSION = "x-plumbline-session"  # the gate removes what came from outside and names the session that is signed in
GONE = "This download can't be had any more: go back, and choose it again."
_NAME = re.compile(r"[a-z][A-Za-z0-9._-]{0,119}\.(csv|xlsx|yaml|pdf|html|svg|png|json)")
_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "yaml": "application/yaml; charset=utf-8",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "svg": "image/svg+xml",
    "png": "image/png",
    "json": "application/json",
}
_REPORTS = {"pdf", "html"}
Build = Callable[[Context], bytes | str]


@dataclass(frozen=True)
class Wanted:
    """What a click asked for, by whom and in which session; good until `until` on the monotonic clock."""

    ctx: Context
    actor: audit.Actor
    action: str
    name: str
    build: Build
    about: tuple[str, str]
    until: float


class Tickets:
    """The tickets that are out, in memory: each is taken once, the oldest give way when there are too many."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._out: dict[str, Wanted] = {}
        self._lock = threading.Lock()
        self._notes = Sparing(MOST_REFUSALS, clock)

    def issue(
        self, ctx: Context, actor: audit.Actor, action: str, name: str, build: Build, about: tuple[str, str]
    ) -> str:
        """A new ticket. `name`: the file's, of our own words, days and opaque ids, never of a patient's name."""
        if not _NAME.fullmatch(name):
            raise ValueError("a file name of fixed letters, with an ending that is known")
        ticket, now = secrets.token_urlsafe(32), self._clock()
        with self._lock:
            self._out = {key: one for key, one in self._out.items() if one.until > now}
            for oldest in list(self._out)[: max(0, len(self._out) - MOST + 1)]:
                del self._out[oldest]
            self._out[ticket] = Wanted(ctx, actor, action, name, build, about, now + SECONDS)
        return ticket

    def take(self, ticket: str, session: str | None) -> Wanted | str:
        """What the ticket is for; or why it isn't good, in a word for the record. It is gone either way."""
        with self._lock:
            wanted = self._out.pop(ticket, None)
        if wanted is None:
            return "unknown"
        if wanted.until <= self._clock():
            return "late"
        if wanted.ctx.session != session:
            return "foreign"
        return wanted if ui.allowed(wanted.ctx, wanted.action) else "denied"

    def may_note(self) -> bool:
        """Whether one more refusal goes on record: so many a minute, or guesses would fill the disk."""
        return self._notes.may()


TICKETS = Tickets()


def button(
    ctx: Context,
    label: str,
    *,
    action: str,
    name: str | Callable[[Context], str],
    build: Build,
    about: tuple[str, str],
    key: str,
    disabled: bool = False,
    is_quiet: bool = False,
    help: str | None = None,
) -> None:
    """A button that downloads a file, for those who have the action.

    `build` gets the context of the click, never the one of the drawing, and runs outside the session: no `st` in it.
    `about`: kind and key for the record.
    """
    if not ui.allowed(ctx, action):
        return
    st.button(
        label, key=key, on_click=_clicked, args=(action, name, build, about), disabled=disabled, help=help,
        type="tertiary" if is_quiet else "secondary", icon=":material/download:",
    )  # fmt: skip


def _clicked(action: str, name: str | Callable[[Context], str], build: Build, about: tuple[str, str]) -> None:
    ctx = ui.context()
    ui.require(ctx, action)
    said = name if isinstance(name, str) else name(ctx)
    _go_to(f"/dl/{TICKETS.issue(ctx, on_record.actor(ctx), action, said, build, about)}")


def _go_to(path: str) -> None:
    """Send this browser to an address. One that answers with an attachment leaves the page as it is."""
    run = get_script_run_ctx()
    if run is not None:
        message = ForwardMsg()
        message.auth_redirect.url = path
        run.enqueue(message)


def routes() -> list[Route]:
    """The routes of app.py for downloads."""
    return [Route("/dl/{ticket}", _fetched, methods=["GET"])]


async def _fetched(request: Request) -> Response:
    if request.method != "GET":  # what looks ahead spends no ticket
        return _gone()
    return await run_in_threadpool(answer, request.path_params["ticket"], request.headers.get(SESSION))


def answer(ticket: str, session: str | None, *, wait: float = -1) -> Response:
    """The file, once it is on record; every ticket that isn't good gets the same answer.

    `session`: the handle of whoever asks, as the gate or the door of a patient's link says it. `wait`: seconds for
    which to wait until it can be put on record; -1 for ever.
    """
    wanted = TICKETS.take(ticket, session)
    if isinstance(wanted, str):
        return _refused(wanted, session, wait)
    try:
        kind = wanted.name.rpartition(".")[2]
        event = "pdf_made" if kind in _REPORTS else "export_made"
        audit.record(wanted.ctx.present, event, wanted.actor, wanted.about, wait=wait)
        _still_in(session)  # putting it on record may have waited
        body = wanted.build(wanted.ctx)
        _still_in(session)
    except NotAllowed:
        return _refused("denied", session, wait)
    except PlumblineError as told:
        return PlainTextResponse(str(told), 503, _headers())
    except Exception as error:
        words = f"The file could not be made. Tell whoever looks after Plumbline this code: {report(error)}."
        return PlainTextResponse(words, 500, _headers())
    return Response(body, 200, _headers(f'attachment; filename="{wanted.name}"'), _TYPES[kind])


def _still_in(session: str | None) -> None:
    has_left = serving.session(session) is None
    if has_left and (serving.sessions() is not None or (session and serving.shares() is not None)):
        raise NotAllowed("You were signed out.")


def _refused(why: str, session: str | None, wait: float) -> Response:
    known = serving.session(session)
    if TICKETS.may_note():
        try:
            actor = known.actor if known else audit.Actor("unknown", "none")
            audit.record(serving.store(), "ticket_refused", actor, result=why, wait=wait)
        except PlumblineError as error:
            report(error)
    return _gone()


def _gone() -> Response:
    return PlainTextResponse(GONE, 404, _headers())


def _headers(disposition: str = "inline") -> dict[str, str]:
    return {
        "content-disposition": disposition,
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
    }
