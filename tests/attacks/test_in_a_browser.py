"""A person signs in, works, leaves the desk and comes back: in Chromium, with a provider that asks who they are."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.attacks import signed
from tests.attacks.conftest import ROLES
from tests.conftest import Served, free_port, start

pytestmark = pytest.mark.browser

QUICK = (
    "import sys, datetime, plumbline.access.sessions as one; "
    "one.IDLE, one.WARN = datetime.timedelta(seconds=12), datetime.timedelta(seconds=5); "
    "from plumbline.cli.main import main; main()"
)
SIGNED_OUT = "You are signed out"


@pytest.fixture(scope="module")
def mock() -> Iterator[str]:
    """The field's mock of an identity provider, in a process of its own: it asks which person one is."""
    port = free_port()
    command = [str(Path(sys.executable).with_name("oidc-provider-mock")), "--port", str(port)]
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=dict(os.environ)
    ) as process:
        url = f"http://127.0.0.1:{port}"
        until = time.monotonic() + 30
        while time.monotonic() < until:
            with suppress(OSError), urllib.request.urlopen(f"{url}/.well-known/openid-configuration", timeout=1):
                break
            time.sleep(0.1)
        yield url
        process.terminate()


def _served(copy: object, mock: str, folder: Path, command: list[str] | None = None) -> Served:
    store = signed.with_accounts(copy(folder / "demo.duckdb"), mock, **ROLES)  # type: ignore[operator]
    return start(
        store, "oidc", folder / "server.log", command,
        PLUMBLINE_STORE=str(store), PLUMBLINE_URL=signed.URL, PLUMBLINE_SECRET=signed.SECRET,
        PLUMBLINE_OIDC_ISSUER=mock, PLUMBLINE_OIDC_CLIENT_ID="plumbline", PLUMBLINE_OIDC_CLIENT_SECRET="known to both",
    )  # fmt: skip


