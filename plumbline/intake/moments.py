"""Dates and times in a file of somebody's own, and how long after the procedure something was."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

from plumbline.store import reference_frame

HOW = "write how long after the procedure, such as 30 min, 4 h, 1 d, week 2 or month 3; -7 d is before it"
_MINUTES = {"min": 1.0, "hour": 60.0}
_DAYS = {"day": 1.0, "week": 7.0, "month": 30.4375, "year": 365.25}
UNITS = (*_MINUTES, *_DAYS)
_WORDS = {
    "min": "min", "mins": "min", "minute": "min", "minutes": "min", "h": "hour", "hr": "hour", "hrs": "hour",
    "hour": "hour", "hours": "hour", "d": "day", "day": "day", "days": "day", "w": "week", "wk": "week",
    "wks": "week", "week": "week", "weeks": "week", "mo": "month", "month": "month", "months": "month",
    "y": "year", "year": "year", "years": "year",
}  # fmt: skip
_NUMBER = r"([+-]?[0-9]{1,6}(?:\.[0-9]+)?)"
_AFTER, _BEFORE = re.compile(rf"{_NUMBER} *([a-z]+)"), re.compile(rf"([a-z]+) *{_NUMBER}")
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}([T ].*)?")
_BIRTH = re.compile(r"[0-9]{4}(-[0-9]{2})?")
_YEAR_FIRST = re.compile(r"([0-9]{4})[/. -]([0-9]{1,2})[/. -]([0-9]{1,2})(?:[T ]+(.+))?")
_YEAR_LAST = re.compile(r"([0-9]{1,2})[/. -]([0-9]{1,2})[/. -]([0-9]{4})(?:,? +(.+))?")
_NAMED = re.compile(r"([0-9]{1,2})[. -]*([a-z]{3,9})[., -]*([0-9]{4})(?:,? +(.+))?")
_NAME_FIRST = re.compile(r"([a-z]{3,9})[. -]+([0-9]{1,2})(?:st|nd|rd|th)?[, -]+([0-9]{4})(?:,? +(.+))?")
_SERIAL, _SPREADSHEET = re.compile(r"[2-5][0-9]{4}(\.[0-9]+)?"), date(1899, 12, 30)
_SHORT = re.compile(r"[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{2}( .*)?")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TIME = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:\.[0-9]+)?)? *([AaPp])?\.?[Mm]?\.?")


@dataclass(frozen=True)
class Offset:
    """How long after the procedure: in minutes, which need a time of day, or in whole days."""

    minutes: float | None
    days: int | None


@cache
def visits() -> dict[str, int]:
    """The target day of each planned visit, by its code: the strict windows of the newest timeline."""
    frame = reference_frame("visit_window")
    strict = frame[(frame["preset"] == "strict") & (frame["timeline_version"] == frame["timeline_version"].max())]
    return {str(visit): int(day) for visit, day in zip(strict["visit"], strict["target_day"], strict=True)}


@cache
def offset(text: str) -> Offset | None:
    """`30 min`, `4 h`, `1 d`, `week 2`, or a planned visit's code; None where it is none of these."""
    text = text.strip().lower()
    if text in visits():
        return Offset(None, visits()[text])
    if found := _AFTER.fullmatch(text):
        number, word = found.groups()
    elif found := _BEFORE.fullmatch(text):
        word, number = found.groups()
    else:
        return None
    unit = _WORDS.get(word)
    return None if unit is None else offset_in(float(number), unit)


def offset_in(number: float, unit: str) -> Offset:
    """A number of a unit of `UNITS`."""
    if unit in _MINUTES:
        return Offset(number * _MINUTES[unit], None)
    return Offset(None, round(number * _DAYS[unit]))


def after(start: str, shift: Offset) -> str | None:
    """The instant or day that lies `shift` after a start in ISO; None: the start has no time of day, or is no date."""
    try:
        if shift.days is not None:
            return (date.fromisoformat(start[:10]) + timedelta(days=shift.days)).isoformat()
        if len(start) > len("2026-03-01") and shift.minutes is not None:
            return (datetime.fromisoformat(start) + timedelta(minutes=shift.minutes)).isoformat()
    except (ValueError, OverflowError):
        pass
    return None


def iso(text: str, order: str | None) -> str | None:
    """A date, with or without its time, as ISO; None: what it says depends on the order of day and month, or on
    nothing that we read. Text that is ISO already is given as it is: whether it exists is checked later."""
    text = text.strip()
    if _ISO.fullmatch(text) or _BIRTH.fullmatch(text):
        return text
    if found := _YEAR_FIRST.fullmatch(text):
        year, month, day, time = found.groups()
    elif named := _named(text.lower()):
        year, month, day, time = named
    elif order in {"day-first", "month-first"} and (found := _YEAR_LAST.fullmatch(text)):
        day, month, year, time = found.groups()
        if order == "month-first":
            day, month = month, day
    else:
        return None
    on = f"{year}-{month:0>2}-{day:0>2}"
    if not time:
        return on
    at = clock(time)
    return f"{on}T{at}" if at else None


