"""What an import costs beside putting the same files into the same tables without looking at them."""

from __future__ import annotations

import statistics
import time
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks import bulk
from plumbline import intake, summary
from plumbline.demo.files import make
from plumbline.store import open_store

PATIENTS, SEED, ROUNDS = 3000, 7, 3


def measure(folder: Path, until: date) -> dict[str, Any]:
    """Import (checks, rejects and summaries included) against plain loading with and without the summaries."""
    files = folder / "files"
    files.mkdir()
    book, _ = make(PATIENTS, SEED, until)
    book.write(files)
    spent: dict[str, list[float]] = {"import": [], "plain": [], "plain_and_summary": []}
    for turn in range(ROUNDS):
        store = open_store(folder / f"imported-{turn}.duckdb")
        began = time.perf_counter()
        intake.run(store, [files], source="bench", recorded_by="bench")
        spent["import"].append(time.perf_counter() - began)
        store.close()
        store = open_store(folder / f"loaded-{turn}.duckdb")
        began = time.perf_counter()
        bulk.plain_load(store, files, until)
        spent["plain"].append(time.perf_counter() - began)
        with store.write() as cursor:
            summary.refresh(cursor, None)
        spent["plain_and_summary"].append(time.perf_counter() - began)
        store.close()
    seconds = {name: statistics.median(all_of) for name, all_of in spent.items()}
    return {
        "rows": sum(len(rows) for rows in book.rows.values()),
        "seconds": {name: round(value, 2) for name, value in seconds.items()},
        "to_plain": round(seconds["import"] / seconds["plain"], 2),
        "to_plain_and_summary": round(seconds["import"] / seconds["plain_and_summary"], 2),
    }
