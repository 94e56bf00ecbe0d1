"""The funnel, worked out by hand: who stands out, who can't be judged, what is hidden, and like with like."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from plumbline import stats
from plumbline.clinics.case_mix import calibration, expect
from plumbline.clinics.funnel import Units, curve, funnel, judged
from plumbline.clinics.model import Funnel, Point
from tests.clinics.frames import COVARIATES, MEASURES, SETTINGS, cases, counted, view


def drawn(rows: list[dict[str, Any]], measure: str = "comfortable", by: str = "clinic") -> Funnel:
    return funnel(pd.DataFrame(rows), view(measure, by), MEASURES[measure], SETTINGS)


def point(found: Funnel, name: str) -> Point:
    return next(one for one in found.points if one.name == name)


FOUR = [
    counted("Birch", 100, 60), counted("ash", 100, 82), counted("Elm", 100, 44, due=120), counted("Oak", 100, 54),
]  # fmt: skip


def test_the_centre_is_of_all_answers_and_both_directions_are_marked_alike() -> None:
    found = drawn(FOUR)
    assert found.centre == pytest.approx(240 / 400)
    assert [one.name for one in found.points] == ["ash", "Birch", "Elm", "Oak"]
    assert [one.state for one in found.points] == ["stands_out", "as_expected", "stands_out", "as_expected"]
    assert [one.side for one in found.points] == ["above", "", "below", ""]
    assert binom.cdf(44, 100, 0.6) < 0.001 + binom.pmf(44, 100, 0.6)  # by the exact law, at the 99.8% limit
    assert found.headline == (
        "Further from the average than luck explains: ash (more comfortable) and Elm (fewer comfortable)"
    )
    assert "60% (55% to 65%) had back pain of 3 or less at 3 months (400 answers of 420 due, 95%)" in found.sentence
    assert "The other 2 are within the range that luck gives." in found.sentence
    assert point(found, "Elm").words == (
        "Elm: 44%, 44 of 100, 83% of 120 due answered; fewer comfortable: stands out"
    )


def test_between_the_lines_is_only_worth_a_look() -> None:
    found = drawn([counted("Ash", 100, 60), counted("Birch", 400, 240), counted("Elm", 100, 46)])
    assert point(found, "Elm").state == "look"
    assert found.headline == "No clinic is further from the average than luck explains"
    assert "Worth a look, could be luck: Elm (fewer comfortable)." in found.sentence


def test_a_clinic_of_which_too_few_answered_is_not_judged_and_moves_no_line() -> None:
    found = drawn([*FOUR, counted("Pine", 59, 10, due=100)])
    pine = point(found, "Pine")
    assert (pine.state, pine.side, pine.value) == ("thin", "", pytest.approx(10 / 59))
    assert found.centre == pytest.approx(0.6)
    assert found.doubt == "Pine: too few answers to judge (under 60%)."
    assert "Across those judged" in found.sentence
    assert point(drawn([*FOUR, counted("Pine", 60, 36, due=100)]), "Pine").state == "as_expected"


def test_a_small_number_is_hidden_before_anything_is_drawn_and_its_neighbour_with_it() -> None:
    found = drawn([*FOUR, counted("Pine", 50, 47)])
    pine, shut = point(found, "Pine"), [one.name for one in found.points if one.is_hidden]
    assert shut == ["ash", "Pine"]  # 3 of Pine are not comfortable; ash has the next fewest
    assert (pine.value, pine.raw, pine.count) == (None, None, None)
    assert (pine.least, pine.most) == (pytest.approx(46 / 50), pytest.approx(49 / 50))
    assert pine.words.startswith("Pine: hidden, of 50")
    assert "47" not in pine.words
    few = drawn([*FOUR, counted("Pine", 4, 2), counted("Yew", 3, 2)])
    assert [(one.answered, one.due) for one in few.points if one.name in ("Pine", "Yew")] == [(None, None)] * 2


def test_where_even_the_sum_is_small_there_is_no_line_to_read_it_from() -> None:
    found = drawn([counted("Ash", 100, 2), counted("Birch", 90, 1)], "worse")
    assert (found.centre, found.limits) == (None, ())
    assert "under 5 (hidden)" in found.sentence


def test_one_clinic_alone_none_that_answered_and_nobody_due() -> None:
    alone = drawn([counted("Ash", 100, 60)])
    assert alone.headline == "One clinic alone: nothing to compare it with"
    assert alone.limits == ()
    assert alone.reading == ()
    assert point(alone, "Ash").value == pytest.approx(0.6)
    silent = drawn([counted("Ash", 0, 0, due=20), counted("Birch", 0, 0, due=30)])
    assert silent.headline == "No answer to judge at 3 months yet"
    assert [one.state for one in silent.points] == ["empty"] * 2
    assert silent.doubt == "Ash and Birch: no answers."
    nobody = drawn([counted("Ash", 10, 5, visit="week_6")])
    assert nobody.points == ()
    assert nobody.sentence == "No visit was due yet whose window has closed."


def test_answers_without_a_surgeon_are_left_out_and_said() -> None:
    rows = [counted("Ash", 40, 20, surgeon="B"), counted("Ash", 40, 20, surgeon="A"), counted("Ash", 7, 6)]
    found = drawn(rows, by="surgeon")
    assert [one.unit for one in found.points] == ["A", "B"]
    assert found.reading[-1] == "No surgeon is recorded for 7 answers: left out."
    nobody = drawn([counted("Ash", 40, 20), counted("Oak", 40, 30)], by="surgeon")
    assert (nobody.headline, nobody.points) == ("No surgeon is recorded", ())
    assert nobody.sentence.startswith("There are answers, but none with a surgeon")


def test_luck_is_counted_and_ten_units_allow_for_ordinary_spread() -> None:
    found = drawn(FOUR)
    assert "Too few clinics to allow for ordinary spread between them (4 of the 10 needed)." in found.reading
    assert "32 views" in found.reading[2]
    assert "about 3 of their 64 points" in found.reading[2]
    rng = np.random.default_rng(1)
    many = [counted(f"C{turn:02}", 400, int(400 * share)) for turn, share in enumerate(rng.uniform(0.5, 0.7, 20))]
    spread = drawn(many)
    assert "Limits are widened for the ordinary spread between clinics." in spread.reading
    plain = pd.DataFrame({"u": range(20), "n": 400, "o": [row["comfortable"] for row in many]})
    narrow = stats.funnel(plain, "u", "n", "o")
    assert max(one.upper95 for one in spread.limits) > narrow["upper95"].max()


def test_a_mean_score_has_limits_that_lean_as_the_scores_do() -> None:
    rows = [counted("Ash", 60, 30, score=2.0), counted("Birch", 60, 30, score=2.1), counted("Elm", 60, 30, score=4.5)]
    found = drawn(rows, "mean")
    assert found.centre == pytest.approx((2.0 + 2.1 + 4.5) / 3)
    assert point(found, "Elm").words == "Elm: 4.5, 60 answers, 100% of 60 due answered; more back pain: stands out"
    assert point(found, "Ash").state == "stands_out"
    # whoever always gives one score has no spread to judge by
    flat = drawn([counted("Ash", 10, 5, spread=0), counted("Birch", 10, 5, spread=0)], "mean")
    assert flat.centre is None
    assert flat.limits == ()


@given(st.integers(5, 400), st.integers(1, 99))
def test_the_curve_of_a_share_lies_where_the_flags_change(n: int, percent: int) -> None:
    """On both sides: as many as that by chance alone, or more extreme, are rarer than the line says."""
    size, chance = np.array([float(n)]), percent / 100
    told = stats.funnel(pd.DataFrame({"u": ["a", "b"], "n": [n, 100 * n], "o": [n * percent // 100, n * percent]}),
                        "u", "n", "o")  # fmt: skip
    units = Units(told, chance, None, None, 0.0)
    count = np.arange(n + 1)
    lower95, upper95, lower998, upper998 = (float(one[0]) for one in curve(size, units, is_share=True))
    for lower, upper, rare in ((lower95, upper95, 0.025), (lower998, upper998, 0.001)):
        away = np.minimum(abs(count / n - lower), abs(count / n - upper)) > 1e-9
        assert ((count / n < lower) == (binom.cdf(count, n, chance) < rare))[away].all()
        assert ((count / n > upper) == (binom.sf(count - 1, n, chance) < rare))[away].all()


@given(st.integers(5, 400), st.integers(1, 99))
def test_the_curve_of_a_mean_is_what_a_unit_of_that_size_is_judged_by(n: int, percent: int) -> None:
    one = pd.DataFrame({"u": ["a"], "n": [n], "o": [percent / 100]})
    told = stats.funnel(one, "u", "n", "o", kind="mean", sd=2.0, skew=1.2)
    units = Units(told, percent / 100, 2.0, 1.2, 0.0)
    drawn_at = [float(line[0]) for line in curve(np.array([float(n)]), units, is_share=False)]
    assert drawn_at == pytest.approx([told[name].iloc[0] for name in ("lower95", "upper95", "lower998", "upper998")])


def test_a_clinic_with_harder_patients_is_as_expected_like_with_like() -> None:
    """Of patients with pain of 4 before 8 in 10 do well everywhere, of those with 9 half: Ash has only these."""
    easy = [("Birch", 4.0, 1.0)] * 240 + [("Birch", 4.0, 0.0)] * 60
    hard = [(name, 9.0, did) for name in ("Ash", "Birch") for did in (1.0, 0.0) for _ in range(50)]
    people = cases(easy + hard)
    counts = pd.DataFrame([counted("Ash", 100, 50), counted("Birch", 400, 290)])
    raw = funnel(counts, view(), MEASURES["comfortable"], SETTINGS)
    expected = expect(people, "comfortable", COVARIATES, SETTINGS)
    alike = funnel(counts, view(is_adjusted=True), MEASURES["comfortable"], SETTINGS, people, expected)
    assert point(raw, "Ash").state == "stands_out"
    assert point(alike, "Ash").state == "as_expected"
    assert point(alike, "Ash").value == pytest.approx(340 / 500, abs=0.005)  # 50 of 50 expected, times the centre
    assert point(alike, "Ash").raw == pytest.approx(0.5)
    assert "68% like with like (50%, 50 of 100)" in point(alike, "Ash").words
    assert alike.case_mix.startswith("Allowed for: score before. In fifths of what was expected")


def test_too_few_events_allow_for_less_and_then_for_nothing() -> None:
    rng = np.random.default_rng(2)
    people = cases([("Ash", float(before), float(rng.random() < 0.9)) for before in rng.integers(4, 11, 500)])
    people["age"], people["is_female"] = rng.normal(75, 8, 500), (rng.random(500) < 0.7).astype(float)
    people["level_count"] = rng.integers(1, 4, 500).astype(float)
    events = int(500 - people["comfortable"].sum())
    assert 40 <= events < 60
    some = expect(people, "comfortable", COVARIATES, SETTINGS)
    assert some.used == ("baseline", "age")
    assert "Too few did otherwise to allow for more." in some.words
    none = expect(people.head(60), "comfortable", COVARIATES, SETTINGS)
    assert none.of is None
    assert none.words == "Too few to allow for how patients were before: shown as measured."
    all_ = expect(people, "mean", COVARIATES, SETTINGS)
    assert all_.used == ("baseline", "age", "is_female", "level_count")
    assert all_.of is not None
    assert all_.of.mean() == pytest.approx(people["mean"].mean())


def test_what_is_known_of_too_few_is_not_allowed_for() -> None:
    people = cases([("Ash", float(turn % 7 + 4), float(turn % 3 > 0)) for turn in range(300)])
    people["age"] = [75.0 + turn % 9 if turn % 5 else np.nan for turn in range(300)]  # of 8 in 10
    assert expect(people, "comfortable", COVARIATES, SETTINGS).used == ("baseline",)
    people["age"] = [75.0 + turn % 9 if turn % 20 else np.nan for turn in range(300)]
    assert expect(people, "comfortable", COVARIATES, SETTINGS).used == ("baseline", "age")


def test_calibration_says_how_far_off_the_worst_fifth_is() -> None:
    expected = np.repeat([0.1, 0.3, 0.5, 0.7, 0.9], 100)
    did = (10, 30, 62, 70, 90)
    result = np.concatenate([np.r_[np.ones(one), np.zeros(100 - one)] for one in did])
    assert "at most 12 percentage points apart" in calibration(result, expected, True)


def test_a_clinic_that_is_not_judged_moves_nothing_like_with_like_either() -> None:
    """All patients are alike, so like with like is as measured, whatever the clinic does of which few answered."""
    rows = [("Ash", 60, 48), ("Birch", 60, 30)]
    people = cases([(name, 7.0 + turn % 2, float(turn % 2 == 0)) for name in ("Ash", "Birch") for turn in range(60)])
    for name, of, did in rows:  # the score before says nothing: as many of each do well
        at = people.index[people["clinic_id"] == name.lower()]
        people.loc[at, "comfortable"] = [float(turn // 2 < did // 2) for turn in range(of)]
    silent = cases([("Pine", 7.0, 0.0)] * 50)
    counts = pd.DataFrame([counted(name, of, did) for name, of, did in rows] + [counted("Pine", 50, 5, due=100)])
    units = judged(counts, view(), MEASURES["comfortable"], SETTINGS)
    assert units == {"ash", "birch"}
    everybody = pd.concat([people, silent], ignore_index=True)
    mine = everybody[everybody["clinic_id"].isin(units)]
    expected = expect(mine, "comfortable", COVARIATES, SETTINGS)
    raw = funnel(counts, view(), MEASURES["comfortable"], SETTINGS)
    alike = funnel(counts, view(is_adjusted=True), MEASURES["comfortable"], SETTINGS, mine, expected)
    assert [one.value for one in alike.points] == pytest.approx([one.value for one in raw.points])
    assert [one.state for one in alike.points] == [one.state for one in raw.points]


def test_a_surgeon_who_is_hidden_does_not_follow_from_the_clinic() -> None:
    """Of Oak's 33 comfortable 30 are Dr A's, so 3 Dr B's, though Dr E of elm is the next larger of all."""
    rows = [
        counted("Oak", 60, 30, surgeon="Dr A"), counted("Oak", 40, 3, surgeon="Dr B"),
        counted("elm", 50, 20, surgeon="Dr D"), counted("elm", 50, 44, surgeon="Dr E"),
        counted("Ash", 50, 25, surgeon="Dr F"),
    ]  # fmt: skip
    by_surgeon, by_clinic = drawn(rows, by="surgeon"), drawn(rows)
    assert point(by_clinic, "Oak").count == 33
    assert {one.name for one in by_surgeon.points if one.count is None} >= {"A", "B"}
    assert point(by_surgeon, "F").count == 25


