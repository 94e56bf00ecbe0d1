"""What the Data quality page may know: counts for all its roles, rows and people only for those who may list them.

Each function guards itself: what a role may not see is never asked for, so no widget has to hide it.
"""

from __future__ import annotations

from contextlib import closing
from typing import Any

import pandas as pd

from plumbline import export, sql
from plumbline.errors import NotFound
from plumbline.web import instant
from plumbline.web.ui import Context, require

VIEW = "view_quality"
LIST = "view_quality_list"
EXPORT_LIST, EXPORT_COUNTS = "export_list", "export_counts"
MOST = 500
EVERY = 10**9
CHECKS = {
    name.rpartition("/")[2]: name
    for name in (
        "quality/dead_active", "quality/impossible_value", "quality/unit_drift", "quality/likely_duplicate",
        "quality/procedure_twice", "quality/fracture_after", "quality/before_fracture", "quality/no_baseline",
        "quality/unlikely_jump", "quality/two_values", "quality/two_clinics", "quality/future_dated",
        "quality/milestone_early", "quality/milestone_order", "quality/outside_course", "quality/medicine_ends_early",
        "quality/discharge_early", "quality/birth_date", "quality/levels_missing", "quality/window_empty",
        "quality/late_entry", "quality/clinic_silent",
    )
}  # fmt: skip
"""The query file of each check of data/reference/quality_check.csv."""
FILE = {
    "check": "Check", "person": "Patient", "patient_id": "Patient id", "episode_id": "Course", "clinic": "Clinic",
    "found": "What was found", "since_on": "Day", "fact_id": "Row", "fix": "Where to fix it",
}  # fmt: skip
COUNTS = {"said": "Severity", "label": "Check", "things": "Found", "of_words": "Checked", "patients": "Patients"}
FIXES = {"patient": "Patient page", "import": "the clinic's file, brought in again"}


def _frames(ctx: Context) -> dict[str, Any]:
    """Counts of every check and of what there was to check, clinic by clinic: worked out once until data change."""
    require(ctx, VIEW)
    return {
        "counted": ctx.arrow("quality/count_by_check", as_of=ctx.as_of, episode_id=None),
        "checked": ctx.arrow("quality/checked_by_clinic", as_of=ctx.as_of, episode_id=None),
    }


def total(ctx: Context, clinic_id: str | None) -> dict[str, Any]:
    """How much there is to look at, in how many patients, and how much of it can hurt."""
    frames = _frames(ctx)
    with closing(ctx.cursor) as cursor:
        for name, table in frames.items():
            cursor.register(name, table)
        return sql.rows(cursor, "quality/total_of_clinic", clinic_id=clinic_id)[0]


def checks(ctx: Context, clinic_id: str | None) -> pd.DataFrame:
    """Each check with what it found and of how many; what can hurt first, what found nothing last."""
    frames = _frames(ctx)
    with closing(ctx.cursor) as cursor:
        for name, table in frames.items():
            cursor.register(name, table)
        return sql.ask(cursor, "quality/total_by_check", clinic_id=clinic_id)


def rows(ctx: Context, code: str, clinic_id: str | None, most: int = MOST) -> pd.DataFrame:
    """What one check found, with whom it is about; `things` counts all of it where the list is cut."""
    require(ctx, LIST)
    if code not in CHECKS:
        raise NotFound("There is no such check: choose one of the list.")
    known = {"as_of": ctx.as_of, "episode_id": None}
    given = {param.name: known[param.name] for param in sql.load(CHECKS[code]).params if param.name in known}
    with closing(ctx.cursor) as cursor:
        cursor.register("found_row", ctx.arrow(CHECKS[code], **given))
        return sql.ask(cursor, "quality/row_of_found", clinic_id=clinic_id, most=most, clinics=ctx.clinics)


def clinics(ctx: Context) -> dict[str, str]:
    """Clinics by name, to narrow the page to one."""
    require(ctx, VIEW)
    return dict(ctx.ask("followup/clinic_by_name").itertuples(index=False))


def file_name(ctx: Context, what: str) -> str:
    """The file's name, which says the day that it is of, and of when."""
    known = "" if ctx.known_at is None else f"-as-known-on-{ctx.known_at:%Y-%m-%dT%H%M%S}Z"
    return f"quality-{what}-{ctx.as_of:%Y-%m-%d}{known}.csv"


def row_file(ctx: Context, code: str, label: str, clinic_id: str | None) -> bytes:
    """Everything that one check found, as CSV."""
    require(ctx, LIST)
    require(ctx, EXPORT_LIST)
    frame = rows(ctx, code, clinic_id, EVERY)
    frame = frame.assign(
        check=label, fix=frame["fix"].map(FIXES), since_on=pd.to_datetime(frame["since_on"]).dt.strftime("%Y-%m-%d")
    )
    return _file(ctx, FILE, frame)


def count_file(ctx: Context, clinic_id: str | None) -> bytes:
    """The counts of every check as CSV; no person is in it."""
    require(ctx, EXPORT_COUNTS)
    return _file(ctx, COUNTS, checks(ctx, clinic_id))


def _file(ctx: Context, columns: dict[str, str], frame: pd.DataFrame) -> bytes:
    if ctx.known_at is not None:
        said = instant.words(ctx.known_at, instant.zone_of(ctx.present))
        frame, columns = frame.assign(known_at=said), columns | {"known_at": "As known on"}
    return export.csv_bytes(columns, frame.to_dict("records"))
