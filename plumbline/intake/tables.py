"""A file as plain tables of text cells: a CSV is one, a workbook has one for each sheet; with what was found."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from plumbline.intake.found import Finding
from plumbline.intake.refused import FileRefused
from plumbline.intake.table import opened, probe

Record = tuple[int, list[str], str | None]


@dataclass(frozen=True)
class Reading:
    """What somebody settled about a file; None: find it."""

    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    header_line: int | None = None
    date_order: str | None = None
    decimal: str | None = None


@dataclass(frozen=True)
class Table:
    """One table of a file: a CSV, or one sheet of a workbook. Its rows are read anew by each `records()`."""

    name: str
    header: tuple[str, ...]
    header_line: int
    findings: tuple[Finding, ...]
    source: Callable[[], Iterator[Record]]

    def records(self) -> Iterator[Record]:
        """Each row below the header: its line (or the sheet's row), its cells as text, why it must be rejected."""
        return self.source()


def tables(path: Path, reading: Reading = Reading()) -> list[Table]:
    """The tables of a file. Raises FileRefused with a reason that a data manager understands."""
    with path.open("rb") as file:
        head = file.read(4)
    if head == b"PK\x03\x04" and path.suffix.lower() in (".xlsx", ".xlsm"):
        return _sheets(path, reading)
    return [_text(path, reading)]


def _text(path: Path, reading: Reading) -> Table:
    text = probe(path)
    encoding = reading.encoding or text.encoding

    def records(delimiter: str) -> Iterator[tuple[int, list[str]]]:
        with opened(path, type(text)(encoding, text.is_clean)) as file:
            before = 0
            for line in (reader := csv.reader(file, delimiter=delimiter)):
                start, before = before + 1, reader.line_num
                if line and (len(line) > 1 or line[0].strip()):
                    yield start, line

    delimiter = reading.delimiter or max(",;\t|", key=lambda mark: len(next(records(mark), (1, [""]))[1]))
    first = reading.header_line or 1
    header_line, header = next(((line, cells) for line, cells in records(delimiter) if line >= first), (0, []))
    if not header:
        raise FileRefused("the file is empty: its first line must name the columns")

    def source() -> Iterator[Record]:
        for line, cells in records(delimiter):
            if line > header_line:
                wrong = len(cells) != len(header)
                yield line, cells, f"has {len(cells)} cells where the header has {len(header)}" if wrong else None

    findings = (
        Finding("encoding", encoding, "certain", "every byte can be read as it"),
        Finding("delimiter", delimiter, "likely", "the header has most cells with it"),
        Finding("header", f"line {header_line}", "likely", "it is the first line that isn't blank"),
    )
    return Table(path.stem, tuple(cell.strip() for cell in header), header_line, findings, source)


def _sheets(path: Path, reading: Reading) -> list[Table]:
    from openpyxl import load_workbook

    book = load_workbook(path, read_only=True, data_only=True)
    return [_sheet(path, name, reading) for name in book.sheetnames if reading.sheet in (None, name)]


def _sheet(path: Path, name: str, reading: Reading) -> Table:
    from openpyxl import load_workbook

    def rows() -> Iterator[tuple[int, list[str]]]:
        sheet = load_workbook(path, read_only=True, data_only=True)[name]
        for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
            if any(cell is not None for cell in cells):
                yield number, [_plain(cell) for cell in cells]

    first = reading.header_line or 1
    line, header = next(((line, cells) for line, cells in rows() if line >= first), (0, []))
    findings = (Finding("sheet", name, "certain", "its name in the workbook"),)

    def source() -> Iterator[Record]:
        return ((row, cells, None) for row, cells in rows() if row > line)

    return Table(name, tuple(header), line, findings, source)


def _plain(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat()
    return str(cell)
