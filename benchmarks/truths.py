"""The planted truth as tables: which problems there were to find, and whether a flag answers to one of them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd

from plumbline.demo.course import Course, RedFlag, Step
from plumbline.store import reference_frame

Frame = pd.DataFrame
STEP_LASTS = 120
MANY, SOME, FEW = "6 or more", "2 to 5", "0 or 1"


def episodes(truth: dict[str, Any]) -> Frame:
    """One row an episode: its true course, and what was planted."""
    frame = pd.DataFrame(truth["episodes"])
    frame["performed_on"] = [date.fromisoformat(day) for day in frame["performed_on"]]
    frame["step_day"] = [step["day"] if step else np.nan for step in frame["step"]]
    frame["course"] = [_course(row) for row in truth["episodes"]]
    frame["late_from"] = [_second_late_day(row["milestone_days"]) for row in truth["episodes"]]
    return frame


def _course(row: dict[str, Any]) -> Course:
    return Course(
        row["group"], row["before"], row["floor"], row["early"], row["tau"], 0.0, False, row["diary"],
        Step(**row["step"]) if row["step"] else None, tuple(RedFlag(**flag) for flag in row["red_flags"]),
        row["died_day"], row["withdrew_day"], row["dropout_day"], row["last_day"],
    )  # fmt: skip


def _second_late_day(reached: dict[str, int]) -> float:
    """The day from which two milestones are truly later than usual; never: infinity."""
    frame = reference_frame("milestone").set_index("milestone")["late_day"].astype(int)
    late = sorted(int(frame[name]) for name, day in reached.items() if day > int(frame[name]))
    return float(late[1]) if len(late) > 1 else np.inf


def planted(known: Frame, scores: Frame, last: date, within: int, slow: tuple[int, int]) -> Frame:
    """One row a planted problem: episode_id, kind, scores (how many came in the days in question), from_day, by_day.

    Only those whose days in question have passed, and lie before the patient was lost, died or withdrew.
    """
    rows = []
    for row in known.itertuples():
        past = min(row.last_day, (last - row.performed_on).days)
        if row.step and row.step_day + within <= past and row.case != "other pathway":
            rows.append((row.episode_id, "new fracture", int(row.step_day), int(row.step_day) + within))
        if row.slow and slow[1] <= past and row.case != "other pathway":
            rows.append((row.episode_id, "slow", *slow))
        rows += [
            (row.episode_id, "red flag", flag["day"], flag["day"] + within)
            for flag in row.red_flags
            if flag["day"] + within <= past
        ]
    frame = pd.DataFrame(rows, columns=["episode_id", "kind", "from_day", "by_day"])
    starts = known.set_index("episode_id")["performed_on"]
    frame["scores"] = _scores_between(frame, scores, starts)
    frame.loc[frame["kind"] == "red flag", "scores"] = "not needed"
    order = {MANY: 0, SOME: 1, FEW: 2, "not needed": 3}
    return frame.sort_values(
        ["kind", "scores"], key=lambda column: column.map(order | {k: k for k in frame["kind"]})
    ).reset_index(drop=True)


def _scores_between(frame: Frame, scores: Frame, starts: pd.Series) -> list[str]:
    days = {name: pd.to_datetime(part["taken_on"]).dt.date.unique() for name, part in scores.groupby("episode_id")}
    found = []
    for row in frame.itertuples():
        start = starts[row.episode_id]
        low, high = start + timedelta(days=row.from_day), start + timedelta(days=row.by_day)
        count = sum(low <= day <= high for day in days.get(row.episode_id, ()))
        found.append(MANY if count >= 6 else SOME if count >= 2 else FEW)
    return found


def judge(begun: Frame, known: Frame) -> Frame:
    """Does each run of a rule answer to something planted? And is the patient truly sore, whatever was planted?

    A rise is true within 120 days of a step; a slow flag also for a slow patient, and late milestones where two
    truly are. Truly sore: true pain, without noise, at 5 or more and less than 30% down.
    """
    joined = begun.merge(known[["episode_id", "step_day", "slow", "late_from", "before", "course"]], on="episode_id")
    since_step = joined["day"] - joined["step_day"]
    stepped = since_step.between(0, STEP_LASTS)
    late = (joined["rule"] == "milestones_late") & (joined["day"] >= joined["late_from"])
    steps_only = joined["rule"].isin(["rise_confirmed", "big_rise", "new_problem"])
    level = np.array(
        [float(c.level(np.array([float(d)]))[0]) for c, d in zip(joined["course"], joined["day"], strict=True)]
    )
    joined["is_true"] = stepped | (~steps_only & (joined["slow"] | late))
    joined["is_sore"] = (level >= 5) & (level > 0.7 * joined["before"])
    return joined.drop(columns=["course"])
