"""The records of a CSV file one by one, strictly: what can't be trusted is named, nothing is swallowed."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator

MOST_CELL = 1_000_000
_MARKS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
csv.field_size_limit(MOST_CELL)


def scan(
    lines: Iterable[str],
    delimiter: str,
    width: int | None = None,
    *,
    first: int = 1,
    is_odd: bool = False,
    quote: str = '"',
) -> Iterator[tuple[int, list[str], str | None]]:
    """Each record but blank ones: its first line, its cells, why it can't be used.

    The cells are those of Python's csv module with this delimiter and quote, doubled inside quotes, strict; none
    where the record can't be split. `width`: how many cells a record must have. `first`: the number of the first line
    given. `is_odd`: look at quotes that follow a backslash or a blank.
    """
    reader = csv.reader(lines, delimiter=delimiter, quotechar=quote, strict=True)
    before, more = first - 1, True
    while more:
        try:
            more = False
            for record in reader:
                start, before = before + 1, first - 1 + reader.line_num
                if not record or (len(record) == 1 and width != 1 and not record[0].strip()):
                    continue
                fault = None
                if width is not None:
                    if len(record) != width:
                        fault = ragged(record, width, delimiter)
                    elif before > start and width > 2 and _swallows(record, delimiter, width):
                        fault = (
                            f"holds lines {start} to {before} in one quoted cell, and each of them looks like a row: "
                            "a quote may be missing. Close it, or take the line breaks out of the cell"
                        )
                    elif is_odd:
                        fault = _odd(record)
                yield start, record, fault
        except csv.Error as error:
            start, before = before + 1, first - 1 + reader.line_num
            yield start, [], broken(str(error), start, before)
            more = "unexpected end" not in str(error) and not ("limit" in str(error) and before > start)


def _swallows(record: list[str], delimiter: str, width: int) -> bool:
    """Whether every line of a record, taken by itself, has as many cells as the header."""
    lines = delimiter.join(record).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return all(line.count(delimiter) == width - 1 for line in lines)


def _odd(record: list[str]) -> str | None:
    """What is wrong with a record whose quotes Python's csv module and the program that wrote it may read apart."""
    if not any('"' in cell for cell in record):
        return None
    if any(cell[:1].isspace() and cell.lstrip().startswith('"') for cell in record):
        return "has a blank before an opening quote, so the quote doesn't count: take the blank away"
    if any(cell.endswith("\\") for cell in record) or any('\\"' in cell for cell in record):
        return 'has a quote after a backslash, so nobody can tell where its cell ends: write "" for a quote in quotes'
    return None


def ragged(record: list[str], width: int, delimiter: str) -> str:
    """Words for a record with too many or too few cells."""
    found = len(record)
    if record[0].lstrip("\ufeff ").startswith("#") and (found == 1 or not any(record[1:])):
        return "begins with #, as a comment does: take the line out"
    if found == 1:
        other = next((mark for mark in _MARKS if mark != delimiter and record[0].count(mark) == width - 1), None)
        if other:
            told = f"{_MARKS[other]} between its cells and the header {_MARKS.get(delimiter, delimiter)}"
            return f"has {told}: use one sign in the whole file"
    told = f"has {found} cell{'' if found == 1 else 's'} where the header has {width}"
    if width > 2 and found in {2 * width - 1, 2 * width}:
        return f"{told}, as two rows have that lost the line break between them: put it back"
    return f"{told}: put text with a comma in quotes, use decimal points" if found > width else (
        f"{told}: give every cell, empty ones too"
    )


def broken(error: str, start: int, end: int) -> str:
    """Words for what the csv module said about the lines from start to end."""
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
