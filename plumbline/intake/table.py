"""Read a native file strictly: every record that can't be trusted is named with its line."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TextIO

from plumbline.intake.dialect import DELIMITERS, delimiter_of, from_line
from plumbline.intake.kinds import KINDS, Kind, recognised
from plumbline.intake.parquet import is_parquet, read_parquet
from plumbline.intake.reading import FIND, Reading
from plumbline.intake.records import scan
from plumbline.intake.refused import FileRefused
from plumbline.intake.staging import Staging
from plumbline.intake.text import UNSAFE, Text, names_one, opened, position, probe, stem

__all__ = ["UNSAFE", "FileRefused", "Reading", "probe", "read_table"]

_CHUNK = 50_000
_BLOCK = 1 << 20
_TURN = 500  # rows turned into columns at once: few lists live at a time, so the collector finds little to do
_TITLES = 30

Progress = Callable[[int], None]


@dataclass(frozen=True)
class Header:
    """The names in a header, in lower case, the delimiter between them, and the line where the header begins."""

    names: list[str]
    delimiter: str
    line: int


def header_of(path: Path, text: Text, reading: Reading = FIND) -> Header:
    """Find the header: the first line, or below titles the one that names the columns of a kind. Raises FileRefused."""
    marks = delimiter_of(reading.delimiter) if reading.delimiter else DELIMITERS
    first = reading.header_line or 1
    heads = {mark: found for mark in marks if (found := _heads(path, text, mark, first))}
    named = KINDS.get(stem(path).lower())

    def fits(header: Header) -> bool:
        return not named.missing(header.names) if named else recognised(header.names) is not None

    tops = {mark: found[0] for mark, found in heads.items()}
    fitting = [header for header in tops.values() if fits(header)]
    if not fitting and not reading.header_line:
        fitting = [one for found in heads.values() if (one := next(filter(fits, found), None))]
    if not fitting and DELIMITERS[0] in marks and DELIMITERS[0] not in tops:
        raise FileRefused("a quote in the header is not closed, or not where a cell begins: mend the first line")
    if not any(header.names for header in tops.values()):
        raise FileRefused("the file is empty: its first line must name the columns")
    if any(UNSAFE.search(name) for header in (fitting or tops.values()) for name in header.names):
        raise FileRefused("the header is not UTF-8, or holds a NUL: save the file as UTF-8")
    split = [header for header in tops.values() if len(header.names) > 1]
    return fitting[0] if len(fitting) == 1 else split[0] if len(split) == 1 else next(iter(tops.values()))


def _heads(path: Path, text: Text, delimiter: str, first: int) -> list[Header]:
    """The first records with a delimiter, each as the header that it may be; an empty one where there is none."""
    with opened(path, text) as file:
        records = scan(from_line(file, first), delimiter, first=first)
        found = list(islice((one for one in records if one[2] or any(cell.strip() for cell in one[1])), _TITLES))
    if found and found[0][2]:
        return []
    heads = [Header([cell.strip().lower() for cell in cells], delimiter, line) for line, cells, _ in found]
    return heads or [Header([], delimiter, first)]


def kind_of(path: Path, header: list[str], line: int) -> Kind:
    """What a file holds, by its name or else by its columns. Raises FileRefused where that can't be told."""
    twice = sorted({name for name in header if name and header.count(name) > 1})
    if twice:
        raise FileRefused(f"the header names {', '.join(twice)} twice: name each column once", line, twice[0])
    named = KINDS.get(stem(path).lower())
    if named is not None and not (lacking := named.missing(header)):
        return named
    kind = recognised(header)
    if named is not None:
        looks = f" The columns look like {kind.name}.csv: rename the file." if kind else ""
        raise FileRefused(f"the header lacks {', '.join(lacking)}.{looks}", line, lacking[0])
    if kind is None:
        names = ", ".join(f"{name}.csv" for name in KINDS)
        reason = f"what the file holds can't be told from its columns: name it as one of {names}"
        raise FileRefused(reason, line, is_known=False)
    return kind


