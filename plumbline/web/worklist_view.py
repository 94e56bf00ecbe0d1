"""The blocks of the worklist page: filters, summary in words, urgent rows with their small trend, the table."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from plumbline import sql
from plumbline.charts.theme import THEMES
from plumbline.charts.trend import HEIGHT, WIDTH, trend
from plumbline.web.ui import Context, go_to_day, plain, today

PATIENT = sql.ROOT / "pages" / "patient.py"
AT_ONCE = 8
BADGES = {"red_flag": "red", "new_problem": "orange", "slower": "yellow", "ahead": "green", "on_course": "blue"}
SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
WAITING = (
    ("waiting_total", "more amber flag", "more amber flags"),
    ("silent_total", "silent patient", "silent patients"),
    ("untold_total", "patient without an expected course", "patients without an expected course"),
)
COLUMNS = ("state", "person", "because", "day", "recent", "last_value", "expected", "days_silent", "next_words", "clinic", "surgeon")
BUDGET = (
    "How many amber flags a clinic shows as urgent at most: its budget per 100 open courses, rounded up. "
    "Red flags are always shown and never count."
)
TRENDS = "Small charts: pain from before the procedure to this day, up is better; the shade holds 8 in 10 people, early days stretched."
_DAY, _SHOWN = "worklist_day", "worklist_shown"


def in_words(number: int) -> str:
    """A count as it is said: in words up to twelve."""
    return SMALL[number] if number < len(SMALL) else f"{number:,}"


def day_words(day: date) -> str:
    """A date as it is said, such as 1 March 2026."""
    return f"{day.day} {day:%B %Y}"


def filters(ctx: Context, choices: pd.DataFrame) -> dict[str, Any]:
    """Draw the filters; give the parameters of worklist/rows_by_course. What is typed never reaches the address."""
    last = today(ctx.store)

    def choose_day() -> None:
        chosen = st.session_state[_DAY]
        go_to_day(None if chosen == last else chosen)

    if st.session_state.get(_DAY) != ctx.as_of:
        st.session_state[_DAY] = ctx.as_of
    asked: dict[str, Any] = {"as_of": ctx.as_of, "episode_id": None}
    with st.container(horizontal=True, gap="small"):
        st.date_input("As of", key=_DAY, max_value=max(last, ctx.as_of), on_change=choose_day, format="DD/MM/YYYY", width="stretch")
        asked["clinic_id"] = _one_of(choices, "clinic", "Clinic", "All clinics")
        asked["surgeon"] = _one_of(choices, "surgeon", "Surgeon", "All surgeons")
        find = st.text_input(
            "Find", key="worklist_find", placeholder="Name or id", icon=":material/search:", width="stretch",
            persist_state="session", live="300ms", autocomplete="off",
        )
    return {**asked, "find": find.strip() or None}


def _one_of(choices: pd.DataFrame, kind: str, label: str, everything: str) -> str | None:
    names = labels(choices, kind)
    chosen: str | None = st.selectbox(
        label, [None, *names], format_func=lambda one: names.get(one, everything), key=f"worklist_{kind}",
        persist_state="session", width="stretch",
    )
    return chosen


def labels(choices: pd.DataFrame, kind: str) -> dict[str, str]:
    """What can be chosen in one filter: its value and its words."""
    return dict(choices.loc[choices["filter"] == kind, ["choice", "label"]].itertuples(index=False))


def clear() -> None:
    """Take all filters away."""
    for key in ("worklist_clinic", "worklist_surgeon", "worklist_find", "worklist_verdicts"):
        st.session_state.pop(key, None)


def summary(ctx: Context, rows: pd.DataFrame, *, searched: bool) -> None:
    """Say how many need somebody, and what waits below."""
    total = rows.iloc[0].to_dict() if len(rows) else {}
    number = int(total.get("row_total" if searched else "urgent_people", 0))
    when = "today" if ctx.as_of == today(ctx.store) else f"on {day_words(ctx.as_of)}"
    people = f"{in_words(number).capitalize()} people" if number > 1 else "One person" if number else "Nobody"
    waits = [f"{in_words(int(total[name]))} {one if total[name] == 1 else many}" for name, one, many in WAITING if total.get(name)]
    said = " and ".join(filter(None, [", ".join(waits[:-1]), *waits[-1:]]))
    wait = f"{said[0].upper()}{said[1:]} {'waits' if said.startswith('one ') and len(waits) == 1 else 'wait'} below." if said else ""
    with st.container(gap="xxsmall"):
        st.header(f"{people} found" if searched else f"{people} need{'' if number > 1 else 's'} you {when}", anchor=False)
        st.markdown(f":gray[{wait or 'Nobody else waits.'} Amber budget: {int(total.get('amber_budget', 0))}.]", help=BUDGET)


def pills(choices: pd.DataFrame, rows: pd.DataFrame) -> list[str]:
    """The verdicts with their counts: a summary, and a filter when pressed."""
    names = labels(choices, "verdict")
    counts = dict(rows[["verdict", "verdict_total"]].itertuples(index=False))

    def label(verdict: str) -> str:
        mark, _, word = names[verdict].partition(" ")
        return f":{BADGES.get(verdict, 'gray')}[{mark}] {word} **{counts.get(verdict, 0)}**"

    picked: list[str] = st.pills(
        "Verdicts", list(names), selection_mode="multi", format_func=label, key="worklist_verdicts",
        persist_state="session", label_visibility="collapsed", wrap=True,
    )
    return picked


def heard(days: Any) -> str:
    """Days since the last contact, in words."""
    if pd.isna(days):
        return "never heard"
    return "heard today" if days == 0 else "heard yesterday" if days == 1 else f"heard {int(days)} days ago"


def address(ctx: Context, row: Any) -> dict[str, str]:
    """The query of a patient's page: the opaque key and, when it isn't today, the day looked at."""
    query = {"episode": row.episode_key}
    return query if ctx.as_of == today(ctx.store) else {**query, "as_of": ctx.as_of.isoformat()}


def urgent_row(ctx: Context, row: Any, drawn: pd.DataFrame) -> None:
    """One person who needs somebody: state, who and why, small trend, last score against expected."""
    day = "no procedure yet" if pd.isna(row.day) else f"day {int(row.day)}, {row.phase_label}"
    score = "No score yet" if pd.isna(row.last_value) else f"Pain {row.last_value:g}"
    expected = f"expected {row.expected}" if row.expected else "no range that day"
    with st.container(border=True, key=f"urgent_{row.episode_key}"):
        state, why, numbers = st.columns([1.3, 4.9, 3.8], gap="small", vertical_alignment="center")
        with state, st.container(horizontal=True, gap="xxsmall", vertical_alignment="center"):
            st.badge(row.state, color=BADGES.get(row.verdict, "gray"))
            st.markdown(f":small[:gray[{day}]]")
        with why, st.container(gap=None):
            with st.container(horizontal=True, gap="xsmall", vertical_alignment="center"):
                st.page_link(PATIENT, label=f":primary[**{plain(row.person)}**]", query_params=address(ctx, row))
                st.markdown(f"**{plain(row.headline)}**")
            st.markdown(f":small[:gray[{plain(row.because)}]]")
        with numbers, st.container(horizontal=True, gap="small", vertical_alignment="center"):
            st.vega_lite_chart(
                drawn.assign(verdict=row.verdict), trend(ctx.theme), width=WIDTH, height=HEIGHT, theme=None,
                alt=f"Small trend, up is better: {score}, {expected}. {row.because}",
            )
            with st.container(gap=None, width="stretch"):
                st.markdown(f"**{score}** :small[{expected}]")
                st.markdown(f":small[:gray[{' · '.join(filter(None, [heard(row.days_silent), row.next_words]))}]]")


def urgent_rows(ctx: Context, rows: pd.DataFrame) -> None:
    """Those who need somebody, a few at once: every red flag, then the worst and newest."""
    if rows.empty:
        return
    red = int((rows["verdict"] == "red_flag").sum())
    shown = rows.head(max(red, st.session_state.get(_SHOWN, AT_ONCE)))
    drawn = ctx.ask("worklist/trend_by_day", as_of=ctx.as_of, keys=",".join(shown["episode_key"]))
    with st.container(gap="xsmall"):
        for row in shown.itertuples():
            urgent_row(ctx, row, drawn[drawn["episode_key"] == row.episode_key])
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.markdown(f":small[:gray[{TRENDS}]]", width="content")
            if len(rows) > len(shown):
                st.button(f"Show {in_words(min(AT_ONCE, len(rows) - len(shown)))} more of {len(rows)} urgent", on_click=_show_more, args=(len(shown),))


def _show_more(shown: int) -> None:
    st.session_state[_SHOWN] = shown + AT_ONCE


def calm(rows: pd.DataFrame, *, filtered: bool) -> None:
    """Nobody is urgent: say so warmly, or that the filters hide everybody."""
    with st.container(border=True, key="calm", horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        if len(rows):
            st.markdown("**:green[●] All calm.** Nobody here needs you before the others; below, worst first.")
        else:
            st.markdown("**○ Nobody is found.** Closed courses are found by name, by id, or under ■ Closed.")
        if filtered:
            st.button("Clear the filters", on_click=clear)


def welcome(ctx: Context) -> None:
    """The empty store: what to do first."""
    st.header("Welcome. There is nobody here yet.", anchor=False)
    st.markdown(
        "Plumbline shows who needs you today: each patient's recovery after kyphoplasty against the expected course. "
        "Bring in your own files, a folder at a time; this page fills while you wait."
    )
    own, made_up = st.columns(2, gap="medium")
    with own.container(border=True, height="stretch"):
        st.subheader("Your own patients", anchor=False)
        st.markdown("CSV files or FHIR bundles. Try it dry first: nothing is stored, and every row that won't do is named.")
        st.code(f"python -m plumbline import FOLDER --store {ctx.store.path.name} --dry-run\npython -m plumbline import FOLDER --store {ctx.store.path.name}", language=None)
    with made_up.container(border=True, height="stretch"):
        st.subheader("Made-up patients", anchor=False)
        st.markdown("A thousand people in six clinics, to look around. They live in a store of their own.")
        st.code("make run", language=None)


def table(ctx: Context, rows: pd.DataFrame) -> None:
    """Everybody else, worst first; a chosen row opens the patient."""
    event = st.dataframe(
        rows, hide_index=True, key="worklist_table", on_select="rerun", selection_mode="single-row", placeholder="",
        column_order=COLUMNS, column_config=_config(ctx.theme), height=min(38 + 35 * max(len(rows), 1), 668),
        alt="Everyone else, worst first; choose a row to open the patient",
    )
    for place in event["selection"]["rows"]:
        st.switch_page(PATIENT, query_params=address(ctx, rows.iloc[place]))


def _config(theme: str) -> dict[str, Any]:
    kind = st.column_config
    return {
        "state": kind.TextColumn("State", width=105),
        "person": kind.TextColumn("Patient", width=105),
        "because": kind.TextColumn("Because", width=330),
        "day": kind.NumberColumn("Day", width=45),
        "recent": kind.LineChartColumn("Trend, up is better", y_min=0, y_max=10, width=130, color=THEMES[theme].accent),
        "last_value": kind.NumberColumn("Pain", width=45),
        "expected": kind.TextColumn("Expected", width=75),
        "days_silent": kind.NumberColumn("Days silent", width=85),
        "next_words": kind.TextColumn("Next visit", width=165),
        "clinic": kind.TextColumn("Clinic", width=95),
        "surgeon": kind.TextColumn("Surgeon", width=90),
    }
