"""`/s/…`: the door of a patient's link, the light page behind it, and the way out. A GET changes nothing.

Everything that isn't right gets one answer: the same words, the same status, and not sooner than the floor. What stands
in the address is never logged or shown again; behind the door the address is `/s` alone.
"""

from __future__ import annotations

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

from plumbline.errors import PlumblineError
from plumbline.sharing import links, opening
from plumbline.sharing.limits import number
from plumbline.sharing.sessions import LinkSession
from plumbline.trail import report
from plumbline.web import downloads, told
from plumbline.web.door import headers
from plumbline.web.door.doors import Headers
from plumbline.web.door.sparing import Sparing
from plumbline.web.server import serving
from plumbline.web.server.serving import Held
from plumbline.web.share import light, light_words
from plumbline.web.share import paper as share_paper
from plumbline.web.visit import LINK

FIELD = "factor"
LONGEST = 1024  # bytes of what a form sends
FORM = "application/x-www-form-urlencoded"
THREADS = 4  # in which tries wait for their turn, apart from everything else
MOST_WAITING = 200
PATIENCE_SECONDS = 15.0  # after so long in the queue a try isn't begun any more
BUSY = 503
MOST_NOTES = 30  # tries at no link at all on record in a minute


class Share:
    """All that answers under `/s`, for every mode. One for the process."""

    def __init__(self) -> None:
        self._held = serving.held
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="links")
        self._waiting = 0
        self._notes = Sparing(MOST_NOTES)

    async def __call__(self, scope: headers.Message, receive: headers.Receive, send: headers.Send) -> None:
        """Answer an address under `/s`, whatever it looks like and whatever method it is asked by."""
        request = Request(scope, receive)
        try:
            answer = await (self.page(request) if scope["path"] == LINK else self.door(request))
        except Exception as error:
            answer = PlainTextResponse(f"Not now. Call your clinic, and say this code: {report(error)}.", 503)
        await answer(scope, receive, send)

    async def page(self, request: Request) -> Response:
        """`/s`: the progress of whoever has a link open; for everybody else how to open it."""
        held, said = self._held(), headers.of(request.scope)
        token = held.door.link_token_of(said)
        session = held.shares.of_link_token(token)
        if session is None or request.method not in {"GET", "HEAD"}:
            answer = HTMLResponse(light.over(_language(said)))
            return held.door.take_link(answer) if token and session is None else answer
        try:
            return await asyncio.to_thread(_shown, held, session, request)
        except PlumblineError as error:
            report(error)
            return HTMLResponse(light.over(_language(said), busy=True), 503)

    async def door(self, request: Request) -> Response:
        """`/s/…`: one fixed page for whatever stands there; a form that is sent is a try, or a way out."""
        rest = request.scope["path"][len(LINK) + 1 :]
        if request.method == "GET" and rest.startswith(share_paper.PATH):
            return await asyncio.to_thread(self._fetch, request, rest.removeprefix(share_paper.PATH))
        if request.method != "POST":
            return _door(request, again=False)
        if not _from_here(headers.of(request.scope)):
            return _door(request, again=True, status=403)
        if rest == "leave":
            return await asyncio.to_thread(self._leave, request)
        if rest == "paper":
            return await asyncio.to_thread(self._paper, request)
        return await self._tried(request, rest)

    async def _tried(self, request: Request, token: str) -> Response:
        began = time.monotonic()
        try:
            body = await _body(request)
        except ValueError:
            return _door(request, again=True, status=413)
        if self._waiting >= MOST_WAITING:
            return _door(request, again=True, status=BUSY)
        self._waiting += 1
        try:
            loop = asyncio.get_running_loop()
            status, held_by_browser = await loop.run_in_executor(self._pool, self._try, request, token, body, began)
        finally:
            self._waiting -= 1
        await asyncio.sleep(max(0.0, number("floor_ms") / 1000 - (time.monotonic() - began)))
        if held_by_browser is None:
            return _door(request, again=True, status=status)
        return self._held().door.give_link(RedirectResponse(LINK, 303), held_by_browser)

    def _try(self, request: Request, token: str, body: bytes, began: float) -> tuple[int, str | None]:
        """The status of an answer; where it was right what the browser is to hold."""
        if time.monotonic() - began > PATIENCE_SECONDS:  # those before it waited for an import, say
            return BUSY, None
        held, said = self._held(), headers.of(request.scope)
        network = held.door.address_of(request.scope, said)
        try:
            household = held.door.household_of(request.scope, said)
            given = _factor(said, body)
            link = opening.attempt(held.store, token, given, household, network, may_note=self._notes.may)
            if link is None:
                return 403, None
            if before := held.shares.of_token(held.door.link_token_of(said)):
                held.shares.end(before.handle, "replaced")
            return 303, held.shares.begin_of(link, network)
        except opening.TooMany:
            return 429, None
        except Exception as error:  # the store can't be written: nobody is let in
            report(error)
            return BUSY, None

    def _leave(self, request: Request) -> Response:
        held = self._held()
        session = held.shares.of_token(held.door.link_token_of(headers.of(request.scope)))
        if session:
            held.shares.end(session.handle, "sign_out")
        return held.door.take_link(RedirectResponse(LINK, 303))

    def _paper(self, request: Request) -> Response:
        held, said = self._held(), headers.of(request.scope)
        session = held.shares.of_link_token(held.door.link_token_of(said))
        if session is None or session.link is None or not session.link.has_paper:
            return RedirectResponse(LINK, 303)
        ticket = share_paper.ticket(held.store, held.mode, session, session.link, **_asked(request, said))
        return RedirectResponse(f"{LINK}/{share_paper.PATH}{ticket}", 303)

    def _fetch(self, request: Request, ticket: str) -> Response:
        held = self._held()
        session = held.shares.of_token(held.door.link_token_of(headers.of(request.scope)))
        if session is None:
            return PlainTextResponse(downloads.GONE, 404)
        answer = downloads.answer(ticket, session.handle, wait=opening.WAIT_SECONDS)
        is_told = answer.status_code < BUSY  # else in words for staff
        return answer if is_told else HTMLResponse(light.over(_language(headers.of(request.scope)), busy=True), BUSY)


