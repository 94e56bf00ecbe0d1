"""Behind TLS: the cookie is for this host alone and never sent in the clear, and browsers are told to stay with TLS."""

from __future__ import annotations

from pathlib import Path

import httpx2
import pytest
from starlette.responses import PlainTextResponse, Response

from plumbline.access.sessions import Sessions
from plumbline.store import open_store
from plumbline.web.door.doors import SignedIn
from plumbline.web.door.gate import Gate
from plumbline.web.door.headers import Message, Receive, Send
from plumbline.web.server import modes
from tests.attacks.signed import SECRET, run_apart

HERE = "https://plumbline.example"


@pytest.fixture
def door(empty_store: Path) -> SignedIn:
    settings = modes.settings(
        {
            "PLUMBLINE_AUTH": "oidc", "PLUMBLINE_URL": HERE, "PLUMBLINE_SECRET": SECRET,
            "PLUMBLINE_OIDC_ISSUER": "https://id.example", "PLUMBLINE_OIDC_CLIENT_ID": "plumbline",
            "PLUMBLINE_OIDC_CLIENT_SECRET": "known to both",
        }
    )  # fmt: skip
    return SignedIn(settings, Sessions(open_store(empty_store)))


def ask(door: SignedIn, address: str, **headers: str) -> httpx2.Response:
    """One request through the gate, in front of an application that says which headers reached it."""

    async def application(scope: Message, receive: Receive, send: Send) -> None:
        reached = {name.decode() for name, _ in scope["headers"] if name.startswith(b"x-plumbline")}
        await PlainTextResponse(",".join(sorted(reached)))(scope, receive, send)

    async def go() -> httpx2.Response:
        transport = httpx2.ASGITransport(Gate(application, lambda: None, lambda: door))
        async with httpx2.AsyncClient(transport=transport) as client:
            return await client.get(address, headers=headers)

    return run_apart(go())


def test_the_cookie_is_of_this_host_alone_and_ends_with_the_browser(door: SignedIn) -> None:
    said = door.give(Response(), "x" * 43).headers["set-cookie"]
    assert said == f"__Host-plumbline={'x' * 43}; HttpOnly; Path=/; SameSite=lax; Secure"
    gone = door.take(Response()).headers["set-cookie"]
    assert gone.startswith('__Host-plumbline=""')
    assert "Max-Age=0" in gone
    assert "Secure" in gone


def test_a_cookie_under_another_name_is_no_session(door: SignedIn) -> None:
    assert door.token_of({"cookie": ["plumbline=x; __Host-plumbline=y"]}) == "y"
    assert door.token_of({"cookie": ["plumbline=x"]}) is None


@pytest.mark.attack(54)
@pytest.mark.parametrize("path", ["/", "/signin", "/_stcore/metrics", "/static/x.js"])
def test_browsers_are_told_to_stay_with_tls(door: SignedIn, path: str) -> None:
    answer = ask(door, f"{HERE}{path}")
    assert answer.headers["strict-transport-security"] == "max-age=31536000"


@pytest.mark.attack(8)
def test_our_own_headers_reach_the_application_from_the_gate_alone(door: SignedIn) -> None:
    given = {"X-Plumbline-Session": "x", "x-plumbline-role": "admin", "X-PLUMBLINE-REQUEST": "mine"}
    answer = ask(door, f"{HERE}/static/x.js", **given)
    assert answer.text == "x-plumbline-request"


@pytest.mark.attack(12)
@pytest.mark.parametrize("host", ["plumbline.example:8443", "www.plumbline.example", "plumbline.example.", "127.0.0.1"])
def test_only_the_public_name_is_ours(door: SignedIn, host: str) -> None:
    assert ask(door, f"{HERE}/", Host=host).status_code == httpx2.codes.BAD_REQUEST
    assert ask(door, f"{HERE}/", Host="PLUMBLINE.example").status_code == httpx2.codes.SEE_OTHER
