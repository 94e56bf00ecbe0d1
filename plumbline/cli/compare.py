"""`python -m plumbline compare A B`: what the Cohorts page says of two to four cohorts, without the page."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from plumbline import printing
from plumbline.cli.base import Json, Store, instant_of, plainly, run
from plumbline.cli.cohorts import text_of
from plumbline.web.server import modes

WHICH = (
    "Two to four cohorts: the name or id of a saved one (an old version as NAME@2), a file of `cohorts export`, "
    "filters in short (clinic:ID, age:60..80, clinic:ID+sex:female), or `others` than the one before."
)


@plainly
def compare(
    cohorts: Annotated[list[str], typer.Argument(help=WHICH)],
    instrument: Annotated[str, typer.Option(help="An instrument's code, such as odi.")] = "nrs_back",
    window: Annotated[str, typer.Option(help='The visit asked about: "month 12", "6 weeks".')] = "month 3",
    milestone: Annotated[str, typer.Option(help="Whose curve is given.")] = "light_tasks",
    as_of: Annotated[str | None, typer.Option(help="The day that counts as today, YYYY-MM-DD.")] = None,
    store: Store = None,
    as_json: Json = False,
) -> int:
    """Compare cohorts: how they recover, whether a difference is real, and whether it can be trusted; on record."""
    today = datetime.now().astimezone().date().isoformat()
    options = {
        "cohorts": [given(one) for one in cohorts],
        "instrument": instrument,
        "window": window,
        "milestone": milestone,
        "as_of": (instant_of("--as-of", as_of) or today)[:10],
        "by": modes.login(),
    }
    return run("compare", store, options, _said, as_json)


def given(said: str) -> str:
    """A cohort as somebody said it; of a file its text. Raises PlumblineError."""
    return text_of(Path(said)) if said.lower().endswith(".json") else said


def _said(answer: dict[str, Any]) -> None:
    """The verdict, the checks, what was looked at, the shares and the notes."""
    from plumbline.compare.tables import p_words  # slow to load, and of no use where the server answers

    groups = {group["key"]: group["name"] for group in answer["groups"]}
    printing.say(f"{answer['verdict']['mark']} {answer['verdict']['headline']}")
    printing.say(answer["verdict"]["sentence"])
    checks = {"question": "Check", "mark": "Answer", "words": ""}
    printing.say(printing.table(checks, answer["checks"]))
    differences = {"label": "Looked at", "against": "Against", "words": "First minus other", "p": "p", "all": "p, all"}
    rows = [
        {**one, "against": groups[one["other"]], "p": p_words(one["p"]), "all": p_words(one["p_counted"])}
        for one in answer["differences"]
    ]
    printing.say(printing.table(differences, rows))
    printing.say(answer["looked"])
    answered = {"group": "Cohort", "visit_label": "Visit", "words": "Answered, of those due"}
    printing.say(printing.table(answered, [{**one, "group": groups[one["group"]]} for one in answer["answered"]]))
    shares = {"label": "How many did well", "group": "Cohort", "words": ""}
    printing.say(printing.table(shares, [{**one, "group": groups[one["group"]]} for one in answer["shares"]]))
    for one in (*(row["words"] for row in answer["reached"]), answer["missing"]["words"], *answer["notes"]):
        printing.say(f"- {one}")
