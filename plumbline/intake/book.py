"""A workbook whose sheets have our own columns: each sheet is read like the native file of its kind."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from plumbline.intake.kinds import KINDS, Kind, recognised
from plumbline.intake.reading import Reading, Table
from plumbline.intake.refused import FileRefused
from plumbline.intake.staging import Staging
from plumbline.intake.tables import tables

_CHUNK = 20_000


def sheets_of(path: Path, reading: Reading) -> list[tuple[Table, Kind | None]]:
    """The sheets of a workbook, each with the kind of its rows; None: none of ours. Raises FileRefused: all are none"""
    found = [(table, _kind(table)) for table in tables(path, reading)]
    if not any(kind for _, kind in found):
        raise FileRefused(
            "no sheet of this workbook has our own columns, so it needs a mapping: write one with "
            "`python -m plumbline mapping suggest FILE`, or on the page Data in",
            is_known=False,
        )
    return found


def read_sheet(table: Table, kind: Kind | None, staging: Staging) -> list[str]:
    """Put every row of a sheet into staging; gives the columns that are not used."""
    names = [name.lower() for name in table.header]
    if kind is None:
        for line, _cells, _fault in table.records():
            staging.ignore(line, "row of a sheet that has none of our own columns")
        return []
    places = {name: names.index(name) for name in kind.columns if name in names}
    records = table.records()
    while some := list(islice(records, _CHUNK)):
        for line, _cells, fault in some:
            if fault:
                staging.reject(line, None, None, fault)
        good = [(line, cells) for line, cells, fault in some if not fault]
        lines = [line for line, _ in good]
        staging.table(kind.name, lines, {name: [cells[at] for _, cells in good] for name, at in places.items()})
    return [name for name in names if name not in places]


def _kind(table: Table) -> Kind | None:
    names = [name.lower() for name in table.header]
    named = KINDS.get(table.name.strip().lower())
    return named if named and not named.missing(names) else recognised(names)
