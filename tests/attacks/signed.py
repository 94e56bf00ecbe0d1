"""A store with accounts, served where people sign in; and signing in without a browser."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx2

from plumbline import audit
from plumbline.access import accounts
from plumbline.store import open_store
from tests.attacks.provider import Provider
from tests.conftest import Served, start
from tests.web.wire import Wire

SECRET = "correct horse battery staple, and more of it"
URL = "http://127.0.0.1:{port}"
PROXY = {
    "PLUMBLINE_URL": URL, "PLUMBLINE_SECRET": SECRET, "PLUMBLINE_PROXY_CIDR": "127.0.0.1/32",
    "PLUMBLINE_PROXY_SECRET": SECRET[::-1],
}  # fmt: skip


def with_accounts(path: Path, issuer: str, **roles: str) -> Path:
    """Add accounts to a store, each with the name of its role as its subject and every clinic."""
    store = open_store(path)
    for account, role in roles.items():
        accounts.add(store, audit.SYSTEM, account, issuer=issuer, subject=account, role=role, clinics=None)
    store.close()
    return path


def serve_oidc(store: Path, log: Path, provider: Provider, command: list[str] | None = None) -> Served:
    """Serve in mode oidc with this provider."""
    return start(
        store, "oidc", log, command,
        PLUMBLINE_STORE=str(store), PLUMBLINE_URL=URL, PLUMBLINE_SECRET=SECRET, PLUMBLINE_OIDC_ISSUER=provider.url,
        PLUMBLINE_OIDC_CLIENT_ID=provider.client_id, PLUMBLINE_OIDC_CLIENT_SECRET="known to both",
    )  # fmt: skip


def browser() -> httpx2.Client:
    """A browser without scripts: it keeps cookies, and tells of each redirect."""
    return httpx2.Client(follow_redirects=False, timeout=30)


def sign_in(
    served: Served, to: str = "/", client: httpx2.Client | None = None
) -> tuple[httpx2.Client, httpx2.Response]:
    """Go through the provider, and give the browser with its last answer: that of the way back."""
    client = client or browser()
    asked = client.get(f"{served.url}/signin/go", params={"next": to})
    if asked.status_code != httpx2.codes.FOUND:
        return client, asked
    agreed = client.get(asked.headers["location"])
    return client, client.get(agreed.headers["location"])


def cookie_of(client: httpx2.Client) -> str:
    """What the browser holds for its session."""
    return client.cookies.get("plumbline", "")


def wire(served: Served, cookie: str, **more: Any) -> Wire:
    """A page opened with this cookie."""
    return Wire(served.url, additional_headers={"Cookie": f"plumbline={cookie}"}, **more)


def run_apart(work: Coroutine[Any, Any, Any]) -> Any:
    """Run a coroutine in a thread of its own: a browser test before this one may have left a loop in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


def on_record(store: Path, *events: str) -> list[dict[str, Any]]:
    """The record's rows of these events, the newest first, from the command that the running server answers."""
    command = [sys.executable, "-m", "plumbline", "audit", "list", "--most", "10000", "--json", "--store", str(store)]
    told = json.loads(subprocess.run(command, capture_output=True, check=True, timeout=60).stdout)
    return [row for row in told if row["event"] in events]


def soon_on_record(store: Path, event: str, seconds: float = 20) -> list[dict[str, Any]]:
    """The rows of an event once there is one: a page is left first, and its end put on record after that."""
    until = time.monotonic() + seconds
    while not (rows := on_record(store, event)) and time.monotonic() < until:
        time.sleep(0.2)
    return rows
