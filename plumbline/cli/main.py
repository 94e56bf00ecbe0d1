"""`python -m plumbline …`: the commands, what they take and how they end.

Exit code 0: done; 1: an import rejected some rows and stored the rest; 2: nothing could be done, and stderr says
why and what to do; 130: stopped with Ctrl-C.
"""

from __future__ import annotations

import os
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from plumbline import printing
from plumbline.cli import audit as cli_audit
from plumbline.cli import clinics as cli_clinics
from plumbline.cli import cohorts as cli_cohorts
from plumbline.cli import compare as cli_compare
from plumbline.cli import links as cli_links
from plumbline.cli import mapping as cli_mapping
from plumbline.cli import protocol as cli_protocol
from plumbline.cli import users as cli_users
from plumbline.cli.base import Json, Store, plainly
from plumbline.cli.base import run as _run
from plumbline.cli.doctor import doctor
from plumbline.cli.keeping import batches, kept
from plumbline.cli.report import report
from plumbline.cli.score import score
from plumbline.demo.places import Planted
from plumbline.demo.store import remake
from plumbline.errors import PlumblineError
from plumbline.expectation import expectation_of
from plumbline.intake.reading import Reading
from plumbline.store import open_store
from plumbline.web.server import modes
from plumbline.web.server.serve import serve as serve_application

app = typer.Typer(
    help="Plumbline: recovery after kyphoplasty, against the expected healing timeline.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

app.add_typer(batches, name="imports")
app.registered_commands += kept.registered_commands


@app.command("import")
@plainly
def import_(
    paths: Annotated[list[Path], typer.Argument(help="Files or folders: native CSV, FHIR R4 bundles.")],
    store: Store = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check everything, store nothing.")] = False,
    replace: Annotated[bool, typer.Option("--replace", help="A value that differs supersedes.")] = False,
    mapping: Annotated[
        list[str] | None,
        typer.Option(help="How tables become facts: a YAML file, or the name of a saved mapping. May be repeated."),
    ] = None,
    encoding: Annotated[str | None, typer.Option(help="Such as windows-1252; else UTF-8 or UTF-16.")] = None,
    delimiter: Annotated[str | None, typer.Option(help="comma, semicolon, tab, pipe, or the sign itself.")] = None,
    sheet: Annotated[str | None, typer.Option(help="The sheet of a workbook.")] = None,
    header_line: Annotated[int | None, typer.Option(help="The line that names the columns.")] = None,
    dates: Annotated[str | None, typer.Option(help="day-first or month-first.")] = None,
    decimal: Annotated[str | None, typer.Option(help="comma or dot.")] = None,
    as_json: Json = False,
) -> int:
    """Import files. Every row ends as accepted, unchanged, ignored or rejected."""
    options = {
        "paths": [str(path.expanduser().absolute()) for path in paths],
        "dry_run": dry_run,
        "replace": replace,
        "mapping": [cli_mapping.given(one) for one in mapping or ()],
        "reading": vars(Reading(encoding, delimiter, sheet, header_line, dates, decimal)),
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
    planted: Annotated[
        bool, typer.Option("--planted", help="Patients of one clinic fare better, by a known amount.")
    ] = False,
    store: Store = None,
) -> int:
    """Make a store of made-up patients, in place of the one that was made up before."""
    path = modes.store_path(os.environ, store)
    with printing.progress() as emit:
        remake(path, patients, seed, _day(until), emit, Planted() if planted else None)
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


app.command("compare")(cli_compare.compare)
app.command("score")(plainly(score))
app.command("doctor")(plainly(doctor))
app.command("report")(report)


app.add_typer(cli_audit.record, name="audit")
app.add_typer(cli_protocol.protocol, name="protocol")
app.add_typer(cli_users.users, name="users")
app.add_typer(cli_clinics.clinics, name="clinics")
app.add_typer(cli_links.links, name="links")
app.add_typer(cli_cohorts.cohorts, name="cohorts")
mappings = typer.Typer(help="How a table of your own becomes facts: propose a mapping, check it, keep it.")
mappings.command("suggest")(plainly(cli_mapping.suggest))
mappings.command("check")(plainly(cli_mapping.check))
app.add_typer(mappings, name="mapping")
app.command("template")(plainly(cli_mapping.template))


@mappings.command("list")
@plainly
def list_mappings(store: Store = None, as_json: Json = False) -> int:
    """List the saved mappings, the newest version of each first."""
    return _run("mappings", store, {}, printing.mappings, as_json)


@mappings.command("save")
@plainly
def save_mapping(
    file: Annotated[Path, typer.Argument(help="A mapping, as `mapping suggest` writes it.")],
    store: Store = None,
    as_json: Json = False,
) -> int:
    """Keep a mapping in the store, in a new version where it says something else than the one of its name."""
    options = {"yaml": cli_mapping.text_of(file), "by": modes.login()}
    return _run("save_mapping", store, options, printing.mapping_saved, as_json)


def _day(given: str | None) -> date:
    if given is None:
        return datetime.now().astimezone().date()
    try:
        return date.fromisoformat(given)
    except ValueError as error:
        raise PlumblineError(f"{given!r} is not a day: write it as YYYY-MM-DD, such as 2026-03-01.") from error


def main() -> None:
    """Run the command that the command line names; what it makes is for its own user alone."""
    os.umask(0o077)
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    app(sys.argv[1:] or ["--help"], prog_name="python -m plumbline")
