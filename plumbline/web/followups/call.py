"""The call dialog: whom and where to call, what to ask, how it ended; logged with one button, undone with another."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import streamlit as st

from plumbline.entry.steps import Finding, Refused
from plumbline.web import on_record
from plumbline.web.followups import data, words
from plumbline.web.followups.data import Call
from plumbline.web.followups.view import PATIENT, next_turn, turn
from plumbline.web.ui import Context, allowed, context, plain, require, today
from plumbline.web.worklist.view import address

_LAST = "followups_last"
_OPEN = "followups_findings_"  # and the turn
FEW = 12  # a scale of so many whole numbers is a row of buttons


@st.dialog("Log a call", width="medium", on_dismiss=next_turn)
def dialog(line: dict[str, Any]) -> None:
    """Whom to call for which visit; the outcome, and the answer where one was given."""
    ctx = context()
    require(ctx, data.CALL)
    on_record.looked(ctx, "patient_viewed", ("episode", line["episode_key"]), clinic_id=line["clinic_id"])
    _whom(ctx, line)
    questions = data.questions(ctx, line["episode_id"])
    outcomes = {row["outcome"]: row for row in ctx.arrow("followup/outcome_by_turn").to_pylist()}
    labels = {name: row["label"] for name, row in outcomes.items()}
    outcome = st.pills("How did it end?", list(labels), format_func=lambda one: labels[one], key=f"call_ended_{turn()}")
    call_back_on, answer = None, None
    if outcome:
        st.markdown(f":small[:gray[{plain(outcomes[outcome]['meaning'])}.]]")
        if outcomes[outcome]["asks_date"]:
            call_back_on = _call_back(ctx.as_of, outcomes[outcome]["rest_days"])
        if outcome == "answered" and questions and allowed(ctx, data.ENTER):
            answer = _answer(questions[0])
    if ctx.as_of != today(ctx.store):
        st.markdown(f":orange[This call will be logged for {ctx.as_of:%-d %B %Y}, the day looked at.]")
    detail = st.text_input("Note", placeholder="Optional: best time to call, who answered", key=f"call_note_{turn()}")
    call = Call(
        line["episode_id"], line["visit"], outcome or "", call_back_on, detail or None,
        questions[0]["instrument"] if questions else None, answer,
    )  # fmt: skip
    _log(ctx, call)


def _whom(ctx: Context, line: dict[str, Any]) -> None:
    number = data.phone(ctx, line["patient_id"]) if allowed(ctx, data.PHONE) else None
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.markdown(f"**{plain(line['person'])}** :gray[{plain(line['clinic'])}]", width="content")
        st.markdown(f"**:material/call: {plain(number)}**" if number else ":gray[No number is known]", width="content")
    st.markdown(
        f"{plain(line['label'])}, planned for {line['target_on']:%-d %b %Y}; an answer counts until "
        f"**{line['closes_on']:%-d %b %Y}**. :gray[Why first: {plain(line['why'])}.]"
    )
    for one in data.attempts(ctx, line["episode_id"], line["visit"])[:3]:
        said = f"{one['attempted_on']:%-d %b}: {plain(one['outcome'])}"
        note = f", {plain(one['detail'])}" if one["detail"] else ""
        st.markdown(f":small[:gray[{said}{note} ({plain(one['recorded_by'])})]]")
    questions = data.questions(ctx, line["episode_id"])
    if questions:
        others = [one["label"] for one in questions[1:]]
        more = f" :gray[If there is time: {plain('; '.join(others))}.]" if others else ""
        st.markdown(f"Ask for **{plain(words.asked_for(questions[0]))}**.{more}")
    if allowed(ctx, "view_patient"):
        st.page_link(PATIENT, label="Open the patient, to enter more", query_params=address(ctx, line["episode_key"]))


def _call_back(as_of: date, rest_days: int) -> date | None:
    usual = as_of + timedelta(days=rest_days)
    first = as_of + timedelta(days=1)
    chosen: date | None = st.date_input(
        "Call again on", usual, min_value=first, format="DD/MM/YYYY", key=f"call_back_{turn()}"
    )
    return chosen


def _answer(question: dict[str, Any]) -> float | None:
    """The answer, where it was given on the phone: on a short scale of whole numbers one click."""
    low, high = question["minimum"], question["maximum"]
    label = f"The answer: {plain(words.asked_for(question))}"
    if question["is_integer"] and high - low < FEW:
        steps = range(int(low), int(high) + 1)
        chosen: int | None = st.segmented_control(label, list(steps), key=f"call_answer_{turn()}")
        return None if chosen is None else float(chosen)
    value: float | None = st.number_input(label, low, high, None, key=f"call_answer_{turn()}")
    return value


def _log(ctx: Context, call: Call) -> None:
    """The button; what speaks against it is said above it, and what is only unusual can be confirmed."""
    findings: tuple[Finding, ...] = st.session_state.get(f"{_OPEN}{turn()}", ())
    for finding in findings:
        (st.error if finding.severity == "impossible" else st.warning)(plain(finding.text))
    asked = bool(findings) and all(finding.severity == "unusual" for finding in findings)
    if not st.button("Yes, log it so" if asked else "Log the call", type="primary", disabled=not call.outcome):
        return
    try:
        entry_id = data.log(ctx, call, frozenset(finding.key for finding in findings if asked))
    except Refused as refused:
        st.session_state[f"{_OPEN}{turn()}"] = refused.findings
        st.rerun(scope="fragment")
    st.session_state[_LAST] = entry_id
    next_turn()
    st.rerun()


def last_call(ctx: Context) -> None:
    """Say that a call was logged, and offer to take it back."""
    if st.session_state.get(_LAST) is None or not allowed(ctx, data.CALL):
        return
    with st.container(horizontal=True, vertical_alignment="center", key="call_logged"):
        st.markdown("**:green[●] Logged.** The list is up to date.", width="content")
        st.button("Undo", on_click=_undo, type="tertiary")


def _undo() -> None:
    ctx = context()
    require(ctx, data.CALL)
    data.take_back(ctx, st.session_state.pop(_LAST))
    st.toast("Taken back: the call is not on the list any more.")