def exists(text: str) -> bool:
    """Whether the day of a date or time in ISO is in the calendar."""
    try:
        date.fromisoformat(text[:10])
    except ValueError:
        return False
    return True


def no_date(text: str) -> str:
    """Why a text is no date or time that we read, in words that say what to do."""
    if _SERIAL.fullmatch(text):
        day = (_SPREADSHEET + timedelta(days=int(text[:5]))).isoformat()
        return f"is a spreadsheet's number of a day, likely {day}: format the column as a date and export it again"
    if _SHORT.fullmatch(text):
        return "has a year of two digits, which may be another century: write it as 2026-03-01"
    if text and not text.strip("#"):
        return "is no date: the column was too narrow in the spreadsheet. Widen it and export it again"
    return "is not a date or time that we read: write it as 2026-03-01 or 2026-03-01T14:30"


def _named(text: str) -> tuple[str, str, str, str | None] | None:
    """Year, month, day and time where the month is an English word: then the order can't be mistaken."""
    if found := _NAMED.fullmatch(text):
        day, name, year, time = found.groups()
    elif found := _NAME_FIRST.fullmatch(text):
        name, day, year, time = found.groups()
    else:
        return None
    month = month_number(name)
    return None if month is None else (year, str(month), day, time)


def month_number(text: str) -> int | None:
    """1 to 12, of a number or an English name of a month; None where it is neither."""
    text = text.strip().lower()
    if found := re.fullmatch(r"([0-9]{1,2})(?:\.0+)?", text):
        return int(found[1]) if 1 <= int(found[1]) <= 12 else None
    return _MONTHS.index(text[:3]) + 1 if text[:3] in _MONTHS and text.isalpha() else None


def of_parts(year: str, month: str, day: str) -> str | None:
    """A day in ISO from its three parts; None where one is no year of four digits, month or day of a month."""
    parts = [re.fullmatch(r"([0-9]{1,4})(?:\.0+)?", one.strip()) for one in (year, day)]
    number = month_number(month)
    if number is None or not all(parts):
        return None
    years, days = (one[1] for one in parts if one)
    if len(years) != 4 or not 1 <= int(days) <= 31:
        return None
    return f"{years}-{number:02}-{int(days):02}"


def clock(text: str) -> str | None:
    """A time of day as HH:MM or HH:MM:SS; None where it is none."""
    found = _TIME.fullmatch(text.strip())
    if not found:
        return None
    hour, minute, second, half = found.groups()
    number = int(hour)
    if half:
        if number not in range(1, 13):
            return None
        number = number % 12 + (12 if half in "pP" else 0)
    return f"{number:02}:{minute}" + (f":{second}" if second else "")


def depends_on_order(text: str) -> bool:
    """Whether a date is written with its year last, so that day and month can be mistaken for each other."""
    return _YEAR_LAST.fullmatch(text.strip()) is not None


def is_day(text: str) -> bool:
    """Whether a text is a whole date, year first, with or without a time."""
    text = text.strip()
    return bool(_ISO.fullmatch(text) or _YEAR_FIRST.fullmatch(text) or _named(text.lower()))


_IN_HEADING = re.compile(
    r"\b([0-9]{1,3}) ?(min|mins|minutes?|h|hrs?|hours?|std|stunden?|horas?|ore|heures?|d|days?|tage?|tg|dias?|"
    r"giorn[oi]|jours?|w|wks?|wfu|weeks?|wo|wochen?|sem|semanas?|sett|settiman[ae]|semaines?|m|mo|mon|mfu|mths?|"
    r"months?|monate?|mes|meses|mesi|mois|"
    r"y|yrs?|years?|jahre?|anos?|ann[oi]|ans?)\b"
)
_BEFORE_NUMBER = re.compile(
    r"\b(pod|day|tag|dia|giorno|jour|d|j|week|woche|semana|settimana|semaine|wk|w|month|monat|mes|mese|mois|m|"
    r"year|jahr|y) ?([0-9]{1,3})\b"
)
# How the words of both begin, and their unit: the first that fits.
_BEGIN = {
    "min": "min", "h": "h", "st": "h", "or": "h", "d": "day", "ta": "day", "tg": "day", "gi": "day", "jo": "day",
    "po": "day", "w": "week", "se": "week", "y": "year", "an": "year", "ja": "year", "m": "month", "j": "day",
}  # fmt: skip


def in_heading(words: str) -> str | None:
    """How long after the procedure a heading's words say that its column was asked, as `offset` reads it."""
    if found := _IN_HEADING.search(words):
        number, word = found.groups()
    elif found := _BEFORE_NUMBER.search(words):
        word, number = found.groups()
    else:
        return None
    return f"{number} {next(unit for start, unit in _BEGIN.items() if word.startswith(start))}"
