"""One import: one call, one batch, one transaction."""

from __future__ import annotations

import dataclasses
import secrets
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa

from plumbline import sql, summary
from plumbline.errors import ImportRefused, PlumblineError
from plumbline.intake.choice import refuse_unsettled
from plumbline.intake.files import Files, Progress
from plumbline.intake.mapping import Mapping
from plumbline.intake.reading import FIND, Reading
from plumbline.intake.result import ImportResult
from plumbline.intake.sources import Source, sources
from plumbline.intake.staging import Staging
from plumbline.intake.steps import perform, run_passes
from plumbline.store import Store


class _DryRun(Exception):
    """Ends the transaction of a dry run, so that nothing of it stays."""


def run(
    store: Store,
    paths: list[Path],
    *,
    mapping: Mapping | Sequence[Mapping] | None = None,
    reading: Reading = FIND,
    dry_run: bool = False,
    replace: bool = False,
    source: str = "import",
    recorded_by: str = "import",
    clinics: tuple[str, ...] | None = None,
    progress: Progress | None = None,
) -> ImportResult:
    """Import files and folders as one batch, all or nothing; see the package's words for what counts as what.

    `mapping`: how tables that are not our own become facts; see `plumbline.intake.mapping`; of several, each table is
    read by the one that fits. `reading`: what somebody settled about the files; it goes before what a mapping says.
    `replace`: a value that differs supersedes the stored one, else its row is rejected. `dry_run`: check everything,
    store nothing. `clinics`: only patients of these are brought in or changed (None: of any), all other rows are
    rejected. `progress(label, done, total)` is called now and then. Raises ImportRefused where nothing could be
    done; the store is then untouched.
    """
    if store.synthetic and source != "demo":
        raise ImportRefused(
            f"The store {store.path.name} holds made-up patients and takes no other data. Import into a store of your "
            "own: add `--store my.duckdb`, and open it with `make run STORE=my.duckdb`."
        )
    given_mappings = [] if mapping is None else [mapping] if isinstance(mapping, Mapping) else list(mapping)
    refuse_unsettled(given_mappings)
    maps = [dataclasses.replace(one, reading=reading.over(one.reading)) for one in given_mappings]
    found, skipped = sources(paths)
    batch = _Batch(found, skipped, maps, reading, progress or (lambda _label, _done, _total: None))
    given = {"replace": replace, "source": source, "recorded_by": recorded_by, "clinics": clinics}
    try:
        with store.write() as cursor:
            result = batch.run(store, cursor, given, dry_run)
            if dry_run:
                raise _DryRun
    except _DryRun:
        pass
    return result


def rejects(cursor: Any, batch_id: str) -> list[dict[str, Any]]:
    """Every row that an import rejected: file, line, column, value, reason. Raises PlumblineError: no such import."""
    if not sql.rows(cursor, "import/file_by_batch", batch_id=batch_id):
        raise PlumblineError(f"There is no import {batch_id}. `python -m plumbline imports` lists them.")
    found = sql.rows(cursor, "import/reject_by_batch", batch_id=batch_id)
    return [{"column" if name == "column_name" else name: value for name, value in row.items()} for row in found]


class _Batch:
    def __init__(
        self, found: list[Source], skipped: list[str], maps: list[Mapping], reading: Reading, progress: Progress
    ) -> None:
        self._files = Files(found, maps, reading, progress)
        self._skipped = skipped
        self._progress = progress

    def run(self, store: Store, cursor: Any, given: dict[str, Any], dry_run: bool) -> ImportResult:
        """Everything inside the writer's transaction. Facts are recorded as of when all files were read."""
        started_at = store.stamp()
        batch_id = f"{started_at:%Y%m%d-%H%M%S}-{secrets.token_hex(3)}"
        staging = Staging(cursor)
        self._files.read(cursor, staging)
        self._name_files(cursor, staging)
        now = store.stamp()
        given = given | {"now": now, "batch_id": batch_id, "started_at": started_at}
        run_passes(cursor, staging.kinds, given, partial(self._progress, "checking and storing"))
        perform(cursor, "import/add_files", given)
        perform(cursor, "import/add_rejects", given)
        files = sql.rows(cursor, "import/file_by_batch", batch_id=batch_id)
        self._add_up(staging, files)
        self._progress("bringing the summary up to date", 0, 1)
        touched = [row["patient_id"] for row in sql.rows(cursor, "import/patient_by_batch", batch_id=batch_id, now=now)]
        if touched:
            summary.refresh(cursor, touched, has_placed="scores" in staging.kinds)
        self._progress("bringing the summary up to date", 1, 1)
        clinics = sql.rows(cursor, "import/clinic_by_batch", batch_id=batch_id)
        ignored = {row["reason"]: row["rows"] for row in sql.rows(cursor, "import/ignored_by_reason")}
        rejected = rejects(cursor, batch_id) if dry_run else []
        for used in self._files.used.values():
            sql.run(
                cursor, "import/add_mapping_used",
                batch_id=batch_id, mapping=used.name, version=used.version, digest=used.digest,
            )  # fmt: skip
        # last: nobody sees what an import stored before it has finished (queries/known/settled_instant.sql)
        perform(cursor, "import/add_batch", given | {"finished_at": store.stamp()})
        named = [{"name": one.name, "version": one.version, "digest": one.digest} for one in self._files.used.values()]
        return ImportResult(
            batch_id, files, clinics, self._files.columns, ignored, staging.undated_deaths, self._skipped, rejected,
            dry_run, named, self._files.told,
        )  # fmt: skip

    def _name_files(self, cursor: Any, staging: Staging) -> None:
        count = len(self._files.found)
        formats = ["unknown" if source.name in self._files.unknown else source.format for source in self._files.found]
        cursor.register(
            "incoming",
            pa.table(
                {
                    "file_no": pa.array(range(count), pa.int32()),
                    "file": pa.array([source.name for source in self._files.found], pa.string()),
                    "format": pa.array(formats, pa.string()),
                    "rows": pa.array([staging.rows[number] for number in range(count)], pa.int64()),
                }
            ),
        )
        sql.run(cursor, "import/add_batch_files")
        cursor.unregister("incoming")

    def _add_up(self, staging: Staging, files: list[dict[str, Any]]) -> None:
        """Every row that was read has one end; anything else is a fault of ours, and nothing is stored."""
        if sum(staging.rows.values()) != sum(int(file["rows"]) for file in files):
            raise PlumblineError("The import lost count of its rows, so nothing was stored. Please report this.")
