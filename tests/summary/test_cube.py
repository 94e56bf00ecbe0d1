"""The cube holds what the facts say after every kind of write, and its quartiles are those of the values themselves."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from datetime import date
from math import ceil
from pathlib import Path
from typing import Any

import pytest

from plumbline import sql, summary
from plumbline.clinics.weeks import weeks, weeks_by_clinic_and_age
from plumbline.compact import compact
from plumbline.errors import PlumblineError
from plumbline.intake import undo
from plumbline.known import as_known
from plumbline.store import SCHEMA, Store, open_store
from plumbline.verify import verify
from tests.facts import Facts, day, one_course
from tests.known.history import History

Cell = tuple[Any, ...]


def rows(store: Store, text: str) -> list[dict[str, Any]]:
    with closing(store.cursor()) as cursor:
        found = cursor.execute(text)
        names = [one[0] for one in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def cube(store: Store) -> dict[Cell, tuple[int, int]]:
    """Its sums, by cell."""
    text = """
        select clinic_id, age_from, instrument, week, value, sum(scores)::bigint as s, sum(courses)::bigint as c
        from score_cube group by all having s <> 0 or c <> 0"""
    return {tuple(row.values())[:5]: (row["s"], row["c"]) for row in rows(store, text)}


def valued(store: Store) -> Iterator[tuple[str, int | None, str, int, float]]:
    """Clinic, age in tens, course, week and value of every daily value, from the facts, by no query of ours."""
    current = "select * from {0} where retracted_at is null"
    people = {row["patient_id"]: row for row in rows(store, current.format("patient"))}
    declared = {row["clinic_id"]: row["pain_is_back_pain"] for row in rows(store, current.format("clinic"))}
    scores = defaultdict(list)
    for score in rows(store, current.format("score")):
        scores[score["episode_id"]].append(score)
    for episode in rows(store, current.format("episode")):
        if (person := people.get(episode["patient_id"])) is None:
            continue
        allowed = {"nrs_back"} | ({"nrs_pain"} if declared[person["clinic_id"]] else set())
        last: dict[date, tuple[Any, ...]] = {}
        for score in scores[episode["episode_id"]]:
            if score["status"] != "done" or score["instrument"] not in allowed or _is_before(score, episode):
                continue
            turn = (str(score["taken_at"] or ""), score["instrument"] == "nrs_back", score["score_id"])
            kept = last.get(score["taken_on"])
            if kept is None or turn > kept[0]:
                last[score["taken_on"]] = (turn, score["value"])
        for on, (_, value) in last.items():
            week = (on - episode["performed_on"]).days // 7
            ten = _ten(person["birth_date"], episode["performed_on"])
            yield person["clinic_id"], ten, episode["episode_id"], week, value


def _is_before(score: dict[str, Any], episode: dict[str, Any]) -> bool:
    if score["taken_on"] != episode["performed_on"]:
        return bool(score["taken_on"] < episode["performed_on"])
    both = score["taken_at"] and episode["performed_at"]
    return bool(both and score["taken_at"] < episode["performed_at"]) or score["context"] == "before"


def _ten(born: str | None, on: date) -> int | None:
    if born is None:
        return None
    year = on.year - int(born[:4])
    had = len(born) < 10 or (on.month, on.day) >= (int(born[5:7]), int(born[8:10]))
    return (year if had else year - 1) // 10 * 10


def from_facts(store: Store) -> dict[Cell, tuple[int, int]]:
    scores = Counter((clinic, ten, "nrs_back", week, value) for clinic, ten, _, week, value in valued(store))
    return {cell: (count, 0) for cell, count in scores.items()}


def hold(store: Store) -> None:
    """The cube's counts, and the quartiles read from it, are those of the facts."""
    assert {cell: (count, 0) for cell, (count, _) in cube(store).items() if count} == from_facts(store)
    by_cell: dict[Cell, list[float]] = defaultdict(list)
    courses: dict[Cell, set[str]] = defaultdict(set)
    for clinic, ten, episode, week, value in valued(store):
        for cell in ((week,), (clinic, ten, week)):
            by_cell[cell].append(value)
            courses[cell].add(episode)
    with closing(store.cursor()) as cursor:
        told = {(row.pop("week"),): row for row in weeks(cursor, None).to_dict("records")}
        apart = sql.rows(cursor, "cube/quartile_by_clinic_age_week", clinics=None, instrument="nrs_back")
    told |= {(row.pop("clinic_id"), row.pop("age_from"), row.pop("week")): row for row in apart}
    assert told == {
        cell: {"courses": len(courses[cell]), "scores": len(held)} | quartiles(held) for cell, held in by_cell.items()
    }


def quartiles(held: list[float]) -> dict[str, float]:
    """The least value that so many are at or below."""
    return {
        name: sorted(held)[ceil(len(held) * part) - 1] for name, part in (("q25", 0.25), ("median", 0.5), ("q75", 0.75))
    }


@pytest.mark.slow
@pytest.mark.parametrize("seed", [12, 14])
def test_after_random_imports_entries_corrections_and_undos_it_is_what_the_facts_say(
    empty_original: Path, tmp_path: Path, seed: int
) -> None:
    history, most = History(empty_original, tmp_path, seed), 0
    try:
        for _ in range(10):
            history.act()
            hold(history.store)
            most = max(most, len(cube(history.store)))
        for batch in rows(history.store, "select batch_id from import_batch order by finished_at desc"):
            try:
                undo.undo(history.store, "tester", batch["batch_id"])
            except PlumblineError:
                continue
            hold(history.store)
        assert most > 1, most
        assert verify(history.store) == []
        history.restart()
        hold(history.store)
    finally:
        history.store.close()


