"""Read the files of one import into staging: each by its format, its own columns or the mapping that fits."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from plumbline import sql
from plumbline.export.store import is_export
from plumbline.intake import redcap
from plumbline.intake.book import read_sheet, sheets_of
from plumbline.intake.cells import Said
from plumbline.intake.choice import choose
from plumbline.intake.codes import Codes
from plumbline.intake.fhir import read_fhir
from plumbline.intake.mapped import apply, known_procedures, unused
from plumbline.intake.mapping import Mapping
from plumbline.intake.package import is_workbook
from plumbline.intake.reading import Reading, Table
from plumbline.intake.responses import Responses
from plumbline.intake.sources import Source
from plumbline.intake.staging import Staging
from plumbline.intake.table import FileRefused, read_table

Progress = Callable[[str, int, int], None]


class Files:
    """The files of one import, and what was noticed while they were read.

    found    every file, and each of a workbook's sheets, in the order of their numbers in staging
    used     the mappings that read something, by their hash
    told     what is worth telling, in sentences
    columns  the columns that nothing reads, by file
    unknown  files of which it can't be told what they hold
    """

    def __init__(self, found: list[Source], maps: list[Mapping], reading: Reading, progress: Progress) -> None:
        self.found = found
        self._maps = [one for one in maps if one.rules]
        self._responses = Responses(maps)
        self._reading = reading
        self._progress = progress
        self.used: dict[str, Mapping] = {}
        self.told: list[str] = []
        self.columns: dict[str, list[str]] = {}
        self.unknown: set[str] = set()

    def read(self, cursor: Any, staging: Staging) -> None:
        """Put every row of every file into staging."""
        codes = Codes(cursor, self._responses)
        last: list[tuple[int, Table, Mapping]] = []
        for number, source in enumerate(list(self.found)):
            label = f"reading {source.name}"
            self._progress(label, 0, source.size)
            with self._guarded(number, staging):
                if source.format == "packed":
                    raise FileRefused("the file is packed with gzip: unpack it first", is_known=False)
                if source.format == "fhir":
                    read_fhir(source.path, staging, codes)
                elif chosen := choose(source.path, self._maps, self._reading):
                    last += self._mapped(number, chosen, staging)
                else:
                    self._native(number, staging, label)
            self._progress(label, source.size, source.size)
        # what is only about known patients may count from a procedure that another file gives
        for number, table, mapping in last:
            with self._guarded(number, staging):
                self._apply(cursor, number, table, mapping, staging)
        self._responses.refuse_contradiction()
        self.used |= self._responses.used()
        self.told += self._responses.notes()
        staging.flush()

    @contextmanager
    def _guarded(self, number: int, staging: Staging) -> Iterator[None]:
        """A file that can't be read is rejected as a whole, the others are read on."""
        source = self.found[number]
        staging.begin(number, masked=is_export(source.path.parent))
        try:
            yield
        except OSError as error:
            reason = f"the file can't be read ({error.strerror}): ask for the right to read it"
            staging.reject(None, None, None, reason)
        except FileRefused as refused:
            staging.reject(refused.line, refused.column, None, refused.reason)
            if not refused.is_known:
                self.unknown.add(source.name)

    def _native(self, number: int, staging: Staging, label: str) -> None:
        source = self.found[number]
        if is_workbook(source.path):
            found = sheets_of(source.path, self._reading)
            for one, (table, kind) in zip(self._split(number, [table.name for table, _ in found]), found, strict=True):
                with self._guarded(one, staging):
                    self._leave(one, read_sheet(table, kind, staging))
            return
        if not self._maps and (description := redcap.description(source.path)):
            for line, _cells, _fault in description.records():
                staging.ignore(line, "row of a REDCap project's description")
            return
        tell = partial(self._progress, label)
        self._leave(
            number, read_table(source.path, staging, lambda done: tell(done, source.size), self._reading)
        )

    def _leave(self, number: int, columns: list[str]) -> None:
        """Remember the columns of a file that aren't used."""
        if columns:
            self.columns[self.found[number].name] = columns

    def _split(self, number: int, names: list[str]) -> list[int]:
        """The file's number for each of its tables: where there are several, each counts as a file of its own."""
        whole, numbers = self.found[number], [number]
        if len(names) > 1:
            self.found[number] = dataclasses.replace(whole, name=f"{whole.name}, {names[0]}")
            for name in names[1:]:
                self.found.append(dataclasses.replace(whole, name=f"{whole.name}, {name}"))
                numbers.append(len(self.found) - 1)
        return numbers

    def _mapped(
        self, number: int, chosen: list[tuple[Table, Mapping]], staging: Staging
    ) -> list[tuple[int, Table, Mapping]]:
        """Read a file's tables, or give those that are read last."""
        last = []
        for one, (table, mapping) in zip(
            self._split(number, [table.name for table, _ in chosen]), chosen, strict=True
        ):
            if mapping.knows_patients:
                last.append((one, table, mapping))
            else:
                with self._guarded(one, staging):
                    self._apply(None, one, table, mapping, staging)
        return last

    def _apply(self, cursor: Any, number: int, table: Table, mapping: Mapping, staging: Staging) -> None:
        name = self.found[number].name

        def procedures() -> dict[str, Said]:
            staging.flush()
            return known_procedures(sql.rows(cursor, "import/procedure_of_patient"))

        self.told += [f"{name}: {one}" for one in apply(table, mapping, staging, procedures)]
        self.used[mapping.digest] = mapping
        self._leave(number, unused(table, mapping))
