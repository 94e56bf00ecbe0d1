"""The second factor of a link: the patient's date of birth, or six digits that staff give by phone.

Both are few enough to be tried out, so what really holds is how often one may try (see opening.py). A date is taken
as people write it; where day and month can be told in two ways, either counts.
"""

from __future__ import annotations

import re
import secrets
import threading
from datetime import date
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from babel.dates import get_month_names

DIGITS = 6
LONGEST = 40
AT_ONCE = 2  # hashes are worked out at the same time, as each takes 19 MB
_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_TURNS = threading.BoundedSemaphore(AT_ONCE)
_CODE = re.compile(r"\d{3} ?\d{3}", flags=re.ASCII)  # as it is shown to staff, or without its gap
_WHOLE = re.compile(r"(\d{4})-(\d\d)-(\d\d)", flags=re.ASCII)
_PARTS = re.compile(r"(\d{1,2})\s*[./ -]\s*(\d{1,2})\s*[./ -]\s*(\d{4})|(\d\d)(\d\d)(\d{4})", flags=re.ASCII)
_WORDS = re.compile(r"(?:\d+|[^\W\d_]+)(?:[ .,/-]+(?:\d+|[^\W\d_]+)){2,4}\.?")
_BETWEEN = {"de", "del", "of"}  # 31 de diciembre de 1944
_SPOKEN = ("en", "es", "de", "fr")  # in which the month may be a word; the first of them counts


def new_code() -> str:
    """Six digits that nobody can know beforehand."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"


def whole_day(said: str | None) -> date | None:
    """A date of birth that is known to the day; None where it isn't."""
    found = _WHOLE.fullmatch(said or "")
    return _day(*map(int, found.groups())) if found else None


def digest(link_id: str, right: str) -> str:
    """What is kept of a second factor: argon2id, bound to the link."""
    with _TURNS:
        return _HASHER.hash(f"{link_id}:{right}")


def is_right(kept: str | None, link_id: str, given: str | None) -> bool:
    """Whether what was given is the second factor. Takes as long where there is no link at all."""
    right = False
    for reading in readings(given):
        right |= _matches(kept or _of_nobody(), f"{link_id}:{reading}")
    return right and kept is not None


def readings(given: str | None) -> tuple[str, str]:
    """What can be meant by what was typed, always two: a code, or a date as 1950-02-01, or what fits nothing."""
    text = " ".join((given or "")[: LONGEST + 1].split())
    if _CODE.fullmatch(text):
        return text.replace(" ", ""), ""
    if found := _WHOLE.fullmatch(text):
        return _said(_day(*map(int, found.groups()))), ""
    if not (found := _PARTS.fullmatch(text)):
        return _said(_named(text)), ""
    first, second, year = (int(part) for part in found.groups() if part is not None)
    return _said(_day(year, second, first)), _said(_day(year, first, second))


def _named(text: str) -> date | None:
    """A date whose month is a word: 31 Dec 1944, December 31, 1944, 31 de diciembre de 1944."""
    if not _WORDS.fullmatch(text):
        return None
    parts = [part for part in re.findall(r"\d+|[^\W\d_]+", text.casefold()) if part not in _BETWEEN]
    numbers = [int(part) for part in parts if part.isascii() and part.isdigit()]
    months = [_months()[part] for part in parts if part in _months()]
    is_whole = len(parts) == 3 and len(numbers) == 2 and len(months) == 1 and re.fullmatch(r"\d{4}", parts[-1])
    return _day(numbers[1], months[0], numbers[0]) if is_whole else None


@cache
def _months() -> dict[str, int]:
    found: dict[str, int] = {}
    for language in _SPOKEN:
        for width in ("wide", "abbreviated"):
            for month, name in get_month_names(width, locale=language).items():
                found.setdefault(name.casefold().rstrip("."), month)
    return found


def _said(day: date | None) -> str:
    return day.isoformat() if day else ""


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _matches(kept: str, text: str) -> bool:
    with _TURNS:
        try:
            return _HASHER.verify(kept, text)
        except (Argon2Error, InvalidHashError):
            return False


@cache
def _of_nobody() -> str:
    """A hash that nothing matches, worked out against where there is no link, so that time tells nothing."""
    return _HASHER.hash(secrets.token_hex(32))
