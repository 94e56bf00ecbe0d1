"""Which scale a score is on: an instrument's range, the length of a visual scale, points or per cent of an ODI."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from plumbline.intake.mapping import Cell
from plumbline.intake.profile import Column
from plumbline.store import reference_frame

_ITEM, _SUM = 6.0, 50.0  # the most that one item of the ODI can say, and all ten together


@cache
def ranges() -> dict[str, tuple[float, float]]:
    """The range of each instrument."""
    frame = reference_frame("instrument")
    names, lows, highs = frame["instrument"], frame["minimum"], frame["maximum"]
    return {str(name): (float(low), float(high)) for name, low, high in zip(names, lows, highs, strict=True)}


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


def points_or_percent(column: Column, like: Sequence[Column]) -> str | None:
    """What must be asked of an ODI where all columns of it are as small as one item, or as a sum of points."""
    top = max((one.counted[-1] for one in like if one.counted), default=0.0)
    if top <= _ITEM:
        return f"0 to {top:g} only: one item of the ODI (then it is unused), or the whole in percent?"
    if top <= _SUM and 5 * sum(one % 2 == 1 for one in column.counted) >= len(column.counted):
        return f"0 to {top:g} with odd numbers: points of 50, or percent?"
    return None
