"""Somebody who writes for long, an import say: what others get meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from plumbline.store import Store

LONGEST = 60.0  # seconds, should a test forget them


@contextmanager
def somebody_writes(store: Store) -> Iterator[threading.Event]:
    """Hold the store's writing turn while the block runs, or until it sets the event that it gets."""
    began, done = threading.Event(), threading.Event()

    def write() -> None:
        with store.write():
            began.set()
            done.wait(LONGEST)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert began.wait(LONGEST)
        yield done
    finally:
        done.set()
        writer.join()
