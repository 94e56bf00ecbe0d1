"""A cohort that names what nobody has, by a slip of the pen, is told so: it isn't an honest nobody.

What somebody had or will have on another day than the one that is asked about is known, and so is a clinic without a
procedure: such a cohort is empty, and that is the answer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from plumbline import sql
from plumbline.cohorts.definition import Definition
from plumbline.cohorts.filters import DefinitionError, Filter, known
from plumbline.cohorts.near import either, listed, near

Words = Mapping[str, Mapping[str, tuple[str, ...]]]
"""Of each filter that takes words of clinics' own: each word, with the ways in which it is spelt."""

MOST_NEAR = 3


def of_own(definitions: Sequence[Definition]) -> bool:
    """Whether any of them names words of clinics' own."""
    return any(one.named(*_names()) for one in definitions)


def words(cursor: Any, clinics: Sequence[str] | None = None) -> Words:
    """What these clinics have (`clinics` None: every one): nothing of any other is told, also not as what is near."""
    found: dict[str, dict[str, tuple[str, ...]]] = {name: {} for name in _names()}
    for row in sql.rows(cursor, "cohort/word_by_filter", clinics=None if clinics is None else list(clinics)):
        found[row["filter"]][row["code"]] = tuple(one for one in (row["code"], row["name"]) if one)
    return found


def refuse(found: Words, definitions: Sequence[Definition]) -> None:
    """Raises DefinitionError for the first word that nobody has; it says which are near."""
    for definition in definitions:
        for filters in (definition.filters, definition.other_than or {}):
            for name in (one for one in _names() if one in filters):
                for word in filters[name]:
                    if word not in found[name]:
                        raise DefinitionError(_said(known()[name], word, found[name]))


def _names() -> list[str]:
    return [told.name for told in known().values() if told.kind == "one_of" and told.codes is None]


def _said(told: Filter, word: str, there: Mapping[str, tuple[str, ...]]) -> str:
    label = told.label if told.label[1:2].isupper() else told.label.lower()
    if not there:
        return f"There is no {label} {word[:40]!r} here, and none at all on record."
    close = near(word, there, MOST_NEAR)
    meant = f" Did you mean {either(close)}?" if close else ""
    several = f"{told.label}{'es' if told.label.endswith('ch') else 's'}"
    return f"There is no {label} {word[:40]!r} here.{meant} {several} are: {listed(there)}."
