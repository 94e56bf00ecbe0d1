"""When each group reaches a milestone; death and re-operation compete."""

from __future__ import annotations

from typing import Any

import pandas as pd

from plumbline import sql
from plumbline.compare.gathering import Gathered, registered
from plumbline.compare.model import Reached, Step
from plumbline.errors import NotFound
from plumbline.stats import cumulative_incidence, day_reached

HALF, MOST = 0.5, 0.8
NOTE = "A milestone counts from the day of its report: it was reached between that day and the visit before."


def milestones(cursor: Any) -> dict[str, str]:
    """Every milestone that can be asked for, with its words, in the order of the timeline."""
    return {row["milestone"]: row["label"] for row in sql.rows(cursor, "compare/milestone_by_order")}


def reached_of(cursor: Any, known: Gathered, milestone: str) -> tuple[Reached, ...]:
    """When each group reaches a milestone: a curve a group. Raises NotFound for one that isn't in the timeline."""
    labels = milestones(cursor)
    waits = waits_for(cursor, known, milestone, labels)
    return tuple(
        _of_group(known, group.key, (milestone, labels[milestone]), waits[waits["cohort"] == group.key])
        for group in known.groups
    )


def waits_for(cursor: Any, known: Gathered, milestone: str, labels: dict[str, str] | None = None) -> pd.DataFrame:
    """How long each procedure's patient waited for a milestone: number, duration (days), outcome, is_told, cohort."""
    labels = milestones(cursor) if labels is None else labels
    if milestone not in labels:
        raise NotFound(f"There is no milestone called that. Milestones are: {', '.join(labels)}.")
    with registered(cursor, known.people):
        waits = sql.ask(cursor, "compare/wait_by_number", as_of=known.ask.as_of, milestone=milestone)
    return waits.assign(cohort=known.people["cohort"].to_numpy()[waits["number"].to_numpy()])


def still_waiting(waits: pd.DataFrame, day: float) -> pd.Series[bool]:
    """Who has neither reached the milestone before that day nor left: whom the row under the curve counts."""
    return waits["duration"] >= day


def _of_group(known: Gathered, group: str, milestone: tuple[str, str], own: pd.DataFrame) -> Reached:
    if own.empty:
        return Reached(group, *milestone, 0, (), None, None, (), f"{known.name(group)}: nobody whom it applies to")
    curve = cumulative_incidence(own, "duration", "outcome")
    curve = curve[curve["at_risk"] >= known.settings["least_at_risk"]]
    rows = curve[["time", "estimate", "lower", "upper", "at_risk"]].to_numpy(dtype=float).tolist()
    steps = tuple(Step(day, share, lower, upper, int(left)) for day, share, lower, upper, left in rows)
    half, most = (day_reached(curve, share).get("all") for share in (HALF, MOST))
    days = [0, *(stop.target_day for stop in known.visits if 0 < stop.target_day <= own["duration"].max())]
    waiting = tuple((float(day), int(still_waiting(own, day).sum())) for day in days)
    said = _said(known.name(group), own, half, most)
    return Reached(group, *milestone, len(own), steps, half, most, waiting, said)


def _said(name: str, own: pd.DataFrame, half: float | None, most: float | None) -> str:
    told = "fewer than half have reached it"
    if half is not None:
        told = f"half by day {half:.0f}, " + (
            f"8 in 10 by day {most:.0f}" if most is not None else "fewer than 8 in 10"
        )
    silent = int((~own["is_told"]).sum())
    beside = f"; {silent:,} without any report of it count as waiting" if silent else ""
    return f"{name}: {told}, of {len(own):,}{beside}"
