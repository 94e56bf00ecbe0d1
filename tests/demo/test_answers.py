"""The demo's flags are answered from the planted truth: plausible, the same each time, nothing too early."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from plumbline import demo
from plumbline.store import open_store
from tests.conftest import DEMO_PATIENTS, DEMO_SEED, DEMO_UNTIL


def rows(path: Path) -> list[tuple[Any, ...]]:
    store = open_store(path)
    found = store.cursor().execute(
        "select episode_id, rule, subject, on_date, action, answer, recorded_at from flag_action order by all"
    ).fetchall()  # fmt: skip
    store.close()
    return found


@pytest.mark.slow
def test_the_same_seed_gives_the_same_answers(demo_store: Path, tmp_path: Path) -> None:
    store = open_store(tmp_path / "again.duckdb")
    demo.build(store, DEMO_PATIENTS, DEMO_SEED, DEMO_UNTIL)
    store.close()
    assert rows(tmp_path / "again.duckdb") == rows(demo_store)


@pytest.mark.slow
def test_some_flags_are_acted_on_some_dismissed_and_some_are_left(demo_store: Path) -> None:
    store = open_store(demo_store)
    cursor = store.cursor()
    actions = dict(cursor.execute("select action, count(*) from flag_action group by 1").fetchall())
    assert set(actions) >= {"acknowledge", "act", "dismiss", "assign"}
    early = cursor.execute(
        "select count(*) from flag_action a join flag_run r using (episode_id, rule, subject) "
        "where r.raised_on <= a.on_date and a.on_date < r.cleared_on and r.known_at > a.recorded_at"
    ).fetchone()
    unanswered = cursor.execute(
        "select count(*) from flag_run r where not exists (select 1 from flag_action a "
        "where (a.episode_id, a.rule) = (r.episode_id, r.rule))"
    ).fetchone()
    late = cursor.execute("select max(on_date) from flag_action").fetchone()
    stale = cursor.execute("select count(*) from flag_stale").fetchone()
    store.close()
    assert early == (0,)
    assert unanswered is not None
    assert unanswered[0] > 0
    assert late is not None
    assert late[0] < DEMO_UNTIL
    assert stale == (0,)
