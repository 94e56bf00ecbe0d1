"""Recording on the Patient page: one click opens the form, one fills it, one saves; what was saved can be undone."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from plumbline.entry.forms import Filled, fill
from plumbline.entry.kinds import KINDS
from plumbline.entry.record import save, undo
from plumbline.entry.steps import Changed, Refused
from plumbline.errors import PlumblineError
from plumbline.web import ui
from plumbline.web.patient import entry_forms
from plumbline.web.patient.entry_fields import Form
from plumbline.web.text import plain
from plumbline.web.ui import Context

BUTTONS = {"score": "S", "milestone": "M", "event": "E", "medication": "D", "note": "N"}
SAVE_KEYS = "Mod+Enter"
_SAVED = "plumbline_saved"
_TOAST = "plumbline_toast"


def buttons(ctx: Context, course: dict[str, Any]) -> None:
    """A button for each kind of fact; nothing for who may not enter."""
    if not ui.has_action(ctx, "enter_facts"):
        return
    past = ctx.known_at is not None
    reason = "You are looking at what was known in the past: go back to now to record something." if past else None
    asked = None
    for kind in _offered(course):
        label, key = KINDS[kind].label, f"record_{kind}"
        pressed = st.button(label, key=key, shortcut=BUTTONS[kind], disabled=past, help=reason)
        asked = kind if pressed else asked
    if asked:
        title = f"Record for {who(course)}"
        st.dialog(title, width="medium")(partial(_record, course, asked, secrets.token_hex(4)))()


def _offered(course: dict[str, Any]) -> list[str]:
    return [kind for kind in BUTTONS if KINDS[kind].before_procedure or course["performed_on"] is not None]


def who(course: dict[str, Any]) -> str:
    """Name and id, for the title of every dialog: an entry for the wrong patient is worse than none."""
    return " · ".join(plain(said) for said in (course["name"], course["patient_id"]) if said)


def _record(course: dict[str, Any], kind: str, opened: str) -> None:
    ctx = ui.context()
    ui.require(ctx, "enter_facts")
    offered = _offered(course)
    if len(offered) > 1:
        kind = st.segmented_control(
            "What",
            offered,
            default=kind,
            required=True,
            format_func=lambda name: KINDS[name].label,
            key=f"{opened}:kind",
            label_visibility="collapsed",
        )
    form = Form(ctx, course, kind, opened)
    form.restored()
    entry_forms.draw(kind, form)
    store_button(form, lambda: fill(kind, form.values))
    st.caption("Esc closes; what you have typed is kept until you save it or throw it away.")


def store_button(form: Form, steps: Any, why: str | None = None, label: str = "Save") -> None:
    """Save, or ask about what is unusual; when it is stored, the dialog closes and the page says so."""
    for text in form.unplaced():
        st.markdown(f":red[**✕** {plain(text)}]")
    questions = form.questions()
    for text in questions:
        st.warning(plain(text))
    # without a way to change the label, the shortcut and the place stay the same: Enter twice is a clear yes
    pressed = st.button("Yes, it is so: save" if questions else label, key=form.key("save"), shortcut=SAVE_KEYS)
    if pressed and attempt(form, steps, why, agreed=bool(questions)):
        st.rerun()


def attempt(
    form: Form, steps: Any, why: str | None, *, agreed: bool, overtaken: Callable[[], None] | None = None
) -> bool:
    """Try to save; gives whether it is stored. What stands against it is shown by the next run of the dialog.

    `overtaken` shows how it stands now, where somebody was quicker.
    """
    ctx = form.ctx
    ui.require(ctx, "enter_facts")
    filled: Filled | None = None
    try:
        filled = steps()
        confirmed = form.confirmed(now=agreed)
        saved = save(
            ctx.store, ctx.user, form.course["episode_id"], filled.steps,
            why=why, confirmed=confirmed, clinics=ctx.clinics,
        )  # fmt: skip
    except Refused as refused:
        form.refused(refused, filled or Filled((), ()))
        st.rerun(scope="fragment")
    except PlumblineError as error:
        st.error(plain(error))
        if overtaken and isinstance(error, Changed):
            overtaken()
        return False
    form.done()
    remember(ctx, form.course, saved.entry_id)
    return True


def remember(ctx: Context, course: dict[str, Any], entry_id: str, *, undone: bool = False) -> None:
    """Say on the page what was saved, with its Undo, until the next action."""
    words = _words(ctx, course, entry_id)
    told = f"Undone: {words}" if undone else f"Saved: {words}"
    st.session_state[_SAVED] = {"episode_id": course["episode_id"], "entry_id": entry_id, "words": told}
    st.session_state[_TOAST] = told


def saved_line(ctx: Context, course: dict[str, Any]) -> None:
    """What was saved last on this page, and one click to take it back."""
    words = st.session_state.pop(_TOAST, None)
    if words:
        st.toast(words)
    last = st.session_state.get(_SAVED)
    if not last or last["episode_id"] != course["episode_id"] or not ui.allowed(ctx, "enter_facts"):
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="saved_line"):
        st.markdown(f":green[✓] {last.get('words')}", width="content")
        if last.get("problem"):
            st.markdown(f":red[{plain(last.get('problem'))}]")
        args = (course, last["entry_id"])
        st.button("Undo", key="undo_saved", type="tertiary", on_click=undo_entry, args=args, width="content")


def undo_entry(course: dict[str, Any], entry_id: str) -> None:
    """Take an entry back, and say so; the undo can be undone, too."""
    ctx = ui.context()
    ui.require(ctx, "enter_facts")
    try:
        saved = undo(ctx.store, ctx.user, entry_id, clinics=ctx.clinics)
    except PlumblineError as error:
        told = {"episode_id": course["episode_id"], "entry_id": entry_id, "words": "Not undone.", "problem": str(error)}
        st.session_state[_SAVED] = told
        return
    remember(ctx, course, saved.entry_id, undone=True)


def _words(ctx: Context, course: dict[str, Any], entry_id: str) -> str:
    """What an entry changed: `Back pain 3 on 25 Nov`, escaped."""
    rows = ctx.arrow("history/change_by_patient", patient_id=course["patient_id"], entry_id=entry_id).to_pylist()
    return "; ".join(change_words(row) for row in rows)


def change_words(row: dict[str, Any]) -> str:
    """One change in words, escaped for Markdown: what, from what to what, and for which day."""
    on = f"{row['moment_on']:%-d %b %Y}" if row["moment_on"] else ""
    before, after = shortly(row["from_said"]), shortly(row["to_said"])
    if row["from_said"] is None:
        said = after
    elif row["to_said"] is None:
        said = f"{before} taken back"
    else:
        said = f"{before} → {after}" if before != after else after
    moved = f" (was {row['from_on']:%-d %b %Y})" if row["from_on"] else ""
    return f"**{plain(row['what'])}** {said}".rstrip() + f" on {on}{moved}"


def shortly(text: str | None, most: int = 60) -> str:
    """The beginning of what a fact says, escaped."""
    return plain(text if len(text) <= most else text[:most].rstrip() + "…") if text else ""
