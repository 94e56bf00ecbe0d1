"""When each group reaches a milestone; death and re-operation compete."""

from __future__ import annotations

from typing import Any

import pandas as pd

from plumbline import sql
from plumbline.compare.gathering import Gathered, registered
from plumbline.compare.model import Reached, Step
from plumbline.errors import NotFound
from plumbline.stats.survival import cumulative_incidence, day_reached

HALF, MOST = 0.5, 0.8
NOTE = "A milestone's day is the day of its report: it was reached between that and the visit before."


def milestones(cursor: Any) -> dict[str, str]:
    """Every milestone that can be asked for, with its words, in the order of the timeline."""
    return {row["milestone"]: row["label"] for row in sql.rows(cursor, "compare/milestone_by_order")}


def reached_of(cursor: Any, known: Gathered, milestone: str) -> tuple[Reached, ...]:
    """When each group reaches a milestone: a curve a group. Raises NotFound for one that isn't in the timeline."""
    labels = milestones(cursor)
    if milestone not in labels:
        raise NotFound(f"There is no milestone called that. Milestones are: {', '.join(labels)}.")
    with registered(cursor, known.people):
        waits = sql.ask(cursor, "compare/wait_by_number", as_of=known.ask.as_of, milestone=milestone)
    waits["cohort"] = known.people["cohort"].to_numpy()[waits["number"].to_numpy()]
    return tuple(_of_group(known, group.key, milestone, labels[milestone], waits) for group in known.groups)


def _of_group(known: Gathered, group: str, milestone: str, label: str, waits: pd.DataFrame) -> Reached:
    own = waits[waits["cohort"] == group]
    if own.empty:
        said = f"{known.name(group)}: nobody it applies to"
        return Reached(group, milestone, label, 0, (), None, None, (), said)
    curve = cumulative_incidence(own, "duration", "outcome")
    curve = curve[curve["at_risk"] >= known.settings["least_at_risk"]]
    steps = tuple(
        Step(row.time, row.estimate, row.lower, row.upper, int(row.at_risk)) for row in curve.itertuples()
    )  # fmt: skip
    days = tuple(day_reached(curve, share).get("all") for share in (HALF, MOST))
    last = own["duration"].max()
    looked_at = [0, *(int(day) for day in known.visits["target_day"] if 0 < day <= last)]
    waiting = tuple((float(day), int((own["duration"] >= day).sum())) for day in looked_at)
    said = _said(known.name(group), own, days)
    return Reached(group, milestone, label, len(own), steps, *days, waiting, said)


def _said(name: str, own: pd.DataFrame, days: tuple[float | None, ...]) -> str:
    half, most = days
    told = [f"half by day {half:.0f}" if half is not None else "half not reached"]
    if half is not None:
        told.append(f"8 in 10 by day {most:.0f}" if most is not None else "8 in 10 not reached")
    silent = int((~own["is_told"]).sum())
    rest = f" ({silent:,} without any report of it count as waiting)" if silent else ""
    return f"{name}: {', '.join(told)}, of {len(own):,}{rest}"
