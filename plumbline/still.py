"""How the file of an open store keeps still while it is copied, although people go on writing."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import duckdb

from plumbline.errors import StoreBusy


class StillFile:
    """The part of a store that knows of its file; the store itself gives path, cursors and the writer lock."""

    path: Path
    _writer: Any

    def __init__(self) -> None:
        self._file = threading.Lock()  # held while the file has to keep still, or while it is tidied
        self._handle: int | None = None

    def cursor(self) -> Any:
        """A cursor for one run."""
        raise NotImplementedError

    def handle(self) -> int:
        """The store's file to read from. Never close it, and never open that file in another way: whichever handle of
        this process is closed first takes DuckDB's lock with it, and a second process could open the store.
        """
        if self._handle is None:
            self._handle = os.open(self.path, os.O_RDONLY)
        return self._handle

    @contextmanager
    def still(self, at_start: Callable[[], None]) -> Iterator[None]:
        """While this lasts the file keeps still: what is written goes to the log beside it, and only to its end.

        `at_start` runs while nobody writes, so that the log is whole: writers wait for it, and for nothing else.
        Raises StoreBusy where the file is copied or tidied already.
        """
        if not self._file.acquire(blocking=False):
            raise StoreBusy("The store is being backed up or tidied at this moment. Try again when that is done.")
        try:
            with self._writer, closing(self.cursor()) as cursor:
                cursor.execute("set global checkpoint_threshold = '1 TB'")
                at_start()
            yield
        finally:
            with closing(self.cursor()) as cursor:
                cursor.execute("reset global checkpoint_threshold")
            self._file.release()

    def tidy(self) -> None:
        """Move what is in the log into the file; later, where the file has to keep still or somebody writes."""
        if self._file.acquire(blocking=False):
            try:
                with closing(self.cursor()) as cursor, suppress(duckdb.Error):
                    cursor.execute("checkpoint")
            finally:
                self._file.release()
