"""Sort what trickled in: rows of one patient side by side again, so that one patient is found without reading others.

Imports sort what they add; what people enter goes to the end. Compacting changes the order of rows and nothing else,
table by table, each in a transaction of its own: whoever reads sees either order, which no query depends on.
What trickled into the cube of scores is added up, to one row a cell.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import Any

from plumbline import sql
from plumbline.store import Store

ORDER = {
    "patient": "patient_id, recorded_at",
    "episode": "patient_id, performed_on",
    "treated_level": "patient_id, episode_id, level",
    "score": "patient_id, taken_on, taken_at",
    "score_item": "patient_id, score_id, item",
    "milestone_event": "patient_id, happened_on",
    "note": "patient_id, written_on",
    "event": "patient_id, happened_on",
    "medication": "patient_id, started_on",
    "episode_summary": "patient_id, performed_on",
}
"""The tables that grow with the patients, and the order in which one patient is read."""

Progress = Callable[[str, int, int], None]


def compact(store: Store, progress: Progress) -> list[dict[str, Any]]:
    """Sort each table, merge the cube; gives the rows and how long writers waited for it. Readers never wait."""
    told = []
    work = {table: partial(_sort, store, table, order) for table, order in ORDER.items()}
    work |= {"score_cube": partial(_merge, store)}
    for number, (table, one) in enumerate(work.items()):
        progress(f"sorting {table.replace('_', ' ')}", number, len(work))
        began = time.perf_counter()
        rows = one()
        told.append({"table": table, "rows": rows, "seconds": round(time.perf_counter() - began, 2)})
    progress("sorted", len(work), len(work))
    store.tidy()
    return told


def _sort(store: Store, table: str, order: str) -> int:
    """Both names are ours. No answer that was kept changes with the order, so none is forgotten."""
    with store.write(quietly=True) as cursor:
        cursor.execute(f"create or replace temp table sorted as from {table} order by {order}")
        cursor.execute(f"delete from {table}")  # noqa: S608
        rows = cursor.execute(f"insert into {table} from sorted").fetchone()[0]
        cursor.execute("drop table temp.sorted")
    return int(rows)


def _merge(store: Store) -> int:
    """Every sum stays the same, and no answer that was kept is forgotten."""
    with store.write(quietly=True) as cursor:
        sql.run(cursor, "cube/keep_merged")
        sql.run(cursor, "cube/remove_all")
        sql.run(cursor, "cube/add_merged")
        return int(cursor.execute("select count(*) from score_cube").fetchone()[0])
