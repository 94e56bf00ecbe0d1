"""Mode proxy: a person is whom the proxy names, and only the proxy is believed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from plumbline.access.sessions import Sessions
from plumbline.store import open_store
from plumbline.web.door.doors import PROXY_SECRET, Refused, Vouched
from plumbline.web.server import modes
from tests.attacks import signed
from tests.attacks.conftest import ROLES
from tests.attacks.signed import browser, cookie_of, on_record
from tests.conftest import Served, start
from tests.web.conftest import made_up
from tests.web.wire import Wire

pytestmark = pytest.mark.browser

KNOWN = {PROXY_SECRET: signed.PROXY["PLUMBLINE_PROXY_SECRET"]}
ANNA = KNOWN | {"X-Forwarded-User": "anna"}


@pytest.fixture(scope="module")
def proxied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server behind a proxy, which the tests play."""
    folder = tmp_path_factory.mktemp("proxied")
    store = signed.with_accounts(made_up(folder / "made-up.duckdb"), "proxy", **ROLES)
    served = start(store, "proxy", folder / "server.log", **signed.PROXY)
    yield served
    served.stop()


def come_in(served: Served, who: dict[str, str]) -> httpx2.Client:
    client = browser()
    first = client.get(f"{served.url}/reference?as_of=2026-01-01", headers=who)
    assert first.status_code == httpx2.codes.SEE_OTHER
    assert first.headers["location"] == "/reference?as_of=2026-01-01"
    return client


def test_whom_the_proxy_names_is_in(proxied: Served) -> None:
    client = come_in(proxied, ANNA)
    assert client.get(proxied.url, headers=ANNA).status_code == httpx2.codes.OK
    cookie = {"Cookie": f"plumbline={cookie_of(client)}"}
    with Wire(proxied.url, additional_headers=ANNA | cookie) as page:
        assert "anna" in page.ask("reference").said
    assert on_record(proxied.store, "sign_in")[0]["actor"] == "anna"


@pytest.mark.attack(9)
@pytest.mark.parametrize(
    "who",
    [
        {},
        {"X-Forwarded-User": "anna"},
        {"X-Forwarded-User": "anna", PROXY_SECRET: "guessed"},
        {"X-Forwarded-User": "anna", PROXY_SECRET: ""},
        [("X-Forwarded-User", "anna"), (PROXY_SECRET, "guessed"), *KNOWN.items()],
        [("X-Forwarded-User", "anna"), ("X-Forwarded-User", "mark"), *KNOWN.items()],
        KNOWN,
        KNOWN | {"X-Forwarded-User": ""},
    ],
    ids=["nothing", "no secret", "wrong secret", "empty secret", "two secrets", "two people", "nobody", "blank"],
)
def test_who_isnt_named_by_the_proxy_gets_nothing(proxied: Served, who: httpx2._types.HeaderTypes) -> None:
    for path in ("/", "/signin", "/static/x", "/_stcore/host-config"):
        assert browser().get(f"{proxied.url}{path}", headers=who).status_code == httpx2.codes.FORBIDDEN


@pytest.mark.attack(9)
@pytest.mark.parametrize("peer", ["192.0.2.7", "127.0.0.2", "::ffff:192.0.2.7", "", "unix"])
def test_the_secret_is_worth_nothing_from_elsewhere(empty_store: Path, peer: str) -> None:
    opened = open_store(empty_store)
    given = {name: value.replace("{port}", "8501") for name, value in signed.PROXY.items()}
    settings = modes.settings(given | {"PLUMBLINE_AUTH": "proxy"})
    assert settings.proxy
    door = Vouched(settings, Sessions(opened), settings.proxy)
    said = {"x-forwarded-user": ["anna"], PROXY_SECRET: [settings.proxy.secret], "x-forwarded-for": ["127.0.0.1"]}
    with pytest.raises(Refused):
        door.identity_of({"client": (peer, 1)}, said)
    assert door.identity_of({"client": ("127.0.0.1", 1)}, said) == ("proxy", "anna")
    assert door.identity_of({"client": ("::ffff:127.0.0.1", 1)}, said) == ("proxy", "anna")
    opened.close()


def test_who_has_no_account_is_told_what_to_pass_on(proxied: Served) -> None:
    answer = browser().get(proxied.url, headers=KNOWN | {"X-Forwarded-User": "mallory"})
    assert answer.status_code == httpx2.codes.FORBIDDEN
    assert "mallory" in answer.text
    assert "set-cookie" not in answer.headers


def test_a_session_is_of_the_person_whom_the_proxy_names_now(proxied: Served) -> None:
    cookie = cookie_of(come_in(proxied, ANNA))
    mark = KNOWN | {"X-Forwarded-User": "mark"}
    other = browser()
    other.cookies.set("plumbline", cookie, domain="127.0.0.1")
    assert other.get(proxied.url, headers=mark).status_code == httpx2.codes.SEE_OTHER
    assert cookie_of(other) != cookie


@pytest.mark.parametrize(
    ("peer", "said", "network"),
    [
        ("127.0.0.1", ["203.0.113.77"], "203.0.113.0/24"),
        ("127.0.0.1", ["9.9.9.9, 203.0.113.77"], "203.0.113.0/24"),
        ("127.0.0.1", ["9.9.9.9", "203.0.113.77"], "203.0.113.0/24"),
        ("127.0.0.1", [], "127.0.0.0/24"),
        ("127.0.0.1", ["nonsense"], "127.0.0.0/24"),
        ("198.51.100.7", ["9.9.9.9"], "198.51.100.0/24"),
        ("127.0.0.1", ["2001:db8:1:2::3"], "2001:db8:1::/48"),
        ("", [], None),
    ],
)
def test_the_network_on_record_is_the_one_that_the_last_proxy_saw(
    empty_store: Path, peer: str, said: list[str], network: str | None
) -> None:
    """What stands further left was written by whoever asked; from elsewhere than a proxy nothing is believed."""
    opened = open_store(empty_store)
    given = {name: value.replace("{port}", "8501") for name, value in signed.PROXY.items()}
    settings = modes.settings(given | {"PLUMBLINE_AUTH": "proxy"})
    assert settings.proxy
    door = Vouched(settings, Sessions(opened), settings.proxy)
    assert door.address_of({"client": (peer, 1)}, {"x-forwarded-for": said} if said else {}) == network
    opened.close()
