"""From what a form holds to the steps of an entry, and from a stored fact back to its form.

A form's fields are those of its kind, with three exceptions: scores of one visit have `value:INSTRUMENT` and
`status:INSTRUMENT`, milestones that share one status have `milestone:NAME`, and a medicine's opioid is a word.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from plumbline import sql
from plumbline.entry.kinds import KINDS
from plumbline.entry.steps import Add, Correct, Finding, Step
from plumbline.errors import NotFound, PlumblineError
from plumbline.store import Store

Values = Mapping[str, Any]
MOMENT = ("moment_on", "moment_time")
OPIOID = {"yes": True, "no": False}
_PLAIN = {"event": ("kind", "level", "detail"), "medication": ("drug", "stopped_on", "dose", "unit", "opioid")}
_PLAIN |= {"note": ("kind", "title", "text", "author", "fields")}
_PLAIN |= {"goal": ("goal_key", "words", "due_on"), "goal_review": ("goal_key", "status", "words")}
SIGNS = "signs"  # of a note's form: the danger signs to record as events beside the note


@dataclass(frozen=True)
class Filled:
    """The steps of a form, and for each what its fields are named after: an instrument, or nothing."""

    steps: tuple[Step, ...]
    about: tuple[str, ...]

    def field(self, found: Finding) -> str:
        """The form's field that a finding is about."""
        about = self.about[found.step] if found.step < len(self.about) else ""
        if about == SIGNS:
            return SIGNS
        if about and found.field in ("value", "status", "instrument"):
            return f"{'status' if found.field == 'status' else 'value'}:{about}"
        return found.field


def fill(kind: str, values: Values) -> Filled:
    """What this form wants stored: one step for each score or milestone in it. No step: it is empty."""
    given = [(about, {**_moment(values), **fields}) for about, fields in _facts(kind, values)]
    steps, about = [Add(kind, fields) for _, fields in given], [about for about, _ in given]
    detail = (values.get("fields") or {}).get("reason")
    for sign in values.get(SIGNS) or []:
        steps.append(Add("event", {**_moment(values), "kind": sign, "detail": detail}))
        about.append(SIGNS)
    return Filled(tuple(steps), tuple(about))


def correct(kind: str, fact_id: str, before: Values, values: Values) -> Filled:
    """The step that makes a stored fact say what its form says now. Raises PlumblineError where that is the same."""
    old, new = _facts(kind, before), _facts(kind, values)
    if not new:
        raise PlumblineError("The form is empty. To take the entry back, close this and choose “Take back”.")
    differing = {name: value for name, value in new[0][1].items() if value != old[0][1].get(name)}
    if any(before.get(name) != values.get(name) for name in MOMENT):
        differing |= _moment(values)
    if not differing:
        raise PlumblineError("Nothing is different yet: change what was wrong, and save again.")
    return Filled((Correct(kind, fact_id, differing),), (new[0][0],))


def read(store: Store, kind: str, fact_id: str, zone: str) -> dict[str, Any]:
    """A stored fact as its form has it, on the clinic's clock. Raises NotFound where it is no longer current."""
    with closing(store.cursor()) as cursor:
        found = sql.rows(cursor, KINDS[kind].read, fact_id=fact_id)
    if not found or not found[0]["is_current"]:
        raise NotFound("This was changed in the meantime: close this, and look at how it stands now.")
    row = found[0]
    values = {"moment_on": row["moment_on"], "moment_time": _clock(row.get("moment_at"), zone)}
    if kind == "score":
        status = None if row["status"] == "done" else row["status"]
        told = {f"value:{row['instrument']}": row["value"], f"status:{row['instrument']}": status}
        return values | told | {"context": row["context"]}
    if kind == "milestone":
        told = {f"milestone:{row['milestone']}": True, "status": row["status"], "reported_by": row["reported_by"]}
        return values | told
    values |= {name: row[name] for name in _PLAIN[kind]}
    if kind == "medication":
        values["opioid"] = next((word for word, truth in OPIOID.items() if truth is row["opioid"]), None)
    return values


def _facts(kind: str, values: Values) -> list[tuple[str, dict[str, Any]]]:
    if kind == "score":
        return _scores(values)
    if kind == "milestone":
        shared = {"status": values.get("status"), "reported_by": values.get("reported_by")}
        named = [field.partition(":")[2] for field, value in values.items() if field.startswith("milestone:") and value]
        return [("", {"milestone": name, **shared}) for name in named]
    fields = {name: values.get(name) for name in _PLAIN[kind]}
    if kind == "medication":
        fields["opioid"] = OPIOID.get(str(fields["opioid"]))
    return [("", fields)]


def _scores(values: Values) -> list[tuple[str, dict[str, Any]]]:
    named = [field.partition(":") for field, value in values.items() if value is not None and ":" in field]
    instruments = dict.fromkeys(name for kind, _, name in named if kind in ("value", "status"))
    return [
        (
            name,
            {
                "instrument": name,
                "value": values.get(f"value:{name}"),
                "status": values.get(f"status:{name}") or "done",
                "context": values.get("context"),
            },
        )
        for name in instruments
    ]


def _moment(values: Values) -> dict[str, Any]:
    return {name: values.get(name) for name in MOMENT}


def _clock(instant: datetime | None, zone: str) -> Any:
    if instant is None:
        return None
    return instant.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).time().replace(second=0, microsecond=0)
