"""A backup is the store of one instant, wholly or not at all; restored, every row is as it was."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from plumbline import backup
from plumbline.errors import NotFound, StoreBusy, StoreError
from plumbline.store import Store, open_store
from plumbline.verify import verify
from tests.cli.test_main import ask
from tests.conftest import ROOT, Served, environment
from tests.facts import one_course
from tests.kills import Victims

OPENING = "import sys, duckdb; duckdb.connect(sys.argv[1])"


def quiet(_label: str, _done: int, _total: int) -> None:
    """Nobody looks on."""


@pytest.fixture
def store(empty_store: Path) -> Iterator[Store]:
    """One course with two scores; what was written last is still in the log beside the file."""
    opened = open_store(empty_store)
    facts = one_course()
    facts.score(-3, 8.0)
    facts.score(5, 4.0)
    facts.write(opened)
    yield opened
    opened.close()


def held(path: Path) -> dict[str, Any]:
    with duckdb.connect(str(path)) as connection:
        return backup.hashes(connection)


def test_a_restored_backup_has_the_same_rows_in_every_table(store: Store, tmp_path: Path) -> None:
    manifest = backup.backup(store, tmp_path / "kept", quiet)
    assert sorted(path.name for path in (tmp_path / "kept").iterdir()) == ["manifest.json", "store.duckdb"]
    again = tmp_path / "again.duckdb"
    assert backup.restore(tmp_path / "kept", again, progress=quiet)["kept"] is None
    own = backup.hashes(store.cursor())
    assert held(again) == own == manifest["tables"]
    assert own["score"]["rows"] == 2
    opened = open_store(again)
    assert verify(opened) == []
    opened.close()
    with store.write() as cursor:
        cursor.execute("update score set value = 5 where value = 4")
    assert backup.hashes(store.cursor())["score"] != own["score"]


def test_what_is_written_meanwhile_waits_for_nothing_but_the_log_and_is_not_in_the_copy(
    store: Store, tmp_path: Path
) -> None:
    written: list[int] = []

    def while_it_copies(label: str, _done: int, _total: int) -> None:
        if label == "copying the store":  # the file is being copied: others write, more than fits into the log
            with store.write() as cursor:
                cursor.execute("insert into store_meta select 'n' || i, repeat('x', 100) from range(300000) t(i)")
            store.tidy()
            written.append(1)

    manifest = backup.backup(store, tmp_path / "kept", while_it_copies)
    assert written
    assert manifest["tables"]["store_meta"]["rows"] < 9
    assert held(tmp_path / "kept" / "store.duckdb") == manifest["tables"]
    assert store.cursor().execute("select count(*) from store_meta").fetchone()[0] >= 300000
    assert store.cursor().execute("select current_setting('checkpoint_threshold')").fetchone() == ("16.0 MiB",)


def test_nobody_else_can_open_the_store_after_a_backup_of_it(store: Store, tmp_path: Path) -> None:
    backup.backup(store, tmp_path / "kept", quiet)
    opened = subprocess.run([sys.executable, "-c", OPENING, str(store.path)], capture_output=True, text=True)
    assert "Could not set lock" in opened.stderr


def test_one_backup_at_a_time(store: Store, tmp_path: Path) -> None:
    def another(label: str, _done: int, _total: int) -> None:
        if label == "copying the store":
            with pytest.raises(StoreBusy, match="backed up"):
                backup.backup(store, tmp_path / "second", quiet)

    backup.backup(store, tmp_path / "first", another)
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_dir()) == ["first"]


def test_a_folder_that_holds_something_is_refused(store: Store, tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "other").touch()
    with pytest.raises(StoreError, match="there already"):
        backup.backup(store, tmp_path / "kept", quiet)
    with pytest.raises(StoreError, match="doesn't exist"):
        backup.backup(store, tmp_path / "no" / "kept", quiet)


@pytest.mark.parametrize("at", [100, -100])
def test_a_damaged_backup_is_never_restored(store: Store, tmp_path: Path, at: int) -> None:
    backup.backup(store, tmp_path / "kept", quiet)
    file = tmp_path / "kept" / "store.duckdb"
    with file.open("r+b") as changed:
        changed.seek(at, os.SEEK_SET if at > 0 else os.SEEK_END)
        changed.write(b"\0damaged\0")
    with pytest.raises(StoreError, match="damaged"):
        backup.restore(tmp_path / "kept", tmp_path / "again.duckdb", progress=quiet)
    assert not list(tmp_path.glob("*again*"))


def test_a_row_changed_in_a_backup_is_seen_even_with_the_right_file_hash(store: Store, tmp_path: Path) -> None:
    backup.backup(store, tmp_path / "kept", quiet)
    file, manifest = tmp_path / "kept" / "store.duckdb", tmp_path / "kept" / "manifest.json"
    with duckdb.connect(str(file)) as connection:
        connection.execute("update score set value = 1 where value = 4")
    told = json.loads(manifest.read_text()) | {"sha256": backup.sha256(file)}
    manifest.write_text(json.dumps(told))
    with pytest.raises(StoreError, match="score don't hold"):
        backup.restore(tmp_path / "kept", tmp_path / "again.duckdb", progress=quiet)


def test_a_store_is_replaced_only_when_told_and_then_kept_aside(store: Store, tmp_path: Path) -> None:
    backup.backup(store, tmp_path / "kept", quiet)
    other = tmp_path / "other.duckdb"
    open_store(other).close()
    before = held(other)
    with pytest.raises(StoreError, match="--replace"):
        backup.restore(tmp_path / "kept", other, progress=quiet)
    assert held(other) == before
    told = backup.restore(tmp_path / "kept", other, replace=True, progress=quiet)
    assert held(Path(told["kept"])) == before
    assert held(other) == backup.hashes(store.cursor())


def test_what_is_no_backup_or_a_newer_one_is_refused(store: Store, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="no backup"):
        backup.restore(tmp_path, tmp_path / "again.duckdb", progress=quiet)
    backup.backup(store, tmp_path / "kept", quiet)
    manifest = tmp_path / "kept" / "manifest.json"
    told = json.loads(manifest.read_text())
    manifest.write_text(json.dumps(told | {"schema": [*told["schema"], "9999_later.sql"]}))
    with pytest.raises(StoreError, match="newer Plumbline"):
        backup.restore(tmp_path / "kept", tmp_path / "again.duckdb", progress=quiet)


@pytest.mark.slow
def test_a_store_is_backed_up_while_it_is_served_and_never_restored_over(
    copy_demo_store: Callable[[Path], Path], serve: Callable[..., Served], tmp_path: Path
) -> None:
    path = copy_demo_store(tmp_path / "demo.duckdb")
    serve(path, "demo")
    ended = ask("backup", str(tmp_path / "kept"), "--store", path)
    assert (ended.returncode, "rows in" in ended.stdout) == (0, True), ended.stderr
    refused = ask("restore", str(tmp_path / "kept"), "--store", path, "--replace")
    assert (refused.returncode, "in use" in refused.stderr) == (2, True)
    ended = ask("restore", str(tmp_path / "kept"), "--store", tmp_path / "again.duckdb")
    assert ended.returncode == 0, ended.stderr
    assert ask("verify", "--store", tmp_path / "again.duckdb").returncode == 0


@pytest.mark.slow
def test_a_full_disk_leaves_no_backup_and_the_store_goes_on(store: Store, tmp_path: Path) -> None:
    store.close()
    most = store.path.stat().st_size // 2
    code = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2); "
        "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); sys.argv = ['plumbline', *sys.argv[2:]]; "
        "from plumbline.cli.main import main; main()"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code, str(most), "backup", str(tmp_path / "kept"), "--store", str(store.path)],
        cwd=ROOT, env=environment(None), capture_output=True, text=True,
    )  # fmt: skip
    assert (ended.returncode, "disk is full" in ended.stderr) == (2, True), ended.stderr
    assert not list(tmp_path.glob("*kept*"))


def work(told: dict[str, Any], tell: Callable[..., None]) -> None:
    """What is killed: a backup, in a process of its own."""
    opened = open_store(Path(told["store"]))
    tell("begun")
    backup.backup(opened, Path(told["to"]), tell)


@pytest.mark.slow
def test_twenty_kills_in_the_middle_leave_no_half_backup(
    copy_demo_store: Callable[[Path], Path], tmp_path: Path
) -> None:
    path = copy_demo_store(tmp_path / "demo.duckdb")
    whole = held(path)
    with Victims("tests.test_backup") as victims:
        for number in range(20):
            to = tmp_path / f"kept{number % 3}"
            ended = victims.kill({"store": str(path), "to": str(to)}, "begun", number * 0.03)
            assert to.exists() or not ended
            if to.exists():
                assert held(to / "store.duckdb") == json.loads((to / "manifest.json").read_text())["tables"]
                shutil.rmtree(to)
    assert held(path) == whole
    store = open_store(path)
    for number in range(3):
        backup.backup(store, tmp_path / f"kept{number}", quiet)
    store.close()
    assert not list(tmp_path.glob(".kept*.part*"))
