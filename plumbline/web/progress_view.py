"""What a patient is told, in Streamlit: the same sentences and the same marks as the light page, to play with."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from plumbline import report, sql
from plumbline.charts.progress import COLUMNS, progress
from plumbline.errors import NotAllowed, NotFound
from plumbline.progress import rows
from plumbline.progress.model import Chart, Guidance, Help, Note, Progress, Steps, Summary, Visit
from plumbline.progress.placing import Frame
from plumbline.web import downloads, on_record, told
from plumbline.web.patient import view as patient_view
from plumbline.web.share import light_words
from plumbline.web.share import own as share_own
from plumbline.web.text import plain
from plumbline.web.ui import Context

ACTION = "view_progress"
FOLDER, PATIENT = sql.ROOT / "pages", "patient.py"
FRAME = Frame(280, 230)  # what a phone has: wider has more room
_LANGUAGE, _COMPARED = "told_language", "told_compared"


def of_page(ctx: Context) -> Progress | None:
    """What this page shows: a patient's own by their link; for staff that of the course in the address."""
    wanted = _wanted()
    if ctx.patient_id is not None:
        return share_own.progress(ctx, **wanted)
    key = patient_view.key_asked()
    course = patient_view.course_of(ctx, key)
    if key is None or course is None:
        return None
    on_record.looked(ctx, "patient_viewed", ("episode", key), clinic_id=course["clinic_id"])
    try:
        shown = _of_course(ctx, course, **wanted)
    except NotFound as error:
        _for_staff(ctx, course, key, has_paper=False)
        st.info(plain(str(error)))
        return None
    _for_staff(ctx, course, key, has_paper=True)
    return shown


def _of_course(ctx: Context, course: dict[str, Any], *, language: str, compared: bool) -> Progress:
    if not ctx.sees(episode_id=course["episode_id"]):
        raise NotAllowed("This patient is of another clinic: open one of yours from the worklist.")
    return told.of(
        ctx.store, ctx.mode, course["patient_id"], course["episode_id"], ctx.as_of,
        language=language, compared=compared, known_at=ctx.known_at,
    )  # fmt: skip


def _wanted() -> told.Asked:
    kept = st.session_state
    return {"language": kept.get(_LANGUAGE) or next(iter(light_words.LANGUAGES)), "compared": kept.get(_COMPARED, True)}


