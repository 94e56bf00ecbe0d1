"""What the store says about itself: schema, made-up or real, signatures, accounts, record, backups, clocks.

Run by the process that serves the store, or on the file opened for reading alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import duckdb

from plumbline import audit, protocol, ready, sql, verify_reference
from plumbline.access import accounts
from plumbline.doctor import Finding, good, look, wrong
from plumbline.errors import PlumblineError
from plumbline.store import SCHEMA, Store

AHEAD = timedelta(minutes=5)
NAMED = 3
Emit = Callable[[str, int, int], None]


def command(store: Store, options: dict[str, Any], _emit: Emit) -> tuple[Any, int]:
    """The findings as plain data. Options: mode (or null), days (how old a backup may be)."""
    found = [one.as_dict() for one in examine(store, options.get("mode"), int(options["days"]), is_served=True)]
    return found, 0


def examine(store: Store, mode: str | None, days: int, *, is_served: bool) -> Iterator[Finding]:
    """Everything about what is in the store; where its schema isn't ours, only that."""
    with closing(store.cursor()) as cursor:
        try:
            schema = _schema(cursor)
            yield schema
            if schema.state != "good":
                return
            yield _kind(store, mode)
            yield _signed(cursor)
            if mode in {"oidc", "proxy"}:
                yield _accounts(cursor)
            yield _record(cursor)
            yield _backup(cursor, days)
            yield from _clocks(cursor)
        except (duckdb.Error, PlumblineError) as error:
            yield wrong("Store", f"It can't be read ({type(error).__name__}).", "Restore a backup: `restore`.")
            return
    if is_served and (lacks := ready.faults(store)):
        yield wrong("Ready", f"The server can't serve: {', '.join(lacks)}.", "See its log; restart it, or make room.")


def _schema(cursor: Any) -> Finding:
    differ = verify_reference.steps_that_differ(cursor)
    ours = {path.name for path in SCHEMA.glob("[0-9]*.sql")}
    if newer := sorted(set(differ) - ours):
        return wrong("Schema", f"A newer Plumbline has used this store ({newer[-1]}).", "Install that one, or a newer.")
    if differ:
        return look("Schema", f"Behind by {len(differ)}: {differ[-1]}.", "Back it up; the next start does it.")
    return good("Schema", f"{len(ours)} steps, as this Plumbline has them")


def _kind(store: Store, mode: str | None) -> Finding:
    if mode == "demo" and not store.synthetic:
        return wrong("Patients", "The demo shows made-up patients only, and these aren't.", "Change mode or store.")
    if mode in {"oidc", "proxy"} and store.synthetic:
        return look("Patients", "They are made up.", "For trying out only: real patients need a store of their own.")
    return good("Patients", "made up" if store.synthetic else "real, or meant to be")


def _signed(cursor: Any) -> Finding:
    rows = protocol.standing(cursor)
    clinics = [row for row in rows if row["clinic_id"] is not None] or rows
    missing = [row for row in clinics if not row["is_signed"]]
    if not missing:
        return good("Timeline", "signed by a clinician for every clinic")
    lapsed = sum(row["is_lapsed"] for row in missing)
    return look(
        "Timeline",
        f"Not signed for {len(missing)} of {len(clinics)} clinics" + (f", {lapsed} changed since." if lapsed else "."),
        "A clinician reads and signs it on the page Protocol; until then their patients see no guidance.",
    )


def _accounts(cursor: Any) -> Finding:
    known = [row for row in accounts.accounts(cursor) if not row["is_disabled"]]
    if not known:
        return wrong("Accounts", "There is none, so nobody can come in.", "`python -m plumbline users add`")
    if not any(row["role"] == "admin" for row in known):
        return look("Accounts", f"{len(known)}, none of them an admin.", "Give one to whoever looks after accounts.")
    return good("Accounts", f"{len(known)} open")


def _record(cursor: Any) -> Finding:
    faults = audit.faults(cursor)
    if faults:
        return wrong(
            "Record", f"{len(faults)} rows aren't as they were written.", "`audit verify` names them."
        )
    return good("Record", f"{audit.head(cursor)['seq']:,} rows, as they were written")


def _backup(cursor: Any, days: int) -> Finding:
    todo = "`python -m plumbline backup FOLDER`, every night"
    found = audit.search(cursor, event="backup_made", most=1)
    if not found:
        return look("Backup", "None was ever made by `backup`.", todo)
    age = datetime.now(UTC).replace(tzinfo=None) - found[0]["happened_at"]
    if age > timedelta(days=days):
        return look("Backup", f"The last one was asked for {age.days} days ago.", todo)
    return good("Backup", f"last asked for on {found[0]['happened_at']:%Y-%m-%d}; try a restore now and then")


def _clocks(cursor: Any) -> Iterator[Finding]:
    """No instant lies in the future, and each clinic's time zone is one that this machine knows."""
    stamped = sql.rows(cursor, "store/last_stamp")[0]["stamped_at"]
    if stamped and stamped > datetime.now(UTC).replace(tzinfo=None) + AHEAD:
        yield wrong(
            "Clock", f"Something was recorded at {stamped:%Y-%m-%d %H:%M} UTC, which is still to come here.",
            "Set the clock: it is behind, or was ahead.",
        )  # fmt: skip
    unknown = []
    for row in sql.rows(cursor, "web/time_zone_by_clinic"):
        try:
            ZoneInfo(row["time_zone"])
        except (KeyError, ValueError, OSError):
            unknown.append(str(row["clinic_id"]))
    if unknown:
        told = ", ".join(unknown[:NAMED]) + (" and others" if unknown[NAMED:] else "")
        yield wrong("Clinics", f"No such time zone: that of {told}.", "Import `clinics.csv` with the right one.")
