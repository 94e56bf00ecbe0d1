"""From what somebody types to the question of a comparison: each thing in any spelling that can mean nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from plumbline import sql
from plumbline.cohorts.near import either, near, plainer
from plumbline.compare import asking, reached
from plumbline.compare.asking import Ask
from plumbline.errors import NotFound
from plumbline.status import refuse_to_come


def ask_of(cursor: Any, options: Mapping[str, Any]) -> Ask:
    """The question. Options: as_of (ISO day), instrument, window and milestone as people say them.

    Raises NotFound, and PlumblineError for a day that is still to come.
    """
    as_of = date.fromisoformat(str(options["as_of"]))
    refuse_to_come(cursor, as_of)
    stops = asking.visits(cursor)
    planned = {stop.target_day: stop.visit for stop in stops}
    outcomes = sql.rows(cursor, "compare/outcome_by_order")
    instruments = {one["instrument"]: (one["label"], one["whole"]) for one in outcomes}
    milestones = {name: (label,) for name, label in reached.milestones(cursor).items()}
    return Ask(
        as_of,
        meant(str(options["instrument"]), "instrument", instruments),
        asking.visit_of(str(options["window"]), [stop.visit for stop in stops], planned),
        meant(str(options["milestone"]), "milestone", milestones),
    )


def meant(said: str, what: str, words: Mapping[str, Sequence[str]]) -> str:
    """The one name that is meant, by itself, by one of its `words`, or by a part of them that no other name has.

    Raises NotFound, which names those that it may be, or all there are.
    """
    spelt = {name: [plainer(one) for one in (name, *ways)] for name, ways in words.items()}
    asked = plainer(said)
    whole = [name for name in spelt if asked == spelt[name][0]] or [name for name in spelt if asked in spelt[name]]
    part = [name for name in spelt if asked and any(f" {asked} " in f" {one} " for one in spelt[name])]
    fitting = whole or part
    if len(fitting) == 1:
        return fitting[0]
    close = fitting or near(said, {name: (name, *ways) for name, ways in words.items()})
    told = f" Did you mean {either(close)}?" if close else ""
    known = "; ".join(f"{name}: {ways[0]}" for name, ways in words.items())
    raise NotFound(f"There is no {what} {said.strip()[:40]!r}.{told} {what.capitalize()}s are {known}.")
