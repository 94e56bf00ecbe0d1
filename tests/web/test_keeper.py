"""Today's worklist is there before anybody asks, and stopping never waits for it."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from plumbline import worklist
from plumbline.store import open_store
from plumbline.web import instant
from plumbline.web.server.keeper import Keeper


@pytest.mark.slow
def test_today_is_worked_out_before_anybody_asks(copy_demo_store: Callable[[Path], Path], tmp_path: Path) -> None:
    store = open_store(copy_demo_store(tmp_path / "demo.duckdb"))
    keeper = Keeper(store)
    today = instant.local(datetime.now(UTC), instant.zone_of(store)).date()
    until = time.monotonic() + 60
    while not worklist.is_kept(store, today) and time.monotonic() < until:
        time.sleep(0.05)
    keeper.close()
    assert worklist.is_kept(store, today)
    store.close()


@pytest.mark.slow
def test_it_stops_in_the_middle_of_its_work_and_the_next_start_does_it_all(
    copy_demo_store: Callable[[Path], Path], tmp_path: Path
) -> None:
    store = open_store(copy_demo_store(tmp_path / "demo.duckdb"))
    Keeper(store).close()
    today = instant.local(datetime.now(UTC), instant.zone_of(store)).date()
    worklist.make_ready(store, today)
    lines = "select count(*) from worklist_line where as_of = $day"
    courses = "select count(*) from episode_summary where coalesce(performed_on, '-infinity'::date) <= $day"
    cursor = store.cursor()
    assert cursor.execute(lines, {"day": today}).fetchone() == cursor.execute(courses, {"day": today}).fetchone()
    store.close()
