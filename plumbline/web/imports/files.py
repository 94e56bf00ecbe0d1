"""The files that somebody gave the import page: what each is, what was found about it, a folder while it is read."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from plumbline.errors import PlumblineError
from plumbline.intake import redcap
from plumbline.intake.kinds import KINDS
from plumbline.intake.parquet import is_parquet
from plumbline.intake.profile import headings
from plumbline.intake.reading import Reading, Table
from plumbline.intake.refused import FileRefused
from plumbline.intake.sources import sources
from plumbline.intake.tables import tables

TYPES = ["csv", "tsv", "txt", "gz", "parquet", "xlsx", "xlsm", "json", "ndjson", "jsonl"]


@dataclass(frozen=True)
class Look:
    """What a file is. `kind`: native, fhir, redcap, description (of a REDCap project), table (needs a mapping) or
    refused, then `refusal` says why."""

    name: str
    kind: str
    words: str
    found: tuple[Table, ...] = ()
    refusal: str | None = None


@dataclass(frozen=True)
class Part:
    """One table that needs a mapping. `sheet`: its name where the file has several."""

    file: str
    table: Table
    sheet: str | None = None

    @property
    def title(self) -> str:
        """What it is called on screen."""
        return self.sheet or self.file

    @property
    def names_clinic(self) -> bool:
        """Whether a column says which clinic a patient is of."""
        return any(one.hinted("patients", ["clinic"]) for one in headings(self.table.header))


@dataclass(frozen=True)
class Given:
    """The uploaded files, by what they are, and a digest that changes with any of them."""

    looks: tuple[Look, ...]
    digest: str
    files: Sequence[Any] = field(repr=False, default=())

    def of(self, kind: str) -> list[Look]:
        """The files of one kind."""
        return [look for look in self.looks if look.kind == kind]


@contextmanager
def folder(files: Sequence[Any]) -> Iterator[Path]:
    """The uploaded files in a folder that only this process can read, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="plumbline-import-") as name:
        for one in files:
            _free(Path(name) / Path(one.name).name).write_bytes(one.getbuffer())
        yield Path(name)


def _free(path: Path) -> Path:
    """The path, or where two files have one name `name (2)`: neither takes the other's place."""
    found, number = path, 1
    while found.exists():
        number += 1
        stem, dot, rest = path.name.partition(".")
        found = path.with_name(f"{stem} ({number}){dot}{rest}")
    return found


def look_at(path: Path, reading: Reading) -> Look:
    """What one file is, by its content and name."""
    try:
        if sources([path])[0][0].format == "fhir":
            return Look(path.name, "fhir", "FHIR R4 resources")
        if is_parquet(path):
            return Look(path.name, "native", "Plumbline's own columns, as Parquet")
        found = tuple(tables(path, reading))
        header = [name.lower() for name in found[0].header]
        native = KINDS.get(path.name.split(".")[0].lower())
        if native and not native.missing(header):
            return Look(path.name, "native", f"{native.name}, in Plumbline's own columns", found)
        if redcap.description(path):
            return Look(path.name, "description", "a REDCap project's description", found)
        if redcap.is_export(found[0].header):
            return _export(path, found)
    except FileRefused as refused:
        return Look(path.name, "refused", "can't be read", refusal=f"Line {refused.line}: {refused.reason}.")
    except PlumblineError as refused:
        return Look(path.name, "refused", "can't be read", refusal=str(refused))
    what = f"a workbook with {len(found)} sheets" if len(found) > 1 else "a table of its own shape"
    return Look(path.name, "table", what, found)


def _export(path: Path, found: tuple[Table, ...]) -> Look:
    """A REDCap export: it brings its own mapping, unless something has to be asked first."""
    try:
        is_sure = redcap.has_group(found[0]) and redcap.recognised(path) is not None
    except FileRefused:
        is_sure = False
    if is_sure:
        return Look(path.name, "redcap", "a REDCap export", found)
    return Look(path.name, "table", "a REDCap export that leaves questions", found)
