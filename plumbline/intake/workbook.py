"""An Excel workbook as tables: its sheets, the header of each, and what was found. No macro or link is followed."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.cell import get_column_letter

from plumbline.intake.found import Finding
from plumbline.intake.heads import find_head, grouped, named
from plumbline.intake.reading import Reading, Record, Table
from plumbline.intake.refused import FileRefused
from plumbline.intake.sheet import Cell, Merges, Place
from plumbline.intake.signs import signs

_SAMPLE = 1_000
_ABOVE = "what is above the header isn't read"


def sheets(path: Path, reading: Reading) -> list[Table]:
    """The table of each sheet that holds anything, or of the one that somebody named. Raises FileRefused."""
    if reading.encoding is not None or reading.delimiter is not None:
        raise FileRefused("a workbook has no encoding or delimiter: leave --encoding and --delimiter out")
    places, hidden = _places(path)
    names = list(places)
    if reading.sheet is not None:
        names = [name for name in names if name == reading.sheet] or [
            name for name in names if name.strip().lower() == reading.sheet.strip().lower()
        ]
        if not names:
            raise FileRefused(f"the workbook has no sheet {reading.sheet}: it has {_listed(list(places), hidden)}")
    found = [(name, _sheet(name, places[name], reading)) for name in names]
    full = [(name, table) for name, table in found if table is not None]
    if not full:
        raise FileRefused("the workbook's sheets are empty: a row must name the columns")
    empty = [name for name, table in found if table is None]
    many = len(full) > 1
    why = f"the workbook has {_listed(list(places), hidden)}" if len(places) > 1 else "it is the only sheet"
    if empty:
        why += f"; {', '.join(empty)} is empty"
    if many:
        why += ": say which with --sheet"
    return [
        replace(table, findings=(Finding("sheet", name, "ask" if many else "certain", why), *table.findings))
        for name, table in full
    ]


def _listed(names: list[str], hidden: set[str]) -> str:
    return ", ".join(f"{name} (hidden)" if name in hidden else name for name in names)


def _places(path: Path) -> tuple[dict[str, Place], set[str]]:
    """Where each sheet's rows are, and which sheets are hidden."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book: Any = load_workbook(path, read_only=True, data_only=True, keep_links=False)
    except Exception as error:  # what a damaged workbook raises has no common base
        raise FileRefused("the workbook is damaged: open it in a spreadsheet and save it anew") from error
    places, hidden = {}, set()
    for sheet in book.worksheets:
        if not sheet._worksheet_path.lower().endswith(".xml"):  # only these were looked at for entities
            raise FileRefused("the workbook is damaged: open it in a spreadsheet and save it anew")
        places[sheet.title] = Place(
            path, sheet._worksheet_path, sheet._shared_strings, book.epoch, book._date_formats, book._timedelta_formats
        )
        if sheet.sheet_state != "visible":
            hidden.add(sheet.title)
    book.close()
    if not places:
        raise FileRefused("the workbook has no sheet with cells")
    return places, hidden


@dataclass(frozen=True)
class _Shape:
    """What is settled about a sheet once it was read: its header's row, its width, merged cells, decimal sign."""

    row: int
    width: int
    merges: Merges
    comma: bool


