"""Which of a file's tables is read, and through which mapping: one that is given, or that a known shape needs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from plumbline.errors import ImportRefused
from plumbline.intake import redcap
from plumbline.intake.kinds import KINDS
from plumbline.intake.mapping import Mapping
from plumbline.intake.parquet import is_parquet
from plumbline.intake.reading import FIND, Reading, Table
from plumbline.intake.refused import FileRefused
from plumbline.intake.tables import tables
from plumbline.intake.text import stem

_NAME_IT = "write one of its sheets, {}, as `sheet:` in the mapping's reading"


def refuse_unsettled(mappings: Sequence[Mapping]) -> None:
    """Raises ImportRefused where a mapping has questions left."""
    for mapping in (one for one in mappings if one.questions):
        raise ImportRefused(
            f"The mapping {mapping.name} has questions that are not settled, so nothing was imported. Answer each "
            "in the mapping and take it off the list `questions`, or give the option that it names to `mapping "
            "suggest`:\n"
            + "\n".join(f"- {one}" for one in mapping.questions)
        )


def choose(path: Path, mappings: Sequence[Mapping], reading: Reading = FIND) -> list[tuple[Table, Mapping]]:
    """The tables of a file, each with the mapping to read it by; none: it is one of our own files and needs none.

    Raises FileRefused where the file can't be read, no table fits a mapping, or it can't be told which one does.
    """
    if is_parquet(path):
        return []
    if not mappings:
        known = redcap.recognised(path, reading)
        return [known] if known else []
    found = {one.digest: tables(path, reading.over(one.reading)) for one in mappings}
    fitting = [(table, one) for one in mappings for table in found[one.digest] if not one.shape_faults(table.header)]
    if not fitting and (known := redcap.recognised(path, reading)):
        return [known]
    if not fitting:
        return _unfit(path, mappings, found)
    for table, one in fitting:
        others = [other for other, by in fitting if by is one and other.name != table.name]
        if others:
            names = ", ".join(other.name for other in (table, *others))
            raise FileRefused(f"more than one sheet fits the mapping {one.name}: {_NAME_IT.format(names)}")
        twice = [by.name for other, by in fitting if other.name == table.name and by is not one]
        if twice:
            names = " and ".join((one.name, *twice))
            raise FileRefused(f"{table.name} fits the mappings {names}: give the one that is meant")
    return fitting


def _unfit(
    path: Path, mappings: Sequence[Mapping], found: dict[str, list[Table]]
) -> list[tuple[Table, Mapping]]:
    """A file of which no table fits: one of our own, or one whose reader says what has changed."""
    closest = min(mappings, key=lambda one: min(len(one.shape_faults(table.header)) for table in found[one.digest]))
    held = found[closest.digest]
    native = KINDS.get(stem(path).lower())
    if native and not native.missing([name.lower() for name in held[0].header]):
        return []
    if len(held) == 1:
        return [(held[0], closest)]
    names = ", ".join(table.name for table in held)
    raise FileRefused(
        f"no sheet is of the shape that the mapping {closest.name} was made for: {_NAME_IT.format(names)}"
    )
