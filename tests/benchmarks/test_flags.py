"""The evaluation of the flags against planted truth: found what is there to find, judged by hand-made truth."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from benchmarks import flags, tables, truths
from plumbline.store import open_store

pytestmark = pytest.mark.slow


def _held(*rows: tuple[str, int, str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["episode_id", "day", "rule"])
    return frame.assign(as_of=date(2026, 1, 1))


def test_a_rule_that_goes_on_holding_is_one_run_and_a_gap_begins_another() -> None:
    held = _held(*(("a", day, "big_rise") for day in (20, 27, 34, 62, 69)), ("b", 20, "big_rise"))
    begun = flags.spells(held)
    assert list(zip(begun["episode_id"], begun["day"], strict=True)) == [("a", 20), ("a", 62), ("b", 20)]


def test_found_means_that_a_named_rule_holds_within_the_days() -> None:
    held = _held(("a", 35, "big_rise"), ("b", 50, "big_rise"), ("c", 35, "above_90"))
    problems = pd.DataFrame({"episode_id": ["a", "b", "c"], "from_day": 30, "by_day": 44})
    assert list(flags.found(held, problems, ("big_rise",))) == [True, False, False]


def test_a_flag_before_the_step_or_long_after_is_false() -> None:
    course = truths.Course("quick", 8, 1, 0.7, 4, 0, False, "daily", None, (), None, None, None, 400)
    known = pd.DataFrame(
        {"episode_id": ["a"], "step_day": [40.0], "slow": False, "late_from": 90.0, "before": 8.0, "course": [course]}
    )
    begun = _held(("a", 38, "big_rise"), ("a", 45, "big_rise"), ("a", 300, "big_rise"), ("a", 30, "milestones_late"))
    assert list(truths.judge(begun, known)["is_true"]) == [False, True, False, False]


@pytest.fixture(scope="module")
def evaluated(tmp_path_factory: pytest.TempPathFactory, copy_demo_store: Callable[[Path], Path]) -> dict:
    path = copy_demo_store(tmp_path_factory.mktemp("flags") / "demo.duckdb")
    store = open_store(path)
    truth = flags.load_truth(path)
    walked = flags.evaluate(store, truth, grid_days=60)
    store.close()
    return json.loads(json.dumps(walked))


def test_every_planted_red_flag_is_found(evaluated: dict) -> None:
    row = next(row for row in evaluated["found"] if row["problem"] == "red flag")
    assert row["planted"] == row["found"] > 0


def test_planted_problems_are_found_where_scores_come_often(evaluated: dict) -> None:
    rows = [row for row in evaluated["found"] if row["scores"] == truths.MANY and row["rule"] == "any of these"]
    assert rows
    assert sum(row["found"] for row in rows) / sum(row["planted"] for row in rows) > 0.6


def test_it_says_what_it_is_worth(evaluated: dict) -> None:
    assert evaluated["label"] == "Made-up data: proves code, not medicine."
    assert {row["rule"] for row in evaluated["false_amber"]} == {*flags.NEW_PROBLEM, *flags.SLOWER}


def test_a_goal_that_is_missed_is_said_to_be_missed() -> None:
    rows = tables.goals({"read": {"large_to_small": 3.1}})
    assert [(row["measured"], row["met"]) for row in rows] == [(3.1, False)]
