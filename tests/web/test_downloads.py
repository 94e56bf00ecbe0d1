"""A file leaves by one ticket, for one use, within a minute, for the session that asked, and after the record says so.

The numbers are those of the attacks in the security study, section 8.8.
"""

from __future__ import annotations

import asyncio
import csv
import hashlib
import io
import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect
from starlette.applications import Starlette
from streamlit.testing.v1 import AppTest

from plumbline import audit, export
from plumbline.errors import NotAllowed
from plumbline.store import Store, open_store
from plumbline.web import cache, downloads
from plumbline.web.door.gate import Message
from plumbline.web.downloads import GONE, MOST, MOST_REFUSALS, SECONDS, Build, Tickets
from plumbline.web.server import modes, serving
from plumbline.web.ui import Context
from tests.conftest import Served

ADA = audit.Actor("ada", "specialist")


class Clock:
    """A clock that stands still until it is moved."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def store(made_up_store: Path) -> Iterator[Store]:
    """An open store that the web layer takes for the served one."""
    opened = open_store(made_up_store)
    serving._process.store, serving._process.settings = opened, modes.Settings("demo", made_up_store)
    yield opened
    serving._process.store = serving._process.settings = None
    cache.shared().clear()
    opened.close()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Tickets of the test's own, on a clock that it moves."""
    clock = Clock()
    monkeypatch.setattr(downloads, "TICKETS", Tickets(clock))
    return clock


def context(store: Store, session: str | None = None, role: str = "specialist") -> Context:
    return Context(store, "demo", role, date(2026, 11, 23), "light", "ada", session=session)


def ticket(ctx: Context, build: Build = lambda _: b"kept", name: str = "calls.csv") -> str:
    return downloads.TICKETS.issue(ctx, ADA, "view_patient", name, build, ("file", "calls"))


class Got:
    """What one request was answered."""

    def __init__(self, key: str, session: str | None = None, method: str = "GET") -> None:
        said: list[Message] = []

        async def send(message: Message) -> None:
            said.append(message)

        async def receive() -> Message:
            return {"type": "http.request", "body": b"", "more_body": False}

        headers = [(b"x-plumbline-session", session.encode())] if session else []
        path = f"/dl/{key}"
        scope = {"type": "http", "method": method, "path": path, "raw_path": path.encode(), "query_string": b"",
                 "headers": headers, "root_path": "", "http_version": "1.1", "scheme": "http"}  # fmt: skip
        with ThreadPoolExecutor(1) as pool:  # a browser test before this one may have left a loop in this thread
            pool.submit(asyncio.run, Starlette(routes=downloads.routes())(scope, receive, send)).result()
        self.status = said[0]["status"]
        self.headers = {name.decode(): value.decode() for name, value in said[0]["headers"]}
        self.body = b"".join(message.get("body", b"") for message in said[1:])


def on_record(store: Store) -> list[tuple[str, str, str]]:
    rows = audit.search(store.cursor(), most=1000)
    return [(row["event"], row["actor"], row["result"]) for row in reversed(rows)]


def test_a_file_comes_once_as_an_attachment_that_nothing_keeps(store: Store, clock: Clock) -> None:
    key = ticket(context(store), name="rejects.csv")
    first, again = Got(key), Got(key)
    assert (first.status, first.body) == (200, b"kept")
    assert first.headers["content-disposition"] == 'attachment; filename="rejects.csv"'
    assert first.headers["content-type"] == "text/csv; charset=utf-8"
    assert first.headers["cache-control"] == "no-store"
    assert first.headers["x-content-type-options"] == "nosniff"
    assert (again.status, again.body.decode()) == (404, GONE)
    assert on_record(store) == [("export_made", "ada", "done"), ("ticket_refused", "unknown", "unknown")]


