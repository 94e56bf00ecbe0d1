"""`python -m plumbline cohorts …`: saved cohorts and their versions; keep one, bring one as a file, give one out."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from plumbline import printing
from plumbline.cli.base import Json, Store, plainly, run
from plumbline.cohorts import DefinitionError, from_file
from plumbline.errors import PlumblineError
from plumbline.web.server import modes

cohorts = typer.Typer(help="Saved cohorts: definitions by filters, each save a version that never changes.")
Which = Annotated[str, typer.Argument(help="The cohort's id or name, as `cohorts list` has it.")]
Version = Annotated[int | None, typer.Option(help="Which version; default the newest.")]
Comment = Annotated[str | None, typer.Option(help="Why; it stays with the version.")]
Clinic = Annotated[
    list[str] | None, typer.Option(help="For accounts of this clinic, too; repeatable; default: of all.")
]


@cohorts.command("list")
@plainly
def list_(
    retired: Annotated[bool, typer.Option("--retired", help="Those that were put away, too.")] = False,
    store: Store = None,
    as_json: Json = False,
) -> int:
    """List saved cohorts by name, each in its newest version."""
    return run("cohorts", store, {"retired": retired}, _rows, as_json)


@cohorts.command()
@plainly
def show(cohort: Which, version: Version = None, store: Store = None, as_json: Json = False) -> int:
    """Say what a cohort is: its filters in words, and the hash by which the same ones are known again."""
    return run("cohorts_export", store, {"cohort": cohort, "version": version}, _shown, as_json)


@cohorts.command()
@plainly
def versions(cohort: Which, store: Store = None, as_json: Json = False) -> int:
    """List every version of a cohort, the newest first."""
    return run("cohorts_versions", store, {"cohort": cohort}, _rows, as_json)


@cohorts.command()
@plainly
def save(
    name: Annotated[str, typer.Argument(help="What to call it.")],
    filters: Annotated[
        str, typer.Argument(help='Filters as JSON, such as \'{"sex": ["female"], "age": {"from": 60}}\'.')
    ],
    other_than: Annotated[str | None, typer.Option(help="Filters of those who are left out, as JSON.")] = None,
    cohort: Annotated[str | None, typer.Option(help="Save it as the next version of this one.")] = None,
    comment: Comment = None,
    clinic: Clinic = None,
    store: Store = None,
    as_json: Json = False,
) -> int:
    """Save a cohort, or its next version."""
    told: dict[str, Any] = {"plumbline_cohort": 1, "filters": _json("The filters", filters)}
    if other_than is not None:
        told["other_than"] = _json("--other-than", other_than)
    options = {"name": name, "definition": json.dumps(told), "cohort": cohort, "comment": comment}
    return run("cohorts_save", store, options | {"clinics": clinic or None, "by": modes.login()}, _kept, as_json)


@cohorts.command()
@plainly
def export(
    cohort: Which,
    to: Annotated[Path | None, typer.Option(help="Write the file there; default stdout.")] = None,
    version: Version = None,
    store: Store = None,
) -> int:
    """Give a cohort out as a JSON file: filters, no patients."""
    return run("cohorts_export", store, {"cohort": cohort, "version": version}, lambda told: _write(told, to), False)


@cohorts.command("import")
@plainly
def import_(
    file: Annotated[Path, typer.Argument(help="A file that `cohorts export` wrote.")],
    name: Annotated[str | None, typer.Option(help="Another name than the file's.")] = None,
    comment: Comment = None,
    clinic: Clinic = None,
    store: Store = None,
    as_json: Json = False,
) -> int:
    """Keep the cohort of a file: as the next version of the one of that name, or as a new one."""
    options = {"text": text_of(file), "name": name, "comment": comment, "clinics": clinic or None, "by": modes.login()}
    return run("cohorts_import", store, options, _kept, as_json)


@cohorts.command()
@plainly
def rename(
    cohort: Which,
    name: Annotated[str, typer.Argument(help="What to call it from now on.")],
    store: Store = None,
    as_json: Json = False,
) -> int:
    """Call a cohort something else; who is in it stays."""
    return run("cohorts_rename", store, {"cohort": cohort, "name": name, "by": modes.login()}, _kept, as_json)


@cohorts.command()
@plainly
def restore(
    cohort: Which,
    version: Annotated[int, typer.Argument(help="The version to bring back.")],
    store: Store = None,
    as_json: Json = False,
) -> int:
    """Make an old version the newest again, as the next version; also brings back what was put away."""
    return run("cohorts_restore", store, {"cohort": cohort, "version": version, "by": modes.login()}, _kept, as_json)


@cohorts.command()
@plainly
def retire(cohort: Which, comment: Comment = None, store: Store = None, as_json: Json = False) -> int:
    """Put a cohort away; its versions stay."""
    return run("cohorts_retire", store, {"cohort": cohort, "comment": comment, "by": modes.login()}, _kept, as_json)


def text_of(file: Path) -> str:
    """The text of a file that `cohorts export` wrote, read here: the server may stand in another folder.

    Raises PlumblineError, which names the file.
    """
    path = file.expanduser()
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        said = f"{path.name} can't be read ({error.strerror}): give a file that `cohorts export` wrote."
        raise PlumblineError(said) from error
    except UnicodeDecodeError as error:
        raise PlumblineError(f"{path.name} can't be read: give a JSON file in UTF-8.") from error
    if not text.strip():
        raise PlumblineError(f"{path.name} is empty: give a file that `cohorts export` wrote.")
    try:
        from_file(text)
    except DefinitionError as wrong:
        raise PlumblineError(f"{path.name}: {wrong}") from wrong
    return text


def _json(what: str, text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise PlumblineError(f'{what} are no JSON: write them as \'{{"sex": ["female"]}}\'.') from error


def _write(told: dict[str, Any], to: Path | None) -> None:
    if to is None:
        sys.stdout.write(told["file"])
        return
    try:
        to.expanduser().write_text(told["file"], encoding="utf-8")
    except OSError as error:
        raise PlumblineError(f"{to} can't be written ({error.strerror}): name another file with --to.") from error
    printing.ERR.print(f"The cohort {told['name']}, version {told['version']}, is in {to}.", soft_wrap=True)


def _rows(answer: list[dict[str, Any]]) -> None:
    columns = {"cohort_id": "Cohort", "name": "Name", "version": "Version", "said": "Who", "saved": "Saved, UTC"}
    columns |= {"saved_by": "By", "comment": "Comment", "hash": "Hash"}
    shown = [
        row | {"saved": row["saved_at"][:16].replace("T", " "), "hash": row["digest"][:12], "name": _name(row)}
        for row in answer
    ]
    printing.say(printing.table(columns, shown) if shown else "No cohort is saved yet.")


def _name(row: dict[str, Any]) -> str:
    return f"{row['name']} (put away)" if row["is_retired"] else str(row["name"])


def _shown(told: dict[str, Any]) -> None:
    printing.say(f"{_name(told)}, version {told['version']} of {told['cohort_id']}: {told['said']}")
    printing.say(f"Saved {told['saved_at'][:16].replace('T', ' ')} UTC by {told['saved_by']}, hash {told['digest']}")
    if told["comment"]:
        printing.say(f"- {told['comment']}")


def _kept(told: dict[str, Any]) -> None:
    printing.say(f"{_name(told)} is kept as version {told['version']} of {told['cohort_id']}: {told['said']}")