@pytest.mark.slow
def test_of_the_demo_it_gives_what_duckdb_gives_of_the_values(
    copy_demo_store: Callable[[Path], Path], tmp_path: Path
) -> None:
    store = open_store(copy_demo_store(tmp_path / "demo.duckdb"))
    hold(store)
    text = """
        select v.day // 7 as week, quantile_disc(v.value, [0.25, 0.5, 0.75]) as told
        from (select clinic_id, unnest(daily_values) as v from episode_summary where performed_on is not null)
        where clinic_id = '{0}' group by all order by all"""
    clinics = sorted({row["clinic_id"] for row in rows(store, "select clinic_id from clinic")})
    with closing(store.cursor()) as cursor:
        for clinic in clinics:
            found = weeks(cursor, [clinic])
            assert found[["q25", "median", "q75"]].to_numpy().tolist() == [
                row["told"] for row in rows(store, text.format(clinic))
            ]
        apart = weeks_by_clinic_and_age(cursor, clinics[:1])
        assert set(apart["clinic_id"]) == set(clinics[:1])
        assert apart.groupby("week")[["scores", "courses"]].sum().to_numpy().tolist() == (
            weeks(cursor, clinics[:1])[["scores", "courses"]].to_numpy().tolist()
        )
        assert weeks(cursor, []).empty
    store.close()


@pytest.fixture
def store(empty_store: Path) -> Iterator[Store]:
    opened = open_store(empty_store)
    yield opened
    opened.close()


def test_a_week_counts_its_values_and_its_courses(store: Store) -> None:
    """Born in May 1944 and treated in January 2026, so 81 or 82: by the years alone 82. Days 0, 6 and 7, not -3."""
    facts = one_course()
    for on, value in ((-3, 8), (0, 6), (6, 4), (7, 3)):
        facts.score(on, value)
    facts.write(store)
    assert cube(store) == {
        ("c1", 80, "nrs_back", 0, 6.0): (1, 1),
        ("c1", 80, "nrs_back", 0, 4.0): (1, 0),
        ("c1", 80, "nrs_back", 1, 3.0): (1, 1),
    }
    with closing(store.cursor()) as cursor:
        assert weeks(cursor, ["c1"]).to_dict("records")[0] == {
            "week": 0, "courses": 1, "scores": 2, "q25": 4.0, "median": 4.0, "q75": 6.0,
        }  # fmt: skip


def test_another_clinic_or_birth_date_moves_all_of_the_patient(store: Store) -> None:
    facts = one_course()
    facts.clinic("c2")
    facts.score(3, 5)
    facts.write(store)
    with store.write() as cursor:
        cursor.execute("update patient set clinic_id = 'c2', birth_date = '1961-02-03'")
        summary.refresh(cursor, ["p1"])
    assert cube(store) == {("c2", 60, "nrs_back", 0, 5.0): (1, 1)}


def test_a_write_that_fails_leaves_it_as_it_was(store: Store) -> None:
    facts = one_course()
    facts.score(3, 5)
    facts.write(store)
    kept = cube(store)
    with suppress(ZeroDivisionError), store.write() as cursor:
        cursor.execute("update score set value = 9")
        summary.refresh(cursor, ["p1"])
        assert cursor.execute("select count(*) from score_cube").fetchone()[0] > len(kept)
        raise ZeroDivisionError
    assert cube(store) == kept


def test_merging_keeps_every_sum_in_one_row_a_cell(store: Store) -> None:
    facts = one_course()
    for on in range(20):
        facts.score(on, on % 4)
    facts.write(store)
    for value in (1, 7, 2, 7):
        with store.write() as cursor:
            cursor.execute("update score set value = $value where taken_on = $on", {"value": value, "on": day(5)})
            summary.refresh(cursor, ["p1"])
    kept = cube(store)
    assert rows(store, "select count(*) as n from score_cube")[0]["n"] > len(kept)
    revision = store.revision
    (told,) = [one for one in compact(store, lambda *_: None) if one["table"] == "score_cube"]
    assert told["rows"] == len(kept) == rows(store, "select count(*) as n from score_cube")[0]["n"]
    assert (cube(store), store.revision) == (kept, revision)


def test_as_it_was_known_it_is_of_what_was_known(store: Store) -> None:
    facts = one_course()
    facts.score(3, 5)
    facts.write(store)
    then = rows(store, "select max(recorded_at) as at from score")[0]["at"]
    with store.write() as cursor:
        cursor.execute("update score set retracted_at = $at", {"at": store.stamp()})
        summary.refresh(cursor, ["p1"])
    assert cube(store) == {}
    assert cube(as_known(store, then)) == {("c1", 80, "nrs_back", 0, 5.0): (1, 1)}


def test_a_store_from_before_it_gets_it_whole(tmp_path: Path, copy_demo_store: Callable[[Path], Path]) -> None:
    """The step is taken anew by a store that has lost it: as one that was made by an earlier version."""
    path = copy_demo_store(tmp_path / "demo.duckdb")
    store = open_store(path)
    kept, ages = cube(store), rows(store, "select episode_id, age from episode_summary order by 1")
    with store.write() as cursor:
        cursor.execute("drop table score_cube")
        cursor.execute("alter table episode_summary drop column age")
        cursor.execute("delete from schema_migration where name = '0021_score_cube.sql'")
    store.close()
    assert (SCHEMA / "0021_score_cube.sql").exists()
    store = open_store(path)
    assert (cube(store), rows(store, "select episode_id, age from episode_summary order by 1")) == (kept, ages)
    assert len(kept) > 100
    store.close()


def test_patients_without_a_procedure_are_in_no_week(store: Store) -> None:
    facts = Facts()
    facts.clinic()
    facts.patient()
    facts.score(3, 5)
    facts.write(store)
    assert cube(store) == {}