@pytest.mark.attack(18)
def test_attack_18_a_ticket_of_another_session_late_altered_or_made_up_gets_one_answer(
    store: Store, clock: Clock
) -> None:
    built: list[int] = []

    def build(_: Context) -> bytes:
        built.append(1)
        return b"kept"

    ada = context(store, "session-of-ada")
    late = ticket(ada, build)
    clock.now += SECONDS
    answers = [Got(late, "session-of-ada")]
    clock.now -= SECONDS / 2
    answers += [Got(ticket(ada, build), "session-of-bob"), Got(ticket(ada, build))]
    altered = ticket(ada, build)
    answers += [Got(altered[:-1] + ("A" if altered[-1] != "A" else "B"), "session-of-ada"), Got("x" * 43), Got("%00")]
    answers.append(Got(ticket(context(store), build), "session-of-bob"))
    assert {(one.status, one.body.decode()) for one in answers} == {(404, GONE)}
    assert len({tuple(sorted(one.headers.items())) for one in answers}) == 1
    assert built == []
    reasons = ["late", "foreign", "foreign", "unknown", "unknown", "unknown", "foreign"]
    assert on_record(store) == [("ticket_refused", "unknown", reason) for reason in reasons]
    assert Got(altered, "session-of-ada").status == 200


@pytest.mark.attack(18)
def test_attack_18_a_ticket_is_worth_nothing_once_the_role_has_lost_the_action(store: Store, clock: Clock) -> None:
    key = ticket(context(store))
    with store.write() as cursor:
        cursor.execute("delete from permission where role = 'specialist' and action = 'view_patient'")
    assert Got(key).status == 404
    assert on_record(store) == [("ticket_refused", "unknown", "denied")]


def test_a_file_whose_own_guard_refuses_is_not_given_out(store: Store, clock: Clock) -> None:
    def guarded(_: Context) -> bytes:
        raise NotAllowed("no")

    assert Got(ticket(context(store), guarded)).body.decode() == GONE


@pytest.mark.attack(19)
def test_attack_19_two_large_files_with_equal_ends_stay_their_owners(store: Store, clock: Clock) -> None:
    """Streamlit would give both users the first: same length, same first, middle and last 64 KiB, same name."""

    def rows_of(owner: str) -> bytes:
        lines = [{"row": "same".ljust(20)} for _ in range(60_000)]
        lines[15_000] = lines[45_000] = {"row": f"of {owner}".ljust(20)}
        return export.csv_bytes({"row": "Row"}, lines)

    files = {owner: rows_of(owner) for owner in ("ada", "bob")}
    assert len(files["ada"]) == len(files["bob"]) > 1_200_000
    keys = {
        owner: ticket(context(store, owner), lambda _, owner=owner: files[owner])  # type: ignore[misc]
        for owner in files
    }
    for owner, key in keys.items():
        got = Got(key, owner)
        assert hashlib.sha256(got.body).digest() == hashlib.sha256(files[owner]).digest()
        found = {row["Row"].strip() for row in csv.DictReader(io.StringIO(got.body.decode("utf-8-sig")))}
        assert found == {"same", f"of {owner}"}


def test_the_record_is_written_before_the_file_is_built(store: Store, clock: Clock) -> None:
    def build(ctx: Context) -> str:
        return repr(on_record(ctx.present))

    assert Got(ticket(context(store), build)).body.decode() == "[('export_made', 'ada', 'done')]"


def test_what_cannot_be_put_on_record_does_not_leave(store: Store, clock: Clock) -> None:
    built: list[int] = []

    def build(_: Context) -> bytes:
        built.append(1)
        return b"kept"

    store.cursor().execute("alter table audit_event rename column hash to gone")
    got = Got(ticket(context(store), build))
    assert (got.status, built) == (503, [])
    assert b"can't be put on record" in got.body
    assert Got("x" * 43).body.decode() == GONE


