"""deploy/nginx.conf in front of the real application, on loopback, with a certificate of its own: `make test-proxy`."""

from __future__ import annotations

import os
import re
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from plumbline import audit, demo
from plumbline.access import accounts
from plumbline.store import open_store
from tests.conftest import (
    DEMO_PATIENTS,
    DEMO_SEED,
    DEMO_UNTIL,
    ROOT,
    Served,
    browser_type_launch_args,
    free_port,
    start,
)

__all__ = ["browser_type_launch_args"]  # the fixture that finds Chromium
SECRET = "s3cr3t-for-tests-" * 3 + "0123456789"
VOUCHED = SECRET[::-1]
USER, PASSWORD = "ada", "for-tests"
PLANTED = "planted0123456789planted0123456789planted01"


@dataclass
class Front:
    """nginx with TLS, the server behind it and the logs of both."""

    port: int
    served: Served
    folder: Path

    @property
    def url(self) -> str:
        """The public address."""
        return f"https://localhost:{self.port}"

    def said(self, name: str) -> str:
        """What nginx wrote."""
        return (self.folder / name).read_text(encoding="utf-8")

    def ask(self, path: str, *more: str, host: str | None = None, name: str = "localhost") -> tuple[int, str]:
        """Status and head of an answer; 0 where the connection is closed without one."""
        trusting = ssl.create_default_context(cafile=str(self.folder / "cert.pem"))
        with (
            socket.create_connection(("127.0.0.1", self.port), timeout=30) as plain,
            trusting.wrap_socket(plain, server_hostname=name) as wire,
        ):
            lines = [f"GET {path} HTTP/1.1", f"Host: {host or f'localhost:{self.port}'}", "Connection: close", *more]
            wire.sendall("\r\n".join([*lines, "", ""]).encode())
            heard = b""
            while part := wire.recv(65536):
                heard += part
                if b"\r\n\r\n" in heard and b" 101 " in heard[:16]:
                    break
        head = heard.partition(b"\r\n\r\n")[0].decode("latin-1")
        return int(head.split(" ")[1]) if head else 0, head


def configured(folder: Path, port: int, plain_port: int, behind: int) -> Path:
    """The file as it is shipped, with another name, other ports and mode proxy's two lines put in."""
    text = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    text = text.replace("plumbline.example.org", "localhost").replace("127.0.0.1:8501", f"127.0.0.1:{behind}")
    text = text.replace("listen 443", f"listen 127.0.0.1:{port}").replace("listen 80", f"listen 127.0.0.1:{plain_port}")
    text = text.replace("/etc/ssl/plumbline/fullchain.pem", str(folder / "cert.pem"))
    text = text.replace("/etc/ssl/plumbline/privkey.pem", str(folder / "own.pem"))
    text = text.replace("/var/log/nginx/", f"{folder}/").replace("PUT-THE-SECRET-HERE", VOUCHED)
    text = re.sub(r'^ *proxy_set_header X-(Forwarded-User|Plumbline-Proxy-Secret) +"";\n', "", text, flags=re.MULTILINE)
    text = text.replace("#proxy ", "")
    known = f"    auth_basic staff;\n    auth_basic_user_file {folder}/users;\n"
    text = text.replace("    location / {", known + "    location / {")
    (folder / "plumbline.conf").write_text(text, encoding="utf-8")
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    main = f"daemon off;\npid {folder}/pid;\nerror_log {folder}/start.log;\n"
    main += "user root;\n" if os.geteuid() == 0 else ""  # else nobody, who may not look into the folder
    main += f"events {{}}\nhttp {{\n{temporary}include {folder}/plumbline.conf;\n}}\n"
    (folder / "nginx.conf").write_text(main, encoding="utf-8")
    return folder / "nginx.conf"


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    """A store of made-up patients, served in mode proxy behind nginx, which knows one person by password."""
    folder = tmp_path_factory.mktemp("front")
    asked = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    asked += ["-addext", "subjectAltName=DNS:localhost", "-keyout", "own.pem", "-out", "cert.pem"]
    subprocess.run(["openssl", *asked], cwd=folder, check=True, capture_output=True)
    hashed = subprocess.run(["openssl", "passwd", "-apr1", PASSWORD], capture_output=True, text=True, check=True).stdout
    (folder / "users").write_text(f"{USER}:{hashed}", encoding="utf-8")

    store = open_store(folder / "store.duckdb")
    demo.build(store, DEMO_PATIENTS, DEMO_SEED, DEMO_UNTIL, lambda *_: None)
    accounts.add(store, audit.SYSTEM, USER, issuer="proxy", subject=USER, role="specialist", clinics=None)
    store.close()
    port, plain_port = free_port(), free_port()
    settings = {"PLUMBLINE_URL": f"https://localhost:{port}", "PLUMBLINE_SECRET": SECRET}
    settings |= {"PLUMBLINE_PROXY_CIDR": "127.0.0.1/32", "PLUMBLINE_PROXY_SECRET": VOUCHED}
    served = start(folder / "store.duckdb", "proxy", folder / "server.log", **settings)
    config = configured(folder, port, plain_port, served.port)
    subprocess.run(["nginx", "-t", "-c", str(config)], check=True)
    with subprocess.Popen(["nginx", "-c", str(config)]) as nginx:
        until = time.monotonic() + 30
        while time.monotonic() < until and not listens(port):
            time.sleep(0.1)
        yield Front(port, served, folder)
        nginx.terminate()
    served.stop()


def listens(port: int) -> bool:
    """Whether somebody answers there."""
    with socket.socket() as trying:
        return trying.connect_ex(("127.0.0.1", port)) == 0


