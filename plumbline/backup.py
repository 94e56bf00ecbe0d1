"""Keep a copy of a store that is in use, and bring one back.

A backup is a folder: `store.duckdb`, and `manifest.json` with what it must hold: rows and their hash for each table,
the schema, the last change and the last import in it, the hash of the file. The copy is that of one instant: for a
moment nobody writes while the log beside the store is copied; then the file keeps still, and is copied at leisure,
while whoever writes goes on writing to the log. A backup is there wholly or not at all.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from plumbline import sql
from plumbline.errors import NotFound, StoreBusy, StoreError, no_room
from plumbline.files import copy, keep, sha256, whole_folder
from plumbline.store import SCHEMA, Store

FILE, MANIFEST = "store.duckdb", "manifest.json"
KIND = "plumbline_backup"
_QUIET: dict[str, str | bool | int | float | list[str]] = {
    "threads": "1", "memory_limit": "1GB", "autoinstall_known_extensions": "false"
}  # fmt: skip
Progress = Callable[[str, int, int], None]


def backup(store: Store, to: Path, progress: Progress) -> dict[str, Any]:
    """Copy the store, as it is at this instant, into a new folder `to`; gives its manifest. Raises StoreError."""
    if not store.path.is_file():
        raise StoreError("This store is in memory only: there is no file to back up.")
    with whole_folder(to, "backup") as folder:
        _check_room(store.path, folder)
        made = folder / FILE
        log, own_log = _log(made), _log(store.path)
        with store.still(lambda: copy(own_log, log) if own_log.exists() else None):
            size = store.path.stat().st_size  # what the file and its log speak of ends here
            copy(store.handle(), made, lambda done: progress("copying the store", done, size), size)
        progress("checking the copy", 0, 1)
        with closing(_open(made)) as connection:  # takes in the log that came with it
            connection.execute("checkpoint")
            manifest = _described(connection, store.path.name)
        if log.exists():
            raise StoreError("The copy could not be brought to rest, so no backup was made. Try again.")
        manifest |= {"bytes": made.stat().st_size, "sha256": sha256(made)}
        (folder / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
        progress("checking the copy", 1, 1)
    return manifest | {"folder": str(to)}


def restore(source: Path, path: Path, *, replace: bool = False, progress: Progress) -> dict[str, Any]:
    """Put a backup in the place of the store at `path`, after checking every hash; gives its manifest.

    A store that is in use is never touched. One that is there is only replaced where `replace` is set, and is kept
    aside (`kept` in the answer). Raises NotFound, StoreBusy, StoreError; the store is then as it was.
    """
    manifest = read_manifest(source)
    part = path.with_name(f".{path.name}.part-{os.getpid()}")
    if path.exists() and not replace:
        raise StoreError(
            f"There is a store at {path.name} already, so nothing was restored. Name another with --store, or add "
            "--replace: the store that is there is then kept aside."
        )
    with _held(path):
        try:
            progress("copying the backup", 0, 1)
            copy(source / FILE, part)
            progress("checking the copy", 0, 1)
            _check(part, manifest)
            kept = _set_aside(path)
            part.replace(path)
            keep(path.parent)
        except OSError as error:
            if no_room(error):
                raise StoreError("The disk is full, so nothing was restored. Make room, and try again.") from error
            raise StoreError(f"The store can't be written there ({error.strerror}): nothing was restored.") from error
        finally:
            part.unlink(missing_ok=True)
            _log(part).unlink(missing_ok=True)
    progress("checking the copy", 1, 1)
    return manifest | {"store": str(path), "kept": kept}


def read_manifest(source: Path) -> dict[str, Any]:
    """What a backup says about itself. Raises NotFound, or StoreError where it was made by a newer Plumbline."""
    try:
        manifest = dict(json.loads((source / MANIFEST).read_text(encoding="utf-8")))
        if manifest.get("kind") != KIND or not (source / FILE).is_file():
            raise ValueError(source)
    except (OSError, ValueError, TypeError) as error:
        raise NotFound(
            f"{source.name} is no backup: a backup is a folder with {FILE} and {MANIFEST}, as `backup` makes it."
        ) from error
    known = {file.name for file in SCHEMA.glob("[0-9]*.sql")}
    if newer := sorted(set(manifest["schema"]) - known):
        raise StoreError(
            f"The backup was made by a newer Plumbline ({newer[-1]}), so nothing was restored: update this one."
        )
    return manifest


def hashes(connection: Any) -> dict[str, dict[str, Any]]:
    """Rows, and a hash of all rows in whatever order, for each table of the store on this connection."""
    tables = sorted({row["table_name"] for row in sql.rows(connection, "store/columns_by_table")})
    return {table: _hashed(connection, table) for table in tables}


def _hashed(connection: Any, table: str) -> dict[str, Any]:
    """The name is that of a table of ours."""
    rows, total = connection.execute(
        f'select count(*), sum(md5_number_lower(cast(r as varchar))::hugeint)::varchar from "{table}" r'  # noqa: S608
    ).fetchone()
    return {"rows": int(rows), "hash": total or "0"}


def _described(connection: Any, name: str) -> dict[str, Any]:
    head = sql.rows(connection, "store/head_of_log")[0]
    return {
        "kind": KIND,
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "of": name,
        "duckdb": duckdb.__version__,
        "schema": [row["name"] for row in sql.rows(connection, "store/step_by_name")],
        "head": {key: value.isoformat() if isinstance(value, datetime) else value for key, value in head.items()},
        "audit": sql.rows(connection, "audit/head")[0],
        "tables": hashes(connection),
    }


def _check(path: Path, manifest: dict[str, Any]) -> None:
    damaged = "The backup is damaged: {}. Nothing was restored. Take another one."
    if sha256(path) != manifest["sha256"]:
        raise StoreError(damaged.format("its file is not the one that was written"))
    try:
        with closing(_open(path)) as connection:
            found = hashes(connection)
    except duckdb.Error as error:
        raise StoreError(damaged.format("its file can't be read")) from error
    if wrong := sorted(name for name in found | manifest["tables"] if found.get(name) != manifest["tables"].get(name)):
        raise StoreError(damaged.format(f"{', '.join(wrong[:3])} don't hold what they held"))


def _open(path: Path) -> Any:
    return duckdb.connect(str(path), config=_QUIET)


def _log(path: Path) -> Path:
    return path.with_name(path.name + ".wal")


def _check_room(path: Path, folder: Path) -> None:
    log = _log(path)
    needed = path.stat().st_size + 2 * (log.stat().st_size if log.exists() else 0)
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise StoreError(
            f"A backup needs {needed / 1e6:.0f} MB, and {free / 1e6:.0f} MB are free there: none was made. Make room."
        )


@contextmanager
def _held(path: Path) -> Iterator[None]:
    """Nobody else has the store open while this lasts: DuckDB takes the same lock. Raises StoreBusy."""
    if not path.exists():
        yield
        return
    with path.open("r+b") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise StoreBusy(
                f"The store {path.name} is in use, so nothing was restored. Stop what has it open, such as the server."
            ) from error
        yield


def _set_aside(path: Path) -> str | None:
    """Give the store that is there a second name; the first one is then taken over. Its log goes with it."""
    if not path.exists():
        return None
    aside = path.with_name(f"{path.stem}.before-{datetime.now(UTC):%Y%m%d-%H%M%S}{path.suffix}")
    os.link(path, aside)
    with suppress(FileNotFoundError):
        _log(path).rename(_log(aside))
    return str(aside)
