"""What the `protocol` commands do to an open store; part of the table in `commands`."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from typing import Any

from plumbline import audit, protocol, sql
from plumbline.store import Store

ROLE = "command line"
Emit = Callable[[str, int, int], None]


def listed(store: Store, _options: dict[str, Any], _emit: Emit) -> tuple[Any, int]:
    """How each timeline stands at each clinic, and every signature."""
    with closing(store.cursor()) as cursor:
        return {"standing": protocol.standing(cursor), "signatures": protocol.signatures(cursor)}, 0


def shown(store: Store, options: dict[str, Any], _emit: Emit) -> tuple[Any, int]:
    """Every row that is signed. Options: version."""
    return protocol.content(store, str(options["version"])), 0


def sign(store: Store, options: dict[str, Any], _emit: Emit) -> tuple[Any, int]:
    """Sign a timeline. Options: version, by, name, title, clinics (or null for every clinic)."""
    version, actor = str(options["version"]), audit.Actor(str(options["by"]), ROLE)
    made = protocol.sign(
        store, actor, version, str(options["name"]), str(options["title"]), clinics=options["clinics"] or (None,)
    )
    with closing(store.cursor()) as cursor:
        (now,) = [row for row in sql.rows(cursor, "protocol/digest_by_timeline") if row["timeline_version"] == version]
    return {"version": version, "signatures": made, "digest": now["content_digest"], "rows": now["rows"]}, 0


def withdraw(store: Store, options: dict[str, Any], _emit: Emit) -> tuple[Any, int]:
    """Take a signature back. Options: signature, by, why."""
    actor = audit.Actor(str(options["by"]), ROLE)
    protocol.withdraw(store, actor, str(options["signature"]), str(options["why"]))
    return {"signature": options["signature"]}, 0


COMMANDS = {
    "protocol_list": listed,
    "protocol_show": shown,
    "protocol_sign": sign,
    "protocol_withdraw": withdraw,
}
