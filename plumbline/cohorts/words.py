"""A definition in plain words: "Clinic Harbor · 60 to 80 years · women"."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from plumbline.cohorts.definition import Definition
from plumbline.cohorts.filters import Filter, known
from plumbline.cohorts.members import Count
from plumbline.cohorts.near import either
from plumbline.cohorts.small import is_small, under

MOST_SAID = 4  # of a list; the rest is counted
NO_FILTERS = "every procedure"


def words(definition: Definition, names: Mapping[str, str] | None = None) -> str:
    """Its filters as people say them. `names`: the names of clinics by id; an id where there is none."""
    said = _said(definition.filters, names or {})
    if definition.other_than is not None:
        rest = _said(definition.other_than, names or {})
        said.append(f"all others than {rest[0]}" if len(rest) == 1 else f"all others than ({' · '.join(rest)})")
    return " · ".join(said) or NO_FILTERS


def about(number: int, limit: int) -> str:
    """A live count, which changes with each filter that is tried: rounded, so that two of them tell nobody apart."""
    if is_small(number, limit):
        return under(limit)
    step = 5 * max(1, (limit + 1) // 5)
    return "0" if number == 0 else f"about {max(step, step * round(number / step)):,}"


def left_out(number: Count, limit: int) -> list[str]:
    """Who is left out as the answer to a filter isn't known: "about 10 left out: Score before isn't known"."""
    return [f"{about(lacking, limit)} left out: {known()[name].label} isn't known" for name, lacking in number.unknown]


def _said(filters: dict[str, Any], names: Mapping[str, str]) -> list[str]:
    return [told.said.format(_value(told, filters[name], names)) for name, told in known().items() if name in filters]


def _value(told: Filter, value: Any, names: Mapping[str, str]) -> str:
    if isinstance(value, bool):
        return "with" if value else "without"
    if isinstance(value, dict):
        return _span({end: _end(one) for end, one in value.items()})
    spelt = {**(told.codes or {}), **(names if told.name == "clinic" else {})}
    listed = [spelt.get(one, one) for one in value]
    if told.codes is not None:
        listed = [spelt[one] for one in told.codes if one in value]
    if len(listed) > MOST_SAID:
        listed = [*listed[: MOST_SAID - 1], f"{len(listed) - MOST_SAID + 1} more"]
    return either(listed)


def _span(ends: dict[str, str]) -> str:
    if "to" not in ends:
        return f"from {ends['from']}"
    if "from" not in ends:
        return f"up to {ends['to']}"
    return ends["to"] if ends["from"] == ends["to"] else f"{ends['from']} to {ends['to']}"


def _end(value: Any) -> str:
    return f"{date.fromisoformat(value):%-d %b %Y}" if isinstance(value, str) else f"{value:g}"
