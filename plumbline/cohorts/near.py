"""Which names somebody may have meant who typed another one: the nearest, whatever the case."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches

MOST_LISTED = 16
_ALIKE, _AS_WELL = 0.5, 0.75  # what `difflib` calls the ratio, of 1: of the nearest at least, and of those beside it


def plainer(said: str) -> str:
    """A name as it is compared: no capitals, and whatever divides its words is one space."""
    return re.sub(r"[\W_]+", " ", said.casefold()).strip()


def near(said: str, names: Mapping[str, Iterable[str]], most: int = 1) -> list[str]:
    """The nearest names, the nearest first. `names`: each with all the ways in which it is spelt."""
    spelt = {plainer(one): name for name, ways in names.items() for one in ways}
    if plainer(said) in spelt:  # but for capitals and signs it is that one
        return [spelt[plainer(said)]]
    nearest = get_close_matches(plainer(said), spelt, 1, _ALIKE)
    found = nearest + get_close_matches(plainer(said), spelt, len(spelt) or 1, _AS_WELL)
    return list(dict.fromkeys(spelt[one] for one in found))[:most]


def instead(said: str, names: Mapping[str, Iterable[str]], most: int = 1) -> str:
    """What to write instead, as a sentence: the nearest names; where none is near, all there are."""
    close = near(said, names, most)
    return f"Did you mean {either(close)}?" if close else f"There are: {listed(names)}."


def either(names: list[str]) -> str:
    """Names as a choice: "a", "a or b", "a, b or c"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


def listed(names: Iterable[str]) -> str:
    """Names as a list; of many the first, and how many more there are."""
    told = list(names)
    if len(told) <= MOST_LISTED:
        return ", ".join(told)
    return f"{', '.join(told[:MOST_LISTED])} and {len(told) - MOST_LISTED} more"
