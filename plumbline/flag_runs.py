"""Flags: unbroken runs of days on which an attention rule holds, asked with the verdict's own SQL.

A flag is judged nowhere else: `flag/run_by_course` puts every date that matters in the place of the one day that
`status/verdict_by_course` asks about. The table `flag_run` keeps the answer; nothing in it depends on today.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from plumbline import sql
from plumbline.store import Store

CHUNK = 2000
Progress = Callable[[int, int], None]


def refresh(
    store: Store,
    *,
    patient_id: str | None = None,
    answered: bool = False,
    progress: Progress | None = None,
    wait: float = -1,
) -> int:
    """Make the flags anew whose facts have changed: of one patient, of those answered, or of all. Gives how many.

    Call it before anything that reads `flag_run`. Each chunk is a transaction of its own, so that others can write
    in between and nothing is done twice; where nothing is stale, nothing is written. `wait`: as in `Store.write`.
    """
    found = sql.rows(store.cursor(), "flag/stale_by_patient", patient_id=patient_id, answered=answered)
    stale = [row["patient_id"] for row in found]
    for first in range(0, len(stale), CHUNK):
        some = stale[first : first + CHUNK]
        with store.derive(wait=wait) as cursor:
            sql.run(cursor, "flag/remove_runs", patient_ids=some)
            sql.run(cursor, "flag/add_runs", patient_ids=some)
            sql.run(cursor, "flag/clear_stale", patient_ids=some)
            sql.run(cursor, "flag/mark_lines_stale", patient_ids=some)
        if progress is not None:
            progress(min(first + CHUNK, len(stale)), len(stale))
    return len(stale)


def runs(cursor: Any, patient_ids: list[str] | None = None) -> pd.DataFrame:
    """Every flag that these patients' courses ever raised (None: all), worked out from the facts as they stand."""
    return sql.ask(cursor, "flag/run_with_facts", patient_ids=patient_ids)


def runs_if(cursor: Any, threshold: str, value: float, patient_ids: list[str] | None = None) -> pd.DataFrame:
    """The same with one threshold moved: a what-if, which changes nothing."""
    return sql.ask(
        cursor, "flag/moved_run_by_course", patient_ids=patient_ids, threshold=threshold, value=value
    )
