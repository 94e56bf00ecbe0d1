"""By what a cohort can be chosen, as rows of data/reference/cohort_filter.csv; and whether a value is one for it."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from plumbline.cohorts.near import instead
from plumbline.errors import PlumblineError
from plumbline.store import reference_frame

MOST_WORDS = 500
LONGEST_WORD = 200
_ENDS = ("from", "to")
_ODD = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


class DefinitionError(PlumblineError):
    """A cohort's definition that can't be understood; says which filter, and what to write instead."""


@dataclass(frozen=True)
class Filter:
    """One thing to choose by. `kind`: one_of, range, dates or yes_no; `codes`: words by code, of a closed set alone."""

    name: str
    kind: str
    label: str
    said: str  # "{0} years": how its value is put
    unit: str | None
    step: float | None
    meaning: str
    codes: Mapping[str, str] | None = field(hash=False)


@cache
def known() -> dict[str, Filter]:
    """Every filter by its name, in the order in which a form has them."""
    rows = reference_frame("cohort_filter").sort_values("turn", key=lambda turns: turns.astype(int))
    return {
        row["filter"]: Filter(
            row["filter"], row["kind"], row["label"], row["said"], row["unit"],
            None if row["step"] is None else float(row["step"]), row["meaning"], _codes(row["codes"]),
        )
        for row in rows.to_dict("records")
    }  # fmt: skip


def _codes(told: str | None) -> Mapping[str, str] | None:
    """`female=women;…` says them here; `cause.cause` names the table and column that does, with its label if any."""
    if told is None:
        return None
    if "=" in told:
        return dict(one.split("=", 1) for one in told.split(";"))
    table, _, column = told.partition(".")
    frame = reference_frame(table)
    return dict(zip(frame[column], frame["label" if "label" in frame else column], strict=True))


def canonical(filters: Any, where: str = "filters") -> dict[str, Any]:
    """Filters in their one spelling: sorted, nothing twice, 60.0 as 60. Raises DefinitionError."""
    if not isinstance(filters, Mapping):
        raise DefinitionError(f"{where} is no set of filters: write {{}} where there is none.")
    found = {}
    for name in sorted(map(str, filters)):
        if name not in known():
            raise DefinitionError(f"{_shown(name)} is no filter. {instead(name, {one: [one] for one in known()})}")
        found[name] = _KINDS[known()[name].kind](known()[name], filters[name])
    return found


def _shown(value: Any) -> str:
    """A value of somebody's file as a message quotes it: in JSON, and never long."""
    try:
        text = json.dumps(value, ensure_ascii=True)
    except (TypeError, ValueError, RecursionError):
        text = type(value).__name__
    return text if len(text) <= 60 else text[:59] + "…"


def _one_of(told: Filter, value: Any) -> list[str]:
    if not isinstance(value, list | tuple):
        raise DefinitionError(f"{told.name} takes a list of words, such as [{_shown(value)}].")
    if not value:
        raise DefinitionError(f"{told.name} has an empty list: nobody would be in it. Leave {told.name} out for all.")
    if len(value) > MOST_WORDS:
        raise DefinitionError(f"{told.name} names {len(value)} words: {MOST_WORDS} at most.")
    for word in value:
        if not isinstance(word, str) or not word.strip() or _ODD.search(word) or len(word) > LONGEST_WORD:
            raise DefinitionError(
                f"{told.name} holds {_shown(word)}: each must be a word of at most {LONGEST_WORD} letters, on one line."
            )
        if told.codes is not None and word not in told.codes:
            known_ones = {code: [code] for code in told.codes}
            raise DefinitionError(f"{told.name} doesn't know {_shown(word)}. {instead(word, known_ones)}")
    return sorted(set(value))


def _ends(told: Filter, value: Any, end: Callable[[Filter, str, Any], Any], such_as: str) -> dict[str, Any]:
    if not isinstance(value, Mapping) or not set(map(str, value)) <= set(_ENDS):
        raise DefinitionError(f"{told.name} takes {such_as}.")
    if not value:
        raise DefinitionError(f"{told.name} has neither from nor to. Leave {told.name} out for all.")
    found = {name: end(told, name, value[name]) for name in _ENDS if name in value}
    if len(found) == len(_ENDS) and found["from"] > found["to"]:
        raise DefinitionError(f"{told.name} goes from {found['from']} to {found['to']}: swap them.")
    return found


def _number(told: Filter, end: str, value: Any) -> int | float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise DefinitionError(f"{told.name}, {end}: {_shown(value)} is no number.")
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise DefinitionError(f"{told.name}, {end}: {_shown(value)} is no number that can be compared.")
    return int(number) if number.is_integer() else number


def _day(told: Filter, end: str, value: Any) -> str:
    try:
        day = value if type(value) is date else date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise DefinitionError(f"{told.name}, {end}: {_shown(value)} is no day: write 2025-01-31.") from error
    return day.isoformat()


def _range(told: Filter, value: Any) -> dict[str, Any]:
    return _ends(told, value, _number, '{"from": 60, "to": 80}, or one of the two')


def _dates(told: Filter, value: Any) -> dict[str, Any]:
    return _ends(told, value, _day, '{"from": "2025-01-01", "to": "2025-12-31"}, or one of the two')


def _yes_no(told: Filter, value: Any) -> bool:
    if not isinstance(value, bool):
        raise DefinitionError(f"{told.name} is true or false, not {_shown(value)}.")
    return value


_KINDS: dict[str, Callable[[Filter, Any], Any]] = {
    "one_of": _one_of, "range": _range, "dates": _dates, "yes_no": _yes_no,
}  # fmt: skip
