"""The forms of a goal and of its score; the words are the patient's own."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

import streamlit as st

from plumbline.entry.forms import Filled
from plumbline.entry.steps import Add
from plumbline.web.patient.entry_fields import DAY, Form
from plumbline.web.text import plain


def statuses(form: Form) -> dict[str, str]:
    """How a goal can stand: code and words with their mark."""
    rows = form.ctx.arrow("entry/goal_status_by_place").to_pylist()
    return {row["status"]: f"{row['mark']} {row['label']}" for row in rows}


def goal(form: Form) -> None:
    """A new goal, or one that is corrected: the words, and the days."""
    form.values["goal_key"] = form.before.get("goal_key")
    ask = "What do you want to be able to do again? In the patient's own words"
    form.field("words", partial(st.text_input, ask, placeholder="Walk to church and back"))
    with st.container(horizontal=True, gap="small"):
        form.field("due_on", partial(DAY, "Look at it on", width=170), _next_visit(form))
        form.field("moment_on", partial(DAY, "Set on", max_value=form.today, width=170), form.today)


def _next_visit(form: Form) -> date | None:
    rows = form.ctx.arrow("status/visit_by_course", as_of=form.today, episode_id=form.course["episode_id"]).to_pylist()
    return next((row["target_on"] for row in rows if row["target_on"] > form.today), None)


def review(form: Form) -> None:
    """A stored score of a goal, to be corrected."""
    form.values["goal_key"] = form.before.get("goal_key")
    _score(form, "status", "words", "How it stands")
    form.field("moment_on", partial(DAY, "Scored on", max_value=form.today, width=170), form.today)


def scores(form: Form, rows: list[dict[str, Any]]) -> None:
    """Every open goal at one visit: how it stands, and what the patient says to it."""
    for row in rows:
        key = row["goal_key"]
        st.markdown(f"“{plain(row['words'])}” :gray[· due {row['due_on']:%-d %b %Y}]")
        _score(form, f"status:{key}", f"words:{key}", f"How it stands: {row['words']}", hidden=True)
    form.field("moment_on", partial(DAY, "Scored on", max_value=form.today, width=170), form.today)


def filled(form: Form, rows: list[dict[str, Any]]) -> Filled:
    """A step for each goal that was scored."""
    on = form.values.get("moment_on")
    steps = [
        Add(
            "goal_review",
            {
                "goal_key": row["goal_key"],
                "status": form.values[f"status:{row['goal_key']}"],
                "words": form.values.get(f"words:{row['goal_key']}"),
                "moment_on": on,
            },
        )
        for row in rows
        if form.values.get(f"status:{row['goal_key']}")
    ]
    return Filled(tuple(steps), tuple("" for _ in steps))


def _score(form: Form, status: str, words: str, label: str, *, hidden: bool = False) -> None:
    offered: dict[str | None, str] = {None: "–"}
    for code, said in statuses(form).items():
        offered[code] = said
    shown = "collapsed" if hidden else "visible"
    with st.container(key=form.key(f"scale:{status}")):
        state = partial(st.radio, label, list(offered), format_func=offered.__getitem__, horizontal=True)
        form.field(status, partial(state, label_visibility=shown), None, offered)
    words_asked = partial(st.text_input, "What the patient says to it (optional)", label_visibility=shown)
    form.field(words, partial(words_asked, placeholder="What the patient says to it (optional)"), "")
