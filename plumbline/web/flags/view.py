"""The blocks of the Flags page. Counts for whoever may see it; people only for those who may see patients."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd
import streamlit as st

from plumbline import export, flag_figures, flag_runs
from plumbline.flag_figures import LEAST_ANSWERED, Wait
from plumbline.web import downloads, instant, on_record, ui
from plumbline.web.ui import Context
from plumbline.web.worklist.view import PATIENT, address

PERIODS = {"Last 30 days": 30, "Last 90 days": 90, "Last year": 365}
COLUMNS = {
    "label": "Rule",
    "raised": "Raised",
    "seen": "Seen",
    "acted": "Acted on",
    "dismissed": "Dismissed",
    "ended_unseen": "Ended unseen",
    "open_now": "Open now",
    "open_new": "Asking",
    "precise": "Precision",
    "to_seen": "Raised to seen",
    "to_acted": "Seen to acted on",
}
HELP = {
    "raised": "Flags whose first day lies in the period, as the facts stand now.",
    "seen": "Somebody acknowledged, assigned, acted on or dismissed it.",
    "ended_unseen": "It ended by itself before anybody had seen it.",
    "open_new": "Open, and nobody looks after it: new, reopened, or the day of its assignment has passed.",
    "precise": f"Acted on, of those acted on or dismissed, with the 95% interval (Wilson). From {LEAST_ANSWERED} on.",
    "to_seen": "Half within, 8 in 10 within. What is not yet seen counts as waiting (Kaplan-Meier).",
    "to_acted": "Half within, 8 in 10 within. What waits counts as waiting; what was dismissed is left out.",
}
COUNTS = ("raised", "seen", "acted", "dismissed", "ended_unseen", "open_now", "open_new")


@dataclass(frozen=True)
class Period:
    """Which flags are looked at: first and last day, one clinic or all."""

    from_on: date
    to_on: date
    clinic_id: str | None
    words: str


def choose(ctx: Context) -> Period:
    """Period and clinic; the last year of all clinics to begin with."""
    choices = ctx.ask("worklist/choice_by_filter")
    clinics = choices[choices["filter"] == "clinic"].set_index("choice")["label"]
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        chosen = st.segmented_control("Period", [*PERIODS, "Other"], default="Last year", required=True, key="flags_of")
        first = ctx.as_of - timedelta(days=PERIODS.get(str(chosen), 365) - 1)
        if chosen == "Other":
            given = st.date_input("From", first, format="DD/MM/YYYY", max_value=ctx.as_of, key="flags_from", width=170)
            first = given if isinstance(given, date) else first
        clinic = st.selectbox(
            "Clinic",
            [None, *clinics.index],
            format_func=lambda one: clinics[one] if one else "All clinics",
            key="flags_clinic",
            width=260,
        )
    return Period(first, ctx.as_of, clinic, f"from {first:%-d %b %Y} to {ctx.as_of:%-d %b %Y}")


def prepare(ctx: Context) -> None:
    """Bring the kept flags up to date; with words, as a first time can take a while."""
    if ctx.ask("flag/stale_by_patient", patient_id=None, answered=False).empty:
        return
    with st.spinner("Working out the flags of every patient whose data have changed …"):
        flag_runs.refresh(ctx.store)


def figures(ctx: Context, period: Period) -> pd.DataFrame:
    """One row a rule: counts, precision and waiting times in words."""
    first, last, clinic = period.from_on, period.to_on, period.clinic_id
    counts = ctx.ask("flag/figure_by_rule", as_of=last, episode_id=None, from_on=first, clinic_id=clinic)
    rows = ctx.ask("flag/wait_by_run", as_of=last, episode_id=None, from_on=first, clinic_id=clinic)
    waits = flag_figures.waits(rows)
    nothing = Wait(None, None, 0, 0)
    answered = zip(counts["acted"].tolist(), counts["answered"].tolist(), strict=True)
    counts["precise"] = [_precise(acted, of) for acted, of in answered]
    for stage in ("seen", "acted"):
        counts[f"to_{stage}"] = [_wait(waits.get((rule, stage), nothing)) for rule in counts["rule"]]
    return counts


def _precise(acted: int, answered: int) -> str:
    found = flag_figures.precision(acted, answered)
    if found is None:
        return f"{answered} of {LEAST_ANSWERED} answered"
    return f"{found.share:.0%} ({found.low:.0%} to {found.high:.0%}) of {answered}"


def _wait(found: Wait) -> str:
    if not found.flags:
        return "none"
    half, eight = (_days(days) for days in (found.half, found.eight))
    return f"half {half}, 8 in 10 {eight} · {found.done} of {found.flags}"


def _days(days: float | None) -> str:
    if days is None:
        return "not reached"
    return f"{days * 24:.0f} h" if days < 2 else f"{days:.0f} d"


def summary(ctx: Context, period: Period, counts: pd.DataFrame) -> None:
    """One sentence, each number with what it is of."""
    total = {name: int(counts[name].sum()) for name in (*COUNTS, "was_over")}
    late = f" {total['was_over']} were over before their data reached this store." if total["was_over"] else ""
    st.markdown(
        f"**{total['raised']:,}** flags were raised {period.words}: **{total['seen']:,}** of them were seen, "
        f"**{total['acted']:,}** acted on, **{total['dismissed']:,}** dismissed; **{total['open_now']:,}** are open, "
        f"and **{total['open_new']:,}** of these ask for an answer.{late}"
    )


def table(ctx: Context, period: Period, counts: pd.DataFrame) -> tuple[str, str] | None:
    """By rule; a click on a number picks the people behind it. Gives the rule and the column picked."""
    config = {name: st.column_config.Column(words, help=HELP.get(name)) for name, words in COLUMNS.items()}
    may_pick = ui.allowed(ctx, "view_patient")
    given: dict[str, Any] = {"on_select": "rerun", "selection_mode": "single-cell"} if may_pick else {}
    event = st.dataframe(
        counts,
        hide_index=True,
        column_order=list(COLUMNS),
        column_config=config,
        height="content",
        alt="Flags by rule: raised, seen, acted on, dismissed, open, precision and waiting times",
        key="flags_table" if may_pick else None,
        **given,
    )
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        downloads.button(
            ctx, "Download as CSV", action="export_counts", build=lambda now: _file(now, period),
            name=f"flags-{period.from_on:%Y-%m-%d}-{period.to_on:%Y-%m-%d}.csv", about=("file", "flags"),
            key="flags_file", is_quiet=True,
        )  # fmt: skip
        st.markdown(
            f":small[:gray[Precision and waiting are of flags that could be seen; it takes {LEAST_ANSWERED} answers to "
            "say how precise a rule is.]]",
            width="stretch",
        )
    cells = event.selection.cells if may_pick else []
    if cells and cells[0][1] in COUNTS:
        return str(counts["rule"].iloc[cells[0][0]]), str(cells[0][1])
    return None


def _file(ctx: Context, period: Period) -> bytes:
    """The table as CSV; no person is in it."""
    ui.require(ctx, "export_counts")
    frame = figures(ctx, period).drop(columns=["rule"]).assign(**_known(ctx))
    return export.csv_bytes({name: name for name in frame.columns}, frame.to_dict("records"))


def _known(ctx: Context) -> dict[str, str]:
    """A column of the file that says as of which instant it is, where that isn't now."""
    if ctx.known_at is None:
        return {}
    return {"as_known_on": instant.words(ctx.known_at, instant.zone_of(ctx.present))}


