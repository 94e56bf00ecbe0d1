"""The rows of the native files, gathered in order and written as CSV: the same rows give the same bytes."""

from __future__ import annotations

import csv
from pathlib import Path

from plumbline.demo.goals import Kept

COLUMNS: dict[str, tuple[str, ...]] = {
    "clinics": ("clinic", "name", "time_zone", "phone_in_hours", "phone_out_of_hours", "emergency_number"),
    "patients": (
        "patient_id",
        "birth_date",
        "sex",
        "clinic",
        "given_name",
        "family_name",
        "phone",
        "died_on",
    ),
    "episodes": (
        "episode_id",
        "patient_id",
        "performed_at",
        "levels",
        "pathway",
        "fracture_on",
        "cause",
        "surgeon",
        "approach",
        "of_grade",
        "genant",
        "cement_ml",
        "discharged_at",
    ),
    "scores": ("patient_id", "taken_at", "instrument", "value", "status", "context", "recorded_by"),
    "milestones": ("episode_id", "milestone", "status", "on", "reported_by"),
    "notes": ("episode_id", "written_at", "kind", "text", "author", "title"),
    "events": ("episode_id", "kind", "on", "level", "detail"),
    "medications": ("episode_id", "drug", "started_on", "stopped_on", "dose", "unit", "opioid"),
}


class Book:
    """Rows for each file; a cell is text, empty where nothing is known. `kept`: what no file holds."""

    def __init__(self, seed: int) -> None:
        self.kept = Kept(seed)
        self.rows: dict[str, list[tuple[str, ...]]] = {name: [] for name in COLUMNS}

    def add(self, file: str, **cells: object) -> None:
        """One row; cells that are not named stay empty. A name that the file doesn't have is a KeyError."""
        columns = COLUMNS[file]
        unknown = cells.keys() - set(columns)
        if unknown:
            raise KeyError(f"{file} has no {unknown}")
        self.rows[file].append(tuple("" if cells.get(name) is None else str(cells[name]) for name in columns))

    def write(self, folder: Path) -> None:
        """Write every file into `folder`."""
        for name, rows in self.rows.items():
            with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as out:
                writer = csv.writer(out, lineterminator="\n")
                writer.writerow(COLUMNS[name])
                writer.writerows(rows)
