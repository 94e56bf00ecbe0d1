"""The rows of one sheet as text: dates as ISO dates, numbers plain, formulas by stored value, merged cells filled."""

from __future__ import annotations

import datetime as dt
import errno
import re
import warnings
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree.ElementTree import ParseError, iterparse

from openpyxl.utils.cell import column_index_from_string, get_column_letter, range_boundaries
from openpyxl.worksheet._reader import WorkSheetParser
from openpyxl.xml.constants import SHEET_MAIN_NS

from plumbline.intake.records import MOST_CELL
from plumbline.intake.refused import FileRefused

_MAIN = f"{{{SHEET_MAIN_NS}}}"
_DATA, _ROW, _CELL, _MERGE = (f"{_MAIN}{name}" for name in ("sheetData", "row", "c", "mergeCell"))
_FORMULA, _VALUE = f"{_MAIN}f", f"{_MAIN}v"
_TEXTS = (f"{_MAIN}is/{_MAIN}t", f"{_MAIN}is/{_MAIN}r/{_MAIN}t")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_BROKEN = (zipfile.BadZipFile, zlib.error, ParseError, EOFError, ValueError, KeyError, NotImplementedError)


class Cell(NamedTuple):
    """One cell: its text, what it is in the sheet ('text', 'number' or 'other'), and why its row can't be used."""

    text: str
    kind: str
    fault: str | None


@dataclass
class Merges:
    """The merged ranges of a sheet, by the row in which they begin: first and last column, last row."""

    by_row: dict[int, list[tuple[int, int, int]]] = field(default_factory=lambda: defaultdict(list))

    def add(self, ref: str) -> None:
        """Take a range such as B2:B4."""
        left, top, right, bottom = range_boundaries(ref)
        if left and top and right and bottom and (right > left or bottom > top):
            self.by_row[top].append((left, right, bottom))


@dataclass(frozen=True)
class Place:
    """Where a sheet's rows are, and what is needed to read them."""

    path: Path
    part: str
    strings: list[str]
    epoch: Any
    date_formats: set[int]
    timedelta_formats: set[int]

    def rows(self, merges: Merges | None = None) -> Iterator[tuple[int, dict[int, Cell]]]:
        """Each row that holds anything: its number, and its cells by column. `merges` takes the merged ranges."""
        try:
            with zipfile.ZipFile(self.path) as archive, archive.open(self.part) as file:
                parser = WorkSheetParser(
                    file, self.strings, True, self.epoch, self.date_formats, self.timedelta_formats
                )
                data = None
                for event, element in iterparse(file, events=("start", "end")):
                    if event == "start":
                        data = element if element.tag == _DATA else data
                    elif element.tag == _ROW:
                        number, cells = _row(parser, element)
                        if cells:
                            yield number, cells
                        if data is not None:
                            data.clear()
                    elif element.tag == _MERGE and merges is not None:
                        merges.add(element.get("ref", ""))
        except (*_BROKEN, OSError) as error:
            if isinstance(error, OSError) and error.errno != errno.EINVAL:  # it can't be read, which isn't damage
                raise
            raise FileRefused("the workbook is damaged: open it in a spreadsheet and save it anew") from error


def _row(parser: Any, element: Any) -> tuple[int, dict[int, Cell]]:
    parser.row_counter = int(element.get("r") or parser.row_counter + 1)
    parser.col_counter = 0
    cells: dict[int, Cell] = {}
    for child in element:
        if child.tag == _CELL:
            column, cell = _cell(parser, child)
            if cell.fault or (cell.text and not cell.text.isspace()):
                cells[column] = cell
    return parser.row_counter, cells


def _cell(parser: Any, element: Any) -> tuple[int, Cell]:
    letters = element.get("r", "").rstrip("0123456789")
    column = column_index_from_string(letters) if letters else parser.col_counter + 1
    parser.col_counter = column
    where = f"cell {letters or get_column_letter(column)}{parser.row_counter}"
    try:
        value, kind = _value(parser, element)
    except (ValueError, IndexError, OverflowError, TypeError, KeyError):
        return column, Cell("", "other", f"{where} can't be read: type its value anew")
    if kind == "e":
        word = value if isinstance(value, str) else "an error"
        return column, Cell("", "other", f"{where} shows {word}: mend its formula, or empty it")
    if value is None and kind != "str" and element.find(_FORMULA) is not None:
        return column, Cell("", "other", f"{where} has a formula without a stored value: open the workbook, save it")
    text = plain(value)
    fault = f"{where} has more than 1,000,000 characters: shorten it" if len(text) > MOST_CELL else None
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    sort = "text" if isinstance(value, str) else "number" if is_number else "other"
    return column, Cell("" if fault else text, sort, fault)


def _value(parser: Any, element: Any) -> tuple[Any, str]:
    """A cell's value and its type in the sheet; the common types at once, dates and all else by openpyxl."""
    kind = element.get("t", "n")
    if kind == "inlineStr":
        return "".join(text.text or "" for way in _TEXTS for text in element.findall(way)), kind
    raw = element.findtext(_VALUE)
    if not raw or kind == "str":
        return raw or None, kind
    if kind == "s":
        return parser.shared_strings[int(raw)], kind
    if kind == "n" and int(element.get("s", 0)) not in parser.date_formats:
        return (int(raw) if raw.isdecimal() and len(raw) < 16 else float(raw)), kind
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = parser.parse_cell(element)
    return found["value"], found["data_type"]


def plain(value: Any) -> str:
    """A cell's value as text: a whole day as its ISO date, a time as a time, a number without an exponent or `.0`."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), value)
    if isinstance(value, dt.datetime):
        rounded = value + dt.timedelta(microseconds=500_000) if value.microsecond >= 999_000 else value
        if value.microsecond >= 999_000:
            rounded = rounded.replace(microsecond=0)
        return rounded.date().isoformat() if rounded.time() == dt.time() else rounded.isoformat()
    if isinstance(value, dt.timedelta):
        seconds = round(value.total_seconds())
        sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
        return f"{sign}{seconds // 3600:02}:{seconds % 3600 // 60:02}:{seconds % 60:02}"
    if isinstance(value, (dt.date, dt.time)):
        return value.isoformat()
    if isinstance(value, float):
        return f"{Decimal(f'{value:.15g}'):f}" if value == value and abs(value) != float("inf") else str(value)
    return str(value)
