"""The Follow-ups page: filters, the answer, the call list, the bar of states and what is behind each block."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from plumbline import sql
from plumbline.charts import followups as chart
from plumbline.web import downloads
from plumbline.web.followups import data, words
from plumbline.web.followups.data import Asked
from plumbline.web.ui import Context, allowed, context, plain, require, today
from plumbline.web.worklist.view import address

PATIENT = sql.ROOT / "pages" / "patient.py"
TABLE_HEIGHT, ROWS = 420, 10
SHOWS = {"": "To call", "late": "Late", "not_due": "Due now", "missed": "Missed"}
ORDERS = {"value": "What it would settle", "closes": "Closes first"}
_DRAWN = "followups_drawn"
_TURN = "followups_turn"  # part of the keys of what is chosen from: another turn, and nothing is chosen any more


def turn() -> int:
    """Which turn of choosing this is."""
    return int(st.session_state.get(_TURN, 0))


def next_turn() -> None:
    """Forget the chosen line and block."""
    require(context(), data.VIEW)
    st.session_state[_TURN] = turn() + 1


def filters(ctx: Context) -> Asked:
    """One clinic or all; who may call also chooses what is listed and in which order."""
    names = {"": "All clinics", **dict(ctx.ask("followup/clinic_by_name").itertuples(index=False))}
    with st.container(horizontal=True, gap="medium", vertical_alignment="top"):
        clinic = st.selectbox(
            "Clinic", list(names), format_func=lambda one: names[one], key="followups_clinic", width=240,
            persist_state="session",
        )  # fmt: skip
        if not allowed(ctx, data.LIST):
            return Asked(clinic or None)
        state = st.segmented_control(
            "Show", list(SHOWS), default="", required=True, format_func=lambda one: SHOWS[one], key="followups_state"
        )
        order = st.segmented_control(
            "Order by", list(ORDERS), default="value", required=True, format_func=lambda one: ORDERS[one],
            key="followups_order", help=words.HELP,
        )  # fmt: skip
    return Asked(clinic or None, state or None, order)


def answer(total: dict[str, Any], when: str) -> None:
    """How many answers can still be had, how complete the visit with an aim is, and where one counts most."""
    st.header(f"{words.title(total)}{when}", anchor=False)
    counts_most = words.most(total)
    said = words.aim(total)
    if counts_most:
        said += f" An answer counts most at **{plain(counts_most[0])}** {counts_most[1]}"
    st.markdown(said)


def when(ctx: Context) -> str:
    """The day in words where it isn't today."""
    return "" if ctx.as_of == today(ctx.store) else f" (on {ctx.as_of:%-d %B %Y})"


def call_list(ctx: Context, asked: Asked) -> dict[str, Any] | None:
    """The list; gives the line that was chosen."""
    frame = data.calls(ctx, asked)
    lines = int(frame["lines"].iloc[0]) if len(frame) else 0
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="bottom"):
        st.subheader(words.list_title(lines, len(frame)), anchor=False)
        downloads.button(
            ctx, "Download CSV", action=data.EXPORT, name=data.file_name, build=lambda now: data.file(now, asked),
            about=("file", "calls"), key="followups_file", disabled=not lines,
        )  # fmt: skip
    if not lines:
        st.markdown("**:green[●] Nobody to call here.** Every window that is open has its answer.")
        return None
    event = st.dataframe(
        frame.assign(state=frame["state"].map({"late": "◆ late", "not_due": "○ due"})), hide_index=True, placeholder="",
        key=f"followups_list_{turn()}", on_select="rerun", selection_mode="single-row",
        column_order=[name for name in _COLUMNS if name != "clinic" or not asked.clinic_id],
        column_config=_COLUMNS, height=TABLE_HEIGHT if len(frame) > ROWS else "content",
        alt="Whom to call, first to call first; choose a row to log a call",
    )  # fmt: skip
    if known := data.known_words(ctx):
        st.markdown(f":small[:gray[As known on {plain(known)}; the file says so, too.]]")
        return _chosen(frame, event["selection"]["rows"])
    st.markdown(":small[:gray[Choose a row to log a call. Called lately, or asked for another day: below.]]")
    return _chosen(frame, event["selection"]["rows"])


def _chosen(frame: pd.DataFrame, rows: list[int]) -> dict[str, Any] | None:
    """The line that was chosen on the list as it was drawn: meanwhile somebody else may have moved it by a call."""
    drawn: list[str] = st.session_state.get(_DRAWN) or []
    st.session_state[_DRAWN] = list(frame["patient_id"])
    if not rows:
        return None
    patient_id = drawn[rows[0]] if rows[0] < len(drawn) else None
    found = frame[frame["patient_id"] == patient_id]
    if found.empty:
        st.info("That line is no longer on the list: somebody else has called, or the answer has come. Choose again.")
        return None
    return dict(found.iloc[0])


