"""Which of a file's tables is read, and through which mapping: the one given, or one that a known shape needs."""

from __future__ import annotations

from pathlib import Path

from plumbline.errors import ImportRefused
from plumbline.intake import redcap
from plumbline.intake.kinds import KINDS
from plumbline.intake.mapping import Mapping
from plumbline.intake.refused import FileRefused
from plumbline.intake.tables import FIND, Reading, Table, tables
from plumbline.intake.text import stem


def refuse_unsettled(mapping: Mapping | None) -> None:
    """Raises ImportRefused where a mapping has questions left."""
    if mapping is not None and mapping.questions:
        raise ImportRefused(
            f"The mapping {mapping.name} has questions that are not settled, so nothing was imported. Answer each "
            "in the mapping and take it off the list `questions`, or give the option that it names to `mapping "
            "suggest`:\n"
            + "\n".join(f"- {one}" for one in mapping.questions)
        )


def choose(path: Path, mapping: Mapping | None, reading: Reading = FIND) -> tuple[Table, Mapping] | None:
    """The table of a file and the mapping to read it by; None: it is one of our own files and needs none.

    Raises FileRefused where the file can't be read, no table fits the mapping, or more than one does.
    """
    if mapping is None:
        return redcap.recognised(path, reading)
    found = tables(path, mapping.reading)
    native = KINDS.get(stem(path).lower())
    fitting = [table for table in found if not mapping.shape_faults(table.header)]
    if not fitting and native and not native.missing([name.lower() for name in found[0].header]):
        return None
    if len(fitting) == 1 or len(found) == 1:
        return (fitting or found)[0], mapping
    names = ", ".join(table.name for table in fitting or found)
    how = f"write one of its sheets, {names}, as `sheet:` in the mapping's reading"
    if fitting:
        raise FileRefused(f"more than one sheet fits the mapping {mapping.name}: {how}")
    raise FileRefused(f"no sheet is of the shape that the mapping {mapping.name} was made for: {how}")
