"""From what somebody says to the cohorts of a comparison: a saved cohort, a file's text, filters in short, the others.

In short: `clinic:demo-harbor`, `age:60..80`, `prior_fracture:yes`, `performed_on:2025-01-01..2025-12-31`; several with
`+`, such as `clinic:demo-harbor+sex:female,male`. `others`: all others than the one before it. A saved cohort goes by
its name or its id, an old version of it by `name@2`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from plumbline.cohorts import Definition, DefinitionError, episodes, from_file, others, saved, words
from plumbline.cohorts.filters import known
from plumbline.compare.asking import Ask, Chosen
from plumbline.errors import NotFound, PlumblineError
from plumbline.store import Store

OTHERS = "others"
_SHORT = re.compile(r"^[a-z_]+:")
_VERSION = re.compile(r"^(.+)@(\d+)$")
_YES_NO = {"yes": True, "no": False}

Named = tuple[str, Definition, int | None]
"""A cohort's name, its definition, and its version where it is a saved one."""


def chosen(cursor: Any, cohorts: Sequence[Named], ask: Ask, clinic_names: Mapping[str, str]) -> list[Chosen]:
    """Cohorts as a comparison takes them: their procedures up to the day, and by which filters they were chosen."""
    found = episodes(cursor, [definition for _, definition, _ in cohorts], ask.as_of, ask.clinics)
    return [_chosen(cohort, own, clinic_names) for cohort, own in zip(cohorts, found, strict=True)]


def _chosen(cohort: Named, own: pd.DataFrame, clinic_names: Mapping[str, str]) -> Chosen:
    name, definition, version = cohort
    within, without = definition.filters, definition.other_than or {}
    filters = tuple((one, (within.get(one), without.get(one))) for one in sorted({*within, *without}))
    return Chosen(name, own, words(definition, clinic_names), definition.digest, version, filters)


def named(
    store: Store, said: Sequence[str], clinic_names: Mapping[str, str], clinics: tuple[str, ...] | None = None
) -> list[Named]:
    """Each cohort that somebody said. Raises NotFound, DefinitionError, PlumblineError."""
    found: list[Named] = []
    for one in said:
        if one.strip().lower() != OTHERS:
            found.append(_named(store, one.strip(), clinic_names, clinics))
        elif found:
            found.append(("All others", others(found[-1][1]), None))
        else:
            raise PlumblineError("Say first whom `others` are other than: the cohort before it.")
    return found


def each_once(found: Sequence[Named]) -> Sequence[Named]:
    """The same; raises PlumblineError where a cohort stands there twice, under whatever names."""
    if len({definition.text for _, definition, _ in found}) < len(found):
        raise PlumblineError("The same cohort is there twice: name another one to compare with.")
    return found


def _named(store: Store, said: str, clinic_names: Mapping[str, str], clinics: tuple[str, ...] | None) -> Named:
    if said.startswith("{"):
        name, definition = from_file(said)
        return name or words(definition, clinic_names), definition, None
    if _SHORT.match(said):
        definition = Definition.of(_filters(said.split("+"), clinic_names))
        return words(definition, clinic_names), definition, None
    old = _VERSION.match(said)
    name, version = (old.group(1), int(old.group(2))) if old else (said, None)
    try:
        kept = saved.load(store, name, version, clinics)
    except NotFound as wrong:
        told = "" if old else " Filters in short are written as clinic:ID or sex:female."
        raise NotFound(f"{wrong}{told}") from wrong
    return kept.name, kept.definition, kept.version


def _filters(parts: Sequence[str], clinic_names: Mapping[str, str]) -> dict[str, Any]:
    """Filters in short, each once; a clinic by its id or its name."""
    found: dict[str, Any] = {}
    for name, value in map(_filter, parts):
        if name in found:
            raise DefinitionError(f"{name} is there twice: write it once, such as {name}:ONE,OTHER.")
        found[name] = [_clinic(one, clinic_names) for one in value] if name == "clinic" else value
    return found


def _clinic(said: str, names: Mapping[str, str]) -> str:
    """The id of the clinic of that name; else as it was said."""
    found = [clinic_id for clinic_id, name in names.items() if name.casefold() == said.casefold()]
    return found[0] if len(found) == 1 and said not in names else said


def _filter(part: str) -> tuple[str, Any]:
    """One filter in short, as a definition has it."""
    name, _, value = part.partition(":")
    told = known().get(name.strip())
    if told is None:
        raise DefinitionError(f"There is no filter {name.strip()[:40]!r}. Filters are: {', '.join(known())}.")
    if told.kind == "one_of":
        return told.name, [one.strip() for one in value.split(",")]
    if told.kind == "yes_no":
        if value.strip() not in _YES_NO:
            raise DefinitionError(f"Say yes or no: {told.name}:yes.")
        return told.name, _YES_NO[value.strip()]
    low, dots, high = (one.strip() for one in value.partition(".."))
    ends = {"from": low, "to": high if dots else low}
    return told.name, {end: _end(told.kind, one) for end, one in ends.items() if one}


def _end(kind: str, said: str) -> Any:
    if kind == "dates":
        return said
    try:
        return float(said)
    except ValueError as wrong:
        raise DefinitionError(f"{said[:40]!r} is no number: write a range as age:60..80.") from wrong
