"""Over time, by hand: the first twelve closed months make the line, open ones are not judged, few are hidden."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from plumbline.clinics.model import Control
from plumbline.clinics.monthly import control
from tests.clinics.frames import MEASURES, SETTINGS, cases, counted, view

NOBODY = cases([])


def months(counts: list[tuple[int, int]], opened: int = 0, **more: Any) -> pd.DataFrame:
    """A row a month from January 2024: (answers, of them comfortable); the last `opened` have open windows."""
    names = pd.date_range("2024-01-01", periods=len(counts), freq="MS")
    return pd.DataFrame([
        counted("Ash", of, did, month=str(name.date()), is_open=turn >= len(counts) - opened, **more)
        for turn, (name, (of, did)) in enumerate(zip(names, counts, strict=True))
    ])  # fmt: skip


def charted(counts: pd.DataFrame, measure: str = "comfortable", people: pd.DataFrame = NOBODY) -> Control:
    return control(counts, people, view(measure), MEASURES[measure], SETTINGS, ("ash", "Ash"))


def test_the_first_twelve_closed_months_make_the_line_and_the_limits_by_each_months_answers() -> None:
    found = charted(months([(40, 24)] * 12 + [(100, 90), (40, 24)]))
    assert found.kind == "p"
    assert found.is_judged
    assert not found.is_provisional
    assert [one.is_baseline for one in found.months] == [True] * 12 + [False] * 2
    first, later = found.months[0], found.months[12]
    assert first.centre == pytest.approx(0.6)
    assert (first.lower, first.upper) == (
        pytest.approx(0.6 - 3 * np.sqrt(0.24 / 40)), pytest.approx(0.6 + 3 * np.sqrt(0.24 / 40)),
    )  # fmt: skip
    assert later.upper == pytest.approx(0.6 + 3 * np.sqrt(0.24 / 100))
    assert (later.value, later.signal) == (0.9, "outside")
    assert later.words == "January 2025: 90%, 90 of 100; outside the limits"
    assert found.sentence == (
        "Ash: changed. 1 month outside the limits. Line and limits (3 sigma) from the first 12 closed months."
    )


def test_eight_in_a_row_on_one_side_are_a_change_and_seven_are_none() -> None:
    steady = [(40, 24)] * 12
    assert "no sign of a change" in charted(months(steady + [(40, 21)] * 7)).sentence
    found = charted(months(steady + [(40, 21)] * 8))
    assert [one.signal for one in found.months[12:]] == [""] * 7 + ["run"]
    assert "8 or more in a row below the line by Aug 2025 (when it began is less sure)" in found.sentence


def test_a_month_whose_window_is_open_is_shown_and_neither_judged_nor_part_of_the_line() -> None:
    found = charted(months([(40, 24)] * 11 + [(40, 0), (40, 40)], opened=2))
    last = found.months[-1]
    assert last.is_open
    assert last.signal == ""
    assert not last.is_baseline
    assert last.value == 1.0
    assert last.words == "January 2025: 100%, 40 of 40; follow-up still open, not judged"
    assert found.is_provisional
    assert found.sentence.endswith("from the first 11 closed months: provisional.")


def test_fewer_than_eight_closed_months_make_no_line() -> None:
    found = charted(months([(40, 24)] * 7 + [(40, 30)], opened=1))
    assert not found.is_judged
    assert {(one.centre, one.lower, one.signal) for one in found.months} == {(None, None, "")}
    assert found.sentence == "Ash: fewer than 8 months whose follow-up has closed: too few for a line and limits."


def test_a_small_month_is_hidden_and_its_limits_too_where_their_width_would_tell_how_many() -> None:
    found = charted(months([(40, 24)] * 12 + [(20, 17), (3, 2), (30, 15)]))
    most, few = found.months[12], found.months[13]
    assert (most.value, most.answered) == (None, 20)
    assert (most.least, most.most) == (pytest.approx(16 / 20), pytest.approx(19 / 20))
    assert most.words == "January 2025: hidden, of 20"
    assert (few.value, few.answered, few.least, few.lower, few.upper) == (None,) * 5
    assert few.words == "February 2025: under 5 (hidden)"
    # one hidden month alone is told by the sum of the year: the next smallest goes with it
    alone = charted(months([(40, 24)] * 12 + [(20, 17), (30, 15)]))
    assert [turn for turn, one in enumerate(alone.months) if one.value is None] == [12, 13]


def test_a_month_without_a_procedure_has_its_place_and_no_point() -> None:
    counts = months([(40, 24)] * 13)
    found = charted(counts.drop(index=5))
    assert [one.answered for one in found.months][4:7] == [40, 0, 40]
    assert found.months[5].value is None
    assert found.months[5].words == "June 2024: no answer"


def test_where_months_are_small_the_answers_between_two_rare_patients_are_followed() -> None:
    counts = months([(6, 3)] * 24)
    went = [1, 0] * 20 + [1] * 30 + [0]  # every second is not comfortable, then thirty in a row are
    people = cases([("Ash", 7.0, float(one)) for one in went])
    found = charted(counts, people=people)
    assert found.kind == "g"
    assert found.what == "Answers between two patients who were not comfortable"
    assert found.is_more_better  # the longer between, the better
    assert [one.value for one in found.months] == [1.0] * 20 + [30.0]
    assert {one.month_on for one in found.months} == {None}  # a month may have had fewer than five such patients
    assert found.months[1].words == "patient 2: 1 answer since the one before"
    assert found.months[0].centre == 1.0
    assert found.months[0].upper == pytest.approx(1 + 3 * np.sqrt(2))
    assert found.months[-1].signal == "outside"
    assert found.sentence.startswith("Ash: changed. 1 patient outside the limits.")


def test_rare_good_answers_are_the_better_the_closer() -> None:
    people = cases([("Ash", 7.0, float(turn % 6 == 5)) for turn in range(120)])
    found = charted(months([(5, 1)] * 24), people=people)
    assert found.what.endswith("who were comfortable")
    assert not found.is_more_better
    assert {one.value for one in found.months} == {5.0}


def test_too_few_rare_patients_are_not_followed_and_their_number_is_hidden() -> None:
    people = cases([("Ash", 7.0, float(turn >= 3)) for turn in range(60)])
    found = charted(months([(3, 0)] * 20), "worse", people)
    assert found.months == ()
    assert found.sentence == "Ash: of 60 answers, worse: under 5 (hidden). Too few to follow over time."


def test_open_months_have_no_part_in_what_lies_between() -> None:
    people = cases([("Ash", 7.0, float(turn % 2)) for turn in range(40)])
    people["is_month_open"] = [turn >= 30 for turn in range(40)]
    found = charted(months([(4, 2)] * 20), people=people)
    assert len(found.months) == 15


def test_a_mean_score_has_the_limits_of_its_moving_range() -> None:
    counts = pd.concat([
        months([(20, 10)], score=score).assign(month_on=pd.Timestamp("2024-01-01") + pd.DateOffset(months=turn))
        for turn, score in enumerate([3.0, 4.0] * 6 + [9.0])
    ])  # fmt: skip
    found = charted(counts, "mean")
    assert found.kind == "xmr"
    assert not found.is_more_better
    assert found.months[0].centre == pytest.approx(3.5)
    assert found.months[0].upper == pytest.approx(3.5 + 2.66)
    assert [one.signal for one in found.months] == [""] * 12 + ["outside"]
    assert found.months[-1].words == "January 2025: 9.0, 20 answers; outside the limits"


def test_nobody_at_all() -> None:
    found = charted(pd.DataFrame([counted("Elm", 9, 5)]))
    assert found.months == ()
    assert not found.is_judged