@pytest.fixture(scope="module")
def clinic(copy_demo_store: object, mock: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The demo store, served where people sign in."""
    served = _served(copy_demo_store, mock, tmp_path_factory.mktemp("clinic"))
    yield served
    assert served.stop() == 0, served.printed()


@pytest.fixture(scope="module")
def hasty(copy_demo_store: object, mock: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The same, where a page that nobody uses for twelve seconds is left, and seven before that one is warned."""
    command = [sys.executable, "-c", QUICK, "serve", "--port", "{port}"]
    served = _served(copy_demo_store, mock, tmp_path_factory.mktemp("hasty"), command)
    yield served
    served.stop()


def come_in(page: Page, served: Served, path: str = "/", who: str = "anna") -> None:
    """Open an address, and sign in through the provider's own page."""
    page.goto(f"{served.url}{path}")
    page.get_by_role("link", name="Sign in").click()
    page.locator("input[name=sub]").fill(who)
    page.get_by_role("button", name="Authorize", exact=True).click()
    page.wait_for_url(f"{served.url}{path}")


def test_the_address_that_was_asked_for_is_where_one_arrives(page: Page, clinic: Served) -> None:
    come_in(page, clinic, "/reference?as_of=2026-03-01")
    expect(page.get_by_role("heading", name="Where the expected course comes from")).to_be_visible()
    kept = {cookie["name"]: cookie for cookie in page.context.cookies()}
    assert kept["plumbline"]["httpOnly"]
    assert kept["plumbline"]["sameSite"] == "Lax"
    assert kept["plumbline"]["expires"] == -1
    assert "plumbline-signin" not in kept
    assert "plumbline" not in page.evaluate("document.cookie")
    stored = page.evaluate("Object.values({...localStorage, ...sessionStorage}).join()")
    assert kept["plumbline"]["value"] not in stored


@pytest.mark.attack(16)
def test_signing_out_in_one_page_leaves_the_others_and_clears_the_screen(
    page: Page, clinic: Served, context: BrowserContext
) -> None:
    come_in(page, clinic)
    other = context.new_page()
    other.goto(f"{clinic.url}/reference")
    expect(other.get_by_role("heading", name="Where the expected course comes from")).to_be_visible()
    page.get_by_role("button", name="anna").click()
    page.get_by_role("button", name="Sign out", exact=True).click()
    other.wait_for_url(lambda url: not url.startswith(f"{clinic.url}/reference"))
    expect(other.get_by_role("heading", name="Where the expected course comes from")).not_to_be_visible()
    page.wait_for_url(lambda url: "/end_session" in url or "/signin" in url)
    page.goto(f"{clinic.url}/patient")
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()


def test_signing_out_goes_on_to_the_provider_and_comes_back(page: Page, clinic: Served) -> None:
    come_in(page, clinic, "/reference")
    page.get_by_role("button", name="anna").click()
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.wait_for_url("**/end_session**")  # the provider's own sign-out, which asks
    page.get_by_role("button").first.click()
    page.wait_for_url(f"{clinic.url}/signin**")


@pytest.mark.attack(59)
def test_back_reload_and_a_bookmark_lead_through_sign_in_to_the_same_view(
    page: Page, clinic: Served, browser: Browser
) -> None:
    come_in(page, clinic, "/?as_of=2026-11-20")
    expect(page.get_by_text("need", exact=False).first).to_be_visible()
    page.get_by_role("link", name="Reference").click()
    expect(page.get_by_role("heading", name="Where the expected course comes from")).to_be_visible()
    bookmark = page.url
    page.reload()
    expect(page.get_by_role("heading", name="Where the expected course comes from")).to_be_visible()
    assert page.url == bookmark
    for _ in range(3):  # the day in the address can have an entry of its own in the history
        if urlsplit(page.url).path == "/reference":
            page.go_back()
    expect(page.get_by_role("heading", name="Where the expected course comes from")).not_to_be_visible()
    with browser.new_context() as later:
        again = later.new_page()
        come_in(again, clinic, bookmark.removeprefix(clinic.url))
        expect(again.get_by_role("heading", name="Where the expected course comes from")).to_be_visible()


@pytest.mark.attack(15)
def test_an_unused_page_warns_is_left_and_keeps_what_was_begun(page: Page, hasty: Served) -> None:
    come_in(page, hasty)
    page.get_by_role("link", name="Worklist").click()
    key = page.locator("a[href*='episode=']").first.get_attribute("href") or ""
    patient = f"/patient?{urlsplit(key).query}"
    page.goto(f"{hasty.url}{patient}")
    page.get_by_role("button", name="Note").first.click()
    box = page.get_by_role("dialog").get_by_label("Note", exact=True)
    box.fill("half a word")
    box.blur()
    page.wait_for_timeout(1000)
    expect(page.get_by_text("You will be signed out in 1 min.")).to_be_visible()
    page.wait_for_url("**/signin?why=idle**")
    expect(page.get_by_text("What you had begun to enter is kept.")).to_be_visible()
    assert "half a word" not in page.content()
    page.get_by_role("link", name="Sign in").click()
    page.locator("input[name=sub]").fill("anna")
    page.get_by_role("button", name="Authorize", exact=True).click()
    page.wait_for_url(lambda url: url.startswith(f"{hasty.url}/patient?"))
    page.get_by_role("button", name="Note").first.click()
    expect(page.get_by_role("dialog").get_by_label("Note", exact=True)).to_have_value("half a word")


def test_who_says_they_are_there_stays(page: Page, hasty: Served) -> None:
    come_in(page, hasty, "/reference")
    for _ in range(2):
        page.get_by_role("button", name="Stay signed in").click()
        expect(page.get_by_role("button", name="Stay signed in")).not_to_be_visible()
    page.wait_for_timeout(4000)
    assert "/signin" not in page.url


def test_signing_out_everywhere_leaves_every_browser(page: Page, clinic: Served, browser: Browser) -> None:
    come_in(page, clinic, "/reference", "mark")
    with browser.new_context() as other:
        phone = other.new_page()
        come_in(phone, clinic, "/reference", "mark")
        phone.get_by_role("button", name="mark").click()
        phone.get_by_role("button", name="Sign out everywhere").click()
        page.wait_for_url(lambda url: not url.startswith(f"{clinic.url}/reference"))
        expect(page.get_by_role("heading", name="Where the expected course comes from")).not_to_be_visible()


def test_who_has_no_account_is_told_what_to_pass_on(page: Page, clinic: Served) -> None:
    page.goto(clinic.url)
    page.get_by_role("link", name="Sign in").click()
    page.locator("input[name=sub]").fill("mallory")
    page.get_by_role("button", name="Authorize", exact=True).click()
    expect(page.get_by_role("heading", name="No account here")).to_be_visible()
    expect(page.get_by_text("mallory")).to_be_visible()
    assert [cookie["name"] for cookie in page.context.cookies() if cookie["name"] == "plumbline"] == []


@pytest.mark.attack(53)
@pytest.mark.parametrize("who", ["anna", "dana", "aude", "ada"])
def test_a_whole_session_asks_nobody_else_and_breaks_no_policy(page: Page, clinic: Served, who: str) -> None:
    """Every page of the role, from sign-in to sign-out."""
    come_in(page, clinic, "/reference" if who != "ada" else "/users", who)
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    links = page.get_by_test_id("stTopNavLink")
    expect(links.first).to_be_visible()
    for number in range(links.count()):
        links.nth(number).click()
        expect(page.get_by_text("not an emergency channel")).to_be_visible()
        page.wait_for_load_state("networkidle")
    assert [url for url in asked if not url.startswith((clinic.url, "data:", "blob:"))] == []
    assert [text for text in said if "Content Security Policy" in text] == []
