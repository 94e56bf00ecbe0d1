"""The commands that keep a store: imports listed and undone, export, backup, restore."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from plumbline import printing
from plumbline.backup import restore as restore_store
from plumbline.cli.base import Json, Store, plainly, run
from plumbline.web.server import modes

batches = typer.Typer(help="List the imports, the newest first; `imports undo BATCH` takes one back.")
kept = typer.Typer()


@batches.callback(invoke_without_command=True)
@plainly
def imports(ctx: typer.Context, store: Store = None, as_json: Json = False) -> int:
    """List the imports, the newest first; `imports undo BATCH` takes one back."""
    return 0 if ctx.invoked_subcommand else run("imports", store, {}, printing.batches, as_json)


@batches.command("undo")
@plainly
def undo_import(
    batch: Annotated[str, typer.Argument(help="The import, as `imports` lists it.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do it; without it, only say what would happen.")] = False,
    why: Annotated[str | None, typer.Option(help="The reason, for the change history.")] = None,
    store: Store = None,
    as_json: Json = False,
) -> int:
    """Take an import back: what it brought goes, what it replaced comes back, what staff said since stays."""
    options = {"batch": batch, "confirmed": yes, "why": why, "by": modes.login()}
    return run("undo_import", store, options, printing.undone, as_json)


@kept.command()
@plainly
def backup(
    to: Annotated[Path, typer.Argument(help="A folder that isn't there yet; it holds the copy and its manifest.")],
    store: Store = None,
    as_json: Json = False,
) -> int:
    """Copy a store while it is used: as it is at this instant, checked, wholly or not at all."""
    options = {"to": str(to.expanduser().absolute()), "by": modes.login()}
    return run("backup", store, options, printing.backed_up, as_json)


@kept.command()
@plainly
def export(
    to: Annotated[Path, typer.Option("--to", help="A folder that isn't there yet, or is empty.")],
    form: Annotated[str, typer.Option("--format", help="csv or fhir, which an import takes back, or parquet.")] = "csv",
    history: Annotated[bool, typer.Option("--history", help="Rows corrected or taken back, too.")] = False,
    deidentified: Annotated[
        bool, typer.Option("--deidentified", help="Random ids, shifted dates, no free text, no group under 11.")
    ] = False,
    bulk: Annotated[
        bool, typer.Option("--bulk", help="Of FHIR only NDJSON by type, no bundle for each patient.")
    ] = False,
    store: Store = None,
    as_json: Json = False,
) -> int:
    """Take everything out, in open formats, wholly or not at all."""
    wanted = {"format": form, "history": history, "deidentified": deidentified, "bulk": bulk}
    options = {"to": str(to.expanduser().absolute()), "by": modes.login(), **wanted}
    return run("export", store, options, printing.exported, as_json)


@kept.command()
@plainly
def restore(
    source: Annotated[Path, typer.Argument(metavar="FROM", help="The folder that `backup` made.")],
    store: Store = None,
    replace: Annotated[bool, typer.Option("--replace", help="Keep the store that is there aside.")] = False,
    as_json: Json = False,
) -> int:
    """Bring a backup back, after checking every hash. Never touches a store that is in use."""
    path = modes.store_path(os.environ, store)
    with printing.progress() as emit:
        answer = restore_store(source.expanduser().absolute(), path, replace=replace, progress=emit)
    (printing.as_json if as_json else printing.restored)(answer)
    return 0
