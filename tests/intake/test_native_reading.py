"""Our own files, packed, with other delimiters, below titles, in a named encoding: read alike, and as strictly."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest

from plumbline.intake.reading import FIND, Reading
from plumbline.intake.refused import FileRefused
from plumbline.intake.table import read_table
from tests.intake.conftest import Desk

HEADER = "patient_id,taken_at,instrument,value,context"
ROWS = ["p1,2026-01-06,nrs_back,8,", "p1,2026-01-07,nrs_back,7,Zoë", "p1,2026-01-08,nrs_back,6,"]
PLAIN = "\n".join([HEADER, *ROWS]) + "\n"


class Rows:
    """Stands where staging would, and keeps what it is given."""

    def __init__(self) -> None:
        self.lines: list[int] = []
        self.columns: dict[str, list[Any]] = {}
        self.rejects: list[tuple[int, str]] = []

    def table(self, _kind: str, lines: list[int], columns: dict[str, list[Any]]) -> None:
        """Rows that can be used."""
        self.lines += lines
        for name, cells in columns.items():
            self.columns.setdefault(name, []).extend(cells)

    def file(self, *_how: object) -> bool:
        """A whole file at once: not here."""
        return False

    def reject(self, line: int, _column: str | None, _value: str | None, reason: str) -> None:
        """A row that can't."""
        self.rejects.append((line, reason))


def read(folder: Path, content: bytes, reading: Reading = FIND, name: str = "scores.csv") -> Rows:
    """What a native file with this content puts into staging."""
    path, rows = folder / name, Rows()
    path.write_bytes(content)
    read_table(path, rows, lambda _done: None, reading)  # type: ignore[arg-type]
    return rows


@pytest.mark.parametrize(
    ("content", "reading", "name", "first"),
    [
        (PLAIN.encode(), FIND, "scores.csv", 2),
        (PLAIN.replace(",", "|").encode(), FIND, "scores.csv", 2),
        (gzip.compress(PLAIN.encode(), mtime=0), FIND, "scores.csv.gz", 2),
        (gzip.compress(PLAIN.encode(), mtime=0), FIND, "mine.csv.gz", 2),
        (("Scores of March\n\n" + PLAIN).encode(), FIND, "scores.csv", 4),
        (("Clinic,North\nExported,today,by,me,x\n" + PLAIN).encode(), FIND, "scores.csv", 4),
        (("sep=;\n" + PLAIN.replace(",", ";")).encode(), FIND, "scores.csv", 3),
        (PLAIN.encode("latin-1"), Reading(encoding="latin-1"), "scores.csv", 2),
        (PLAIN.encode("utf-16"), FIND, "scores.csv", 2),
        (PLAIN.replace(",", ":").encode(), Reading(delimiter=":"), "scores.csv", 2),
        (("note\n" + PLAIN).encode(), Reading(header_line=2), "scores.csv", 3),
    ],
)
def test_a_native_file_is_read_however_it_was_written(
    tmp_path: Path, content: bytes, reading: Reading, name: str, first: int
) -> None:
    rows = read(tmp_path, content, reading, name)
    assert rows.columns["context"] == ["", "Zoë", ""]
    assert rows.lines == [first, first + 1, first + 2]
    assert rows.rejects == []


def test_a_named_delimiter_or_line_that_is_wrong_refuses_the_file(tmp_path: Path) -> None:
    for reading in (Reading(delimiter=";"), Reading(header_line=2)):
        with pytest.raises(FileRefused, match="the header lacks"):
            read(tmp_path, PLAIN.encode(), reading)


def test_without_its_encoding_each_row_that_is_not_utf8_is_rejected(tmp_path: Path) -> None:
    rows = read(tmp_path, PLAIN.encode("latin-1"))
    assert (rows.lines, [line for line, _ in rows.rejects]) == ([2, 4], [3])


def test_rows_that_a_quote_swallowed_are_named(tmp_path: Path) -> None:
    content = PLAIN + 'p1,2026-01-09,nrs_back,5,"a\np1,2026-01-10,nrs_back,4,b"\n'
    rows = read(tmp_path, content.encode())
    assert rows.lines == [2, 3, 4]
    assert [line for line, _ in rows.rejects] == [5]


@pytest.mark.slow
def test_packed_files_of_a_folder_are_imported(desk: Desk) -> None:
    result = desk.take({"scores.csv.gz": gzip.compress(PLAIN.encode(), mtime=0), "notes.json.gz": b"x"})
    assert result.totals["accepted"] == 3
    fault = desk.fault(result)
    assert (fault["file"], fault["reason"]) == ("notes.json.gz", "the file is packed with gzip: unpack it first")
