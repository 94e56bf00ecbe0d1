"""The Clinics page's inputs, its answer, the funnel and the months below it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import pandas as pd
import streamlit as st

from plumbline.charts import clinics_base, control, funnel
from plumbline.clinics import words
from plumbline.clinics.model import Control, Funnel, Month, View
from plumbline.visits import visit_words
from plumbline.web import crossing
from plumbline.web.clinics import data, picks
from plumbline.web.ui import Context, allowed, plain

BAR = " A bar: the number is under 5 on one side, so hidden, and lies on it."
GAP = " A gap: hidden, as it would tell of under 5 patients."
BY = {"clinic": "Clinic", "surgeon": "Surgeon"}
STATES = {"as_expected": "● as expected", "look": "◆ worth a look", "stands_out": "▲ stands out",
          "thin": "✚ too few answers", "empty": "no answers"}  # fmt: skip
ALIKE = (
    "Observed over expected: each patient is compared with patients who were alike before, by one model of all "
    "answers. What is allowed for stands below the chart."
)


def choose(ctx: Context) -> View:
    """One row of inputs; each view has an address of its own."""
    told = data.measures(ctx)
    visits = {name: visit_words(name) for name in words.VISITS}
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom", border=True, key="clinics_inputs"):
        measure = st.segmented_control(
            "Share of patients", list(told), default="comfortable", required=True, key="share", bind="query-params",
            format_func=lambda one: told[one].label,
        )  # fmt: skip
        by = st.segmented_control(
            "By", list(BY), default="clinic", required=True, key="by", bind="query-params",
            format_func=lambda one: BY[one],
        )  # fmt: skip
        visit = st.segmented_control(
            "At", list(visits), default="month_3", required=True, key="at", bind="query-params",
            format_func=lambda one: visits[one],
        )  # fmt: skip
        alike = st.toggle("Like with like", value=True, key="alike", bind="query-params", help=ALIKE)
    return View(str(measure), str(by), str(visit), bool(alike))


def shown(ctx: Context, *more: object) -> str:
    """What a chart shows, in one word for its key: the day, the instant, and what it was asked."""
    return "_".join(str(one) for one in (ctx.as_of, ctx.known_at or "now", *more))


def of_view(ctx: Context, view: View, *more: object) -> str:
    """The same of a view."""
    return shown(ctx, view.measure, view.by, view.visit, view.is_adjusted, *more)


def answer(found: Funnel) -> None:
    """What stands out, what is worth a look and what can't be judged; beside it how to read that."""
    left, right = st.columns([1.55, 1], gap="medium")
    with left:
        sign = ":material/visibility: " if any(one.state == "stands_out" for one in found.points) else ""
        st.header(f"{sign}{plain(found.headline)}", anchor=False)
        st.markdown(plain(found.sentence))
        if found.doubt:
            st.markdown(f"**{plain(found.doubt)}**")
    if found.reading:
        with right, st.container(border=True, key="clinics_reading", gap="small"):
            st.markdown("**How to read it**")
            under(found.reading[0])
            under(" ".join(found.reading[1:]))


def against(ctx: Context, found: Funnel) -> bool:
    """The funnel and its table; True where a point was clicked just now."""
    st.subheader("Against what luck allows", anchor=False)
    points = [asdict(one) | {"label": funnel_label(one.name, one.state, one.side, found)} for one in found.points]
    drawn = [one for one in points if one["value"] is not None or one["least"] is not None]
    is_new = False
    if drawn:
        rows = funnel.rows(points, [asdict(one) for one in found.limits], found.centre)
        measure = found.measure
        up, down = (measure.more, measure.fewer) if measure.is_more_better else (measure.fewer, measure.more)
        spec = funnel.funnel(
            ctx.theme, _ends(rows, measure.is_share), funnel.reach(rows), measure.is_share, not measure.is_more_better,
            up, down,
        )  # fmt: skip
        showing = of_view(ctx, found.view)
        alt = f"{measure.label} at {found.visit_label} by {found.view.by}: {found.headline}. {found.doubt}".strip()
        is_new = picks.drawn("funnel", showing, rows, spec, alt)
        under(f"{', '.join(sign for state, sign in STATES.items() if state != 'empty')}. {_legend(ctx, found)}")
    else:
        st.markdown("Nothing can be drawn here.")
    if found.case_mix:
        under(found.case_mix)
    if found.points:
        _table(found)
    return is_new


def funnel_label(name: str, state: str, side: str, found: Funnel) -> str:
    """What stands beside a point: the name, and why it is marked."""
    if state == "thin":
        return f"{name} (too few answers)"
    said = {"above": found.measure.more, "below": found.measure.fewer}.get(side, "")
    return f"{name}: {said}" if said else name