def people(ctx: Context, period: Period, picked: tuple[str, str] | None) -> None:
    """Whom a number of the table is about, each with a link; only for those who may see patients."""
    if not ui.allowed(ctx, "view_patient"):
        return
    if picked is None:
        st.caption("Choose a number in the table to see the people behind it.")
        return
    on_record.listed(ctx, "flags")
    found = ctx.ask(
        "flag/person_by_flag", as_of=period.to_on, episode_id=None, from_on=period.from_on,
        clinic_id=period.clinic_id, rule=picked[0], column=picked[1],
    )  # fmt: skip
    st.markdown(f"**{COLUMNS[picked[1]]}: {len(found)}** :gray[· choose a row to open the patient]")
    words = {"person": "Who", "label": "Flag", "state": "How it stands", "answer": "Answer"}
    config: dict[str, Any] = dict(words)
    config["raised_on"] = st.column_config.DateColumn("Raised", format="D MMM YYYY")
    event = st.dataframe(
        found,
        hide_index=True,
        key="flags_people",
        on_select="rerun",
        selection_mode="single-row",
        column_order=["person", "label", "raised_on", "state", "answer"],
        column_config=config,
        placeholder="",
        alt="The people behind the chosen number; choose a row to open the patient",
    )
    for place in event["selection"]["rows"]:
        st.switch_page(PATIENT, query_params=address(ctx, found.iloc[place]["episode_key"]))


def answers(ctx: Context, period: Period) -> None:
    """What was done, and why others were dismissed."""
    found = ctx.ask(
        "flag/answer_by_rule", as_of=period.to_on, episode_id=None, from_on=period.from_on, clinic_id=period.clinic_id
    )
    with st.expander("What was done, and why flags were dismissed"):
        if found.empty:
            st.write("No flag of this period has been answered yet.")
            return
        for column, action, title in zip(
            st.columns(2), ("act", "dismiss"), ("Acted on", "Dismissed, because"), strict=True
        ):
            with column:
                part = found[found["action"] == action]
                st.dataframe(
                    part,
                    hide_index=True,
                    column_order=["rule_label", "label", "flags"],
                    column_config={"rule_label": "Rule", "label": title, "flags": "Flags"},
                    height="content",
                    alt=title,
                )