def read_table(path: Path, staging: Staging, progress: Progress, reading: Reading = FIND) -> list[str]:
    """Put every row of a native file into staging; gives the columns that are not used. Raises FileRefused."""
    if reading.sheet or reading.date_order or reading.decimal:
        raise FileRefused(
            "one of our own files has ISO dates, decimal dots and no sheets: leave --sheet, --dates and --decimal out, "
            "or give a mapping"
        )
    if is_parquet(path):
        if reading != FIND:
            raise FileRefused("a Parquet file tells all about itself: leave out how it should be read")
        return read_parquet(path, staging, progress, kind_of)
    text = probe(path, reading.encoding, packed=True)
    header = header_of(path, text, reading)
    kind = kind_of(path, header.names, header.line)
    places = {name: header.names.index(name) for name in kind.columns if name in header.names}
    taken = _is_plain(path, text, header) and _at_once(kind, path, text, header, places, staging)
    if not taken:
        with opened(path, text) as file:
            for lines, cells in _chunks(file, header, text, staging):
                staging.table(kind.name, lines, {name: cells[place] for name, place in places.items()})
                progress(position(file))
    return [name or f"column {place}" for place, name in enumerate(header.names, 1) if name not in places]


def _is_plain(path: Path, text: Text, header: Header) -> bool:
    """Whether DuckDB may read a file: UTF-8, one kind of line ends, a header that is one line, and no sign in
    the file's path that means many files."""
    if text.encoding != "utf-8-sig" or not text.is_clean or text.is_packed or text.is_odd or len(header.names) < 2:
        return False
    if text.ends not in {"LF", "CRLF"} or not header.delimiter.isascii() or not names_one(path):
        return False
    with opened(path, text) as file:
        line = from_line(file, header.line).readline()
    try:
        found = next(csv.reader([line], delimiter=header.delimiter, strict=True))
    except (csv.Error, StopIteration):
        return False
    return [name.strip().lower() for name in found] == header.names and _is_even(path, text, header)


def _is_even(path: Path, text: Text, header: Header) -> bool:
    """Whether no line can have one empty cell too many at its end: DuckDB would pass over it.

    Without quotes the delimiters are counted; with them, a line that ends in one is for the strict reader.
    """
    mark, ends, count, carried = header.delimiter.encode(), 0, 0, b""
    with path.open("rb") as file:
        for _ in range(header.line):
            file.readline()
        while block := file.read(_BLOCK):
            if not text.has_quotes:
                count += block.count(mark)
                continue
            joined = carried + block
            ends += joined.count(mark + b"\n") + joined.count(mark + b"\r\n") - (carried == mark + b"\n")
            carried = joined[-2:]
        ends += carried.endswith(mark)
    if not text.has_quotes:
        return count == (text.lines - header.line) * (len(header.names) - 1)
    return not ends


def _at_once(kind: Kind, path: Path, text: Text, header: Header, places: dict[str, int], staging: Staging) -> bool:
    """Let DuckDB read a file; false: it can't tell every line. Columns that aren't used are called by their place."""
    used = {place: name for name, place in places.items()}
    columns = {used.get(place, f"unused {place}"): "varchar" for place in range(len(header.names))}
    return staging.file(kind.name, path, columns, header.delimiter, header.line, text.lines)


def _chunks(file: TextIO, header: Header, text: Text, staging: Staging) -> Iterator[tuple[list[int], list[list[str]]]]:
    """The rows that can be used, many at once: their lines, and the cells of each column."""
    start, width = header.line, len(header.names)
    found = scan(from_line(file, start), header.delimiter, width, first=start, is_odd=text.is_odd)
    next(found, None)
    lines: list[int] = []
    columns: list[list[str]] = [[] for _ in header.names]
    while some := list(islice(found, _TURN)):
        records = []
        for line, record, fault in some:
            if fault:
                staging.reject(line, None, None, fault)
            elif text.is_clean or _safe(record, header.names, line, staging):
                lines.append(line)
                records.append(record)
        if records:
            for column, cells in zip(columns, zip(*records, strict=True), strict=True):
                column.extend(cells)
        if len(lines) >= _CHUNK:
            yield lines, columns
            lines, columns = [], [[] for _ in header.names]
    if lines:
        yield lines, columns


def _safe(record: list[str], header: list[str], line: int, staging: Staging) -> bool:
    for name, cell in zip(header, record, strict=True):
        if found := UNSAFE.search(cell):
            nul = "holds a NUL character: the file is damaged, export it again"
            reason = nul if found.group() == "\0" else "is not valid UTF-8: save the file as UTF-8 and import it again"
            staging.reject(line, name, cell, reason)
            return False
    return True
