"""`python -m plumbline report …`: the comparison of saved cohorts as a web page, a PDF and a table, fit for cron."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from plumbline import printing
from plumbline.cli.base import Json, Store, instant_of, plainly, run
from plumbline.cli.compare import WHICH, given
from plumbline.web.server import modes


@plainly
def report(
    cohorts: Annotated[list[str], typer.Argument(help=f"{WHICH} One alone is compared with all others.")],
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
    today = datetime.now().astimezone().date()
    as_of = (instant_of("--as-of", as_of) or today.isoformat())[:10]
    options = {
        "cohorts": [given(one) for one in cohorts], "to": str(to.expanduser().absolute()), "instrument": instrument,
        "window": window,
        "milestone": milestone, "as_of": as_of, "made_on": f"{today:%-d %B %Y}", "by": modes.login(),
    }  # fmt: skip
    return run("report", store, options, _nothing if quiet else _written, as_json)


def _nothing(_answer: Any) -> None:
    """What cron mails is an error, and nothing else."""


def _written(answer: dict[str, Any]) -> None:
    printing.say(f"{answer['headline']}. The report is in {answer['to']}: {', '.join(answer['files'])}.")
