"""Made-up calls: the same for the same seed, none after the store's day, none to the dead."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from plumbline.demo import calls
from plumbline.store import Store, open_store
from tests.conftest import DEMO_SEED, DEMO_UNTIL


def made(store: Store) -> list[tuple[Any, ...]]:
    columns = "contact_attempt_id, patient_id, episode_id, visit, attempted_on, outcome, call_back_on"
    return list(store.cursor().execute(f"select {columns} from contact_attempt order by all").fetchall())


@pytest.mark.slow
def test_the_same_seed_makes_the_same_calls(copy_demo_store: Callable[[Path], Path], tmp_path: Path) -> None:
    store = open_store(copy_demo_store(tmp_path / "demo.duckdb"))
    before = made(store)
    with store.write() as cursor:
        cursor.execute("delete from contact_attempt")
    assert calls.write(store, DEMO_SEED, DEMO_UNTIL) == len(before) > 5
    assert made(store) == before
    dead = "select count(*) from contact_attempt join patient using (patient_id) where attempted_on > died_on"
    assert store.cursor().execute(dead).fetchone() == (0,)
    store.close()
