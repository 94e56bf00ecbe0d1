"""The gate before the application: whom it lets in, and what it puts on every answer."""

from __future__ import annotations

import asyncio
import http.client
import socket
from concurrent.futures import ThreadPoolExecutor

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from plumbline.web.door.doors import Loopback
from plumbline.web.door.gate import Gate
from plumbline.web.door.headers import Message
from tests.conftest import Served
from tests.web.wire import Wire

pytestmark = pytest.mark.browser

HEADERS = {
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "x-robots-tag": "noindex, nofollow",
}


def get(served: Served, path: str, method: str = "GET", **headers: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=20)
    connection.request(method, path, headers=headers)
    answer = connection.getresponse()
    answer.read()
    return answer


def raw(served: Served, request: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", served.port), timeout=20) as connection:
        connection.sendall(request)
        return connection.recv(4096)


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [
        ("/", "GET", 200),
        ("/patient", "GET", 200),
        ("/favicon.png", "GET", 200),
        ("/_stcore/health", "GET", 200),
        ("/_stcore/metrics", "GET", 404),
        ("/_stcore/agent/openapi.json", "GET", 404),
        ("/_stcore/agent/interact", "POST", 404),
        ("/_stcore/agent/mcp", "POST", 404),
        ("/_stcore/script-health-check", "GET", 404),
        ("/auth/login", "GET", 404),
        ("/oauth2callback", "GET", 404),
        ("/media/nothing.png", "GET", 404),
        ("/media%2Fnothing.png", "GET", 404),
        ("/", "DELETE", 405),
    ],
)
@pytest.mark.attack(53)
def test_every_answer_has_the_headers_and_closed_addresses_are_not_found(
    frame: Served, path: str, method: str, status: int
) -> None:
    answer = get(frame, path, method)
    found = {name.lower(): value for name, value in answer.getheaders()}
    assert answer.status == status
    assert {name: found.get(name) for name in HEADERS} == HEADERS
    assert found["content-security-policy"].startswith("default-src 'none'; script-src 'self' 'sha256-")
    assert "unsafe-eval" not in found["content-security-policy"]
    assert found["cache-control"] == "no-store"
    assert "server" not in found


def test_what_streamlit_keeps_as_a_file_is_closed_before_it_is_looked_for(frame: Served) -> None:
    """Attack 17: its address is worked out from the content, and no cookie is asked for."""
    connection = http.client.HTTPConnection("127.0.0.1", frame.port, timeout=20)
    connection.request("GET", "/media/0f.csv")
    assert connection.getresponse().read() == b"Not found."  # ours; Streamlit's is another


@pytest.mark.attack(53)
def test_an_answer_that_nothing_changed_has_the_headers_too(frame: Served) -> None:
    tag = get(frame, "/favicon.png").getheader("etag") or ""
    again = get(frame, "/favicon.png", **{"If-None-Match": tag})
    assert again.status == 304
    assert again.getheader("x-frame-options") == "DENY"


def test_what_never_changes_may_be_kept(frame: Served) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", frame.port, timeout=20)
    connection.request("GET", "/")
    page = connection.getresponse().read().decode()
    script = page.split('src="./static/js/', 1)[1].split('"', 1)[0]
    assert "immutable" in (get(frame, f"/static/js/{script}").getheader("cache-control") or "")


@pytest.mark.parametrize(
    "host", ["127.0.0.1:{port}", "localhost:{port}", "LOCALHOST:{port}", "[::1]:{port}", "localhost"]
)
def test_this_machine_has_three_names(frame: Served, host: str) -> None:
    assert get(frame, "/", Host=host.format(port=frame.port)).status == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "127.0.0.1.evil.example", "localhost:80@evil.example", "0.0.0.0", "127.0.0.1:x", "", "a b"],
)
def test_another_name_is_refused(frame: Served, host: str) -> None:
    answer = raw(frame, f"GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
    assert answer.startswith(b"HTTP/1.1 400 ")


def test_two_names_or_none_are_refused(frame: Served) -> None:
    assert raw(frame, b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n").startswith(b"HTTP/1.1 400 ")
    assert raw(frame, b"GET / HTTP/1.0\r\n\r\n").startswith(b"HTTP/1.1 400 ")


@pytest.mark.parametrize(
    "origin",
    [
        "http://evil.example",
        "https://127.0.0.1:{port}",
        "http://localhost:{port}",
        "http://127.0.0.1:6666",
        "http://127.0.0.1",
        "http://127.0.0.1:{port}.evil.example",
        "null",
        None,
    ],
)
def test_only_our_own_page_may_open_a_session(frame: Served, origin: str | None) -> None:
    given = origin.format(port=frame.port) if origin else None
    with pytest.raises(InvalidStatus) as refused:
        Wire(frame.url, origin=given)
    assert refused.value.response.status_code == 403


def test_our_own_page_opens_a_session(frame: Served) -> None:
    with Wire(frame.url) as wire:
        assert "not an emergency channel" in wire.ask().said


def test_a_wrong_name_with_a_matching_origin_opens_none(frame: Served) -> None:
    """What a page does that has rebound its own name to this machine."""
    named = f"http://evil.example:{frame.port}"
    with pytest.raises(InvalidStatus) as refused, socket.create_connection(("127.0.0.1", frame.port)) as connection:
        Wire(named, sock=connection)
    assert refused.value.response.status_code == 403


@pytest.mark.parametrize(
    "path", ["/plumbline/web/entry.py", "/.streamlit/config.toml", "/%2e%2e/app.py", "/..%2fapp.py"]
)
def test_no_address_gives_a_file_of_ours(frame: Served, path: str) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", frame.port, timeout=20)
    connection.request("GET", path)
    body = connection.getresponse().read()
    assert b"import streamlit" not in body
    assert b"gatherUsageStats" not in body


@pytest.mark.parametrize(
    "frame_sent", ["text", b"\xff\xfe garbage", b"\x00" * (6 * 1024 * 1024)], ids=["text", "garbage", "6 MB"]
)
def test_a_bad_frame_ends_its_own_session_only(frame: Served, frame_sent: str | bytes) -> None:
    with Wire(frame.url) as good, Wire(frame.url) as bad:
        bad.send_raw(frame_sent)
        with pytest.raises(ConnectionClosed):
            bad.ask()
        assert "not an emergency channel" in good.ask().said


def test_an_endless_address_is_the_first_page(frame: Served) -> None:
    with Wire(frame.url) as wire:
        assert "not an emergency channel" in wire.ask(query="as_of=" + "9" * 1_000_000).said


def test_an_address_that_is_not_of_this_machine_is_refused_even_where_it_listens() -> None:
    """Started by a server that Plumbline doesn't know, on every address of the machine."""
    said: list[Message] = []

    async def send(message: Message) -> None:
        said.append(message)

    async def receive() -> Message:
        raise AssertionError("nobody reads")

    async def application(*_: object) -> None:
        raise AssertionError("the application was asked")

    for kind in ("http", "websocket"):
        scope: Message = {
            "type": kind,
            "path": "/",
            "server": ("192.0.2.1", 8501),
            "headers": [(b"host", b"localhost:8501"), (b"origin", b"http://localhost:8501")],
        }
        with ThreadPoolExecutor(1) as pool:  # a browser test before this one may have left a loop in this thread
            pool.submit(asyncio.run, Gate(application, lambda: None, Loopback)(scope, receive, send)).result()
    assert said[0]["status"] == 400
    assert said[-1] == {"type": "websocket.close", "code": 1008}