def _sheet(name: str, place: Place, reading: Reading) -> Table | None:
    merges = Merges()
    stream = place.rows(merges)
    first = reading.header_line or 1
    sample = list(islice(((number, cells) for number, cells in stream if number >= first), _SAMPLE))
    if not sample:
        if first > 1:
            raise FileRefused(f"sheet {name} ends before row {first}: name the row of the header", first)
        return None
    head = find_head([(number, _texts(cells, _width(sample))) for number, cells in sample], "row")
    index = 0 if reading.header_line else head.index
    row = sample[index][0]
    if reading.header_line not in (None, row):
        raise FileRefused(f"row {first} of sheet {name} is empty: name the row of the header", first)
    width = _width(sample[index:])
    body = chain((cells for _, cells in sample[index + 1 :]), (cells for _, cells in stream))
    names = [name or f"column {number}" for number, name in enumerate(_texts(sample[index][1], width), 1)]
    marks = signs(names, (_texts(cells, width, "text") for cells in body), reading.date_order, reading.decimal)
    for _ in stream:  # what is merged stands below the last row
        pass
    header, changed = named(_names(sample, index, width, merges))
    found = _findings(row, reading, head.sure, head.why, changed)
    if any(bottom > row for ranges in merges.by_row.values() for _, _, bottom in ranges):
        why = "cells merged over rows hold their value in each of them; rows with cells merged over columns are faults"
        found.append(Finding("header", f"row {row}", "certain", why))
    comma = any(mark.name == "decimal sign" and mark.value == "comma" for mark in marks)
    shape = _Shape(row, width, merges, comma)
    return Table(name, header, row, (*found, *marks), lambda: _records(place, shape))


def _width(rows: list[tuple[int, dict[int, Cell]]]) -> int:
    return max(max(cells) for _, cells in rows)


def _texts(cells: dict[int, Cell], width: int, kind: str | None = None) -> list[str]:
    """A row's cells; of a kind: those alone."""
    texts = [""] * width
    for column, cell in cells.items():
        if column <= width and kind in (None, cell.kind):
            texts[column - 1] = cell.text
    return texts


def _names(sample: list[tuple[int, dict[int, Cell]]], index: int, width: int, merges: Merges) -> list[str]:
    """The header's cells; those merged with one to the left or above have its text, those
    in a group its name in front."""
    row, cells = sample[index]
    across = [(left, right) for left, right, _ in merges.by_row.get(sample[index - 1][0], ()) if index]
    texts = [(number, _texts(held, width)) for number, held in sample[: index + 1]]
    if groups := grouped(texts, index, across):
        return groups
    names, rows = _texts(cells, width), dict(sample)
    for top, ranges in merges.by_row.items():
        for left, right, bottom in ranges:
            if top <= row <= bottom and left in rows.get(top, {}):
                for column in range(left, min(right, width) + 1):
                    names[column - 1] = names[column - 1] or rows[top][left].text
    return names


def _findings(row: int, reading: Reading, sure: str, why: str, changed: list[str]) -> list[Finding]:
    found = []
    settled = reading.header_line is not None
    if row > 1:
        rows = "row 1" if row == 2 else f"rows 1 to {row - 1}"
        found.append(Finding("preamble", rows, "certain" if settled else "likely", _ABOVE))
    found.append(Finding("header", f"row {row}", "certain" if settled else sure, "as was said" if settled else why))
    if changed:
        why = f"missing or repeated names were numbered: {', '.join(changed)}"
        found.append(Finding("header", f"row {row}", "certain", why))
    return found


def _records(place: Place, shape: _Shape) -> Iterator[Record]:
    down: dict[int, tuple[int, str]] = {}
    across: list[tuple[int, int]] = []
    for number, cells in place.rows():
        if number <= shape.row:
            continue
        texts, fault = _record(cells, shape)
        for left, right, bottom in shape.merges.by_row.get(number, ()):
            if left == right and left <= shape.width:
                down[left] = (bottom, texts[left - 1])
            elif right > left:
                across.append((left, bottom))
        across = [one for one in across if one[1] >= number]
        if across and not fault:
            fault = f"cells merged over columns begin at {get_column_letter(across[0][0])}: part them, a value in each"
        for column, (bottom, text) in list(down.items()):
            if number > bottom:
                del down[column]
            else:
                texts[column - 1] = texts[column - 1] or text
        yield number, texts, fault


def _record(cells: dict[int, Cell], shape: _Shape) -> tuple[list[str], str | None]:
    texts = _texts(cells, shape.width)
    fault = None
    for column, cell in cells.items():
        if column > shape.width:
            fault = fault or f"has a value in column {get_column_letter(column)}, beyond the last name: empty it"
        elif shape.comma and cell.kind == "number":
            texts[column - 1] = cell.text.replace(".", ",")
        fault = fault or cell.fault
    return texts, fault
