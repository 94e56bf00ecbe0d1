"""Which counts of a comparison may be shown: of each group procedures, due and received by visit, and measured."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from plumbline.cohorts.small import Ledger, is_near, is_small
from plumbline.compare.model import Comparison, Share


@dataclass(frozen=True)
class Told:
    """Received of those due at a visit: as they are, and as they may be shown."""

    received: int | None
    due: int | None
    shown_received: int | None
    shown_due: int | None
    is_few: bool  # received by so few that nothing of them is told

    @property
    def is_whole(self) -> bool:
        """Whether both are shown."""
        return self.shown_received is not None and self.shown_due is not None

    @property
    def missing(self) -> int | None:
        """Due and not received."""
        return None if self.due is None or self.received is None else self.due - self.received


class Counts:
    """Of each group what may be shown: a figure keeps its count where it can, and rather loses how many were due."""

    def __init__(self, found: Comparison, limit: int, also: Collection[tuple[str, str]] = ()) -> None:
        self.found, self.limit, self.also = found, limit, also
        self._ledgers = {group.key: Ledger(limit) for group in found.groups}
        for group in found.groups:
            self._ledgers[group.key].take(group.episodes)
        self.at: dict[tuple[str, str], Told] = {}
        for point in found.curve:
            self.at[point.group, point.visit] = self._told(point.group, point.visit, point.answered, point.due)
        for row in found.answered:
            if (row.group, row.visit) not in self.at:
                self.at[row.group, row.visit] = self._told(row.group, row.visit, row.received, row.due)
        self.main = found.question.visit
        for group in found.groups:  # no point at a visit: nobody of any group was due
            self.at.setdefault((group.key, self.main), Told(0, 0, 0, 0, False))

    def _told(self, group: str, visit: str, received: int | None, due: int | None) -> Told:
        ledger, limit = self._ledgers[group], self.limit
        if (group, visit) in self.also:
            return Told(received, due, None, None, is_small(received, limit) or is_small(due, limit))
        shown_due = None if is_small(due, limit) else due
        if received == 0:
            return Told(0, due, 0, shown_due, False)
        if received is None or is_small(received, limit) or is_small(due, limit):
            return Told(received, due, None, shown_due, True)
        if not ledger.fits(received) or (is_near(received, due, limit) and ledger.holds(due)):
            return Told(received, due, None, shown_due, False)
        return Told(received, due, received, None if is_near(received, due, limit) else due, False)

    def of(self, group: str, visit: str) -> Told:
        """At a visit; nothing of it is shown where it isn't known."""
        return self.at.get((group, visit), Told(None, None, None, None, True))

    def measured(self, one: Share) -> int | None:
        """How many were measured, where that may be shown."""
        return self.within(one.group, one.measured)

    def within(self, group: str, number: int | None, *beside: int | None) -> int | None:
        """A count of procedures of a group, where it may be shown beside these."""
        main = self.of(group, self.main)
        fits = self._ledgers[group].fits(number, main.shown_received, main.shown_due, *beside)
        return number if fits else None

    def is_counted(self, one: Share) -> bool:
        """Whether a share's count may be told: neither it nor the rest of those measured is small."""
        if (one.group, one.kind) in self.also:
            return False
        if one.count is None or one.measured is None or is_small(one.measured, self.limit):
            return False
        return not is_small(one.count, self.limit) and not is_near(one.count, one.measured, self.limit)

    def share(self, group: str, kind: str) -> Share | None:
        """The share of a group, as it is."""
        return next((one for one in self.found.shares if (one.group, one.kind) == (group, kind)), None)