def _ends(rows: list[dict[str, Any]], is_share: bool) -> tuple[float, float]:
    """The ends of the y axis: around all limits and points."""
    names = ("y", "lower998", "upper998", "least", "most")
    values = [row[name] for row in rows for name in names if row.get(name) is not None]
    return clinics_base.ends(values, 0.05 if is_share else 0.5, 0.0, 1.0 if is_share else 10.0)


def _legend(ctx: Context, found: Funnel) -> str:
    said = "Placed by number of answers, never ranked. Limits are exact for small numbers."
    if not found.measure.is_share:
        said = "Placed by number of answers, never ranked. Limits follow the skewed scores."
    if any(one.least is not None for one in found.points):
        said += BAR + GAP
    follow = "list its patients and follow its months" if allowed(ctx, data.LIST) else "follow its months"
    return f"{said} Click one to {follow}."


def under(text: str) -> None:
    """Small words below a chart."""
    st.markdown(f":small[:gray[{plain(text)}]]")


def _table(found: Funnel) -> None:
    with st.expander("The same as a table"):
        frame = pd.DataFrame([asdict(one) for one in found.points])
        frame = frame.assign(state=frame["state"].map(STATES), words=frame["words"].str.partition(": ")[2])
        st.dataframe(
            frame, hide_index=True, placeholder="hidden", column_order=["name", "answered", "due", "state", "words"],
            column_config={"name": BY[found.view.by], "answered": "Answers counted", "due": "Due", "state": "State",
                           "words": "In words"},
            height="content", alt=f"{found.measure.label} at {found.visit_label} by {found.view.by}",
        )  # fmt: skip


def months(ctx: Context, view: View, found: Funnel, clicked: str | None) -> tuple[str, str]:
    """Month by month, of a clinic, a surgeon or all; gives the unit and what the chart shows. `clicked`: go there."""
    names = {"": f"All {view.by}s", **{one.unit: one.name for one in found.points}}
    key = f"of_{view.by}"
    if clicked in names:
        st.session_state[key] = clicked
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.subheader("Month by month", anchor=False)
        unit = st.selectbox(
            f"Which {view.by}", list(names), format_func=lambda one: names[one], key=key, bind="query-params",
            label_visibility="collapsed", width=190,
        )  # fmt: skip
    unit = unit if unit in names else ""
    one = data.control(ctx, view, unit, names[unit] if unit else "")
    showing = of_view(ctx, view, unit, one.kind)
    _control(ctx, view, one, showing)
    crossing.to_cohorts(ctx, view, unit, names[unit])
    return unit, showing


def clinic_of(view: View, found: Funnel, unit: str) -> tuple[str, str]:
    """The clinic that is looked at and its name; both empty for all, and where surgeons are looked at."""
    names = {one.unit: one.name for one in found.points}
    return (unit, names[unit]) if view.by == "clinic" and unit in names else ("", "")


def _control(ctx: Context, view: View, one: Control, showing: str) -> None:
    may_list = allowed(ctx, data.LIST) and one.kind != "g"
    if one.months:
        rows = control.rows([asdict(month) for month in one.months])
        is_share = one.kind == "p"
        most = 1.0 if is_share else 10.0 if one.kind == "xmr" else 10.0**9
        names = ("y", "lower", "upper", "least", "most")
        values = [row[name] for row in rows for name in names if row.get(name) is not None]
        values += [0.0] if one.kind == "g" else []
        low, high = clinics_base.ends(values, 0.1 if is_share else 1.0, 0.0, most)
        spec = control.control(
            ctx.theme, len(one.months), low, high, is_share, not one.is_more_better,
            *((one.more, one.fewer) if one.is_more_better else (one.fewer, one.more)), _under(one),
        )  # fmt: skip
        picks.drawn("months", showing, rows, spec, f"{one.what}. {one.sentence}", may_pick=may_list)
    first, _, rest = one.sentence.partition(". ")
    st.markdown(f"**{plain(first.rstrip('.'))}.** {plain(rest)}")
    if one.months:
        said = "◆ run of 8, ▲ outside the limits." if one.kind == "g" else (
            "◆ run of 8, ▲ outside the limits; small and grey: follow-up still open, not judged. As measured."
        )  # fmt: skip
        shut = BAR if any(month.least is not None for month in one.months) else ""
        shut += GAP if any(_is_gap(month) for month in one.months) else ""
        under(f"{one.what}. {said}{shut}")
        column = "Patient" if one.kind == "g" else "Month"
        with st.expander("The same as a table"):
            st.dataframe(
                [dict(zip((column, "In words"), on.words.partition(": ")[::2], strict=True)) for on in one.months],
                hide_index=True, height=260, alt=f"{one.title}. {one.what}",
            )  # fmt: skip


def _is_gap(month: Month) -> bool:
    """Whether a month is left out of the chart, though somebody answered."""
    return month.value is None and month.least is None and month.answered != 0


def _under(one: Control) -> str:
    if one.kind == "g":
        return "answers since the one before; below, the patients in the order of their procedures"
    return "answers each month of procedures"
