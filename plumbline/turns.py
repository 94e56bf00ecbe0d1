"""One writer at a time: whose turn it is, how long one waits for it, and whether one may still write when it comes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from plumbline.errors import StoreBusy

MAY_WRITE: ContextVar[Callable[[], None] | None] = ContextVar("may_write", default=None)
"""Asked once the writer's turn has come, by whoever wrote it here; raises where they may no longer write."""


class Turns:
    """The writer's lock of a store; whoever has the turn may take it again."""

    def __init__(self) -> None:
        self._lock = threading.RLock()

    def __enter__(self) -> Turns:
        self._lock.acquire()
        return self

    def __exit__(self, *_: object) -> None:
        self._lock.release()

    def is_taken(self) -> bool:
        """Whether somebody else has the turn at this moment."""
        if is_free := self._lock.acquire(blocking=False):
            self._lock.release()
        return not is_free

    @contextmanager
    def take(self, wait: float) -> Iterator[None]:
        """Have the turn; `wait`: seconds for which to wait for it, -1 for ever. Raises StoreBusy after that."""
        if not self._lock.acquire(timeout=wait):
            raise StoreBusy("The store is being written to, and this took too long to wait for. Try again in a minute.")
        try:
            if may_write := MAY_WRITE.get():
                may_write()
            yield
        finally:
            self._lock.release()
