"""What is done about flags: who looks after one, what was done, why it was dismissed. Each answer is a fact.

When a flag was raised and whether it is open is worked out in `flag_runs`, with the verdict's own SQL.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from plumbline import sql
from plumbline.entry.record import Saved, save
from plumbline.entry.scope import Clinics
from plumbline.entry.steps import Add, Refused, Retract, Step
from plumbline.errors import NotFound
from plumbline.flag_runs import refresh
from plumbline.store import Store

ANSWERED = ("acted", "dismissed")
UNSEEN = ("new", "reopened")


@dataclass(frozen=True)
class Flag:
    """Which flag is meant: a rule's run of days on one course; of a red flag `subject` is its kind."""

    episode_id: str
    rule: str
    subject: str
    raised_on: date


def of_course(store: Store, episode_id: str, as_of: date) -> list[dict[str, Any]]:
    """The flags of a course that are open on a day or were answered of late, with what was done about each."""
    found = sql.rows(store.cursor(), "entry/course_by_id", episode_id=episode_id)
    if found:
        refresh(store, patient_id=found[0]["patient_id"])
    return sql.rows(store.cursor(), "flag/flag_of_course", as_of=as_of, episode_id=episode_id)


def answer(
    store: Store,
    by: str,
    asked: Sequence[Flag],
    on_date: date,
    action: str,
    *,
    answer: str | None = None,
    words: str | None = None,
    owner: str | None = None,
    due_on: date | None = None,
    is_over: bool = False,
    clinics: Clinics = None,
) -> Saved:
    """Do something about flags of one course on the day looked at: acknowledge, assign, act, dismiss.

    `clinics`: the course must be of one of these (None: of any).
    To dismiss a red flag or a new problem, or to act with `is_over`, also records the clinician's closing event in
    the same transaction, and answers the other flags that this event ends. Raises Refused where it can't be, and
    NotFound where a flag is gone.
    """
    episode_id = asked[0].episode_id
    known = of_course(store, episode_id, on_date)
    about = [_find(known, flag) for flag in asked]
    if action == "acknowledge":  # where somebody has seen one of several, the others are meant
        about = [flag for flag in about if flag["state"] in UNSEEN] or about
    given = {"action": action, "answer": answer, "words": words, "owner": owner, "due_on": due_on}
    events: dict[tuple[str, str], Step] = {}
    if action == "dismiss" or is_over:
        clock = _clock(store, episode_id, on_date)
        for one in [flag for flag in about if flag["closes"]]:
            about += [x for x in known if _waits(x) and x not in about and _ends_with(x, one)]
            told = {"kind": one["closes"], "detail": one["subject"] or None}
            when = {"moment_on": on_date, "moment_time": clock}
            events[one["verdict"], one["subject"]] = Add("event", told | when)
    steps = [_step(one, on_date, given) for one in about]
    return _save(store, by, episode_id, [*steps, *events.values()], None, clinics)


def reopen(
    store: Store, by: str, asked: Sequence[Flag], on_date: date, why: str, *, clinics: Clinics = None
) -> Saved:
    """Look at answered flags again: the closing events that their answers recorded are retracted. As `answer`."""
    episode_id = asked[0].episode_id
    known = of_course(store, episode_id, on_date)
    about = [_find(known, flag) for flag in asked]
    events: set[str] = set()
    for one in about.copy():
        ended = {event for x in known if _ends_with(x, one) for event in _closings(store, episode_id, x, on_date)}
        events |= ended
        if ended:
            # what the same event had ended is open again, too, and must not look answered
            about += [x for x in known if x["state"] in ANSWERED and x not in about and _ends_with(x, one)]
    steps: list[Step] = [Retract("event", event_id) for event_id in sorted(events)]
    steps += [_step(one, on_date, {"action": "reopen", "words": why}) for one in about]
    return _save(store, by, episode_id, steps, why, clinics)


def _waits(one: dict[str, Any]) -> bool:
    """Open, and nobody has said what was done: an answer that was given stays."""
    return one["is_open"] and one["state"] not in ANSWERED


def _closings(store: Store, episode_id: str, one: dict[str, Any], on_date: date) -> set[str]:
    found = sql.rows(
        store.cursor(), "flag/closing_of_flag", as_of=on_date, episode_id=episode_id, rule=one["rule"],
        subject=one["subject"], raised_on=one["raised_on"],
    )  # fmt: skip
    return {str(row["event_id"]) for row in found}


def _ends_with(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return all(one[name] == other[name] for name in ("verdict", "subject"))


def _save(store: Store, by: str, episode_id: str, steps: list[Step], why: str | None, clinics: Clinics) -> Saved:
    """The day is the one looked at, not typed: that it is long ago needs no question."""
    try:
        return save(store, by, episode_id, steps, why=why, clinics=clinics)
    except Refused as refused:
        if any(found.severity == "impossible" for found in refused.findings):
            raise
        meant = {found.key for found in refused.findings}
    return save(store, by, episode_id, steps, why=why, confirmed=meant, clinics=clinics)


def _find(known: list[dict[str, Any]], flag: Flag) -> dict[str, Any]:
    wanted = (flag.rule, flag.subject, flag.raised_on)
    for one in known:
        if (one["rule"], one["subject"], one["raised_on"]) == wanted:
            return one
    raise NotFound("This flag is no longer raised: the facts behind it have changed. Reload the page.")


def _step(flag: dict[str, Any], on_date: date, given: dict[str, Any]) -> Add:
    return Add("flag_action", {"rule": flag["rule"], "subject": flag["subject"], "moment_on": on_date} | given)


def _clock(store: Store, episode_id: str, on_date: date) -> time | None:
    """The time at the clinic if the day is today there: a danger sign that comes later today stays open."""
    zone = ZoneInfo(sql.rows(store.cursor(), "entry/course_by_id", episode_id=episode_id)[0]["time_zone"])
    now = datetime.now(zone)
    return now.time() if now.date() == on_date else None