_TEXT, _NUMBER, _DATE = st.column_config.TextColumn, st.column_config.NumberColumn, st.column_config.DateColumn
_COLUMNS: dict[str, Any] = {
    "person": _TEXT("Patient", width=82),
    "label": _TEXT("Visit", width=75),
    "state": _TEXT("State", width=55),
    "days_left": _NUMBER("Days left", width=65),
    "why": _TEXT("Why first", width=245),
    "calls": _NUMBER("Calls", width=45),
    "last_outcome": _TEXT("Last call", width=100),
    "clinic": _TEXT("Clinic", width=115),
}


def bar(ctx: Context, blocks: pd.DataFrame, clinic_id: str | None) -> tuple[str, str] | None:
    """The bar of states and its table; gives the visit and the state of the block that was chosen."""
    st.subheader("Every visit is in exactly one state", anchor=False, help=words.STATES)
    may_list = allowed(ctx, data.LIST)
    chosen = f"{turn()}_{ctx.as_of}_{clinic_id}"
    said = "; ".join(f"{row.label} {row.words}" for row in blocks.itertuples())
    drawn: Any = st.vega_lite_chart(
        blocks, chart.states(ctx.theme, blocks["visit"].nunique()), width="stretch", theme=None,
        key=f"followups_bar_{chosen}", on_select="rerun" if may_list else "ignore",
        selection_mode=[chart.PICK] if may_list else None, alt=f"Visits by state: {said}",
    )  # fmt: skip
    with st.expander("The same as a table"):
        listed: Any = st.dataframe(
            blocks, hide_index=True, key=f"followups_states_{chosen}", on_select="rerun" if may_list else "ignore",
            selection_mode="single-row", column_order=["label", "state_label", "visits", "in_all"],
            column_config={"label": "Visit", "state_label": "State", "visits": "Visits", "in_all": "of"},
            alt="Visits by state",
        )  # fmt: skip
    if not may_list:
        return None
    st.markdown(":small[:gray[Click a block, or choose a row of the table, to list who is behind it.]]")
    picked = drawn["selection"].get(chart.PICK) or []
    rows = listed["selection"]["rows"]
    if rows:
        return blocks["visit"].iloc[rows[0]], blocks["state"].iloc[rows[0]]
    return (picked[0]["visit"], picked[0]["state"]) if picked else None


def behind(ctx: Context, block: tuple[str | None, str], blocks: pd.DataFrame, clinic_id: str | None) -> None:
    """The visits behind one block, or in one state at any visit, as many as it says; a chosen one opens the patient."""
    visit, state = block
    found = data.behind(ctx, visit, state, clinic_id)
    told = blocks[(blocks["state"] == state) & ((blocks["visit"] == visit) | (visit is None))]
    label = "All visits" if visit is None else told["label"].iloc[0] if len(told) else visit
    said = told["state_label"].iloc[0] if len(told) else state
    number = int(found["visits"].iloc[0]) if len(found) else 0
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="bottom"):
        st.subheader(words.block_title(label, said, number), anchor=False)
        if visit is not None:
            st.button("Back to the call list", on_click=next_turn)
    may_open = allowed(ctx, "view_patient")
    config: Any = {
        "person": "Patient", "label": "Visit", "clinic": "Clinic", "target_on": _DATE("Planned"),
        "closes_on": _DATE("Last day"), "received_on": _DATE("Received"), "value": "Score",
    }  # fmt: skip
    event: Any = st.dataframe(
        found, hide_index=True, placeholder="", key=f"followups_behind_{turn()}_{visit}_{state}",
        on_select="rerun" if may_open else "ignore", selection_mode="single-row",
        height=TABLE_HEIGHT if len(found) > ROWS else "content", column_config=config,
        column_order=[name for name in config if name != "label" or visit is None],
        alt=f"{label}, {said}: the visits behind it",
    )  # fmt: skip
    if len(found) < number:
        st.markdown(f":small[:gray[The first {len(found):,} are shown.]]")
    if may_open:
        for place in event["selection"]["rows"]:
            st.switch_page(PATIENT, query_params=address(ctx, found["episode_key"].iloc[place]))


def completeness(ctx: Context, clinic_id: str | None) -> None:
    """How complete each visit is, for those who see counts and no person."""
    frame = data.completeness(ctx, clinic_id)
    st.subheader("How complete is each visit?", anchor=False)
    st.dataframe(
        frame.assign(words=frame["words"] + frame["is_thin"].map({True: " !", False: ""})), hide_index=True,
        column_order=["label", "words", "received", "late", "missed", "open_visits"],
        column_config={
            "label": "Visit", "words": "Answered of due", "received": "Received", "late": "Late", "missed": "Missed",
            "open_visits": "Can still be had",
        },
        alt="How complete each visit is",
    )  # fmt: skip
    st.markdown(":small[:gray[Due: received, late and missed. ! marks visits too thin to compare. Counts, no person.]]")
