"""The blocks of the worklist page: filters, summary, urgent rows with their small trend, the table."""

from __future__ import annotations

from typing import Any, Literal

import pyarrow as pa
import pyarrow.compute as pc
import streamlit as st

from plumbline import sql
from plumbline.charts.theme import THEMES
from plumbline.charts.trend import HEIGHT, WIDTH, trend
from plumbline.web import instant, known_view
from plumbline.web.ui import Context, context, go_to_day, plain, require, today
from plumbline.web.worklist import words
from plumbline.web.worklist.rows import Asked, Lines, Listed

PATIENT = sql.ROOT / "pages" / "patient.py"
ACTION = "view_worklist"
AT_ONCE = 8
TABLE_ROWS, TABLE_HEIGHT = 20, 668
Colour = Literal["red", "orange", "yellow", "green", "blue", "gray"]
BADGES: dict[str, Colour] = {
    "red_flag": "red", "new_problem": "orange", "slower": "yellow", "ahead": "green", "on_course": "blue",
}
_DAY, _SHOWN, _FIND, _VERDICTS = "worklist_day", "worklist_shown", "worklist_find", "worklist_verdicts"


Choices = dict[str, dict[str, str]]


def choices_of(ctx: Context) -> Choices:
    """What can be chosen in each filter: its value and its words."""

    def make() -> Choices:
        found: Choices = {"clinic": {}, "surgeon": {}, "verdict": {}}
        for row in ctx.arrow("worklist/choice_by_filter").to_pylist():
            found[row["filter"]][row["choice"]] = row["label"]
        return found

    return ctx.made("worklist/choices", make)


def filters(ctx: Context, choices: Choices) -> Asked:
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


def _one_of(choices: Choices, kind: str, label: str, everything: str) -> str | None:
    names = {"": everything, **choices[kind]}
    chosen = st.selectbox(
        label, list(names), format_func=lambda one: names[one], key=f"worklist_{kind}", persist_state="session"
    )
    return chosen or None


def clear() -> None:
    """Take all filters but the day away."""
    require(context(), ACTION)
    st.session_state.update({"worklist_clinic": "", "worklist_surgeon": "", _FIND: "", _VERDICTS: []})


def summary(ctx: Context, total: dict[str, Any], *, searched: bool) -> None:
    """Say how many need somebody, and what waits below."""
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


def pills(choices: Choices, lines: Lines) -> list[str]:
    """The verdicts with their counts: a summary, and a filter when pressed."""
    names = choices["verdict"]

    def label(verdict: str) -> str:
        mark, _, word = names[verdict].partition(" ")
        return f":{BADGES.get(verdict, 'gray')}[{mark}] {word} **{int(lines.counts.get(verdict, 0)):,}**"

    picked: list[str] = st.pills(
        "Verdicts", list(names), selection_mode="multi", format_func=label, key=_VERDICTS, persist_state="session",
        label_visibility="collapsed", wrap=True,
    )
    return picked


def address(ctx: Context, key: str) -> dict[str, str]:
    """The query of a patient's page: the opaque key and, when it isn't today, the day and the instant looked at."""
    return {"episode": key, **when(ctx)}


def when(ctx: Context) -> dict[str, str]:
    """The day and the instant looked at, as an address has them; nothing of today, as it is known now."""
    asked = {}
    if ctx.as_of != today(ctx.store):
        asked["as_of"] = ctx.as_of.isoformat()
    if ctx.known_at is not None:
        asked[instant.KNOWN_AT] = instant.written(ctx.known_at, instant.zone_of(ctx.present))
    return asked


def urgent_rows(ctx: Context, rows: tuple[Any, ...]) -> None:
    """Those who need somebody, a few at once: every red flag, then the worst and newest."""
    red = sum(row.verdict == "red_flag" for row in rows)
    shown = rows[: max(red, st.session_state.get(_SHOWN, AT_ONCE))]
    drawn = _trends(ctx, shown)
    with st.container(gap="xsmall"):
        for row in shown:
            _urgent_row(ctx, row, drawn[row.episode_key])
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.markdown(f":small[:gray[{words.TRENDS}]]", width="content")
            if left := len(rows) - len(shown):
                more = f"Show {words.in_words(min(AT_ONCE, left))} more of {len(rows)}"
                st.button(more, on_click=_show, args=(len(shown) + AT_ONCE,))


def _trends(ctx: Context, rows: tuple[Any, ...]) -> dict[str, pa.Table]:
    """The rows of each small trend, by the key of its course."""
    keys, verdicts = [row.episode_key for row in rows], [row.verdict for row in rows]

    def make() -> dict[str, pa.Table]:
        found = ctx.arrow("worklist/trend_by_day", as_of=ctx.as_of, keys=",".join(keys))
        parts = {key: found.filter(pc.field("episode_key") == key) for key in keys}
        marked = zip(parts.items(), verdicts, strict=True)
        return {key: part.append_column("verdict", [[verdict] * len(part)]) for (key, part), verdict in marked}

    asked = {"keys": ",".join(keys), "verdicts": ",".join(verdicts)}
    return ctx.made("worklist/trends", make, _weight, as_of=ctx.as_of, **asked)


def _weight(made: dict[str, pa.Table]) -> int:
    return sum(part.nbytes for part in made.values())


def _show(number: int) -> None:
    require(context(), ACTION)
    st.session_state[_SHOWN] = number


def _urgent_row(ctx: Context, row: Any, drawn: pa.Table) -> None:
    """Six elements in one container, which style.css lays out: each container more costs as much as an element."""
    score, expected = words.score(row)
    visit = f"next visit: {row.next_words}" if row.next_words else None
    contact = " · ".join(filter(None, [words.heard(row.days_silent), visit]))
    with st.container(border=True, key=f"urgent_{row.episode_key}", gap=None):
        badge = f":{BADGES.get(row.verdict, 'gray')}-badge[{row.state}]"
        st.markdown(f"{badge} :small[:gray[{words.day_and_phase(row)}]]")
        link = f":primary[**{plain(row.person)}**]"
        st.page_link(PATIENT, label=link, query_params=address(ctx, row.episode_key))
        st.markdown(f"**{plain(row.headline)}**")
        st.markdown(f":small[:gray[{plain(row.because)}]]")
        st.vega_lite_chart(
            drawn, trend(ctx.theme), width=WIDTH, height=HEIGHT, theme=None,
            alt=f"Small trend, up is better: {score}, {expected}",
        )
        st.markdown(f"**{score}** :small[{expected}]  \n:small[:gray[{plain(contact)}]]")


def left_out(more: int) -> None:
    """Say how many are counted above and not listed: of each place and verdict only the first are."""
    if more > 0:
        st.caption(f"{more:,} more are counted above but not listed: choose a clinic or a surgeon, or find a name.")


def table(ctx: Context, listed: Listed, title: str) -> None:
    """Everybody else, worst first; a chosen row opens the patient."""
    st.subheader(title, anchor=False)
    event = st.dataframe(
        listed.others, hide_index=True, key="worklist_table", on_select="rerun", selection_mode="single-row",
        placeholder="",
        column_order=listed.others.column_names,
        column_config=_config(ctx.theme),
        height="content" if len(listed.keys) < TABLE_ROWS else TABLE_HEIGHT,
        alt=f"{title}, worst first; choose a row to open the patient",
    )
    for place in event["selection"]["rows"]:
        st.switch_page(PATIENT, query_params=address(ctx, listed.keys[place]))


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
