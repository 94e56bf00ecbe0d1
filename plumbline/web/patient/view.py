"""The answer of the Patient page: who this is, the verdict and why, what is next. Words from outside are escaped."""

from __future__ import annotations

from contextlib import closing
from typing import Any

import streamlit as st

from plumbline import sql, worklist
from plumbline.errors import NotFound
from plumbline.web import instant, known_view, on_record, ui
from plumbline.web.text import plain
from plumbline.web.ui import Context

WORKLIST = sql.ROOT / "pages" / "worklist.py"
_LAST = instant.LAST_COURSE
BADGE = {
    "red_flag": "red",
    "new_problem": "orange",
    "slower": "yellow",
    "cannot_tell": "gray",
    "closed": "gray",
    "on_course": "blue",
    "ahead": "green",
}


def key_asked() -> str | None:
    """The course in the address; else the one looked at before in this session, written back."""
    key = st.query_params.get("episode") or st.session_state.get(_LAST)
    if key and st.query_params.get("episode") != key:
        st.query_params["episode"] = key
    return key


def course_of(ctx: Context, key: str | None) -> dict[str, Any] | None:
    """The course at this address, or None with a page that says where to find one."""
    if key:
        found = ctx.arrow("patient/course_of_key", key=key, as_of=ctx.as_of).to_pylist()
        if found:
            st.session_state[_LAST] = key
            return dict(found[0])
        if not _of_others(ctx, key) and known_view.unknown_then(ctx):
            return None
        st.header("No such patient", anchor=False)
        st.write(
            "This address leads to no one in this store: it may come from another store. The worklist has everyone."
        )
    else:
        st.header("Choose a patient", anchor=False)
        st.write("Open a patient from the worklist: everyone is there, worst first.")
    st.page_link(WORKLIST, label="Go to the worklist")
    return None


def _of_others(ctx: Context, key: str) -> bool:
    """Whether the address leads to a patient of a clinic that isn't theirs: on record then, and nothing is told."""
    if ctx.clinics is None:
        return False
    with closing(ctx.present.cursor()) as cursor:
        whose = [row["patient_id"] for row in sql.rows(cursor, "known/patient_by_key", key=key)]
    if not whose or any(ctx.at_present.sees(patient_id=one) for one in whose):
        return False
    on_record.denied(ctx, ("episode", key))
    return True


def status_of(ctx: Context, episode_id: str) -> dict[str, Any]:
    """The verdict with its reasons, as of the chosen day. Raises NotFound."""
    found = ctx.arrow("status/verdict_by_course", as_of=ctx.as_of, episode_id=episode_id).to_pylist()
    if not found:
        raise NotFound("This course is no longer in the store. Open the patient from the worklist again.")
    return dict(found[0])


def identity(ctx: Context, row: dict[str, Any]) -> None:
    """One line: who, what was done, by whom, where; at its right end the neighbours on the worklist."""
    words = [f"{row['age_words'] or 'age not known'} {row['sex'] or ''}".strip()]
    words.append(" ".join(filter(None, [(row["pathway_label"] or "no procedure recorded").lower(), row["levels"]])))
    words += [said for said in (row["cause_label"], row["surgeon"], row["clinic"]) if said]
    name = f"**{plain(row['name'])}** {plain(row['patient_id'])}" if row["name"] else f"**{plain(row['patient_id'])}**"
    badge = " :gray-badge[made-up data]" if ctx.store.synthetic else ""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"{name} :gray[{plain(' · '.join(words))}]{badge}", width="stretch")
        if len(row["courses"]) > 1:
            _other_courses(row)
        known_view.chooser("view_patient", row["patient_id"])
        for label, side in (("‹ Previous", "previous_key"), ("Next ›", "next_key")):
            st.button(label, key=side, type="tertiary", on_click=_go, args=(row["episode_id"], side), width="content")


def _other_courses(row: dict[str, Any]) -> None:
    labels = {course["episode_key"]: course["label"] for course in row["courses"]}
    key = st.query_params["episode"]
    chosen = st.selectbox(
        "Procedure",
        list(labels),
        index=list(labels).index(key),
        format_func=lambda key: labels[key],
        label_visibility="collapsed",
        width=230,
        key=f"course_of:{key}",
    )
    if chosen != key:
        st.query_params["episode"] = chosen
        st.rerun()


def _go(episode_id: str, side: str) -> None:
    ctx = ui.context(of_all=True)
    ui.require(ctx, "view_patient")
    worklist.make_ready(ctx.store, ctx.as_of)
    found = ctx.arrow("patient/neighbours_of_course", as_of=ctx.as_of, current=episode_id).to_pylist()
    key = found[0][side] if found else None
    if key:
        st.query_params["episode"] = key
    else:
        st.toast(
            "This is the first on the worklist." if side == "previous_key" else "This is the last on the worklist."
        )


def answer(status: dict[str, Any], row: dict[str, Any]) -> None:
    """The verdict in a badge and a sentence, why, and what else is worth knowing."""
    colour = BADGE[status["verdict"]]
    st.markdown(f":{colour}-badge[{status['mark']} {status['verdict_label']}] {_day_words(status)}")
    st.header(plain(status["headline"]), anchor=False)
    because = [reason for reason in status["reasons"] if reason["verdict"]]
    # after death or withdrawal nothing is due any more
    beside = [reason for reason in status["reasons"] if not reason["verdict"] and status["verdict"] != "closed"]
    lines = [f"- {plain(reason['text'])}" for reason in because]
    lines += [f"- :gray[{plain(reason['text'])}]" for reason in beside]
    if status["is_reference_patient"]:
        lines.append("- :gray[No score before the procedure: measured against the reference patient.]")
    if status["day"] is None:
        lines.append(
            "- :gray[A recovery is measured from day 0. Import the procedure, and the expected range appears.]"
        )
    badges = " ".join(f":gray-badge[{badge}]" for badge in _badges(status))
    st.markdown("\n\n".join(filter(None, ["\n".join(lines), badges, _next(status)])))


def _day_words(status: dict[str, Any]) -> str:
    day, phase = status["day"], status["phase_label"]
    if day is None:
        return "**No procedure yet**"
    if day < 0:
        return f"**{-day} days before the procedure**"
    return f"**Day {day}**" + (f" :gray[· {plain(phase)}]" if phase else "")


def _badges(status: dict[str, Any]) -> list[str]:
    """Thresholds reached: where two consecutive readings agree, from the day of the first."""
    if status["baseline"] is None or status["last_value_day"] is None or status["phase"] is None:
        return []
    said = []
    for since, lost, words in (
        (status["mic_since_day"], status["mic_lost_day"], "Clear fall (MIC)"),
        (status["acceptable_since_day"], status["acceptable_lost_day"], "Acceptable pain"),
    ):
        if since is not None:
            said.append(f"{words} since day {since}")
        else:
            said.append(f"{words} lost on day {lost}" if lost is not None else f"{words} not reached")
    return said


def _next(status: dict[str, Any]) -> str:
    if not status["next_visit_label"]:
        return ":gray[Next visit: none planned]"
    on = f"{status['next_visit_on']:%-d %b %Y}"
    label = plain(status["next_visit_label"])
    if status["next_visit_state"] == "overdue":
        return f"**{label} visit overdue** by {status['days_overdue']} days :gray[· was due {on}]"
    return f":gray[Next visit: {label} · {on}{', due now' if status['next_visit_state'] == 'due' else ''}]"
