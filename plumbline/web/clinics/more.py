"""The lower half of the Clinics page: who answered, new fractures, how long flags wait; and the list behind a mark."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import pandas as pd
import streamlit as st

from plumbline import sql
from plumbline.charts import clinics_base, clinics_grid, clinics_rates
from plumbline.clinics import words
from plumbline.clinics.model import Funnel, View, Waited
from plumbline.clinics.waits import STAGES
from plumbline.visits import visit_words
from plumbline.web import on_record
from plumbline.web.clinics import data, picks
from plumbline.web.clinics.data import Behind
from plumbline.web.clinics.picks import Pick
from plumbline.web.clinics.view import shown, under
from plumbline.web.flags import view as flags_view
from plumbline.web.ui import Context, allowed, plain
from plumbline.web.worklist.view import address

PATIENT = sql.ROOT / "pages" / "patient.py"
TABLE_HEIGHT, ROWS = 420, 10
_DASH = " A dash: hidden, as it is of under 5 patients or would give such a number away."


def grid(ctx: Context) -> str:
    """Who answered, of those due; gives what the chart shows."""
    st.subheader("Who answered, of those due?", anchor=False)
    cells = [asdict(one) for one in data.cells(ctx)]
    showing, may_list = shown(ctx), allowed(ctx, data.LIST)
    count = len({one["unit"] for one in cells})
    picks.drawn(
        "grid", showing, clinics_grid.rows(cells), clinics_grid.grid(ctx.theme, count),
        f"Answers received of those due, by clinic and visit. {_thin(cells)}", may_pick=may_list,
    )  # fmt: skip
    under(
        "Clinics in alphabetical order. Filled with !: under 60%, not compared. Due: alive and taking part until the "
        f"window closed.{_DASH if any(one['share'] is None for one in cells) else ''}"
    )
    with st.expander("The same as a table"):
        st.dataframe(
            pd.DataFrame(cells), hide_index=True, placeholder="hidden",
            column_order=["name", "visit_label", "received", "due", "share", "is_thin"],
            column_config={
                "name": "Clinic", "visit_label": "Visit", "received": "Answered", "due": "Due",
                "share": st.column_config.NumberColumn("Share", format="percent"), "is_thin": "Too few",
            },
            alt="Answers received of those due, by clinic and visit",
        )  # fmt: skip
    return showing


def _thin(cells: list[dict[str, Any]]) -> str:
    """Where too few have answered, in words."""
    found = [f"{one['name']} at {one['visit_label']}" for one in cells if one["is_thin"]]
    return f"Too few to compare: {words.listed(found)}." if found else "Nowhere too few to compare."


def rates(ctx: Context) -> str:
    """New fractures for every 100 patient-years, and within a year; gives what the chart shows."""
    st.subheader("New fractures", anchor=False)
    found, showing, may_list = data.rates(ctx), shown(ctx), allowed(ctx, data.LIST)
    rows = [asdict(one) for one in found]
    ends = [one.upper for one in found if one.unit and one.upper is not None]
    most = clinics_base.ends([*ends, 10.0], 5.0, 0.0, 10.0**6)[1]
    if len(rows) > 1:
        picks.drawn(
            "rates", showing, clinics_rates.rows(rows), clinics_rates.rates(ctx.theme, len(rows) - 1, most),
            f"New fractures by clinic. {found[0].words}.", may_pick=may_list,
        )  # fmt: skip
        under(
            "For every 100 patients followed one year, up to 2 years, with the exact 95% interval; line: "
            f"{found[0].words}. First new fracture after the procedure, or a procedure at another level. Death, "
            "leaving and another procedure end follow-up. Clinics differ in their patients: not adjusted. Hidden: "
            "under 5, or what would give such a number away."
        )
    with st.expander("The same as a table"):
        st.dataframe(
            pd.DataFrame(rows), hide_index=True, placeholder="hidden", height="content",
            column_order=["name", "procedures", "events", "years", "rate", "lower", "upper", "by_year", "by_year_lower",
                          "by_year_upper"],
            column_config={
                "name": "Clinic", "procedures": "Procedures", "events": "New fractures",
                "years": st.column_config.NumberColumn("Years followed", format="%.0f"),
                "rate": st.column_config.NumberColumn("Per 100 years", format="%.1f"),
                "lower": st.column_config.NumberColumn("from", format="%.1f"),
                "upper": st.column_config.NumberColumn("to", format="%.1f"),
                "by_year": st.column_config.NumberColumn("Within a year", format="percent"),
                "by_year_lower": st.column_config.NumberColumn("from ", format="percent"),
                "by_year_upper": st.column_config.NumberColumn("to ", format="percent"),
            },
            alt="New fractures by clinic",
        )  # fmt: skip
        under("Within a year: cumulative incidence, death competing (Aalen and Johansen).")
    return showing


def waits(ctx: Context) -> None:
    """How long flags wait to be seen and to be acted on."""
    st.subheader("How long flags wait", anchor=False)
    flags_view.prepare(ctx)
    found = data.waits(ctx)
    if not found:
        st.markdown("No flag was raised in the last year.")
        return
    rows = [_wait_row(found[place : place + len(STAGES)]) for place in range(0, len(found), len(STAGES))]
    st.dataframe(
        pd.DataFrame(rows), hide_index=True, height="content",
        alt="; ".join(one.words for one in found),
    )  # fmt: skip
    under(
        "Flags raised in the last year, red and amber: half were seen or acted on within so long, in brackets a "
        "quarter and three quarters. What still waits counts as waiting (Kaplan-Meier). In alphabetical order."
    )


def _wait_row(stages: tuple[Waited, ...]) -> dict[str, str]:
    row = {"Clinic": stages[0].name}
    for one in stages:
        row[STAGES[one.stage]] = one.lasted
        row[{"seen": "Seen", "acted": "Acted on"}[one.stage]] = one.counted
    return row


def behind(ctx: Context, pick: Pick, view: View, found: Funnel, unit: str) -> None:
    """The patients behind the mark that was clicked, as many as it counts; a chosen one opens the patient."""
    on_record.listed(ctx, "clinics")
    mark, title = _mark(pick, view, found, unit, {one.unit: one.name for one in data.cells(ctx)})
    people = data.behind(ctx, mark)
    number = int(people["visits"].iloc[0]) if len(people) else 0
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="bottom"):
        st.subheader(f"{plain(title)}: {words.counted(number, 'patient')}", anchor=False)
        st.button("Close the list", on_click=picks.forget)
    may_open = allowed(ctx, "view_patient")
    date = st.column_config.DateColumn
    config: Any = {
        "person": "Patient", "clinic": "Clinic", "surgeon": "Surgeon", "performed_on": date("Procedure"),
        "received_on": date("New fracture" if mark.counted == data.FRACTURE else "Answered"), "baseline": "Before",
        "value": "Then", "words": "In words",
    }  # fmt: skip
    event: Any = st.dataframe(
        people, hide_index=True, placeholder="", key=f"clinics_behind_{pick.words}",
        on_select="rerun" if may_open else "ignore", selection_mode="single-row", column_config=config,
        column_order=[name for name in config if name in people],
        height=TABLE_HEIGHT if len(people) > ROWS else "content",
        alt=f"{title}: the patients behind it",
    )  # fmt: skip
    if len(people) < number:
        under(f"The first {len(people):,} are shown.")
    if may_open:
        for place in event["selection"]["rows"]:
            st.switch_page(PATIENT, query_params=address(ctx, people["episode_key"].iloc[place]))


def _mark(pick: Pick, view: View, found: Funnel, unit: str, clinics: dict[str, str]) -> tuple[Behind, str]:
    """What is behind a mark, and its title."""
    names = {one.unit: one.name for one in found.points}
    of = {"clinic": "clinic_id", "surgeon": "surgeon"}[view.by]
    counted = data.COUNTED[found.measure.counted]
    if pick.chart == "rates":
        clinic = pick.of("unit")
        return Behind("", data.FRACTURE, clinic_id=clinic), f"{clinics.get(clinic, clinic)}, new fracture"
    if pick.chart == "grid":
        visit, clinic = pick.of("visit"), pick.of("unit")
        return Behind(visit, "due", clinic_id=clinic), f"{clinics.get(clinic, clinic)}, {visit_words(visit)}, due"
    which = {"improved": "could improve, answered", "worse": "score before, answered"}.get(counted, "answered")
    if pick.chart == "funnel":
        one = pick.of("unit")
        mark = Behind(view.visit, counted, **{of: one})
        return mark, f"{names.get(one, one)}, {found.visit_label}, {which}"
    month = pick.of("month")
    mark = Behind(view.visit, counted, month=month, **({of: unit} if unit else {}))
    return mark, f"{names.get(unit, f'All {view.by}s')}, {pd.Timestamp(month):%B %Y}, {found.visit_label}, {which}"
