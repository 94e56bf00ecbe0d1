"""Sessions: who is signed in, until when. Held in memory, kept in the store, so that a restart signs nobody out.

What the browser holds is 256 random bits; the store and the memory know only their SHA-256, the session's handle. A
session ends when nobody used it for `idle`, at `absolute` after its begin, when its person signs out, and when its
account changes. Time is told by a clock that nobody can set back; across a restart by the wall clock, where one that
went back ends the session. Where the wall clock is set while this process runs, the next sweep tells the store the same
moments by its new time.
"""

from __future__ import annotations

import hashlib
import math
import secrets
import threading
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from plumbline import audit, sql
from plumbline.access import accounts
from plumbline.access.accounts import Account
from plumbline.access.clocks import Clocks
from plumbline.errors import NotAllowed
from plumbline.store import Store
from plumbline.trail import report
from plumbline.turns import MAY_WRITE

IDLE = timedelta(minutes=15)
WARN = timedelta(minutes=13)
ABSOLUTE = timedelta(hours=8)
ENDED_KEPT = 1000
MOST_SESSIONS = 10  # of one account at once
WAIT_SECONDS = 8.0  # for which a sign-in waits for an import


@dataclass
class Session:
    """One person in one browser. `used_at`, `ends_at`: on the monotonic clock, in seconds."""

    handle: str
    account: Account
    address: str | None
    used_at: float
    ends_at: float
    unsaved: bool = False
    watchers: list[Callable[[str], None]] = field(default_factory=list)

    @property
    def actor(self) -> audit.Actor:
        """Who it is, for the record."""
        return audit.Actor(self.account.account_id, self.account.role, session=self.handle[:12], address=self.address)


def handle_of(token: str) -> str:
    """The handle of what a browser holds."""
    return hashlib.sha256(token.encode("utf-8", "surrogateescape")).hexdigest()


