"""Who is behind a mark of the Cohorts page: for those who may list people, as many as the mark says."""

from __future__ import annotations

from typing import Any

import streamlit as st

from plumbline import sql
from plumbline.charts.compare_base import in_a_sentence
from plumbline.compare.behind import DUE, SHARE, WAITING, Mark
from plumbline.compare.model import Comparison
from plumbline.web import on_record
from plumbline.web.cohorts import data
from plumbline.web.cohorts.asked import Asked
from plumbline.web.cohorts.data import Found
from plumbline.web.cohorts.worked import Cohort
from plumbline.web.ui import Context, allowed, plain
from plumbline.web.worklist.view import address

PATIENT = sql.ROOT / "pages" / "patient.py"
_HEIGHT, _ROWS = 420, 10
_DATE = st.column_config.DateColumn
_LEFT_OUT = {DUE: set[str](), WAITING: {"answered", "value"}}


def behind(
    ctx: Context, asked: Asked, groups: list[Cohort], known: Found, mark: Mark | None, *, by: str = "click"
) -> None:  # fmt: skip
    """The list, put on record before it is shown; a chosen row opens the patient. `by`: how the mark was chosen."""
    if mark is None or not allowed(ctx, data.LIST):
        return
    on_record.listed(ctx, "cohorts")
    frame = data.people(ctx, asked, groups, mark)
    number = int(frame["procedures"].iloc[0]) if len(frame) else 0
    st.subheader(f"{plain(_title(known.comparison, mark))}: {number:,} {'patient' if number == 1 else 'patients'}",
                 anchor=False)  # fmt: skip
    may_open = allowed(ctx, "view_patient")
    config: dict[str, Any] = {
        "person": "Patient", "clinic": "Clinic", "surgeon": "Surgeon", "performed_on": _DATE("Procedure"),
        "value": plain(known.comparison.question.label), "answered": st.column_config.CheckboxColumn("Answered"),
    }  # fmt: skip
    event: Any = st.dataframe(
        frame, hide_index=True, placeholder="",
        key=f"cohorts_people_{by}_{known.mark}_{mark.kind}_{mark.group}_{mark.what}",
        on_select="rerun" if may_open else "ignore", selection_mode="single-row", column_config=config,
        column_order=[name for name in config if name not in _LEFT_OUT.get(mark.kind, {"answered"})],
        height=_HEIGHT if len(frame) > _ROWS else "content", alt="The patients behind the mark",
    )  # fmt: skip
    said = f"The first {len(frame):,} are shown. " if len(frame) < number else ""
    st.markdown(f":small[:gray[{said}A procedure a row. Choose one to open the patient.]]")
    if may_open:
        for place in event["selection"]["rows"]:
            st.switch_page(PATIENT, query_params=address(ctx, frame["episode_key"].iloc[place]))


def _title(found: Comparison, mark: Mark) -> str:
    """What the mark stands for, in words."""
    name = next(group.name for group in found.groups if group.key == mark.group)
    if mark.kind == SHARE:
        label = next((one.label for one in found.shares if one.kind == mark.what), mark.what)
        return f"{name}, {in_a_sentence(label)}"
    if mark.kind == WAITING:
        step = found.reached[0].label
        return f"{name}, still waiting for {in_a_sentence(step)} on day {mark.what}"
    label = next((one.visit_label for one in found.curve if one.visit == mark.what), mark.what)
    return f"{name}, {'due' if mark.kind == DUE else 'answered'} at {label}"
