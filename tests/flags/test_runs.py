"""Flags are the verdict's own rules asked on every date that matters: worked examples, and random courses."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from plumbline import flag_runs, sql
from plumbline.store import Store, open_store
from tests.facts import Facts, day, one_course
from tests.status.test_oracle import random_course, write

ATTENTION = ("red_flag", "new_problem", "slower")
EVERY_DAY = """-- question  What if every single day were asked about?
-- grain     episode_id, as_of
-- param     patient_ids  varchar[]  null  not used: all
-- column    episode_id   varchar    the course
-- column    as_of        date       the day
select episode_id, unnest(generate_series(performed_on - 3, performed_on + 740, interval 1 day))::date as as_of
from episode_summary
where $patient_ids is null
order by episode_id, as_of
"""
EVERY_RUN = """-- question  Which flags are raised where every day is asked about?
-- grain     episode_id, rule, subject, raised_on
-- param     patient_ids  varchar[]  null  not used: all
-- uses      flag/run_by_course as run
-- instead   flag/every_day as asked
-- column    episode_id   varchar    the course
select episode_id, rule, subject, raised_on, cleared_on, fact_ids
from run
order by episode_id, raised_on, rule, subject
"""


def told(store: Store) -> list[tuple[Any, ...]]:
    frame = flag_runs.runs(store.cursor())
    return [tuple(row) for row in frame[["rule", "subject", "raised_on", "cleared_on"]].itertuples(index=False)]


def as_days(runs: list[tuple[Any, ...]]) -> list[tuple[str, str, int, int | None]]:
    zero = day(0)
    return [
        (rule, subject, (start.date() - zero).days, None if end != end else (end.date() - zero).days)
        for rule, subject, start, end in runs
    ]


def runs_of(store: Store, facts: Facts) -> list[tuple[str, str, int, int | None]]:
    facts.write(store)
    return as_days(told(store))


@pytest.mark.slow
def test_a_red_flag_runs_from_its_event_to_the_clinician_who_closes_it(store: Store) -> None:
    facts = one_course()
    facts.event("calf", 5)
    facts.event("red_flag_closed", 9)
    assert runs_of(store, facts) == [("red_flag_event", "calf", 5, 9)]


def test_each_kind_of_red_flag_is_a_flag_of_its_own(store: Store) -> None:
    facts = one_course()
    facts.event("calf", 5)
    facts.event("new_fracture", 20)
    facts.event("red_flag_closed", 25, "calf")
    found = runs_of(store, facts)
    assert found == [("red_flag_event", "calf", 5, 25), ("red_flag_event", "new_fracture", 20, 730)]


def test_the_same_kind_again_raises_it_anew_though_the_first_is_still_open(store: Store) -> None:
    facts = one_course()
    facts.event("calf", 5)
    facts.event("calf", 12)
    assert runs_of(store, facts) == [("red_flag_event", "calf", 5, 12), ("red_flag_event", "calf", 12, 730)]


def test_an_open_flag_ends_with_the_follow_up_and_with_a_death(store: Store) -> None:
    facts = Facts()
    facts.clinic()
    facts.patient(died_on=day(30))
    facts.episode()
    facts.event("calf", 5)
    assert runs_of(store, facts) == [("red_flag_event", "calf", 5, 30)]


def test_a_rise_runs_from_its_confirmation_until_a_reading_is_back(store: Store) -> None:
    facts = one_course()
    facts.score(-3, 8)
    for on, value in ((7, 2), (14, 2), (21, 2), (28, 5), (35, 5), (42, 2)):
        facts.score(on, value)
    assert runs_of(store, facts) == [("rise_confirmed", "", 35, 42)]


@pytest.mark.slow
def test_a_second_step_on_top_of_an_open_rise_raises_it_anew(store: Store) -> None:
    facts = one_course()
    facts.score(-3, 8)
    steps = [*((7 * week, 1) for week in range(1, 4)), *((7 * week, 3) for week in range(4, 9))]
    for on, value in [*steps, (63, 6), (70, 6)]:
        facts.score(on, value)
    rises = [run for run in runs_of(store, facts) if run[0] == "rise_confirmed"]
    assert rises == [("rise_confirmed", "", 35, 70), ("rise_confirmed", "", 70, 730)]


def test_little_relief_begins_on_day_eleven_without_a_new_fact(store: Store) -> None:
    facts = one_course()
    facts.score(-3, 8)
    facts.score(5, 6)
    facts.score(10, 6)
    facts.score(30, 2)
    assert runs_of(store, facts) == [("little_relief", "", 11, 30)]


def test_two_late_milestones_run_until_one_is_reached(store: Store) -> None:
    facts = one_course()
    facts.milestone("shower", "not_yet", 10)
    facts.milestone("stairs", "not_yet", 12)
    facts.milestone("stairs", "achieved", 20)
    assert runs_of(store, facts) == [("milestones_late", "", 12, 20)]


@pytest.mark.slow
def test_a_moved_threshold_asks_the_same_rules_and_changes_nothing(store: Store) -> None:
    facts = one_course()
    facts.score(-3, 8)
    for on, value in ((7, 2), (14, 2), (21, 2), (28, 4), (35, 4)):
        facts.score(on, value)
    before = runs_of(store, facts)
    assert before == [("rise_confirmed", "", 35, 730)]
    assert flag_runs.runs_if(store.cursor(), "new_problem_rise", 3.0).empty
    assert len(flag_runs.runs_if(store.cursor(), "new_problem_rise", 2.0)) == 1
    assert as_days(told(store)) == before


@pytest.fixture
def many(empty_original: Path, tmp_path: Path) -> Iterator[Store]:
    """Random courses of every rhythm."""
    path = tmp_path / "many.duckdb"
    shutil.copy(empty_original, path)
    opened = open_store(path)
    rng = np.random.default_rng(20261125)
    facts = Facts()
    write([random_course(rng) for _ in range(60)], facts)
    facts.write(opened)
    yield opened
    opened.close()


@pytest.fixture
def every_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The query files, and one more that asks about every single day."""
    folder = tmp_path / "queries"
    shutil.copytree(sql.QUERIES, folder)
    (folder / "flag" / "every_day.sql").write_text(EVERY_DAY)
    (folder / "flag" / "every_run.sql").write_text(EVERY_RUN)
    monkeypatch.setattr(sql, "QUERIES", folder)
    yield
    sql.forget()


