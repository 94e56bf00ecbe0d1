"""Keep the worklist's lines true: worked out once for a day, then made anew for the patients whose facts change.

A line depends on the facts, the rules and its date, never on today. `summary.refresh` marks whom a write touches, in
the writer's transaction; whoever reads next has those few lines made anew first. So a read is always what the verdict
itself would say (a test compares both), and costs no more with a million patients than with a thousand.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Any
from weakref import WeakKeyDictionary

import duckdb

from plumbline import flag_runs, sql
from plumbline.store import Store

DAYS_KEPT = 3
REMADE_AT_LEAST, REMADE_SHARE = 100, 0.1  # of a day's lines: beyond both, the whole day is worked out again
RULES = "worklist_rules"


@dataclass(frozen=True)
class Ready:
    """A day whose lines were true at a revision of the store; `remade`: lines made anew since it was worked out."""

    revision: int
    remade: int


@dataclass
class _Kept:
    """What this process knows of one store's days, and in which turn they were asked for."""

    days: dict[date, Ready] = field(default_factory=dict)
    asked: dict[date, int] = field(default_factory=dict)
    turns: Iterator[int] = field(default_factory=count)
    lock: threading.Lock = field(default_factory=threading.Lock)
    working: Any = None
    is_checked: bool = False


_KEPT: WeakKeyDictionary[Store, _Kept] = WeakKeyDictionary()
_KEPT_LOCK = threading.Lock()


def _kept(store: Store) -> _Kept:
    with _KEPT_LOCK:
        return _KEPT.setdefault(store, _Kept())


def is_kept(store: Store, as_of: date) -> bool:
    """Whether the lines of this day are still there, for whoever has just read them."""
    return as_of in _kept(store).days


def make_ready(store: Store, as_of: date) -> Ready:
    """Have the lines of this day there and true: works the day out, or makes anew what has changed since."""
    kept = _kept(store)
    kept.asked[as_of] = next(kept.turns)
    found = kept.days.get(as_of)
    if found is not None and found.revision == store.revision:
        return found
    with kept.lock:
        if not kept.is_checked and not store.is_past:
            _check_rules(store)
            kept.is_checked = True
        flag_runs.refresh(store, answered=True)  # whether a flag is in hand is part of a line
        day = _day(store, as_of)
        if day is None or not day["is_ready"] or _is_worn(day):
            while not _work_out(store, as_of):
                pass
        _forget_oldest(store, kept, as_of)
        kept.days[as_of] = _remake_stale(store, as_of)
        return kept.days[as_of]


def _is_worn(day: dict[str, Any]) -> bool:
    """So much was remade, or is to be, that working out the whole day costs less."""
    return bool(day["remade"] + day["stale"] > REMADE_AT_LEAST + REMADE_SHARE * day["courses"])


def interrupt(store: Store) -> None:
    """Break off the working out of a day, if there is one: the store is about to close."""
    working = _kept(store).working
    if working is not None:
        with suppress(duckdb.Error):  # it has just ended by itself
            working.interrupt()


def _day(store: Store, as_of: date) -> dict[str, Any] | None:
    with closing(store.cursor()) as cursor:
        return next((row for row in sql.rows(cursor, "worklist/day_by_date") if row["as_of"] == as_of), None)


def _check_rules(store: Store) -> None:
    """Lines worked out by another version of the rules' text are none: forget them."""
    texts = [sql.compose(name) for name in ("worklist/add_fresh_lines", "worklist/add_fresh_closed")]
    digest = hashlib.sha256("".join(texts).encode()).hexdigest()
    if store.meta(RULES) != digest:
        with store.derive() as cursor:
            sql.run(cursor, "worklist/remove_days")
        store.set_meta(RULES, digest)


