"""What every request passes first: our own name and pages only, a live session where people sign in, our headers."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from urllib.parse import urlencode

from starlette.responses import PlainTextResponse, RedirectResponse, Response

from plumbline.access.accounts import may
from plumbline.access.sessions import Session
from plumbline.errors import PlumblineError
from plumbline.sharing.sessions import LinkSessions
from plumbline.trail import report
from plumbline.web import visit
from plumbline.web.door import headers, signin_pages
from plumbline.web.door.doors import Door, Headers, Refused, SignedIn, Vouched, local_path
from plumbline.web.door.headers import App, Message, Receive, Send
from plumbline.web.share import light

# Streamlit answers these to everyone: figures about the server, an interface for programs, its own sign-in,
# and what it was given to keep as a file, which no page of ours does (see downloads.py).
CLOSED = ("/_stcore/metrics", "/_stcore/agent", "/_stcore/script-health", "/auth/", "/oauth2callback", "/media/")
# Code and pictures of the program, and the ways in: nothing of a patient.
OPEN = ("/static/", "/signin/")
OPEN_PAGES = ("/signin", "/favicon.png", "/_stcore/health", "/_stcore/host-config")
UNNAMED = ("/health", "/ready")  # asked by whoever looks after the machine, under any name
UPLOAD, IMPORT = "/_stcore/upload_file", "import_data"
INNER = ("/_stcore/", "/component/", "/dl/")  # fetched by a page: told so, not sent to sign in


class Gate:
    """ASGI middleware, outermost.

    `door` gives who is let in, None while Plumbline starts or stops; `shares` gives who has a patient's link open, and
    `links` answers all that is under their address: Streamlit has answers of its own for odd paths.
    `refusal` gives the sentence to say when the start failed for a reason that its reader can act on.
    """

    def __init__(
        self,
        app: App,
        refusal: Callable[[], str | None],
        door: Callable[[], Door | None],
        shares: Callable[[], LinkSessions | None] = lambda: None,
        links: App | None = None,
    ) -> None:
        self._app = app
        self._links = links or app
        self._shares = shares
        self._refusal = refusal
        self._door = door

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Let a request through with our headers, or refuse it: 400 host, 404 closed, 401 or 403 who, 503 not ready."""
        if scope["type"] == "lifespan":
            await self._lifespan(scope, receive, send)
            return
        door = self._door()
        said = headers.of(scope)
        if scope["type"] == "websocket":
            await self._socket(door, said, scope, receive, send)
            return
        policy = light.policy() if _is_link(scope["path"]) else None
        answer = headers.answering(
            send, scope["path"], is_https=door is not None and door.is_https, policy=policy
        )  # fmt: skip
        if door is None:
            await headers.refuse(answer, 503, "Plumbline is starting or stopping: try again in a moment.")
        elif scope["path"] in UNNAMED:
            await self._app(headers.with_own(scope, {}), receive, answer)
        elif not door.host_allowed(scope, said.get("host", [])):
            sentence = "Plumbline answers to its own address only." if isinstance(door, SignedIn) else _HERE
            await headers.refuse(answer, 400, sentence)
        elif scope["path"].startswith(CLOSED):
            await headers.refuse(answer, 404, "Not found.")
        else:
            await self._request(door, said, scope, receive, answer)

    async def _request(self, door: Door, said: Headers, scope: Message, receive: Receive, send: Send) -> None:
        own = {"request": secrets.token_hex(6)}
        path = scope["path"]
        session, app = None, self._app
        try:
            if _is_link(path):  # whoever is signed in as staff in this browser is nobody there
                door.link_allowed(scope, said)
                app = self._links
            else:
                session = self._session_of(door, said, scope)
                if session is None and (answer := await self._without(door, said, scope)):
                    await answer(scope, receive, send)
                    return
            if session and path.startswith(UPLOAD) and not may(session.account.role, IMPORT):
                await headers.refuse(send, 403, "Your role brings no files in.")
                return
        except Refused as refused:
            await headers.refuse(send, 403, str(refused))
            return
        except Exception as error:  # the store doesn't answer: nobody is let in, and no text of the error leaves
            told = f"Plumbline can't tell who you are; its log has why under the code {report(error)}."
            await headers.refuse(send, 503, str(error) if isinstance(error, PlumblineError) else told)
            return
        own |= {"session": session.handle} if session else {}
        await app(headers.with_own(scope, own), receive, send)

    def _session_of(self, door: Door, said: Headers, scope: Message) -> Session | None:
        """Whoever is signed in; else who has a patient's link open. Where nobody signs in, the link goes first."""
        session = door.session_of(scope, said) if isinstance(door, SignedIn) else None
        shares = self._shares()
        return session or (shares.of_token(door.link_token_of(said)) if shares else None)

    async def _without(self, door: Door, said: Headers, scope: Message) -> Response | None:
        """The answer to somebody without a session; None: they may go on, which is where nobody signs in."""
        if _is_open(scope["path"]):
            return None
        is_staff = isinstance(door, SignedIn) and door.token_of(said) is not None
        if door.link_token_of(said) and not is_staff and not scope["path"].startswith(INNER):
            # a patient's link was open in this browser and has ended: not straight on to what is for staff
            return door.take_link(RedirectResponse(visit.LINK, 303))
        return await _stranger(door, said, scope) if isinstance(door, SignedIn) else None

    async def _socket(self, door: Door | None, said: Headers, scope: Message, receive: Receive, send: Send) -> None:
        hosts, origins = said.get("host", []), said.get("origin", [])
        if door is None or not door.host_allowed(scope, hosts) or not door.origin_allowed(origins, hosts[0]):
            await send({"type": "websocket.close", "code": 1008})
        elif isinstance(door, SignedIn) or door.link_token_of(said):
            await visit.begin(self._app, door, self._shares(), said, scope, receive, send)
        else:
            await self._app(headers.with_own(scope, {}), receive, send)

    async def _lifespan(self, scope: Message, receive: Receive, send: Send) -> None:
        """Pass start and stop on; a start that failed says its sentence and not a trace."""

        async def plain(message: Message) -> None:
            if message["type"] == "lifespan.startup.failed":
                message = {**message, "message": self._refusal() or message.get("message", "")}
            await send(message)

        await self._app(scope, receive, plain)


