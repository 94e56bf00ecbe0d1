"""No request leaves the machine: not from the browser, not from the server."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, expect

from tests.conftest import Served

pytestmark = pytest.mark.browser

PAGES = ("/", "/patient", "/reference")
# Streamlit asks a page's own path first when the page is opened by its address, and then the right one.
KNOWN = ("/_stcore/health", "/_stcore/host-config")

WATCHED = """
import sys
out = open(sys.argv.pop(1), "a", buffering=1)
def watch(event, args):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto"):
        out.write(f"{event} {args[1] if event != 'socket.getaddrinfo' else args[0]!r}\\n")
sys.addaudithook(watch)
from plumbline.cli.main import main
main()
"""


@pytest.fixture
def watched(serve: Callable[..., Served], copy_demo_store: Callable[[Path], Path], tmp_path: Path) -> Served:
    """A server that writes down every address that it connects to or looks up."""
    command = [sys.executable, "-c", WATCHED, str(tmp_path / "connections"), "serve", "--port", "{port}"]
    store = copy_demo_store(tmp_path / "demo.duckdb")
    return serve(store, "demo", command, PLUMBLINE_STORE=str(store))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.attack(53)
def test_nothing_is_asked_of_the_outside(
    watched: Served, browser: Browser, tmp_path: Path, scheme: str
) -> None:
    asked: list[str] = []
    said: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        at = urlsplit(message.location.get("url", ""))
        if message.type in {"error", "warning"} and not at.path.endswith(KNOWN):
            said.append(f"{message.text} ({message.location.get('url')})")

    context = browser.new_context(color_scheme=scheme)  # type: ignore[arg-type]
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()
    page.on("console", listen)
    page.on("websocket", lambda socket: asked.append(socket.url))
    for path in PAGES:
        page.goto(watched.url + path)
        expect(page.get_by_text("not an emergency channel")).to_be_visible(timeout=30_000)
        page.wait_for_timeout(1000)
    context.close()
    remote = [url for url in asked if urlsplit(url).hostname not in {"127.0.0.1", None}]
    assert remote == []
    assert len(asked) > 100
    assert said == []
    watched.stop()
    connections = (tmp_path / "connections").read_text().splitlines()
    assert [line for line in connections if "127.0.0.1" not in line and ".sock" not in line] == []
