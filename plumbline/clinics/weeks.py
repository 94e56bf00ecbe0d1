"""How scores stand by week after the procedure, of a clinic, several or all: read from the cube, not the scores."""

from __future__ import annotations

from typing import Any

import pandas as pd

from plumbline import sql


def weeks(cursor: Any, clinics: list[str] | None, instrument: str = "nrs_back") -> pd.DataFrame:
    """Quartiles of the daily values by week from 0 (days 0 to 6), of these clinics together (None: of all).

    Columns: `week`, `courses` and `scores` (how many), `q25`, `median`, `q75` in the instrument's unit. Counts are
    whole: what may not be shown of few patients is for the caller to hide.
    """
    return sql.ask(cursor, "cube/quartile_by_week", clinics=clinics, instrument=instrument)


def weeks_by_clinic_and_age(cursor: Any, clinics: list[str] | None, instrument: str = "nrs_back") -> pd.DataFrame:
    """As `weeks`, by clinic and ten years of age: columns `clinic_id`, `age_from` (missing: not known) before them."""
    return sql.ask(cursor, "cube/quartile_by_clinic_age_week", clinics=clinics, instrument=instrument)
