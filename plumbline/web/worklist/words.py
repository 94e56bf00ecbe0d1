"""The worklist's sentences, from its numbers."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
WAITING = (
    ("waiting_total", "more amber flag", "more amber flags"),
    ("silent_total", "silent patient", "silent patients"),
    ("untold_total", "patient whom the reference doesn't cover", "patients whom the reference doesn't cover"),
)
BUDGET = (
    "How many amber flags are shown as urgent at most: for each clinic its budget per 100 open courses, rounded up. "
    "Red flags are always shown and never count."
)
TRENDS = (
    "Small charts: pain from before the procedure until this day, up is better. "
    "The shade holds 8 in 10 people; the early days are stretched."
)


def in_words(number: int) -> str:
    """A count as it is said: in words up to twelve."""
    return SMALL[number] if number < len(SMALL) else f"{number:,}"


def day_words(day: date) -> str:
    """A date as it is said, such as 1 March 2026."""
    return f"{day.day} {day:%B %Y}"


def people(number: int) -> str:
    """How many people, at the start of a sentence."""
    return "Nobody" if number == 0 else "One person" if number == 1 else f"{in_words(number).capitalize()} people"


def title(number: int, when: str) -> str:
    """How many need somebody, on a day in words."""
    return f"{people(number)} need{'' if number > 1 else 's'} you {when}"


def waiting(total: dict[str, Any]) -> str:
    """Who waits below and the amber budget, from the totals of worklist/rows_by_course."""
    waits = [
        f"{in_words(int(total[name]))} {one if total[name] == 1 else many}"
        for name, one, many in WAITING
        if total.get(name)
    ]
    budget = f"Amber budget: {int(total.get('amber_budget') or 0)}."
    if hand := int(total.get("hand_total") or 0):
        budget += f" In hand: {hand:,}."
    if not waits:
        return f"No flags wait below. {budget}"
    said = " and ".join(filter(None, [", ".join(waits[:-1]), waits[-1]]))
    verb = "waits" if sum(int(total.get(name) or 0) for name, _, _ in WAITING) == 1 else "wait"
    return f"{said[0].upper()}{said[1:]} {verb} below. {budget}"


def heard(days: Any) -> str:
    """Days since the last contact."""
    if pd.isna(days):
        return "never heard"
    return "heard today" if days == 0 else "heard yesterday" if days == 1 else f"heard {int(days)} days ago"


def day_and_phase(row: Any) -> str:
    """Where a course stands in time."""
    if pd.isna(row.day):
        return "no procedure yet"
    return f"day {int(row.day)}, {row.phase_label}" if row.phase_label else f"day {int(row.day)}"


def score(row: Any) -> tuple[str, str]:
    """The last score, and what was expected that day."""
    value = "No score yet" if pd.isna(row.last_value) else f"Pain {row.last_value:g}"
    return value, f"expected {row.expected}" if row.expected else "no expected range"
