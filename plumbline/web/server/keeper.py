"""Beside the pages, at the start and when the clinics' day changes: today's worklist is worked out, old drafts go;
every half minute what is over of sessions is ended.
"""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime

from plumbline import worklist
from plumbline.access.sessions import Sessions
from plumbline.entry import drafts
from plumbline.store import Store
from plumbline.trail import report
from plumbline.web import instant

LOOK_SECONDS = 30.0


class Keeper:
    """A thread that has today's lines ready before anybody asks; a page that is quicker waits for the same work."""

    def __init__(self, store: Store, sessions: Sessions | None = None) -> None:
        self._store = store
        self._sessions = sessions
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._keep, daemon=True, name="worklist keeper")
        self._thread.start()

    def _keep(self) -> None:
        done: date | None = None
        while not self._stop.is_set():
            try:
                if self._sessions:
                    self._sessions.sweep()
                day = instant.local(datetime.now(UTC), instant.zone_of(self._store)).date()
                if day != done:
                    drafts.forget_old(self._store)
                    worklist.make_ready(self._store, day)
                    done = day
            except Exception as error:  # the next page that asks tries again, and says what is wrong
                if not self._stop.is_set():
                    report(error)
            self._stop.wait(LOOK_SECONDS)

    def close(self) -> None:
        """Stop, in the middle of the work if need be: what is half done is done again at the next start."""
        self._stop.set()
        while self._thread.is_alive():
            worklist.interrupt(self._store)
            self._thread.join(0.1)
