"""The store as it was known: without what was recorded later, with what was retracted later, and never written."""

from __future__ import annotations

import gc
import shutil
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from plumbline import intake, known, sql, summary
from plumbline.entry.record import save
from plumbline.entry.steps import Add, Correct, Refused, Retract
from plumbline.errors import PlumblineError
from plumbline.known import as_known, patients_of
from plumbline.store import REFERENCE, Store, open_store
from plumbline.web.cache import Answers
from tests.facts import Facts
from tests.known.history import ago, now, write


@pytest.fixture
def store(empty_store: Path) -> Iterator[Store]:
    """One patient with a procedure forty days ago and a score of 3, recorded at one instant."""
    opened = open_store(empty_store)
    facts = Facts()
    facts.clinic()
    facts.patient()
    facts.episode(performed_on=ago(40))
    facts.score(0, 3, taken_on=ago(30))
    write(opened, facts)
    yield opened
    opened.close()


def rows(store: Store, text: str) -> list[tuple[Any, ...]]:
    with closing(store.cursor()) as cursor:
        found: list[tuple[Any, ...]] = cursor.execute(text).fetchall()
        return found


def values(store: Store) -> list[float]:
    """The current scores, and those of the summary, which must be the same."""
    text = "select value from score where retracted_at is null order by taken_on"
    current = [value for (value,) in rows(store, text)]
    told = rows(store, "select list_transform(daily_values, lambda v: v.value) from episode_summary")
    assert [current] == [list(one) for (one,) in told] or not current
    return current


def score_id(store: Store) -> str:
    return str(rows(store, "select score_id from score where retracted_at is null order by recorded_at desc")[0][0])


def enter(store: Store, value: float, days: int) -> datetime:
    """One score more, whatever is unusual about it; gives an instant before it."""
    before = now()
    step = Add("score", {"instrument": "nrs_back", "value": value, "status": "done", "moment_on": ago(days)})
    try:
        save(store, "tester", "e1", [step])
    except Refused as refused:
        save(store, "tester", "e1", [step], confirmed=[finding.key for finding in refused.findings])
    return before


def test_what_was_recorded_later_is_not_there(store: Store) -> None:
    before = enter(store, 9, 2)
    assert values(store) == [3, 9]
    for patients in (None, ("p1",)):
        past = as_known(store, before, patients)
        assert values(past) == [3]
        assert rows(past, "select count(*) from score") == [(1,)]
        assert rows(past, "select count(*) from change") == [(0,)]


def test_what_was_retracted_later_is_there_as_if_it_never_would_be(store: Store) -> None:
    before = now()
    save(store, "tester", "e1", [Retract("score", score_id(store))], why="another patient's")
    assert values(store) == []
    past = as_known(store, before)
    assert values(past) == [3]
    assert rows(past, "select retracted_at from score") == [(None,)]
    assert rows(as_known(store, now()), "select retracted_at is not null from score") == [(True,)]


def test_a_corrected_value_changes_at_one_instant(store: Store) -> None:
    save(store, "tester", "e1", [Correct("score", score_id(store), {"value": 4.0})], why="misread")
    (at,) = rows(store, "select changed_at from change")[0]
    assert values(as_known(store, at - timedelta(microseconds=1))) == [3]
    assert values(as_known(store, at)) == [4]


def test_everything_of_one_entry_appears_together(store: Store) -> None:
    note = {"kind": "visit", "text": "Walks well.", "moment_on": ago(3)}
    event = {"kind": "fall", "moment_on": ago(3)}
    save(store, "tester", "e1", [Add("note", note), Add("event", event)])
    (at,) = rows(store, "select distinct changed_at from change")[0]
    counts = "select (select count(*) from note), (select count(*) from event), (select count(*) from change)"
    assert rows(as_known(store, at - timedelta(microseconds=1)), counts) == [(0, 0, 0)]
    assert rows(as_known(store, at), counts) == [(1, 1, 2)]


