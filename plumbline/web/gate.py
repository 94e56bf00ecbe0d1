"""What every request passes first: this machine only, our own pages only, and the security headers."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Awaitable, Callable, MutableMapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import streamlit

from plumbline.web.modes import LOOPBACK

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

# Streamlit answers these to everyone: figures about the server, an interface for programs, its own sign-in,
# and whatever it was given to keep as a file, which none of our pages do (see downloads.py).
CLOSED = ("/_stcore/metrics", "/_stcore/agent", "/_stcore/script-health", "/auth/", "/oauth2callback", "/media/")


@cache
def content_policy() -> str:
    """Our own files only, and the inline script of Streamlit's index.html by its hash."""
    index = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    inline = re.findall(r"<script>(.*?)</script>", index, flags=re.DOTALL)
    hashes = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in inline]
    scripts = " ".join(["script-src 'self'", *(f"'sha256-{digest}'" for digest in hashes)])
    return (
        f"default-src 'none'; {scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
        "font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; manifest-src 'self'; "
        "media-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )


@cache
def _security_headers() -> tuple[tuple[bytes, bytes], ...]:
    found = {
        "content-security-policy": content_policy(),
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
        "x-robots-tag": "noindex, nofollow",
    }
    return tuple((name.encode(), value.encode()) for name, value in found.items())


def _headers(scope: Message) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in scope["headers"]:
        found.setdefault(name.decode("latin-1").lower(), []).append(value.decode("latin-1"))
    return found


def _host_allowed(hosts: list[str]) -> bool:
    if len(hosts) != 1:
        return False
    try:
        parts = urlsplit(f"//{hosts[0]}")
        return parts.netloc == hosts[0] and parts.username is None and parts.hostname in LOOPBACK and parts.port != 0
    except ValueError:
        return False


def _origin_allowed(origins: list[str], host: str) -> bool:
    return len(origins) == 1 and origins[0].lower() == f"http://{host.lower()}"


class Gate:
    """ASGI middleware, outermost. In demo and local mode nobody signs in, so nothing from elsewhere comes in.

    `refusal` gives the sentence to say when the start failed for a reason that its reader can act on.
    """

    def __init__(self, app: App, refusal: Callable[[], str | None]) -> None:
        self._app = app
        self._refusal = refusal

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Let a request through with our headers, or refuse it: 400 host, 404 closed, 403 origin."""
        if scope["type"] == "lifespan":
            await self._lifespan(scope, receive, send)
            return
        headers = _headers(scope)
        hosts = headers.get("host", [])
        listening = (scope.get("server") or ("", 0))[0]
        local = listening in LOOPBACK and _host_allowed(hosts)
        if scope["type"] == "websocket":
            if local and _origin_allowed(headers.get("origin", []), hosts[0]):
                await self._app(scope, receive, send)
            else:
                await send({"type": "websocket.close", "code": 1008})
            return
        answer = _with_headers(send, scope["path"])
        if not local:
            await _refuse(answer, 400, "Plumbline answers on this machine only: use http://127.0.0.1.")
        elif scope["path"].startswith(CLOSED):
            await _refuse(answer, 404, "Not found.")
        else:
            await self._app(scope, receive, answer)

    async def _lifespan(self, scope: Message, receive: Receive, send: Send) -> None:
        """Pass start and stop on; a start that failed says its sentence and not a trace."""

        async def plain(message: Message) -> None:
            if message["type"] == "lifespan.startup.failed":
                message = {**message, "message": self._refusal() or message.get("message", "")}
            await send(message)

        await self._app(scope, receive, plain)


def _with_headers(send: Send, path: str) -> Send:
    async def answer(message: Message) -> None:
        if message["type"] == "http.response.start":
            ours = dict(_security_headers())
            if not path.startswith("/static/"):
                ours[b"cache-control"] = b"no-store"
            kept = [(name, value) for name, value in message["headers"] if name.lower() not in ours]
            message = {**message, "headers": [*kept, *ours.items()]}
        await send(message)

    return answer


async def _refuse(send: Send, status: int, sentence: str) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": sentence.encode()})
