"""Load made-up files straight into the fact tables, and multiply a store: for measuring only.

It skips every check of an import on purpose: it is the floor that an import is measured against, and the quick way
to a store of 100,000 patients. Nothing outside benchmarks may use it.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from plumbline import sql, summary
from plumbline.demo.files import make
from plumbline.store import Store

TABLES = ("patient", "episode", "treated_level", "score", "milestone_event", "note", "event", "medication")
SUMMARISED_AT_ONCE = 100_000
Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and of how much."""
_SQL = Path(__file__).parent / "sql"


def plain_load(store: Store, folder: Path, until: date, tables: tuple[str, ...] = TABLES) -> None:
    """Insert the native files of `folder` without any check, in one transaction."""
    with store.write() as cursor:
        for table in ("clinic", *tables):
            text = (_SQL / f"load_{table}.sql").read_text(encoding="utf-8")
            params: dict[str, object] = {"folder": str(folder)}
            cursor.execute(text, params | ({"until": until} if "$until" in text else {}))


@dataclass(frozen=True)
class Growth:
    """How a store is multiplied: each patient `times` over, spread over `years`; shares in thousandths of the original.

    A store of a million patients has not been filled in two years: twins are moved back by whole years in turn.
    """

    times: int
    years: int = 1
    pain: int = 1000
    other: int = 1000
    milestones: int = 1000


def _silent(_label: str, _done: int, _total: int) -> None:
    """Nobody waits for it."""


def multiply(store: Store, growth: Growth, say: Progress = _silent) -> None:
    """Give every patient twins with ids and keys of their own; kept sorted by patient and day."""
    for turn, table in enumerate(TABLES):
        say(f"Tables multiplied by {growth.times:,}", turn, len(TABLES))
        text = (_SQL / f"grow_{table}.sql").read_text(encoding="utf-8")
        with store.write() as cursor:
            cursor.execute(text, {name: value for name, value in asdict(growth).items() if f"${name}" in text})


def summarise(store: Store, at_once: int = SUMMARISED_AT_ONCE, say: Progress = _silent) -> None:
    """Make the whole summary in bites, so that its memory doesn't grow with the store; scores have their course."""
    ids = [row[0] for row in store.cursor().execute("select patient_id from patient order by patient_id").fetchall()]
    for start in range(0, len(ids), at_once):
        say("Summarising patients", start, len(ids))
        with store.write() as cursor:
            sql.run(cursor, "summary/touched_some", patient_ids=ids[start : start + at_once])
            sql.run(cursor, "cube/keep_before")
            sql.run(cursor, "summary/remove_touched")
            sql.run(cursor, "summary/add_touched")
            sql.run(cursor, "cube/add_changes")


def made_up(
    store: Store, patients: int, seed: int, until: date, growth: Growth | None = None, say: Progress = _silent
) -> None:
    """Fill an empty store with `patients` made-up patients and their twins, summaries too, without an import."""
    book, _ = make(patients, seed, until)
    store.set_meta("synthetic", "true")
    with tempfile.TemporaryDirectory() as folder:
        book.write(Path(folder))
        plain_load(store, Path(folder), until)
    with store.write() as cursor:
        summary.refresh(cursor, None)
    if growth is not None and growth.times > 1:
        multiply(store, growth, say)
        summarise(store, say=say)
