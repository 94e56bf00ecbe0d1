"""What the cells of a file say for one field of a mapping: read column by column, each distinct text only once."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from plumbline.intake import moments
from plumbline.intake.mapping import IDS, MOMENTS, NUMBERS, STATUSES, Cell, Mapping

_MOST_KEPT = 200_000
_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,3})?")
_COMMA = re.compile(r"[+-]?[0-9]+,[0-9]+")
_WHOLE = re.compile(r"([0-9]+)\.0+")
_TICKED = {"1", "checked", "x", "yes", "true"}
BLANKS = " \t\n\r\u00a0\ufeff"


_ORDER = "may be day or month first: write `date_order: day-first` or `month-first` in the mapping's reading"


class Fault(NamedTuple):
    """What is wrong with a cell, under the file's own name for the column; `is_ignored`: the mapping says to pass;
    `of_row`: over the whole row."""

    column: str | None
    value: str | None
    reason: str
    is_ignored: bool = False
    of_row: bool = False


Said = str | Fault | None


@dataclass
class Chunk:
    """Some records of a file, column by column. `starts`: the procedure of each record, where times count from it."""

    lines: list[int]
    numbers: range
    columns: list[Sequence[str]]
    starts: Sequence[Said] = ()


class _Kept(dict[str, Said]):
    """Remembers what a text says, and forgets all when that would be too much."""

    def __init__(self, said: Callable[[str], Said]) -> None:
        super().__init__()
        self._said = said

    def __missing__(self, text: str) -> Said:
        if len(self) >= _MOST_KEPT:
            self.clear()
        self[text] = found = self._said(text)
        return found


def canon(text: str) -> str:
    """A cell as it is compared with the words of a mapping: 1.0 is 1, and capitals don't count."""
    text = text.strip(BLANKS)
    return f"{float(text):g}" if _NUMBER.fullmatch(text) and abs(float(text)) < 1e6 else text.casefold()


