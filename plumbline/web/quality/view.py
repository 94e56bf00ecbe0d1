"""The Data quality page: how much there is to look at, check by check, and what is behind each."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from plumbline import sql
from plumbline.web import downloads, on_record
from plumbline.web.quality import data, words
from plumbline.web.ui import Context, allowed, plain, today
from plumbline.web.worklist.view import address

PATIENT = sql.ROOT / "pages" / "patient.py"
HEIGHT, ROWS = 560, 14
_TEXT, _NUMBER, _DATE = st.column_config.TextColumn, st.column_config.NumberColumn, st.column_config.DateColumn
_CHECKS: dict[str, Any] = {
    "said": _TEXT("Severity", width=100),
    "things": _NUMBER("Found", width=55, format="localized"),
    "label": _TEXT("Check", width=215),
    "of_words": _TEXT("Checked", width=125),
}
_FOUND: dict[str, Any] = {
    "person": _TEXT("Patient", width=105),
    "found": _TEXT("What was found", width=360),
    "since_on": _DATE("Day", width=90, format="D MMM YYYY"),
    "clinic": _TEXT("Clinic", width=150),
}


def choose(ctx: Context) -> str | None:
    """One clinic, or all."""
    names = {"": "All clinics", **data.clinics(ctx)}
    clinic = st.selectbox(
        "Clinic", list(names), format_func=lambda one: names[one], key="quality_clinic", width=240,
        persist_state="session",
    )  # fmt: skip
    return clinic or None


def total(ctx: Context, clinic_id: str | None) -> dict[str, Any]:
    """How much there is to look at; with words, as a first time over many patients can take a while."""
    with st.spinner("Checking everything that has changed …", show_time=True):
        return data.total(ctx, clinic_id)


def answer(ctx: Context, total: dict[str, Any]) -> None:
    """The answer of the page in one sentence, and what was checked."""
    day = "" if ctx.as_of == today(ctx.store) else f" (on {ctx.as_of:%-d %B %Y})"
    st.header(f"{words.title(total)}{day}", anchor=False)
    if total["things"]:
        st.markdown(words.beneath(total))
    elif total["patients_checked"]:
        st.markdown("**:green[●] All is as it should be**, as far as a check can tell.")
    else:
        st.markdown("Nobody is here yet: bring your patients in, and what is odd about their data appears here.")


def table(ctx: Context, clinic_id: str | None) -> dict[str, Any]:
    """Every check with what it found; gives the one that was chosen, at first the worst."""
    frame = data.checks(ctx, clinic_id)
    event: Any = st.dataframe(
        frame, hide_index=True, key=f"quality_checks_{clinic_id}", on_select="rerun", selection_mode="single-row",
        column_order=list(_CHECKS), column_config=_CHECKS, height=HEIGHT,
        alt="The checks: severity, what each found, and of how many; choose a row for what is behind it",
    )  # fmt: skip
    downloads.button(
        ctx, "Download counts", action=data.EXPORT_COUNTS, name=lambda now: data.file_name(now, "counts"),
        build=lambda now: data.count_file(now, clinic_id), about=("file", "quality counts"), key="quality_counts",
        is_quiet=True,
    )  # fmt: skip
    code = _chosen(f"quality_drawn_checks_{clinic_id}", list(frame["code"]), event["selection"]["rows"])
    found = frame[frame["code"] == code] if code else frame
    return dict((frame if found.empty else found).iloc[0])


def behind(ctx: Context, check: dict[str, Any], clinic_id: str | None) -> None:
    """What one check means and what to do; its rows for those who may see them, each opening its patient."""
    st.subheader(plain(check["label"]), anchor=False)
    st.markdown(f"{plain(check['said'])} · **{check['things']:,}** {plain(check['of_words'])}")
    st.markdown(f"{plain(check['meaning'])}. **What to do:** {plain(check['todo'])}.")
    if not check["things"]:
        st.markdown("**:green[●] Nothing found.**")
    elif allowed(ctx, data.LIST):
        _rows(ctx, check, clinic_id)
    else:
        st.markdown(":small[:gray[Counts, no person.]]")


def _rows(ctx: Context, check: dict[str, Any], clinic_id: str | None) -> None:
    on_record.listed(ctx, "data quality")
    frame = data.rows(ctx, check["code"], clinic_id)
    about_people = bool(frame["patient_id"].notna().any())
    may_open = about_people and allowed(ctx, "view_patient")
    left_out = ({"clinic"} if clinic_id else set()) | (set() if about_people else {"person"})
    event: Any = st.dataframe(
        frame, hide_index=True, placeholder="", key=f"quality_rows_{check['code']}_{clinic_id}",
        on_select="rerun" if may_open else "ignore", selection_mode="single-row",
        column_order=[name for name in _FOUND if name not in left_out], column_config=_FOUND,
        height=HEIGHT - 160 if len(frame) > ROWS - 4 else "content",
        alt=f"{check['label']}: what was found" + ("; choose a row to open the patient" if may_open else ""),
    )  # fmt: skip
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.markdown(f":small[:gray[{_hint(check, frame, may_open)}]]", width="content")
        downloads.button(
            ctx, "Download CSV", action=data.EXPORT_LIST, name=lambda now: data.file_name(now, check["code"]),
            build=lambda now: data.row_file(now, check["code"], check["label"], clinic_id),
            about=("file", f"quality {check['code']}"), key="quality_file",
        )  # fmt: skip
    if not may_open:
        return
    keys = [key if isinstance(key, str) else "" for key in frame["episode_key"]]
    if key := _chosen(f"quality_drawn_rows_{check['code']}_{clinic_id}", keys, event["selection"]["rows"]):
        st.switch_page(PATIENT, query_params=address(ctx, key))


def _hint(check: dict[str, Any], frame: pd.DataFrame, may_open: bool) -> str:
    cut = f"The first {len(frame):,} are shown. " if len(frame) < check["things"] else ""
    opens = "Choose a row to open the patient. " if may_open else ""
    return f"{cut}{opens}Put right in: {data.FIXES[check['fix']]}."


def _chosen(drawn_as: str, now: list[str], rows: list[int]) -> str | None:
    """What was chosen in the table as it was drawn: meanwhile somebody may have changed what stands in which row."""
    drawn: list[str] = st.session_state.get(drawn_as) or now
    st.session_state[drawn_as] = now
    return drawn[rows[0]] if rows and rows[0] < len(drawn) else None
