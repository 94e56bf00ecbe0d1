"""What signing in costs: one rerun of the Patient page behind the gate, and the way from sign-in to the first page.

Both beside local mode, where nobody signs in, on copies of the same store. The provider is the mock of the tests, in a
process of its own; what it takes itself is measured and left out.
"""

from __future__ import annotations

import shutil
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import httpx2
from playwright.sync_api import sync_playwright

from benchmarks.client import Client
from benchmarks.page_cost import EPISODE, RERUNS, ROUNDS, WARM, Page, key_of, ratio
from benchmarks.servers import Server, free_port, running
from plumbline import audit
from plumbline.access import accounts
from plumbline.store import open_store

SIGN_INS = 12
ARRIVALS = 6
FOOTER = "not an emergency channel"
SUBJECT = "anna"
BROWSER = httpx2.Client(timeout=30)
SECRET = "only of this run: correct horse battery staple"


@dataclass(frozen=True)
class Pair:
    """The two servers, the provider, and the address that both are asked for."""

    local: Server
    signed: Server
    provider: Server
    query: str

    def sign_in(self) -> tuple[str, float, float]:
        """Go the whole way by HTTP: the cookie, the seconds in all, and those of the provider alone."""
        began, theirs = time.perf_counter(), 0.0
        base = f"http://127.0.0.1:{self.signed.port}"
        BROWSER.cookies.clear()
        address = BROWSER.get(f"{base}/signin/go", params={"next": "/patient"}).headers["location"]
        asked = time.perf_counter()
        address = BROWSER.post(address, data={"sub": SUBJECT}).headers["location"]
        theirs += time.perf_counter() - asked
        BROWSER.get(address)
        return BROWSER.cookies["plumbline"], time.perf_counter() - began, theirs + self._token_seconds()

    def _token_seconds(self) -> float:
        """What the provider takes for the token that our server asks it for: asked once more, from here."""
        base = f"http://127.0.0.1:{self.provider.port}/oauth2"
        back = "http://127.0.0.1/back"
        asked = {"response_type": "code", "client_id": "other", "redirect_uri": back, "scope": "openid", "nonce": "n"}
        address = BROWSER.post(f"{base}/authorize", params=asked, data={"sub": SUBJECT}).headers["location"]
        given = {"grant_type": "authorization_code", "redirect_uri": back, "code": httpx2.URL(address).params["code"]}
        began = time.perf_counter()
        answer = BROWSER.post(f"{base}/token", data=given, auth=("other", "x"))
        answer.raise_for_status()
        return time.perf_counter() - began


@contextmanager
def _pair(store: Path, folder: Path, as_of: date) -> Iterator[Pair]:
    ports = {name: free_port() for name in ("local", "signed", "provider")}
    issuer = f"http://127.0.0.1:{ports['provider']}"
    paths = {name: Path(shutil.copy(store, folder / f"{name}.duckdb")) for name in ("local", "signed")}
    opened = open_store(paths["signed"])
    accounts.add(opened, audit.SYSTEM, SUBJECT, issuer=issuer, subject=SUBJECT, role="specialist", clinics=None)
    opened.close()
    settings = {
        "PLUMBLINE_AUTH": "oidc", "PLUMBLINE_URL": f"http://127.0.0.1:{ports['signed']}", "PLUMBLINE_SECRET": SECRET,
        "PLUMBLINE_OIDC_ISSUER": issuer, "PLUMBLINE_OIDC_CLIENT_ID": "plumbline",
        "PLUMBLINE_OIDC_CLIENT_SECRET": "known to both",
    }  # fmt: skip

    def served(name: str) -> list[str]:
        return ["-m", "plumbline", "serve", "--port", str(ports[name]), "--store", str(paths[name])]

    mock = ["-m", "oidc_provider_mock", "--port", str(ports["provider"])]
    asks = "/.well-known/openid-configuration"
    with ExitStack() as held:
        provider = held.enter_context(running(mock, ports["provider"], folder, {}, asks))
        local = held.enter_context(running(served("local"), ports["local"], folder, {"PLUMBLINE_AUTH": "local"}))
        signed = held.enter_context(running(served("signed"), ports["signed"], folder, settings))
        yield Pair(local, signed, provider, f"episode={key_of(store, EPISODE)}&as_of={as_of.isoformat()}")


