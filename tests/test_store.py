"""Opening, migrating, writing and reading a store: real files, real threads, a real second process."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from plumbline import sql
from plumbline import store as store_module
from plumbline.errors import PlumblineError, StoreBusy, StoreError
from plumbline.store import Store, open_store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "clinic.duckdb"


@pytest.fixture
def store(path: Path, empty_original: Path) -> Iterator[Store]:
    opened = open_store(shutil.copy(empty_original, path))
    yield opened
    opened.close()


def test_each_schema_step_is_recorded_with_its_hash_and_taken_once(path: Path, store: Store) -> None:
    taken = store.cursor().execute("select name, length(digest) from schema_migration order by name").fetchall()
    assert taken == [(file.name, 64) for file in sorted(store_module.SCHEMA.glob("[0-9]*.sql"))]
    store.set_meta("kept", "yes")
    store.close()
    again = open_store(path)
    assert again.meta("kept") == "yes"
    assert again.cursor().execute("select count(*) from schema_migration").fetchone() == (len(taken),)
    again.close()


@pytest.mark.slow
def test_an_edited_schema_step_is_refused(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = tmp_path / "steps"
    steps.mkdir()
    for file in store_module.SCHEMA.glob("[0-9]*.sql"):
        (steps / file.name).write_text(file.read_text())
    monkeypatch.setattr(store_module, "SCHEMA", steps)
    open_store(path).close()
    first = sorted(steps.iterdir())[0]
    first.write_text(first.read_text() + "\n-- an afterthought\n")
    with pytest.raises(StoreError, match=rf"{first.name} was changed after this store had taken it"):
        open_store(path)


@pytest.mark.slow
def test_a_broken_schema_step_leaves_the_store_as_it_was(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_store(path).close()
    steps = tmp_path / "steps"
    steps.mkdir()
    for file in store_module.SCHEMA.glob("[0-9]*.sql"):
        (steps / file.name).write_text(file.read_text())
    (steps / "9999_broken.sql").write_text("create table half (a integer);\ncreate table half (a integer);\n")
    monkeypatch.setattr(store_module, "SCHEMA", steps)
    with pytest.raises(StoreError, match="can't be brought up to date"):
        open_store(path)
    (steps / "9999_broken.sql").unlink()
    opened = open_store(path)
    assert opened.cursor().execute("select count(*) from duckdb_tables() where table_name = 'half'").fetchone() == (0,)
    opened.close()


@pytest.mark.slow
@pytest.mark.attack(50)
def test_a_second_process_is_told_what_to_do(path: Path, store: Store) -> None:
    code = (
        "import sys\nfrom plumbline.errors import StoreError\nfrom plumbline.store import open_store\n"
        "try:\n    open_store(sys.argv[1])\nexcept StoreError as error:\n    print(error)\n"
    )
    said = subprocess.run(
        [sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True, cwd=sql.ROOT
    ).stdout
    assert "clinic.duckdb is open in another process" in said
    assert str(path.parent) not in said


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"patient_id,pain\n" * 2000, "not a DuckDB file"), (b"garbage", "not a DuckDB file"), (b"", "not a DuckDB file")],
)
@pytest.mark.attack(50)
def test_a_file_that_is_no_store_is_refused_and_left_alone(path: Path, content: bytes, message: str) -> None:
    path.write_bytes(content)
    with pytest.raises(StoreError, match=message):
        open_store(path)
    assert path.read_bytes() == content


def test_a_file_with_lock_in_its_name_is_not_taken_for_a_busy_one(tmp_path: Path) -> None:
    (tmp_path / "clock.duckdb").write_bytes(b"garbage")
    with pytest.raises(StoreError, match="not a DuckDB file") as found:
        open_store(tmp_path / "clock.duckdb")
    assert not isinstance(found.value, StoreBusy)


def test_a_duckdb_file_of_something_else_is_refused_and_left_alone(path: Path) -> None:
    with duckdb.connect(str(path)) as other:
        other.execute("create table patient as select 1 as a")
    with pytest.raises(StoreError, match="holds something else"):
        open_store(path)
    with duckdb.connect(str(path)) as other:
        assert other.execute("select table_name from duckdb_tables()").fetchall() == [("patient",)]


def test_duckdb_fetches_nothing(store: Store) -> None:
    assert store.cursor().execute("select current_setting('autoinstall_known_extensions')").fetchone() == (False,)


@pytest.mark.slow
@pytest.mark.attack(50)
def test_a_damaged_store_is_refused(path: Path) -> None:
    open_store(path).close()
    content = bytearray(path.read_bytes())
    content[12288:20480] = bytes(8192)  # the first block after the headers
    path.write_bytes(content)
    with pytest.raises(StoreError, match="damaged"):
        open_store(path)


def test_a_missing_store_and_a_missing_folder_are_said_so(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"There is no store at none\.duckdb"):
        open_store(tmp_path / "none.duckdb", create=False)
    with pytest.raises(StoreError, match="folder of the store"):
        open_store(tmp_path / "nowhere" / "none.duckdb")
    assert list(tmp_path.iterdir()) == []


def test_a_write_is_all_or_nothing(store: Store) -> None:
    before = store.revision

    def half_a_write() -> None:
        with store.write() as cursor:
            sql.run(cursor, "store/add_meta", key="half", value="written")
            raise PlumblineError("the check inside failed")

    with pytest.raises(PlumblineError, match="the check inside failed"):
        half_a_write()
    assert store.meta("half") is None
    assert store.revision == before
    store.set_meta("whole", "written")
    assert store.meta("whole") == "written"
    assert store.revision == before + 1


@pytest.mark.slow
def test_a_killed_writer_leaves_all_or_nothing(path: Path) -> None:
    code = (
        "import os, sys\nfrom plumbline import sql\nfrom plumbline.store import open_store\n"
        "store = open_store(sys.argv[1])\nstore.set_meta('first', 'done')\n"
        "with store.write() as cursor:\n    sql.run(cursor, 'store/add_meta', key='second', value='half')\n"
        "    os._exit(9)\n"
    )
    ended = subprocess.run([sys.executable, "-c", code, str(path)], cwd=sql.ROOT, check=False)
    assert ended.returncode == 9
    opened = open_store(path)
    assert opened.meta("first") == "done"
    assert opened.meta("second") is None
    opened.close()


def test_two_writers_take_turns(store: Store) -> None:
    """Check and write inside one transaction: of forty tries to add one key, one adds it."""
    added: list[int] = []

    def add() -> None:
        for _ in range(10):
            with store.write() as cursor:
                added.append(sql.run(cursor, "store/add_meta", key="only", value="once").fetchone()[0])

    threads = [threading.Thread(target=add) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sum(added) == 1
    assert len(added) == 40


def test_a_reader_is_never_blocked_by_a_writer(store: Store) -> None:
    """While a write is open, another thread reads what was there before; after the commit it reads the new."""
    store.set_meta("pain", "before")
    seen: list[str | None] = []

    def read() -> None:
        seen.append(store.meta("pain"))

    with store.write() as cursor:
        sql.run(cursor, "store/set_meta", key="pain", value="after")
        reader = threading.Thread(target=read)
        reader.start()
        reader.join(timeout=20)
        assert not reader.is_alive(), "the reader waited for the writer"
    read()
    assert seen == ["before", "after"]


def test_a_cursor_each_gives_every_thread_its_own_answers(store: Store) -> None:
    wrong: list[int] = []

    def ask(number: int) -> None:
        cursor = store.cursor()
        for _ in range(50):
            if cursor.execute("select $n + count(*) from instrument", {"n": number}).fetchone() != (number + 15,):
                wrong.append(number)

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert wrong == []


def test_a_store_is_synthetic_only_when_it_says_so(store: Store) -> None:
    assert not store.synthetic
    store.set_meta("synthetic", "false")
    assert not store.synthetic
    store.set_meta("synthetic", "true")
    assert store.synthetic
