"""So many a minute and no more: what anybody can cause, such as a row on record for a guess, must not fill the disk."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable

SECONDS = 60.0


class Sparing:
    """Counts what happened within the last minute. Safe to ask from any thread."""

    def __init__(self, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._times: deque[float] = deque(maxlen=most)
        self._lock = threading.Lock()

    def may(self) -> bool:
        """Whether one more is within the limit; only those that are count."""
        now = self._clock()
        with self._lock:
            if len(self._times) == self._times.maxlen and self._times[0] > now - SECONDS:
                return False
            self._times.append(now)
            return True
