"""Random courses, every kind of day: the SQL and a plain reading of the rules must agree."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from plumbline import sql
from plumbline.store import Store, open_store
from tests.facts import Facts, day
from tests.status import oracle

pytestmark = pytest.mark.slow
_DATES = [0, 1, 2, 6, 7, 10, 11, 15, 24, 33, 44, 57, 60, 90, 121, 140, 226, 365, 366, 729, 730]
_KINDS = ["fall", "calf", "new_fracture", "red_flag_closed", "new_problem_closed", "withdrew"]
_STATUSES = ["achieved", "not_yet", "unable", "not_applicable", "unknown"]


def random_course(rng: np.random.Generator) -> oracle.Course:
    """One course with any rhythm of scores, from the visits alone to a daily diary, and any drift."""
    baseline = None if rng.random() < 0.15 else int(rng.integers(0, 11))
    step = int(rng.choice([1, 3, 5, 7, 20, 45]))
    last = int(rng.integers(5, 40)) * step
    level, shift, shift_day = rng.uniform(0, 8), rng.choice([0, 0, 3, 5, -3]), rng.integers(5, 90)
    course = oracle.Course(baseline, red_kinds=frozenset({"calf", "new_fracture"}))
    for on in range(0, min(last, 720), step):
        if rng.random() < 0.8:
            value = level + (shift if on >= shift_day else 0) + rng.normal(0, 1.3)
            course.scores.append((on, int(np.clip(round(value), 0, 10))))
    for _ in range(rng.integers(0, 5)):
        course.milestones.append(
            (str(rng.choice(list(oracle._LATE))), str(rng.choice(_STATUSES)), int(rng.integers(0, 60)))
        )
    for _ in range(rng.choice([0, 0, 0, 1, 2])):
        kind = str(rng.choice(_KINDS, p=[0.3, 0.15, 0.15, 0.2, 0.15, 0.05]))
        detail = "calf" if kind == "red_flag_closed" and rng.random() < 0.5 else None
        course.events.append((kind, int(rng.integers(0, 120)), detail))
    if rng.random() < 0.05:
        course.died = int(rng.integers(0, 200))
    return course


def write(courses: list[oracle.Course], facts: Facts) -> None:
    facts.clinic()
    for number, course in enumerate(courses):
        patient, episode = f"p{number}", f"e{number}"
        facts.patient(patient, died_on=None if course.died is None else day(course.died))
        facts.episode(episode, patient)
        if course.baseline is not None:
            facts.score(-3, course.baseline, patient)
        for on, value in course.scores:
            facts.score(on, value, patient)
        for milestone, status, on in course.milestones:
            facts.milestone(milestone, status, on, episode, patient)
        for kind, on, detail in course.events:
            facts.event(kind, on, detail, episode, patient)


def disagreements(
    store: Store, courses: list[oracle.Course], today: int
) -> dict[str, tuple[str, str, oracle.Course]]:
    found = sql.ask(store.cursor(), "status/verdict_by_course", as_of=day(today), episode_id=None)
    told = dict(zip(found["episode_id"], found["verdict"], strict=True))
    expected = {
        f"e{number}": (oracle.verdict(course, today), course) for number, course in enumerate(courses)
    }
    return {key: (told[key], *said) for key, said in expected.items() if told[key] != said[0]}


# no shrinking: an example is sixty courses in a store of its own, and the message names the course that differs
@settings(
    max_examples=3,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(seed=st.integers(0, 2**32 - 1))
def test_sql_agrees_with_the_rules_read_plainly(empty_original: Path, tmp_path: Path, seed: int) -> None:
    rng = np.random.default_rng(seed)
    courses = [random_course(rng) for _ in range(60)]
    path = tmp_path / f"{seed}.duckdb"
    shutil.copy(empty_original, path)
    store = open_store(path)
    try:
        facts = Facts()
        write(courses, facts)
        facts.write(store)
        found = {today: disagreements(store, courses, today) for today in _DATES}
    finally:
        store.close()
    assert not any(found.values()), {today: differ for today, differ in found.items() if differ}
    assert len({oracle.verdict(course, today) for course in courses for today in _DATES}) >= 6
