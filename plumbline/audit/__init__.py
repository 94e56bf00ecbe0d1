"""Who looked at what: an append-only record in which each row holds the hash of the one before it.

`record` writes before the thing that it records happens: where it can't write it raises, and the thing doesn't happen.
Nothing on record is a name or a value of a patient: people are keys of accounts, patients the opaque keys of addresses.
`verify` finds a row that was edited, removed, added between or moved; a cut tail shows against the head that left the
machine with a backup's manifest.
"""

from __future__ import annotations

import re
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from typing import Any

import duckdb

from plumbline import sql
from plumbline.errors import NotAllowed, PlumblineError
from plumbline.store import Store, reference_frame

_PLAIN = re.compile(r"[^\x00-\x1f\x7f]{1,200}")
_SAID = {"edited": "was edited", "missing": "lacks rows before it", "repeated": "is there twice",
         "unlinked": "doesn't follow the one before it"}  # fmt: skip


class AuditFailed(PlumblineError):
    """The record can't be written: what was asked for must not happen."""


@dataclass(frozen=True)
class Actor:
    """Who does something. `key`: of the account, or `system`; `session`, `address`, `request_id`: from where."""

    key: str
    role: str
    clinic_id: str | None = None
    session: str | None = None
    address: str | None = None
    request_id: str | None = None


SYSTEM = Actor("system", "system")


def record(
    store: Store,
    event: str,
    actor: Actor,
    about: tuple[str, str] | None = None,
    *,
    result: str = "done",
    wait: float = -1,
) -> None:
    """Put one event on record. `about`: the kind and the key of what it is about. Raises AuditFailed.

    `wait`: seconds for the writer's turn, as in `Store.write`.
    """
    kind, key = about or (None, None)
    _refuse_unclear(event, (actor.key, actor.role, actor.clinic_id, actor.session, actor.address, kind, key, result))
    try:
        with store.write(quietly=True, wait=wait) as cursor:
            _add(cursor, store, event, actor, kind, key, result)
    except NotAllowed:
        raise
    except (duckdb.Error, PlumblineError) as error:
        raise AuditFailed("This can't be put on record, so it isn't shown or done. Tell whoever looks after it.") from (
            error
        )


def can_write(store: Store) -> bool:
    """Whether an event could be put on record now: one is added and taken back, so that nothing is written."""
    try:
        with store.write(quietly=True) as cursor:
            _add(cursor, store, "start", SYSTEM, None, None, "done")
            raise _TakenBack
    except _TakenBack:
        return True
    except (duckdb.Error, PlumblineError):
        return False


class _TakenBack(Exception):
    """Ends the transaction of an event that was only tried."""


def _add(
    cursor: Any, store: Store, event: str, actor: Actor, kind: str | None, key: str | None, result: str
) -> None:
    sql.run(cursor, "audit/define_hash")
    sql.run(
        cursor, "audit/add_event",
        happened_at=store.stamp(), event=event, actor=actor.key, role=actor.role, clinic_id=actor.clinic_id,
        object_kind=kind, object_key=key, result=result, session=actor.session, address=actor.address,
        request_id=actor.request_id,
    )  # fmt: skip


def head(cursor: Any) -> dict[str, Any]:
    """The last row's `seq` and `hash`; seq is 0 where nothing is on record."""
    return sql.rows(cursor, "audit/head")[0]


def verify(store: Store, known: dict[str, Any] | None = None) -> list[str]:
    """What is wrong with the record, a sentence each; none: all is as it was written.

    `known`: a head that left this machine earlier, as a backup's manifest has it; a record cut since then lacks it.
    """
    with closing(store.cursor()) as cursor:
        wrong = faults(cursor)
        if known and known["seq"]:
            now = [row["hash"] for row in sql.rows(cursor, "audit/hash_of_seq", seq=known["seq"])]
            if not now:
                wrong.append(f"The record ends before row {known['seq']}, which the backup has: its end was cut off.")
            elif now != [known["hash"]]:
                wrong.append(f"Row {known['seq']} isn't the one that the backup has: the record was written anew.")
    return wrong


def faults(cursor: Any) -> list[str]:
    """Each row that was edited, removed, added between or moved, in a sentence."""
    sql.run(cursor, "audit/define_hash")
    return [f"Row {row['seq']} {_SAID[row['fault']]}." for row in sql.rows(cursor, "audit/fault_by_seq")]


def search(cursor: Any, *, most: int = 100, **asked: Any) -> list[dict[str, Any]]:
    """The newest rows of those that fit `since`, `until`, `actor`, `event`, `object`; `found` counts all of them.

    `clinics`: only rows of these; `with_keys`: whether keys of patients may be seen (the default).
    """
    return sql.rows(
        cursor, "audit/event_by_search",
        since=asked.get("since"), until=asked.get("until"), actor=asked.get("actor"), event=asked.get("event"),
        object=asked.get("object"), most=most, clinics=asked.get("clinics"),
        with_keys=asked.get("with_keys", True),
    )  # fmt: skip


@cache
def kinds() -> frozenset[str]:
    """Every event that can be put on record."""
    return frozenset(reference_frame("audit_kind")["event"])


def _refuse_unclear(event: str, words: tuple[str | None, ...]) -> None:
    if event not in kinds():
        raise AuditFailed(f"{event} is no event of data/reference/audit_kind.csv.")
    if not all(word is None or _PLAIN.fullmatch(word) for word in words):
        raise AuditFailed("A word of the record is empty, too long or holds control characters.")
