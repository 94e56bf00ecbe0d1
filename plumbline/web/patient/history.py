"""What is recorded, to be corrected or taken back, and every change: who, when, from what to what, and why."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from plumbline.entry import forms
from plumbline.entry.forms import Filled
from plumbline.entry.kinds import KINDS
from plumbline.entry.record import undo
from plumbline.entry.steps import Retract
from plumbline.errors import NotFound, PlumblineError
from plumbline.web import ui
from plumbline.web.patient import entry as patient_entry
from plumbline.web.patient import entry_forms
from plumbline.web.patient.entry import change_words, shortly, who
from plumbline.web.patient.entry_fields import Form
from plumbline.web.text import plain
from plumbline.web.ui import Context

PART = 12  # so many rows at first, and with each "more"
VIEWS = ("Recorded", "Changes")
WHOLE = ("flag_action",)  # an answer and the event that closes the flag are one: undone together, under Changes
ACTIONS = {"added": "recorded", "corrected": "corrected", "retracted": "taken back", "undone": "undone"}
ENDS = {"corrected": "corrected", "retracted": "taken back", "undone": "undone", "superseded": "replaced by an import"}


def button(course: dict[str, Any]) -> None:
    """The button that opens the history; what changed in it is on the page once it is closed."""
    if st.button("History", key="history", shortcut="H", type="tertiary"):
        title = f"What is recorded of {who(course)}"
        show = partial(_history, course, secrets.token_hex(4))
        st.dialog(title, width="medium", on_dismiss="rerun")(show)()


def _history(course: dict[str, Any], opened: str) -> None:
    ctx = ui.context()
    ui.require(ctx, "view_patient")
    picked = st.session_state.get(f"{opened}:picked")
    if picked:
        st.button("‹ Back to the list", key=f"{opened}:back", type="tertiary", on_click=_pick, args=(opened, None))
        _PICKED[picked["do"]](ctx, course, picked, opened)
        return
    if problem := st.session_state.pop(f"{opened}:problem", None):
        st.error(plain(problem))
    view = st.segmented_control(
        "View", VIEWS, default=VIEWS[0], required=True, key=f"{opened}:view", label_visibility="collapsed"
    )
    if view == VIEWS[0]:
        _recorded(ctx, course, opened)
    else:
        _changes(ctx, course, opened)


def _pick(opened: str, picked: dict[str, Any] | None) -> None:
    ui.require(ui.context(), "view_patient")
    st.session_state[f"{opened}:picked"] = picked


def _may_change(ctx: Context) -> bool:
    return ui.allowed(ctx, "enter_facts")


def _recorded(ctx: Context, course: dict[str, Any], opened: str) -> None:
    kind = st.pills(
        "Kind",
        list(KINDS),
        format_func=lambda name: KINDS[name].label,
        key=f"{opened}:filter",
        label_visibility="collapsed",
    )
    rows = ctx.arrow(
        "history/fact_by_course", patient_id=course["patient_id"], episode_id=course["episode_id"], kind=kind
    ).to_pylist()
    if not rows:
        st.caption("Nothing is recorded yet.")
    may = _may_change(ctx)
    part = f"{opened}:recorded:{kind}"
    for row in _part(rows, part):
        time = f" {row['moment_local']:%H:%M}" if row["moment_local"] else ""
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            words = f":gray[{row['moment_on']:%-d %b %Y}{time}] **{plain(row['what'])}** {shortly(row['said'], 40)}"
            st.markdown(words, width="stretch")
            for label, do in _offered(row, may):
                picked = {"do": do, "kind": row["kind"], "fact_id": row["fact_id"], "words": words}
                key = f"{opened}:{do}:{row['fact_id']}"
                st.button(label, key=key, type="tertiary", on_click=_pick, args=(opened, picked), width="content")
    _rest(rows, part)


def _offered(row: dict[str, Any], may: bool) -> list[tuple[str, str]]:
    """What can be done with one recorded fact."""
    offered = [("Correct", "correct")] if may and entry_forms.has_form(row["kind"]) else []
    alone = row["kind"] in KINDS and row["kind"] not in WHOLE
    offered += [("Take back", "retract")] if may and alone else []
    return [*offered, ("Versions", "chain")] if row["is_changed"] else offered


def _part(rows: list[dict[str, Any]], key: str) -> list[dict[str, Any]]:
    return rows[: st.session_state.get(key, PART)]


def _rest(rows: list[dict[str, Any]], key: str) -> None:
    """Below a list: how much of it is shown, and a button for more."""
    most = st.session_state.get(key, PART)
    if len(rows) > most:
        label = f"Show more: these are the latest {most} of {len(rows)}"
        st.button(label, key=f"{key}:more", type="tertiary", on_click=_more, args=(key,))


def _more(key: str) -> None:
    ui.require(ui.context(), "view_patient")
    st.session_state[key] = st.session_state.get(key, PART) + PART


def _correct(ctx: Context, course: dict[str, Any], picked: dict[str, Any], opened: str) -> None:
    ui.require(ctx, "enter_facts")
    kind, fact_id = picked["kind"], picked["fact_id"]
    st.markdown(f"Correct: {picked.get('words')}")
    zone = ctx.arrow("entry/course_by_id", episode_id=course["episode_id"]).to_pylist()[0]["time_zone"]
    try:
        before = forms.read(ctx.store, kind, fact_id, zone)
    except NotFound as overtaken:
        st.error(plain(overtaken))
        _chain(ctx, course, picked, opened)
        return
    form = Form(ctx, course, f"correct:{fact_id}", opened, before)
    form.restored()
    entry_forms.draw(kind, form)
    show = partial(_chain, ctx, course, picked, opened)
    _because(form, "corrected", lambda: forms.correct(kind, fact_id, before, form.values), show)


def _retract(ctx: Context, course: dict[str, Any], picked: dict[str, Any], opened: str) -> None:
    ui.require(ctx, "enter_facts")
    st.markdown(f"Take back: {picked.get('words')}")
    st.caption("It leaves the chart and the verdict. The history keeps it, and it can be brought back.")
    form = Form(ctx, course, f"retract:{picked['fact_id']}", opened)
    show = partial(_chain, ctx, course, picked, opened)
    _because(form, "retracted", lambda: Filled((Retract(picked["kind"], picked["fact_id"]),), ("",)), show)


def _because(form: Form, action: str, steps: Any, overtaken: Callable[[], None]) -> None:
    """The reason is the button that saves: one click gives it, or words of one's own."""
    for text in form.unplaced():
        st.markdown(f":red[**✕** {plain(text)}]")
    questions = form.questions()
    for text in questions:
        st.warning(plain(text))
    doing = "Take it back, because" if action == "retracted" else "Save, because"
    st.markdown(f"**{'Yes, it is so: save, because' if questions else doing}**")
    chosen = None
    with st.container(horizontal=True, gap="small"):
        for code, row in entry_forms.choices(form, f"reason:{action}").items():
            if st.button(plain(row["label"]), key=form.key(f"why:{code}")):
                chosen = row["label"]
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        words = form.field("why", partial(st.text_input, "Another reason, in your words"))
        if st.button(doing.partition(",")[0], key=form.key("save"), shortcut=patient_entry.SAVE_KEYS):
            chosen = words or ""
    if chosen is not None and patient_entry.attempt(
        form, steps, chosen, agreed=bool(questions), overtaken=overtaken
    ):
        st.rerun()


