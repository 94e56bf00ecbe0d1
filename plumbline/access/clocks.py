"""Two clocks: one that nobody can set, which ends with its process, and the one on the wall, which a restart knows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

SET_BY = timedelta(milliseconds=5)  # the clocks moved apart by more: somebody set the one on the wall


class Clocks:
    """`steady`: seconds that only go on. `wall`: UTC, without a zone; somebody may set it."""

    def __init__(self, steady: Callable[[], float], wall: Callable[[], datetime]) -> None:
        self.steady, self.wall = steady, wall
        self._zero = self.on_wall(0)

    def on_wall(self, at: float) -> datetime:
        """What the clock on the wall, as it is set now, says of a moment of the steady one."""
        return self.wall() + timedelta(seconds=at - self.steady())

    def was_set(self) -> bool:
        """Whether somebody set the clock on the wall since this was last asked, forward or back."""
        before, self._zero = self._zero, self.on_wall(0)
        return abs(self._zero - before) > SET_BY