@pytest.mark.slow
def test_somebody_who_was_imported_later_is_not_there(store: Store, tmp_path: Path) -> None:
    during: list[datetime] = []
    (tmp_path / "patients.csv").write_text("patient_id,birth_date,sex,clinic\np2,1950,male,c1\n")
    before = now()
    intake.run(store, [tmp_path / "patients.csv"], progress=lambda *_: during.append(now()))
    key = rows(store, "select patient_key from patient where patient_id = 'p2'")[0][0]
    assert patients_of(store, key) == ("p2",)
    assert len(during) > 3
    for instant in (before, *during):
        past = as_known(store, instant)
        assert rows(past, "select patient_id from patient") == [("p1",)], "an import is seen when it has ended"
        assert rows(past, "select count(*) from import_batch") == [(0,)]
        assert rows(past, "select count(*) from import_file") == [(0,)]
        assert sql.rows(past.cursor(), "patient/course_of_key", clinics=None, key=key, as_of=ago(0)) == []
    assert rows(as_known(store, now()), "select count(*) from import_file") == [(1,)]


def test_an_address_of_a_withdrawn_procedure_still_leads_to_it_then(store: Store) -> None:
    before = now()
    with store.write() as cursor:
        cursor.execute("update episode set retracted_at = $now", {"now": store.stamp()})
        summary.refresh(cursor, None)
    assert sql.rows(store.cursor(), "patient/course_of_key", clinics=None, key="key-e1", as_of=ago(0)) == []
    past = as_known(store, before, patients_of(store, "key-e1"))
    found = sql.rows(past.cursor(), "patient/course_of_key", clinics=None, key="key-e1", as_of=ago(0))
    assert [one["episode_id"] for one in found] == ["e1"]


def test_a_score_lies_in_the_course_that_it_lay_in_then(store: Store) -> None:
    before = now()
    facts = Facts()
    facts.episode("e2", performed_on=ago(32))
    write(store, facts)
    home = "select episode_id from score"
    assert rows(store, home) == [("e2",)]
    assert rows(as_known(store, before), home) == [("e1",)]


def test_the_past_of_one_patient_holds_nobody_else(store: Store) -> None:
    facts = Facts()
    facts.patient("p2")
    facts.score(0, 5, "p2", taken_on=ago(3))
    write(store, facts)
    past = as_known(store, now(), ("p2",))
    assert rows(past, "select patient_id from episode_summary") == [("p2",)]
    assert rows(past, "select distinct patient_id from score") == [("p2",)]
    assert rows(past, "select count(*) from clinic") == [(1,)]


def test_nothing_is_written_through_the_past(store: Store) -> None:
    past = as_known(store, now())
    for write_it in (lambda: past.write(), lambda: past.write(quietly=True), lambda: past.set_meta("a", "b")):
        with pytest.raises(PlumblineError, match="past can't be changed"):
            write_it()
    for table in ("score", "store_meta", "threshold"):
        with closing(past.cursor()) as cursor, pytest.raises(duckdb.Error, match="read-only"):
            cursor.execute(f"delete from {table}")
    assert values(store) == [3]


def test_an_instant_to_come_is_refused(store: Store) -> None:
    with pytest.raises(PlumblineError, match="still to come"):
        as_known(store, datetime.now(UTC) + timedelta(minutes=1))


def test_an_instant_may_say_its_zone(store: Store) -> None:
    before = enter(store, 9, 2)
    assert values(as_known(store, before.replace(tzinfo=UTC))) == [3]


@pytest.mark.slow
def test_the_past_is_the_same_after_a_restart(store: Store) -> None:
    before = enter(store, 9, 2)
    store.close()
    again = open_store(store.path)
    assert values(as_known(again, before)) == [3]
    again.close()


def test_each_table_of_the_schema_is_known_to_be_fact_made_from_facts_or_as_it_is_today(store: Store) -> None:
    rules = {path.stem for path in REFERENCE.glob("*.csv")}
    lists = [set(known.FACTS), set(known.DATED), set(known.OF_BATCH), set(known.DERIVED), set(known.PRESENT), rules]
    columns: dict[str, set[str]] = {}
    for table, column in rows(store, "select table_name, column_name from duckdb_columns() where not internal"):
        columns.setdefault(table, set()).add(column)
    assert {table: sum(table in one for one in lists) for table in columns} == dict.fromkeys(columns, 1)
    facts = {table for table, names in columns.items() if {"recorded_at", "retracted_at"} <= names}
    assert facts == set(known.FACTS), "what is recorded and retracted is a fact"
    copied = facts | set(known.DATED)
    assert {table for table in copied if "patient_id" not in columns[table]} == known.OF_NOBODY


