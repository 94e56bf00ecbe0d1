"""What the columns of a table look like: their names as words, the kind and the range of what they hold."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property

from plumbline.intake import moments
from plumbline.intake.cells import canon
from plumbline.intake.reading import Table
from plumbline.store import reference_frame

LOOK = 20_000
_MOST_KEPT = 5_000
_MOSTLY = 0.9
_HALF = 0.5
MISSING_WORDS = {"na", "n/a", "nan", "null", "none", ".", "-", "--", "?", "missing", "k.a.", "n.d.", "s/d"}
MISSING_NUMBERS = {"-1", "-8", "-9", "-88", "-99", "-999", "77", "88", "99", "777", "888", "999", "8888", "9999"}
_NUMBER = re.compile(r"[+-]?([0-9]+([.,][0-9]+)?|[.,][0-9]+)")


def words(name: str) -> str:
    """A heading as lower-case words without accents: `pacu30min_throatPain` is `pacu 30 min throat pain`."""
    plain = unicodedata.normalize("NFKD", name.replace("ß", "ss"))
    plain = "".join(one for one in plain if not unicodedata.combining(one))
    plain = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Za-z])(?=[0-9])|(?<=[0-9])(?=[A-Za-z])", " ", plain)
    return " ".join(re.findall(r"[a-z]+|[0-9]+", plain.lower()))


@dataclass
class Column:
    """One column. `label`: what a data dictionary calls it; `choices`: what its codes mean there.

    `told`: the kind and field that somebody says it is, which stands before its words; `when`: when it was asked;
    `scale`: what makes its numbers those of the instrument.
    """

    name: str
    place: int
    label: str = ""
    choices: dict[str, str] = field(default_factory=dict)
    form: str = ""
    told: tuple[str, str] | None = None
    when: str = ""
    scale: float = 1.0
    values: Counter[str] = field(default_factory=Counter)

    @cached_property
    def said(self) -> tuple[str, ...]:
        """The words of its name, and those of its label."""
        return tuple(dict.fromkeys(one for one in (words(self.name), words(self.label)) if one))

    @cached_property
    def filled(self) -> list[str]:
        """Its distinct texts that are neither blank nor a word for missing."""
        return [one for one in self.values if one and one.lower() not in MISSING_WORDS]

    @cached_property
    def numbers(self) -> list[float]:
        """Its distinct numbers, where nearly all of it are numbers."""
        found = [one for one in self.filled if _NUMBER.fullmatch(one)]
        if not found or len(found) < _MOSTLY * len(self.filled):
            return []
        return sorted(float(one.replace(",", ".")) for one in found)

    @cached_property
    def counted(self) -> list[float]:
        """Its distinct numbers, where at least half of its filled cells are numbers."""
        found = {one for one in self.filled if _NUMBER.fullmatch(one)}
        if 2 * sum(self.values[one] for one in found) < sum(self.values[one] for one in self.filled):
            return []
        return sorted(float(one.replace(",", ".")) for one in found)

    @cached_property
    def _dates(self) -> float:
        found = [one for one in self.filled if moments.depends_on_order(one) or moments.is_day(one)]
        return len(found) / len(self.filled) if self.filled else 0.0

    @property
    def is_date(self) -> bool:
        """Whether nearly all of it are dates."""
        return self._dates >= _MOSTLY

    @property
    def is_mostly_date(self) -> bool:
        """Whether at least half of it are dates: with the right heading that is enough."""
        return self._dates >= _HALF

    @property
    def has_comma(self) -> bool:
        """Whether some of its numbers have a decimal comma."""
        return any("," in one for one in self.filled if _NUMBER.fullmatch(one))

    @property
    def is_whole_with_zeros(self) -> bool:
        """Whether whole numbers are written as 1.0, as statistics programs do."""
        return bool(self.filled) and all(re.fullmatch(r"[0-9]+\.0+", one) for one in self.filled)

    def hinted(self, kind: str, fields: Sequence[str] | None = None) -> list[tuple[str, str]]:
        """The fields, with the instrument where it is one, that its words speak for; its own name before its label."""
        if self.told is not None:
            of, field = self.told
            if of == kind == "instrument":
                return [("value", field)]
            return [(field, "")] if of == kind and (fields is None or field in fields) else []
        for said in self.said:
            found = [
                (field, instrument)
                for of, field, pattern, instrument in hints()
                if of == kind and (fields is None or field in fields) and re.search(pattern, said)
            ]
            if found:
                return found
        return []


@cache
def hints() -> tuple[tuple[str, str, str, str], ...]:
    """Kind, field, pattern and instrument of every row of data/reference/column_hint.csv, in its order."""
    frame = reference_frame("column_hint").fillna("")
    return tuple(tuple(map(str, row)) for row in frame[["kind", "field", "pattern", "instrument"]].values)  # type: ignore[misc]


def time_in(said: str) -> str | None:
    """How long after the procedure words say, or `baseline`."""
    if told := moments.in_heading(said):
        return told
    is_before = any(
        re.search(pattern, said) for kind, field, pattern, _ in hints() if (kind, field) == ("time", "baseline")
    )
    return "baseline" if is_before else None


@dataclass
class Profile:
    """A table's columns and its first records."""

    table: Table
    columns: list[Column]
    records: list[list[str]]

    def of(self, name: str) -> Column:
        """The column of a name."""
        return next(one for one in self.columns if one.name == name)

    def beside(self, column: Column, other: Column) -> bool:
        """Whether nearly every record that fills a column fills the other one, too."""
        filled = [record for record in self.records if record[column.place].strip()]
        return sum(bool(record[other.place].strip()) for record in filled) >= _MOSTLY * len(filled)

    def distinct(self, *columns: Column) -> int:
        """How many different combinations the records hold."""
        return len({tuple(canon(record[one.place]) for one in columns) for record in self.records})


def headings(header: Sequence[str]) -> list[Column]:
    """The columns of a header by their names alone; those without one, or with one that stands twice, are left out."""
    return [Column(name, place) for place, name in enumerate(header) if name and header.count(name) == 1]


def profile(table: Table) -> Profile:
    """Look at a table's first records, and at its columns as `headings` gives them."""
    records = []
    for _line, cells, fault in table.records():
        if fault is None:
            records.append(cells)
        if len(records) == LOOK:
            break
    columns = headings(table.header)
    for one in columns:
        counted = Counter(record[one.place].strip() for record in records)
        one.values = Counter(dict(counted.most_common(_MOST_KEPT)))
    return Profile(table, columns, records)
