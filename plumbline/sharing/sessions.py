"""Who has a link open: sessions in memory alone, each of one link, ended at once when the link is.

A restart ends them all: the link is opened again. Nothing is asked of a link while nobody has one open.
"""

from __future__ import annotations

import secrets
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from typing import Any, cast

from plumbline import audit
from plumbline.access.accounts import Account
from plumbline.access.sessions import Session, Sessions, handle_of
from plumbline.errors import NotAllowed
from plumbline.sharing import links
from plumbline.sharing.limits import minutes
from plumbline.sharing.links import Link
from plumbline.sharing.opening import ROLE
from plumbline.store import Store

NOTE_SECONDS = 0.5  # for which whoever leaves waits until it is on record
MOST = 500  # open at once in all; of one link the last ten stay


@dataclass
class LinkSession(Session):
    """A link that somebody has open in one browser. Its account is the link's: a role of its own, no person."""

    link: Link | None = None

    @property
    def actor(self) -> audit.Actor:
        """Which link it is, for the record."""
        return replace(super().actor, clinic_id=self.link.clinic_id if self.link else None)


class LinkSessions(Sessions):
    """All open links of the serving process."""

    _most_unwritten = MOST

    def __init__(self, store: Store, **clocks: Any) -> None:
        self._looked_at: tuple[object, ...] | None = None
        clocks = {"idle": minutes("idle_minutes"), "absolute": minutes("absolute_minutes"), **clocks}
        super().__init__(store, **clocks)

    def begin_of(self, link: Link, address: str | None) -> str:
        """Let a browser in whose second factor was right; gives what it is to hold. Raises NotAllowed."""
        token, now, wall = secrets.token_urlsafe(32), self._clocks.steady(), self._clocks.wall()
        left = min(self._absolute, (link.expires_at - wall).total_seconds())
        account = Account(link.link_id, ROLE, (link.clinic_id or "",))
        session = LinkSession(handle_of(token), account, address, now, now + left, link=link)
        with self._lock:
            if len(self._live) >= MOST:
                raise NotAllowed("Too many people look at their progress at this moment: try again in a minute.")
            self._live[session.handle] = session
        self._end_beyond(link.link_id)
        self._end_if_over(session)  # taken back meanwhile
        return token

    def of_link_token(self, token: str | None) -> LinkSession | None:
        """The live session of what a browser holds, as that of a link."""
        return cast("LinkSession | None", self.of_token(token))

    def look(self) -> None:
        """End whatever shows a link that isn't good any more. Asks the store only where something was written."""
        live = cast("list[LinkSession]", self.live())
        seen = (self.store.revision, self._clocks.wall().replace(minute=0, second=0, microsecond=0), len(live))
        if not live or seen == self._looked_at:
            return
        for session in live:
            self._end_if_over(session)
        self._looked_at = seen

    def _end_if_over(self, session: LinkSession) -> None:
        if session.link is None:
            return
        with closing(self.store.cursor()) as cursor:
            now = links.of_id(cursor, session.link.link_id)
            why = links.ended_why(cursor, now, self._clocks.wall()) if now else "gone"
        if why:
            self.end(session.handle, why)

    def _resume(self) -> None:
        links.on_end(self.store, self._link_ended)

    def _link_ended(self, link_id: str, why: str) -> None:
        with suppress(Exception):
            self.end_all_of(link_id, why)

    def _put_down(self, session: Session, event: str, why: str) -> None:
        """On record alone; whoever leaves waits no longer for somebody who writes."""
        audit.record(self.store, event, session.actor, result=why, wait=NOTE_SECONDS)

    def _store_used(self, used: list[Session]) -> None:
        """Kept in memory alone."""
