"""Flags: unbroken runs of days on which an attention rule holds, asked with the verdict's own SQL.

A flag is judged nowhere else: `flag/run_by_course` puts every date that matters in the place of the one day that
`status/verdict_by_course` asks about.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from plumbline import sql


def runs(cursor: Any, patient_ids: list[str] | None = None) -> pd.DataFrame:
    """Every flag that these patients' courses ever raised (None: all), as the facts stand now."""
    return sql.ask(cursor, "flag/run_by_course", patient_ids=patient_ids)


def runs_if(cursor: Any, threshold: str, value: float, patient_ids: list[str] | None = None) -> pd.DataFrame:
    """The same with one threshold moved: a what-if, which changes nothing."""
    return sql.ask(
        cursor, "flag/moved_run_by_course", patient_ids=patient_ids, threshold=threshold, value=value
    )
