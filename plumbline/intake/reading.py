"""How a file is read, and one table of it: what was settled and found, and its rows as text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from plumbline.intake.found import Finding

Record = tuple[int, list[str], str | None]


@dataclass(frozen=True)
class Reading:
    """What somebody settled about a file; None: find it.

    date_order  'day-first' or 'month-first'
    decimal     'comma' or 'dot'
    """

    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    header_line: int | None = None
    date_order: str | None = None
    decimal: str | None = None

    def over(self, other: Reading) -> Reading:
        """What this one settles, and where it doesn't what the other does."""
        return Reading(**(vars(other) | {name: value for name, value in vars(self).items() if value is not None}))


FIND = Reading()


@dataclass(frozen=True)
class Table:
    """One table of a file: a CSV, or one sheet of a workbook.

    Names in `header` are without blanks around; missing ones are `column 3`, repeated ones `name (2)`.
    """

    name: str
    header: tuple[str, ...]
    header_line: int
    findings: tuple[Finding, ...]
    source: Callable[[], Iterator[Record]]

    def records(self) -> Iterator[Record]:
        """Each row below the header but blank ones: its line (or the sheet's row), its cells as text, and why it must
        be rejected. The file is read anew, row by row; raises FileRefused where it was cut off meanwhile."""
        return self.source()
