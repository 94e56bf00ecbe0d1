"""Goals in the patient's own words: each with its day and how it stands, to be set, scored and corrected."""

from __future__ import annotations

import secrets
from functools import partial
from typing import Any

import streamlit as st

from plumbline.entry.forms import fill
from plumbline.web import ui
from plumbline.web.patient import entry as patient_entry
from plumbline.web.patient import entry_forms, entry_goals
from plumbline.web.patient.entry_fields import Form
from plumbline.web.text import plain
from plumbline.web.ui import Context

SHOWN = 3  # so many that the latest note stays on a specialist's screen


def goals(ctx: Context, course: dict[str, Any]) -> None:
    """The goals of a course, due ones first; for who may enter, to set one and to score the open ones."""
    if course["performed_on"] is None:
        return
    rows = _all(ctx, course["episode_id"])
    may = ui.allowed(ctx, "enter_facts") and getattr(ctx, "known_at", None) is None
    if not rows and not may:
        return
    with st.container(gap="xxsmall", key="goals"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            reached = sum(1 for row in rows if row["status"] == "reached")
            said = f"{reached} of {len(rows)} reached" if rows else "none set"
            st.markdown(f":small[:gray[Patient's goals: {said}]]", width="content")
            if may:
                _buttons(course, [row for row in rows if not row["is_settled"]])
        if rows:
            st.markdown("  \n".join(line(row) for row in rows[:SHOWN]))
        if rows[SHOWN:]:
            with st.popover(f"{len(rows) - SHOWN} more", type="tertiary"):
                st.markdown("  \n".join(line(row) for row in rows[SHOWN:]))


def _all(ctx: Context, episode_id: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = ctx.arrow(
        "patient/goal_by_course", as_of=ctx.as_of, episode_id=episode_id
    ).to_pylist()
    return rows


def line(row: dict[str, Any]) -> str:
    """One goal: mark, words in quotes, how it stands and its day."""
    said = f"{plain(row['mark'] or '·')} “{plain(row['words'])}” "
    due = f"{row['due_on']:%-d %b %Y}"
    if row["is_due"]:
        return f"{said}**· due since {due}, not scored**"
    if row["reviewed_on"]:
        told = f", “{plain(row['review_words'])}”" if row["review_words"] else ""
        again = "" if row["is_settled"] else f", due {due}"
        return f"{said}:gray[· {plain(row['label'])} on {row['reviewed_on']:%-d %b %Y}{told}{again}]"
    return f"{said}:gray[· due {due}]"


def _buttons(course: dict[str, Any], rows: list[dict[str, Any]]) -> None:
    set_one = st.button("Set a goal", key="set_goal", type="tertiary", shortcut="G")
    score = st.button("Score goals", key="score_goals", type="tertiary") if rows else False
    if set_one:
        title = f"A goal of {patient_entry.who(course)}"
        st.dialog(title, width="medium")(partial(_set, course, secrets.token_hex(4)))()
    if score:
        title = f"Score the goals of {patient_entry.who(course)}"
        st.dialog(title, width="medium")(partial(_score, course, rows, secrets.token_hex(4)))()


def _set(course: dict[str, Any], opened: str) -> None:
    ctx = ui.context()
    ui.require(ctx, "enter_facts")
    form = Form(ctx, course, "goal", opened)
    form.restored()
    entry_forms.draw("goal", form)
    patient_entry.store_button(form, lambda: fill("goal", form.values))


def _score(course: dict[str, Any], rows: list[dict[str, Any]], opened: str) -> None:
    ctx = ui.context()
    ui.require(ctx, "enter_facts")
    form = Form(ctx, course, "goal_review", opened)
    form.restored()
    entry_goals.scores(form, rows)
    patient_entry.store_button(form, lambda: entry_goals.filled(form, rows))