SIGNED = "Authorization: Basic YWRhOmZvci10ZXN0cw=="


def test_a_page_works_over_tls_and_its_websocket_and_the_person_is_the_proxys(front: Front, page: Page) -> None:
    browser = page.context.browser
    assert browser is not None
    context = browser.new_context(
        ignore_https_errors=True, http_credentials={"username": USER, "password": PASSWORD},
        viewport={"width": 1440, "height": 900},
    )  # fmt: skip
    open_page = context.new_page()
    outside: list[str] = []
    open_page.on("request", lambda one: None if one.url.startswith(front.url) else outside.append(one.url))
    sockets: list[str] = []
    open_page.on("websocket", lambda one: sockets.append(one.url))
    open_page.goto(f"{front.url}/?episode={PLANTED}")
    expect(open_page.get_by_text("not an emergency channel")).to_be_visible()
    open_page.get_by_role("link", name="Reference").click()
    expect(open_page.get_by_text("Where the expected course comes from")).to_be_visible()
    assert [one.partition("?")[0] for one in sockets] == [f"wss://localhost:{front.port}/_stcore/stream"]
    assert [one for one in outside if not one.startswith(("data:", "blob:"))] == []
    (cookie,) = [one for one in context.cookies() if "plumbline" in one["name"]]
    assert (cookie["name"], cookie["secure"], cookie["httpOnly"]) == ("__Host-plumbline", True, True)
    context.close()


def test_our_headers_are_there_and_the_servers_names_are_not(front: Front) -> None:
    _, head = front.ask("/signin", SIGNED)
    told = {line.partition(":")[0].lower() for line in head.splitlines()[1:]}
    assert {"content-security-policy", "strict-transport-security", "x-content-type-options"} <= told
    assert not re.search(r"(?i)^server: .*(nginx/|uvicorn)", head, flags=re.MULTILINE)


def test_nobody_without_a_password_and_nobody_who_only_claims_a_name(front: Front) -> None:
    assert front.ask("/")[0] == 401
    assert front.ask("/", f"X-Forwarded-User: {USER}", f"X-Plumbline-Proxy-Secret: {VOUCHED}")[0] == 401
    status, _ = front.ask("/", SIGNED, "X-Forwarded-User: root", "X-Plumbline-Session: x")
    assert status in {200, 303}, "what the client claims is replaced"
    with socket.create_connection(("127.0.0.1", front.served.port), timeout=30) as around:
        lines = ["GET / HTTP/1.1", f"Host: localhost:{front.port}", f"X-Forwarded-User: {USER}", "Connection: close"]
        around.sendall("\r\n".join([*lines, "", ""]).encode())
        assert b" 403 " in around.recv(65536)[:16], "around the proxy nobody gets in"


def test_a_patients_link_needs_no_password_and_the_rest_still_does(front: Front) -> None:
    for path in ("/s", f"/s/{PLANTED}"):
        assert front.ask(path)[0] == 200
    assert front.ask("/progress")[0] == 401
    with socket.create_connection(("127.0.0.1", front.served.port), timeout=30) as around:
        lines = ["GET /s HTTP/1.1", f"Host: localhost:{front.port}", "Connection: close"]
        around.sendall("\r\n".join([*lines, "", ""]).encode())
        assert b" 403 " in around.recv(65536)[:16], "around the proxy nobody gets a link either"


def test_another_name_gets_no_answer_and_plain_http_leads_to_tls(front: Front) -> None:
    with pytest.raises(ssl.SSLError):
        front.ask("/", name="evil.example")
    assert front.ask("/", SIGNED, host="evil.example") == (0, "")
    plain = re.search(r"listen 127\.0\.0\.1:(\d+);", front.said("plumbline.conf"))
    assert plain
    with socket.create_connection(("127.0.0.1", int(plain[1])), timeout=30) as wire:
        lines = [f"GET /patient?episode={PLANTED} HTTP/1.1", "Host: localhost", "Connection: close", "", ""]
        wire.sendall("\r\n".join(lines).encode())
        head = wire.recv(65536).decode()
    assert " 301 " in head.splitlines()[0]
    assert "location: https://localhost/\r\n" in head.lower(), "the query is not carried over"


def test_a_websocket_of_another_origin_is_refused_behind_the_proxy_too(front: Front) -> None:
    asked = ("Upgrade: websocket", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==")
    for origin in ("https://evil.example", f"https://localhost:{front.port + 1}", "null"):
        status, _ = front.ask("/_stcore/stream", SIGNED, f"Origin: {origin}", *asked)
        assert status == 403


def test_health_is_answered_and_ready_is_for_the_machine_alone(front: Front) -> None:
    assert front.ask("/health", SIGNED)[0] == 200
    assert front.ask("/ready", SIGNED)[0] == 404


def test_no_log_has_a_query_or_a_token_even_when_nobody_answers_behind(front: Front) -> None:
    tokens = [f"/s/{PLANTED}", f"/dl/{PLANTED}", f"/media/{PLANTED}.csv", f"/patient?episode={PLANTED}"]
    for path in tokens:
        front.ask(path, SIGNED, f"Referer: https://localhost/s/{PLANTED}", f"User-Agent: {PLANTED}")
    front.served.stop()
    for path in tokens:
        assert front.ask(path, SIGNED)[0] == 502
    time.sleep(0.5)
    routes = [line.split(" ")[3] for line in front.said("plumbline.log").splitlines()]
    assert {"/s/", "/dl/", "/media/", "/patient"} <= set(routes)
    for name in ("plumbline.log", "plumbline.error.log", "start.log", "server.log"):
        assert PLANTED not in front.said(name), name
