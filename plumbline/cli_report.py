"""`python -m plumbline report …`: the comparison of saved cohorts as a web page, a PDF and a table, fit for cron."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from plumbline import printing
from plumbline.cli_base import Json, Store, plainly, run
from plumbline.errors import PlumblineError
from plumbline.web import modes


@plainly
def report(
    cohorts: Annotated[
        list[str],
        typer.Argument(help="Saved cohorts by name or id, such as Harbor or Harbor@2; of one, against all others."),
    ],
    to: Annotated[Path, typer.Option("--to", help="A folder that isn't there yet, or is empty.")],
    instrument: Annotated[str, typer.Option(help="The outcome: an instrument's code.")] = "nrs_back",
    window: Annotated[str, typer.Option(help="The visit, such as 'month 3'.")] = "month 3",
    milestone: Annotated[str, typer.Option(help="Whose curve is drawn.")] = "light_tasks",
    as_of: Annotated[str | None, typer.Option(help="The day that counts as today, YYYY-MM-DD; default today.")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="Print nothing where all went well.")] = False,
    store: Store = None,
    as_json: Json = False,
) -> int:
    """Write how saved cohorts compare into a new folder; counts of 1 to 10 are hidden. Exit code 2: nothing written."""
    options = {
        "cohorts": cohorts, "to": str(to.expanduser().absolute()), "instrument": instrument, "visit": window,
        "milestone": milestone, "as_of": _day(as_of), "by": modes.login(),
    }  # fmt: skip
    return run("report", store, options, _nothing if quiet else _written, as_json)


def _day(given: str | None) -> str:
    if given is None:
        return datetime.now().astimezone().date().isoformat()
    try:
        return date.fromisoformat(given).isoformat()
    except ValueError as error:
        raise PlumblineError(f"{given!r} is not a day: write it as YYYY-MM-DD, such as 2026-03-01.") from error


def _nothing(_answer: Any) -> None:
    """What cron mails is an error, and nothing else."""


def _written(answer: dict[str, Any]) -> None:
    printing.say(f"{answer['headline']}. The report is in {answer['to']}: {', '.join(answer['files'])}.")
