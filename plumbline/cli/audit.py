"""`python -m plumbline audit …`: who looked at what, and whether that record is as it was written."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from plumbline import printing
from plumbline.cli.base import Json, Store, instant_of, plainly, run
from plumbline.web.server import modes

record = typer.Typer(help="Who looked at what: search the record, and check that nobody has laid hands on it.")


@record.command("verify")
@plainly
def verify(
    against: Annotated[
        Path | None, typer.Option(help="A backup: a record that was cut since then shows only against it.")
    ] = None,
    store: Store = None,
    as_json: Json = False,
) -> int:
    """Find a row that was edited, removed, added between or moved. Exit code 1: one was."""
    options = {"against": None if against is None else str(against.expanduser().absolute())}
    return run("audit_verify", store, options, _verified, as_json)


@record.command("list")
@plainly
def search(
    event: Annotated[str | None, typer.Option(help="What happened, such as patient_viewed.")] = None,
    actor: Annotated[str | None, typer.Option(help="Who: the key of an account.")] = None,
    about: Annotated[str | None, typer.Option("--object", help="The key of what it was about.")] = None,
    since: Annotated[str | None, typer.Option(help="From when on, UTC: 2026-03-01 or 2026-03-01T14:00.")] = None,
    until: Annotated[str | None, typer.Option(help="Before when, UTC.")] = None,
    most: Annotated[int, typer.Option(min=1, help="How many rows.")] = 50,
    store: Store = None,
    as_json: Json = False,
) -> int:
    """List what is on record, the newest first."""
    times = {"since": instant_of("--since", since), "until": instant_of("--until", until)}
    asked = {"event": event, "actor": actor, "object": about, "most": most, "by": modes.login()}
    return run("audit_search", store, asked | times, _rows, as_json)


def _verified(answer: dict[str, Any]) -> None:
    """Whether the record is as it was written, and how far that can be known."""
    for sentence in answer["wrong"]:
        printing.say(sentence)
    if answer["wrong"]:
        return
    printing.say(f"The record is as it was written: {answer['rows']:,} rows, each follows the one before it.")
    if answer["against"]:
        printing.say(f"It still holds row {answer['against']['seq']:,}, with which the backup ends.")
    else:
        printing.say("Whether its end was cut off shows only against a backup: add --against FOLDER.")


def _rows(answer: list[dict[str, Any]]) -> None:
    """Rows of the record."""
    columns = {"seq": "Row", "happened_at": "When, UTC", "label": "What", "actor": "Who", "role": "Role"}
    columns |= {"clinic_id": "Clinic", "object_kind": "About", "object_key": "Key", "result": "Result"}
    rows = [{**row, "happened_at": str(row["happened_at"])[:19].replace("T", " ")} for row in answer]
    printing.say(printing.table(columns, rows) if answer else "Nothing of the kind is on record.")
    if answer and answer[0]["found"] > len(answer):
        printing.say(f"The newest {len(answer):,} of {answer[0]['found']:,}: narrow it down, or add --most.")
