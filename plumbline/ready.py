"""Is this process fit to serve: the store answers, its schema is ours, the record can be written, the disk has room?"""

from __future__ import annotations

import shutil
from contextlib import closing

import duckdb

from plumbline import audit, verify_reference
from plumbline.errors import PlumblineError
from plumbline.store import Store

LEAST_FREE = 64 * 1024 * 1024  # bytes: an import or a checkpoint needs some


def faults(store: Store) -> list[str]:
    """What keeps it from serving, a word each: store, schema, record, disk. None: it is fit.

    Nothing is written: an event is put on record and taken back. While somebody writes, the record is only read, so
    that nobody who asks waits for a long import.
    """
    try:
        with closing(store.cursor()) as cursor:
            found = ["schema"] if verify_reference.steps_that_differ(cursor) else []
    except (duckdb.Error, PlumblineError, OSError):
        return ["store"]
    if not (_is_readable(store) if store.is_writing() else audit.can_write(store)):
        found.append("record")
    if not has_room(store):
        found.append("disk")
    return found


def _is_readable(store: Store) -> bool:
    try:
        with closing(store.cursor()) as cursor:
            return bool(audit.head(cursor))
    except (duckdb.Error, PlumblineError):
        return False


def has_room(store: Store) -> bool:
    """Whether the disk of the store has room for more."""
    try:
        return shutil.disk_usage(store.path.parent).free >= LEAST_FREE
    except OSError:
        return False
