"""Which files an import reads, and what each is called in its report."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from plumbline.errors import ImportRefused
from plumbline.export.store import is_export

_TABLES = {".csv", ".tsv", ".csv.gz", ".tsv.gz", ".xlsx", ".xlsm", ".parquet"}
_DOCUMENTS = {".json", ".ndjson", ".jsonl"}
_PACKED = {f"{ending}.gz" for ending in _DOCUMENTS}
_HIDDEN = (".", "~$")


@dataclass(frozen=True)
class Source:
    """One file: where it is, its name in the report, its format (csv, parquet, fhir or packed), its size in bytes."""

    path: Path
    name: str
    format: str
    size: int


def sources(paths: list[Path]) -> tuple[list[Source], list[str]]:
    """Every file below the paths, in a stable order, and those in folders that are of no known type.

    Raises ImportRefused where a path is missing, can't be read, or nothing is there to read.
    """
    found: list[tuple[Path, str]] = []
    skipped: list[str] = []
    try:
        for path in paths:
            if path.is_dir():
                inside, other = _below(path)
                found += inside
                skipped += other
            elif path.is_file():
                found.append((path, _shown(path.name)))
            else:
                raise ImportRefused(f"There is no file or folder {path}. Nothing was imported; check the path.")
    except OSError as error:
        raise ImportRefused(
            f"{error.filename} can't be read ({error.strerror}). Nothing was imported; ask for the right to read it."
        ) from error
    if not found:
        raise ImportRefused(
            f"There is nothing to import in {', '.join(map(str, paths))}: no .csv, .tsv, .xlsx, .parquet, .json or "
            ".ndjson file. Give a file, or the folder that holds your tables or FHIR bundles."
        )
    for path, _ in found:
        _readable(path)
    names = _distinct(found)
    return [
        Source(path, name, _format(path), path.stat().st_size) for (path, _), name in zip(found, names, strict=True)
    ], skipped


def _below(folder: Path) -> tuple[list[tuple[Path, str]], list[str]]:
    """Files below a folder, hidden ones left out: those that are read, and the names of the others."""
    found, skipped = [], []
    for path in sorted(_walk(folder)):
        if not path.is_file():
            continue
        name = _shown(path.relative_to(folder).as_posix())
        if _suffix(path) in _TABLES | _DOCUMENTS | _PACKED:
            found.append((path, name))
        else:
            skipped.append(name)
    return found, skipped


def _suffix(path: Path) -> str:
    """A file's ending in small letters; of a packed one both."""
    endings = "".join(path.suffixes[-2:]).lower()
    return endings if endings.endswith(".gz") else path.suffix.lower()


def _walk(folder: Path) -> Iterator[Path]:
    """Everything below a folder but folders and what is hidden. Raises OSError where a folder can't be listed."""
    for base, folders, names in os.walk(folder, onerror=_stop):
        if is_export(Path(base)):
            # a FHIR export has everything twice: in bulk, and for each patient
            folders[:] = [name for name in ("ndjson", "patients") if name in folders][:1]
            names = [name for name in names if name.endswith(".csv")]
        folders[:] = [name for name in folders if not name.startswith(_HIDDEN)]
        yield from (Path(base, name) for name in names if not name.startswith(_HIDDEN))


def _stop(error: OSError) -> None:
    # what can't be listed must not be passed over in silence: its files would be missing, and nobody told
    raise error


def _shown(name: str) -> str:
    """A file's name as text: bytes that are not UTF-8 become the sign for unknown."""
    return os.fsencode(name).decode("utf-8", "replace")


def _readable(path: Path) -> None:
    try:
        with path.open("rb"):
            return
    except OSError as error:
        raise ImportRefused(
            f"The file {path} can't be read ({error.strerror}). Nothing was imported; ask for the right to read it."
        ) from error


def _distinct(found: list[tuple[Path, str]]) -> list[str]:
    """Names that tell files apart: with the folder where two names are equal, counted where a file is given twice."""
    shared = {name for name, count in Counter(name for _, name in found).items() if count > 1}
    longer = [f"{_shown(path.resolve().parent.name)}/{name}" if name in shared else name for path, name in found]
    seen: Counter[str] = Counter()
    names = []
    for name in longer:
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return names


def _format(path: Path) -> str:
    suffix = _suffix(path)
    if suffix in _DOCUMENTS | _PACKED:
        return "fhir" if suffix in _DOCUMENTS else "packed"
    with path.open("rb") as file:
        if file.read(4) == b"PAR1":
            return "parquet"
    if suffix in _TABLES:
        return "csv"
    with path.open("rb") as file:
        start = file.read(512).decode("utf-8", "ignore").lstrip("\ufeff \t\r\n")
    return "fhir" if start.startswith("{") else "csv"