_HERE = "Plumbline answers on this machine only: use http://127.0.0.1."


def _is_link(path: str) -> bool:
    return path == visit.LINK or path.startswith(f"{visit.LINK}/")


def _is_open(path: str) -> bool:
    return path in OPEN_PAGES or path.startswith(OPEN)


async def _stranger(door: SignedIn, said: Headers, scope: Message) -> Response:
    """Somebody without a live session: a page sends them to sign in, whatever else is refused."""
    if scope["path"].startswith(INNER) or scope["method"] not in {"GET", "HEAD"}:
        return PlainTextResponse("Sign in first.", 401)
    here = scope["path"] + (f"?{scope['query_string'].decode('latin-1')}" if scope["query_string"] else "")
    asked = {"next": local_path(here)}
    if not isinstance(door, Vouched):
        return RedirectResponse(f"/signin?{urlencode(asked)}", 303)
    if why := door.sessions.ended_why(door.token_of(said)):  # said once: the cookie goes with it
        return door.take(RedirectResponse(f"/signin?{urlencode(asked | {'why': why})}", 303))
    if scope["method"] != "GET" or said.get("sec-fetch-mode", ["navigate"]) != ["navigate"]:
        return PlainTextResponse("Open the page to sign in.", 401)  # what a page of another site can fetch isn't that
    token = await asyncio.to_thread(door.sign_in, scope, said)
    if token is None:
        return signin_pages.denied(door.identity_of(scope, said))
    return door.give(RedirectResponse(local_path(here), 303), token)
