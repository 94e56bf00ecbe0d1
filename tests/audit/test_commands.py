"""The record on the command line: verified against a backup, searched, and the search on record."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from plumbline import audit
from plumbline.cli.main import app
from plumbline.store import open_store

KIM = audit.Actor("u1", "specialist")


@pytest.fixture
def path(empty_store: Path) -> Path:
    store = open_store(empty_store)
    for number in range(3):
        audit.record(store, "patient_viewed", KIM, ("episode", f"key{number}"))
    store.close()
    return empty_store


def call(path: Path, *words: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, [*words, "--store", str(path)])
    return result.exit_code, result.output


def tamper(path: Path, statement: str) -> None:
    store = open_store(path)
    store.cursor().execute(statement)
    store.close()


def test_a_record_is_verified_and_says_what_that_cannot_know(path: Path) -> None:
    code, said = call(path, "audit", "verify")
    assert (code, "3 rows" in said, "--against FOLDER" in said) == (0, True, True)
    tamper(path, "update audit_event set actor = 'u2' where seq = 2")
    code, said = call(path, "audit", "verify")
    assert (code, "Row 2 was edited." in said) == (1, True)


def test_the_head_leaves_with_every_backup_and_a_cut_end_shows_against_it(path: Path, tmp_path: Path) -> None:
    backup = tmp_path / "backup"
    assert call(path, "backup", str(backup))[0] == 0
    assert json.loads((backup / "manifest.json").read_text())["audit"]["seq"] == 4
    assert call(path, "audit", "verify", "--against", str(backup))[0] == 0
    tamper(path, "delete from audit_event where seq = 4")
    assert call(path, "audit", "verify")[0] == 0
    code, said = call(path, "audit", "verify", "--against", str(backup))
    assert (code, "its end was cut off" in said) == (1, True)


def test_a_search_is_itself_on_record(path: Path) -> None:
    code, said = call(path, "audit", "list", "--event", "patient_viewed", "--most", "2", "--json")
    assert code == 0
    assert [row["object_key"] for row in json.loads(said)] == ["key2", "key1"]
    code, said = call(path, "audit", "list", "--json")
    assert [row["event"] for row in json.loads(said)][:2] == ["audit_read", "audit_read"]


def test_a_time_that_is_none_is_refused(path: Path) -> None:
    code, said = call(path, "audit", "list", "--since", "yesterday")
    assert (code, "write 2026-03-01" in said) == (2, True)


def test_imports_exports_and_backups_are_on_record_with_their_keys(path: Path, tmp_path: Path) -> None:
    (tmp_path / "patients.csv").write_text("patient_id,birth_date,sex,clinic\np1,1940,female,north\n")
    assert call(path, "import", str(tmp_path / "patients.csv"))[0] == 0
    assert call(path, "import", str(tmp_path / "patients.csv"), "--dry-run")[0] == 0
    (batch,) = json.loads(call(path, "imports", "--json")[1])
    assert call(path, "imports", "undo", batch["batch_id"], "--yes", "--why", "wrong file")[0] == 0
    assert call(path, "export", "--to", str(tmp_path / "out"), "--format", "parquet")[0] == 0
    assert call(path, "backup", str(tmp_path / "backup"))[0] == 0
    rows = json.loads(call(path, "audit", "list", "--json")[1])
    found = [(row["event"], row["object_key"]) for row in reversed(rows)][3:-1]
    assert found == [
        ("import_started", None), ("import_finished", batch["batch_id"]), ("import_undone", batch["batch_id"]),
        ("export_made", "parquet"), ("backup_made", None),
    ]  # fmt: skip
    # what is asked for may still be refused; only what has ended is done
    assert {row["event"] for row in rows if row["result"] == "done"} == {"patient_viewed", "import_finished"}
    assert json.loads((tmp_path / "backup" / "manifest.json").read_text())["audit"]["seq"] == 8


def test_what_cannot_be_put_on_record_is_not_exported(path: Path, tmp_path: Path) -> None:
    tamper(path, "alter table audit_event rename column hash to gone")
    code, said = call(path, "export", "--to", str(tmp_path / "out"))
    assert (code, "so it isn't shown or done" in said) == (2, True)
    assert not (tmp_path / "out").exists()
