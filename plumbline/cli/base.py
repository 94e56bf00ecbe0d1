"""What every command shares: how it is run, how it ends, and the options that all take."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from plumbline import printing, sql
from plumbline.client import execute
from plumbline.errors import PlumblineError, Stopped
from plumbline.web.server import modes

Store = Annotated[
    Path | None,
    typer.Option(help="The store's file; default PLUMBLINE_STORE, else data/plumbline.duckdb."),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON on stdout, and nothing else there.")]


def plainly(command: Callable[..., int]) -> Callable[..., None]:
    """Turn our errors into one paragraph on stderr and an exit code."""

    @functools.wraps(command)
    def wrapped(*args: Any, **kwargs: Any) -> None:
        try:
            with sql.heeding_ctrl_c():
                code = command(*args, **kwargs)
        except PlumblineError as error:
            printing.ERR.print(str(error), soft_wrap=True)
            code = 130 if isinstance(error, Stopped) else 2
        except KeyboardInterrupt:
            code = 130
        if code:  # else what follows in the same call, such as `imports undo` after `imports`, would not run
            raise typer.Exit(code)

    return wrapped


def run(name: str, store: Path | None, options: dict[str, Any], show: Callable[[Any], None], as_json: bool) -> int:
    """Run a command of `plumbline.commands`, show its answer, and give its exit code."""
    with printing.progress() as emit:
        answer = execute(modes.store_path(os.environ, store), name, options, emit)
    if "error" in answer:
        raise PlumblineError(answer["error"])
    (printing.as_json if as_json else show)(answer["answer"])
    return int(answer["exit_code"])


def instant_of(option: str, given: str | None) -> str | None:
    """An option's day or instant in ISO, UTC. Raises PlumblineError where it is none."""
    try:
        return None if given is None else datetime.fromisoformat(given).isoformat()
    except ValueError as error:
        raise PlumblineError(f"{option} {given} is no day or instant: write 2026-03-01 or 2026-03-01T14:00.") from error
