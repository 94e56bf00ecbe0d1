"""A file as plain tables of text cells: a CSV is one, a workbook has one for each sheet; with what was found."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from plumbline.intake.dialect import Dialect, find_dialect, from_line
from plumbline.intake.found import Finding
from plumbline.intake.heads import named
from plumbline.intake.reading import FIND, Reading, Record, Table
from plumbline.intake.records import scan
from plumbline.intake.refused import FileRefused
from plumbline.intake.signs import DATES, signs
from plumbline.intake.text import UNSAFE, Text, opened, probe, stem

_DECIMALS = ("comma", "dot")


def tables(path: Path, reading: Reading = FIND) -> list[Table]:
    """The tables of a file, at least one. Raises FileRefused with a reason that a data manager understands."""
    _check(reading)
    from plumbline.intake.package import is_workbook
    from plumbline.intake.workbook import sheets

    if is_workbook(path):
        return sheets(path, reading)
    return [_text_table(path, reading)]


def _check(reading: Reading) -> None:
    if reading.date_order not in (None, *DATES):
        raise FileRefused(f"{reading.date_order} is no order of dates: name day-first or month-first")
    if reading.decimal not in (None, *_DECIMALS):
        raise FileRefused(f"{reading.decimal} is no decimal sign: name comma or dot")
    if reading.header_line is not None and reading.header_line < 1:
        raise FileRefused("the header's line is counted from 1")


def _text_table(path: Path, reading: Reading) -> Table:
    if reading.sheet is not None:
        raise FileRefused("this is a text file and has no sheets: leave --sheet out")
    text = probe(path, reading.encoding, packed=True)
    if text.bad_line:
        reason = (
            "the file is not UTF-8 from this line on: if a program on Windows wrote it, add --encoding windows-1252, "
            "else save it as UTF-8"
        )
        raise FileRefused(reason, text.bad_line)
    dialect = find_dialect(path, text, reading.delimiter, reading.header_line)
    if any(UNSAFE.search(cell) for cell in dialect.header):
        raise FileRefused("the header holds a NUL: the file is damaged, export it again", dialect.line)
    header, changed = named(dialect.header)

    def source() -> Iterator[Record]:
        return _records(path, text, dialect)

    cells = (cells for _, cells, fault in source() if fault is None)
    findings = (
        _encoding(text, reading.encoding),
        *dialect.findings[:2],
        Finding("line ends", text.ends, "certain", "those in quotes are counted, too"),
        *dialect.findings[2:],
        *([_renamed(dialect.line, changed)] if changed else []),
        *signs(header, cells, reading.date_order, reading.decimal),
    )
    return Table(stem(path), header, dialect.line, findings, source)


def _renamed(line: int, changed: list[str]) -> Finding:
    why = f"missing or repeated names were numbered: {', '.join(changed)}"
    return Finding("header", f"line {line}", "certain", why)


def _records(path: Path, text: Text, dialect: Dialect) -> Iterator[Record]:
    width = len(dialect.header)
    with opened(path, text) as file:
        lines = from_line(file, dialect.line)
        records = scan(lines, dialect.delimiter, width, first=dialect.line, is_odd=text.is_odd, quote=dialect.quote)
        next(records, None)
        for line, cells, fault in records:
            if fault is None and not text.is_clean and any("\0" in cell for cell in cells):
                fault = "holds a NUL character: the file is damaged, export it again"
            if fault is None and width > 1 and cells == dialect.header:
                fault = "repeats the header: take the line out"
            yield line, cells, fault


def _encoding(text: Text, settled: str | None) -> Finding:
    if text.has_mark:
        return Finding("encoding", text.shown, "certain", "the file begins with its byte order mark")
    if settled is None:
        why = "every byte can be read as it" if text.has_wide else "there are only letters without accents"
        return Finding("encoding", text.shown, "certain", why)
    return Finding("encoding", text.shown, "certain", "as was said")
