"""Files and folders that are there wholly or not at all: made under another name beside, then renamed."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from plumbline.errors import PlumblineError, StoreError, no_room

CHUNK = 8 * 1024 * 1024


@contextmanager
def whole_folder(to: Path, what: str) -> Iterator[Path]:
    """A folder to fill; it gets its name when the block ends well, else nothing of it stays.

    `what`: the word for it in an error, such as backup. An empty folder of that name is taken. Raises StoreError.
    """
    _refuse(to, what)
    part = to.with_name(f".{to.name}.part-{os.getpid()}")
    try:
        _forget_broken(to)
        part.mkdir(mode=0o700)
        yield part
        for file in sorted(part.rglob("*")):
            keep(file)
        if to.exists():
            to.rmdir()
        part.rename(to)
        keep(to.parent)
    except BaseException as error:
        shutil.rmtree(part, ignore_errors=True)
        if no_room(error):
            raise StoreError(f"The disk is full, so no {what} was made. Make room on it, or name another.") from error
        if isinstance(error, OSError) and not isinstance(error, PlumblineError):
            raise StoreError(f"The {what} can't be written there ({error.strerror}): name another folder.") from error
        raise


def _refuse(to: Path, what: str) -> None:
    """Raises StoreError for a folder that is taken, lacks the one around it, or can't be looked at."""
    try:
        is_taken = to.exists() and not (to.is_dir() and not any(to.iterdir()))
        is_placed = to.parent.is_dir()
    except OSError as error:
        raise StoreError(f"The {what} can't be written there ({error.strerror}): name another folder.") from error
    if is_taken:
        said = to.name or to
        raise StoreError(f"{said} is there already, so nothing was written: name a folder that isn't there yet.")
    if not is_placed:
        raise StoreError(f"The folder in which {to.name} should be doesn't exist: make it first.")


def _forget_broken(to: Path) -> None:
    """Remove what a killed process has left of the same name."""
    for part in to.parent.glob(f".{to.name}.part-*"):
        pid = part.name.rpartition("-")[2]
        if pid.isdigit() and int(pid) != os.getpid() and not _runs(int(pid)):
            shutil.rmtree(part, ignore_errors=True)


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def keep(path: Path) -> None:
    """Wait until a file or folder is on its disk."""
    with suppress(PermissionError):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def copy(
    source: Path | int, target: Path, progress: Callable[[int], None] | None = None, most: int = 1 << 62
) -> None:
    """Copy a file (its path, or a handle) piece by piece, each on its disk before the next, so that whoever else
    writes there hardly waits. At most so many bytes: a file that is written to may grow as quickly as it is copied.
    """
    handle = source if isinstance(source, int) else os.open(source, os.O_RDONLY)
    done = 0
    try:
        with target.open("wb") as written:
            while piece := os.pread(handle, min(CHUNK, most - done), done):
                written.write(piece)
                written.flush()
                os.fsync(written.fileno())
                done += len(piece)
                if progress is not None:
                    progress(done)
    finally:
        if handle is not source:
            os.close(handle)
    target.chmod(0o600)


def sha256(path: Path) -> str:
    """The hash of a file's bytes."""
    with path.open("rb") as read:
        return hashlib.file_digest(read, "sha256").hexdigest()
