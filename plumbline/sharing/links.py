"""Making, listing and taking back links. What stands in a link's address is shown once and kept as its hash only.

A link is of a patient and shows their newest course. It is good until its time is over, staff take it back, too many
wrong second factors have locked it, or the course's verdict is `closed`: the patient has died or withdrawn, or the
follow-up has ended.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from weakref import WeakKeyDictionary
from zoneinfo import ZoneInfo

from plumbline import audit, sql
from plumbline.errors import NotAllowed, NotFound, PlumblineError
from plumbline.sharing import factor as second
from plumbline.sharing.limits import number, words
from plumbline.store import Store

_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}", flags=re.ASCII)
_listeners: WeakKeyDictionary[Store, list[Callable[[str, str], None]]] = WeakKeyDictionary()


@dataclass(frozen=True)
class Made:
    """A link that was just made. `token` and `code` are known to nobody else, and to nobody after this."""

    link_id: str
    token: str
    code: str | None
    expires_at: datetime

    @property
    def path(self) -> str:
        """Its address, after the name of the server."""
        return f"/s/{self.token}"


@dataclass(frozen=True)
class Link:
    """A link as it stands now."""

    link_id: str
    patient_id: str
    clinic_id: str | None
    time_zone: str | None
    holder: str
    factor: str
    factor_digest: str
    has_paper: bool
    created_by: str
    expires_at: datetime
    revoked_at: datetime | None
    failures: int

    def ended_why(self, now: datetime) -> str | None:
        """Why it can't be opened, as far as the link itself says; None: it can."""
        if self.revoked_at is not None:
            return "revoked"
        if self.expires_at <= now:
            return "expired"
        return "gone" if self.clinic_id is None else None


def create(
    store: Store,
    by: audit.Actor,
    patient_id: str,
    *,
    holder: str = "patient",
    factor: str = "birth",
    days_open: int | None = None,
    has_paper: bool = True,
    clinics: tuple[str, ...] | None = None,
) -> Made:
    """Make a link for a patient of one of these clinics (None: of any); on record first. Raises PlumblineError."""
    length = number("default_days") if days_open is None else days_open
    if not 1 <= length <= number("longest_days"):
        raise PlumblineError(f"A link works for 1 to {number('longest_days')} days: choose one of these.")
    if holder not in words("holder") or factor not in words("factor"):
        raise PlumblineError("Say who holds the link (patient, carer), and what it asks for (birth, code).")
    person = _person(store, patient_id, clinics)
    right = _right(factor, person["birth_date"])
    link_id, token = secrets.token_hex(8), secrets.token_urlsafe(32)
    kept = second.digest(link_id, right)
    by = of_clinic(by, person["clinic_id"])
    audit.record(store, "link_created", by, ("link", link_id))
    with store.write(quietly=True) as cursor:
        now = store.stamp()
        expires_at = now + timedelta(days=length)
        sql.run(
            cursor, "sharing/add_link",
            link_id=link_id, token_digest=digest_of(token), patient_id=patient_id, holder=holder, factor=factor,
            factor_digest=kept, has_paper=has_paper, created_at=now, created_by=by.key, expires_at=expires_at,
        )  # fmt: skip
    return Made(link_id, token, right if factor == "code" else None, expires_at)


def revoke(store: Store, by: audit.Actor, link_id: str, *, clinics: tuple[str, ...] | None = None) -> None:
    """Take a link back, on record first; who has it open is out at once. Raises NotFound, NotAllowed."""
    with closing(store.cursor()) as cursor:
        found = of_id(cursor, link_id)
    if found is None:
        raise NotFound("There is no such link: `python -m plumbline links list` has them all.")
    if clinics is not None and found.clinic_id not in clinics:
        raise NotAllowed("This link is of another clinic: it stays as it is.")
    if found.revoked_at is not None:
        return
    audit.record(store, "link_revoked", of_clinic(by, found.clinic_id), ("link", link_id))
    with store.write(quietly=True) as cursor:
        sql.run(cursor, "sharing/revoke_link", link_id=link_id, revoked_at=store.stamp(), revoked_by=by.key)
    for tell in _listeners.get(store, ()):
        tell(link_id, "revoked")


def listed(
    store: Store, *, patient_id: str | None = None, clinics: tuple[str, ...] | None = None
) -> list[dict[str, Any]]:
    """The links of a patient, or of all, newest first; the columns of sharing/link_by_patient."""
    with closing(store.cursor()) as cursor:
        return sql.rows(
            cursor, "sharing/link_by_patient",
            patient_id=patient_id, clinics=clinics, now=utc_now(), most_wrong=number("wrong_per_link"),
        )  # fmt: skip


