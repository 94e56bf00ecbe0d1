"""The worklist's lines always say what the verdict itself would say, whatever was written since they were made."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from plumbline import sql, summary, worklist
from plumbline.known import as_known
from plumbline.store import Store, open_store
from tests.facts import Facts, day, one_course
from tests.status.test_oracle import random_course, write

DAYS = [day(12), day(60), day(731)]
ALL = 2**31 - 1


@pytest.fixture
def store(empty_store: Path) -> Iterator[Store]:
    opened = open_store(empty_store)
    yield opened
    opened.close()


def lines(store: Store, as_of: date) -> pd.DataFrame:
    """What is kept for a day, without the places and turns."""
    frame = store.cursor().execute("from worklist_line where as_of = $day order by episode_id", {"day": as_of}).df()
    return frame.drop(columns=["as_of", "place", "turn"])


def afresh(store: Store, as_of: date) -> pd.DataFrame:
    """The same, asked of the verdict itself."""
    return sql.ask(store.cursor(), "worklist/line_by_course", as_of=as_of, episode_id=None)


def places(store: Store, as_of: date) -> list[tuple[str, str]]:
    text = "select episode_id, place from worklist_line where as_of = $day order by 1"
    return store.cursor().execute(text, {"day": as_of}).fetchall()


def counts(store: Store, as_of: date) -> tuple[list[Any], list[Any]]:
    """Lines by clinic, surgeon, verdict and silence: as they were added up, and as they are."""
    names = "clinic_id, surgeon, verdict"
    kept = f"select {names}, is_silent, sum(lines) n from worklist_count where as_of = $day group by all having n <> 0"
    silent = "coalesce(rule = 'no_recent_reading', false)"
    real = f"select {names}, {silent}, count(*) from worklist_line where as_of = $day group by all"
    cursor = store.cursor()
    return tuple(sorted(map(str, cursor.execute(text, {"day": as_of}).fetchall())) for text in (kept, real))


def change(store: Store, rng: np.random.Generator) -> None:
    """Something that people do: a score corrected, one retracted, an event, a death, a later procedure, a new name."""
    who = f"p{rng.integers(0, 30)}"
    text = str(
        rng.choice(
            [
                "update score set value = 9 where patient_id = $who and taken_on > date '2026-01-15'",
                "update score set retracted_at = recorded_at where patient_id = $who",
                "update event set retracted_at = recorded_at where patient_id = $who",
                "update patient set died_on = date '2026-02-20' where patient_id = $who",
                "update patient set given_name = 'Zoë', retracted_at = null where patient_id = $who",
                "update patient set retracted_at = recorded_at where patient_id = $who",
                "update episode set performed_on = performed_on + 9 where patient_id = $who",
                "update episode set retracted_at = recorded_at where patient_id = $who",
            ]
        )
    )
    with store.write() as cursor:
        cursor.execute(text, {"who": who})
        summary.refresh(cursor, [who])


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.slow
def test_lines_equal_the_verdict_after_any_writes_on_any_day(store: Store, seed: int) -> None:
    rng = np.random.default_rng(seed)
    facts = Facts()
    write([random_course(rng) for _ in range(30)], facts)
    facts.write(store)
    for as_of in DAYS:
        worklist.make_ready(store, as_of)
    for _ in range(6):
        for _ in range(rng.integers(1, 4)):
            change(store, rng)
        as_of = DAYS[rng.integers(0, len(DAYS))]
        worklist.make_ready(store, as_of)
        pd.testing.assert_frame_equal(lines(store, as_of), afresh(store, as_of), check_dtype=False)
        kept, real = counts(store, as_of)
        assert kept == real
    for as_of in DAYS:
        worklist.make_ready(store, as_of)
        kept_places = places(store, as_of)
        with store.write() as cursor:
            sql.run(cursor, "worklist/remove_days")
        worklist.make_ready(store, as_of)
        assert kept_places == places(store, as_of)


@pytest.mark.slow
def test_the_first_of_each_verdict_are_the_first_however_few_lines_are_looked_at(store: Store) -> None:
    rng = np.random.default_rng(11)
    facts = Facts()
    write([random_course(rng) for _ in range(40)], facts)
    facts.write(store)
    for _ in range(5):
        ready = worklist.make_ready(store, DAYS[1])
        asked = {"as_of": DAYS[1], "clinic_id": None, "surgeon": None, "find": None, "most": 2}
        few = sql.ask(store.cursor(), "worklist/rows_by_course", clinics=None, deepest=2 + ready.remade, **asked)
        whole = sql.ask(store.cursor(), "worklist/rows_by_course", clinics=None, deepest=ALL, **asked)
        pd.testing.assert_frame_equal(few, whole)
        change(store, rng)
    assert ready.remade > 0


def test_closed_lines_are_the_same_by_the_short_way(store: Store) -> None:
    facts = one_course()
    facts.score(-3, 8)
    facts.score(20, 8)
    facts.score(24, 8)
    facts.event("withdrew", 40)
    facts.medication("oxycodone", -5, opioid=True)
    facts.patient("p2", died_on=day(30), given_name="Núria")
    facts.episode("e2", "p2", timeline_version="none", pathway="vertebroplasty")
    facts.write(store)
    short = sql.ask(store.cursor(), "worklist/closed_by_course", as_of=day(800), episode_id=None)
    assert list(short["episode_id"]) == ["e1", "e2"]
    assert short["because"][0] == "Withdrew from follow-up on 19 Feb 2026. Follow-up ended on day 730."
    pd.testing.assert_frame_equal(short, afresh(store, day(800)), check_dtype=False)


@pytest.mark.slow
def test_a_write_marks_its_patients_in_its_own_transaction_and_the_next_read_makes_them_anew(store: Store) -> None:
    facts = one_course()
    facts.patient("p2")
    facts.episode("e2", "p2")
    facts.write(store)
    worklist.make_ready(store, day(12))
    later = Facts()
    later.score(12, 9)
    with store.write() as cursor:
        cursor.execute("update episode set surgeon = 'Surgeon Z' where patient_id = 'p1'")
        summary.refresh(cursor, ["p1"])
    stale = store.cursor().execute("from worklist_stale").fetchall()
    assert stale == [(day(12), "p1")]
    ready = worklist.make_ready(store, day(12))
    assert ready.remade == 1
    assert lines(store, day(12)).set_index("episode_id")["surgeon"].to_dict() == {"e1": "Surgeon Z", "e2": None}
    assert store.cursor().execute("select count(*) from worklist_stale").fetchone() == (0,)
    assert worklist.make_ready(store, day(12)) is ready


@pytest.mark.slow
def test_a_write_that_is_rolled_back_marks_nobody(store: Store) -> None:
    one_course().write(store)
    worklist.make_ready(store, day(12))

    def fails() -> None:
        with store.write() as cursor:
            summary.refresh(cursor, ["p1"])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fails()
    assert store.cursor().execute("select count(*) from worklist_stale").fetchone() == (0,)


@pytest.mark.slow
def test_only_the_days_asked_last_are_kept(store: Store) -> None:
    one_course().write(store)
    asked = [day(number) for number in (1, 2, 3, 1, 4)]
    for as_of in asked:
        worklist.make_ready(store, as_of)
    kept = store.cursor().execute("select distinct as_of from worklist_line order by 1").fetchall()
    assert kept == [(day(1),), (day(3),), (day(4),)]
    assert not worklist.is_kept(store, day(2))


@pytest.mark.slow
def test_lines_of_another_version_of_the_rules_are_not_believed(store: Store, tmp_path: Path) -> None:
    one_course().write(store)
    worklist.make_ready(store, day(12))
    with store.write() as cursor:
        cursor.execute("update worklist_line set headline = 'As an older version said.'")
    store.set_meta(worklist.RULES, "the digest of an older version")
    store.close()
    copy = tmp_path / "copy.duckdb"
    shutil.copy(store.path, copy)
    again = open_store(copy)
    worklist.make_ready(again, day(12))
    pd.testing.assert_frame_equal(lines(again, day(12)), afresh(again, day(12)), check_dtype=False)
    again.close()


@pytest.mark.slow
def test_a_view_of_the_past_has_lines_of_its_own(store: Store) -> None:
    one_course().write(store)
    worklist.make_ready(store, day(12))
    before = store.stamp()
    with store.write() as cursor:
        cursor.execute(
            "update patient set retracted_at = $now where patient_id = 'p1'", {"now": before + timedelta(seconds=1)}
        )
        summary.refresh(cursor, ["p1"])
    worklist.make_ready(store, day(12))
    assert lines(store, day(12)).empty
    past = as_known(store, before)
    worklist.make_ready(past, day(12))
    assert list(lines(past, day(12))["episode_id"]) == ["e1"]
    pd.testing.assert_frame_equal(lines(past, day(12)), afresh(past, day(12)), check_dtype=False)
    assert lines(store, day(12)).empty
