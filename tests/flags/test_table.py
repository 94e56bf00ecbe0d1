"""The table of flags stays what the facts give, whatever is entered, corrected or taken back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plumbline import flag_runs, sql
from plumbline.entry.record import undo
from plumbline.entry.steps import Add, Refused, Retract
from plumbline.store import Store, open_store
from tests.entry.conftest import BY, saved, score
from tests.facts import Facts, day

READ = "from flag_run order by all"


@pytest.fixture(scope="module")
def two() -> Iterator[Store]:
    """Two patients; what is entered goes to the first."""
    opened = open_store(":memory:")
    facts = Facts()
    facts.clinic()
    for number in (1, 2):
        facts.patient(f"p{number}")
        facts.episode(f"e{number}", f"p{number}")
    facts.event("calf", 4, None, "e2", "p2")
    facts.write(opened)
    yield opened
    opened.close()


def kept(store: Store) -> list[tuple[Any, ...]]:
    return store.cursor().execute(READ).fetchall()


STEP = st.one_of(
    st.tuples(st.just("score"), st.integers(3, 60), st.integers(0, 10)),
    st.tuples(st.just("calf"), st.integers(0, 60), st.none()),
    st.tuples(st.just("red_flag_closed"), st.integers(0, 60), st.none()),
    st.tuples(st.just("undo"), st.integers(0, 5), st.none()),
    st.tuples(st.just("read"), st.none(), st.none()),
)


@pytest.mark.slow
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEP, min_size=3, max_size=12))
def test_the_table_equals_making_it_from_scratch(two: Store, steps: list[tuple[str, Any, Any]]) -> None:
    entries: list[str] = []
    for name, first, second in steps:
        try:
            if name == "undo" and entries:
                undo(two, BY, entries.pop(first % len(entries)))
            elif name == "read":
                flag_runs.refresh(two, patient_id="p1")
            elif name == "score":
                entries.append(saved(two, Add("score", score(first, second))).entry_id)
            elif name != "undo":
                entries.append(saved(two, Add("event", {"kind": name, "moment_on": day(first)})).entry_id)
        except Refused:
            continue
    flag_runs.refresh(two)
    found = kept(two)
    assert sql.rows(two.cursor(), "verify/flag_by_difference", patient_ids=None) == []
    with two.write() as cursor:
        sql.run(cursor, "flag/mark_all_stale")
    assert flag_runs.refresh(two) == 2
    assert kept(two) == found
    assert [row for row in found if row[0] == "p2"], "the other patient keeps what was raised"
    for entry in reversed(entries):
        undo(two, BY, entry)


@pytest.mark.slow
def test_reading_twice_makes_nothing_anew_and_an_entry_marks_one_patient(two: Store) -> None:
    flag_runs.refresh(two)
    revision = two.revision
    assert flag_runs.refresh(two) == 0
    assert two.revision == revision
    entry = saved(two, Add("event", {"kind": "calf", "moment_on": day(2)}))
    assert flag_runs.refresh(two, patient_id="p2") == 0
    assert flag_runs.refresh(two, patient_id="p1") == 1
    assert next(row[1:4] for row in kept(two)) == ("e1", "red_flag_event", "calf")
    saved(two, Retract("event", str(entry.fact_ids[0])), why="slip")
    flag_runs.refresh(two)
    assert {row[0] for row in kept(two)} == {"p2"}


def test_a_flag_is_known_when_its_facts_were_recorded_not_when_they_happened(two: Store) -> None:
    # of a kind that the sequences above don't leave behind
    entry = saved(two, Add("event", {"kind": "weakness_numbness", "moment_on": day(3)}))
    flag_runs.refresh(two)
    known = {row[0]: row[7] for row in kept(two) if row[0] == "p2" or "weakness_numbness" in str(row)}
    recorded = two.cursor().execute("select max(recorded_at) from event where patient_id = 'p1'").fetchone()
    assert recorded is not None
    assert known["p1"] == recorded[0]
    assert known["p1"].date() > day(200)
    assert known["p2"].year == 2026
    undo(two, BY, entry.entry_id)
