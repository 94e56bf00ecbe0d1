"""What an account has seen and what has left, kept in the store: bounded, and there after a restart.

Of each group that was shown two rows stay, the first and the last: what is the same is known already. The newest
`views_kept` of an account (of what leaves: of all accounts) are kept, and an account adds `views_a_day` at most, so
that nobody makes it forget at one sitting. Source of both: data/reference/comparison_value.csv.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any

from plumbline import sql
from plumbline.cohorts.definition import Definition
from plumbline.cohorts.filters import DefinitionError
from plumbline.cohorts.small import counted
from plumbline.cohorts.views import View
from plumbline.store import Store

SEEN, LEFT = "seen", "left"
_DAY = timedelta(days=1)  # the day of a clinic may lag behind UTC


@dataclass(frozen=True)
class Kept:
    """A group that was shown: when, to whom, and as it was known at which instant (UTC; None: as it was then).

    `is_of_its_day`: as of the day on which it was looked at, so that the next day's is the same and no choice.
    """

    row_key: str
    at: datetime
    by: str
    view: View
    is_of_its_day: bool
    instant: datetime | None

    @property
    def identity(self) -> tuple[Any, ...]:
        """The same for what tells the same."""
        day = None if self.is_of_its_day else self.view.as_of
        return self.view.definition.text, self.view.clinics, self.view.without, day, self.instant


@lru_cache(maxsize=4096)
def _definition(text: str) -> Definition:
    """Read again and again, and the same each time."""
    return Definition(text)


def most() -> int:
    """So many different groups are kept in mind."""
    return counted("views_kept")


def a_day() -> int:
    """So many that weren't among these an account may look at, or take out, within a day."""
    return counted("views_a_day")


def earlier(store: Store, by: str, kind: str) -> list[Kept]:
    """What was seen by the same account, or what has left by anybody's hand, the oldest first."""
    with closing(store.cursor()) as cursor:
        rows = sql.rows(cursor, "cohort/release_by_time", kind=kind, released_by=by if kind == SEEN else None)
    found = []
    for row in rows:
        clinics = None if row["clinics"] is None else tuple(row["clinics"])
        try:
            told, without = _definition(row["definition"]), tuple(_definition(one) for one in row["without"])
        except DefinitionError:
            continue  # changed by hand: `verify` names it
        view, at = View(told, row["as_of"], clinics, without), row["released_at"]
        is_of_its_day = row["instant"] is None and row["as_of"] >= at.date() - _DAY
        found.append(Kept(row["row_key"], at, row["released_by"], view, is_of_its_day, row["instant"]))
    return found[::-1]


def as_of_today(kept: Sequence[Kept], as_of: date) -> list[View]:
    """Each as of its day, or as of this one where that is today and it was looked at as of its own: the newest first.

    Days that pass are no filter.
    """
    is_today = as_of >= datetime.now(UTC).date() - _DAY
    views = [
        View(one.view.definition, as_of, one.view.clinics, one.view.without)
        if one.is_of_its_day and is_today else one.view
        for one in reversed(kept) if one.instant is None
    ]  # fmt: skip
    return list(dict.fromkeys(views))


def added_today(kept: Sequence[Kept], by: str) -> int:
    """How many groups that were new then an account has added within a day."""
    since = datetime.now(UTC).replace(tzinfo=None) - _DAY
    first: dict[tuple[Any, ...], Kept] = {}
    for one in kept:
        first.setdefault(one.identity, one)
    return sum(one.at > since and one.by == by for one in first.values())


def keep(store: Store, by: str, kind: str, views: Sequence[View], instant: datetime | None = None) -> None:
    """Keep in mind that these groups were shown together; what is too old, or stands between two of the same, goes."""
    with store.write(quietly=True) as cursor:
        at = store.stamp()
        for view in views:
            sql.run(
                cursor, "cohort/add_release",
                released_at=at, released_by=by, kind=kind if instant is None else f"{kind}@{instant.isoformat()}",
                as_of=view.as_of, definition=view.definition.text,
                clinics=None if view.clinics is None else list(view.clinics), digest=view.definition.digest,
                without=[one.text for one in view.without],
            )  # fmt: skip
    if gone := _spare(earlier(store, by, kind)):
        with store.write(quietly=True) as cursor:
            sql.run(cursor, "cohort/remove_release", row_keys=gone)


def _spare(kept: Sequence[Kept]) -> list[str]:
    same: dict[tuple[Any, ...], list[Kept]] = {}
    for one in kept:
        same.setdefault(one.identity, []).append(one)
    newest = sorted(same.values(), key=lambda rows: rows[-1].at, reverse=True)
    between = [one for rows in newest[: most()] for one in rows[1:-1]]
    return [one.row_key for one in (*between, *(row for rows in newest[most() :] for row in rows))]
