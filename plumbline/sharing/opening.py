"""Trying to open a link: how often one may, exactly, and one answer for everything that isn't right.

A try is written down as wrong before it is looked at, and set right afterwards, all under the writer's turn: of fifty
guesses at once five are looked at. Network addresses are kept as a keyed hash.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import secrets
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from plumbline import audit, log, sql
from plumbline.errors import PlumblineError
from plumbline.sharing import factor, links
from plumbline.sharing.limits import minutes, number
from plumbline.sharing.links import Link
from plumbline.store import Store

WAIT_SECONDS = 8.0
ROLE = "patient"
_SALT = "share_salt"


class TooMany(PlumblineError):
    """So many wrong tries came from one address that it has to wait."""


@dataclass(frozen=True)
class _Try:
    attempt_id: str
    link: Link | None  # None: what stands in the address can't be opened, or not by what was given
    known: Link | None  # None: it is no link at all
    of_all: int  # wrong tries within the hour, with this one


def attempt(
    store: Store,
    token: str,
    given: str | None,
    address: str,
    network: str | None,
    *,
    may_note: Callable[[], bool] = lambda: True,
) -> Link | None:
    """Try a link with a second factor: the link, opened on record; None for everything else. Raises TooMany.

    `address`: where it came from, to count by; `network`: the same for the record. `may_note`: whether one more try at
    no link at all may go on record.
    """
    is_guess = any(factor.readings(given))
    tried = _reserve(store, token, address, is_guess=is_guess)
    known = tried.known
    right = factor.is_right(known.factor_digest if known else None, known.link_id if known else "", given)
    link = tried.link if right else None
    if link is not None and not _holds(store, link, given):
        link = None
    if link is not None:
        return _opened(store, tried, link, network)
    _failed(store, tried, network, may_note=may_note)
    return None


def actor_of(link: Link, *, session: str | None = None, address: str | None = None) -> audit.Actor:
    """Who opens a link, for the record: the link, never a name."""
    return audit.Actor(link.link_id, ROLE, link.clinic_id, session, address)


def _reserve(store: Store, token: str, address: str, *, is_guess: bool) -> _Try:
    """Count a try. What is no date or code at all is nobody's guess: it counts for the address, never for the link."""
    key = _address_digest(store, address)
    attempt_id = secrets.token_hex(8)
    with store.write(quietly=True, wait=WAIT_SECONDS) as cursor:
        now = store.stamp()
        wrong = sql.rows(
            cursor, "sharing/wrong_by_address",
            address_digest=key, address_since=now - minutes("address_minutes"), all_since=now - timedelta(hours=1),
        )[0]  # fmt: skip
        if wrong["of_address"] >= number("wrong_per_address"):
            raise TooMany("Too many tries from here: wait a quarter of an hour, or call the clinic.")
        known = links.of_token(cursor, token)
        counted = known.link_id if known and is_guess else None
        sql.run(
            cursor, "sharing/add_attempt",
            attempt_id=attempt_id, link_id=counted, tried_at=now, address_digest=key,
        )  # fmt: skip
    is_open = known is not None and known.ended_why(now) is None and known.failures < number("wrong_per_link")
    return _Try(attempt_id, known if is_open and is_guess else None, known, wrong["of_all"] + 1)


def _opened(store: Store, tried: _Try, link: Link, address: str | None) -> Link | None:
    """On record first; taken back meanwhile, it stays shut."""
    audit.record(store, "link_opened", actor_of(link, address=address), ("link", link.link_id), wait=WAIT_SECONDS)
    with store.write(quietly=True, wait=WAIT_SECONDS) as cursor:
        now = links.of_id(cursor, link.link_id)
        if now is None or now.ended_why(store.stamp()) is not None:
            return None
        sql.run(cursor, "sharing/set_right", attempt_id=tried.attempt_id)
    return link


def _failed(store: Store, tried: _Try, address: str | None, *, may_note: Callable[[], bool]) -> None:
    known = tried.known
    if known is not None:
        actor, about = actor_of(known, address=address), ("link", known.link_id)
        audit.record(store, "link_failed", actor, about, result="refused", wait=WAIT_SECONDS)
        if tried.link is not None and known.failures + 1 == number("wrong_per_link"):
            audit.record(store, "link_locked", actor, about, wait=WAIT_SECONDS)
    elif may_note():
        nobody = audit.Actor("nobody", "none", address=address)
        audit.record(store, "link_failed", nobody, result="no link", wait=WAIT_SECONDS)
    if tried.of_all == number("wrong_per_hour"):
        audit.record(store, "link_alarm", audit.SYSTEM, result="many wrong tries", wait=WAIT_SECONDS)
        log.event("link_alarm", logging.WARNING, wrong_within_an_hour=tried.of_all)


def _holds(store: Store, link: Link, given: str | None) -> bool:
    """Whether it shows something, and its patient is still one who was born on that day, as far as that is known."""
    with closing(store.cursor()) as cursor:
        if links.ended_why(cursor, link, links.utc_now()) is not None:
            return False
        found = sql.rows(cursor, "sharing/birth_of_patient", patient_id=link.patient_id)
    born = found[0]["birth_date"] or "" if found else ""
    return link.factor != "birth" or any(day.startswith(born) for day in factor.readings(given))


def _address_digest(store: Store, address: str) -> str:
    salt: Any = store.meta(_SALT)
    if salt is None:
        with store.write(quietly=True, wait=WAIT_SECONDS) as cursor:
            salt = store.meta(_SALT) or secrets.token_hex(16)
            sql.run(cursor, "store/set_meta", key=_SALT, value=salt)
            sql.run(cursor, "store/add_meta", key=_SALT, value=salt)
    return hmac.new(salt.encode(), address.encode(), hashlib.sha256).hexdigest()
