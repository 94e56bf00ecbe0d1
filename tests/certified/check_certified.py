"""`make test-oidc`: signing in and out with a certified provider, in Chromium; apart, as it needs npm."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.attacks import signed
from tests.attacks.conftest import ROLES
from tests.conftest import Served, free_port, start
from tests.web.conftest import made_up

HERE = Path(__file__).parent
HEADING = "Where the expected course comes from"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Plumbline, and the provider for its address."""
    folder = tmp_path_factory.mktemp("certified")
    issuer = f"http://127.0.0.1:{(at := free_port())}"
    store = signed.with_accounts(made_up(folder / "made-up.duckdb"), issuer, **ROLES)
    served = start(
        store, "oidc", folder / "server.log",
        PLUMBLINE_STORE=str(store), PLUMBLINE_URL=signed.URL, PLUMBLINE_SECRET=signed.SECRET,
        PLUMBLINE_OIDC_ISSUER=issuer, PLUMBLINE_OIDC_CLIENT_ID="plumbline",
        PLUMBLINE_OIDC_CLIENT_SECRET="known to both",
    )  # fmt: skip
    command = ["node", str(HERE / "provider.mjs"), str(at), served.url]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as provider:
        assert provider.stdout
        while "ready" not in provider.stdout.readline():
            assert provider.poll() is None
        yield served
        provider.terminate()
    served.stop()


def come_in(page: Page, served: Served, path: str, who: str) -> None:
    page.goto(f"{served.url}{path}")
    page.get_by_role("link", name="Sign in").click()
    page.locator("input[name=login]").fill(who)
    page.locator("input[name=password]").fill("any")
    page.get_by_role("button", name="Sign-in").click()
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url(f"{served.url}{path}")


def test_one_signs_in_and_arrives_at_the_address(page: Page, served: Served) -> None:
    come_in(page, served, "/reference?as_of=2026-03-01", "anna")
    expect(page.get_by_role("heading", name=HEADING)).to_be_visible()


def test_signing_out_signs_out_at_the_provider_too(page: Page, served: Served) -> None:
    come_in(page, served, "/reference", "anna")
    page.get_by_role("button", name="anna").click()
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.get_by_role("button", name="Yes, sign me out").click()
    page.wait_for_url(f"{served.url}/signin**")
    page.goto(f"{served.url}/reference")
    page.get_by_role("link", name="Sign in").click()
    expect(page.locator("input[name=login]")).to_be_visible()  # the provider asks anew who one is


def test_signing_out_everywhere(page: Page, served: Served, browser: Browser) -> None:
    come_in(page, served, "/reference", "mark")
    with browser.new_context() as other:
        phone = other.new_page()
        come_in(phone, served, "/reference", "mark")
        phone.get_by_role("button", name="mark").click()
        phone.get_by_role("button", name="Sign out everywhere").click()
        expect(page.get_by_role("heading", name=HEADING)).not_to_be_visible()


def test_who_has_no_account_stays_out(page: Page, served: Served) -> None:
    page.goto(served.url)
    page.get_by_role("link", name="Sign in").click()
    page.locator("input[name=login]").fill("mallory")
    page.locator("input[name=password]").fill("any")
    page.get_by_role("button", name="Sign-in").click()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="No account here")).to_be_visible()


def test_who_refuses_at_the_provider_stays_out(page: Page, served: Served) -> None:
    page.goto(served.url)
    page.get_by_role("link", name="Sign in").click()
    page.get_by_role("link", name="[ Cancel ]").click()
    expect(page.get_by_role("heading", name="Sign-in didn't finish")).to_be_visible()
