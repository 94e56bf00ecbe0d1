"""Small numbers: which counts are not shown, so that none of them can be worked out from those that are.

1 to 4 patients are hidden inside the clinic, 1 to 10 in anything that leaves it; 0 may be shown. `None` is a hidden
number. What each function holds is in its text, and tests try every table up to a size.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from math import floor

from plumbline.store import reference_frame


@dataclass(frozen=True)
class Limits:
    """Counts from 1 to these are hidden: `inside` the clinic, and `outside` it."""

    inside: int
    outside: int


@cache
def counted(name: str) -> int:
    """A rule of data/reference/comparison_value.csv that is a whole number, by its name there."""
    return int(reference_frame("comparison_value").set_index("name")["value"][name])


def limits() -> Limits:
    """Of data/reference/comparison_value.csv. Source: statistics study, section 6 (CMS cell size rule)."""
    return Limits(counted("hidden_inside"), counted("hidden_outside"))


def is_small(number: int | None, limit: int) -> bool:
    """Whether a count is one that is not shown: 1 to the limit."""
    return number is not None and 0 < number <= limit


def cells(
    counts: Sequence[int], limit: int, patients: Sequence[int] | None = None, also: Collection[int] = ()
) -> tuple[int | None, ...]:
    """A row of counts whose total is known: the small ones are hidden, and with them the next larger, all equal ones.

    So the hidden ones together are more than the limit, and any two of them could have changed places: whoever knows
    the total, the counts shown and this rule is left with at least two values for each. Where none is larger the zeros
    are hidden, too; of a small total everything is. `patients`: how many patients each count is of, where that is
    fewer: few patients are a small count. `also`: places that are hidden in any case.
    """
    people = list(counts if patients is None else patients)
    if is_small(sum(people), limit):
        return (None,) * len(people)
    hidden = {place for place, number in enumerate(people) if is_small(number, limit)} | set(also)
    larger = {number for place, number in enumerate(people) if number > limit and place not in hidden}
    is_covered = len(hidden) > 1 and any(people[place] > limit for place in hidden)
    if hidden and not is_covered:
        hidden |= {place for place, number in enumerate(people) if not larger or number == min(larger)}
    return tuple(None if place in hidden else number for place, number in enumerate(counts))


def parts(
    pairs: Sequence[tuple[int, int]], limit: int, also: Collection[int] = ()
) -> list[tuple[int | None, int | None]]:
    """Parts of wholes, such as received of due, a row a unit; the sums of both are known: each as it may be shown.

    Where a part is nearly its whole both are hidden: one of them stands elsewhere, beside a figure of the same people.
    `also`: places that are hidden in any case.
    """
    near = [place for place, (part, whole) in enumerate(pairs) if is_near(part, whole, limit)]
    wholes = cells([whole for _, whole in pairs], limit, also=[*near, *also])
    gone = [place for place, whole in enumerate(wholes) if whole is None]
    return list(zip(cells([part for part, _ in pairs], limit, also=gone), wholes, strict=True))


def is_part_hidden(part: int, whole: int, limit: int) -> bool:
    """Whether a part of a known whole must be hidden: it is small, or what is left of the whole is, or the whole."""
    return any(is_small(number, limit) for number in (part, whole - part, whole))


def is_near(one: int | None, other: int | None, limit: int) -> bool:
    """Whether two counts of which one is part of the other give a small one away by subtraction."""
    return one is not None and other is not None and is_small(abs(one - other), limit)


def least_of(share: float, limit: int) -> int:
    """Of how many patients the value may be told that a share of them lies below: a quartile is 0.25 or 0.75.

    More than the limit lie on either side then; of fewer it would be what one of a few patients said, in full.
    """
    return floor(limit / min(share, 1 - share)) + 1


class Ledger:
    """Counts of groups within groups that are shown: none of them small, no two of them a small number apart."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._shown: list[int] = []

    def fits(self, number: int | None, *beside: int | None) -> bool:
        """Whether a count could be shown beside all that are, and beside these."""
        if number is None or is_small(number, self.limit):
            return False
        return not any(is_near(number, other, self.limit) for other in (*self._shown, *beside))

    def holds(self, number: int | None) -> bool:
        """Whether the very same count is shown already."""
        return number in self._shown

    def take(self, number: int | None, *beside: int | None) -> int | None:
        """The count, and it is shown from now on; or None where it has to be hidden."""
        if number is None or not self.fits(number, *beside):
            return None
        self._shown.append(number)
        return number


def under(limit: int) -> str:
    """A hidden count in words: "under 5"."""
    return f"under {limit + 1}"


def nearly_all(limit: int) -> str:
    """A part of a whole of which few are lacking, both hidden, in words."""
    return f"all but {under(limit)} (hidden)"


def part_words(part: int | None, whole: int | None, limit: int) -> str:
    """A hidden part of a whole that may be hidden, too: "under 5 of 319 (hidden)", "over 314 of 319 (hidden)"."""
    if whole is None or is_small(whole, limit):
        return f"{under(limit)} (hidden)" if is_small(part, limit) else "hidden"
    if is_small(part, limit):
        return f"{under(limit)} of {whole:,} (hidden)"
    if is_near(part, whole, limit):
        return f"over {whole - limit - 1:,} of {whole:,} (hidden)"
    return f"hidden, of {whole:,}"
