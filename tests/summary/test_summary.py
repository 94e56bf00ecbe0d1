"""The summary is what the facts say: made anew for some patients it equals the whole made anew."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from plumbline import store as store_module
from plumbline import summary
from plumbline.store import Store, open_store
from tests.facts import Facts, day, one_course
from tests.status.test_oracle import random_course, write


@pytest.fixture
def store(empty_original: Path, tmp_path: Path) -> Any:
    shutil.copy(empty_original, tmp_path / "store.duckdb")
    opened = open_store(tmp_path / "store.duckdb")
    yield opened
    opened.close()


# the summary of one course as it was made before it knew the hour of an event
AS_IT_WAS = """
insert into episode_summary (
    episode_id, episode_key, patient_id, clinic_id, daily_values, milestones, events, medications, contact_on
)
select 'e1', 'key-e1', 'p1', 'c1', [], [], list(
    {'kind': kind, 'happened_on': happened_on, 'detail': detail, 'event_id': event_id} order by happened_on, event_id
), [], []
from event
"""


def whole(store: Store) -> list[tuple[Any, ...]]:
    rows = store.cursor().execute("select * from episode_summary order by episode_id").fetchall()
    return [tuple(row) for row in rows]


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.slow
def test_a_part_made_anew_equals_the_whole_made_anew(store: Store, seed: int) -> None:
    rng = np.random.default_rng(seed)
    facts = Facts()
    write([random_course(rng) for _ in range(20)], facts)
    facts.write(store)
    changed = [f"p{number}" for number in rng.choice(20, 5, replace=False)]
    with store.write() as cursor:
        cursor.execute(
            "update score set retracted_at = recorded_at where list_contains($ids, patient_id)",
            {"ids": changed[:2]},
        )
        cursor.execute("update score set value = 9 where patient_id = $one", {"one": changed[2]})
        cursor.execute(
            "update episode set performed_on = performed_on + 10 where patient_id = $one", {"one": changed[3]}
        )
        cursor.execute(
            "update event set retracted_at = recorded_at where patient_id = $one", {"one": changed[4]}
        )
        summary.refresh(cursor, changed)
    part = whole(store)
    homes = store.cursor().execute("select score_id, episode_id from score order by 1").fetchall()
    with store.write() as cursor:
        summary.refresh(cursor, None)
    assert part == whole(store)
    assert homes == store.cursor().execute("select score_id, episode_id from score order by 1").fetchall()


@pytest.mark.parametrize("seed", [4, 5])
@pytest.mark.slow
def test_where_scores_were_only_added_the_short_way_gives_the_same(store: Store, seed: int) -> None:
    rng = np.random.default_rng(seed)
    facts = Facts()
    write([random_course(rng) for _ in range(12)], facts)
    facts.patient("lone")
    facts.score(3, 4, patient_id="lone")
    facts.write(store)
    changed = [f"p{number}" for number in range(6)] + ["lone"]
    added = """
        insert into score by name
        select * exclude (days) replace (
            score_id || days as score_id, 9 as value, taken_on + days as taken_on, null as episode_id
        )
        from score cross join (values (-40), (-2), (0), (3)) shift(days)
        where list_contains($ids, patient_id) and hash(score_id) % 3 = 1"""
    with store.write() as cursor:
        cursor.execute(added, {"ids": changed})
        summary.refresh(cursor, changed, scores_added=True)
    short, homes = whole(store), store.cursor().execute("select score_id, episode_id from score order by 1").fetchall()
    with store.write() as cursor:
        summary.refresh(cursor, changed)
    assert short == whole(store)
    assert homes == store.cursor().execute("select score_id, episode_id from score order by 1").fetchall()
    assert len(homes) > 50


def test_one_row_a_course_and_one_for_a_patient_before_any(store: Store) -> None:
    facts = one_course()
    facts.episode("e2", "p1", performed_on=day(40))
    facts.patient("p2")
    facts.write(store)
    assert [row[0] for row in whole(store)] == ["e1", "e2", "patient:p2"]


def test_retracted_facts_are_no_part_of_it(store: Store) -> None:
    facts = one_course()
    facts.score(-3, 8)
    facts.score(7, 3)
    facts.write(store)
    with store.write() as cursor:
        cursor.execute("update score set retracted_at = recorded_at where value = 3")
        summary.refresh(cursor, ["p1"])
    found = (
        store.cursor().execute("select baseline, daily_values, contact_on from episode_summary").fetchone()
    )
    assert found == (8, [], [day(-3)])


def test_a_patient_whose_procedure_becomes_known_has_no_line_before_it(store: Store) -> None:
    facts = Facts()
    facts.clinic()
    facts.patient()
    facts.score(7, 3)
    facts.write(store)
    assert [row[0] for row in whole(store)] == ["patient:p1"]
    later = Facts()
    later.episode()
    later.write(store)
    assert [row[0] for row in whole(store)] == ["e1"]
    assert store.cursor().execute("select episode_id from score").fetchall() == [("e1",)]


def test_a_score_without_a_value_is_heard_but_never_a_reading(store: Store) -> None:
    facts = one_course()
    facts.score(7, None, status="unable")
    facts.write(store)
    found = store.cursor().execute("select daily_values, contact_on from episode_summary").fetchone()
    assert found == ([], [day(7)])


@pytest.mark.slow
def test_an_older_store_learns_the_hour_of_its_events(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = tmp_path / "steps"
    steps.mkdir()
    for file in store_module.SCHEMA.glob("000[1-4]*.sql"):
        shutil.copy(file, steps)
    with monkeypatch.context() as older:
        older.setattr(store_module, "SCHEMA", steps)
        older.setattr(store_module, "_load_reference", lambda _store: None)
        older.setattr(Store, "resume", lambda _store: None)
        store = open_store(tmp_path / "old.duckdb")
        facts = one_course()
        facts.event("calf", 12, happened_at="2026-01-22 15:00:00")
        facts.event("fall", 13)
        with monkeypatch.context() as nothing:
            nothing.setattr(summary, "refresh", lambda _cursor, _patients: None)
            facts.write(store)
        with store.write() as cursor:
            cursor.execute(AS_IT_WAS)
        store.close()
    store = open_store(tmp_path / "old.duckdb")
    found = store.cursor().execute("select events from episode_summary").fetchone()
    with store.write() as cursor:
        summary.refresh(cursor, None)
    assert found == store.cursor().execute("select events from episode_summary").fetchone()
    assert [event["happened_at"] for event in found[0]] == [datetime(2026, 1, 22, 15), None]
    store.close()
