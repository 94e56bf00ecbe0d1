"""A backup of a store that is in use: how long it takes, and how long whoever writes has to wait for it."""

from __future__ import annotations

import threading
import time
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks import bulk
from plumbline.backup import backup
from plumbline.store import Store, open_store

SEED, PATIENTS, TIMES, PAUSE = 7, 1000, 20, 0.005


def measure(folder: Path, as_of: date, patients: int = PATIENTS, times: int = TIMES) -> dict[str, Any]:
    """Back up a store of `times` thousand patients while one thread writes, and the waits without a backup."""
    store = open_store(folder / "keep.duckdb")
    bulk.made_up(store, patients, SEED, as_of, bulk.Growth(times))
    try:
        _, calm = _beside(store, lambda: time.sleep(2))
        seconds, waits = _beside(store, lambda: backup(store, folder / "kept", lambda *_: None))
        size = (folder / "kept" / "store.duckdb").stat().st_size
    finally:
        store.close()
    return {
        "patients": patients * times,
        "megabytes": round(size / 1e6, 1),
        "seconds": round(seconds, 2),
        "writes": len(waits),
        "longest_wait_ms": round(1000 * max(waits), 1),
        "longest_wait_without_ms": round(1000 * max(calm), 1),
    }


def _beside(store: Store, work: Any) -> tuple[float, list[float]]:
    """Seconds that some work takes, and how long each small write beside it took."""
    waits: list[float] = []
    done = threading.Event()

    def write() -> None:
        while not done.is_set():
            began = time.perf_counter()
            store.set_meta("bench", str(len(waits)))
            waits.append(time.perf_counter() - began)
            time.sleep(PAUSE)

    writer = threading.Thread(target=write)
    writer.start()
    began = time.perf_counter()
    try:
        work()
        return time.perf_counter() - began, waits
    finally:
        done.set()
        writer.join()