@pytest.mark.slow
def test_the_dates_that_matter_miss_no_day_on_random_courses(many: Store, every_day: None) -> None:
    cursor = many.cursor()
    found = sql.rows(cursor, "flag/run_by_course", patient_ids=None)
    assert found == sql.rows(cursor, "flag/every_run", patient_ids=None)
    assert len({row["rule"] for row in found}) == 6
    assert len(found) > 40


@pytest.mark.slow
def test_the_open_flags_of_a_day_are_the_reasons_of_its_verdicts(many: Store) -> None:
    cursor = many.cursor()
    runs = sql.rows(cursor, "flag/run_by_course", patient_ids=None)
    for on in (day(number) for number in range(0, 740, 23)):
        verdicts = sql.rows(cursor, "status/verdict_by_course", as_of=on, episode_id=None)
        assert open_on(runs, on) == {
            (row["episode_id"], reason["rule"])
            for row in verdicts
            if row["verdict"] != "closed"
            for reason in row["reasons"]
            if reason["verdict"] in ATTENTION
        }


def open_on(runs: list[dict[str, Any]], on: date) -> set[tuple[str, str]]:
    return {
        (run["episode_id"], run["rule"])
        for run in runs
        if run["raised_on"] <= on and (run["cleared_on"] is None or on < run["cleared_on"])
    }


def test_what_is_closed_on_the_day_it_came_is_a_flag_all_the_same(store: Store) -> None:
    facts = one_course()
    facts.score(-3, 8)
    for on, value in ((7, 2), (14, 2), (21, 2), (28, 6), (35, 2)):
        facts.score(on, value)
    facts.event("new_problem_closed", 28)
    facts.event("calf", 5)
    facts.event("red_flag_closed", 5, "calf")
    facts.event("chest_breath", 8)
    facts.event("chest_breath", 9)
    facts.event("red_flag_closed", 9)
    assert runs_of(store, facts) == [
        ("red_flag_event", "calf", 5, 5),
        ("red_flag_event", "chest_breath", 8, 9),
        ("big_rise", "", 28, 28),
    ]
