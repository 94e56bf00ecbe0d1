"""What the Follow-ups page may know: counts for all its roles; people, phones and calls only for those who may.

Each function guards itself: a list that a role may not see is never asked for, so no widget has to hide it.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from plumbline import export, sql, worklist
from plumbline.entry import record
from plumbline.entry.steps import Add, Step
from plumbline.web import instant
from plumbline.web.ui import Context, allowed, require

VIEW = "view_followups"
LIST = "view_call_list"
PHONE = "view_phone"
CALL = "record_contact"
ENTER = "enter_facts"
EXPORT = "export_list"
MOST = 300
MOST_BEHIND = 5000
EVERY = 10**9
FILE = {
    "turn": "Place", "person": "Patient", "patient_id": "Patient id", "clinic": "Clinic", "label": "Visit",
    "state": "State", "target_on": "Planned day", "closes_on": "Last day", "days_left": "Days left", "calls": "Calls",
    "last_outcome": "Last call", "last_call_on": "Last call on", "call_back_on": "Call back on", "why": "Why first",
}  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """What the page is narrowed to: one clinic or all, late or due now or both, and the order of the list."""

    clinic_id: str | None = None
    state: str | None = None
    order_by: str = "value"


def _count_table(ctx: Context) -> pa.Table:
    require(ctx, VIEW)
    return ctx.arrow("followup/count_by_group", as_of=ctx.as_of, episode_id=None)


def blocks(ctx: Context, clinic_id: str | None) -> pd.DataFrame:
    """How many visits are in each state, visit by visit."""
    with closing(ctx.cursor) as cursor:
        cursor.register("counted", _count_table(ctx))
        return sql.ask(cursor, "followup/total_by_state", clinic_id=clinic_id)


def total(ctx: Context, clinic_id: str | None) -> dict[str, Any]:
    """How many answers can still be had, and how complete the visit with an aim is."""
    with closing(ctx.cursor) as cursor:
        cursor.register("counted", _count_table(ctx))
        return sql.rows(cursor, "followup/total_of_clinic", clinic_id=clinic_id)[0]


def completeness(ctx: Context, clinic_id: str | None) -> pd.DataFrame:
    """Answers received of those due, visit by visit."""
    with closing(ctx.cursor) as cursor:
        cursor.register("counted", _count_table(ctx))
        return sql.ask(cursor, "followup/completeness_by_visit", clinic_id=clinic_id)


def calls(ctx: Context, asked: Asked, most: int = MOST) -> pd.DataFrame:
    """The call list, first to call first: who, which visit, what came of earlier calls, and why it stands there."""
    require(ctx, LIST)
    opening = ctx.arrow("followup/open_by_visit", as_of=ctx.as_of, episode_id=None)
    while True:  # the day's verdicts, as on the Worklist; another session may have them forgotten meanwhile
        worklist.make_ready(ctx.store, ctx.as_of)
        with closing(ctx.cursor) as cursor:
            cursor.register("opening", opening)
            found = sql.ask(
                cursor, "followup/call_by_visit",
                as_of=ctx.as_of, clinic_id=asked.clinic_id, state=asked.state, order_by=asked.order_by, most=most,
            )  # fmt: skip
        if worklist.is_kept(ctx.store, ctx.as_of):
            listed = opening.filter(pc.is_in(opening["patient_id"], pa.array(found["patient_id"], pa.string())))
            return found.merge(listed.to_pandas(), on="patient_id", how="left")


def behind(ctx: Context, visit: str | None, state: str, clinic_id: str | None) -> pd.DataFrame:
    """The visits behind one block of the bar; `visits` counts them all where the list is cut."""
    require(ctx, LIST)
    return ctx.ask(
        "followup/patient_by_state",
        as_of=ctx.as_of, episode_id=None, clinic_id=clinic_id, visit=visit, state=state, most=MOST_BEHIND,
    )  # fmt: skip


def phone(ctx: Context, patient_id: str) -> str | None:
    """The number to call, for those who may see it."""
    require(ctx, PHONE)
    found = ctx.arrow("followup/phone_by_patient", patient_id=patient_id).to_pylist()
    return str(found[0]["phone"]) if found else None


def attempts(ctx: Context, episode_id: str, visit: str) -> list[dict[str, Any]]:
    """What came of earlier calls for this visit, newest first."""
    require(ctx, LIST)
    found = ctx.arrow("followup/attempt_of_visit", as_of=ctx.as_of, episode_id=episode_id, visit=visit)
    return list(found.to_pylist())


def questions(ctx: Context, episode_id: str) -> list[dict[str, Any]]:
    """What to ask: the instrument that the visit counts by, then those that this patient answered before."""
    require(ctx, LIST)
    return list(ctx.arrow("followup/question_of_visit", episode_id=episode_id).to_pylist())


@dataclass(frozen=True)
class Call:
    """How one call ended, as the dialog gives it; the answer only where one was given."""

    episode_id: str
    visit: str
    outcome: str
    call_back_on: date | None = None
    detail: str | None = None
    instrument: str | None = None
    answer: float | None = None


def log(ctx: Context, call: Call, confirmed: frozenset[str] = frozenset()) -> str:
    """Store the call, and the answer that came with it, in one entry; gives its id, for an undo. Raises Refused."""
    require(ctx, CALL)
    attempt = {"visit": call.visit, "outcome": call.outcome, "call_back_on": call.call_back_on, "detail": call.detail}
    steps: list[Step] = [Add("attempt", {**attempt, "moment_on": ctx.as_of})]
    if call.answer is not None:
        require(ctx, ENTER)
        said = {"instrument": call.instrument, "value": call.answer, "status": "done", "moment_on": ctx.as_of}
        steps.append(Add("score", said))
    saved = record.save(
        ctx.store, ctx.user, call.episode_id, steps, confirmed=confirmed, clinics=ctx.clinics
    )
    return saved.entry_id


def take_back(ctx: Context, entry_id: str) -> None:
    """Undo a call that was logged by mistake."""
    require(ctx, CALL)
    record.undo(ctx.store, ctx.user, entry_id, clinics=ctx.clinics)


def known_words(ctx: Context) -> str:
    """The instant in words as of which everything is shown as it was known; empty for now."""
    return "" if ctx.known_at is None else instant.words(ctx.known_at, instant.zone_of(ctx.present))


def file_name(ctx: Context) -> str:
    """The file's name, which says the day that it is of, and of when."""
    known = "" if ctx.known_at is None else f"-as-known-on-{ctx.known_at:%Y-%m-%dT%H%M%S}Z"
    return f"calls-{ctx.as_of:%Y-%m-%d}{known}.csv"


def file(ctx: Context, asked: Asked) -> bytes:
    """The whole call list as CSV; with phones only for those who may see them."""
    require(ctx, LIST)
    require(ctx, EXPORT)
    frame = calls(ctx, asked, EVERY)
    columns = dict(FILE)
    if allowed(ctx, PHONE):
        phones = ctx.ask("followup/phone_by_patient", patient_id=None)
        frame = frame.merge(phones, on="patient_id", how="left")
        columns["phone"] = "Phone"
    if ctx.known_at is not None:
        frame, columns = frame.assign(known_at=known_words(ctx)), columns | {"known_at": "As known on"}
    days = frame.select_dtypes("datetime").columns
    shown = frame.assign(**{name: frame[name].dt.strftime("%Y-%m-%d") for name in days})
    return export.csv_bytes(columns, shown.to_dict("records"))
