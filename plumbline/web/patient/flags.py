"""The flags of one patient beside the verdict: how each stands, and what can be done about it in a few clicks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import streamlit as st

from plumbline import flag_runs, flags
from plumbline.entry.record import undo
from plumbline.entry.steps import Refused
from plumbline.errors import PlumblineError
from plumbline.flags import Flag
from plumbline.web import ui
from plumbline.web.text import plain
from plumbline.web.ui import Context

COLOUR = {"new": "red", "reopened": "red", "overdue": "red", "seen": "blue", "assigned": "blue"}
DUE = {"Today": 0, "Tomorrow": 1, "In 3 days": 3, "In a week": 7}
_UNDO = "plumbline_flag_undo"
Row = dict[str, Any]


def block(ctx: Context, patient_id: str, episode_id: str) -> None:
    """Each flag that is open or was answered of late; nothing where there is none."""
    if ctx.arrow("flag/stale_by_patient", patient_id=patient_id, answered=False).num_rows:
        flag_runs.refresh(ctx.store, patient_id=patient_id)
    rows = ctx.arrow("flag/flag_of_course", as_of=ctx.as_of, episode_id=episode_id).to_pylist()
    if not rows:
        return
    with st.container(border=True, gap="xsmall", key="flags"):
        st.markdown("**Flags**")
        for number, group in enumerate(_groups(rows)):
            _flags(ctx, episode_id, number, group)
        last = st.session_state.get(_UNDO)
        if last and last[0] == episode_id:
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.markdown(f":small[:gray[{last[2]}]]", width="content")
                st.button("Undo", key="flag_undo", type="tertiary", on_click=_undo)


def _groups(rows: list[Row]) -> list[list[Row]]:
    """Rules that say the same and stand the same are answered together, such as both rises of one step."""
    found: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        same = ("verdict", "subject", "is_open", "state", "owner", "due_on", "answer_label")
        found.setdefault(tuple(row[name] for name in same), []).append(row)
    return list(found.values())


def _flags(ctx: Context, episode_id: str, number: int, group: list[Row]) -> None:
    row = {**group[0], "label": ", ".join(one["label"] for one in group)}
    colour = COLOUR.get(row["state"], "gray")
    first = min(group, key=lambda one: one["raised_on"])
    since = f"day {first['raised_day']}" if first["raised_day"] is not None else f"{first['raised_on']:%-d %b %Y}"
    badge = f":{colour}-badge[{row['state_mark']} {row['state_label']}]"
    st.markdown(f"{plain(row['verdict_mark'])} {plain(row['label'])} :gray[since {since}] {badge}")
    if said := _said(row):
        st.markdown(f":small[:gray[{said}]]")
    asked = [Flag(episode_id, one["rule"], one["subject"], one["raised_on"]) for one in group]
    with st.container(horizontal=True, gap="small", key=f"flag_buttons_{number}"):
        if ui.allowed(ctx, "answer_flags"):
            _buttons(number, row, asked)
        if row["history"]:
            with st.popover(f"History ({len(row['history'])})", type="tertiary", key=f"flag_history_{number}"):
                _history(row)


def _said(row: Row) -> str:
    """One line below: who looks after it, or what was done."""
    if row["owner"]:
        return f"{plain(row['owner'])}, by {row['due_on']:%-d %b %Y}"
    ended = "" if row["is_open"] else " · no longer open"
    return (plain(row["answer_label"]) if row["answer_label"] else "") + ended


def _buttons(number: int, row: Row, asked: list[Flag]) -> None:
    name = f"the flag {row['label']}"
    answered = row["state"] in flags.ANSWERED
    if answered and row["is_open"] and st.button("Act…", key=f"flag_more_{number}", type="tertiary"):
        _act(row, asked)  # such as to say that the problem is over now
    if answered or not row["is_open"]:
        if st.button("Reopen…", key=f"flag_reopen_{number}", type="tertiary", help=f"Look at {name} again"):
            _reopen(row, asked)
        return
    if row["state"] in flags.UNSEEN:
        st.button(
            "Seen",
            key=f"flag_seen_{number}",
            help=f"Say that you have seen {name}; it leaves the urgent list",
            on_click=_answer,
            args=(asked, "acknowledge", f"Seen: {plain(row['label'])}."),
        )
    for label, form in (("Act…", _act), ("Dismiss…", _dismiss), ("Assign…", _assign)):
        if st.button(label, key=f"flag_{label}_{number}", type="tertiary"):
            form(row, asked)


def _history(row: Row) -> None:
    for step in reversed(row["history"]):
        parts = [step["answer"], step["words"], step["owner"] and f"{step['owner']}, by {step['due_on']:%-d %b %Y}"]
        st.markdown(
            f"**{plain(step['what'])}** {plain(' · '.join(filter(None, parts)))}  \n"
            f":small[:gray[{step['at']:%-d %b %Y, %H:%M} · {plain(step['by'])}]]"
        )


@st.dialog("What was done?")
def _act(row: Row, asked: list[Flag]) -> None:
    answers = _answers("act")
    with st.form("flag_act", border=False):
        chosen = st.radio(row["label"], list(answers), None, format_func=answers.get, key="flag_act_answer")
        words = st.text_input("In your words", key="flag_act_words", max_chars=500)
        over = bool(row["closes"]) and st.checkbox(
            "The problem is over", key="flag_act_over", help="Also records that a clinician closed it."
        )
        if st.form_submit_button("Save", type="primary"):
            _try(asked, "act", f"Acted on: {plain(row['label'])}.", answer=chosen, words=words, is_over=over)


@st.dialog("Why is it dismissed?")
def _dismiss(row: Row, asked: list[Flag]) -> None:
    answers = _answers("dismiss")
    with st.form("flag_dismiss", border=False):
        chosen = st.radio(row["label"], list(answers), None, format_func=answers.get, key="flag_dismiss_answer")
        words = st.text_input("In your words", key="flag_dismiss_words", max_chars=500)
        if row["closes"]:
            st.caption("Also records that a clinician closed it. A new reason raises a new flag.")
        if st.form_submit_button("Dismiss", type="primary"):
            _try(asked, "dismiss", f"Dismissed: {plain(row['label'])}.", answer=chosen, words=words)


@st.dialog("Who looks after it?")
def _assign(row: Row, asked: list[Flag]) -> None:
    ctx = ui.context()
    ui.require(ctx, "answer_flags")
    known = [name for name in ctx.ask("flag/owner_by_use")["owner"] if name != ctx.user]
    with st.form("flag_assign", border=False):
        owner = st.selectbox(
            "Owner", [ctx.user, *known], accept_new_options=True, key="flag_assign_owner", placeholder="Name"
        )
        due = st.pills("By when", list(DUE), default="Tomorrow", key="flag_assign_due")
        other = st.date_input(
            "Or by this day", value=None, min_value=ctx.as_of, format="DD/MM/YYYY", key="flag_assign_day"
        )
        words = st.text_input("In your words", key="flag_assign_words", max_chars=500)
        if st.form_submit_button("Assign", type="primary"):
            due_on = other if isinstance(other, date) else ctx.as_of + timedelta(days=DUE.get(str(due), 1))
            _try(asked, "assign", f"Assigned: {plain(row['label'])}.", owner=owner, due_on=due_on, words=words)


@st.dialog("Why is it looked at again?")
def _reopen(row: Row, asked: list[Flag]) -> None:
    with st.form("flag_reopen", border=False):
        words = st.text_input(row["label"], key="flag_reopen_words", placeholder="Reason", max_chars=500)
        if st.form_submit_button("Reopen", type="primary"):
            if not words.strip():
                st.error("Say why: the history keeps the reason.")
                return
            ctx = ui.context()
            ui.require(ctx, "answer_flags")
            _done(f"Reopened: {plain(row['label'])}.", asked, lambda: flags.reopen(
                ctx.store, ctx.user, asked, ctx.as_of, words, clinics=ctx.clinics
            ))  # fmt: skip


def _answers(action: str) -> dict[str, str]:
    ctx = ui.context()
    ui.require(ctx, "answer_flags")
    frame = ctx.ask("flag/answer_by_action")
    mine = frame[frame["action"] == action]
    return dict(zip(mine["answer"], mine["label"], strict=True))


def _answer(asked: list[Flag], action: str, said: str) -> None:
    """A button that needs no dialog."""
    ctx = ui.context()
    ui.require(ctx, "answer_flags")
    try:
        saved = flags.answer(ctx.store, ctx.user, asked, ctx.as_of, action, clinics=ctx.clinics)
    except Refused as refused:
        st.toast(plain(" ".join(dict.fromkeys(finding.text for finding in refused.findings))))
        return
    except PlumblineError as error:
        st.toast(str(error))
        return
    st.session_state[_UNDO] = (asked[0].episode_id, saved.entry_id, said)


def _try(asked: list[Flag], action: str, said: str, **given: Any) -> None:
    ctx = ui.context()
    ui.require(ctx, "answer_flags")
    given["clinics"] = ctx.clinics
    _done(said, asked, lambda: flags.answer(ctx.store, ctx.user, asked, ctx.as_of, action, **given))


def _done(said: str, asked: list[Flag], write: Callable[[], Any]) -> None:
    """Write from within a dialog; what is wrong is said there, else the page shows it at once."""
    try:
        saved = write()
    except Refused as refused:
        for text in dict.fromkeys(finding.text for finding in refused.findings):
            st.error(plain(text))
        return
    except PlumblineError as error:
        st.error(plain(str(error)))
        return
    st.session_state[_UNDO] = (asked[0].episode_id, saved.entry_id, said)
    st.rerun()


def _undo() -> None:
    ctx = ui.context()
    ui.require(ctx, "answer_flags")
    _, entry_id, said = st.session_state.pop(_UNDO)
    try:
        undo(ctx.store, ctx.user, entry_id, clinics=ctx.clinics)
        st.toast(f"Taken back. {said}")
    except PlumblineError as error:
        st.toast(str(error))
