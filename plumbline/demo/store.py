"""Make a demo store where there is none, or in place of an older one: whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path

from plumbline.demo import Planted, build, truth_path
from plumbline.errors import PlumblineError, StoreBusy
from plumbline.store import open_store


def remake(
    path: Path,
    patients: int,
    seed: int,
    until: date,
    progress: Callable[[str, int, int], None],
    planted: Planted | None = None,
) -> None:
    """Build beside `path`, then put it in its place. Raises PlumblineError where real data are in the way."""
    _refuse_other_data(path)
    building = path.with_name(f"{path.name}.building")
    _remove(building)
    try:
        store = open_store(building)
        try:
            build(store, patients, seed, until, progress, planted)
        finally:
            store.close()
        _refuse_other_data(path)
        truth_path(building).replace(truth_path(path))
        building.replace(path)
    finally:
        _remove(building)


def _refuse_other_data(path: Path) -> None:
    if not path.exists():
        return
    try:
        existing = open_store(path)
    except StoreBusy as busy:
        raise PlumblineError(f"{path.name} is open in a running server: stop that first.") from busy
    synthetic = existing.synthetic
    existing.close()
    if not synthetic:
        raise PlumblineError(
            f"{path.name} isn't marked as made up, so it isn't replaced. Choose another file with --store."
        )


def _remove(path: Path) -> None:
    for left in (path, path.with_name(f"{path.name}.wal"), truth_path(path)):
        with suppress(FileNotFoundError):
            left.unlink()
