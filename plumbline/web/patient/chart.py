"""The chart of the Patient page, its switches, and the table of the same rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import streamlit as st

from plumbline.charts import axis, course
from plumbline.charts.panel import Panel
from plumbline.web import cache
from plumbline.web.ui import Context

MARKS = "patient/mark_by_course"
DENSE = 150  # more points than this are drawn small
FEW = 6  # so many values can be printed, where there is nothing to compare them with
COLUMNS = {
    "what": st.column_config.TextColumn("What", width=130),
    "value_words": st.column_config.TextColumn("Value", width=90),  # second, so that a phone shows it
    "when_words": st.column_config.TextColumn("When", width=210),
    "expected_words": st.column_config.TextColumn("Expected", width=200),
    "standing_words": st.column_config.TextColumn("Standing", width=210),
    "note_words": st.column_config.TextColumn("Note"),
}


@dataclass(frozen=True)
class Choice:
    """What the switches over the chart say."""

    preset: axis.Preset
    kind: str
    as_table: bool
    by_steps: bool = False


@dataclass(frozen=True)
class Marks:
    """Every row of the chart and its table, and what the chart shows of them."""

    rows: pa.Table
    drawn: pa.Table
    highest: dict[str, float]  # the topmost place in use, by layer
    left_out: int
    scores: int


def switches(course_row: dict[str, Any], status: dict[str, Any], as_of: date) -> Choice:
    """Presets, days or dates, chart or table; each keeps the others."""
    offered = axis.presets(status["day"])
    if not offered:
        as_table = st.toggle("Table", key="table")
        return Choice(axis.by_date((as_of - course_row["zero_on"]).days), "dates", as_table)
    name = st.segmented_control(
        "Time shown",
        list(offered),
        default=_usual(status, as_of),
        required=True,
        format_func=lambda name: offered[name].label,
        key=f"time:{course_row['episode_id']}",
        label_visibility="collapsed",
        wrap=False,
    )
    kind = st.segmented_control(
        "Axis",
        ["days", "dates"],
        default="days",
        required=True,
        format_func=str.capitalize,
        key="axis",
        label_visibility="collapsed",
        wrap=False,
    )
    as_table = st.toggle("Table", key="table")
    by_steps = st.toggle("Step", key="step", help="From one moment to the next, with the arrow keys")
    return Choice(offered[name], kind, as_table, by_steps)


def _usual(status: dict[str, Any], as_of: date) -> str:
    """The whole course answers "on course?"; for a new problem the scores around it must not touch each other."""
    if status["verdict"] != "new_problem":
        return "whole"
    if status["day"] <= axis.LAST_WEEKS_AFTER:
        return "12w"
    return "4w" if (as_of - status["raised_on"]).days <= axis.LAST_WEEKS else "whole"


def marks(ctx: Context, status: dict[str, Any], preset: axis.Preset) -> Marks:
    """The rows of the chart and its table, from one statement; sorted out once until the store changes."""
    behind = [r for r in status["reasons"] if r["verdict"] == status["verdict"] and status["needs_attention"]]
    flagged = sorted({fact for reason in behind for fact in reason["fact_ids"] or []})
    asked: dict[str, cache.Scalar] = {
        "as_of": ctx.as_of,
        "episode_id": status["episode_id"],
        "low": float(preset.low),
        "high": float(preset.high),
        "before": float(preset.before),
        "flagged": ",".join(flagged),
        "verdict": status["verdict"],
        "bars": course.MOST_BARS,
        "points": course.MOST_POINTS,
    }
    return ctx.made(MARKS, lambda: _sorted_out(ctx.arrow(MARKS, **asked)), _weight, **asked)


def _weight(made: Marks) -> int:
    return int(made.rows.nbytes + made.drawn.nbytes)


def _sorted_out(rows: pa.Table) -> Marks:
    drawn = rows.filter(rows["is_drawn"])
    highest: dict[str, float] = {}
    for kind, y in zip(drawn["layer"].to_pylist(), drawn["y"].to_pylist(), strict=True):
        highest[kind] = max(highest.get(kind, 0), y or 0)
    scores = rows.filter(pc.equal(rows["layer"], "score"))
    left_out = scores.num_rows - pc.sum(scores["is_drawn"]).as_py() if scores.num_rows else 0
    return Marks(rows, drawn.drop_columns(["is_drawn", "happened_on"]), highest, left_out, scores.num_rows)


def panels(ctx: Context, episode_id: str) -> tuple[Panel, ...]:
    """The instruments of this course, the primary one first and large."""
    rows = ctx.arrow("patient/panel_of_course", as_of=ctx.as_of, episode_id=episode_id, low=None, high=None).to_pylist()
    # up to three panels the whole stack fits a specialist's screen; more of them scroll
    large, small = (204, 76) if len(rows) <= 2 else (190, 50)
    return tuple(
        Panel(
            row["instrument"],
            row["label"],
            row["minimum"],
            row["maximum"],
            row["direction"],
            row["best_words"],
            row["worst_words"],
            row["is_primary"],
            row["acceptable"],
            row["reference"],
            row["scores"] > DENSE,
            row["reference"] == "none" and row["scores"] <= FEW,
            large if row["is_primary"] or len(rows) == 1 else small,
        )
        for row in rows
    )


Pins = tuple[float | None, float | None]


def _layout(ctx: Context, episode_id: str, highest: dict[str, float], has_pins: bool) -> course.Layout:
    return course.Layout(
        panels(ctx, episode_id),
        "phase" in highest,
        int(highest.get("milestone", -1)) + 1,
        int(highest.get("medicine", -1)) + 1,
        "event" in highest,
        has_pins,
    )


def chart(
    ctx: Context, course_row: dict[str, Any], marks: Marks, choice: Choice, pins: Pins | None = None
) -> str | None:
    """Draw the stack, with a rule at each pin; gives the id of the note whose mark was clicked."""
    layout = _layout(ctx, course_row["episode_id"], marks.highest, pins is not None)
    clock = course_row["zero_clock"] if choice.preset.kind == "hours" else None
    zero = clock.replace(tzinfo=UTC) if clock else datetime.combine(course_row["zero_on"], datetime.min.time(), UTC)
    known = [{"name": "zero", "value": int(zero.timestamp() * 1000)}, {"name": "has_clock", "value": bool(clock)}]
    if pins:
        known += [{"name": "pin_from", "value": pins[0]}, {"name": "pin_to", "value": pins[1]}]
        known.append({"name": "pin_word", "value": "Step" if choice.by_steps else "From"})
    spec = course.spec(ctx.theme, choice.preset, choice.kind, layout)
    spec = {**spec, "params": [*spec["params"], *known]}
    state = st.vega_lite_chart(
        marks.drawn,
        spec,
        width="stretch",
        theme=None,
        on_select="rerun",
        selection_mode=[course.PICK],
        key=f"course:{course_row['episode_id']}",
    )
    if marks.left_out:
        st.caption(
            f"Drawn: {marks.scores - marks.left_out:,} of {marks.scores:,} scores, the lowest and highest "
            "of each stretch and every one behind the verdict. The table has them all."
        )
    picked = state["selection"].get(course.PICK) or []
    return next((row["note_id"] for row in picked if row.get("note_id")), None)


def table(rows: pa.Table) -> None:
    """The same rows as text, each one a row; what isn't drawn is here too."""
    shown = rows.select([*COLUMNS, "is_drawn"])
    st.dataframe(
        shown,
        placeholder="",
        hide_index=True,
        width="stretch",
        height=560,
        column_config={**COLUMNS, "is_drawn": st.column_config.CheckboxColumn("In the chart")},
    )
    st.caption(f"{rows.num_rows} rows: everything in the chart, and what is left out of it.")
