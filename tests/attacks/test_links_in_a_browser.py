"""A link from its making to its end in a browser: what it leaves behind, who can frame it, what a name can do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from plumbline import audit
from plumbline.store import open_store
from tests.conftest import Served, start
from tests.sharing.made import linked, with_patients

pytestmark = pytest.mark.browser

HOSTILE = [
    "![x](http://evil.example/p.png)", "<img src=x onerror=alert(1)>", "[a](javascript:alert(1))", r"$\frac{a}{b}$",
    ":material/delete:", "\u202egnp.evil", "🙂 Zoë", "{{ 7*7 }}", "<script>alert(1)</script>", "A" * 10_000,
]  # fmt: skip


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server of one's own, on which nobody signs in; patient p1 is Rosa, the others have names that attack."""
    path = tmp_path_factory.mktemp("shared") / "shared.duckdb"
    with_patients(path, p1="Rosa", **{f"h{number}": name for number, name in enumerate(HOSTILE)})
    tokens = [linked(path, 1, f"h{number}")[0].token for number in range(len(HOSTILE))]
    running = start(path, "local", path.parent / "server.log")
    (path.parent / "tokens").write_text("\n".join(tokens))
    yield running
    running.stop()


def opened(page: Page, address: str) -> None:
    """Go through the door of a link as its patient does."""
    page.goto(address)
    page.get_by_role("textbox").fill("31 12 1944")
    page.get_by_role("textbox").press("Enter")
    page.wait_for_url(re.compile(r"/s$"))


def asked_for(page: Page) -> list[Request]:
    """Every request that a page will make."""
    found: list[Request] = []
    page.on("request", lambda one: found.append(one))
    return found


class _Framing(BaseHTTPRequestHandler):
    """A page of somebody else's that frames ours and opens it in a window."""

    target = ""

    def do_GET(self) -> None:
        body = f'<iframe id="f" src="{self.target}"></iframe><script>w = window.open("{self.target}")</script>'
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def framing() -> Iterator[ThreadingHTTPServer]:
    """The server of that page."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Framing)
    Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()


@pytest.mark.attack(35)
def test_attack_35_another_site_can_neither_frame_the_page_nor_hold_its_window(
    served: Served, framing: ThreadingHTTPServer, page: Page
) -> None:
    _Framing.target = f"{served.url}/s/{'x' * 43}"
    with page.context.expect_page() as popup:
        page.goto(f"http://127.0.0.1:{framing.server_port}/")
    window = popup.value
    expect(window.get_by_role("textbox")).to_be_visible()
    assert window.evaluate("window.opener") is None
    assert page.evaluate("w.closed"), "to the page that opened it, the window is gone"
    framed = page.frames[1]
    assert framed.get_by_role("textbox").count() == 0
    assert "recover" not in framed.content()


@pytest.mark.attack(37)
@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_attack_37_a_name_is_text_on_the_light_page_whatever_it_holds(
    served: Served, browser: Browser, number: int
) -> None:
    token = (served.store.parent / "tokens").read_text().splitlines()[number]
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    requests, shown = asked_for(page), []
    page.on("dialog", lambda one: shown.append(one.message))
    opened(page, f"{served.url}/s/{token}")
    first = HOSTILE[number].split()[0].strip("\u202e")[:40]
    heading = page.get_by_role("heading", level=1)
    assert first in heading.inner_text()
    assert heading.locator("*").count() == 0
    assert page.locator("script, img, iframe, object").count() == 0
    assert {one.url.partition("/s")[0] for one in requests} == {served.url}
    assert shown == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    context.close()


@pytest.mark.attack(33)
def test_a_link_from_its_making_to_its_end_leaves_nothing_of_its_token_behind(
    served: Served, browser: Browser
) -> None:
    staff = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    staff.goto(f"{served.url}/patient?episode=key-e-p1")
    staff.get_by_role("button", name="Share with patient").click()
    staff.get_by_role("button", name="Make the link").click()
    code = staff.locator("code", has_text="/s/")
    expect(code).to_be_visible()
    expect(staff.get_by_alt_text("The link as a QR code")).to_be_visible()
    address = code.inner_text().replace("\n", "")
    token = address.rpartition("/")[2]
    assert address == f"{served.url}/s/{token}"
    assert len(token) == 43

    phone = browser.new_context(viewport={"width": 360, "height": 740}).new_page()
    requests = asked_for(phone)
    phone.goto(address)
    phone.get_by_role("textbox").fill("1 1 1950")
    phone.get_by_role("textbox").press("Enter")
    expect(phone.get_by_role("alert")).to_be_visible()
    opened(phone, address)
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Rosa")
    assert token not in phone.content()
    phone.goto(f"{served.url}/s?range=off")
    phone.goto(f"{served.url}/progress")
    expect(phone.get_by_text("Rosa").first).to_be_visible()
    kept = phone.evaluate(
        "JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie, document.referrer])"
    )
    assert token not in kept
    later = [one for one in requests if not one.url.endswith(f"/s/{token}")]
    assert later
    assert not [one.url for one in later if token in one.url or token in str(one.headers)]
    assert not [one for one in requests if "referer" in one.headers and "/s" in one.headers["referer"]]

    staff.keyboard.press("Escape")
    staff.get_by_role("button", name="Share with patient").click()
    expect(staff.get_by_text("opened once")).to_be_visible()
    expect(staff.get_by_text("1 wrong try")).to_be_visible()
    assert token not in staff.content(), "shown once"
    staff.get_by_role("button", name="Take back").click()
    expect(staff.get_by_text("whoever had it open is out")).to_be_visible()
    phone.wait_for_url(re.compile(r"/s$"), timeout=10_000)
    expect(phone.get_by_text("Rosa")).to_have_count(0)
    opened_again = phone.goto(address)
    assert opened_again
    assert opened_again.ok
    served.stop()
    store = open_store(served.store)
    rows = audit.search(store.cursor(), most=1000)
    ours = next(row["object_key"] for row in rows if row["event"] == "link_revoked")
    told = [row["event"] for row in reversed(rows) if ours in (row["object_key"], row["actor"])]
    assert told[:3] == ["link_created", "link_failed", "link_opened"]
    assert {"link_revoked", "session_ended"} <= set(told)
    assert token not in str(rows)
    assert audit.verify(store) == []
    store.close()
    assert token not in served.printed()
    whole = b"".join(path.read_bytes() for path in served.store.parent.glob("*.duckdb*"))
    assert token.encode() not in whole
