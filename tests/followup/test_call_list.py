"""The call list: who is on it, who comes first and why, and that its order is worth more than the order of dates."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest

from plumbline import sql, worklist
from plumbline.entry import record
from plumbline.entry.steps import Add, Refused
from plumbline.errors import PlumblineError
from plumbline.known import as_known
from plumbline.store import Store
from tests.facts import Facts, day

CALM = {-3: 8, 1: 4, 7: 3, 14: 3, 42: 3}
SLOWER = {-3: 8, 1: 8, 7: 8, 14: 8, 42: 8}


def opening(store: Store, as_of: date) -> pd.DataFrame:
    return sql.ask(store.cursor(), "followup/open_by_visit", clinics=None, as_of=as_of, episode_id=None)


def listed(store: Store, as_of: date, order_by: str = "value", **more: Any) -> pd.DataFrame:
    """The list as the page has it, with everything about each line."""
    cursor = store.cursor()
    found = opening(store, as_of)
    worklist.make_ready(store, as_of)
    cursor.register("opening", found)
    asked = {"clinic_id": None, "state": None, "most": 10**6} | more
    ranked = sql.ask(
        cursor, "followup/call_by_visit",
        as_of=as_of, clinic_id=asked["clinic_id"], state=asked["state"], order_by=order_by, most=asked["most"],
    )  # fmt: skip
    return ranked.merge(found, on="patient_id")


def people(store: Store, *courses: dict[int, int], clinic_id: str = "c1", first: int = 1, **patient: Any) -> Facts:
    facts = Facts()
    for number, course in enumerate(courses, first):
        facts.patient(f"p{number}", clinic_id=clinic_id, **patient)
        facts.episode(f"e{number}", f"p{number}")
        for on, value in course.items():
            facts.score(on, value, f"p{number}")
    return facts


def written(store: Store, *many: Facts) -> None:
    clinics = Facts()
    clinics.clinic("c1")
    clinics.clinic("c2")
    for facts in (clinics, *many):
        facts.write(store)


def attempt(store: Store, outcome: str, on: date, episode_id: str = "e1", visit: str = "month_3", **more: Any) -> str:
    steps = [Add("attempt", {"visit": visit, "outcome": outcome, "moment_on": on, **more})]
    try:
        return record.save(store, "tester", episode_id, steps).entry_id
    except Refused as refused:  # the day of these tests may be long ago, which is asked about
        meant = [finding.key for finding in refused.findings if finding.rule == "long_ago"]
        return record.save(store, "tester", episode_id, steps, confirmed=meant).entry_id


@pytest.mark.slow
def test_who_has_answered_or_whose_window_is_closed_is_not_called(store: Store) -> None:
    written(store, people(store, CALM, {**CALM, 90: 3}))
    assert list(listed(store, day(95))["patient_id"]) == ["p1"]
    assert list(listed(store, day(66))["state"]) == ["not_due", "not_due"]
    assert listed(store, day(65)).empty
    assert listed(store, day(121)).empty


@pytest.mark.slow
def test_the_dead_and_those_who_left_are_never_called(store: Store) -> None:
    facts = people(store, CALM, died_on=day(94))
    left = people(store, CALM, first=2)
    left.event("withdrew", 94, episode_id="e2", patient_id="p2")
    written(store, facts, left)
    assert set(listed(store, day(93))["patient_id"]) == {"p1", "p2"}
    assert listed(store, day(94)).empty


@pytest.mark.slow
def test_an_answer_that_changes_most_comes_first_and_says_why(store: Store) -> None:
    facts = people(store, {-3: 8, 1: 4, 14: 3}, SLOWER, {-3: 8}, CALM)
    facts.event("new_fracture", 80, episode_id="e4", patient_id="p4")
    written(store, facts)
    found = listed(store, day(95))
    assert list(found["patient_id"]) == ["p4", "p2", "p3", "p1"]
    assert [why.split(" · ")[0] for why in found["why"]] == [
        "open red flag", "slower than expected", "never heard from since the procedure", "nobody can tell how it goes",
    ]  # fmt: skip
    assert found["points"].is_monotonic_decreasing


@pytest.mark.slow
def test_of_two_alike_the_one_in_the_thinner_group_comes_first(store: Store) -> None:
    full = people(store, *[{**CALM, 90: value} for value in (2, 3, 4, 3, 2, 4)], CALM)
    thin = people(store, {**CALM, 90: 3}, CALM, CALM, clinic_id="c2", first=11)
    written(store, full, thin)
    found = listed(store, day(95))
    assert list(found["clinic_id"]) == ["c2", "c2", "c1"]
    assert found["why"].iloc[0].endswith("only 1 of 3 answered")
    assert found["why"].iloc[2].endswith("6 of 7 answered")


@pytest.mark.slow
def test_the_gain_is_that_of_the_mean_and_shrinks_with_each_line_before(store: Store) -> None:
    written(store, people(store, {**CALM, 90: 2}, {**CALM, 90: 4}, CALM, CALM))
    found = listed(store, day(95))
    variance = found["variance"].iloc[0]
    assert list(found["removed"]) == pytest.approx([variance / 2 - variance / 3, variance / 3 - variance / 4])


@pytest.mark.slow
def test_a_patient_stands_on_the_list_once(store: Store) -> None:
    facts = people(store, CALM)
    facts.episode("e1b", "p1", performed_on=day(90))
    written(store, facts)
    found = listed(store, day(97))
    assert list(found["episode_id"]) == ["e1b"]
    assert list(found["visit"]) == ["week_1"]


@pytest.mark.slow
def test_before_the_procedure_the_baseline_is_asked_for_and_after_it_never(store: Store) -> None:
    written(store, people(store, {}))
    found = listed(store, day(-5))
    assert list(found["visit"]) == ["baseline"]
    assert found["why"].iloc[0].startswith("the baseline can't be had later")
    assert list(listed(store, day(0))["visit"]) == ["day_1"]


@pytest.mark.slow
def test_what_came_of_a_call_is_on_the_list_and_moves_it(store: Store) -> None:
    written(store, people(store, SLOWER, CALM))
    assert list(listed(store, day(95))["patient_id"]) == ["p1", "p2"]
    attempt(store, "no_answer", day(95))
    attempt(store, "left_message", day(95))
    found = listed(store, day(95))
    assert list(found["patient_id"]) == ["p2", "p1"]
    assert found[["calls", "last_outcome", "is_resting"]].iloc[1].tolist() == [2, "Left a message", True]
    assert "called lately" in found["why"].iloc[1]
    assert list(listed(store, day(97))["patient_id"]) == ["p1", "p2"]
    assert listed(store, day(94))["calls"].sum() == 0  # nobody knew of it then


@pytest.mark.slow
def test_a_call_back_waits_for_its_day_and_then_climbs(store: Store) -> None:
    written(store, people(store, CALM, SLOWER))
    attempt(store, "call_back", day(95), call_back_on=day(100))
    before = listed(store, day(99))
    assert list(before["patient_id"]) == ["p2", "p1"]
    assert before["why"].iloc[1].startswith(f"to be called on {day(100):%-d %b}")
    on_the_day = listed(store, day(100)).set_index("patient_id")
    assert on_the_day.loc["p1", "why"].startswith("asked to be called back")
    assert on_the_day.loc["p1", "points"] > before.set_index("patient_id").loc["p1", "points"]


@pytest.mark.parametrize(
    ("outcome", "this_visit", "next_visit"),
    [("declined", False, True), ("no_more_calls", False, False), ("told_died", False, False), ("answered", True, True)],
)
@pytest.mark.slow
def test_some_outcomes_take_the_visit_or_the_patient_off_the_list(
    store: Store, outcome: str, this_visit: bool, next_visit: bool
) -> None:
    written(store, people(store, CALM))
    entry = attempt(store, outcome, day(95))
    assert (not listed(store, day(96)).empty) is this_visit
    assert (not listed(store, day(181)).empty) is next_visit
    record.undo(store, "tester", entry)
    assert len(listed(store, day(96))) == 1
    assert listed(store, day(96))["calls"].iloc[0] == 0


@pytest.mark.slow
def test_a_wrong_number_waits_at_the_end_until_somebody_is_reached(store: Store) -> None:
    written(store, people(store, SLOWER, CALM))
    attempt(store, "wrong_number", day(90))
    found = listed(store, day(95))
    assert list(found["patient_id"]) == ["p2", "p1"]
    assert found["why"].iloc[1].startswith("wrong number: find another first")
    attempt(store, "family_answered", day(94))
    assert list(listed(store, day(95))["patient_id"]) == ["p1", "p2"]


@pytest.mark.slow
def test_the_list_is_as_long_as_the_title_says(store: Store) -> None:
    written(store, people(store, CALM, SLOWER, CALM), people(store, CALM, clinic_id="c2", first=9))
    attempt(store, "declined", day(95))
    cursor = store.cursor()
    cursor.register("counted", sql.ask(cursor, "followup/count_by_group", clinics=None, as_of=day(95), episode_id=None))
    for clinic_id, number in ((None, 3), ("c1", 2), ("c2", 1)):
        total = sql.rows(cursor, "followup/total_of_clinic", clinic_id=clinic_id)[0]
        found = listed(store, day(95), clinic_id=clinic_id)
        assert total["open_visits"] == len(found) == number == found["lines"].iloc[0]
        assert total["late_visits"] == number
    assert sql.rows(cursor, "followup/total_of_clinic", clinic_id="c2")[0]["most_clinic"] == "c2"
    assert len(listed(store, day(95), most=2)) == 2
    assert listed(store, day(95), state="not_due").empty


@pytest.mark.slow
def test_a_past_list_knows_nothing_of_later_calls_and_takes_none(store: Store) -> None:
    written(store, people(store, CALM, SLOWER))
    attempt(store, "no_answer", day(95))
    attempt(store, "declined", day(95), episode_id="e2")
    first = store.cursor().execute("select min(recorded_at) from contact_attempt").fetchone()
    assert first is not None
    before = as_known(store, first[0] - timedelta(microseconds=1))
    assert list(listed(before, day(95))["calls"]) == [0, 0]
    assert list(listed(store, day(95))["calls"]) == [1]
    with pytest.raises(PlumblineError, match="past can't be changed"):
        attempt(before, "no_answer", day(95))


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ({"outcome": "gone"}, "no_outcome"),
        ({"outcome": ""}, "no_outcome"),
        ({"visit": "month_99"}, "no_visit"),
        ({"outcome": "call_back"}, "no_call_back"),
        ({"outcome": "call_back", "call_back_on": day(95)}, "call_back_before"),
        ({"moment_on": date(2999, 1, 1)}, "future"),
        ({"moment_on": None}, "no_day"),
    ],
)
@pytest.mark.cases
def test_an_impossible_call_is_refused_and_nothing_is_kept(store: Store, values: dict[str, Any], rule: str) -> None:
    written(store, people(store, CALM))
    given = {"visit": "month_3", "outcome": "no_answer", "moment_on": day(95), **values}
    with pytest.raises(Refused) as refused:
        record.save(store, "tester", "e1", [Add("attempt", given)])
    assert rule in {finding.rule for finding in refused.value.findings}
    assert store.cursor().execute("select count(*) from contact_attempt").fetchone() == (0,)


def test_nobody_is_called_after_their_death(store: Store) -> None:
    written(store, people(store, CALM, died_on=day(90)))
    with pytest.raises(Refused, match="can't be so"):
        attempt(store, "no_answer", day(95))


def grown(rng: np.random.Generator) -> Facts:
    """Six clinics, from few patients to many and from silent to diligent, over two years; as registries are."""
    facts, number, today = Facts(), 0, 0
    clinics = [(200, 0.9), (120, 0.85), (90, 0.7), (60, 0.8), (40, 0.55), (20, 0.4)]
    for clinic, (patients, answers) in enumerate(clinics):
        facts.clinic(f"c{clinic}")
        for _ in range(patients):
            number += 1
            ago = int(rng.integers(4, 760))
            facts.patient(f"p{number}", clinic_id=f"c{clinic}")
            facts.episode(f"e{number}", f"p{number}", performed_on=day(today - ago))
            level = float(np.clip(rng.normal(3.2, 2.2), 0, 10))
            for on in (-3, 1, 7, 14, 42, 90, 180, 365, 730):
                if on <= ago and rng.random() < answers:
                    value = int(np.clip(round(rng.normal(8 if on < 0 else level, 1.3)), 0, 10))
                    facts.score(today - ago + on, value, f"p{number}")
    return facts


def removed(lines: pd.DataFrame, calls: int = 50) -> float:
    """Variance that the first answers take from the means of their groups, worked out from the groups alone."""
    total = 0.0
    for _, group in lines.head(calls).groupby(["clinic_id", "visit"]):
        before = max(group["received"].iloc[0], 0.5)
        total += group["variance"].iloc[0] * (1 / before - 1 / (before + len(group)))
    return total


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.slow
def test_fifty_calls_by_the_list_settle_a_fifth_more_than_by_date(store: Store, seed: int) -> None:
    grown(np.random.default_rng(seed)).write(store)
    by_value, by_date = (listed(store, day(0), order_by) for order_by in ("value", "closes"))
    assert len(by_value) == len(by_date) > 100
    assert by_date["closes_on"].is_monotonic_increasing
    assert removed(by_value) >= 1.2 * removed(by_date)
