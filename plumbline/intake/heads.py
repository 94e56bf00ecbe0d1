"""Where the header of a table stands, below titles and blank lines, and what its columns are called."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from statistics import median

Row = tuple[int, list[str]]
_WITHIN = 60
_LONG = 64
_SAY = "say where the names stand with --header-line"
_VALUE = re.compile(r"(?=.*\d)([\d\W_]+|[-+\d.,]+[eE][-+]?\d+|\d{4}-\d\d-\d\dT[-+:.\dZ]+)", re.DOTALL)


@dataclass(frozen=True)
class Head:
    """Which of the rows is the header, how sure that is and why. `fits`: it is as wide as most rows."""

    index: int
    width: int
    fits: bool
    sure: str
    why: str


def find_head(rows: Sequence[Row], word: str = "line") -> Head:
    """Find the header among a table's first rows, blank ones left out; there is at least one."""
    lead = next((index for index, (_, cells) in enumerate(rows) if len(cells) > 1), 0)
    width, titles = _width(rows), 0
    if width == 1 and 0 < lead < len(rows) - 1:
        wider = _width(rows[lead:])
        if sum(len(cells) == wider for _, cells in rows[lead:]) > 0.8 * (len(rows) - lead):
            width, titles = wider, lead
    typical = median(_filled(cells) for _, cells in rows[1:]) if len(rows) > 1 else _filled(rows[0][1])
    for index, (line, cells) in enumerate(rows[:_WITHIN]):
        if word == "row" and len(cells) == width and (groups := grouped(rows, index)):
            above = [row for _, row in rows[: index - 1]]
            sure = "likely" if all(_filled(row) <= 1 for row in above) else "ask"
            more = "" if sure == "likely" else f"; above them is more than titles: {_SAY}"
            return Head(index, width, True, sure, f"{word} {rows[index - 1][0]} groups its names, as {groups[0]}{more}")
        if len(cells) != width or (width > 1 and not _names(cells, typical)):
            if len(cells) == width and _filled(cells) >= 0.8 * typical:
                return _unlike(rows, index, width, word)
            continue
        if _is_split(rows[index:]):
            return Head(index, width, True, "ask", f"names seem to stand in more than one {word}: {_SAY}")
        if index == 0:
            return _first(rows, width, word)
        above = [cells for _, cells in rows[:index]]
        if not titles and all(_filled(cells) <= 1 or cells[0].startswith("#") for cells in above):
            why = f"the {len(above)} above it have a title each, it is the first with a name for most columns"
            return Head(index, width, True, "likely", why)
        why = f"{word}s above {line} hold more than titles: {_SAY}"
        return Head(index, width, True, "ask", why)
    why = f"most {word}s have {width} cells, this one {len(rows[0][1])}: {_SAY}"
    return Head(0, width, len(rows[0][1]) == width, "ask", why)


def grouped(rows: Sequence[Row], index: int, across: Sequence[tuple[int, int]] = ()) -> list[str]:
    """The names of a header whose row above says what groups of them are of, as `Week 6` over `Pain` and `ODI`.

    `across`: the first and last column, from 1, of the cells merged in the row above; without any, a group reaches to
    the next. Empty where names don't repeat, or where what is above doesn't tell them apart.
    """
    names = [cell.strip() for cell in rows[index][1]]
    repeated = {name for name, times in Counter(name.casefold() for name in names if name).items() if times > 1}
    if not index or not repeated:
        return []
    above = [cell.strip() for cell in rows[index - 1][1][: len(names)]] + [""] * (len(names) - len(rows[index - 1][1]))
    if sum(map(bool, above)) < 2 or any(map(_is_value, names)):
        return []
    ends = dict(across)
    reach, group = 0, ""
    for place, text in enumerate(above, 1):
        if text:
            group, reach = text, ends.get(place, place if across else len(names))
        above[place - 1] = group if place <= reach else ""
    found = [f"{group} {name}".strip() if name else name for group, name in zip(above, names, strict=True)]
    return found if len(set(found)) == len(found) and all(found) else []


def _width(rows: Sequence[Row]) -> int:
    """How many cells most rows have."""
    widths = Counter(len(cells) for _, cells in rows)
    return max(widths, key=lambda size: (widths[size], size))


def _is_split(rows: Sequence[Row]) -> bool:
    """Whether some names are missing in the first row, and the second is text while values stand further below."""
    if all(cell.strip() for cell in rows[0][1]) or len(rows) < 3:
        return False
    return not _has_values(rows[1:2]) and _has_values(rows[2:])


def _is_value(cell: str) -> bool:
    return 0 < len(cell) < _LONG and _VALUE.fullmatch(cell.strip()) is not None


def _has_values(rows: Sequence[Row]) -> bool:
    return any(_is_value(cell) for _, cells in rows for cell in cells)


def _first(rows: Sequence[Row], width: int, word: str) -> Head:
    below = list(zip_longest(*(cells for _, cells in rows[1:]), fillvalue=""))
    if any(_is_value(name) and any(map(_is_value, cells)) for name, cells in zip(rows[0][1], below, strict=False)):
        return Head(0, width, True, "ask", f"it holds values where names are expected: {_SAY}")
    if _has_values(rows[1:]):
        return Head(0, width, True, "certain", f"it is the first {word}, all of it is text, with values below")
    return Head(0, width, True, "likely", f"it is the first {word}; all below it is text, too")


def _unlike(rows: Sequence[Row], index: int, width: int, word: str) -> Head:
    if any(_filled(cells) > 1 for _, cells in rows[:index]):
        why = f"names seem to stand in more than one {word}: say in which one with --header-line"
    elif len(set(rows[index][1])) <= 0.6 * len(rows[index][1]):
        why = f"names in it repeat or are missing: {_SAY}"
    else:
        why = f"it holds values where names are expected: {_SAY}"
    return Head(index, width, True, "ask", why)


def _filled(cells: Sequence[str]) -> int:
    return sum(1 for cell in cells if cell and not cell.isspace())


def _names(cells: Sequence[str], typical: float) -> bool:
    """Whether cells look like names: most columns have one, they are text, and hardly any is there twice."""
    filled = [cell.strip().lower() for cell in cells if cell.strip()]
    texts = [cell for cell in filled if not _is_value(cell)]
    return (
        len(filled) >= max(min(2, typical), 0.6 * typical)
        and len(texts) >= 0.8 * len(filled)
        and len(set(filled)) > 0.6 * len(filled)
    )


def named(cells: Sequence[str]) -> tuple[tuple[str, ...], list[str]]:
    """The names of the columns, each once: blanks around are dropped, repeats and missing ones numbered; and which."""
    given = [cell.strip().strip("\ufeff").strip() for cell in cells]
    taken = set(given)
    names: list[str] = []
    changed: list[str] = []
    seen: set[str] = set()
    for place, name in enumerate(given, 1):
        new, count = name or f"column {place}", 1
        while new in seen or (new != name and new in taken):
            count += 1
            new = f"{name or f'column {place}'} ({count})"
        if new != name:
            changed.append(new)
        seen.add(new)
        names.append(new)
    return tuple(names), changed
