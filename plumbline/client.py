"""Run a command on a store: ask the process that serves it; open the file only where nobody does."""

from __future__ import annotations

import time
from contextlib import closing
from pathlib import Path
from typing import Any

from plumbline import commands, sql
from plumbline.errors import NotFound, Stopped, StoreBusy
from plumbline.store import open_store
from plumbline.web.server import control

WAIT_SECONDS = 60.0
CREATES = frozenset({"import", "users_add"})


def execute(store: Path, name: str, options: dict[str, Any], emit: commands.Emit) -> commands.Answer:
    """The answer of a command, the same from the server and from the file.

    Waits up to a minute for another command to let go of the file. Raises StoreError, NotFound, Stopped.
    """
    until = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            answer = control.ask(store, name, options, emit)
        except KeyboardInterrupt as stop:
            raise Stopped(
                "You stopped waiting. The server goes on and finishes an import that it began: "
                "`python -m plumbline imports` lists those that are stored."
            ) from stop
        if answer is not None:
            return answer
        try:
            return _direct(store, name, options, emit)
        except StoreBusy:
            if time.monotonic() > until:
                raise
            time.sleep(0.25)


def _direct(store: Path, name: str, options: dict[str, Any], emit: commands.Emit) -> commands.Answer:
    is_new = not store.exists()
    if is_new and name not in CREATES:
        raise NotFound(
            f"There is no store at {store}. Name one with --store, or make one: `make run` for made-up patients, "
            f"`python -m plumbline import PATH --store {store.name}` for your own."
        )
    if is_new:
        commands.refuse(name, options)  # before a store is made for it
    nowhere = is_new and options.get("dry_run")
    try:
        with sql.heeding_ctrl_c(), closing(open_store(":memory:" if nowhere else store)) as opened:
            return commands.run(opened, name, options, emit)
    except KeyboardInterrupt as stop:
        raise Stopped(
            "Stopped. An import is stored wholly or not at all: "
            "`python -m plumbline imports` lists those that are stored."
        ) from stop
