"""How scores stand by week after the procedure, of a clinic, several or all: read from the cube, not the scores."""

from __future__ import annotations

from typing import Any

import pandas as pd

from plumbline import sql
from plumbline.clinics.model import Week
from plumbline.cohorts.small import is_near, is_small, least_of, limits

_QUARTER = 0.25


def weeks(
    cursor: Any, clinics: list[str] | None, instrument: str = "nrs_back", clinic_id: str | None = None
) -> pd.DataFrame:
    """Quartiles of the daily values by week from 0 (days 0 to 6), of these clinics together (None: of all).

    `clinic_id`: of that one alone. Columns: `week`, `courses` and `scores` (how many), `q25`, `median`, `q75` in the
    instrument's unit. Counts are whole: `drawn` hides what may not be shown of few patients.
    """
    return sql.ask(cursor, "cube/quartile_by_week", clinics=clinics, clinic_id=clinic_id, instrument=instrument)


def weeks_by_clinic_and_age(cursor: Any, clinics: list[str] | None, instrument: str = "nrs_back") -> pd.DataFrame:
    """As `weeks`, by clinic and ten years of age: columns `clinic_id`, `age_from` (missing: not known) before them."""
    return sql.ask(cursor, "cube/quartile_by_clinic_age_week", clinics=clinics, instrument=instrument)


def drawn(
    everybody: pd.DataFrame, one: pd.DataFrame | None, name: str, last_week: int, least: int
) -> tuple[Week, ...]:
    """The weeks to be shown, of all together and of the clinic `name` among them, up to `last_week`.

    `everybody` and `one`: what `weeks` gives; `least`: fewer courses say nothing of a week. A week of few patients is
    left out, so few that a quartile is one's own, and the clinic's where the others are few: what is not shown can't be
    worked out from what is.
    """
    limit = limits().inside
    least = max(least, least_of(_QUARTER, limit))
    of_all = {int(row["week"]): row for row in everybody.to_dict("records")}
    found = [("all", "All clinics", row) for row in of_all.values()]
    for row in [] if one is None else one.to_dict("records"):
        if not is_near(int(row["courses"]), int(of_all[int(row["week"])]["courses"]), limit):
            found.append(("one", name, row))
    return tuple(
        _week(part, of, row)
        for part, of, row in found
        if row["week"] <= last_week and row["courses"] >= least and not is_small(int(row["courses"]), limit)
    )


def _week(part: str, name: str, row: dict[Any, Any]) -> Week:
    courses, scores = int(row["courses"]), int(row["scores"])
    low, mid, high = (float(row[column]) for column in ("q25", "median", "q75"))
    words = (
        f"{name}, week {int(row['week']) + 1}: half at {mid:g} or less, the middle half {low:g} to {high:g}; "
        f"{scores:,} scores of {courses:,} courses"
    )
    return Week(part, name, int(row["week"]), courses, scores, low, mid, high, words)
