"""Beside the pages: a link that is no longer good is left within a second, and what is over of links is put away."""

from __future__ import annotations

import threading
import time

from plumbline.sharing import sweeping
from plumbline.sharing.sessions import LinkSessions
from plumbline.store import Store
from plumbline.trail import report

LOOK_SECONDS = 0.4
SWEEP_SECONDS = 60.0


class ShareKeeper:
    """A thread that looks at open links often, and asks the store only where somebody wrote into it."""

    def __init__(self, store: Store, shares: LinkSessions) -> None:
        self._store, self._shares = store, shares
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._keep, daemon=True, name="link keeper")
        self._thread.start()

    def _keep(self) -> None:
        swept = float("-inf")
        while not self._stop.wait(LOOK_SECONDS):
            try:
                self._shares.look()
                if time.monotonic() - swept >= SWEEP_SECONDS:
                    swept = time.monotonic()
                    self._shares.sweep()
                    sweeping.sweep(self._store)
            except Exception as error:  # it is tried again, and every request looks for itself
                if not self._stop.is_set():
                    report(error)

    def close(self) -> None:
        """Stop, before the store is closed."""
        self._stop.set()
        self._thread.join()
