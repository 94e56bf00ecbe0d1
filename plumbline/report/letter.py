"""The letter to the referring doctor: how a recovery stands on one page, for a colleague who reads it in a minute."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from plumbline.report import press

_TEMPLATE = "letter.typ"


@dataclass(frozen=True)
class Letter:
    """What stands in a letter, every text in words. Empty: not known, and left out or said so by the template."""

    clinic: str
    phone: str
    written: str  # the day on which it is told how things stand
    patient: tuple[tuple[str, str], ...]  # what, as given: name, date of birth, procedure …
    day: str  # "Day 42, healing phase"
    verdict: str
    headline: str
    reasons: tuple[str, ...]
    beside: tuple[str, ...]
    columns: tuple[str, ...]  # of the scores
    scores: tuple[tuple[str, ...], ...]
    milestones: tuple[str, ...]
    medicines: tuple[str, ...]
    next_visit: str
    notes: tuple[str, ...]  # what to read it with: not signed off, made-up people
    author: str


def letter_pdf(letter: Letter) -> bytes:
    """One A4 page, tagged. Where there is too much, each list says how many of its lines are left out."""
    return press.printed(_TEMPLATE, asdict(letter))
