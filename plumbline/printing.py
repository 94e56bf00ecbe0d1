"""How the commands speak: answers on stdout, everything else on stderr, so that `--json` can be piped."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from plumbline.commands import Emit

ERR = Console(stderr=True, highlight=False, markup=False)
_WIDE = 200  # where no terminal says how wide it is, nothing is cut
_COUNTS = ("rows", "accepted", "unchanged", "ignored", "rejected")


def as_json(answer: Any) -> None:
    """The answer alone on stdout, as one JSON document."""
    sys.stdout.write(json.dumps(answer, indent=2, ensure_ascii=False) + "\n")


@contextmanager
def progress() -> Iterator[Emit]:
    """A progress bar on stderr while something runs; nothing where stderr is no terminal."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=ERR, transient=True, disable=not ERR.is_terminal) as bar:
        tasks: dict[str, Any] = {}

        def emit(label: str, done: int, total: int) -> None:
            if label not in tasks:
                tasks[label] = bar.add_task(label, total=total)
            bar.update(tasks[label], completed=done, total=total)

        yield emit


def say(what: str | Table) -> None:
    """One answer, or a part of it, on stdout."""
    width = None if sys.stdout.isatty() else _WIDE
    Console(highlight=False, markup=False, width=width).print(what, soft_wrap=isinstance(what, str))


