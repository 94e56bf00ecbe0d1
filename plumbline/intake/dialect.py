"""Which delimiter a text file has and where its header stands, from its first records."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TextIO

from plumbline.intake.found import Finding
from plumbline.intake.heads import Head, Row, find_head
from plumbline.intake.records import scan
from plumbline.intake.refused import FileRefused
from plumbline.intake.text import Text, opened

DELIMITERS = ",;\t|"
SHOWN = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe", " ": "blank"}
_WORDS = {name: mark for mark, name in SHOWN.items()} | {"\\t": "\t"}
_SEP = re.compile(r'"?sep=(?P<mark>[^\w"\r\n])"?[,;]*\s*', re.IGNORECASE)
_SAMPLE = 1_000
_SAMPLE_CHARACTERS = 2_000_000
_GOOD = 0.9
_MOST_COLUMNS = 20_000
_OPENS, _CLOSES = re.compile(r"(?:^|[,;\t|])'(?!')", re.MULTILINE), re.compile(r"'(?:$|[,;\t|])", re.MULTILINE)


@dataclass(frozen=True)
class Dialect:
    """How a text file is split: its delimiter, its header with the line it begins in, and what was found."""

    delimiter: str
    quote: str
    header: list[str]
    line: int
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class _Try:
    """What a file's first records look like with one delimiter."""

    mark: str
    rows: list[Row]
    broken: list[tuple[int, str]]
    head: Head

    @property
    def fit(self) -> float:
        """The share of the records, from the header on, that are as wide as it."""
        body = self.rows[self.head.index :]
        return sum(len(cells) == self.head.width for _, cells in body) / (len(body) + len(self.broken))

    @property
    def rank(self) -> tuple[bool, bool, int, bool, float, int]:
        """Better tries rank higher."""
        splits = self.head.width > 1
        is_good = splits and self.head.fits and self.fit >= 0.5
        first = len(self.rows[0][1]) if self.rows else 0
        named = self.head.sure != "ask"
        return (is_good, splits, 0 if is_good or splits else first, named, round(self.fit, 3), self.head.width)

    @property
    def opens_broken(self) -> bool:
        """Whether the first record can't be split."""
        return bool(self.broken) and (not self.rows or self.broken[0][0] < self.rows[0][0])


def find_dialect(path: Path, text: Text, mark: str | None = None, line: int | None = None) -> Dialect:
    """Find delimiter and header; `mark` and `line` are what somebody settled. Raises FileRefused."""
    given = delimiter_of(mark) if mark is not None else None
    with opened(path, text) as file:
        told = _SEP.fullmatch(file.readline(80))
    said = told["mark"] if told else None
    first = line or (2 if told else 1)
    marks = given or said or DELIMITERS
    quote = _quote(path, text)
    tries = [attempt for one in marks if (attempt := _try(path, text, one, quote, first))]
    if not tries:
        raise FileRefused("the file is empty: its first line must name the columns", first)
    if line is not None and all(attempt.rows[0][0] != line for attempt in tries if attempt.rows):
        raise FileRefused(f"line {line} is blank or has a broken quote: name the line of the header", line)
    best = max(tries, key=lambda attempt: attempt.rank)
    if best.head.width < 2 and best.rows:
        top = best.rows[0][1][0]
        best = next((one for one in tries if one.opens_broken and one.mark in top), best)
    if best.opens_broken or (best.broken and best.broken[0][0] < best.rows[best.head.index][0]):
        raise FileRefused(f"the line {best.broken[0][1]}", best.broken[0][0])
    index = 0 if line is not None else best.head.index
    start, header = best.rows[index]
    if len(header) > _MOST_COLUMNS:
        raise FileRefused(f"the header has {len(header):,} cells, more than a table has columns", start)
    found = [_delimiter(best, tries, given, said), _quoting(quote)]
    if start > 1:
        found.append(_preamble(start, told is not None, settled=line is not None))
    found.append(_header(best.head, start, line))
    return Dialect(best.mark, quote, header, start, tuple(found))


