"""The blocks of the reference page: the curve and its evidence, milestones and visits, rules, what they cost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from plumbline.charts.reference import expected_course
from plumbline.web.ui import Context, plain

MEAN_ONLY = "mean_only"
KNOWN = "How known"


def sheet(frame: pd.DataFrame, alt: str, columns: Mapping[str, str | tuple[str, int]]) -> None:
    """A table of reference rows: columns by name, each with its words and, where needed, its width in pixels."""
    config: dict[str, Any] = {
        name: st.column_config.Column(words[0], width=words[1]) if isinstance(words, tuple) else words
        for name, words in columns.items()
    }
    st.dataframe(
        frame,
        hide_index=True,
        column_order=list(columns),
        column_config=config,
        height="content",
        placeholder="",
        alt=alt,
    )


def curve(ctx: Context, version: str) -> None:
    """The drawn band for a chosen instrument and baseline, what it means at each visit, and the evidence."""
    curves = ctx.ask("reference/curve_by_instrument", timeline_version=version).set_index("instrument")
    choose, draw = st.columns([1, 2.6], gap="medium")
    with choose:
        instrument = st.selectbox("Instrument", list(curves.index), format_func=lambda one: curves.loc[one, "label"])
        one = curves.loc[instrument]
        baseline = _baseline(one)
        visits = ctx.ask(
            "reference/expected_by_visit", timeline_version=version, instrument=instrument, baseline=baseline
        )
        words = {"label": "Visit", "eight": "8 in 10", "half": "half", "middle": "middle"}
        if one["distribution"] == MEAN_ONLY:
            words = {"label": "Visit", "middle": "mean"}
        sheet(visits, "What is expected at each visit", words)
    with draw:
        best, worst = one["minimum"], one["maximum"]
        if one["direction"] != "lower_better":
            best, worst = worst, best
        rows = ctx.ask("reference/band_by_day", timeline_version=version, instrument=instrument, baseline=baseline)
        st.vega_lite_chart(
            rows,
            expected_course(ctx.theme, float(best), float(worst), one["best_words"], one["worst_words"]),
            theme=None,
            alt=f"Expected course: {one['label']}, baseline {baseline:g}, up is better. Numbers: in the table.",
        )
        st.markdown(f":small[:gray[{_meaning(one)}]]")
    _evidence(ctx, version, instrument)


def _baseline(one: pd.Series) -> float:
    if one["distribution"] == MEAN_ONLY:
        return float(one["reference_baseline"])
    whole = int(one["reference_baseline"] // 1)
    return float(
        st.slider(
            "Score before the procedure", int(one["minimum"]), int(one["maximum"]), whole, key=f"baseline_{one.name}"
        )
    )


def _meaning(one: pd.Series) -> str:
    if one["distribution"] == MEAN_ONLY:
        return f"The mean alone: its spread is assumed, so there is no band. {plain(one['source'])}."
    return (
        "Shaded: 8 in 10 and half of people; dashed: the middle. Each point of baseline moves the mean by "
        f"{one['baseline_slope']:g} ({one['how_known']}). {plain(one['source'])}."
    )


def _evidence(ctx: Context, version: str, instrument: str) -> None:
    st.subheader("The evidence behind every knot", anchor=False)
    st.markdown(
        "Published group means, knot by knot. :gray[Day 0 is before the procedure. What is recalled, assumed or "
        "interpolated is named so; those rows are the first to be checked.]"
    )
    sheet(
        ctx.ask("reference/evidence_by_knot", timeline_version=version, instrument=instrument),
        "The evidence behind every knot",
        {
            "day": ("Day", 45),
            "mean": ("Mean", 55),
            "how_known": ("Mean is", 80),
            "sd": ("SD", 45),
            "sd_known": ("SD is", 90),
            "study": ("Study", 215),
            "n": ("People", 60),
            "studied_on": ("Measured on", 90),
            "studied_mean": ("Their mean", 85),
            "studied_sd": ("Their SD", 75),
            "study_known": (KNOWN, 90),
            "citation": ("Published in", 300),
            "made_of": ("How the knot was made", 330),
        },
    )


def times(ctx: Context, version: str) -> None:
    """Phases, milestones and visit windows."""
    phases = ctx.ask("reference/phase_by_day", timeline_version=version)
    st.markdown("**Phases:** " + " · ".join(f"{row.label} :gray[({row.days})]" for row in phases.itertuples()))
    left, right = st.columns([1.35, 1], gap="medium")
    with left:
        st.subheader("Milestones", anchor=False)
        sheet(
            ctx.ask("reference/milestone_by_day", timeline_version=version),
            "Milestones with their earliest, expected and late day",
            {
                "label": ("Milestone", 180),
                "earliest_day": "Earliest",
                "expected_day": "Expected",
                "late_day": "Late from",
                "how_known": (KNOWN, 110),
                "source": ("Source", 260),
            },
        )
    with right:
        st.subheader("Visits", anchor=False)
        sheet(
            ctx.ask("reference/visit_by_day", timeline_version=version),
            "Visits and the days that count for each",
            {
                "label": ("Visit", 85),
                "target_day": "Day",
                "from_day": "From",
                "to_day": "To",
                "loose_words": "Loose preset",
                "how_known": (KNOWN, 110),
                "source": ("Source", 260),
            },
        )
        st.markdown(":small[:gray[The strict windows are in use. A day before the procedure is negative.]]")


def rules(ctx: Context, version: str) -> None:
    """The rules of the verdict, and every number that they compare with."""
    st.markdown("The first verdict that holds is the verdict; every reason that holds is listed.")
    sheet(
        ctx.ask("reference/rule_by_rank", timeline_version=version),
        "The rules of the verdict, worst first",
        {
            "state": ("Verdict", 130),
            "label": ("Rule", 210),
            "template": ("What it says; … stands for numbers", 520),
            "budget": ("Amber budget", 105),
            "how_known": (KNOWN, 110),
            "source": ("Source", 220),
        },
    )
    st.subheader("Thresholds", anchor=False)
    sheet(
        ctx.ask("reference/threshold_by_name", timeline_version=version),
        "Every number that the rules compare with",
        {
            "meaning": ("What", 420),
            "value": ("Value", 65),
            "unit": ("Unit", 85),
            "how_known": (KNOWN, 115),
            "source": ("Source", 380),
            "threshold": ("Name in the data", 220),
        },
    )
    st.subheader("Change between two scores", anchor=False)
    sheet(
        ctx.ask("reference/change_by_instrument"),
        "Which change matters, and which is only measurement error",
        {
            "label": ("Instrument", 260),
            "mic_words": ("Smallest change that matters", 200),
            "error": ("Measurement error", 130),
            "unit": ("Unit", 85),
            "how_known": (KNOWN, 115),
            "source": ("Source", 420),
        },
    )


def cost(ctx: Context, version: str) -> None:
    """What the rules cost, by how often scores come."""
    found = ctx.ask("reference/cost_by_schedule", timeline_version=version)
    st.markdown(
        "**○ Our simulation, not published evidence.** How often the rules alarm for nothing, and how often they find "
        "what is there. Visits alone cannot see a problem that starts between them: ask for scores weekly or daily."
    )
    sheet(
        found,
        "What the rules cost, by how often scores come",
        {
            "label": ("Scores come", 160),
            "false_new_problem": ("False new problems*", 150),
            "first_slower": ("First flags of slower*", 160),
            "ever_new_problem": ("Well people ever flagged, %", 190),
            "found_within_14_days": ("Problems found in 14 days, %", 205),
            "remark": ("Note", 300),
        },
    )
    how = plain(found["source"].iloc[0])
    st.markdown(f":small[:gray[* per 100 patient-weeks among well people, first 12 weeks. {how}.]]")
