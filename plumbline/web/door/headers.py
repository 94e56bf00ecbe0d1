"""What stands on every answer, and what a request says: Streamlit sends no security header of its own."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Awaitable, Callable, MutableMapping
from functools import cache
from pathlib import Path
from typing import Any

import streamlit

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]
OWN = b"x-plumbline-"  # headers that only the gate may set
_YEAR = 31_536_000


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
def _security_headers(*, is_https: bool) -> tuple[tuple[bytes, bytes], ...]:
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
    if is_https:
        found["strict-transport-security"] = f"max-age={_YEAR}"
    return tuple((name.encode(), value.encode()) for name, value in found.items())


def of(scope: Message) -> dict[str, list[str]]:
    """The headers of a request by their names in small letters, each with all its values."""
    found: dict[str, list[str]] = {}
    for name, value in scope["headers"]:
        found.setdefault(name.decode("latin-1").lower(), []).append(value.decode("latin-1"))
    return found


def with_own(scope: Message, own: dict[str, str]) -> Message:
    """The request with our own headers: whatever came from outside under such a name is gone."""
    kept = [(name, value) for name, value in scope["headers"] if not name.lower().startswith(OWN)]
    ours = [(OWN + name.encode(), value.encode()) for name, value in own.items()]
    return {**scope, "headers": [*kept, *ours]}


def answering(send: Send, path: str, *, is_https: bool, policy: str | None = None) -> Send:
    """Send answers with the security headers; only what never changes may be kept by a browser.

    `policy`: another content policy than that of the pages, which are Streamlit's.
    """

    async def answer(message: Message) -> None:
        if message["type"] == "http.response.start":
            ours = dict(_security_headers(is_https=is_https))
            if policy:
                ours[b"content-security-policy"] = policy.encode()
            if not path.startswith("/static/"):
                ours[b"cache-control"] = b"no-store"
            kept = [(name, value) for name, value in message["headers"] if name.lower() not in ours]
            message = {**message, "headers": [*kept, *ours.items()]}
        await send(message)

    return answer


async def refuse(send: Send, status: int, sentence: str, more: tuple[tuple[bytes, bytes], ...] = ()) -> None:
    """Answer with one plain sentence."""
    headers = [(b"content-type", b"text/plain; charset=utf-8"), *more]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": sentence.encode()})