class Sessions:
    """All live sessions of the serving process. Safe to ask from any thread."""

    _most_unwritten = math.inf  # ends that wait to be put down

    def __init__(
        self,
        store: Store,
        *,
        idle: timedelta | None = None,
        absolute: timedelta | None = None,
        clock: Callable[[], float] = time.monotonic,
        wall: Callable[[], datetime] = lambda: datetime.now(UTC).replace(tzinfo=None),
    ) -> None:
        self.store = store
        self._idle, self._absolute = (idle or IDLE).total_seconds(), (absolute or ABSOLUTE).total_seconds()
        self._clocks = Clocks(clock, wall)
        self._lock = threading.RLock()
        self._live: dict[str, Session] = {}
        self._ended: dict[str, str] = {}
        self._unwritten: dict[str, tuple[Session, str]] = {}
        self._resume()

    def _resume(self) -> None:
        """Go on with what was live before a restart, and hear of changed accounts."""
        self._load()
        accounts.on_change(self.store, self._account_changed)

    def begin(self, account: Account, address: str | None) -> str:
        """Sign somebody in, on record first; gives what their browser is to hold. Raises PlumblineError.

        The account is read once more as the session is written: what was changed meanwhile holds, and ends it later.
        """
        token = secrets.token_urlsafe(32)
        now = self._clocks.steady()
        session = Session(handle_of(token), account, address, now, now + self._absolute)
        audit.record(self.store, "sign_in", session.actor, ("account", account.account_id), wait=WAIT_SECONDS)
        with self.store.write(quietly=True, wait=WAIT_SECONDS) as cursor:
            if accounts.open_account(cursor, *account.identity) != account:
                raise NotAllowed("What you may see has just been changed: sign in again.")
            sql.run(
                cursor, "session/add_session",
                session=session.handle, account_id=account.account_id, address=address, started_at=self._clocks.wall(),
                ends_at=self._clocks.wall() + timedelta(seconds=self._absolute),
            )  # fmt: skip
            with self._lock:  # while nobody else writes: a change that comes after finds it
                self._live[session.handle] = session
        self._end_beyond(account.account_id)
        return token

    def _end_beyond(self, account_id: str) -> None:
        """An account is in so many browsers at once: the one that came first leaves."""
        own = [one for one in self.live() if one.account.account_id == account_id]
        for session in sorted(own, key=lambda one: one.ends_at)[:-MOST_SESSIONS]:
            self.end(session.handle, "too_many")

    def of_token(self, token: str | None) -> Session | None:
        """The live session of what a browser holds; None where it holds nothing good."""
        return self.of_handle(handle_of(token)) if token else None

    def of_handle(self, handle: str | None) -> Session | None:
        """The live session of a handle. Reads memory alone; one that is over by its time is none any more."""
        with self._lock:
            session = self._live.get(handle or "")
        return session if session is not None and self.over(session) is None else None

    def ended_why(self, token: str | None) -> str | None:
        """Why the session of what a browser holds ended, where it did in this process; None: never heard of."""
        with self._lock:
            return self._ended.get(handle_of(token)) if token else None

    def use(self, session: Session) -> None:
        """Its person did something: the idle time begins anew."""
        session.used_at = self._clocks.steady()
        session.unsaved = True

    def left(self, session: Session) -> float:
        """Seconds until it ends if nobody does anything."""
        return min(session.used_at + self._idle, session.ends_at) - self._clocks.steady()

    def over(self, session: Session) -> str | None:
        """Why a session is over by its time; None: it isn't."""
        now = self._clocks.steady()
        if now >= session.ends_at:
            return "absolute"
        return "idle" if now >= session.used_at + self._idle else None

    def end(self, handle: str, why: str) -> None:
        """End a session now and tell every open page of it; on record. `why`: as ended_why in session/end_session."""
        self._end([handle], why)

    def end_all_of(self, account_id: str, why: str) -> int:
        """End every session of an account, wherever it is signed in; gives how many there were."""
        handles = [one.handle for one in self.live() if one.account.account_id == account_id]
        return self._end(handles, why)

    def _end(self, handles: list[str], why: str) -> int:
        """All are out before the first is written down, which can take its time or fail."""
        with self._lock:
            gone = [session for handle in handles if (session := self._live.pop(handle, None))]
            self._ended.update({session.handle: why for session in gone})
            for old in list(self._ended)[:-ENDED_KEPT]:
                del self._ended[old]
        for session in gone:
            for tell in list(session.watchers):
                with suppress(Exception):  # a browser that has left hears nothing, and keeps nobody signed in
                    tell(why)
        for session in gone:
            self._note_end(session, why)
        return len(gone)

    def _note_end(self, session: Session, why: str) -> None:
        """Put an end down; where that fails, the next sweep tries again."""
        event = "sign_out" if why in {"sign_out", "everywhere"} else "session_ended"
        asked = MAY_WRITE.set(None)  # that somebody is out is written whoever asks
        try:
            self._put_down(session, event, why)
        except Exception as error:
            if not isinstance(error, audit.AuditFailed):
                report(error)
            if len(self._unwritten) < self._most_unwritten:
                self._unwritten[session.handle] = (session, why)
        finally:
            MAY_WRITE.reset(asked)

    def _put_down(self, session: Session, event: str, why: str) -> None:
        """On record and into the store; an end that can't be put on record is an end in the store all the same."""
        with suppress(audit.AuditFailed):
            audit.record(self.store, event, session.actor, result=why)
        with self.store.write(quietly=True) as cursor:
            sql.run(cursor, "session/end_session", session=session.handle, ended_at=self._clocks.wall(), why=why)

    def live(self) -> list[Session]:
        """The sessions that nothing has ended yet; one may be over by its time."""
        with self._lock:
            return list(self._live.values())

    def sweep(self) -> None:
        """End what is over by its time, and keep in the store when each was last used and what ended."""
        live = self.live()
        if self._clocks.was_set():
            for session in live:
                session.unsaved = True
        for why in ("absolute", "idle"):
            self._end([session.handle for session in live if self.over(session) == why], why)
        for handle in list(self._unwritten):
            self._note_end(*self._unwritten.pop(handle))
        self._store_used([one for one in live if one.unsaved])

    def _store_used(self, used: list[Session]) -> None:
        on_wall = self._clocks.on_wall
        if used:
            with self.store.write(quietly=True) as cursor:
                for session in used:
                    session.unsaved = False
                    sql.run(
                        cursor, "session/see_session", session=session.handle,
                        seen_at=on_wall(session.used_at), ends_at=on_wall(session.ends_at),
                    )  # fmt: skip

    def count(self, account_id: str) -> int:
        """In how many browsers an account is signed in."""
        return sum(one.account.account_id == account_id for one in self.live())

    def _account_changed(self, account_id: str) -> None:
        self.end_all_of(account_id, "account")

    def _load(self) -> None:
        now, wall = self._clocks.steady(), self._clocks.wall()
        with closing(self.store.cursor()) as cursor:
            rows = sql.rows(cursor, "session/open_by_start")
        for row in rows:
            if row["seen_at"] > wall or row["started_at"] > wall:
                self._close_row(row, "restart")
                continue
            used = now - (wall - row["seen_at"]).total_seconds()
            ends = min(now + (row["ends_at"] - wall).total_seconds(), used + self._absolute)
            session = Session(row["session"], accounts.account_of(row), row["address"], used, ends)
            if why := self.over(session):
                self._close_row(row, why)
            else:
                self._live[session.handle] = session

    def _close_row(self, row: dict[str, Any], why: str) -> None:
        self._ended[row["session"]] = why
        with self.store.write(quietly=True) as cursor:
            sql.run(cursor, "session/end_session", session=row["session"], ended_at=self._clocks.wall(), why=why)

