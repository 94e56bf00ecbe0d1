"""`python -m plumbline …`: the commands, what they take and how they end.

Exit code 0: done; 1: an import rejected some rows and stored the rest; 2: nothing could be done, and stderr says
why and what to do; 130: stopped with Ctrl-C.
"""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from plumbline import printing, sql
from plumbline.backup import restore as restore_store
from plumbline.client import execute
from plumbline.demo.store import remake
from plumbline.errors import PlumblineError, Stopped
from plumbline.expectation import expectation_of
from plumbline.store import open_store
from plumbline.web import modes
from plumbline.web.serve import serve as serve_application

app = typer.Typer(
    help="Plumbline: recovery after kyphoplasty, against the expected healing timeline.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

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
        raise typer.Exit(code)

    return wrapped


def _run(name: str, store: Path | None, options: dict[str, Any], show: Callable[[Any], None], as_json: bool) -> int:
    with printing.progress() as emit:
        answer = execute(modes.store_path(os.environ, store), name, options, emit)
    if "error" in answer:
        raise PlumblineError(answer["error"])
    (printing.as_json if as_json else show)(answer["answer"])
    return int(answer["exit_code"])


@app.command("import")
@plainly
def import_(
    paths: Annotated[list[Path], typer.Argument(help="Files or folders: native CSV, FHIR R4 bundles.")],
    store: Store = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check everything, store nothing.")] = False,
    replace: Annotated[bool, typer.Option("--replace", help="A value that differs supersedes.")] = False,
    as_json: Json = False,
) -> int:
    """Import files. Every row ends as accepted, unchanged, ignored or rejected."""
    options = {
        "paths": [str(path.expanduser().absolute()) for path in paths],
        "dry_run": dry_run,
        "replace": replace,
        "recorded_by": modes.login(),
    }
    return _run("import", store, options, printing.imported, as_json)


@app.command()
@plainly
def rejects(
    batch: Annotated[str, typer.Argument(help="The import, as `imports` lists it.")],
    store: Store = None,
    as_json: Json = False,
) -> int:
    """List the rows that an import rejected, with the reason of each."""
    return _run("rejects", store, {"batch": batch}, printing.rejected, as_json)


batches = typer.Typer(help="List the imports, the newest first; `imports undo BATCH` takes one back.")
app.add_typer(batches, name="imports")


@batches.callback(invoke_without_command=True)
@plainly
def imports(ctx: typer.Context, store: Store = None, as_json: Json = False) -> int:
    """List the imports, the newest first; `imports undo BATCH` takes one back."""
    return 0 if ctx.invoked_subcommand else _run("imports", store, {}, printing.batches, as_json)


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
    return _run("undo_import", store, options, printing.undone, as_json)


@app.command()
@plainly
def status(
    episode: Annotated[str, typer.Argument(help="An episode's id, or patient:ID before any procedure.")],
    as_of: Annotated[
        str | None,
        typer.Option(help="The day that counts as today, YYYY-MM-DD; default today at the patient's clinic."),
    ] = None,
    store: Store = None,
    as_json: Json = False,
) -> int:
    """Say whether a recovery is on course, and why."""
    options = {"course": episode, "as_of": None if as_of is None else _day(as_of).isoformat()}
    return _run("status", store, options, printing.verdict, as_json)


@app.command()
@plainly
def compact(store: Store = None, as_json: Json = False) -> int:
    """Sort what trickled in, at a quiet hour: entries wait while a table is sorted, pages don't."""
    return _run("compact", store, {}, printing.sorted_tables, as_json)


@app.command()
@plainly
def backup(
    to: Annotated[Path, typer.Argument(help="A folder that isn't there yet; it holds the copy and its manifest.")],
    store: Store = None,
    as_json: Json = False,
) -> int:
    """Copy a store while it is used: as it is at this instant, checked, wholly or not at all."""
    return _run("backup", store, {"to": str(to.expanduser().absolute())}, printing.backed_up, as_json)


@app.command()
@plainly
def export(
    to: Annotated[Path, typer.Option("--to", help="A folder that isn't there yet, or is empty.")],
    form: Annotated[str, typer.Option("--format", help="csv, which an import takes back, or parquet.")] = "csv",
    history: Annotated[bool, typer.Option("--history", help="Rows corrected or taken back, too.")] = False,
    deidentified: Annotated[
        bool, typer.Option("--deidentified", help="Random ids, shifted dates, no free text, no group under 11.")
    ] = False,
    store: Store = None,
    as_json: Json = False,
) -> int:
    """Take everything out, in open formats, wholly or not at all."""
    options = {"to": str(to.expanduser().absolute()), "format": form, "history": history, "deidentified": deidentified}
    return _run("export", store, options, printing.exported, as_json)


@app.command()
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


@app.command()
@plainly
def verify(store: Store = None, as_json: Json = False) -> int:
    """Check the store: one row for each key, nothing that lacks its patient, summaries as the facts give them."""
    return _run("verify", store, {}, printing.verified, as_json)


@app.command()
@plainly
def expected(
    instrument: Annotated[str, typer.Option(help="An instrument's code, such as nrs_back.")],
    day: Annotated[int, typer.Option(help="Days after the procedure.")],
    baseline: Annotated[float | None, typer.Option(help="Score before; default the reference patient's.")] = None,
    as_json: Json = False,
) -> int:
    """Say what is expected on a day after the procedure. Needs no store."""
    store = open_store(":memory:")
    try:
        answer = expectation_of(store.cursor(), instrument, day, baseline)
    finally:
        store.close()
    (printing.as_json if as_json else printing.expectation)(answer)
    return 0


@app.command()
@plainly
def demo(
    patients: Annotated[int, typer.Option(help="How many made-up patients.")] = 1000,
    seed: Annotated[int, typer.Option(help="The same seed makes the same patients.")] = 7,
    until: Annotated[str | None, typer.Option(help="The last day of the data; default today.")] = None,
    store: Store = None,
) -> int:
    """Make a store of made-up patients, in place of the one that was made up before."""
    path = modes.store_path(os.environ, store)
    with printing.progress() as emit:
        remake(path, patients, seed, _day(until), emit)
    printing.ERR.print(f"{patients} made-up patients are in {path}.", soft_wrap=True)
    return 0


@app.command()
@plainly
def serve(
    port: Annotated[int, typer.Option(help="The port to answer on.")] = 8501,
    store: Store = None,
    address: Annotated[str, typer.Option(help="The address to answer on: this machine's only.")] = "127.0.0.1",
) -> int:
    """Serve the pages on this machine; PLUMBLINE_AUTH says in which mode."""
    return serve_application(port, store, address)


def _day(given: str | None) -> date:
    if given is None:
        return datetime.now().astimezone().date()
    try:
        return date.fromisoformat(given)
    except ValueError as error:
        raise PlumblineError(f"{given!r} is not a day: write it as YYYY-MM-DD, such as 2026-03-01.") from error


def main() -> None:
    """Run the command that the command line names."""
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    app(sys.argv[1:] or ["--help"], prog_name="python -m plumbline")
