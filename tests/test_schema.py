"""The schema is a public contract: written down whole, documented, and free of what DuckLake can't hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from plumbline import schema, sql
from plumbline.store import SCHEMA, open_store

FACTS = ["clinic", "patient", "episode", "treated_level", "score", "milestone_event", "note", "event", "medication"]
FACTS += ["goal", "goal_review", "protocol_signature"]
PROVENANCE = {
    "recorded_at": "timestamp not null",
    "recorded_by": "varchar not null",
    "source": "varchar not null",
    "batch_id": "varchar",
    "retracted_at": "timestamp",
    "supersedes": "varchar",
}
NOT_PORTABLE = re.compile(
    r"\b(primary key|unique|check\s*\(|foreign key|references|sequence|index|enum|generated always|returning|"
    r"on conflict)"
)


@pytest.fixture(scope="module")
def cursor(empty_of_module: Path) -> Iterator[Any]:
    store = open_store(empty_of_module)
    yield store.cursor()
    store.close()


@pytest.fixture(scope="module")
def columns(cursor: Any) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for row in sql.rows(cursor, "store/columns_by_table"):
        found.setdefault(row["table_name"], {})[row["column_name"]] = row["definition"]
    return found


def test_the_written_schema_is_the_one_that_the_steps_make(cursor: Any) -> None:
    assert schema.CURRENT.read_text(encoding="utf-8") == schema.current(cursor), "run `make schema`"


def test_the_written_schema_makes_the_same_tables(cursor: Any) -> None:
    fresh = duckdb.connect()
    fresh.execute(schema.CURRENT.read_text(encoding="utf-8"))
    assert schema.current(fresh.cursor()) == schema.current(cursor)


@pytest.mark.slow
def test_writing_the_schema_down_gives_the_same_file(tmp_path: Path) -> None:
    schema.write(tmp_path / "current.sql")
    assert (tmp_path / "current.sql").read_text() == schema.CURRENT.read_text()


@pytest.mark.parametrize("table", FACTS)
def test_every_fact_says_where_it_came_from(columns: dict[str, dict[str, str]], table: str) -> None:
    assert {name: columns[table].get(name) for name in PROVENANCE} == PROVENANCE


def test_a_name_tells_a_date_from_an_instant(columns: dict[str, dict[str, str]]) -> None:
    wrong = [
        f"{table}.{name} {definition}"
        for table, told in columns.items()
        for name, definition in told.items()
        if (name.endswith("_on") and not definition.startswith("date"))
        or (name.endswith("_at") and not definition.startswith("timestamp"))
    ]
    assert wrong == []


@pytest.mark.parametrize("step", sorted(SCHEMA.glob("[0-9]*.sql")), ids=lambda path: path.name)
def test_a_step_uses_only_what_ducklake_can_hold(step: Path) -> None:
    text = re.sub(r"--.*", "", step.read_text(encoding="utf-8"))
    assert NOT_PORTABLE.findall(text) == []
    assert re.fullmatch(r"\d{4}_[a-z0-9_]+\.sql", step.name)


def test_what_is_not_portable_would_be_seen() -> None:
    broken = "create table a (b integer primary key, c integer check (c > 0))"
    assert NOT_PORTABLE.findall(broken) == ["primary key", "check ("]


def documented() -> dict[str, str]:
    """The tables of data/README.md and the grain that it gives for each."""
    text = (sql.ROOT / "data" / "README.md").read_text(encoding="utf-8")
    return dict(re.findall(r"^\| `(\w+)` \| ([^|]+?) \|", text, flags=re.MULTILINE))


def test_every_table_is_documented_with_its_grain(columns: dict[str, dict[str, str]]) -> None:
    assert sorted(documented()) == sorted(columns)
    named = {word for grain in documented().values() for word in re.findall(r"`(\w+)`", grain)}
    known = {name for told in columns.values() for name in told}
    assert named - known == set()


def test_every_reference_file_has_a_table_with_its_columns(columns: dict[str, dict[str, str]]) -> None:
    for file in (sql.ROOT / "data" / "reference").glob("*.csv"):
        told = file.read_text(encoding="utf-8").splitlines()[0].split(",")
        assert set(told) == set(columns[file.stem]), file.name