def _work_out(store: Store, as_of: date) -> bool:
    """Work out a whole day beside the writers, then store it in one short write. False: all of it changed meanwhile."""
    with store.derive(quietly=True) as cursor:
        sql.run(cursor, "worklist/remove_day_of_date", as_of=as_of)
        sql.run(cursor, "worklist/remove_stale_of_date", as_of=as_of)
        sql.run(cursor, "worklist/add_day", as_of=as_of)
    # facts that change from here on are noted as stale; what is read now holds everything before
    with closing(store.cursor()) as cursor:
        _kept(store).working = cursor
        sql.run(cursor, "worklist/open_fresh")
        sql.run(cursor, "worklist/add_fresh_closed", as_of=as_of, episode_id=None)
        sql.run(cursor, "worklist/narrow_to_open")
        sql.run(cursor, "worklist/add_fresh_lines", as_of=as_of, episode_id=None)
        sql.run(cursor, "worklist/widen")
        _kept(store).working = None
        with store.derive(on=cursor, quietly=True):
            is_there = any(row["as_of"] == as_of for row in sql.rows(cursor, "worklist/day_by_date"))
            if is_there:
                sql.run(cursor, "worklist/remove_line_of_date", as_of=as_of)
                sql.run(cursor, "worklist/remove_count_of_date", as_of=as_of)
                sql.run(cursor, "worklist/add_lines", as_of=as_of, is_whole=True)
                sql.run(cursor, "worklist/add_counts", as_of=as_of)
                sql.run(cursor, "worklist/set_places", as_of=as_of)
                sql.run(cursor, "worklist/set_turns", as_of=as_of)
                sql.run(cursor, "worklist/set_ready", as_of=as_of)
    return is_there


def _remake_stale(store: Store, as_of: date) -> Ready:
    """Make the lines anew of whoever changed since."""
    revision = store.revision
    day = _day(store, as_of)
    if day is None or not day["stale"]:
        return Ready(revision, day["remade"] if day else 0)
    with store.derive() as cursor:
        sql.run(cursor, "worklist/open_fresh")
        sql.run(cursor, "worklist/narrow_to_stale", as_of=as_of)
        sql.run(cursor, "worklist/add_fresh_lines", as_of=as_of, episode_id=None)
        sql.run(cursor, "worklist/widen")
        sql.run(cursor, "worklist/add_counts_back", as_of=as_of)
        gone = _count(sql.run(cursor, "worklist/remove_stale_lines", as_of=as_of))
        sql.run(cursor, "worklist/add_lines", as_of=as_of, is_whole=False)
        sql.run(cursor, "worklist/add_counts", as_of=as_of)
        moved = _count(sql.run(cursor, "worklist/set_places", as_of=as_of))
        sql.run(cursor, "worklist/set_remade", as_of=as_of, more=gone + moved)
        sql.run(cursor, "worklist/remove_stale", as_of=as_of)
        sql.run(cursor, "worklist/close_fresh")
        remade = next(row["remade"] for row in sql.rows(cursor, "worklist/day_by_date") if row["as_of"] == as_of)
        # the writer's lock is ours: nobody else can have changed anything up to the revision that this write makes
        return Ready(store.revision + 1, remade)


def move_places(cursor: Any) -> None:
    """A clinic's amber budget has changed, nobody's facts have: say anew which flags are urgent, on every day that is
    worked out. Inside the writer's transaction; a day that is being worked out does it by itself.
    """
    for day in sql.rows(cursor, "worklist/day_by_date"):
        if day["is_ready"]:
            moved = _count(sql.run(cursor, "worklist/set_places", as_of=day["as_of"]))
            sql.run(cursor, "worklist/set_remade", as_of=day["as_of"], more=moved)


def _count(result: Any) -> int:
    """How many rows a write changed."""
    return int(result.fetchone()[0])


def _forget_oldest(store: Store, kept: _Kept, as_of: date) -> None:
    """Keep the days asked for last, by this process; those of an earlier one go first."""
    with closing(store.cursor()) as cursor:
        there = [row["as_of"] for row in sql.rows(cursor, "worklist/day_by_date") if row["as_of"] != as_of]
    there.sort(key=lambda day: kept.asked.get(day, -1))
    for day in there[: max(0, len(there) + 1 - DAYS_KEPT)]:
        kept.days.pop(day, None)
        kept.asked.pop(day, None)
        # not quietly: who reads at this moment must not keep an empty answer
        with store.derive() as cursor:
            sql.run(cursor, "worklist/remove_day_of_date", as_of=day)
            sql.run(cursor, "worklist/remove_stale_of_date", as_of=day)
            sql.run(cursor, "worklist/remove_line_of_date", as_of=day)
            sql.run(cursor, "worklist/remove_count_of_date", as_of=day)