def _for_staff(ctx: Context, course: dict[str, Any], key: str, *, has_paper: bool) -> None:
    """Whose view it is, the way back, and the paper copy where there is one."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        name = plain(course["name"] or course["patient_id"])
        seen = f":gray-badge[Preview] What **{name}** sees behind a link, as of {ctx.as_of:%-d %b %Y}"
        st.markdown(seen, width="stretch")
        if has_paper:
            _paper(ctx, course, key)
        st.page_link(FOLDER / PATIENT, label="Back to the patient", query_params={"episode": key})


def _paper(ctx: Context, course: dict[str, Any], key: str) -> None:
    wanted = _wanted()
    downloads.button(
        ctx, "Paper copy", action=ACTION, name=f"recovery-{ctx.as_of.isoformat()}.pdf",
        build=lambda asking: report.patient_pdf(_of_course(asking, course, **wanted)), about=("episode", key),
        key="paper", is_quiet=True,
    )  # fmt: skip


def switches(told_now: Progress) -> None:
    """The language and the range, each with its own words."""
    words, chart = told_now.words, told_now.chart
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        st.segmented_control(
            "Language", list(light_words.LANGUAGES), default=told_now.language, required=True, key=_LANGUAGE,
            format_func=light_words.LANGUAGES.__getitem__, label_visibility="collapsed",
        )  # fmt: skip
        if chart and (chart.edges or not st.session_state.get(_COMPARED, True)):
            st.toggle(plain(words["show_range"]), value=True, key=_COMPARED)


def summary(said: Summary) -> None:
    """The verdict in plain words, own scores, whom to call, what is next."""
    with st.container(border=True):
        st.subheader(plain(said.headline), anchor=False)
        if said.latest:
            before = f"**{said.before[0]}** {plain(said.before[1])} → " if said.before else ""
            st.markdown(f"### {before}**{said.latest[0]}** {plain(said.latest[1])}")
        st.markdown("  \n".join(plain(line) for line in said.lines))
        if said.call:
            st.markdown(f"**{plain(said.call.label)}**")
        if said.next_visit:
            st.markdown(plain(said.next_visit))


def scores(ctx: Context, chart: Chart) -> None:
    """The chart, a step from score to score by keys, and the table of the same scores."""
    st.subheader(plain(chart.heading), anchor=False)
    st.markdown(f"**{plain(chart.up)}**")
    frame = pd.DataFrame(rows.of(chart, FRAME), columns=list(COLUMNS))
    st.vega_lite_chart(frame, progress(ctx.theme), theme=None, alt=rows.said(chart), width="stretch")
    st.caption(plain(chart.caption) + (f" ◌ {plain(chart.no_score)}" if chart.no_score else ""))
    _steps(chart)
    columns = {"when": chart.columns[0], "pain": chart.columns[1], "expected": chart.columns[2]}
    table = pd.DataFrame([_row(visit) for visit in chart.visits]).rename(columns=columns)
    shown = table if chart.edges else table.iloc[:, :2]
    st.markdown(f"**{plain(chart.table_heading)}**")
    st.table(shown.map(plain), hide_index=True)


def _row(visit: Visit) -> dict[str, str]:
    pain = f"{'' if visit.value is None else visit.value} {visit.band}".strip()
    return {"when": visit.when, "pain": pain, "expected": visit.expected}


def _steps(chart: Chart) -> None:
    found = {visit.key: visit for visit in chart.visits}
    if len(found) > 1:
        newest = list(found)[-1]
        key = st.select_slider(
            plain(chart.table_heading), list(found), value=newest, format_func=lambda one: found[one].when,
            label_visibility="collapsed",
        )  # fmt: skip
        st.markdown(plain(found[str(key)].sentence))


def guidance(said: Guidance) -> None:
    """What to do now, limits first."""
    st.subheader(plain(said.heading), anchor=False)
    st.caption(plain(said.phase))
    if said.instead:
        st.markdown(plain(said.instead))
    for card in said.cards:
        st.markdown(f"**{plain(card.title)}**  \n{plain(card.text)}")


def steps(said: Steps) -> None:
    """What is reached, and what is ahead."""
    reached, ahead = st.columns(2)
    with reached:
        if said.reached:
            st.subheader(plain(said.heading), anchor=False)
        if said.praise:
            st.markdown(f"**{plain(said.praise)}**")
        st.markdown("\n".join(f"- {plain(step.text)}" for step in said.reached))
    with ahead:
        if said.ahead or said.ahead_note:
            st.subheader(plain(said.ahead_heading), anchor=False)
        if said.ahead_note:
            st.markdown(plain(said.ahead_note))
        st.markdown("\n".join(f"- {plain(step.text)}" for step in said.ahead))


def notes(heading: str, written: tuple[Note, ...]) -> None:
    """What staff wrote for the patient."""
    st.subheader(plain(heading), anchor=False)
    for note in written:
        text = "  \n".join(map(plain, note.text.splitlines()))
        st.markdown(f"{text}  \n:gray[{plain(note.by)}]")


def helping(said: Help) -> None:
    """When to call for help, and whom."""
    with st.container(border=True):
        st.subheader(plain(said.heading), anchor=False)
        now, today = st.columns(2)
        now.markdown(f"**{plain(said.now_heading)}**\n\n" + "\n".join(f"- {plain(sign)}" for sign in said.now))
        now.markdown(f"**{plain(said.emergency.label)}**")
        today.markdown(f"**{plain(said.today_heading)}**\n\n" + "\n".join(f"- {plain(sign)}" for sign in said.today))
        calls = [phone.label for phone in (said.clinic, said.out_of_hours) if phone]
        today.markdown(f"**{plain(calls[0])}**" if calls else plain(said.closed))
        if len(calls) > 1:
            today.markdown(f"{plain(said.closed)} **{plain(calls[1])}**")
        today.markdown(f"**{plain(said.watched)}**")
