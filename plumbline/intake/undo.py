"""Take an import back: what it brought is retracted, what it replaced comes back, and nothing that staff said is lost.

Nothing is erased: the rows stay, with the instant at which they were taken back, so that the store can be seen as it
was known before and after. Four rules, the same for the preview and the undo:

- A row of the import goes. A row that it replaced or withdrew comes back as a new row, under its own import.
- The last word of staff stands: what they corrected since stays as they said it, what they took back stays so.
- A patient whom only this import brought stays, with procedure and clinic, where staff have entered something since.
- Where a later import has built on this one, that one is to be undone first: the newest goes first.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from plumbline import sql, summary
from plumbline.errors import NotAllowed, NotFound, PlumblineError
from plumbline.store import Store

TABLES = {
    "clinic": ("clinic", "clinic_id || ' ' || recorded_at"),
    "patient": ("patient", "patient_row_id"),
    "episode": ("episode", "episode_row_id"),
    "treated_level": ("treated_level", "treated_level_id"),
    "score": ("score", "score_id"),
    "milestone": ("milestone_event", "milestone_event_id"),
    "note": ("note", "note_id"),
    "event": ("event", "event_id"),
    "medication": ("medication", "medication_id"),
}
"""The tables that an import writes, and what tells one row from another."""


@dataclass(frozen=True)
class Preview:
    """What an undo would do. `retracted`, `restored` and `kept` count rows by kind of fact.

    `said_since`: what staff have corrected, taken back or entered since (kind, patient_id, what, said_by, said_at,
    action, why); all of it stays. `later`: the imports that are to be undone first. `undone_at`: it is done already.
    """

    batch_id: str
    started_at: datetime
    recorded_by: str
    undone_at: datetime | None
    undone_by: str | None
    said_since: list[dict[str, Any]] = field(default_factory=list)
    later: list[dict[str, Any]] = field(default_factory=list)
    retracted: dict[str, int] = field(default_factory=dict)
    restored: dict[str, int] = field(default_factory=dict)
    kept: dict[str, int] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


class Built(PlumblineError):
    """A later import has built on the one that was to be undone. Nothing was changed."""


class Unconfirmed(PlumblineError):
    """Staff have said something since, and nobody has confirmed that it stays. Nothing was changed."""


def preview(store: Store, batch_id: str, *, clinics: tuple[str, ...] | None = None) -> Preview:
    """What an undo of this import would do; nothing is changed. `clinics`: as there. Raises NotFound, NotAllowed."""
    with closing(store.cursor()) as cursor:
        cursor.execute("begin transaction")
        return _look(cursor, batch_id, clinics)


def undo(
    store: Store,
    by: str,
    batch_id: str,
    why: str | None = None,
    *,
    confirmed: bool = False,
    clinics: tuple[str, ...] | None = None,
) -> Preview:
    """Take an import back, as `by`, all or nothing; summary, worklist, flags and change history follow.

    `confirmed`: that what staff have said since stays, as the preview lists it. `clinics`: only where all that it
    brought or replaced is of these (None: of any). Gives what was done. Raises NotFound, NotAllowed, Built,
    Unconfirmed, or PlumblineError where it was undone already.
    """
    with store.write() as cursor:
        found = _look(cursor, batch_id, clinics)
        _refuse(found, confirmed)
        why, now = (why or "").strip() or None, store.stamp()
        patients = [row["patient_id"] for row in sql.rows(cursor, "import/patient_of_undo")]
        for kind, (table, key) in TABLES.items():
            if found.retracted.get(kind):
                _retract(cursor, kind, table, key, now)
            if found.restored.get(kind):
                _restore(cursor, kind, table, key, by, now)
        sql.run(cursor, "import/restore_items", now=now, by=by)
        sql.run(cursor, "import/retract_items", now=now)
        sql.run(cursor, "import/add_undo_changes", batch_id=batch_id, now=now, by=by, why=why)
        sql.run(cursor, "sharing/revoke_of_gone", revoked_at=now, revoked_by=by)
        sql.run(cursor, "import/add_undo", batch_id=batch_id, now=now, by=by, why=why)
        if patients:
            summary.refresh(cursor, patients)
        return found


def _look(cursor: Any, batch_id: str, clinics: tuple[str, ...] | None) -> Preview:
    batches = sql.rows(cursor, "import/undo_of_batch", batch_id=batch_id)
    if not batches:
        raise NotFound(f"There is no import {batch_id}. `python -m plumbline imports` lists them.")
    batch = {name: value for name, value in batches[0].items() if name != "accepted"}
    if batch["undone_at"] is not None:
        return Preview(**batch)
    sql.run(cursor, "import/open_undo", batch_id=batch_id)
    if clinics is not None and sql.rows(cursor, "import/stranger_of_undo", clinics=clinics)[0]["rows"]:
        raise NotAllowed(
            "This import brought or changed patients of clinics that you don't look after, so it isn't yours to take "
            "back: ask whoever looks after them all."
        )
    sql.run(cursor, "import/link_undo")
    sql.run(cursor, "import/settle_undo")
    counts = sql.rows(cursor, "import/count_of_undo")
    retracted, restored, kept = (
        {row["kind"]: row[fate] for row in counts if row[fate]} for fate in ("retracted", "restored", "kept")
    )
    said = sql.rows(cursor, "import/staff_word_of_undo")
    later = sql.rows(cursor, "import/later_of_undo", batch_id=batch_id)
    return Preview(**batch, said_since=said, later=later, retracted=retracted, restored=restored, kept=kept)


def _refuse(found: Preview, confirmed: bool) -> None:
    if found.undone_at is not None:
        raise PlumblineError(
            f"The import {found.batch_id} was undone already, on {found.undone_at:%Y-%m-%d %H:%M} UTC by "
            f"{found.undone_by}. Import its files again if they are wanted back."
        )
    if found.later:
        names = ", ".join(row["batch_id"] for row in found.later)
        raise Built(
            f"Nothing was undone: later imports have built on {found.batch_id}. Undo these first, the newest first: "
            f"{names}."
        )
    if found.said_since and not confirmed:
        raise Unconfirmed(
            f"Nothing was undone yet: staff have corrected, taken back or entered {len(found.said_since)} things since."
            " They stay as they are. Look at them, and confirm."
        )


def _retract(cursor: Any, kind: str, table: str, key: str, now: datetime) -> None:
    """All names are ours."""
    cursor.execute(
        f"update {table} set retracted_at = $now where retracted_at is null and {key} in "  # noqa: S608
        "(select fact_id from undo_fate where kind = $kind and fate = 'retracted')",
        {"now": now, "kind": kind},
    )


def _restore(cursor: Any, kind: str, table: str, key: str, by: str, now: datetime) -> None:
    """All names are ours. A clinic has no row id: its `supersedes` is its own id, as an import writes it."""
    own = "u.new_id as " + key + ", coalesce(u.supersedes, u.fact_id) as supersedes"
    made = "clinic_id as supersedes" if table == "clinic" else own
    cursor.execute(
        f"insert into {table} by name "  # noqa: S608
        "select t.* exclude (undo_key) "
        f"replace ($now as recorded_at, $by as recorded_by, null as retracted_at, {made}) "
        f"from (select *, {key} as undo_key from {table}) t "
        "join undo_fate u on u.fact_id = t.undo_key and u.kind = $kind and u.fate = 'restored'",
        {"now": now, "by": by, "kind": kind},
    )
