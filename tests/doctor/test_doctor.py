"""What is wrong with a set-up is said in a line with what to do; what is right is not complained of."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from plumbline import audit, protocol
from plumbline.access import accounts
from plumbline.cli.main import app
from plumbline.doctor import Finding, machine, setup, stored
from plumbline.store import Store, open_store
from tests.conftest import Served
from tests.facts import VERSION, Facts

SECRET = "s3cr3t-for-tests-" * 3 + "0123456789"
PROXY = {
    "PLUMBLINE_AUTH": "proxy",
    "PLUMBLINE_URL": "https://plumbline.example.org",
    "PLUMBLINE_SECRET": SECRET,
    "PLUMBLINE_PROXY_CIDR": "127.0.0.1/32",
    "PLUMBLINE_PROXY_SECRET": SECRET[::-1],
}


@pytest.fixture
def store(empty_store: Path) -> Iterator[Store]:
    opened = open_store(empty_store)
    yield opened
    opened.close()


def states(found: Any) -> dict[str, str]:
    return {one.check: one.state for one in found}


def look_into(store: Store, mode: str = "proxy", days: int = 2) -> dict[str, Finding]:
    return {one.check: one for one in stored.examine(store, mode, days, is_served=True)}


def change(store: Store, statement: str) -> None:
    with store.write() as cursor:
        cursor.execute(statement)


def test_a_store_that_is_well_kept_is_good_in_everything(store: Store) -> None:
    facts = Facts()
    facts.clinic("north")
    facts.write(store)
    protocol.sign(store, audit.SYSTEM, VERSION, "Dr Ada Example", "Spine surgeon")
    accounts.add(store, audit.SYSTEM, "root", issuer="i", subject="s", role="admin", clinics=None)
    audit.record(store, "backup_made", audit.SYSTEM)
    assert {one.state for one in look_into(store).values()} == {"good"}


def test_a_new_store_is_told_what_it_lacks(store: Store) -> None:
    found = look_into(store)
    lacks = {check: (one.state, bool(one.todo)) for check, one in found.items() if one.state != "good"}
    assert lacks == {"Timeline": ("look", True), "Accounts": ("wrong", True), "Backup": ("look", True)}
    assert "Accounts" not in look_into(store, "local"), "nobody signs in there"


@pytest.mark.parametrize(
    ("damage", "check", "state"),
    [
        ("delete from schema_migration where name = '0016_accounts.sql'", "Schema", "look"),
        ("insert into schema_migration values ('9999_newer.sql', 'x')", "Schema", "wrong"),
        ("update audit_event set actor = 'x'", "Record", "wrong"),
        ("import_undo", "Clock", "wrong"),
        ("update clinic set time_zone = 'Nowhere/Land'", "Clinics", "wrong"),
        ("drop table protocol_signature", "Store", "wrong"),
    ],
)  # fmt: skip
def test_each_fault_of_a_store_is_seen(store: Store, damage: str, check: str, state: str) -> None:
    facts = Facts()
    facts.clinic("north")
    facts.write(store)
    audit.record(store, "start", audit.SYSTEM)
    if damage == "import_undo":  # a row from a day that is still to come
        columns = store.cursor().execute("select column_name from duckdb_columns() where table_name = 'import_undo'")
        names = [name for (name,) in columns.fetchall()]
        given = {"batch_id": "'b'", "undone_at": "timestamp '2090-01-01'", "undone_by": "'x'"}
        damage = f"insert into import_undo select {', '.join(given.get(name, '0') for name in names)}"
    change(store, damage)
    found = look_into(store)
    assert found[check].state == state
    assert found[check].todo


def test_an_old_backup_is_pointed_out(store: Store) -> None:
    audit.record(store, "backup_made", audit.SYSTEM)
    assert look_into(store)["Backup"].state == "good"
    old = datetime.now(UTC).replace(tzinfo=None) - timedelta(days=3)
    store.cursor().execute("update audit_event set happened_at = ?", [old])
    assert look_into(store)["Backup"].state == "look"
    assert look_into(store, days=4)["Backup"].state == "good"


def test_real_patients_in_the_demo_and_made_up_ones_in_use_are_pointed_out(store: Store) -> None:
    assert look_into(store, "demo")["Patients"].state == "wrong"
    store.set_meta("synthetic", "true")
    assert look_into(store, "demo")["Patients"].state == "good"
    assert look_into(store, "oidc")["Patients"].state == "look"


def test_half_a_setting_is_named_and_no_secret_is_ever_said(tmp_path: Path) -> None:
    assert states(setup.examine(PROXY)) == {"Mode": "good", "Address": "good"}
    for name in PROXY:
        found = list(setup.examine({**PROXY, name: ""}))
        assert (found[0].state, name in found[0].says) == ("wrong", True)
    assert states(setup.examine({**PROXY, "PLUMBLINE_SECRET": "short"})) == {"Mode": "wrong"}
    assert states(setup.examine({**PROXY, "PLUMBLINE_PROXY_CIDR": "10.0.0.0/8"}))["Proxy"] == "look"
    assert states(setup.examine({**PROXY, "PLUMBLINE_URL": "http://127.0.0.1:8501"}))["Address"] == "look"
    file = tmp_path / "secret"
    file.write_text(SECRET)
    asked = {**PROXY, "PLUMBLINE_SECRET": "", "PLUMBLINE_SECRET_FILE": str(file)}
    for mode, state in [(0o644, "wrong"), (0o600, "good")]:
        file.chmod(mode)
        found = list(setup.examine(asked))
        assert {one.check: one.state for one in found}["Secrets"] == state
        assert SECRET not in str(found)


def test_libraries_that_are_not_those_tested_are_named() -> None:
    assert machine.libraries("# a comment\nduckdb==2.0.0\n").state == "good"
    found = machine.libraries("duckdb==1.0.0\nno-such-library==1 ; sys_platform == 'none'\nno-such==2\n")
    assert (found.state, "duckdb 2.0.0 instead of 1.0.0" in found.says, "no-such missing" in found.says) == (
        "wrong", True, True,
    )  # fmt: skip
    assert machine.clock(datetime(2001, 1, 1, tzinfo=UTC)).state == "wrong"


def test_the_place_of_a_store_is_looked_at(tmp_path: Path) -> None:
    file = tmp_path / "a.duckdb"
    assert states(machine.place(tmp_path / "none" / "a.duckdb")) == {"Store": "wrong"}
    assert states(machine.place(file))["Store"] == "look"
    file.write_bytes(b"x")
    file.chmod(0o644)
    assert states(machine.place(file))["Store"] == "look"
    file.chmod(0o600)
    assert states(machine.place(file))["Store"] == "good"
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert [machine.listening(port, is_served=served).state for served in (False, True)] == ["look", "good"]
    assert machine.listening(port, is_served=False).state == "good"


def call(path: Path, monkeypatch: pytest.MonkeyPatch, **environ: str) -> tuple[int, dict[str, Any]]:
    for name in [name for name in os.environ if name.startswith("PLUMBLINE_")]:
        monkeypatch.delenv(name)
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    result = CliRunner().invoke(app, ["doctor", "--store", str(path), "--port", "0", "--json"])
    return result.exit_code, {row["check"]: row["state"] for row in json.loads(result.stdout)}


def test_the_command_changes_nothing_and_its_exit_code_says_whether_something_is_wrong(
    empty_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(open_store(empty_store)) as opened:
        opened.cursor().execute("delete from schema_migration where name = '0017_signing.sql'")
    before = empty_store.read_bytes()
    code, found = call(empty_store, monkeypatch, PLUMBLINE_AUTH="local")
    assert (code, found["Schema"]) == (0, "look"), "a doctor doesn't bring a store up to date"
    assert empty_store.read_bytes() == before
    assert call(empty_store, monkeypatch)[0] == 1
    empty_store.write_bytes(b"no store at all" * 1000)
    code, found = call(empty_store, monkeypatch, PLUMBLINE_AUTH="local")
    assert (code, found["Store"]) == (1, "wrong")
    empty_store.unlink()
    code, found = call(empty_store, monkeypatch, PLUMBLINE_AUTH="local")
    assert (code, found["Store"]) == (0, "look")
    assert not empty_store.exists()


@pytest.mark.browser
def test_a_store_that_is_served_is_looked_into_by_its_server(
    serve: Callable[..., Served], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = tmp_path / "new.duckdb"
    serve(store, "local")
    code, found = call(store, monkeypatch, PLUMBLINE_AUTH="local")
    assert (code, found["Schema"], found["Record"]) == (0, "good", "good")
    assert found["Store"] == "good", "what is made is for its own user alone"
    assert {path.stat().st_mode & 0o077 for path in tmp_path.glob("new.duckdb*") if path.is_file()} == {0}
