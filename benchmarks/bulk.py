"""Load made-up files straight into the fact tables, and multiply a store: for measuring only.

It skips every check of an import on purpose: it is the floor that an import is measured against, and the quick way
to a store of 100,000 patients. Nothing outside benchmarks may use it.
"""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

from plumbline import summary
from plumbline.demo.files import make
from plumbline.store import Store

TABLES = ("patient", "episode", "treated_level", "score", "milestone_event", "note", "event", "medication")
_SQL = Path(__file__).parent / "sql"


def plain_load(store: Store, folder: Path, until: date, tables: tuple[str, ...] = TABLES) -> None:
    """Insert the native files of `folder` without any check, in one transaction."""
    with store.write() as cursor:
        for table in ("clinic", *tables):
            text = (_SQL / f"load_{table}.sql").read_text(encoding="utf-8")
            params: dict[str, object] = {"folder": str(folder)}
            cursor.execute(text, params | ({"until": until} if "$until" in text else {}))


def multiply(store: Store, times: int) -> None:
    """Give every patient `times - 1` twins with ids and keys of their own; kept sorted by patient and day."""
    with store.write() as cursor:
        for table in TABLES:
            cursor.execute((_SQL / f"grow_{table}.sql").read_text(encoding="utf-8"), {"times": times})


def made_up(store: Store, patients: int, seed: int, until: date, times: int = 1) -> None:
    """Fill an empty store with `patients` × `times` made-up patients, summaries too, without an import."""
    book, _ = make(patients, seed, until)
    store.set_meta("synthetic", "true")
    with tempfile.TemporaryDirectory() as folder:
        book.write(Path(folder))
        plain_load(store, Path(folder), until)
    if times > 1:
        multiply(store, times)
    with store.write() as cursor:
        summary.refresh(cursor, None)
