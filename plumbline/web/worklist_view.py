"""The blocks of the worklist page: filters, summary, urgent rows with their small trend, the table."""

from __future__ import annotations

from typing import Any, Literal

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import streamlit as st

from plumbline import sql
from plumbline.charts.theme import THEMES
from plumbline.charts.trend import HEIGHT, WIDTH, trend
from plumbline.web import instant, known_view
from plumbline.web import worklist_words as words
from plumbline.web.ui import Context, context, go_to_day, plain, require, today
from plumbline.web.worklist_rows import Asked

PATIENT = sql.ROOT / "pages" / "patient.py"
ACTION = "view_worklist"
AT_ONCE = 8
TABLE_ROWS, TABLE_HEIGHT = 20, 668
Colour = Literal["red", "orange", "yellow", "green", "blue", "gray"]
BADGES: dict[str, Colour] = {
    "red_flag": "red", "new_problem": "orange", "slower": "yellow", "ahead": "green", "on_course": "blue",
}
COLUMNS = (
    "state", "person", "because", "in_hand", "day", "recent", "last_value", "expected", "days_silent", "next_words",
    "clinic", "surgeon",
)
_DAY, _SHOWN, _FIND, _VERDICTS = "worklist_day", "worklist_shown", "worklist_find", "worklist_verdicts"


def filters(ctx: Context, choices: pd.DataFrame) -> Asked:
    """Draw the filters, the day among them. What is typed never reaches the address."""
    last = today(ctx.store)

    def choose_day() -> None:
        require(context(), ACTION)
        chosen = st.session_state[_DAY]
        go_to_day(None if chosen == last else chosen)

    if st.session_state.get(_DAY) != ctx.as_of:
        st.session_state[_DAY] = ctx.as_of
    with st.container(horizontal=True, gap="small"):
        st.date_input("As of", key=_DAY, max_value=max(last, ctx.as_of), on_change=choose_day, format="DD/MM/YYYY")
        clinic_id = _one_of(choices, "clinic", "Clinic", "All clinics")
        surgeon = _one_of(choices, "surgeon", "Surgeon", "All surgeons")
        find = st.text_input(
            "Find", key=_FIND, placeholder="Name or id", icon=":material/search:", live="300ms", autocomplete="off",
            persist_state="session",
        )
    return Asked(clinic_id, surgeon, find.strip() or None)


def _one_of(choices: pd.DataFrame, kind: str, label: str, everything: str) -> str | None:
    names = {"": everything, **labels(choices, kind)}
    chosen = st.selectbox(
        label, list(names), format_func=lambda one: names[one], key=f"worklist_{kind}", persist_state="session"
    )
    return chosen or None


def labels(choices: pd.DataFrame, kind: str) -> dict[str, str]:
    """What can be chosen in one filter: its value and its words."""
    return dict(choices.loc[choices["filter"] == kind, ["choice", "label"]].itertuples(index=False))


def clear() -> None:
    """Take all filters but the day away."""
    require(context(), ACTION)
    st.session_state.update({"worklist_clinic": "", "worklist_surgeon": "", _FIND: "", _VERDICTS: []})