def table(columns: dict[str, str], rows: list[dict[str, Any]]) -> Table:
    """Rows under headings; columns named in `_COUNTS` stand to the right."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name, heading in columns.items():
        number = name in {*_COUNTS, "line"}
        whole = number or name in {"batch_id", "started_at"}
        table.add_column(heading, justify="right" if number else "left", overflow="fold", no_wrap=whole)
    for row in rows:
        table.add_row(*("" if row.get(name) is None else str(row[name]) for name in columns))
    return table


def imported(answer: dict[str, Any]) -> None:
    """What an import did, file by file, with the totals."""
    counts = {name: name.capitalize() for name in _COUNTS}
    rows = [*answer["files"], {"file": "together", **answer["totals"]}]
    say(table({"file": "File", "format": "Format", **counts}, rows))
    for note in answer.get("notes", []):
        say(f"- {note}")
    if answer.get("dry_run"):
        say("A dry run: nothing was stored.")
    elif answer["totals"]["rejected"]:
        say(f"Why rows were rejected: python -m plumbline rejects {answer['batch_id']}")


def rejected(answer: list[dict[str, Any]]) -> None:
    """The rows that an import turned away, with the reason of each."""
    columns = {"file": "File", "line": "Line", "column": "Column", "value": "Value", "reason": "Reason"}
    say(table(columns, answer) if answer else "No row was rejected.")


def batches(answer: list[dict[str, Any]]) -> None:
    """Every import, the newest first."""
    counts = {name: name.capitalize() for name in _COUNTS}
    columns = {"batch_id": "Import", "started_at": "Started, UTC", "recorded_by": "By", **counts, "undone": "Undone"}
    rows = [{**row, "started_at": _minute(row["started_at"]), "undone": _undone_by(row)} for row in answer]
    say(table(columns, rows) if answer else "Nothing was imported yet.")


def scored(answer: dict[str, Any]) -> None:
    """What became of each questionnaire of a file, with the rule."""
    say(f"{answer['instrument']}, coding {answer['coding']}: {answer['rule_words']}")
    columns = {"line": "Line", "id": "Row", "shown": "Score", "answered": "Answered", "said": "Remark"}
    rows = [
        {
            **row,
            "id": ", ".join(f"{name} {value}" for name, value in row["id"].items()),
            "shown": "none" if row["shown"] is None else row["shown"],
            "answered": "" if row["answered"] is None else f"{row['answered']} of {row['of']}",
            "said": "; ".join(filter(None, [row["reason"], *row["warnings"]])),
        }
        for row in answer["rows"]
    ]
    say(table(columns, rows))
    totals = answer["totals"]
    say(f"{totals['scored']} of {totals['rows']} scored, {totals['missing']} missing, {totals['invalid']} invalid.")
    for note in answer["notes"]:
        say(f"- {note}")


def mappings(answer: list[dict[str, Any]]) -> None:
    """Every saved mapping."""
    columns = {"name": "Mapping", "version": "Version", "saved_at": "Saved, UTC", "saved_by": "By"}
    columns["imports"] = "Imports"
    rows = [{**row, "saved_at": row["saved_at"][:16].replace("T", " ")} for row in answer]
    say(table(columns, rows) if answer else "No mapping is saved yet.")


def mapping_saved(answer: dict[str, Any]) -> None:
    """Which version of a mapping is kept now."""
    say(f"The mapping {answer['name']} is kept as version {answer['version']}.")


def facts(rows: dict[str, list[dict[str, Any]]], rejects: list[dict[str, Any]]) -> None:
    """The first rows of a file as facts, and what is wrong with others."""
    for kind, found in rows.items():
        say(f"{kind}:")
        say(table({name: name for name in found[0]}, found))
    if rejects:
        say("rejected:")
        say(table({"line": "Line", "column": "Column", "value": "Value", "reason": "Reason"}, rejects))


def _minute(instant: str) -> str:
    return instant[:16].replace("T", " ")


def _undone_by(row: dict[str, Any]) -> str:
    return "" if row["undone_at"] is None else f"{_minute(row['undone_at'])} by {row['undone_by']}"


def undone(answer: dict[str, Any]) -> None:
    """What an undo of an import does, or did: what staff said since first."""
    if answer["undone_at"] is not None and not answer["done"]:
        say(f"This import was undone already, {_undone_by(answer)}.")
        return
    if answer["said_since"]:
        say("Staff have said this since; it stays as it is:")
        rows = [{**row, "said_at": _minute(row["said_at"])} for row in answer["said_since"]]
        columns = {"said_at": "When, UTC", "said_by": "By", "action": "Done", "kind": "Kind", "patient_id": "Patient"}
        say(table({**columns, "what": "What", "why": "Why"}, rows))
    if answer["later"]:
        say("Later imports have built on it. Undo these first:")
        rows = [{**row, "started_at": _minute(row["started_at"])} for row in answer["later"]]
        say(table({"batch_id": "Import", "started_at": "Started, UTC", "recorded_by": "By", "rows": "Rows"}, rows))
    fates = ("retracted", "restored", "kept")
    kinds = sorted({kind for fate in fates for kind in answer[fate]})
    rows = [{"kind": kind, **{fate: answer[fate].get(kind, 0) for fate in fates}} for kind in kinds]
    columns = {"kind": "Kind", "retracted": "Taken back", "restored": "Brought back", "kept": "Stay: staff need them"}
    say(table(columns, rows) if rows else "Nothing that it brought is left.")
    if not answer["done"]:
        say(f"Nothing was changed. To do it: python -m plumbline imports undo {answer['batch_id']} --yes --why REASON")


def sorted_tables(answer: list[dict[str, Any]]) -> None:
    """Each table that was sorted."""
    say(table({"table": "Table", "rows": "Rows", "seconds": "Seconds"}, answer))


def _held(answer: dict[str, Any]) -> str:
    rows = sum(table["rows"] for table in answer["tables"].values())
    last = answer["head"]["last_changed_at"] or answer["head"]["last_imported_at"]
    until = f", last changed {_minute(last)} UTC" if last else ""
    return f"{rows:,} rows in {len(answer['tables'])} tables{until}"


def backed_up(answer: dict[str, Any]) -> None:
    """Where a backup is, and what it holds."""
    say(f"The backup is in {answer['folder']}: {_held(answer)}, {answer['bytes'] / 1e6:.0f} MB.")


def exported(answer: dict[str, Any]) -> None:
    """Where an export is, and how much it holds."""
    if answer["format"] == "fhir":
        held = {name: file["rows"] for name, file in answer["files"].items()}
        count, types = sum(held[name] for name in held if name.startswith("ndjson/")), "FHIR R4 resources as NDJSON"
        bundles = sum(held[name] for name in held if name.startswith("patients/"))
        beside = f", and {bundles:,} patients as bundles" if bundles else ""
        say(f"The export is in {answer['folder']}: {count:,} {types}{beside}.")
        return
    rows = sum(file["rows"] for file in answer["files"].values())
    how = ", de-identified" if answer["deidentified"] else ""
    say(f"The export is in {answer['folder']}: {rows:,} rows in {len(answer['files'])} {answer['format']} files{how}.")


def restored(answer: dict[str, Any]) -> None:
    """What was restored, and where the store before it is."""
    say(f"Restored to {answer['store']}: {_held(answer)}. Every hash is as in the backup.")
    if answer["kept"]:
        say(f"The store that was there is kept as {answer['kept']}.")
    if answer["tables"].get("share_link", {}).get("rows"):
        say("Patients' links are as they were then: one that was taken back since opens again. Take it back anew:")
        say("`python -m plumbline links list` has them all.")


def verdict(answer: dict[str, Any]) -> None:
    """The verdict on a course with its reasons."""
    day = "no procedure yet" if answer["day"] is None else f"day {answer['day']}"
    say(f"{answer['episode_id']}, {day}, as of {answer['as_of']}: {answer['verdict']}")
    say(answer["headline"])
    for reason in answer["reasons"]:
        say(f"- {reason['text']}")
    for reason in answer["beside"]:
        say(f"- beside it: {reason['text']}")
    if answer["next_visit"]:
        visit = answer["next_visit"]
        say(f"Next visit: {visit['label']}, {visit['on']}, {visit['state']}")
    say(f"Page: {answer['address']}")


def verified(answer: list[dict[str, Any]]) -> None:
    """What a check of the store found."""
    if not answer:
        say("The store is sound: keys, references and summaries hold.")
    for line in answer:
        say(f"Not so: {line['check']}. Found {line['found']}, such as {'; '.join(line['such_as'][:3])}.")


def expectation(answer: dict[str, Any]) -> None:
    """The expected band of one day."""
    who = "reference patient" if answer["is_reference_patient"] else f"baseline {answer['baseline']:g}"
    say(f"{answer['instrument']}, day {answer['day']}, {who}")
    if answer["mean"] is not None:
        say(f"mean {answer['mean']:.2f}")
    if answer["quantiles"]:
        q = {name: f"{value:g}" for name, value in answer["quantiles"].items()}
        say(f"middle {q['p50']}; half of people {q['p25']} to {q['p75']}; 8 in 10 {q['p10']} to {q['p90']}")
    if "reason" in answer:
        say(answer["reason"])
    for source in answer["sources"]:
        say(f"- {source}")
