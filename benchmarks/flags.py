"""What the flags are worth on made-up patients whose truth is known: found, false, precise, rule by rule.

Made-up data: this proves that the code does what the rules say, not that the medicine is right.
Run alone: `python -m benchmarks flags`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd

from benchmarks import truths
from plumbline import sql
from plumbline.demo import truth_path
from plumbline.store import Store

LABEL = "Made-up data: proves code, not medicine."
WITHIN_DAYS = 14
GRID_DAYS = 7
SLOW_FROM, SLOW_BY = 7, 25
NEW_PROBLEM = ("rise_confirmed", "big_rise")
SLOWER = ("above_90", "little_relief", "milestones_late")
Frame = pd.DataFrame
_HELD = ["episode_id", "day", "as_of", "rule"]
Progress = Callable[[str, int, int], None]


def walk(
    store: Store, first: date, last: date, grid_days: int, progress: Progress | None = None
) -> tuple[Frame, Frame]:
    """Ask for every verdict on a grid of dates. Gives one row a course and date, and one row a rule that holds."""
    days = [first + timedelta(days=step) for step in range(0, (last - first).days + 1, grid_days)]
    courses, rules = [], []
    for number, as_of in enumerate(days, start=1):
        frame = sql.ask(store.cursor(), "status/verdict_by_course", as_of=as_of, episode_id=None)
        frame = frame[frame["day"].notna() & (frame["day"] >= 0) & (frame["verdict"] != "closed")]
        courses.append(frame[["episode_id", "day", "verdict"]].astype({"day": int}).assign(as_of=as_of))
        rules += _rules(frame, as_of)
        if progress is not None:
            progress("Stepping through the days", number, len(days))
    return pd.concat(courses, ignore_index=True), pd.DataFrame(rules, columns=_HELD)


def look(store: Store, planted: Frame, episodes: Frame, progress: Progress | None = None) -> Frame:
    """The rules that hold on the one day that the grid could miss: the last in time, for a red flag the first."""
    starts, rules = episodes.set_index("episode_id")["performed_on"], []
    for number, row in enumerate(planted.itertuples(), start=1):
        day = row.from_day if row.kind == "red flag" else row.by_day
        as_of = starts[row.episode_id] + timedelta(days=int(day))
        frame = sql.ask(store.cursor(), "status/verdict_by_course", as_of=as_of, episode_id=row.episode_id)
        rules += _rules(frame[frame["verdict"] != "closed"], as_of)
        if progress is not None and number % 10 == 0:
            progress("Looking at planted problems", number, len(planted))
    return pd.DataFrame(rules, columns=_HELD)


def _rules(frame: Frame, as_of: date) -> list[tuple[str, int, date, str]]:
    found_rules = []
    for row in frame.itertuples():
        found_rules += [(row.episode_id, int(row.day), as_of, why["rule"]) for why in row.reasons if why["verdict"]]
    return found_rules


def spells(held: Frame, grid_days: int = GRID_DAYS) -> Frame:
    """When a rule began to hold: one row for each unbroken run of grid dates, with its first day."""
    held = held.sort_values(["episode_id", "rule", "day"])
    since = held.groupby(["episode_id", "rule"])["day"].diff()
    return held[since.isna() | (since > grid_days)].reset_index(drop=True)


def found(held: Frame, problems: Frame, rules: tuple[str, ...]) -> pd.Series:
    """For each planted problem (episode_id, from_day, by_day): did one of the rules hold on a day between?"""
    joined = problems.reset_index().merge(held[held["rule"].isin(rules)], on="episode_id")
    seen = joined[joined["day"].between(joined["from_day"], joined["by_day"])]["index"].unique()
    return pd.Series(problems.index.isin(seen), index=problems.index)


def evaluate(
    store: Store, truth: dict[str, Any], progress: Progress | None = None, grid_days: int = GRID_DAYS
) -> dict[str, Any]:
    """The three figures of the flags on a store with its truth: found within 14 days, false amber, precision."""
    episodes = truths.episodes(truth)
    first, last = episodes["performed_on"].min(), date.fromisoformat(truth["until"])
    courses, held = walk(store, first, last, grid_days, progress)
    scores = store.cursor().execute(_read("pain_by_day")).df()
    planted = truths.planted(episodes, scores, last, WITHIN_DAYS, (SLOW_FROM, SLOW_BY))
    ends = look(store, planted, episodes, progress)
    return {
        "label": LABEL,
        "patients": truth["patients"],
        "seed": truth["seed"],
        "until": truth["until"],
        "grid_days": grid_days,
        "found": _found(pd.concat([held, ends], ignore_index=True), planted),
        "false_amber": _false(courses, held, episodes, grid_days),
        "amber_all": _amber(courses, episodes, grid_days),
    }


def _read(name: str) -> str:
    return (Path(__file__).parent / "sql" / f"{name}.sql").read_text(encoding="utf-8")


def _found(held: Frame, planted: Frame) -> list[dict[str, Any]]:
    """By kind of problem and how scores came: planted, and the share that each rule found in time."""
    every = {
        "new fracture": (*NEW_PROBLEM, "any of these", "any attention"),
        "slow": (*SLOWER, "any of these"),
        "red flag": ("red_flag_event",),
    }
    groups = {
        "any of these": {"new fracture": NEW_PROBLEM, "slow": SLOWER},
        "any attention": {"new fracture": (*NEW_PROBLEM, *SLOWER, "red_flag_event")},
    }
    rows = []
    for (kind, scores), problems in planted.groupby(["kind", "scores"], sort=False):
        for rule in every[kind]:
            rules = groups[rule][kind] if rule in groups else (rule,)
            seen = found(held, problems, rules)
            rows.append(
                {"problem": kind, "scores": scores, "rule": rule, "planted": len(problems), "found": int(seen.sum())}
            )
    return rows


def _false(courses: Frame, held: Frame, episodes: Frame, grid_days: int) -> list[dict[str, Any]]:
    """By rule: runs begun, how many answer to a planted problem, false ones per 100 patient-weeks."""
    begun = truths.judge(spells(held, grid_days), episodes)
    rows = []
    for early in (True, False):
        weeks = len(courses[courses["day"] <= 84] if early else courses) * grid_days / 7
        for rule in (*NEW_PROBLEM, *SLOWER):
            runs = begun[(begun["rule"] == rule) & ((begun["day"] <= 84) | (not early))]
            false = runs[~runs["is_true"]]
            rows.append(
                {
                    "period": "first 12 weeks" if early else "whole follow-up",
                    "rule": rule,
                    "runs": len(runs),
                    "true": int(runs["is_true"].sum()),
                    "precision": round(float(runs["is_true"].mean()), 3) if len(runs) else None,
                    "false_per_100_weeks": round(100 * len(false) / weeks, 2),
                    "false_but_still_sore": round(float(false["is_sore"].mean()), 3) if len(false) else None,
                }
            )
    return rows


def _amber(courses: Frame, episodes: Frame, grid_days: int) -> list[dict[str, Any]]:
    """What a clinic feels: amber verdicts newly raised, by how the scores come, first 12 weeks."""
    amber = courses[courses["verdict"].isin(["new_problem", "slower"]) & (courses["day"] <= 84)]
    begun = truths.judge(spells(amber.rename(columns={"verdict": "rule"}), grid_days), episodes)
    diary = episodes.set_index("episode_id")["diary"]
    weeks = courses[courses["day"] <= 84].groupby(courses["episode_id"].map(diary)).size() * grid_days / 7
    rows = []
    for way in ("daily", "weekly", "visits"):
        for verdict in ("new_problem", "slower"):
            runs = begun[(begun["episode_id"].map(diary) == way) & (begun["rule"] == verdict)]
            false = int((~runs["is_true"]).sum())
            rate = round(100 * false / float(weeks[way]), 2) if way in weeks else None
            rows.append(
                {"diary": way, "verdict": verdict, "raised": len(runs), "false": false, "false_per_100_weeks": rate}
            )
    return rows


def load_truth(store: Path) -> dict[str, Any]:
    """The planted truth beside a demo store."""
    found_truth: dict[str, Any] = json.loads(truth_path(store).read_text(encoding="utf-8"))
    return found_truth