def _chain(ctx: Context, course: dict[str, Any], picked: dict[str, Any], _opened: str) -> None:
    rows = ctx.arrow(
        "history/chain_by_fact", patient_id=course["patient_id"], fact_id=picked["fact_id"]
    ).to_pylist()
    st.markdown(f"Every version of: {picked.get('words')}")
    for row in rows:
        made = ACTIONS.get(row["action"], row["action"])
        why = f": {plain(row['why'])}" if row["why"] else ""
        ended = ""
        if row["ended"]:
            ended = f" :gray[· later {ENDS.get(row['ended'], row['ended'])}{_quoted(row['end_why'])}]"
        st.markdown(
            f"**{plain(row['said'])}** on {row['moment_on']:%-d %b %Y} "
            f":gray[· {made} {row['recorded_local']:%-d %b %Y, %H:%M} by {plain(row['recorded_by'])}{why}]{ended}"
        )


def _quoted(why: str | None) -> str:
    return f" ({plain(why)})" if why else ""


def _changes(ctx: Context, course: dict[str, Any], opened: str) -> None:
    rows = ctx.arrow("history/change_by_patient", patient_id=course["patient_id"], entry_id=None).to_pylist()
    if not rows:
        st.caption("Nothing was recorded, corrected or taken back here yet. What was imported is under Recorded.")
    may = _may_change(ctx)
    for row in _part(rows, f"{opened}:changes"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            done = ACTIONS.get(row["action"], row["action"])
            undone = " :gray-badge[undone since]" if row["is_undone"] else ""
            st.markdown(
                f":gray[{row['changed_local']:%-d %b %Y, %H:%M} · {plain(row['changed_by'])} · {done}]{undone}  \n"
                f"{change_words(row)}{_quoted(row['why'])}",
                width="stretch",
            )
            if may and row["is_first"] and not row["is_undone"] and row["kind"] in KINDS:
                args = (row["entry_id"], opened)
                st.button("Undo", key=f"{opened}:{row['entry_id']}", type="tertiary", on_click=_undo, args=args)
    _rest(rows, f"{opened}:changes")


def _undo(entry_id: str, opened: str) -> None:
    ctx = ui.context()
    ui.require(ctx, "enter_facts")
    try:
        undo(ctx.store, ctx.user, entry_id, clinics=ctx.clinics)
    except PlumblineError as error:
        st.session_state[f"{opened}:problem"] = str(error)


_PICKED = {"correct": _correct, "retract": _retract, "chain": _chain}
