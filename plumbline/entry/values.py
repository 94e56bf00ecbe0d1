"""Whether what is given can be a value at all, before any rule judges it: numbers finite, texts legible, days days."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from typing import Any

from plumbline.entry.steps import Finding

NUMBERS = frozenset({"value", "dose"})
DAYS = frozenset({"moment_on", "stopped_on", "due_on", "call_back_on"})
FLAGS = frozenset({"opioid"})
MOST_TEXT = 20_000
"""Characters of one text: some ten pages. What is longer was pasted by mistake, or is a file."""


def faults(step: int, values: Mapping[str, Any]) -> list[Finding]:
    """What can't be stored as it stands; nothing is said of what is missing, or what a rule judges."""
    return [
        Finding(step, "no_such_value", "impossible", field, text)
        for field, value in values.items()
        if value is not None
        for text in _faults(field, value)
    ]


def _faults(field: str, value: Any) -> Iterator[str]:
    if field in NUMBERS:
        if not _is_number(value):
            yield "This is not a number: write digits, such as 4 or 2.5."
    elif field in DAYS:
        if not isinstance(value, date) or isinstance(value, datetime):
            yield "This is not a day: choose one."
    elif field == "moment_time":
        if not isinstance(value, time):
            yield "This is not a time: choose one."
    elif field == "moment_at":
        if not isinstance(value, datetime):
            yield "This is not a moment: choose a day, and a time."
    elif field in FLAGS:
        if not isinstance(value, bool):
            yield "Choose yes, no, or not known."
    elif field == "fields":
        yield from _fields(value)
    else:
        yield from _text(value)


def _is_number(value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    try:
        return math.isfinite(float(value))
    except OverflowError:
        return False


def _fields(value: Any) -> Iterator[str]:
    if not isinstance(value, Mapping):
        yield "These fields can't be read: fill them in again."
        return
    for one in value.values():
        if one is not None:
            yield from _text(one)


def _text(value: Any) -> Iterator[str]:
    if not isinstance(value, str):
        yield "This is not a text: write it again."
    elif len(value) > MOST_TEXT:
        yield f"This text has {len(value):,} characters, more than {MOST_TEXT:,}: shorten it, or split it."
    elif any((ord(letter) < 32 and letter not in "\t\n\r") or 0xD800 <= ord(letter) < 0xE000 for letter in value):
        yield "This text has characters that can't be shown: write it again without them."