class Field:
    """One field of a mapping, ready to read the records of one file."""

    def __init__(self, name: str, cell: Cell, mapping: Mapping, header: Sequence[str]) -> None:
        self.name = name
        self.cell = cell
        self._order = mapping.reading.date_order
        self._decimal = mapping.reading.decimal
        self._places = {column: header.index(column) for column in cell.columns}
        self._missing = {canon(word) for word in (*mapping.missing, *cell.missing)}
        self._values = {canon(word): to for word, to in cell.values.items()}
        self._kept = _Kept(self._said)
        self._prefixes = _Kept(lambda text: self._whole(text.strip(BLANKS)) or None)
        self._shift = shift = moments.offset(cell.offset or cell.visit or "")
        self._later_by = _Kept(lambda start: self._after(shift, start, None) if shift else None)

    def read(self, chunk: Chunk) -> Sequence[Said]:
        """What each record says for this field: text, nothing, or what is wrong."""
        cell, count = self.cell, len(chunk.lines)
        if cell.fixed is not None:
            return [self._kept[cell.fixed]] * count
        if cell.row_number:
            return [f"{cell.prefix}{number}" for number in chunk.numbers]
        if cell.age is not None:
            ages = chunk.columns[self._places[cell.age]]
            return [self._born(age, start) for age, start in zip(ages, chunk.starts, strict=True)]
        if cell.checked:
            boxes = [chunk.columns[place] for place in self._places.values()]
            return [self._ticked(row) for row in zip(*boxes, strict=True)]
        if cell.parts:
            columns = [chunk.columns[self._places[cell.parts[one]]] for one in ("year", "month", "day")]
            return [self._parted(*row) for row in zip(*columns, strict=True)]
        if self._shift is not None:
            return [self._later_by[start] for start in chunk.starts]  # type: ignore[index]
        texts = chunk.columns[self._places[cell.columns[0]]]
        if cell.offset_column is not None:
            return [self._later(text, start) for text, start in zip(texts, chunk.starts, strict=True)]
        found: Sequence[Said] = [self._kept[text] for text in texts]
        if cell.time_column is not None:
            times = chunk.columns[self._places[cell.time_column]]
            found = [self._timed(day, time) for day, time in zip(found, times, strict=True)]
        if cell.prefix_column is not None:
            fronts = chunk.columns[self._places[cell.prefix_column]]
            found = [self._fronted(front, text) for front, text in zip(fronts, found, strict=True)]
        return found

    def _fault(self, value: str | None, reason: str) -> Fault:
        return Fault(self.cell.columns[0] if self.cell.columns else None, value, reason)

    def _said(self, given: str) -> Said:
        """What one text says by itself."""
        text: str | None = given.strip(BLANKS)
        if not text:
            return None
        word = canon(text)
        if word in self._missing:
            return Fault(None, None, f"{text} stands for missing", is_ignored=True)
        if self._values and self.cell.fixed is None and self.cell.offset_column is None:
            if word in self._values:
                text = self._values[word]
            elif self.cell.others == "ignore":
                return Fault(None, None, "not among the values that the mapping takes", is_ignored=True, of_row=True)
            elif self.cell.others == "refuse" and not (self.name in NUMBERS and _NUMBER.fullmatch(text)):
                return self._fault(given, "is not among the values of the mapping: say there what it means")
        return None if text is None else self._typed(text, given)

    def _typed(self, text: str, given: str) -> Said:
        if self.name in MOMENTS:
            return self._moment(text, given)
        if self.name in NUMBERS:
            return text if text in STATUSES else self._number(text, given)
        if self.name in IDS:
            text = self._whole(text).removeprefix(self.cell.strip_prefix).removesuffix(self.cell.strip_suffix)
            return self.cell.prefix + text if text else None
        if self.name.startswith("tags."):
            return self._fault(given, "holds a ;, which a tag can't") if ";" in text else self._whole(text)
        if self.name == "levels":
            return re.sub(r"\s*[,/+&]\s*", ";", text)
        return text

    def _moment(self, text: str, given: str) -> Said:
        found = moments.iso(text, self._order)
        if found is None:
            asked = moments.depends_on_order(text) and self._order is None
            return self._fault(given, _ORDER if asked else moments.no_date(text))
        if found != text and not moments.exists(found):
            told = f" with the {self._order.removesuffix('-first')} first" if self._order else ""
            return self._fault(given, f"does not exist in the calendar{told}: check day and month")
        return found

    def _number(self, text: str, given: str) -> Said:
        if _COMMA.fullmatch(text):
            if self._decimal != "comma":
                return self._fault(given, "has a decimal comma: write `decimal: comma` in the mapping's reading")
            text = text.replace(",", ".")
        elif self._decimal == "comma" and "." in text and not _WHOLE.fullmatch(text):
            return self._fault(given, "has a point, where the mapping says that decimals have a comma")
        if not _NUMBER.fullmatch(text):
            return self._fault(given, "is not a number: write digits, or say in the mapping's values what it means")
        return text if self.cell.scale == 1 else f"{float(text) * self.cell.scale:.10g}"

    def _whole(self, text: str) -> str:
        found = _WHOLE.fullmatch(text) if self.cell.whole else None
        return found.group(1) if found else text

    def _fronted(self, front: str, text: Said) -> Said:
        if not isinstance(text, str):
            return text
        said = self._prefixes[front]
        if said is None:
            return Fault(self.cell.prefix_column, None, "is empty, and is a part of the id")
        return f"{said}{self.cell.separator}{text}"

    def _ticked(self, row: Sequence[str]) -> Said:
        words = [to for text, to in zip(row, self.cell.checked.values(), strict=True) if canon(text) in _TICKED]
        return ";".join(words) or None

    def _parted(self, year: str, month: str, day: str) -> Said:
        texts = [one.strip(BLANKS) for one in (year, month, day)]
        if all(not one or canon(one) in self._missing for one in texts):
            return None
        given = "-".join(texts)
        return moments.of_parts(*texts) or self._fault(given, "is no date: give a year of four digits, a month, a day")

    def _timed(self, day: Said, time: str) -> Said:
        if not isinstance(day, str) or not time.strip(BLANKS):
            return day
        at = moments.clock(time)
        return f"{day[:10]}T{at}" if at else Fault(self.cell.time_column, time, "is not a time of day: write 14:30")

    def _after(self, shift: moments.Offset, start: Said, given: str | None) -> Said:
        if start is None:
            return self._fault(given, "counts from the procedure, and the file gives this patient no day of it")
        if isinstance(start, Fault):
            return start
        found = moments.after(start, shift)
        if found is None and shift.minutes is not None and len(start) <= len("2026-03-01"):
            return self._fault(given, "counts minutes or hours from the procedure, which has no time of day")
        return found or self._fault(
            given, "counts from the procedure, whose date can't be read, or leaves the calendar"
        )

    def _later(self, given: str, start: Said) -> Said:
        """A cell that says how long after the procedure."""
        said = self._kept[given]
        text = given.strip(BLANKS)
        if not text or (not self._values and said is None) or (isinstance(said, Fault) and said.is_ignored):
            return said if text else None
        if self._values:
            if canon(text) not in self._values:
                known = self.cell.others == "ignore"
                reason = "is not among the values of the mapping: say there how long after the procedure it is"
                return Fault(self.cell.offset_column, text, reason, is_ignored=known, of_row=known)
            to = self._values[canon(text)]
            shift = None if to is None else moments.offset(to)
            if to is None:
                return None
        else:
            number = text.replace(",", ".") if self._decimal == "comma" else text
            is_number = _NUMBER.fullmatch(number) and abs(float(number)) < 1e6
            shift = moments.offset_in(float(number), self.cell.unit or "day") if is_number else moments.offset(text)
        if shift is None:
            return self._fault(given, f"doesn't say how long after the procedure: {moments.HOW}")
        return self._after(shift, start, given)

    def _born(self, age: str, start: Said) -> Said:
        """The year of birth by the age at the procedure: it may be one too late."""
        text = age.strip(BLANKS)
        if not text or canon(text) in self._missing:
            return None
        if start is None:
            return None
        if isinstance(start, Fault):
            return start
        if not _NUMBER.fullmatch(text) or not 0 <= float(text) < 130:
            return self._fault(age, "is not an age in years")
        return str(int(start[:4]) - int(float(text)))
