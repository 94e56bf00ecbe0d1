"""Typing slips: rows that an import must reject, and wrong but possible values that it can't see."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

import numpy as np

from plumbline.demo.book import COLUMNS, Book
from plumbline.demo.odd import CASES, patient_id

_COLUMN = {name: at for at, name in enumerate(COLUMNS["scores"])}
_WRONG = (
    ("value", "11", "pain above the scale"),
    ("value", "70", "7 typed as 70"),
    ("value", "-1", "pain below the scale"),
    ("value", "3.7", "a half on a whole-number scale"),
    ("taken_at", "2026-02-30", "a date that doesn't exist"),
    ("instrument", "nrs_bakc", "an unknown instrument"),
    ("patient_id", "DEMO-X0001", "an unknown patient"),
    ("taken_at", "2062-01-05", "a date in the future"),
)


@dataclass(frozen=True)
class Slip:
    """One slip: in which line of scores.csv (the header is line 1), what was typed, and what was meant."""

    line: int
    column: str
    typed: str
    meant: str
    what: str
    must_be_rejected: bool

    def as_dict(self) -> dict[str, object]:
        """For the file of truth."""
        return asdict(self)


def _put(row: tuple[str, ...], column: str, value: str) -> tuple[str, ...]:
    at = _COLUMN[column]
    return (*row[:at], value, *row[at + 1 :])


def _plausible(value: str) -> str:
    """A neighbouring key, or a digit for its opposite on the pad: 2 typed as 9, 7 as 1."""
    return {
        "2": "9",
        "7": "1",
        "1": "7",
        "3": "8",
        "0": "9",
        "8": "3",
        "4": "7",
        "6": "9",
        "5": "2",
        "9": "6",
        "10": "1",
    }[value]


def make(book: Book, seed: int, patients: int, until: date) -> list[Slip]:
    """Spoil pain scores in place: for one patient in 40 a row to reject, for one in 20 a plausible slip."""
    rng = np.random.default_rng((seed, 0))
    rows = book.rows["scores"]
    protected = {patient_id(number, patients) for number in CASES}
    able = [
        at
        for at, row in enumerate(rows)
        if row[_COLUMN["instrument"]] == "nrs_back"
        and row[_COLUMN["context"]] == ""
        and row[_COLUMN["patient_id"]] not in protected
    ]
    wanted = max(len(_WRONG), patients // 40), patients // 20
    chosen = rng.choice(len(able), size=min(sum(wanted), len(able) // 3), replace=False)
    slips = []
    for count, at in enumerate(sorted(int(c) for c in chosen[: wanted[0]])):
        column, typed, what = _WRONG[count % len(_WRONG)]
        slips.append(_spoil(rows, able[at], column, typed, what, True))
    for at in sorted(int(c) for c in chosen[wanted[0] :]):
        slips.append(_spoil(rows, able[at], "value", _plausible(rows[able[at]][_COLUMN["value"]]), "wrong key", False))
    return slips


def _spoil(rows: list[tuple[str, ...]], at: int, column: str, typed: str, what: str, rejected: bool) -> Slip:
    meant = rows[at][_COLUMN[column]]
    rows[at] = _put(rows[at], column, typed)
    return Slip(at + 2, column, typed, meant, what, rejected)
