"""The quick way to a large store gives the same facts as an import, and twins that are patients of their own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from benchmarks import bulk, read_cost
from plumbline import sql
from plumbline.store import Store, open_store

pytestmark = pytest.mark.slow

UNTIL = date(2026, 11, 23)
# Names are those of bulk.TABLES; structured notes are put into the demo beside its files, so no plain load has them.
COUNT = "select count(*) from {} where retracted_at is null"
IMPORTED = " and fields is null"


def _counts(store: Store) -> dict[str, int]:
    return {table: _count(store, table) for table in bulk.TABLES}


def _count(store: Store, table: str) -> int:
    text = COUNT.format(table) + (IMPORTED if table == "note" else "")
    return int(store.cursor().execute(text).fetchone()[0])


def _verdicts(store: Store) -> dict[str, str]:
    rows = sql.rows(store.cursor(), "status/verdict_by_course", as_of=UNTIL, episode_id=None)
    return {row["episode_id"]: row["verdict"] for row in rows}


def test_plain_loading_ends_where_an_import_ends(tmp_path: Path, copy_demo_store: Callable[[Path], Path]) -> None:
    imported = open_store(copy_demo_store(tmp_path / "imported.duckdb"))
    loaded = open_store(tmp_path / "loaded.duckdb")
    bulk.made_up(loaded, 60, 7, UNTIL)
    assert _counts(loaded) == _counts(imported)
    assert _verdicts(loaded) == _verdicts(imported)
    imported.close()
    loaded.close()


def test_twins_are_patients_of_their_own_with_the_same_verdicts(tmp_path: Path) -> None:
    store = open_store(tmp_path / "twins.duckdb")
    bulk.made_up(store, 60, 7, UNTIL, bulk.Growth(3))
    verdicts = _verdicts(store)
    keys = store.cursor().execute("select count(distinct episode_key) from episode").fetchone()[0]
    assert _counts(store)["patient"] == 180
    assert keys == _counts(store)["episode"]
    assert verdicts["demo-0014-t0002"] == verdicts["demo-0014"] == "slower"
    assert 0 < read_cost.one_patient(store, "demo-0014-t0002", UNTIL) < 60
    store.close()
