"""Small numbers: which counts are not shown, so that none of them can be worked out from those that are.

1 to 4 patients are hidden inside the clinic, 1 to 10 in anything that leaves it; 0 may be shown. `None` is a hidden
number. What each function holds is in its text, and tests try every table up to a size.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from plumbline.store import reference_frame


@dataclass(frozen=True)
class Limits:
    """Counts from 1 to these are hidden: `inside` the clinic, and `outside` it."""

    inside: int
    outside: int


@cache
def limits() -> Limits:
    """Of data/reference/comparison_value.csv. Source: statistics study, section 6 (CMS cell size rule)."""
    frame = reference_frame("comparison_value").set_index("name")["value"]
    return Limits(int(frame["hidden_inside"]), int(frame["hidden_outside"]))


def is_small(number: int | None, limit: int) -> bool:
    """Whether a count is one that is not shown: 1 to the limit."""
    return number is not None and 0 < number <= limit


def cells(counts: Sequence[int], limit: int, patients: Sequence[int] | None = None) -> tuple[int | None, ...]:
    """A row of counts whose total is known: the small ones are hidden, and with them the next smallest.

    Next smallest are hidden until at least two are, and together they are more than the limit: so nobody who knows the
    total finds a hidden count, nor that of all hidden ones as a small group. `patients`: how many patients each count
    is of, where that is fewer; a count of few patients is small. A row of a small total is hidden but for its zeros.
    """
    people = list(counts if patients is None else patients)
    hidden = {place for place, number in enumerate(people) if is_small(number, limit)}
    rest = sorted((number, place) for place, number in enumerate(people) if number > limit)
    while hidden and rest and (len(hidden) < 2 or sum(people[place] for place in hidden) <= limit):
        hidden.add(rest.pop(0)[1])
    return tuple(None if place in hidden else number for place, number in enumerate(counts))


def is_part_hidden(part: int, whole: int, limit: int) -> bool:
    """Whether a part of a known whole must be hidden: it is small, or what is left of the whole is, or the whole."""
    return any(is_small(number, limit) for number in (part, whole - part, whole))
