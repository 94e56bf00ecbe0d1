"""`make bench`: what the product promises, measured side by side in one run; tables here, figures in bench.json."""

from __future__ import annotations

import json
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from benchmarks import flags, gate_cost, import_cost, keep, large, light_cost, page_cost, read_cost, tables
from plumbline import printing
from plumbline.demo import build
from plumbline.store import Store, open_store

PARTS = ("flags", "load", "page", "gate", "light", "read", "large", "keep")
UNTIL = date(2026, 11, 23)


def main(
    parts: Annotated[list[str] | None, typer.Argument(help=", ".join(PARTS) + "; default all")] = None,
    patients: int = 1000,
    seed: int = 7,
    times: Annotated[int, typer.Option(help="Thousands of patients in the largest store.")] = large.TIMES,
    imported: Annotated[int, typer.Option(help="Patients whose files are imported.")] = import_cost.PATIENTS,
    out: Path = Path("bench.json"),
) -> None:
    """Measure, print the tables, write the figures."""
    chosen, results, began = parts or list(PARTS), {}, time.perf_counter()
    console = Console() if Console().is_terminal else Console(width=118)
    with tempfile.TemporaryDirectory(prefix="plumbline-bench-") as name, printing.progress() as emit:
        folder = Path(name)
        path = folder / "demo.duckdb"
        store = open_store(path)
        build(store, patients, seed, UNTIL, emit)
        results = _measure(store, path, folder, chosen, (times, imported), emit)
    results |= {"goals": tables.goals(results), "seconds": round(time.perf_counter() - began, 1)}
    out.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    if {"page", "gate", "light", "read", "load", "large"} & results.keys():
        tables.show_speed(console, results)
    if "load" in results:
        tables.show_imports(console, results["load"])
    if "flags" in results:
        tables.show_flags(console, results["flags"])
    if "keep" in results:
        tables.show_keep(console, results["keep"])
    console.print(f"\n{results['seconds']:.0f} s in all; figures in {out}")


def _measure(
    store: Store, path: Path, folder: Path, chosen: list[str], sizes: tuple[int, int], emit: flags.Progress
) -> dict[str, Any]:
    """Each part in turn, so that none disturbs another."""
    results: dict[str, Any] = {}
    try:
        if "flags" in chosen:
            results["flags"] = flags.evaluate(store, flags.load_truth(path), emit)
    finally:
        store.close()
    if "page" in chosen:
        emit("Timing pages", 0, 1)
        results["page"] = page_cost.measure(path, folder, UNTIL)
    if "gate" in chosen:
        emit("Timing sign-in", 0, 1)
        results["gate"] = gate_cost.measure(path, _fresh(folder / "gate"), UNTIL)
    if "light" in chosen:
        emit("Timing the light page", 0, 1)
        results["light"] = light_cost.measure(path, _fresh(folder / "light"), UNTIL)
    if "load" in chosen:
        emit("Timing imports", 0, 1)
        results["load"] = import_cost.measure(_fresh(folder / "load"), UNTIL, sizes[1])
    if "read" in chosen:
        results["read"] = read_cost.measure(folder, UNTIL, progress=emit)
    if "large" in chosen:
        results["large"] = large.measure(_fresh(folder / "large"), UNTIL, sizes[0], emit)
    if "keep" in chosen:
        emit("Timing a backup", 0, 1)
        results["keep"] = keep.measure(_fresh(folder / "keep"), UNTIL)
    return results


def _fresh(folder: Path) -> Path:
    folder.mkdir()
    return folder


if __name__ == "__main__":
    typer.run(main)
