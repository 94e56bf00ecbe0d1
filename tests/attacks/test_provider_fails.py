"""A provider that is down, slow or talks nonsense: a plain page within ten seconds, and nobody is let in."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from starlette.applications import Starlette

from plumbline.access.sessions import Sessions
from plumbline.store import Store, open_store
from plumbline.web.door import signin
from plumbline.web.door.doors import SignedIn
from plumbline.web.server import modes
from tests.attacks.provider import Provider
from tests.attacks.signed import SECRET, run_apart
from tests.conftest import free_port

pytestmark = pytest.mark.browser

HERE = "http://127.0.0.1:1"


@pytest.fixture
def store(store_with_accounts: Path) -> Iterator[Store]:
    opened = open_store(store_with_accounts)
    yield opened
    opened.close()


def go_through(store: Store, issuer: str) -> tuple[httpx2.Response, int]:
    """Sign in with a process that knows nothing of the provider yet: its last answer, and how many came in."""
    settings = modes.settings(
        {
            "PLUMBLINE_AUTH": "oidc", "PLUMBLINE_URL": HERE, "PLUMBLINE_SECRET": SECRET,
            "PLUMBLINE_OIDC_ISSUER": issuer, "PLUMBLINE_OIDC_CLIENT_ID": "plumbline",
            "PLUMBLINE_OIDC_CLIENT_SECRET": "known to both",
        }
    )  # fmt: skip
    sessions = Sessions(store)
    door = SignedIn(settings, sessions)

    async def ask() -> httpx2.Response:
        app = Starlette(routes=signin.SignIn(settings, lambda: door).routes())
        async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url=HERE, timeout=30) as client:
            answer = await client.get("/signin/go")
            if answer.status_code != httpx2.codes.FOUND:
                return answer
            async with httpx2.AsyncClient() as other:
                agreed = await other.get(answer.headers["location"])
            return await client.get(agreed.headers["location"])

    return run_apart(ask()), sessions.count("anna")


def refused(answer: httpx2.Response, came_in: int) -> bool:
    plain = "Traceback" not in answer.text and "secret" not in answer.text and "this code: " in answer.text
    return plain and came_in == 0 and answer.status_code in {400, 503} and "plumbline=" not in str(answer.headers)


def test_an_honest_provider_is_believed(provider: Provider, store: Store) -> None:
    answer, came_in = go_through(store, provider.url)
    assert (answer.status_code, came_in) == (303, 1)


@pytest.mark.attack(22)
@pytest.mark.parametrize("how", ["500", "bad json", "not an object", "empty"])
@pytest.mark.parametrize("where", ["about", "token", "keys"])
def test_a_provider_that_talks_nonsense_signs_nobody_in(
    provider: Provider, store: Store, where: str, how: str
) -> None:
    provider.broken = f"{where}: {how}"
    assert refused(*go_through(store, provider.url))


@pytest.mark.attack(22, 21)
def test_a_provider_that_names_another_issuer_isnt_believed(provider: Provider, store: Store) -> None:
    provider.more = {"issuer": "https://id.example"}
    assert refused(*go_through(store, provider.url))


@pytest.mark.attack(22)
@pytest.mark.parametrize("where", ["about", "token", "keys"])
def test_a_slow_provider_is_waited_for_as_long_as_said(
    provider: Provider, store: Store, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    assert signin.PROVIDER_SECONDS < 10
    monkeypatch.setattr(signin, "PROVIDER_SECONDS", 0.5)
    provider.broken = f"{where}: slow"
    before = time.monotonic()
    assert refused(*go_through(store, provider.url))
    assert time.monotonic() - before < 4  # less than the provider takes


@pytest.mark.attack(22)
def test_a_provider_that_is_down_is_said_to_be(store: Store) -> None:
    answer, came_in = go_through(store, f"http://127.0.0.1:{free_port()}")
    assert refused(answer, came_in)
    assert answer.status_code == httpx2.codes.SERVICE_UNAVAILABLE
    assert "Sign-in isn\u0027t answering" in answer.text.replace("&#39;", "\u0027")
