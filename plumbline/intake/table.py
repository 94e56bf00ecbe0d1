"""Read a native CSV file row by row, strictly: every record that can't be trusted is named with its line."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from plumbline.intake.kinds import KINDS, Kind, recognised
from plumbline.intake.refused import FileRefused
from plumbline.intake.staging import Staging

__all__ = ["MOST_BYTES", "UNSAFE", "FileRefused", "Text", "probe", "read_table"]

MOST_BYTES = 1 << 30
_BLOCK = 1 << 20
_CHUNK = 50_000
_MOST_CELL = 1_000_000
UNSAFE = re.compile("[\0\ud800-\udfff]")
_MAGIC = {
    b"PK\x03\x04": "it is an Excel workbook or a zip archive: save the sheet as CSV, or unpack the archive",
    b"\x1f\x8b": "it is packed with gzip: unpack it first",
    b"%PDF": "it is a PDF: export the data as CSV",
    b"\xd0\xcf\x11\xe0": "it is an old Excel workbook: save the sheet as CSV",
}
csv.field_size_limit(_MOST_CELL)

Progress = Callable[[int], None]


@dataclass(frozen=True)
class Text:
    """How a file's bytes are read: its encoding, and whether every byte of it can be."""

    encoding: str
    is_clean: bool


def probe(path: Path) -> Text:
    """Find a file's encoding: UTF-8, or UTF-16 with its byte order mark. Raises FileRefused where it has another."""
    if path.stat().st_size > MOST_BYTES:
        raise FileRefused("the file is larger than 1 GiB: split it, and import the parts together")
    with path.open("rb") as file:
        head = file.read(8)
        for magic, reason in _MAGIC.items():
            if head.startswith(magic):
                raise FileRefused(f"this is no text file: {reason}", is_known=False)
        if head.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
            raise FileRefused("the file is UTF-32: save it as UTF-8")
        wide = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        if not wide and len(head) > 1 and 0 in head[:2]:
            raise FileRefused("the file looks like UTF-16 without a byte order mark: save it as UTF-8")
        file.seek(0)
        return Text("utf-16" if wide else "utf-8-sig", _decodes(file, wide))


def _decodes(file: Any, wide: bool) -> bool:
    """Whether every byte can be read and none is a NUL. Bad UTF-16 can't be read on from: it refuses the file."""
    decoder = codecs.getincrementaldecoder("utf-16" if wide else "utf-8")()
    lines, clean = 1, True
    while block := file.read(_BLOCK):
        try:
            text = decoder.decode(block, final=len(block) < _BLOCK)
        except UnicodeDecodeError as error:
            if not wide:
                return False
            raise FileRefused("the file is not valid UTF-16 from here on: save it as UTF-8", lines) from error
        lines += text.count("\n")
        clean = clean and "\0" not in text
    return clean


def opened(path: Path, text: Text) -> TextIO:
    """The file as text, line ends as they are; bytes that are not UTF-8 as lone surrogates."""
    errors = "strict" if text.encoding == "utf-16" else "surrogateescape"
    return path.open(encoding=text.encoding, errors=errors, newline="")


def header_of(path: Path, text: Text) -> tuple[list[str], str, int]:
    """The names in the header, the delimiter and the header's last line. Raises FileRefused where there is none."""
    found: dict[str, tuple[list[str], int]] = {}
    for delimiter in (",", ";", "\t"):
        with opened(path, text) as file, suppress(csv.Error):
            reader = csv.reader(file, delimiter=delimiter, strict=True)
            cells = next((record for record in reader if any(cell.strip() for cell in record)), [])
            found[delimiter] = ([cell.strip().lower() for cell in cells], reader.line_num)
    named = KINDS.get(path.stem.lower())
    headers = {mark: cells for mark, (cells, _) in found.items()}
    fitting = [mark for mark, cells in headers.items() if (not named.missing(cells) if named else recognised(cells))]
    if "," not in found and not fitting:
        raise FileRefused("a quote in the header is not closed, or not where a cell begins: mend the first line")
    if not any(cells for cells, _ in found.values()):
        raise FileRefused("the file is empty: its first line must name the columns")
    if any(UNSAFE.search(cell) for cells, _ in found.values() for cell in cells):
        raise FileRefused("the header is not UTF-8, or holds a NUL: save the file as UTF-8")
    split = [mark for mark, cells in headers.items() if len(cells) > 1]
    mark = fitting[0] if len(fitting) == 1 else split[0] if len(split) == 1 else next(iter(found))
    return found[mark][0], mark, found[mark][1]


