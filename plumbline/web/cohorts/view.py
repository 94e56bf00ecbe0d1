"""The upper part of the Cohorts page: verdict and checks, curve, who did well, difference, milestones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import streamlit as st

from plumbline.charts.mark import PICK
from plumbline.compare.behind import ANSWERED, DUE, SHARE, WAITING, Mark
from plumbline.compare.words import main_question
from plumbline.web.cohorts import asked as asking
from plumbline.web.cohorts import data
from plumbline.web.cohorts.asked import Asked
from plumbline.web.cohorts.data import Drawn, Found
from plumbline.web.ui import Context, allowed, plain

_AVERAGE = "average"
LINES = {"average": "Average", "spread": "Spread"}
_KINDS = {"curve": (ANSWERED, "visit"), "answered": (DUE, "visit"), "shares": (SHARE, "kind"),
          "milestone": (WAITING, "level")}  # fmt: skip
"""Charts whose marks stand for people: what a mark stands for, and the column that says which."""
ICONS = {"✓": ":material/check_circle:", "=": ":material/equal:", "?": ":material/help:", "!": ":material/error:",
         "○": ":material/circle:"}  # fmt: skip
"""The sign of a verdict as a picture that every browser has."""
_CLICK, _CLICK_MARK = {"milestone": " Click a number for its patients."}, " Click a mark for its patients."


def verdict(known: Found) -> None:
    """What it comes to, as the title of the page; as large where nobody can tell. Beside it the four checks."""
    found = known.comparison
    left, right = st.columns([1.55, 1], gap="medium", vertical_alignment="top")
    with left:
        st.header(f"{ICONS.get(found.verdict.mark, '')} {plain(found.verdict.headline)}", anchor=False)
        st.markdown(plain(found.verdict.sentence))
        st.markdown(f":small[:gray[{plain(main_question(found))}]]")
    with right, st.container(border=True, key="cohort_checks", gap="xxsmall"):
        for check in found.checks:
            badge = (f":green-badge[:material/check: {plain(check.mark)}]" if check.is_met
                     else f":orange-badge[:material/priority_high: {plain(check.mark)}]")  # fmt: skip
            st.markdown(f"{badge} **{plain(check.question)}** :small[:gray[{plain(check.words)}]]")


def upper(ctx: Context, known: Found, charts: dict[str, Drawn]) -> Mark | None:
    """The curve and how many did well; gives the mark that was clicked."""
    left, right = st.columns([1.55, 1], gap="medium")
    with left:
        picked = chart(ctx, known, charts["curve"], _lines)
    with right:
        return chart(ctx, known, charts["shares"]) or picked


def middle(ctx: Context, known: Found, charts: dict[str, Drawn]) -> Mark | None:
    """The difference, visit by visit, on the same axis as the curve above; and when a milestone is reached.

    Gives the number still waiting that was clicked.
    """
    left, right = st.columns([1.55, 1], gap="medium")
    with left:
        chart(ctx, known, charts["difference"])
    with right:
        _milestone(ctx)
        return chart(ctx, known, charts["milestone"])


def by_words(ctx: Context, known: Found, charts: dict[str, Drawn]) -> Mark | None:
    """Every mark that stands for people as a list of words, for a keyboard; gives the one that is chosen."""
    if not allowed(ctx, data.LIST):
        return None
    marks = {
        f"{drawing.title} · {row['words']}": Mark(kind, str(row["group"]), str(row[column]))
        for name, (kind, column) in _KINDS.items() for drawing in [charts[name].drawing] for row in drawing.rows
        if drawing.spec.get("params") and row.get("words") and row.get(column) and row["part"] != "mark"
    }  # fmt: skip
    said = st.selectbox(
        "List the patients behind a figure", list(marks), index=None, placeholder="Choose a figure, or click its mark",
        key=f"cohorts_words_{known.mark}", width=620,
    )  # fmt: skip
    return marks.get(said or "")


def switched(ctx: Context, asked: Asked) -> Asked:
    """What is asked once the switches beside the charts are heeded: they are drawn further down."""
    turn = asking.current()[1]
    lines = st.session_state.get(f"cohorts_lines_{turn}", asked.lines)
    milestone = st.session_state.get(f"cohorts_milestone_{turn}", asked.milestone)
    steps = data.questions(ctx)["milestone"]
    asked = replace(
        asked, lines=lines if lines in LINES else _AVERAGE,
        milestone=milestone if milestone in steps else next(iter(steps), asked.milestone),
    )  # fmt: skip
    asking.keep(asked)
    return asked


def _lines() -> None:
    asked, turn = asking.current()
    st.segmented_control(
        "Lines", list(LINES), default=asked.lines, required=True, format_func=lambda one: LINES[one],
        key=f"cohorts_lines_{turn}", label_visibility="collapsed",
    )  # fmt: skip


def _milestone(ctx: Context) -> None:
    asked, turn = asking.current()
    steps = data.questions(ctx)["milestone"]
    codes = list(steps)
    st.selectbox(
        "Milestone", codes, index=codes.index(asked.milestone), format_func=lambda one: steps[one],
        key=f"cohorts_milestone_{turn}",
    )  # fmt: skip


def chart(ctx: Context, known: Found, drawn: Drawn, switch: Callable[[], None] | None = None) -> Mark | None:
    """One chart with its title and what to read it by; gives the mark that was clicked, for who may list people.

    `switch`: draws what stands beside the title.
    """
    one = drawn.drawing
    if switch is None:
        st.subheader(plain(one.title), anchor=False)
    else:
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.subheader(plain(one.title), anchor=False, width="content")
            switch()
    if one.is_empty:
        st.markdown(f":gray[{plain(one.caption)}]")
        return None
    may_list = one.name in _KINDS and bool(one.spec.get("params")) and allowed(ctx, data.LIST)
    event: Any = st.vega_lite_chart(
        drawn.table, one.spec, width="stretch", theme=None, key=f"cohorts_{one.name}_{known.mark}",
        on_select="rerun" if may_list else "ignore", selection_mode=[PICK] if may_list else None, alt=one.alt,
    )  # fmt: skip
    if one.caption:
        st.markdown(f":small[:gray[{plain(one.caption)}{_CLICK.get(one.name, _CLICK_MARK) if may_list else ''}]]")
    picked = event["selection"].get(PICK) if may_list else None
    if not picked:
        return None
    kind, column = _KINDS[one.name]
    return Mark(kind, str(picked[0]["group"]), str(picked[0][column]))