def summary(ctx: Context, rows: pd.DataFrame, *, searched: bool) -> None:
    """Say how many need somebody, and what waits below."""
    total = {str(name): value for name, value in rows.iloc[0].items()} if len(rows) else {}
    when = "today" if ctx.known_at is None and ctx.as_of == today(ctx.store) else f"on {words.day_words(ctx.as_of)}"
    found = int(total.get("people_total", 0)) if searched else 0
    urgent = int(total.get("urgent_people", 0))
    with st.container(gap="xxsmall"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            title = f"{words.people(found)} found" if searched else words.title(urgent, when)
            st.header(title, anchor=False, width="content")
            known_view.chooser(ACTION)
        if searched:
            st.markdown(":gray[Among everyone, those with a closed course too.]")
        else:
            st.markdown(f":gray[{words.waiting(total)}]", help=words.BUDGET)


def pills(choices: pd.DataFrame, rows: pd.DataFrame) -> list[str]:
    """The verdicts with their counts: a summary, and a filter when pressed."""
    names = labels(choices, "verdict")
    counts: dict[str, int] = dict(rows[["verdict", "verdict_total"]].itertuples(index=False))

    def label(verdict: str) -> str:
        mark, _, word = names[verdict].partition(" ")
        return f":{BADGES.get(verdict, 'gray')}[{mark}] {word} **{int(counts.get(verdict, 0)):,}**"

    picked: list[str] = st.pills(
        "Verdicts", list(names), selection_mode="multi", format_func=label, key=_VERDICTS, persist_state="session",
        label_visibility="collapsed", wrap=True,
    )
    return picked


def address(ctx: Context, key: str) -> dict[str, str]:
    """The query of a patient's page: the opaque key and, when it isn't today, the day and the instant looked at."""
    asked = {"episode": key}
    if ctx.as_of != today(ctx.store):
        asked["as_of"] = ctx.as_of.isoformat()
    if ctx.known_at is not None:
        asked[instant.KNOWN_AT] = instant.written(ctx.known_at, instant.zone_of(ctx.present))
    return asked


def urgent_rows(ctx: Context, rows: pd.DataFrame) -> None:
    """Those who need somebody, a few at once: every red flag, then the worst and newest."""
    red = int((rows["verdict"] == "red_flag").sum())
    shown = rows.head(max(red, st.session_state.get(_SHOWN, AT_ONCE)))
    drawn = ctx.arrow("worklist/trend_by_day", as_of=ctx.as_of, keys=",".join(shown["episode_key"]))
    with st.container(gap="xsmall"):
        for row in shown.itertuples():
            _urgent_row(ctx, row, drawn.filter(pc.field("episode_key") == row.episode_key))
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.markdown(f":small[:gray[{words.TRENDS}]]", width="content")
            if left := len(rows) - len(shown):
                more = f"Show {words.in_words(min(AT_ONCE, left))} more of {len(rows)}"
                st.button(more, on_click=_show, args=(len(shown) + AT_ONCE,))


def _show(number: int) -> None:
    require(context(), ACTION)
    st.session_state[_SHOWN] = number


def _urgent_row(ctx: Context, row: Any, drawn: pa.Table) -> None:
    score, expected = words.score(row)
    with st.container(border=True, key=f"urgent_{row.episode_key}"):
        state, why, numbers = st.columns([1.05, 5, 3.95], gap="xsmall", vertical_alignment="center")
        with state, st.container(horizontal=True, gap="xxsmall", vertical_alignment="center"):
            st.badge(row.state, color=BADGES.get(row.verdict, "gray"))
            st.markdown(f":small[:gray[{words.day_and_phase(row)}]]")
        with why, st.container(gap=None):
            with st.container(horizontal=True, gap="xsmall", vertical_alignment="center"):
                link = f":primary[**{plain(row.person)}**]"
                st.page_link(PATIENT, label=link, query_params=address(ctx, row.episode_key))
                st.markdown(f"**{plain(row.headline)}**")
            st.markdown(f":small[:gray[{plain(row.because)}]]")
        with numbers, st.container(horizontal=True, gap="small", vertical_alignment="center"):
            st.vega_lite_chart(
                drawn.append_column("verdict", [[row.verdict] * len(drawn)]), trend(ctx.theme),
                width=WIDTH, height=HEIGHT, theme=None,
                alt=f"Small trend, up is better: {score}, {expected}",
            )
            with st.container(gap=None):
                st.markdown(f"**{score}** :small[{expected}]")
                visit = f"next visit: {row.next_words}" if row.next_words else None
                contact = " · ".join(filter(None, [words.heard(row.days_silent), visit]))
                st.markdown(f":small[:gray[{plain(contact)}]]")


def left_out(rows: pd.DataFrame) -> None:
    """Say how many are counted above and not listed: of each place and verdict only the first are."""
    more = int(rows.drop_duplicates("verdict")["verdict_total"].sum()) - len(rows)
    if more > 0:
        st.caption(f"{more:,} more are counted above but not listed: choose a clinic or a surgeon, or find a name.")


def table(ctx: Context, rows: pd.DataFrame, title: str) -> None:
    """Everybody else, worst first; a chosen row opens the patient."""
    st.subheader(title, anchor=False)
    columns = [name for name in COLUMNS if name != "in_hand" or rows["in_hand"].notna().any()]
    event = st.dataframe(
        rows[columns], hide_index=True, key="worklist_table", on_select="rerun", selection_mode="single-row",
        placeholder="",
        column_order=columns,
        column_config=_config(ctx.theme),
        height="content" if len(rows) < TABLE_ROWS else TABLE_HEIGHT,
        alt=f"{title}, worst first; choose a row to open the patient",
    )
    for place in event["selection"]["rows"]:
        st.switch_page(PATIENT, query_params=address(ctx, rows.iloc[place]["episode_key"]))


def _config(theme: str) -> dict[str, Any]:
    kind, colour = st.column_config, THEMES[theme]
    return {
        "state": kind.TextColumn("State", width=100),
        "person": kind.TextColumn("Patient", width=100),
        "because": kind.TextColumn("Because", width=300),
        "in_hand": kind.TextColumn("In hand", width=160),
        "day": kind.NumberColumn("Day", width=45),
        "recent": kind.LineChartColumn("Trend, up is better", y_min=0, y_max=10, width=125, color=colour.accent),
        "last_value": kind.NumberColumn("Pain", width=45),
        "expected": kind.TextColumn("Expected", width=75),
        "days_silent": kind.NumberColumn("Days silent", width=85),
        "next_words": kind.TextColumn("Next visit", width=145),
        "clinic": kind.TextColumn("Clinic", width=135),
        "surgeon": kind.TextColumn("Surgeon", width=105),
    }