def test_where_a_clinic_is_hidden_its_surgeons_are() -> None:
    rows = [
        counted("Oak", 50, 3, surgeon="Dr A"), counted("elm", 40, 20, surgeon="Dr D"),
        counted("elm", 40, 14, surgeon="Dr E"), counted("Ash", 90, 45, surgeon="Dr F"),
    ]  # fmt: skip
    assert point(drawn(rows), "elm").count is None
    assert [one.name for one in drawn(rows, by="surgeon").points if one.count is not None] == ["F"]


def test_answered_of_due_is_not_told_where_few_are_silent() -> None:
    """Neither in the figures of a point nor in its words: of Oak 2, of Dr A 2."""
    rows = [
        counted("Oak", 50, 20, due=52, surgeon="Dr A"), counted("Oak", 50, 20, due=60, surgeon="Dr B"),
        counted("elm", 50, 20, due=70, surgeon="Dr D"), counted("Ash", 50, 25, due=80, surgeon="Dr F"),
    ]  # fmt: skip
    told = point(drawn(rows, by="surgeon"), "A")
    assert (told.received, told.due) == (None, None)
    assert "due answered" not in told.words
    assert point(drawn(rows, by="surgeon"), "B").due is None, "left of Oak's"
    assert point(drawn(rows), "Oak").due == 112
    assert point(drawn(rows, by="surgeon"), "F").words.endswith("62% of 80 due answered; as expected")