def kind_of(path: Path, header: list[str], line: int) -> Kind:
    """What a file holds, by its name or else by its columns. Raises FileRefused where that can't be told."""
    twice = sorted({name for name in header if name and header.count(name) > 1})
    if twice:
        raise FileRefused(f"the header names {', '.join(twice)} twice: name each column once", line, twice[0])
    named = KINDS.get(path.stem.lower())
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


def read_table(path: Path, staging: Staging, progress: Progress) -> list[str]:
    """Put every row of a native CSV file into staging; gives the columns that are not used. Raises FileRefused."""
    text = probe(path)
    header, delimiter, line = header_of(path, text)
    kind = kind_of(path, header, line)
    places = {name: header.index(name) for name in kind.columns if name in header}
    with opened(path, text) as file:
        for lines, records in _chunks(file, delimiter, header, line, text.is_clean, staging):
            cells = list(zip(*records, strict=True))
            staging.table(kind.name, lines, {name: cells[place] for name, place in places.items()})
            progress(file.buffer.tell())
    return [name or f"column {place}" for place, name in enumerate(header, 1) if name not in places]


def _chunks(
    file: TextIO, delimiter: str, header: list[str], header_line: int, is_clean: bool, staging: Staging
) -> Iterator[tuple[list[int], list[list[str]]]]:
    reader = csv.reader(file, delimiter=delimiter, strict=True)
    lines: list[int] = []
    records: list[list[str]] = []
    width, before, more = len(header), 0, True
    while more:
        try:
            more = False
            for record in reader:
                start, before = before + 1, reader.line_num
                if start <= header_line or not record or (len(record) == 1 and not record[0].strip()):
                    continue
                if len(record) != width:
                    staging.reject(start, None, None, _ragged(len(record), width))
                elif is_clean or _safe(record, header, start, staging):
                    lines.append(start)
                    records.append(record)
                    if len(lines) == _CHUNK:
                        yield lines, records
                        lines, records = [], []
        except csv.Error as error:
            start, before = before + 1, reader.line_num
            staging.reject(start, None, None, _broken(str(error), start, before))
            more = "unexpected end" not in str(error) and not ("limit" in str(error) and before > start)
    if lines:
        yield lines, records


def _ragged(found: int, width: int) -> str:
    if found > width:
        return f"has {found} cells where the header has {width}: put text with a comma in quotes, use decimal points"
    return f"has {found} cells where the header has {width}: give every cell, empty ones too"


def _broken(error: str, start: int, end: int) -> str:
    if "unexpected end" in error:
        return "opens a quote that is never closed, so the rest of the file to its end is inside that quote: close it"
    if "limit" in error and end > start:
        return (
            "opens a quote that is not closed within 1,000,000 characters; the rest of the file to its end was not "
            "read: close it"
        )
    if "limit" in error:
        return "has a cell of more than 1,000,000 characters: shorten it"
    span = f" Lines {start} to {end} are inside it and were not read." if end > start else ""
    return f'has a quote that is closed before the end of its cell: write "" for a quote inside quotes.{span}'


def _safe(record: list[str], header: list[str], line: int, staging: Staging) -> bool:
    for name, cell in zip(header, record, strict=True):
        if found := UNSAFE.search(cell):
            nul = "holds a NUL character: the file is damaged, export it again"
            reason = nul if found.group() == "\0" else "is not valid UTF-8: save the file as UTF-8 and import it again"
            staging.reject(line, name, cell, reason)
            return False
    return True
