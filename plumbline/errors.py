"""The one family of errors that a person may read: each says what happened and what to do."""

import errno

_FULL = ("No space left on device", "Disk quota exceeded", "File too large", "out of disk space")
_FULL_CODES = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class PlumblineError(Exception):
    """Something that the reader can act on; the message is safe to show and holds no patient data."""


class StoreError(PlumblineError):
    """The store can't be opened, migrated or written."""


class StoreBusy(StoreError):
    """Another process has the store open; it may soon be free, or answer on its socket."""


class ImportRefused(PlumblineError):
    """Nothing of an import could be done; the store is untouched."""


class NotFound(PlumblineError):
    """What was asked for isn't in the store."""


class NotAllowed(PlumblineError):
    """The role may not do this."""


class Stopped(PlumblineError):
    """Ctrl-C; the message says what became of the work."""


class ConfigError(PlumblineError):
    """The start-up settings are missing or contradict each other."""


def disk_full(error: BaseException) -> StoreError | None:
    """What a full disk did to the store, where that is what DuckDB says: whether it was saved, and what to do."""
    said = str(error) if "duckdb" in type(error).__module__ else ""
    if "has been invalidated" in said:
        return StoreError(
            "The store has stopped, most likely because its disk is full. What was saved is safe. Make room, then stop "
            "Plumbline and start it again."
        )
    if not any(full in said for full in _FULL):
        return None
    if "COMMIT succeeded" in said:
        return StoreError(
            "It was saved, but now the disk is full and the store has stopped. Make room, then stop Plumbline and "
            "start it again."
        )
    return StoreError("The disk is full: nothing was saved. Make room on it, and save again.")


def no_room(error: BaseException) -> bool:
    """Whether a file could not be written because its disk is full."""
    said = str(error) if "duckdb" in type(error).__module__ else ""
    return (isinstance(error, OSError) and error.errno in _FULL_CODES) or any(full in said for full in _FULL)
