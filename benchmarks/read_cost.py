"""What reading one patient costs as the store grows: every statement of the Patient page, on 1,000 and on 100,000."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from benchmarks import bulk
from plumbline import sql
from plumbline.known import as_known, patients_of
from plumbline.store import Store, open_store

SEED, TIMES, ROUNDS = 7, 100, 5
NUMBERS = (1, 13, 14, 60, 250, 400, 555, 701, 888, 999)
Progress = Callable[[str, int, int], None]


def one_patient(store: Store, episode_id: str, as_of: date) -> float:
    """Seconds for all statements of the Patient page, nothing kept from an earlier read."""
    cursor = store.cursor()
    text = "select episode_key from episode where episode_id = $episode and retracted_at is null"
    found = cursor.execute(text, {"episode": episode_id}).fetchone()
    if found is None:
        return float("nan")
    began = time.perf_counter()
    sql.run(cursor, "patient/course_of_key", clinics=None, key=found[0], as_of=as_of).fetchall()
    sql.run(cursor, "status/verdict_by_course", as_of=as_of, episode_id=episode_id).fetchall()
    sql.run(
        cursor, "patient/mark_by_course", as_of=as_of, episode_id=episode_id, low=-30.0, high=365.0, before=0.9,
        flagged="", verdict="on_course", bars=8, points=900,
    ).fetchall()  # fmt: skip
    sql.run(cursor, "patient/panel_of_course", as_of=as_of, episode_id=episode_id, low=None, high=None).fetchall()
    sql.run(cursor, "patient/note_by_course", as_of=as_of, episode_id=episode_id, search="", kind=None).fetchall()
    sql.run(cursor, "patient/source_by_knot", episode_id=episode_id).fetchall()
    return time.perf_counter() - began


def replay(store: Store, episode_id: str, as_of: date) -> float:
    """Seconds to make the store as it was known a moment ago, for one patient: what a page of the past costs more."""
    text = "select episode_key from episode where episode_id = $episode and retracted_at is null"
    found = store.cursor().execute(text, {"episode": episode_id}).fetchone()
    if found is None:
        return float("nan")
    began = time.perf_counter()
    past = as_known(store, datetime.now(UTC), patients_of(store, found[0]))
    spent = time.perf_counter() - began
    assert sql.rows(past.cursor(), "patient/course_of_key", clinics=None, key=found[0], as_of=as_of)
    return spent


def measure(folder: Path, as_of: date, times: int = TIMES, progress: Progress | None = None) -> dict[str, Any]:
    """Build both stores, read the same patients from each in turn, and compare the medians."""
    stores: dict[str, Store] = {}
    seconds: dict[str, list[float]] = {"small": [], "large": []}
    replays: dict[str, list[float]] = {"small": [], "large": []}
    built = {}
    try:
        for name, many in (("small", 1), ("large", times)):
            if progress is not None:
                progress("Building stores", len(stores), 2)
            stores[name] = open_store(folder / f"{name}.duckdb")
            began = time.perf_counter()
            bulk.made_up(stores[name], 1000, SEED, as_of, bulk.Growth(many))
            built[name] = round(time.perf_counter() - began, 1)
        for turn in range(ROUNDS + 1):
            for number in NUMBERS:
                for name, store in stores.items():
                    episode_id = f"demo-{number:04d}"
                    spent = one_patient(store, episode_id, as_of)
                    again = replay(store, episode_id, as_of)
                    if turn and spent == spent:
                        seconds[name].append(spent)
                        replays[name].append(again)
    finally:
        for store in stores.values():
            store.close()
    small, large = statistics.median(seconds["small"]), statistics.median(seconds["large"])
    return {
        "patients": {"small": 1000, "large": 1000 * times},
        "read_ms": {"small": round(1000 * small, 1), "large": round(1000 * large, 1)},
        "replay_ms": {name: round(1000 * statistics.median(spent), 1) for name, spent in replays.items()},
        "build_s": built,
        "large_to_small": round(large / small, 3),
    }
