"""Two addresses for whoever looks after the machine: `/health`, the process answers; `/ready`, it can serve.

They need no sign-in and tell nothing but that one word: why it isn't ready stands in the log.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from plumbline import log, ready
from plumbline.errors import PlumblineError
from plumbline.store import Store

KEPT_SECONDS = 1.0  # who asks more often gets the same answer: asking must not keep writers waiting


class Health:
    """Answers both addresses. `store` gives the open store, or raises PlumblineError."""

    def __init__(self, store: Callable[[], Store]) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._asked_at = float("-inf")
        self._faults: list[str] = []

    def routes(self) -> list[Route]:
        """The addresses, for app.py."""
        return [Route("/health", self.alive), Route("/ready", self.ready)]

    async def alive(self, _request: Request) -> Response:
        """200: the process answers. Says nothing of the store."""
        return PlainTextResponse("up")

    def ready(self, _request: Request) -> Response:
        """200: it can serve; else 503. Runs on a thread of its own, as the store may take its time."""
        return PlainTextResponse("not ready", 503) if self.faults() else PlainTextResponse("ready")

    def faults(self) -> list[str]:
        """What is wrong, looked at anew at most once a second; a change goes to the log."""
        with self._lock:
            if time.monotonic() - self._asked_at < KEPT_SECONDS:
                return self._faults
            before, self._faults = self._faults, self._look()
            self._asked_at = time.monotonic()
            if self._faults != before:
                level = logging.ERROR if self._faults else logging.INFO
                log.event("not_ready" if self._faults else "ready", level, lacks=" ".join(self._faults) or None)
            return self._faults

    def _look(self) -> list[str]:
        try:
            return ready.faults(self._store())
        except PlumblineError:
            return ["store"]
