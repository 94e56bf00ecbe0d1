"""Compacting changes the order of rows and nothing else, with a server or without one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from plumbline import summary
from plumbline.compact import ORDER, compact
from plumbline.store import Store, open_store
from tests.facts import Facts, one_course


def rows(store: Store, table: str) -> list[tuple[Any, ...]]:
    """Every row of a table, in the order in which it lies."""
    return store.cursor().execute(f"from {table}").fetchall()


def columns(store: Store) -> list[tuple[Any, ...]]:
    """Every column of every table, with its type and default."""
    return store.cursor().execute("select * exclude (table_oid) from duckdb_columns() order by all").fetchall()


@pytest.mark.slow
def test_rows_stay_the_same_and_lie_side_by_side(copy_demo_store: Callable[[Path], Path], tmp_path: Path) -> None:
    store = open_store(copy_demo_store(tmp_path / "demo.duckdb"))
    facts = Facts()
    facts.score(3, 4, "demo-p0002")  # trickles in: to the end of the table
    facts.rows["score"][0]["episode_id"] = None
    with store.write() as cursor:
        names = ", ".join(facts.rows["score"][0])
        marks = ", ".join(f"${name}" for name in facts.rows["score"][0])
        cursor.execute(f"insert into score ({names}) values ({marks})", facts.rows["score"][0])
        summary.refresh(cursor, ["demo-p0002"])
    before = {table: rows(store, table) for table in ORDER}
    schema = columns(store)
    revision = store.revision
    told = compact(store, lambda *_: None)
    counted = {one["table"]: one["rows"] for one in told if one["table"] in ORDER}
    assert counted == {table: len(before[table]) for table in ORDER}
    assert before["score"][-1][1] == "demo-p0002"
    patients = [row[1] for row in rows(store, "score")]
    assert patients == sorted(patients)
    assert {table: sorted(map(repr, rows(store, table))) for table in ORDER} == {
        table: sorted(map(repr, before[table])) for table in ORDER
    }
    assert schema == columns(store)
    assert store.revision == revision  # no answer that was kept is forgotten
    store.close()


@pytest.mark.slow
def test_what_is_sorted_outlives_a_restart(empty_store: Path) -> None:
    store = open_store(empty_store)
    facts = one_course()
    facts.score(9, 4)
    facts.score(2, 6)
    facts.write(store)
    compact(store, lambda *_: None)
    store.close()
    again = open_store(empty_store)
    assert again.cursor().execute("select list(value) from score").fetchone() == ([6, 4],)
    again.close()
