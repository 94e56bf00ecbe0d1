"""Which length a visual scale has, by its heading or by what somebody said, and what makes it 0 to 100."""

from __future__ import annotations

import re

from plumbline.intake.mapping import Cell
from plumbline.intake.profile import Column


def length_of(column: Column) -> str | None:
    """The length of a visual scale that a heading says: VAS (0-10) is cm, VAS 0-100 mm."""
    for length, unit, end in (("mm", "mm", "100"), ("cm", "cm", "10")):
        pattern = rf"\b{unit}\b|\b0 ?(-|–|—|to|a|bis|/) ?{end}\b|/ ?{end}\b"
        if any(re.search(pattern, said.lower()) for said in (column.name, column.label)):
            return length
    return None


def by_length(length: str, cell: Cell, said: str) -> tuple[str, Cell, str]:
    """The instrument, the cell and why, for a visual scale of a known length or a rating."""
    if length == "rating":
        return "nrs_back", cell, f"certain: a numeric rating, as was said{said}"
    if length == "cm":
        return "vas_back", scaled(cell, 10), f"likely: a visual scale of 10 cm, made 0 to 100{said}"
    return "vas_back", cell, f"likely: a visual scale of 100 mm{said}"


def scaled(cell: Cell, by: float) -> Cell:
    """The cell, its numbers multiplied."""
    return Cell(column=cell.column, missing=cell.missing, scale=by)
