"""How the commands that keep a store speak."""

from __future__ import annotations

from typing import Any

from plumbline.printing import _minute as minute
from plumbline.printing import _say as say
from plumbline.printing import _table as table
from plumbline.printing import _undone_by as undone_by


def undone(answer: dict[str, Any]) -> None:
    """What an undo of an import does, or did: what staff said since first."""
    if answer["undone_at"] is not None and not answer["done"]:
        say(f"This import was undone already, {undone_by(answer)}.")
        return
    if answer["said_since"]:
        say("Staff have said this since; it stays as it is:")
        rows = [{**row, "said_at": minute(row["said_at"])} for row in answer["said_since"]]
        columns = {"said_at": "When, UTC", "said_by": "By", "action": "Done", "kind": "Kind", "patient_id": "Patient"}
        say(table({**columns, "what": "What", "why": "Why"}, rows))
    if answer["later"]:
        say("Later imports have built on it. Undo these first:")
        rows = [{**row, "started_at": minute(row["started_at"])} for row in answer["later"]]
        say(table({"batch_id": "Import", "started_at": "Started, UTC", "recorded_by": "By", "rows": "Rows"}, rows))
    fates = ("retracted", "restored", "kept")
    kinds = sorted({kind for fate in fates for kind in answer[fate]})
    rows = [{"kind": kind, **{fate: answer[fate].get(kind, 0) for fate in fates}} for kind in kinds]
    columns = {"kind": "Kind", "retracted": "Taken back", "restored": "Brought back", "kept": "Stay: staff need them"}
    say(table(columns, rows) if rows else "Nothing that it brought is left.")
    if not answer["done"]:
        say(f"Nothing was changed. To do it: python -m plumbline imports undo {answer['batch_id']} --yes --why REASON")


def _held(answer: dict[str, Any]) -> str:
    rows = sum(table["rows"] for table in answer["tables"].values())
    last = answer["head"]["last_changed_at"] or answer["head"]["last_imported_at"]
    until = f", last changed {minute(last)} UTC" if last else ""
    return f"{rows:,} rows in {len(answer['tables'])} tables{until}"


def backed_up(answer: dict[str, Any]) -> None:
    """Where a backup is, and what it holds."""
    say(f"The backup is in {answer['folder']}: {_held(answer)}, {answer['bytes'] / 1e6:.0f} MB.")


def exported(answer: dict[str, Any]) -> None:
    """Where an export is, and how much it holds."""
    rows = sum(file["rows"] for file in answer["files"].values())
    how = ", de-identified" if answer["deidentified"] else ""
    say(f"The export is in {answer['folder']}: {rows:,} rows in {len(answer['files'])} {answer['format']} files{how}.")


def restored(answer: dict[str, Any]) -> None:
    """What was restored, and where the store before it is."""
    say(f"Restored to {answer['store']}: {_held(answer)}. Every hash is as in the backup.")
    if answer["kept"]:
        say(f"The store that was there is kept as {answer['kept']}.")
