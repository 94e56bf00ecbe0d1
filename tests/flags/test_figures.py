"""The figures of the Flags page, worked out by hand on a few flags."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pandas as pd
import pytest

from plumbline import flag_figures, flag_runs, sql
from plumbline.store import Store
from tests.facts import PROCEDURE, Facts, day

FROM, TO = day(0), day(60)


def add_action(cursor: Any, number: int, patient: str, action: str, at: datetime, answer: str | None = None) -> None:
    cursor.execute(
        "insert into flag_action by name select $id as flag_action_id, $p as patient_id, $e as episode_id, "
        "'red_flag_event' as rule, 'calf' as subject, $on as on_date, $action as action, $answer as answer, "
        "$at as recorded_at, 'test' as recorded_by, 'test' as source",
        {"id": f"a{number}", "p": patient, "e": patient.replace("p", "e"), "on": at.date(), "action": action,
         "at": at, "answer": answer},
    )  # fmt: skip


@pytest.fixture
def four(store: Store) -> Store:
    """Four red flags of day 10, recorded that noon; one acted on, one dismissed, one seen, one left."""
    facts = Facts()
    facts.clinic(amber_budget=4.0)
    for number in range(1, 5):
        facts.patient(f"p{number}")
        facts.episode(f"e{number}", f"p{number}")
        facts.event("calf", 10, None, f"e{number}", f"p{number}")
    facts.write(store)
    noon = datetime.combine(day(10), datetime.min.time()) + timedelta(hours=12)
    with store.write() as cursor:
        cursor.execute("update event set recorded_at = $noon", {"noon": noon})
        steps = [("p1", "acknowledge", 6, None), ("p1", "act", 30, "called"), ("p2", "dismiss", 12, "known_cause")]
        for number, (patient, action, hours, answer) in enumerate([*steps, ("p3", "acknowledge", 48, None)]):
            add_action(cursor, number, patient, action, noon + timedelta(hours=hours), answer)
    flag_runs.refresh(store)
    return store


def by_rule(store: Store, **more: Any) -> dict[str, Any]:
    asked = {"as_of": TO, "episode_id": None, "from_on": FROM, "clinic_id": None} | more
    return {row["rule"]: row for row in sql.rows(store.cursor(), "flag/figure_by_rule", clinics=None, **asked)}


def test_what_became_of_each_flag_is_counted(four: Store) -> None:
    found = by_rule(four)
    assert set(found) == {
        "red_flag_event", "rise_confirmed", "big_rise", "above_90", "little_relief", "milestones_late",
    }  # fmt: skip
    row = found["red_flag_event"]
    told = ("raised", "seen", "acted", "dismissed", "open_now", "open_new", "answered", "ended_unseen")
    assert [row[name] for name in told] == [4, 3, 1, 1, 4, 1, 2, 0]
    assert found["above_90"]["raised"] == 0
    assert by_rule(four, from_on=day(11))["red_flag_event"]["raised"] == 0
    assert by_rule(four, clinic_id="elsewhere")["red_flag_event"]["raised"] == 0


def test_waiting_counts_what_still_waits(four: Store) -> None:
    rows = sql.ask(
        four.cursor(), "flag/wait_by_run", clinics=None, as_of=TO, episode_id=None, from_on=FROM, clinic_id=None
    )
    seen = flag_figures.waits(rows)["red_flag_event", "seen"]
    # seen after 6, 12 and 48 hours; the fourth waits: half by 12 h, three of four by 48 h, never four in five
    assert (seen.half, seen.eight, seen.done, seen.flags) == (0.5, None, 3, 4)
    acted = flag_figures.waits(rows)["red_flag_event", "acted"]
    # a day after it was seen; the one that was dismissed is left out, the one that was only seen waits
    assert (acted.half, acted.done, acted.flags) == (1.0, 1, 2)


@pytest.mark.slow
def test_what_was_over_before_it_was_recorded_waited_for_nobody(store: Store) -> None:
    facts = Facts()
    facts.clinic()
    facts.patient()
    facts.episode()
    facts.event("calf", 10)
    facts.event("red_flag_closed", 12)
    facts.write(store)
    with store.write() as cursor:
        cursor.execute("update event set recorded_at = $at", {"at": datetime.combine(day(40), datetime.min.time())})
    flag_runs.refresh(store)
    row = by_rule(store)["red_flag_event"]
    assert (row["raised"], row["was_over"], row["ended_unseen"]) == (1, 1, 0)
    asked = {"as_of": TO, "from_on": FROM, "episode_id": None, "clinic_id": None, "clinics": None}
    assert sql.ask(store.cursor(), "flag/wait_by_run", **asked).empty


def test_kaplan_meier_agrees_with_a_worked_example() -> None:
    # 1, 2, 2+, 3, 4+: left 4/5, then 3/5, then of two at risk one: 3/10
    found = flag_figures.wait(pd.Series([1.0, 2, 2, 3, 4]), pd.Series([True, True, False, True, False]))
    assert (found.half, found.eight, found.done, found.flags) == (3.0, None, 3, 5)
    every = flag_figures.wait(pd.Series([1.0, 2, 3, 4, 5]), pd.Series([True] * 5))
    assert (every.half, every.eight) == (3.0, 4.0)
    assert flag_figures.wait(pd.Series([3.0]), pd.Series([False])).half is None


def test_precision_is_said_from_twenty_answers_on() -> None:
    assert flag_figures.precision(19, 19) is None
    found = flag_figures.precision(15, 20)
    assert found is not None
    # Wilson 95% of 15 in 20, as in the textbooks: 0.531 to 0.888
    assert (found.share, round(found.low, 3), round(found.high, 3)) == (0.75, 0.531, 0.888)


@pytest.mark.slow
def test_the_load_is_amber_flags_by_patient_weeks(store: Store) -> None:
    facts = Facts()
    facts.clinic(amber_budget=4.0)
    for number in range(1, 3):
        facts.patient(f"p{number}", died_on=day(35) if number == 2 else None)
        facts.episode(f"e{number}", f"p{number}")
    for on, value in ((5, 8), (10, 8), (20, 8), (30, 2)):
        facts.score(on, value)
    facts.score(-3, 8)
    facts.write(store)
    flag_runs.refresh(store)
    # 70 days of one and 35 of the other from the procedure on; two rules on two days, or one day: each day once
    one = sql.rows(
        store.cursor(), "flag/load_of_period", clinics=None, as_of=day(69), from_on=PROCEDURE, clinic_id=None
    )[0]
    raised = {row["raised_on"] for row in sql.rows(store.cursor(), "flag/run_by_course", patient_ids=None)}
    assert one["patient_weeks"] == pytest.approx(15)
    assert one["amber"] == len(raised) >= 1
    assert one["per_100_weeks"] == pytest.approx(100 * len(raised) / 15)
    assert one["budget"] == pytest.approx(4)


@pytest.mark.slow
def test_a_threshold_left_where_it_is_gives_the_same_flags(demo_store: Any) -> None:
    from plumbline.store import open_store

    store = open_store(demo_store)
    flag_runs.refresh(store)
    asked = {"as_of": date(2026, 11, 23), "from_on": date(2025, 1, 1), "clinic_id": None, "patient_ids": None}
    known = sql.rows(store.cursor(), "flag/threshold_by_name")
    for one in (row for row in known if row["threshold"] in ("new_problem_rise", "little_relief_from_day")):
        rows = sql.rows(
            store.cursor(), "flag/moved_figure_by_rule",
            clinics=None, threshold=one["threshold"], value=one["value"], **asked,
        )
        assert [row["before"] for row in rows] == [row["after"] for row in rows]
        assert sum(row["before"] for row in rows) > 10
    later = sql.rows(
        store.cursor(), "flag/moved_figure_by_rule",
        clinics=None, threshold="little_relief_from_day", value=40.0, **asked,
    )
    moved = {row["rule"]: (row["before"], row["after"]) for row in later}
    store.close()
    assert moved["little_relief"][0] > moved["little_relief"][1]
    assert moved["red_flag_event"][0] == moved["red_flag_event"][1]
