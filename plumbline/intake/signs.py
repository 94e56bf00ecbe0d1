"""Which comes first in a table's dates, day or month, and which sign its decimals have: found, or asked."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice

from plumbline.intake.found import Finding

_CHUNK = 2_000
_ENOUGH, _MOST = 100_000, 1_000_000  # rows: where all is decided, and where what is not is asked
_LONG = 40
_NAMED = 3
_DATE = re.compile(r"(\d{1,2})([-./])(\d{1,2})\2(\d{4}|\d{2})(?:[ T,].*)?")
_YEAR = re.compile(r"\d{4}([-./])\d{1,2}\1\d{1,2}(?:[ T,].*)?")
_COMMA = re.compile(r"[-+]?(?:\d*,(?:\d{1,2}|\d{4,})|0,\d+|\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,}|\d{4,},\d+)")
_DOT = re.compile(r"[-+]?(?:\d*\.(?:\d{1,2}|\d{4,})|0\.\d+|\d{1,3}(?:,\d{3})+\.\d+|\d{1,3}(?:,\d{3}){2,}|\d{4,}\.\d+)")
_EITHER = re.compile(r"[-+]?[1-9]\d{0,2}[.,]\d{3}")
_WHOLE = re.compile(r"[-+]?\d+")
DATES = {"day-first": "day first", "month-first": "month first"}
BOTH_DATES, BOTH_DECIMALS = "day first or month first", "dot or comma"


@dataclass
class _Column:
    """What a column's cells say, each value counted once a chunk."""

    cells: int = 0
    dates: int = 0
    years: int = 0
    firsts: int = 0
    seconds: int = 0
    shorts: int = 0
    not_year_first: bool = False
    numbers: int = 0
    signs: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def add(self, cells: set[str]) -> None:
        """Take what these cells say."""
        for cell in cells:
            text = cell.strip()
            if not text:
                continue
            self.cells += 1
            if len(text) > _LONG:
                continue
            if text[0].isdigit() and (match := _DATE.fullmatch(text)):
                self._date(match)
            elif _YEAR.fullmatch(text):
                self.years += 1
            else:
                self._number(text)

    def _date(self, match: re.Match[str]) -> None:
        first, second, year = int(match[1]), int(match[3]), match[4]
        self.dates += 1
        self.firsts += first > 12
        self.seconds += second > 12
        self.shorts += len(year) == 2
        self.not_year_first |= len(year) == 4 or int(year) > 31 or int(year) == 0 or second > 12

    def _number(self, text: str) -> None:
        if _WHOLE.fullmatch(text):
            self.numbers += 1
            return
        for name, pattern in (("comma", _COMMA), ("dot", _DOT), ("either", _EITHER)):
            if pattern.fullmatch(text):
                self.numbers += 1
                self.signs[name] += 1
                return

    @property
    def is_date(self) -> bool:
        """Whether most cells are dates of two small numbers and a year."""
        return self.dates > 0 and self.dates + self.years >= 0.5 * self.cells

    @property
    def is_number(self) -> bool:
        """Whether most cells are numbers, some with a sign inside."""
        return bool(self.signs) and self.numbers >= 0.5 * self.cells

    @property
    def is_open(self) -> bool:
        """Whether its own cells can't decide."""
        dates = self.is_date and not self.firsts and not self.seconds
        return dates or (self.is_number and set(self.signs) == {"either"})


def signs(
    header: Sequence[str], rows: Iterable[Sequence[str]], dates: str | None = None, decimal: str | None = None
) -> list[Finding]:
    """The findings on dates and decimals of a table; `dates` and `decimal` are what somebody settled."""
    columns = [_Column() for _ in header]
    stream, read = iter(rows), 0
    while chunk := list(islice(stream, _CHUNK)):
        for column, cells in zip(columns, zip(*chunk, strict=True), strict=True):
            column.add(set(cells))
        read += len(chunk)
        if read >= _MOST or (read >= _ENOUGH and not any(column.is_open for column in columns)):
            break
    found = [_dates(header, columns, dates), _decimals(header, columns, decimal)]
    return [finding for finding in found if finding]


def _list(names: Sequence[str]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more


def _dates(header: Sequence[str], columns: list[_Column], settled: str | None) -> Finding | None:
    dated = [(name, column) for name, column in zip(header, columns, strict=True) if column.is_date]
    day = [name for name, column in dated if column.firsts]
    month = [name for name, column in dated if column.seconds]
    if not dated:
        years = [name for name, column in zip(header, columns, strict=True) if 2 * column.years > column.cells]
        return Finding("date order", "year first", "certain", f"as in {_list(years)}") if years else None
    names = _list([name for name, _ in dated])
    if settled is not None:
        against = month if settled == "day-first" else day
        but = f", but {_list(against)} has dates that it can't read" if against else ""
        return Finding("date order", DATES[settled], "certain", f"as was said, for {names}{but}")
    option = "say which with --dates day-first or --dates month-first"
    if day and month:
        why = f"{_list(day)} has days first and {_list(month)} months first: {option}; the others are then rejected"
        return Finding("date order", BOTH_DATES, "ask", why)
    if not day and not month:
        return Finding("date order", BOTH_DATES, "ask", f"no date in {names} has a day above 12: {option}")
    if day and any(column.shorts and not column.not_year_first for _, column in dated):
        why = f"years in {names} have two digits and may come first: {option}"
        return Finding("date order", BOTH_DATES, "ask", why)
    value, by = ("day first", day) if day else ("month first", month)
    open_ = [name for name, column in dated if not column.firsts and not column.seconds]
    if open_:
        why = f"{_list(by)} has days above 12; {_list(open_)} has none and is read alike"
        return Finding("date order", value, "likely", why)
    return Finding("date order", value, "certain", f"{_list(by)} has days above 12")


def _decimals(header: Sequence[str], columns: list[_Column], settled: str | None) -> Finding | None:
    numbers = [(name, column) for name, column in zip(header, columns, strict=True) if column.is_number]
    if not numbers:
        return None
    names = _list([name for name, _ in numbers])
    comma = [name for name, column in numbers if column.signs.get("comma")]
    dot = [name for name, column in numbers if column.signs.get("dot")]
    if settled is not None:
        against = comma if settled == "dot" else dot
        but = f", but {_list(against)} has the other sign" if against else ""
        return Finding("decimal sign", settled, "certain", f"as was said, for {names}{but}")
    option = "say which with --decimal comma or --decimal dot"
    if comma and dot:
        why = f"{_list(comma)} has decimal commas and {_list(dot)} decimal dots: {option}"
        return Finding("decimal sign", BOTH_DECIMALS, "ask", why)
    if not comma and not dot:
        why = f"the sign in {names} always stands before three digits and may part thousands: {option}"
        return Finding("decimal sign", BOTH_DECIMALS, "ask", why)
    value, by = ("comma", comma) if comma else ("dot", dot)
    open_ = [name for name, column in numbers if set(column.signs) == {"either"}]
    if open_:
        return Finding("decimal sign", value, "likely", f"as in {_list(by)}; {_list(open_)} is read alike")
    return Finding("decimal sign", value, "certain", f"as in {_list(by)}")