def _shown(held: Held, session: LinkSession, request: Request) -> Response:
    """The light page, if the link is still good at this moment; else its session ends, and nothing is shown."""
    said = headers.of(request.scope)
    asked = _asked(request, said)
    link, why = told.link_of(held.store, session.account.account_id, links.utc_now())
    if why or link is None:
        held.shares.end(session.handle, why or "gone")
        return held.door.take_link(HTMLResponse(light.over(_language(said))))
    page = told.page_of(held.store, held.mode, link, **asked)
    if request.method == "GET":
        held.shares.use(session)
    # a page without a script leaves a shared screen by itself, once its session is over
    over = 60 * number("idle_minutes") + 5
    return HTMLResponse(page, headers={"content-language": asked["language"], "refresh": f"{over};url={LINK}"})


def _asked(request: Request, said: Headers) -> told.Asked:
    language = request.query_params.get("lang")
    return {
        "language": language if language in light_words.LANGUAGES else _language(said),
        "compared": request.query_params.get("range") != "off",
    }


def _door(request: Request, *, again: bool, status: int = 200) -> Response:
    return HTMLResponse(light.door(_language(headers.of(request.scope)), again=again, busy=status == BUSY), status)


def _language(said: Headers) -> str:
    """What the browser speaks first, of what we do."""
    first = said.get("accept-language", [""])[0].strip().lower()[:2]
    return first if first in light_words.LANGUAGES else next(iter(light_words.LANGUAGES))


def _from_here(said: Headers) -> bool:
    """Whether a form was sent by our own page, as far as the browser says; an old one says nothing."""
    return all(site in {"same-origin", "none"} for site in said.get("sec-fetch-site", []))


async def _body(request: Request) -> bytes:
    """What was sent. Raises ValueError where it is too long."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LONGEST:
            raise ValueError
    return body


def _factor(said: Headers, body: bytes) -> str | None:
    """The one field of the form; None where something else was sent."""
    if said.get("content-type", [""])[0].partition(";")[0].strip().lower() != FORM:
        return None
    try:
        sent = parse_qsl(body.decode("utf-8"), keep_blank_values=True, strict_parsing=True, max_num_fields=2)
    except ValueError:
        return None
    return sent[0][1] if len(sent) == 1 and sent[0][0] == FIELD else None
