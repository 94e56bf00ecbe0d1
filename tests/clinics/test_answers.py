"""Which visits clinics are compared by: due and over, as the follow-ups say; how each patient does there, by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from plumbline import sql
from plumbline.store import Store, open_store
from tests.facts import Facts, day

AS_OF = day(121)  # the first day after the window of month 3


@pytest.fixture(scope="module")
def demo(demo_store: Path) -> Iterator[Store]:
    opened = open_store(demo_store)
    yield opened
    opened.close()


def rows(store: Store, name: str, as_of: date, **more: Any) -> list[dict[str, Any]]:
    asked = {"as_of": as_of, "episode_id": None, "clinics": None} | more
    return sql.rows(store.cursor(), name, **asked)


@pytest.mark.parametrize("days_ago", [0, 1, 40, 133, 300, 555, 900])
def test_due_and_received_are_those_of_the_follow_ups_whose_window_has_closed(demo: Store, days_ago: int) -> None:
    """Received and missed, both only after the last day of the window: no state is judged here a second time."""
    as_of = date(2026, 11, 23) - timedelta(days=days_ago)
    states = rows(demo, "followup/state_by_visit", as_of)
    due = {
        (one["episode_id"], one["visit"]): (one["clinic_id"], one["received_on"], one["value"])
        for one in states
        if one["state"] in ("received", "missed") and one["closes_on"] < as_of
    }
    assert not [one for one in states if one["state"] == "late" and one["closes_on"] < as_of]
    found = rows(demo, "clinics/answer_by_visit", as_of)
    assert {(o["episode_id"], o["visit"]): (o["clinic_id"], o["received_on"], o["value"]) for o in found} == due
    counted = rows(demo, "clinics/count_by_month", as_of)
    assert sum(one["due"] for one in counted) == len(due)
    assert sum(one["received"] for one in counted) == sum(value is not None for _, _, value in due.values())


def world(store: Store) -> None:
    """Month 3 of eight patients, 121 days after: (score before, answer on day 90) and what else is known of them."""
    facts = Facts()
    facts.clinic("c1", name="Harbour")
    for name, before, then in (
        ("better", 8, 4), ("a_little", 8, 7), ("well_before", 1, 0), ("worse", 5, 7), ("silent", 7, None),
        ("dead", 7, None), ("left", 7, None), ("answered_then_died", 6, 3),
    ):  # fmt: skip
        died = {"dead": day(100), "answered_then_died": day(110)}.get(name)
        facts.patient(name, clinic_id="c1", died_on=died)
        facts.episode(name, name, surgeon="Dr A" if name != "worse" else None)
        facts.score(-3, before, name)
        if then is not None:
            facts.score(90, then, name)
        if name == "left":
            facts.event("withdrew", 80, episode_id=name, patient_id=name)
    facts.write(store)


def test_who_counts_and_how_they_do_by_hand(store: Store) -> None:
    world(store)
    at = [one for one in rows(store, "clinics/answer_by_visit", AS_OF) if one["visit"] == "month_3"]
    told = {one["episode_id"]: (one["is_improved"], one["is_comfortable"], one["is_worse"]) for one in at}
    assert told == {
        "better": (True, False, False),  # 4 points, half of the score before
        "a_little": (False, False, False),
        "well_before": (None, True, False),  # pain of 1 leaves no room for 2 points
        "worse": (False, False, True),
        "silent": (None, None, None),
        "answered_then_died": (True, True, False),  # 3 points, half
    }
    (one,) = [
        row for row in rows(store, "clinics/count_by_month", AS_OF)
        if row["visit"] == "month_3" and row["surgeon"] == "Dr A"
    ]  # fmt: skip
    names = ("due", "received", "able", "improved", "comfortable", "paired", "worse", "total", "squares", "cubes")
    assert [one[name] for name in names] == [5, 4, 3, 2, 2, 4, 0, 14.0, 74.0, 434.0]
    assert (one["clinic"], one["month_on"], one["is_month_open"]) == ("Harbour", date(2026, 1, 1), True)


def test_an_open_window_counts_nobody_and_a_month_is_open_to_its_last_patients_last_day(store: Store) -> None:
    world(store)
    assert not [one for one in rows(store, "clinics/answer_by_visit", day(120)) if one["visit"] == "month_3"]
    last = date(2026, 1, 31) + timedelta(days=120)  # somebody treated on the last of January could answer until then
    for as_of, is_open in ((last, True), (last + timedelta(days=1), False)):
        found = rows(store, "clinics/count_by_month", as_of)
        assert {one["is_month_open"] for one in found if one["visit"] == "month_3"} == {is_open}


def test_of_a_mean_the_score_of_a_third_may_fall_short_of_the_share(store: Store) -> None:
    """Two points are enough from 6.67 down; from 8 on 30% are more."""
    facts = Facts()
    facts.clinic("c1")
    for name, before, then in (("six", 6, 4), ("eight", 8, 6), ("eight_more", 8, 5.6), ("ten", 10, 7)):
        facts.patient(name, clinic_id="c1")
        facts.episode(name, name)
        facts.score(-3, before, name)
        facts.score(90, then, name)
    facts.write(store)
    told = {one["episode_id"]: one["is_improved"] for one in rows(store, "clinics/answer_by_visit", AS_OF)
            if one["visit"] == "month_3"}  # fmt: skip
    assert told == {"six": True, "eight": False, "eight_more": True, "ten": True}


@pytest.mark.parametrize(("counted", "number"), [("due", 6), ("received", 5), ("improved", 4), ("worse", 5)])
def test_the_list_behind_a_mark_is_as_long_as_the_mark_says(store: Store, counted: str, number: int) -> None:
    world(store)
    asked = {"visit": "month_3", "counted": counted, "clinic_id": "c1", "surgeon": None, "month_on": None, "most": 2}
    found = rows(store, "clinics/patient_behind", AS_OF, **asked)
    assert len(found) == 2
    assert found[0]["visits"] == number
    none = rows(store, "clinics/patient_behind", AS_OF, **asked | {"month_on": date(2025, 12, 1)})
    assert none == []


def test_like_with_like_has_each_answer_once_with_how_the_patient_was_before(demo: Store) -> None:
    as_of = date(2026, 11, 23)
    found = rows(demo, "clinics/outcome_by_episode", as_of, visit="month_3")
    answered = [one for one in rows(demo, "clinics/answer_by_visit", as_of)
                if one["visit"] == "month_3" and one["value"] is not None]  # fmt: skip
    assert {one["episode_id"]: one["mean"] for one in found} == {one["episode_id"]: one["value"] for one in answered}
    assert len(found) == len(answered)
