"""The store as FHIR R4: NDJSON by resource type, and a Bundle for each patient, in one pass over the rows.

The queries `export/fhir_*` make each resource as text, a thousand patients at a time, in their order. Each is written
to a file of its own first; then all are read side by side, patient by patient: memory doesn't grow with the store.
"""

from __future__ import annotations

import hashlib
import heapq
import json
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import IO, Any

from plumbline import sql
from plumbline.files import sha256

BASE = "https://plumbline.example/fhir/"
SUMS = "SHA256SUMS"
Progress = Callable[[str, int, int], None]

_CLINICS = "export/fhir_clinics"
# in the order of a bundle: what others refer to comes first
_OF_PATIENTS = (
    *("export/fhir_patients", "export/fhir_courses", "export/fhir_fractures", "export/fhir_procedures"),
    *("export/fhir_scores", "export/fhir_milestones", "export/fhir_events", "export/fhir_answers"),
    *("export/fhir_medications", "export/fhir_notes", "export/fhir_goals"),
)
_DEFINED = (
    *("export/define_ours", "export/define_fhir_id", "export/define_extension", "export/define_concept"),
    *("export/define_identifier", "export/define_bare", "export/define_present", "export/define_figure"),
    "export/number_patients",
)
# JSON holds no control character as such, so this one can stand between the columns
_BETWEEN = "\x01"

_TOGETHER = 1000

Row = tuple[int, str, str]
Files = dict[str, dict[str, Any]]


def write(cursor: Any, folder: Path, given: dict[str, Any], bulk: bool, progress: Progress) -> Files:
    """Write NDJSON, and the bundles where not only bulk is asked for; gives rows and hash of each file."""
    for name in _DEFINED:
        sql.run(cursor, name)
    count = int(sql.rows(cursor, "export/count_of_patients")[0]["patients"])
    counts: Counter[str] = Counter()
    parts = folder / "parts"
    parts.mkdir()
    with ExitStack() as stack:
        bulks = _Bulks(folder / "ndjson", stack, counts)
        clinics = {url: body for _, url, body in _rows(_copied(cursor, _CLINICS, given, parts))}
        bulks.add((0, url, body) for url, body in clinics.items())
        bundles = None if bulk else _Bundles(folder / "patients", clinics, stack, counts)
        for first in range(1, count + 1, _TOGETHER):
            progress("writing patients", first - 1, count)
            sql.run(cursor, "export/choose_patients", first=first, last=first + _TOGETHER - 1)
            sql.run(cursor, "export/number_courses")
            paths = [_copied(cursor, name, given, parts) for name in _OF_PATIENTS]
            # stable: of one patient in the order of the queries
            for turn, rows in groupby(heapq.merge(*map(_rows, paths), key=itemgetter(0)), key=itemgetter(0)):
                found = list(rows)
                bulks.add(found)
                if bundles:
                    bundles.add(turn, found)
    shutil.rmtree(parts)
    progress("writing patients", count, count)
    return {name: {"rows": rows, "sha256": sha256(folder / name)} for name, rows in sorted(counts.items())}


def _copied(cursor: Any, name: str, given: dict[str, Any], parts: Path) -> Path:
    """A file of what a query gives. The text is a query file's; the path is quoted."""
    path = parts / name.rpartition("/")[2]
    target = str(path).replace("'", "''")
    how = f"format csv, header false, quote '', escape '', delimiter '{_BETWEEN}'"
    told = {param.name: given[param.name] for param in sql.load(name).params}
    cursor.execute(f"copy ({sql.compose(name)}) to '{target}' ({how})", told or None)
    return path


def _rows(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8", newline="\n") as file:
        for line in file:
            turn, url, body = line[:-1].split(_BETWEEN, 2)
            yield int(turn or 0), url, body


class _Bulks:
    """A file of NDJSON for each type of resource that there is."""

    def __init__(self, folder: Path, stack: ExitStack, counts: Counter[str]) -> None:
        folder.mkdir()
        self._folder, self._stack, self._counts = folder, stack, counts
        self._files: dict[str, IO[str]] = {}

    def add(self, rows: Iterable[Row]) -> None:
        """Append resources, each to the file of its type."""
        for _, url, body in rows:
            kind = url.partition("/")[0]
            if kind not in self._files:
                path = self._folder / f"{kind}.ndjson"
                self._files[kind] = self._stack.enter_context(path.open("w", encoding="utf-8", newline="\n"))
            self._files[kind].write(f"{body}\n")
            self._counts[f"ndjson/{kind}.ndjson"] += 1


class _Bundles:
    """A file for each patient, with the clinic; their hashes stand together in one file, as there may be many."""

    def __init__(self, folder: Path, clinics: dict[str, str], stack: ExitStack, counts: Counter[str]) -> None:
        folder.mkdir()
        self._folder, self._clinics, self._counts = folder, clinics, counts
        self._sums = stack.enter_context((folder / SUMS).open("w", encoding="utf-8", newline="\n"))

    def add(self, turn: int, rows: list[Row]) -> None:
        """The bundle of one patient, whose Patient is the first of the rows."""
        _, url, body = rows[0]
        clinic = json.loads(body)["managingOrganization"]["reference"]
        named = [(clinic, self._clinics[clinic])] if clinic in self._clinics else []
        # an address and a resource a line, so that an import can say in which line something is wrong
        entries = [f'{{"fullUrl":"{BASE}{own}","resource":{said}}}' for own, said in named + [row[1:] for row in rows]]
        text = '{"resourceType":"Bundle","type":"collection","entry":[\n' + ",\n".join(entries) + "\n]}\n"
        # the number goes first: ids may differ by their case alone, or begin with a dot
        name = f"{turn:07}-{url.partition('/')[2]}.json"
        (self._folder / name).write_text(text, encoding="utf-8", newline="\n")
        self._sums.write(f"{hashlib.sha256(text.encode()).hexdigest()}  {name}\n")
        self._counts[f"patients/{SUMS}"] += 1