def _in_a_browser(pair: Pair) -> dict[str, float]:
    """Until a person sees the page: from the provider's yes, and by opening it in local mode; medians in ms."""
    spent: dict[str, list[float]] = {"local": [], "signed": []}
    with sync_playwright() as started:
        found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
        browser = started.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        context = browser.new_context()
        context.route(lambda url: "127.0.0.1" not in url, lambda route: route.abort())  # the mock's page wants a style
        page = context.new_page()
        for _ in range(ARRIVALS):
            context.clear_cookies()
            page.goto("about:blank")
            began = time.perf_counter()
            page.goto(f"http://127.0.0.1:{pair.local.port}/patient?{pair.query}")
            page.get_by_text(FOOTER).wait_for()
            spent["local"].append(time.perf_counter() - began)
            page.goto(f"http://127.0.0.1:{pair.signed.port}/patient?{pair.query}")
            page.get_by_role("link", name="Sign in").click()
            page.locator("input[name=sub]").fill(SUBJECT)
            began = time.perf_counter()
            page.get_by_role("button", name="Authorize", exact=True).click()
            page.get_by_text(FOOTER).wait_for()
            spent["signed"].append(time.perf_counter() - began)
        browser.close()
    return {name: round(1000 * statistics.median(found[1:]), 1) for name, found in spent.items()}


def _first_page(port: int, query: str, cookie: str = "") -> float:
    """Seconds until a browser that has come has its first page drawn."""
    began = time.perf_counter()
    headers = {"Cookie": f"plumbline={cookie}"} if cookie else {}
    BROWSER.get(f"http://127.0.0.1:{port}/patient?{query}", headers=headers)
    with Client(port, "patient", query, headers) as client:
        client.run()
    return time.perf_counter() - began


def _arrivals(pair: Pair) -> dict[str, float]:
    """From the click on Sign in to the page, and the page alone in local mode: medians, in turn, in milliseconds."""
    spent: dict[str, list[float]] = {"local": [], "signed": [], "provider": []}
    for _ in range(SIGN_INS):
        spent["local"].append(_first_page(pair.local.port, pair.query))
        cookie, whole, theirs = pair.sign_in()
        spent["signed"].append(whole - theirs + _first_page(pair.signed.port, pair.query, cookie))
        spent["provider"].append(theirs)
    return {name: round(1000 * statistics.median(found[2:]), 1) for name, found in spent.items()}


def measure(store: Path, folder: Path, as_of: date) -> dict[str, Any]:
    """CPU of one rerun behind the gate and without, in interleaved rounds; and both ways to the first page."""
    with _pair(store, folder, as_of) as pair, ExitStack() as held:
        cookie, _, _ = pair.sign_in()
        pages = {
            "local": Page("local", pair.local, held.enter_context(Client(pair.local.port, "patient", pair.query))),
            "signed": Page(
                "signed", pair.signed,
                held.enter_context(Client(pair.signed.port, "patient", pair.query, {"Cookie": f"plumbline={cookie}"})),
            ),
        }  # fmt: skip
        _each(pages, lambda page: page.client.run())
        _each(pages, lambda page: page.round(WARM))
        for page in pages.values():
            page.cpu.clear()
            page.wait.clear()
        for _ in range(ROUNDS):
            _each(pages, lambda page: page.round(RERUNS))
        arrivals, seen = _arrivals(pair), _in_a_browser(pair)
    return {
        "cpu_ms": {name: round(statistics.median(page.cpu), 1) for name, page in pages.items()},
        "wait_ms": {name: round(statistics.median(page.wait), 1) for name, page in pages.items()},
        "arrival_ms": arrivals,
        "rerun": ratio(pages["signed"], pages["local"]),
        "seen_ms": seen,
        "arrival": round(seen["signed"] / seen["local"], 3),
    }


def _each(pages: dict[str, Page], do: Callable[[Page], object]) -> None:
    for page in pages.values():
        do(page)
