"""The record on the command line: verified against a backup, searched, and the search on record."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from plumbline import audit
from plumbline.cli import app
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
    assert json.loads((backup / "manifest.json").read_text())["audit"]["seq"] == 3
    assert call(path, "audit", "verify", "--against", str(backup))[0] == 0
    tamper(path, "delete from audit_event where seq = 3")
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