@pytest.mark.slow
def test_views_are_kept_and_the_old_ones_go(store: Store) -> None:
    earlier = now()
    assert as_known(store, earlier, ("p1",)) is as_known(store, earlier, ("p1",))
    instant = now()
    assert as_known(store, instant) is as_known(store, instant, ("p1",)), "a view of all holds each patient"
    for second in range(1, 25):
        as_known(store, instant - timedelta(seconds=second), ("p1",)).cursor().close()
        as_known(store, instant - timedelta(seconds=second)).cursor().close()
    gc.collect()
    attached = "select count(*) from duckdb_databases() where database_name like 'plumbline_known%'"
    assert rows(store, attached)[0][0] <= known.PATIENTS_KEPT + known.WHOLES_KEPT


@pytest.mark.slow
def test_who_still_looks_at_a_view_keeps_it(store: Store) -> None:
    held = as_known(store, now())
    instant = now()
    for second in range(1, 12):
        as_known(store, instant - timedelta(seconds=second))
    gc.collect()
    assert values(held) == [3]


def test_what_a_write_under_way_may_still_add_is_seen_once_it_has_ended(store: Store) -> None:
    answers = Answers()
    text = "worklist/choice_by_filter"

    def surgeons(instant: datetime) -> list[str]:
        frame = answers.ask(as_known(store, instant), text, clinics=None)
        return list(frame.loc[frame["filter"] == "surgeon", "choice"])

    begun, go, seen = threading.Event(), threading.Event(), list[datetime]()

    def slowly() -> None:
        with store.write() as cursor:
            at = store.stamp()
            cursor.execute("update episode set retracted_at = $at", {"at": at})
            cursor.execute(
                "insert into episode by name select * replace ('Dr New' as surgeon, $at as recorded_at, "
                "null as retracted_at) from episode",
                {"at": at},
            )
            summary.refresh(cursor, None)
            seen.append(at)
            begun.set()
            go.wait(30)

    writer = threading.Thread(target=slowly)
    writer.start()
    begun.wait(30)
    instant = now()
    assert surgeons(instant) == []
    go.set()
    writer.join()
    assert surgeons(instant) == ["Dr New"]
    assert surgeons(seen[0] - timedelta(microseconds=1)) == []


def test_now_and_then_have_answers_of_their_own(store: Store) -> None:
    answers = Answers()
    before = enter(store, 9, 2)
    asked = {"patient_id": "p1", "most": 10}
    told = [
        len(answers.ask(one, "history/instant_by_patient", **asked))
        for one in (store, as_known(store, before), as_known(store, before, ("p1",)), store)
    ]
    assert told == [2, 1, 1, 2]


@pytest.mark.parametrize("name", ["it's.duckdb", 'a "b", c.duckdb', "plumbline_known_1.duckdb", "main.duckdb"])
@pytest.mark.slow
def test_a_store_may_have_any_name(empty_original: Path, tmp_path: Path, name: str) -> None:
    opened = open_store(Path(shutil.copy(empty_original, tmp_path / name)))
    assert rows(as_known(opened, now()), "select count(*) from score") == [(0,)]
    assert rows(as_known(opened, now()), "select count(*) > 0 from threshold") == [(True,)]
    opened.close()


@pytest.mark.slow
def test_many_at_once_see_each_their_own_past(store: Store) -> None:
    instants = [enter(store, float(number), number + 1) for number in range(8, 4, -1)]
    told = {instant: number + 1 for number, instant in enumerate(instants)}
    wrong: list[str] = []

    def look() -> None:
        for _ in range(5):
            for instant, count in told.items():
                for patients in (None, ("p1",)):
                    found = rows(as_known(store, instant, patients), "select count(*) from score")
                    if found != [(count,)]:
                        wrong.append(f"{found} instead of {count}")

    lookers = [threading.Thread(target=look) for _ in range(6)]
    for one in lookers:
        one.start()
    for one in lookers:
        one.join()
    assert wrong == []


def test_goals_and_their_scores_are_as_they_were_known(store: Store) -> None:
    goal = {"words": "Walk to church", "moment_on": ago(20), "due_on": ago(5)}
    key = str(save(store, "tester", "e1", [Add("goal", goal)]).fact_ids[0])
    before = enter(store, 9, 2)
    scored = {"goal_key": key, "status": "reached", "moment_on": ago(4)}
    save(store, "tester", "e1", [Add("goal_review", scored)])
    text = "select count(*) from goal_review"
    assert rows(as_known(store, before), "select words from goal") == [("Walk to church",)]
    assert rows(as_known(store, before), text) == [(0,)]
    assert rows(store, text) == [(1,)]