def test_a_file_that_cannot_be_made_says_a_code_and_nothing_else(
    store: Store, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    def build(_: Context) -> bytes:
        raise KeyError("Ada Example")

    caplog.set_level(logging.DEBUG)
    got = Got(ticket(context(store), build))
    assert got.status == 500
    code = got.body.decode().rpartition(" ")[2].strip(".")
    assert code in caplog.text
    assert "Ada" not in got.body.decode() + caplog.text


def test_what_looks_ahead_spends_no_ticket(store: Store, clock: Clock) -> None:
    key = ticket(context(store))
    assert Got(key, method="HEAD").status == 404
    assert Got(key, method="POST").status == 405
    assert Got(key).status == 200


def test_tickets_and_refusals_are_bounded(store: Store, clock: Clock) -> None:
    keys = [ticket(context(store)) for _ in range(MOST + 1)]
    assert len(set(keys)) == len(keys)
    assert Got(keys[0]).status == 404  # the oldest gave way
    assert Got(keys[1]).status == 200
    for _ in range(MOST_REFUSALS + 5):
        assert Got("x" * 43).status == 404
    refused = [row for row in on_record(store) if row[0] == "ticket_refused"]
    assert len(refused) == MOST_REFUSALS
    clock.now += SECONDS + 1
    assert Got("x" * 43).status == 404
    assert len([row for row in on_record(store) if row[0] == "ticket_refused"]) == MOST_REFUSALS + 1


@pytest.mark.parametrize("name", ["Ada Example.csv", 'a".csv', "a\r\nb.csv", "../a.csv", "a.htm", "a.js", ".csv", ""])
def test_a_file_is_named_by_our_own_words_and_is_of_a_known_kind(store: Store, clock: Clock, name: str) -> None:
    with pytest.raises(ValueError, match="file name"):
        ticket(context(store), name=name)


def click() -> None:
    """Run inside a session: the callback of a button, as a browser could ask for it."""
    from plumbline.web import downloads

    downloads._clicked("view_call_list", "calls.csv", lambda _: b"kept", ("file", "calls"))


@pytest.mark.parametrize(("role", "made"), [("specialist", 1), ("clinic_manager", 0)])
def test_a_click_makes_a_ticket_only_for_a_role_that_has_the_action(
    store: Store, clock: Clock, role: str, made: int
) -> None:
    app = AppTest.from_function(click, default_timeout=30)
    app.query_params["role"] = role
    app.run()
    assert len(downloads.TICKETS._out) == made
    assert len(app.exception) == 1 - made


@pytest.mark.browser
def test_one_click_brings_the_file_and_leaves_the_page_as_it_was(frame: Served, page: Page) -> None:
    """What is relied on in Streamlit: `auth_redirect` navigates, and an attachment ends neither page nor session."""
    sockets: list[str] = []
    asked: list[str] = []
    page.on("websocket", lambda one: (sockets.append("opened"), one.on("close", lambda _: sockets.append("closed"))))
    page.on("request", lambda one: asked.append(urlsplit(one.url).path))
    page.goto(f"{frame.url}/audit?role=auditor")
    button = page.get_by_role("button", name="Download these")
    expect(button).to_have_count(1)
    page.evaluate("window.untouched = true")
    for _ in range(2):
        with page.expect_download() as got:
            button.click()
        assert got.value.suggested_filename == "record.csv"
        rows = list(csv.DictReader(io.StringIO(got.value.path().read_text(encoding="utf-8-sig"), newline="")))
    assert [row["label"] for row in rows].count("Export made") == 2
    assert page.request.get(got.value.url).status == 404
    expect(page.get_by_text("not an emergency channel")).to_be_visible()
    assert page.evaluate("window.untouched")
    assert page.url.startswith(f"{frame.url}/audit")
    assert sockets == ["opened"]
    assert [path for path in asked if path.startswith("/media/")] == []
    assert [row["event"] for row in recorded(frame)][-3:] == ["export_made", "export_made", "ticket_refused"]


def recorded(served: Served) -> list[dict[str, Any]]:
    """The record of a served store, after its server has stopped."""
    served.stop()
    opened = open_store(served.store)
    try:
        return audit.search(opened.cursor(), most=100)[::-1]
    finally:
        opened.close()
