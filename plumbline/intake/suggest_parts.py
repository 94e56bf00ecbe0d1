"""Find dates that a table holds in parts: the year, the month and the day each in a column of its own."""

from __future__ import annotations

import re
from dataclasses import dataclass

from plumbline.intake.moments import month_number
from plumbline.intake.profile import Column, Profile, hints

_UNITS = {
    "year": r"years?|yr|yyyy|jahr|ano|anno|annee|jaar",
    "month": r"months?|mon|mm|monat|mes|mese|mois|maand",
    "day": r"days?|dd|tag|dia|giorno|jour|dag",
}
_SMALL = r"\b(of|the|in|de|del|della|di|du|la|le|der|des|van|y|year|date)\b"


@dataclass(frozen=True)
class Parts:
    """A date in three columns. `said`: what is left of their headings, as `birth`; `columns`: by year, month, day."""

    said: str
    columns: dict[str, str]

    def speaks_for(self, kind: str, field: str) -> bool:
        """Whether the words speak for one field, as a heading of one column would."""
        ways = (self.said, f"{self.said} date", f"date of {self.said}")
        return any(
            re.search(pattern, way) for of, own, pattern, _ in hints() if (of, own) == (kind, field) for way in ways
        )


def date_parts(look: Profile) -> list[Parts]:
    """The dates in parts: three columns whose headings are alike but for the unit, and whose values fit it."""
    found: dict[str, dict[str, str]] = {}
    for column in look.columns:
        unit, rest = _unit(column)
        if unit:
            found.setdefault(rest, {}).setdefault(unit, column.name)
    return [Parts(said, {unit: units[unit] for unit in _UNITS}) for said, units in found.items() if len(units) == 3]


def _unit(column: Column) -> tuple[str | None, str]:
    said = column.said[0] if column.said else ""
    for unit, pattern in _UNITS.items():
        rest, times = re.subn(rf"\b({pattern})\b", " ", said)
        if times == 1 and column.filled and all(_fits(unit, text) for text in column.filled):
            return unit, " ".join(re.sub(_SMALL, " ", rest).split())
    return None, ""


def _fits(unit: str, text: str) -> bool:
    if unit == "month" and month_number(text) is not None:
        return True
    number = float(text) if re.fullmatch(r"[0-9]{1,4}(\.0+)?", text) else 0.0
    low, high = {"year": (1850, 2200), "month": (1, 12), "day": (1, 31)}[unit]
    return low <= number <= high
