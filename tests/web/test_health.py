"""Is it well: asked by whoever looks after the machine, without sign-in, and told in one word."""

from __future__ import annotations

import http.client
import json
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from plumbline import audit, ready
from plumbline.errors import PlumblineError
from plumbline.store import Store, open_store
from plumbline.web.server import health
from tests.conftest import Served


@pytest.fixture
def store(empty_store: Path) -> Iterator[Store]:
    opened = open_store(empty_store)
    yield opened
    opened.close()


def test_a_sound_store_is_ready_and_asking_writes_nothing(store: Store) -> None:
    before = store.revision
    assert ready.faults(store) == []
    assert audit.head(store.cursor())["seq"] == 0
    assert store.revision == before, "nor does any kept answer go"


@pytest.mark.parametrize(
    ("damage", "lacks"),
    [
        ("alter table audit_event rename column hash to gone", ["record"]),
        ("update schema_migration set digest = 'x'", ["schema"]),
        ("delete from schema_migration where name = '0015_audit.sql'", ["schema"]),
        ("drop table schema_migration", ["store"]),
    ],
)
def test_what_it_lacks_is_told_in_a_word(store: Store, damage: str, lacks: list[str]) -> None:
    store.cursor().execute(damage)
    assert ready.faults(store) == lacks


def test_a_full_disk_is_not_ready(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ready, "LEAST_FREE", 2**63)
    assert ready.faults(store) == ["disk"]


def test_a_closed_store_is_not_ready_and_one_that_is_written_to_is(store: Store) -> None:
    with store.write():
        found: list[list[str]] = []
        asking = threading.Thread(target=lambda: found.append(ready.faults(store)))
        asking.start()
        asking.join(timeout=30)
    assert found[0] == [], "who asks never waits for a long import"
    store.close()
    assert ready.faults(store) == ["store"]


def test_who_asks_often_doesnt_keep_writers_waiting(store: Store) -> None:
    asked = []

    def counted() -> Store:
        asked.append(1)
        return store

    one = health.Health(counted)
    assert [one.faults() for _ in range(50)] == [[]] * 50
    assert len(asked) < 25


def test_before_the_start_and_after_the_stop_it_is_not_ready() -> None:
    def none() -> Store:
        raise PlumblineError("The store isn't open.")

    assert health.Health(none).faults() == ["store"]


def ask(served: Served, path: str, host: str = "probe.internal", method: str = "GET") -> tuple[int, str]:
    """As a machine asks: by whatever name it knows this one, without a cookie."""
    with closing(http.client.HTTPConnection("127.0.0.1", served.port, timeout=30)) as wire:
        wire.request(method, path, headers={"Host": host})
        answer = wire.getresponse()
        return answer.status, answer.read().decode()


@pytest.mark.browser
def test_both_addresses_answer_without_sign_in_and_say_one_word(
    serve: Callable[..., Served], empty_store: Path
) -> None:
    secret = "s3cr3t-" * 8 + "0123456789"
    settings = {"PLUMBLINE_URL": "https://plumbline.example.org", "PLUMBLINE_SECRET": secret}
    settings |= {"PLUMBLINE_PROXY_CIDR": "127.0.0.1/32", "PLUMBLINE_PROXY_SECRET": secret[::-1]}
    served = serve(empty_store, "proxy", PLUMBLINE_STORE=str(empty_store), **settings)
    assert ask(served, "/health") == (200, "up")
    assert ask(served, "/ready") == (200, "ready")
    assert ask(served, "/health", method="POST")[0] == 405
    assert ask(served, "/")[0] == 400, "every other page answers to its own address only"
    assert ask(served, "/readyx")[0] == 400


BROKEN = """
import plumbline.web.server.serving as serving
opened = serving.open_store
def broken(path):
    store = opened(path)
    store.cursor().execute("alter table audit_event rename column hash to gone")
    return store
serving.open_store = broken
from plumbline.cli.main import main
main()
"""


@pytest.mark.browser
def test_a_record_that_cant_be_written_is_503_with_its_reason_in_the_log_alone(
    serve: Callable[..., Served], empty_store: Path
) -> None:
    command = [sys.executable, "-c", BROKEN, "serve", "--port", "{port}"]
    served = serve(empty_store, "local", command, PLUMBLINE_STORE=str(empty_store))
    assert [ask(served, "/ready") for _ in range(3)] == [(503, "not ready")] * 3
    assert ask(served, "/health") == (200, "up"), "the process is there: to restart it would not help"
    served.stop()
    lines = [json.loads(line) for line in served.printed().splitlines() if line.startswith("{")]
    assert [line["lacks"] for line in lines if line["event"] == "not_ready"] == ["record"]
