"""Names, origins and addresses that aren't ours, where people sign in: refused, whoever asks and whatever they hold."""

from __future__ import annotations

import http.client
import socket

import httpx2
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.attacks.provider import Provider
from tests.attacks.signed import cookie_of, sign_in, wire
from tests.conftest import Served
from tests.web.test_gate import HEADERS
from tests.web.wire import Wire

pytestmark = pytest.mark.browser

FOOTER = "not an emergency channel"


@pytest.fixture
def cookie(oidc: Served, provider: Provider) -> str:
    """What the browser of somebody holds who is signed in."""
    return cookie_of(sign_in(oidc)[0])


@pytest.mark.attack(10, 11)
@pytest.mark.parametrize(
    "origin",
    [
        "http://evil.example", "http://localhost:6666", "http://localhost:{port}", "https://127.0.0.1:{port}",
        "http://127.0.0.1:1", "http://127.0.0.1:{port}.evil.example", "http://sub.127.0.0.1:{port}", "null", None,
    ],
)  # fmt: skip
def test_a_page_of_another_site_opens_nothing_with_our_cookie(oidc: Served, cookie: str, origin: str | None) -> None:
    with pytest.raises(InvalidStatus) as refused:
        wire(oidc, cookie, origin=origin.format(port=oidc.port) if origin else None)
    assert refused.value.response.status_code == httpx2.codes.FORBIDDEN


@pytest.mark.attack(12)
@pytest.mark.parametrize("host", ["evil.example", "localhost:{port}", "127.0.0.1", "127.0.0.1:1", "[::1]:{port}", ""])
def test_another_name_for_us_is_refused(oidc: Served, cookie: str, host: str) -> None:
    """What a page asks by that has rebound its own name to our address."""
    connection = http.client.HTTPConnection("127.0.0.1", oidc.port, timeout=20)
    connection.request("GET", "/", headers={"Host": host.format(port=oidc.port), "Cookie": f"plumbline={cookie}"})
    assert connection.getresponse().status == httpx2.codes.BAD_REQUEST
    named = f"http://evil.example:{oidc.port}"
    with pytest.raises(InvalidStatus) as refused, socket.create_connection(("127.0.0.1", oidc.port)) as line:
        Wire(named, sock=line, additional_headers={"Cookie": f"plumbline={cookie}"})
    assert refused.value.response.status_code == httpx2.codes.FORBIDDEN


@pytest.mark.attack(45)
@pytest.mark.parametrize(
    "path",
    [
        "/.streamlit/secrets.toml", "/.streamlit/config.toml", "/plumbline/web/entry.py", "/app.py", "/..%2fapp.py",
        "/%2e%2e/app.py", "/static/%2e%2e/%2e%2e/app.py", "/static/..%5c..%5capp.py", "//evil.example/x", "/\\evil",
        "/data/plumbline.duckdb", "/component/../app.py", "/%00", "/signin/../app.py", "/dl/../../app.py",
    ],
)  # fmt: skip
def test_no_address_gives_a_file_of_ours_or_another_site(oidc: Served, cookie: str, path: str) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", oidc.port, timeout=20)
    connection.putrequest("GET", path, skip_host=False)
    connection.putheader("Cookie", f"plumbline={cookie}")
    connection.endheaders()
    answer = connection.getresponse()
    body = answer.read()
    assert answer.status in {200, 303, 400, 404}
    assert b"import streamlit" not in body
    assert b"gatherUsageStats" not in body
    assert not (answer.getheader("location") or "/").startswith(("//", "http", "/\\"))


@pytest.mark.attack(46, 17)
@pytest.mark.parametrize(
    "path",
    [
        "/media/0123456789abcdef.csv",
        "/_stcore/metrics", "/_stcore/agent/openapi.json", "/_stcore/agent/mcp", "/_stcore/script-health-check",
        "/auth/login", "/auth/logout", "/oauth2callback",
    ],
)  # fmt: skip
def test_what_streamlit_tells_everybody_isnt_there(oidc: Served, cookie: str, path: str) -> None:
    client = httpx2.Client(cookies={"plumbline": cookie})
    for method in ("GET", "POST"):
        assert client.request(method, f"{oidc.url}{path}").status_code == httpx2.codes.NOT_FOUND


@pytest.mark.attack(47)
@pytest.mark.parametrize(
    "sent", ["text", b"\xff\xfe garbage", b"\x00" * (30 * 1024 * 1024)], ids=["text", "garbage", "30 MB"]
)
def test_what_no_browser_says_ends_its_own_page_only(oidc: Served, cookie: str, sent: str | bytes) -> None:
    with wire(oidc, cookie) as good, wire(oidc, cookie) as bad:
        bad.send_raw(sent)
        with pytest.raises(ConnectionClosed):
            bad.ask("reference")
        assert FOOTER in good.ask("reference").said


@pytest.mark.attack(48)
@pytest.mark.parametrize(
    "query",
    [
        "as_of=" + "9" * 1_000_000,
        "&".join(f"k{number}={number}" for number in range(10_000)),
        "as_of=%ff%fe&role=%80&known_at=%c3",
        "role=admin&clinic=x&verdict=y&episode=' or 1=1",
        "role=owner",
    ],
    ids=["1 MB", "10 000 keys", "bad UTF-8", "unknown filters", "another role"],
)
def test_an_address_that_nobody_would_type_changes_nobodys_rights(oidc: Served, cookie: str, query: str) -> None:
    with wire(oidc, cookie) as page:
        said = page.ask("reference", query=query).said
        assert FOOTER in said or "asks for an instant that isn't one" in said
        assert "specialist" in said
        assert "admin" not in said


@pytest.mark.attack(54)
@pytest.mark.parametrize(
    ("path", "method", "status"),
    [
        ("/", "GET", 303), ("/signin", "GET", 200), ("/signin/back", "GET", 400), ("/media/x", "GET", 401),
        ("/_stcore/metrics", "GET", 404), ("/_stcore/upload_file/a/b", "PUT", 401), ("/signin/nothing", "GET", 404),
    ],
)  # fmt: skip
def test_every_answer_has_the_headers(oidc: Served, path: str, method: str, status: int) -> None:
    answer = httpx2.request(method, f"{oidc.url}{path}")
    assert answer.status_code in {status, 404}
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert answer.headers["cache-control"] == "no-store"
    assert "server" not in answer.headers
