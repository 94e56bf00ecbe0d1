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

OUT = Console(highlight=False, markup=False, soft_wrap=True)
ERR = Console(stderr=True, highlight=False, markup=False)
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


def _table(columns: dict[str, str], rows: list[dict[str, Any]]) -> Table:
    """Rows under headings; columns named in `_COUNTS` stand to the right."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name, heading in columns.items():
        table.add_column(heading, justify="right" if name in {*_COUNTS, "line"} else "left", overflow="fold")
    for row in rows:
        table.add_row(*("" if row.get(name) is None else str(row[name]) for name in columns))
    return table


def imported(answer: dict[str, Any]) -> None:
    """What an import did, file by file, with the totals."""
    counts = {name: name.capitalize() for name in _COUNTS}
    rows = [*answer["files"], {"file": "together", **answer["totals"]}]
    OUT.print(_table({"file": "File", "format": "Format", **counts}, rows))
    for note in answer.get("notes", []):
        OUT.print(f"- {note}")
    if answer.get("dry_run"):
        OUT.print("A dry run: nothing was stored.")
    elif answer["totals"]["rejected"]:
        OUT.print(f"Why rows were rejected: python -m plumbline rejects {answer['batch_id']}")


def rejected(answer: list[dict[str, Any]]) -> None:
    """The rows that an import turned away, with the reason of each."""
    columns = {"file": "File", "line": "Line", "column": "Column", "value": "Value", "reason": "Reason"}
    OUT.print(_table(columns, answer) if answer else "No row was rejected.")


def batches(answer: list[dict[str, Any]]) -> None:
    """Every import, the newest first."""
    counts = {name: name.capitalize() for name in _COUNTS}
    columns = {"batch_id": "Import", "started_at": "Started, UTC", "recorded_by": "By", **counts}
    OUT.print(_table(columns, answer) if answer else "Nothing was imported yet.")


def verdict(answer: dict[str, Any]) -> None:
    """The verdict on a course with its reasons."""
    day = "no procedure yet" if answer["day"] is None else f"day {answer['day']}"
    OUT.print(f"{answer['episode_id']}, {day}, as of {answer['as_of']}: {answer['verdict']}")
    OUT.print(answer["headline"])
    for reason in answer["reasons"]:
        OUT.print(f"- {reason['text']}")
    for reason in answer["beside"]:
        OUT.print(f"- beside it: {reason['text']}")
    if answer["next_visit"]:
        visit = answer["next_visit"]
        OUT.print(f"Next visit: {visit['label']}, {visit['on']}, {visit['state']}")
    OUT.print(f"Page: {answer['address']}")


def expectation(answer: dict[str, Any]) -> None:
    """The expected band of one day."""
    who = "reference patient" if answer["is_reference_patient"] else f"baseline {answer['baseline']:g}"
    OUT.print(f"{answer['instrument']}, day {answer['day']}, {who}")
    if answer["mean"] is not None:
        OUT.print(f"mean {answer['mean']:.2f}")
    if answer["quantiles"]:
        q = {name: f"{value:g}" for name, value in answer["quantiles"].items()}
        OUT.print(f"middle {q['p50']}; half of people {q['p25']} to {q['p75']}; 8 in 10 {q['p10']} to {q['p90']}")
    if "reason" in answer:
        OUT.print(answer["reason"])
    for source in answer["sources"]:
        OUT.print(f"- {source}")
