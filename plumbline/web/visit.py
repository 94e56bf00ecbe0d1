"""One page that is open: the session is looked at on every message, and the page is left the instant that it ends.

The browser is told to go to the sign-in page by the message that Streamlit has for it (`ForwardMsg.auth_redirect`), so
that nothing of a patient stays on the screen. What a person does counts as use; what a page does by itself doesn't.
"""

from __future__ import annotations

import asyncio
import secrets
import time
from collections import Counter
from contextlib import suppress
from urllib.parse import urlencode, urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from plumbline.access.sessions import Session, Sessions
from plumbline.sharing.sessions import LinkSession, LinkSessions
from plumbline.trail import report
from plumbline.web.door import headers
from plumbline.web.door.doors import Door, Headers, Refused, SignedIn, local_path
from plumbline.web.door.headers import App, Message, Receive, Send

MOST_PAGES = 20  # open at once in one session
MOST_MESSAGES = 100  # of one page within a second
TOO_MANY = 1008
LINK = "/s"  # where a page goes whose link has ended
_open: Counter[str] = Counter()


def redirect_to(address: str) -> bytes:
    """The message that makes a browser with a page of ours leave it for an address."""
    message = ForwardMsg()
    message.auth_redirect.url = address
    return bytes(message.SerializeToString())


def signin_address(why: str, page: str) -> str:
    """Where a page goes that has ended: the sign-in page, which leads back to it; after a sign-out to its farewell."""
    if why in {"sign_out", "everywhere"}:
        return "/signin/out"
    return "/signin?" + urlencode(({"why": why} if why else {}) | {"next": local_path(page)})


async def begin(
    app: App, door: Door, shares: LinkSessions | None, said: Headers, scope: Message, receive: Receive, send: Send
) -> None:
    """Open a page for who has a live session or a link open, for as long as that lives; turn everybody else away."""
    session: Session | None = None
    sessions: Sessions | None = None
    if isinstance(door, SignedIn):
        with suppress(Refused):
            session, sessions = door.session_of(scope, said), door.sessions
    if session is None and shares is not None:
        session, sessions = shares.of_token(door.link_token_of(said)), shares
    if session is None or sessions is None:
        await _turn_away(scope, receive, send, door, said)
    elif _open[session.handle] >= MOST_PAGES:
        await send({"type": "websocket.close", "code": TOO_MANY})
    else:
        await _watched(app, scope, receive, send, session, sessions)


async def _turn_away(scope: Message, receive: Receive, send: Send, door: Door, said: Headers) -> None:
    """A page without a live session: refused; but one that comes back is told to leave what it shows."""
    token = door.token_of(said) if isinstance(door, SignedIn) else None
    why = door.sessions.ended_why(token) if isinstance(door, SignedIn) else None
    to = LINK if why is None and door.link_token_of(said) else signin_address(why or "", "/")
    offered = [part.strip() for part in ",".join(said.get("sec-websocket-protocol", [])).split(",")]
    comes_back = len(offered) == 3 and bool(offered[2])
    if not comes_back:
        await send({"type": "websocket.close", "code": 1008})
        return
    await receive()
    await send({"type": "websocket.accept", "subprotocol": offered[0]})
    await send({"type": "websocket.send", "bytes": redirect_to(to)})
    await send({"type": "websocket.close", "code": 1008})


async def _watched(
    app: App, scope: Message, receive: Receive, send: Send, session: Session, sessions: Sessions
) -> None:
    visit = _Visit(receive, send, session, sessions)
    _open[session.handle] += 1
    session.watchers.append(visit.tell)
    guard = asyncio.create_task(visit.guard())
    own = {"session": session.handle, "request": secrets.token_hex(6)}
    try:
        await app(headers.with_own(scope, own), visit.receive, visit.send)
    finally:
        guard.cancel()
        with suppress(ValueError):
            session.watchers.remove(visit.tell)
        _open[session.handle] -= 1
        if not _open[session.handle]:
            del _open[session.handle]


class _Visit:
    """The two ends of one open page, between the browser and Streamlit."""

    def __init__(self, receive: Receive, send: Send, session: Session, sessions: Sessions) -> None:
        self._receive, self._send = receive, send
        self._session, self._sessions = session, sessions
        self._loop = asyncio.get_running_loop()
        self._ended = asyncio.Event()
        self._why = "idle"
        self._page = "/"
        self._is_open = False
        self._is_gone = False
        self._second, self._messages = 0.0, 0

    def tell(self, why: str) -> None:
        """The session has ended; called from any thread."""
        self._why = why
        self._loop.call_soon_threadsafe(self._ended.set)

    async def guard(self) -> None:
        """Leave the page once the session ends, by its time or by somebody's doing."""
        while not self._ended.is_set():
            left = self._sessions.left(self._session)
            if left <= 0:
                self._why = self._sessions.over(self._session) or self._why
                self._ended.set()
                break
            with suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self._ended.wait(), left)
        await self._leave()

    async def receive(self) -> Message:
        """The next message of the browser; none once the session has ended."""
        message = await self._receive()
        if message["type"] != "websocket.receive":
            return message
        if self._sessions.of_handle(self._session.handle) is None:
            self._ended.set()
            await self._leave()
        if self._is_gone or self._floods():
            await self._close()
            return {"type": "websocket.disconnect", "code": TOO_MANY}
        self._note(message.get("bytes"))
        return message

    async def send(self, message: Message) -> None:
        """Pass on what Streamlit says, as long as the page is there."""
        if self._is_gone:
            return
        self._is_open = self._is_open or message["type"] == "websocket.accept"
        await self._send(message)

    async def _leave(self) -> None:
        if self._is_gone:
            return
        self._is_gone = True
        # in a thread that nothing waits for, so that a page which is gone at once doesn't take the end with it
        self._loop.run_in_executor(None, self._write_down)
        if not self._is_open:
            return
        with suppress(Exception):  # the browser may have gone before
            is_of_link = isinstance(self._session, LinkSession)
            to = LINK if is_of_link else signin_address(self._why, self._page)
            await self._send({"type": "websocket.send", "bytes": redirect_to(to)})
            await self._send({"type": "websocket.close", "code": 1008})

    def _write_down(self) -> None:
        try:
            self._sessions.sweep()
        except Exception as error:  # the next sweep tries again
            report(error)

    async def _close(self) -> None:
        if not self._is_gone:
            self._is_gone = True
            with suppress(Exception):
                await self._send({"type": "websocket.close", "code": TOO_MANY})

    def _floods(self) -> bool:
        now = time.monotonic()
        if now - self._second >= 1:
            self._second, self._messages = now, 0
        self._messages += 1
        return self._messages > MOST_MESSAGES

    def _note(self, sent: bytes | None) -> None:
        """What the person looks at, and that they did something; Streamlit refuses what can't be read."""
        message = BackMsg()
        try:
            message.ParseFromString(sent or b"")
        except Exception:
            return
        if message.WhichOneof("type") != "rerun_script" or message.rerun_script.is_auto_rerun:
            return
        self._sessions.use(self._session)
        path, query = urlsplit(message.rerun_script.context_info.url).path, message.rerun_script.query_string
        if path:
            self._page = path + (f"?{query.removeprefix('?')}" if query else "")
