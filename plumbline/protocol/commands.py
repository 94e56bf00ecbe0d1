"""What the `protocol` commands do to an open store; part of the table in `commands`."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from typing import Any

from plumbline import audit, protocol, sql
from plumbline.access import accounts
from plumbline.errors import NotAllowed
from plumbline.store import Store

ROLE, ACTION = "command line", "sign_protocol"
Emit = Callable[[str, int, int], None]


def listed(store: Store, _options: dict[str, Any], _emit: Emit) -> tuple[Any, int]:
    """How each timeline stands at each clinic, and every signature."""
    with closing(store.cursor()) as cursor:
        return {"standing": protocol.standing(cursor), "signatures": protocol.signatures(cursor)}, 0


def shown(store: Store, options: dict[str, Any], _emit: Emit) -> tuple[Any, int]:
    """Every row that is signed. Options: version."""
    return protocol.content(store, str(options["version"])), 0


def sign(store: Store, options: dict[str, Any], _emit: Emit) -> tuple[Any, int]:
    """Sign a timeline. Options: version, by (an account), name, title, clinics (or null for all), typed_by."""
    version, by = str(options["version"]), str(options["by"])
    made = protocol.sign(
        store, _actor(options), version, str(options["name"]), str(options["title"]),
        clinics=options["clinics"] or (None,), allowed=_clinics_of(store, by), account=by,
    )  # fmt: skip
    with closing(store.cursor()) as cursor:
        (now,) = [row for row in sql.rows(cursor, "protocol/digest_by_timeline") if row["timeline_version"] == version]
    return {"version": version, "signatures": made, "digest": now["content_digest"], "rows": now["rows"]}, 0


def withdraw(store: Store, options: dict[str, Any], _emit: Emit) -> tuple[Any, int]:
    """Take a signature back. Options: signature, by (an account), why, typed_by."""
    by, signature = str(options["by"]), str(options["signature"])
    allowed = _clinics_of(store, by)
    protocol.withdraw(store, _actor(options), signature, str(options["why"]), allowed=allowed, account=by)
    return {"signature": signature}, 0


def _actor(options: dict[str, Any]) -> audit.Actor:
    """Whoever typed the command: the record says that, the signature in whose name."""
    return audit.Actor(str(options["typed_by"]), ROLE)


def _clinics_of(store: Store, account_id: str) -> protocol.Clinics:
    """The clinics for which an account may sign; any name may where nobody has an account. Raises NotAllowed."""
    with closing(store.cursor()) as cursor:
        known = {row["account_id"]: row for row in accounts.accounts(cursor)}
        if not known:
            return None
        found = known.get(account_id)
        may = {row["role"] for row in sql.rows(cursor, "web/action_by_role") if row["action"] == ACTION}
    if found is None or found["is_disabled"] or found["role"] not in may:
        raise NotAllowed(
            f"{account_id} is no open account of somebody who may sign: `python -m plumbline users list` has them all."
        )
    return None if found["clinics"] is None else tuple(found["clinics"])


COMMANDS = {
    "protocol_list": listed,
    "protocol_show": shown,
    "protocol_sign": sign,
    "protocol_withdraw": withdraw,
}