def openings(cursor: Any, patient_id: str, zone: str | None, most: int = 20) -> tuple[tuple[datetime, str], ...]:
    """Who opened a patient's links and when, newest first: `you`, `carer`, or `failed`; on the clinic's clock."""
    rows = sql.rows(cursor, "sharing/opening_by_patient", patient_id=patient_id, most=most)
    who = {"patient": "you", "carer": "carer"}
    there = ZoneInfo(zone) if zone else None
    return tuple(
        (
            row["tried_at"].replace(tzinfo=UTC).astimezone(there),
            who[row["holder"]] if row["outcome"] == "right" else "failed",
        )
        for row in rows
    )


def of_token(cursor: Any, token: str) -> Link | None:
    """The link of what stands in an address; None: there is none, or it has no such shape."""
    asked = digest_of(token) if _TOKEN.fullmatch(token) else "no link"
    return _link(sql.rows(cursor, "sharing/link_of_token", token_digest=asked, link_id=None))


def of_id(cursor: Any, link_id: str) -> Link | None:
    """A link by its id."""
    return _link(sql.rows(cursor, "sharing/link_of_token", token_digest=None, link_id=link_id))


def course(cursor: Any, link: Link, as_of: date) -> str | None:
    """The course that a link shows; None where the patient isn't there any more."""
    return _course(cursor, link.patient_id, as_of)


def _course(cursor: Any, patient_id: str, as_of: date) -> str | None:
    found = sql.rows(cursor, "sharing/course_of_patient", patient_id=patient_id, as_of=as_of)
    return str(found[0]["episode_id"]) if found else None


def ended_why(cursor: Any, link: Link, now: datetime) -> str | None:
    """Why a link shows nothing at this instant (UTC); None: it shows its course."""
    if why := link.ended_why(now):
        return why
    return _closed_why(cursor, link.patient_id, today(link, now))


def _closed_why(cursor: Any, patient_id: str, as_of: date) -> str | None:
    episode_id = _course(cursor, patient_id, as_of)
    if episode_id is None:
        return "gone"
    return "closed" if sql.rows(cursor, "status/hit_closed", as_of=as_of, episode_id=episode_id) else None


def today(link: Link, now: datetime | None = None) -> date:
    """Which day it is at the patient's clinic."""
    zone = ZoneInfo(link.time_zone) if link.time_zone else None
    return (now or utc_now()).replace(tzinfo=UTC).astimezone(zone).date()


def on_end(store: Store, tell: Callable[[str, str], None]) -> None:
    """Have `tell` called with a link's id and why it ended, once it was taken back in this process."""
    _listeners.setdefault(store, []).append(tell)


def digest_of(token: str) -> str:
    """What is kept of what stands in a link's address."""
    return hashlib.sha256(token.encode("utf-8", "surrogateescape")).hexdigest()


def utc_now() -> datetime:
    """Now, UTC without a zone, as the store has it."""
    return datetime.now(UTC).replace(tzinfo=None)


def _link(rows: list[dict[str, Any]]) -> Link | None:
    return Link(**rows[0]) if rows else None


def _person(store: Store, patient_id: str, clinics: tuple[str, ...] | None) -> dict[str, Any]:
    with closing(store.cursor()) as cursor:
        found = sql.rows(cursor, "sharing/birth_of_patient", patient_id=patient_id)
        closed = _closed_why(cursor, patient_id, utc_now().date())
    if not found:
        raise NotFound("This patient is no longer in the store: open them from the worklist again.")
    if clinics is not None and found[0]["clinic_id"] not in clinics:
        raise NotAllowed("This patient isn't of a clinic that you look after, so no link was made.")
    if closed:
        raise PlumblineError("This course is closed, and a link would show nothing: none was made.")
    return found[0]


def _right(factor: str, birth_date: str | None) -> str:
    if factor == "code":
        return second.new_code()
    born = second.whole_day(birth_date)
    if born is None:
        raise PlumblineError("The patient's date of birth isn't known to the day: choose the 6-digit code.")
    return born.isoformat()


def of_clinic(by: audit.Actor, clinic_id: str | None) -> audit.Actor:
    """Whoever does something, about a patient of a clinic, so that the clinic's manager finds it on record."""
    return audit.Actor(by.key, by.role, clinic_id, by.session, by.address, by.request_id)
