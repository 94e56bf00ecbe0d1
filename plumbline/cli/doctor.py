"""`python -m plumbline doctor`: what is wrong with a set-up, a line each with what to do."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Annotated

import duckdb
import typer

from plumbline import doctor as examined
from plumbline import printing
from plumbline.cli.base import Json, Store
from plumbline.doctor import Finding, machine, setup, stored
from plumbline.store import Store as OpenStore
from plumbline.web.server import control, modes

MARKS = {examined.GOOD: "● good ", examined.LOOK: "▲ look ", examined.WRONG: "✕ wrong"}


def doctor(
    store: Store = None,
    port: Annotated[int, typer.Option(help="The port that is to be served on.")] = 8501,
    days: Annotated[int, typer.Option(min=0, help="How old the last backup may be.")] = 2,
    as_json: Json = False,
) -> int:
    """Say what is wrong with this set-up, a line each with what to do. Changes nothing. Exit code 1: something is."""
    path = modes.store_path(os.environ, store)
    is_served = path.exists() and control.is_served(path)
    found = [
        *machine.examine(path, port, is_served=is_served),
        *setup.examine({**os.environ, "PLUMBLINE_STORE": str(path)}),
        *_stored(path, days, is_served=is_served),
    ]
    if as_json:
        printing.as_json([one.as_dict() for one in found])
    else:
        for one in found:
            printing.say(f"{MARKS[one.state]}  {one.check}: {one.says} {one.todo}".rstrip())
    return 1 if any(one.state == examined.WRONG for one in found) else 0


def _stored(path: Path, days: int, *, is_served: bool) -> Iterator[Finding]:
    """What the store says: told by the process that serves it, or read from its file, which nothing changes."""
    if not path.exists():
        return
    mode = os.environ.get("PLUMBLINE_AUTH")
    if is_served:
        answer = control.ask(path, "doctor", {"mode": mode, "days": days}, lambda *_: None) or {}
        if "error" in answer or not answer:
            yield examined.wrong("Server", str(answer.get("error", "It doesn't answer.")), "Restart it.")
        yield from (Finding(**row) for row in answer.get("answer", []))
        return
    try:
        connection = duckdb.connect(str(path), read_only=True, config={"autoinstall_known_extensions": "false"})
    except duckdb.Error as error:
        busy = "lock" in str(error)
        says = "Another process has it open." if busy else "It is not a store, or damaged."
        todo = "Stop that, or wait until it is ready." if busy else "Name another store, or restore a backup."
        yield examined.wrong("Store", says, todo)
        return
    with closing(OpenStore(path, connection)) as opened:
        yield from stored.examine(opened, mode, days, is_served=False)
