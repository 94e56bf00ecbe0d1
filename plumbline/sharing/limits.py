"""The numbers of links, which are rows of data/reference/share_limit.csv."""

from __future__ import annotations

from datetime import timedelta
from functools import cache

from plumbline.store import reference_frame


@cache
def number(name: str) -> int:
    """A limit by its name. Raises KeyError where there is none of this name."""
    table = reference_frame("share_limit")
    return int(dict(zip(table["name"], table["value"], strict=True))[name])


def days(name: str) -> timedelta:
    """A limit that counts days."""
    return timedelta(days=number(name))


def minutes(name: str) -> timedelta:
    """A limit that counts minutes."""
    return timedelta(minutes=number(name))


@cache
def words(kind: str) -> dict[str, str]:
    """The words of a closed set (holder, factor, outcome, state) with how they are called."""
    table = reference_frame("share_word")
    rows = zip(table["kind"], table["word"], table["label"], strict=True)
    return {word: label for of, word, label in rows if of == kind}