def _quote(path: Path, text: Text) -> str:
    """The quote: `"`, or `'` where the file has none of them and cells stand in `'` from beginning to end."""
    if text.has_quotes:
        return '"'
    with opened(path, text) as file:
        sample = file.read(_SAMPLE_CHARACTERS // 20).replace("\r", "\n")
    sample = sample[: sample.rfind("\n") + 1] or sample
    opens = len(_OPENS.findall(sample))
    return "'" if opens > 3 and opens == len(_CLOSES.findall(sample)) else '"'


def _quoting(quote: str) -> Finding:
    if quote == '"':
        return Finding("quote", quote, "certain", "the only sign that is read as a quote, doubled inside quotes")
    return Finding("quote", quote, "likely", "there is no other, and cells stand between two of it")


def delimiter_of(text: str) -> str:
    """The delimiter that somebody named, by its sign or its English name. Raises FileRefused."""
    mark = text if len(text) == 1 else _WORDS.get(text.strip().lower(), "")
    if not mark or mark.isalnum() or mark in "\"\r\n\0":
        raise FileRefused(f"{text} can't be a delimiter: name comma, semicolon, tab, pipe or one sign")
    return mark


def from_line(file: TextIO, line: int) -> TextIO:
    """The file from a line on."""
    for _ in islice(file, line - 1):
        pass
    return file


def _try(path: Path, text: Text, mark: str, quote: str, first: int) -> _Try | None:
    rows: list[Row] = []
    broken: list[tuple[int, str]] = []
    size, has_blanks = 0, False
    with opened(path, text) as file:
        for line, cells, fault in _sample(scan(from_line(file, first), mark, first=first, quote=quote)):
            size += sum(map(len, cells)) + len(cells)
            if fault:
                broken.append((line, fault))
            elif any(cell and not cell.isspace() for cell in cells) or len(cells) == 1:
                rows.append((line, cells))
            elif not rows:
                has_blanks = True
            if size > _SAMPLE_CHARACTERS:
                break
    if not rows:
        return _Try(mark, [], broken, Head(0, 0, False, "ask", "")) if broken else None
    head = find_head(rows)
    if has_blanks and head.sure == "certain":
        head = replace(head, sure="likely", why="it is the first line that isn't blank, with values below")
    return _Try(mark, rows, broken, head)


def _sample(records: Iterator[tuple[int, list[str], str | None]]) -> Iterator[tuple[int, list[str], str | None]]:
    return islice(records, _SAMPLE)


def _delimiter(best: _Try, tries: list[_Try], given: str | None, said: str | None) -> Finding:
    if given or said:
        return Finding("delimiter", best.mark, "certain", "as was said" if given else "the first line says so")
    if best.head.width < 2 and any(len(cells) > 1 for one in tries for _, cells in one.rows):
        why = "lines have different numbers of cells with every delimiter: say which it is with --delimiter"
        return Finding("delimiter", best.mark, "ask", why)
    if best.head.width < 2:
        return Finding("delimiter", best.mark, "likely", "no delimiter parts its lines, so it is one column")
    others = [one for one in tries if one is not best and one.head.width > 1 and one.head.fits and one.fit >= _GOOD]
    if others and best.fit - max(one.fit for one in others) < 0.05:
        names = " and ".join(SHOWN[one.mark] for one in (best, *others))
        why = f"{names} each part its lines evenly: say which with --delimiter"
        return Finding("delimiter", best.mark, "ask", why)
    why = f"with it {best.fit:.0%} of the lines looked at have {best.head.width} cells like the header"
    return Finding("delimiter", best.mark, "certain" if best.fit == 1 else "likely", why)


def _preamble(start: int, told: bool, *, settled: bool) -> Finding:
    lines = "line 1" if start == 2 else f"lines 1 to {start - 1}"
    why = "it names the delimiter" if told and start == 2 else "what stands above the header isn't read"
    return Finding("preamble", lines, "certain" if settled or (told and start == 2) else "likely", why)


def _header(head: Head, start: int, settled: int | None) -> Finding:
    if settled is not None:
        return Finding("header", f"line {start}", "certain", "as was said")
    return Finding("header", f"line {start}", head.sure, head.why)
