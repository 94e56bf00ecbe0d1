"""Which answers a comparison stands on: those of the follow-ups, the same for the day, whoever else is there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plumbline import compare, sql
from plumbline.compare import Ask, Comparison, Gathered, shares
from plumbline.stats import responders
from plumbline.store import Store
from tests.compare.made import chosen, clinics, listed
from tests.conftest import DEMO_UNTIL
from tests.facts import day

INSTRUMENTS = ("nrs_back", "odi", "rmdq", "eq5d_index", "tug", "sts5", "gait_speed", "walk6min")
CLINICS = ("demo-harbor", "demo-orchard", "demo-ridge", "demo-heath", "demo-lakeside", "demo-meadow")


def gathered(cursor: Any, as_of: date, *names: str, **ask: Any) -> Gathered:
    return compare.gather(cursor, chosen(cursor, *names), Ask(as_of=as_of, **ask))


def said(known: Gathered) -> dict[tuple[str, str], float | None]:
    """By procedure and visit, of those due: the answer, or None."""
    return {
        (known.people["episode_id"].iloc[row], known.visits[place].visit): None
        if np.isnan(known.value[row, place])
        else float(known.value[row, place])
        for row, place in zip(*np.nonzero(known.due), strict=True)
    }


@pytest.mark.parametrize("as_of", [DEMO_UNTIL - timedelta(days=ago) for ago in (0, 33, 150, 400)])
def test_answers_are_those_of_the_follow_ups(demo_cursor: Any, as_of: date) -> None:
    states = sql.ask(demo_cursor, "followup/state_by_visit", as_of=as_of, episode_id=None, clinics=None)
    over = states[(states["closes_on"] < pd.Timestamp(as_of)) & states["state"].isin(["received", "missed"])]
    found = said(gathered(demo_cursor, as_of, *CLINICS[:4])) | said(gathered(demo_cursor, as_of, *CLINICS[4:]))
    theirs = {
        (row.episode_id, row.visit): None if pd.isna(row.value) else row.value for row in over.itertuples()
    }
    assert len(found) > 50
    assert found == theirs


def test_counts_are_those_of_the_completeness_grid_once_every_window_is_over(demo_cursor: Any) -> None:
    """Years later nothing is open any more: received of due at each visit, clinic by clinic."""
    later = DEMO_UNTIL + timedelta(days=1000)
    groups = sql.ask(demo_cursor, "followup/count_by_group", as_of=later, episode_id=None, clinics=None)
    due = groups[groups["state"].isin(["received", "late", "missed"])].groupby(["clinic_id", "visit"])["visits"].sum()
    received = groups[groups["state"] == "received"].set_index(["clinic_id", "visit"])["visits"]
    known = gathered(demo_cursor, later, *CLINICS[:2])
    for one in compare.compared(demo_cursor, known).answered:
        at = (known.chosen["ab".index(one.group)].name, one.visit)
        assert (one.received, one.due) == (received.get(at, 0), due[at])


@pytest.mark.parametrize("instrument", ["nrs_back", "odi", "rmdq", "eq5d_index", "tug"])
def test_a_later_day_changes_no_window_that_was_over(demo_cursor: Any, instrument: str) -> None:
    early, late = (
        said(gathered(demo_cursor, DEMO_UNTIL - timedelta(days=ago), *CLINICS[:4], instrument=instrument))
        for ago in (60, 0)
    )
    if instrument == "nrs_back":
        assert early.items() <= late.items()
    answered = {at: value for at, value in early.items() if value is not None}
    assert answered
    assert answered.items() <= late.items()


@pytest.mark.parametrize(("visit", "everyone"), [("month_3", True), ("week_6", True), ("month_12", False)])
def test_shares_are_those_that_the_library_counts(demo_cursor: Any, visit: str, everyone: bool) -> None:
    known = gathered(demo_cursor, DEMO_UNTIL, *(CLINICS[:4] if everyone else CLINICS[4:]), visit=visit)
    for group in known.groups:
        rows = known.rows(group.key)
        frame = pd.DataFrame(
            {
                "before": known.people.loc[rows, "baseline"].to_numpy(),
                "after": known.value[rows, known.place],
                "due": known.due[rows, known.place],
            }
        )
        theirs = responders(frame, "before", "after", "due", points=2, share=0.3, acceptable=3)
        ours = [one for one in shares.of_groups(known) if one.group == group.key]
        names = ["count", "measured", "due", "eligible", "worst", "best"]
        assert [[getattr(one, name) for name in names] for one in ours] == theirs[names].to_numpy().tolist()


def figures(found: Comparison) -> list[Any]:
    """Everything but names."""
    return [found.curve, found.differences, found.shares, found.reached, found.balance, found.missing, found.units]


def test_a_share_that_matters_is_of_the_score_before_as_everywhere_else(demo_cursor: Any) -> None:
    """The library takes it of the way to the best score: the same only where that is 0 and lower is better."""
    asked = [one["instrument"] for one in sql.rows(demo_cursor, "compare/outcome_by_order")]
    told = [sql.rows(demo_cursor, "compare/instrument_of_question", instrument=one)[0] for one in asked]
    with_share = [one for one in told if one["mic_share"] is not None]
    assert len(with_share) >= 3
    assert all(one["is_lower_better"] and one["minimum"] == 0 for one in with_share)


def test_a_third_clinic_changes_nothing(store: Store) -> None:
    facts = clinics(a=[1, 2, 3, 4, 2, 3, 1, 2, 5, 4, 3, 2], b=[3, 4, 5, 3, 2, 4, 6, 5, 4, 3, 5, 4])
    facts.write(store)
    cursor = store.cursor()
    before = compare.of(cursor, chosen(cursor, "a", "b"), Ask(as_of=day(121)))
    clinics(third=[9] * 30).write(store)
    assert figures(compare.of(cursor, chosen(cursor, "a", "b"), Ask(as_of=day(121)))) == figures(before)


@pytest.mark.parametrize("instrument", ["nrs_back", "eq5d_index"])
def test_the_order_of_groups_turns_the_sign_and_nothing_else(demo_cursor: Any, instrument: str) -> None:
    everyone = [row[0] for row in demo_cursor.execute("select episode_id from episode_summary order by 1").fetchall()]
    groups = [listed("even", everyone[::2]), listed("odd", everyone[1::2])]
    ask = Ask(as_of=DEMO_UNTIL, instrument=instrument, visit="week_6")
    one, two = compare.of(demo_cursor, groups, ask), compare.of(demo_cursor, groups[::-1], ask)
    compared = 0
    for ours, theirs in zip(one.differences, two.differences, strict=True):
        assert (ours.what, ours.n, ours.raw_n, ours.better) == (theirs.what, theirs.n, theirs.raw_n, -theirs.better)
        if ours.estimate is None or theirs.estimate is None:
            assert ours.estimate is theirs.estimate is None
            continue
        compared += 1
        assert ours.estimate == pytest.approx(-theirs.estimate)
        assert (ours.lower, ours.upper) == (pytest.approx(-(theirs.upper or 0)), pytest.approx(-(theirs.lower or 0)))
        assert (ours.p, ours.p_counted) == (pytest.approx(theirs.p), pytest.approx(theirs.p_counted))
    assert compared
    ours, theirs = (
        {replace(point, group="") for point in found.curve if point.group == group}
        for found, group in ((one, "a"), (two, "b"))
    )
    assert ours == theirs


@settings(max_examples=15, deadline=None)
@given(st.data())
def test_any_two_cohorts_add_up(demo_cursor: Any, data: Any) -> None:
    """Counts within counts, bounds about estimates, p counted never below p: whoever is chosen, on whatever day."""
    everyone = demo_cursor.execute("select episode_id from episode_summary order by 1").fetchall()
    names = [row[0] for row in everyone]
    one = data.draw(st.lists(st.sampled_from(names), unique=True, max_size=40))
    two = data.draw(st.lists(st.sampled_from(names), unique=True, max_size=40))
    ask = Ask(
        as_of=DEMO_UNTIL - timedelta(days=data.draw(st.integers(-100, 700))),
        instrument=data.draw(st.sampled_from(INSTRUMENTS)),
        visit=data.draw(st.sampled_from(["day_1", "week_6", "month_3", "month_12"])),
    )
    found = compare.of(demo_cursor, [listed("one", one), listed("two", two)], ask)
    assert sum(difference.is_main for difference in found.differences) == 1
    for group, chosen_ in zip(found.groups, (one, two), strict=True):
        assert (group.episodes or 0) + group.shared <= len(chosen_)
    for point in found.curve:
        assert 0 <= (point.answered or 0) <= (point.due or 0)
        assert (point.mean is None) == (point.answered == 0)
        if point.lower is not None and point.mean is not None and point.upper is not None:
            assert found.question.minimum <= point.lower <= point.mean <= point.upper <= found.question.maximum
    for share in found.shares:
        assert 0 <= (share.count or 0) <= (share.measured or 0) <= (share.due or 0) <= (share.eligible or 0)
    for difference in found.differences:
        if difference.p is not None and difference.p_counted is not None:
            assert difference.p <= difference.p_counted <= 1
            assert (difference.lower or 0) <= (difference.estimate or 0) <= (difference.upper or 0)
    for unit_kind in ("clinic", "surgeon"):
        for group in ("a", "b"):
            units = [unit for unit in found.units if (unit.group, unit.by) == (group, unit_kind)]
            due = sum(one.due or 0 for one in found.answered if one.group == group)
            assert sum(unit.due or 0 for unit in units) == due
    assert len(found.checks) == 4
    assert found.verdict.sentence
