"""The tipping point: a planted one is found, and imputation is honest about what isn't known."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from plumbline.stats import StatsError, adjusted_difference, tipping_point
from tests.stats import samples

SHIFTS = [float(one) for one in np.arange(-8, 8.5, 0.5)]


@pytest.fixture(scope="module")
def due() -> pd.DataFrame:
    """400 due, of whom a quarter of each cohort is silent; b is 1.5 points higher."""
    rng = np.random.default_rng(21)
    frame = samples.patients(rng, 400, 1.5)
    return frame.assign(outcome=frame["outcome"].where(rng.random(400) > 0.25))


def test_with_every_answer_there_it_is_the_adjusted_difference(due: pd.DataFrame) -> None:
    whole = due.dropna()
    found = tipping_point(whole, "outcome", "group", "before", ["age"], shifts=[-3, 0, 3])
    told = adjusted_difference(whole, "outcome", "group", "before", ["age"])
    assert found["line"]["estimate"].tolist() == pytest.approx([told["estimate"]] * 3)
    assert found["line"].loc[1, ["lower", "upper"]].tolist() == pytest.approx([told["lower"], told["upper"]])
    assert (found["tips_at"], found["missing"], found["due"]) == (None, 0, int((whole["group"] == "a").sum()))


def test_a_planted_tipping_point_is_found() -> None:
    """40 of 100 silent in a, nobody in b; without covariates the difference is 2 - 0.4 x shift, to tip short of 5."""
    turn = np.tile([-1.0, 1.0], 50)
    one = pd.DataFrame({"group": "a", "outcome": np.where(np.arange(100) < 60, 3 + turn, np.nan)})
    other = pd.DataFrame({"group": "b", "outcome": 5 + turn})
    found = tipping_point(pd.concat([one, other]), "outcome", "group", None, shifts=SHIFTS)
    line = found["line"].set_index("shift")["estimate"]
    assert line.loc[[0.0, 5.0]].tolist() == pytest.approx([2.0, 0.0])
    assert found["tips_below"] is None
    assert 3.5 < found["tips_at"] < 5
    tipped = tipping_point(pd.concat([one, other]), "outcome", "group", None, shifts=[0, found["tips_at"]])["line"]
    assert tipped["lower"].iloc[1] == pytest.approx(0, abs=1e-9)
    assert tipped["lower"].iloc[0] > 0


def test_shifting_the_other_group_tips_the_other_way(due: pd.DataFrame) -> None:
    first = tipping_point(due, "outcome", "group", "before", shifts=SHIFTS)
    second = tipping_point(due, "outcome", "group", "before", shifts=SHIFTS, shifted="b")
    assert first["tips_above"] == first["tips_at"] > 0
    assert second["tips_below"] == second["tips_at"] < 0
    assert first["line"]["estimate"].iloc[16] == pytest.approx(second["line"]["estimate"].iloc[16])


def test_the_line_is_what_many_drawn_imputations_come_to(due: pd.DataFrame) -> None:
    """Rubin's rules over 400 drawn completions, moved by 2: the same estimate and the same width but for the draw."""
    rng = np.random.default_rng(5)
    estimates, variances = [], []
    for _ in range(400):
        filled = due.copy()
        for group, moved in (("a", 2.0), ("b", 0.0)):
            own = due["group"] == group
            seen, gone = due[own & due["outcome"].notna()], due[own & due["outcome"].isna()]
            matrix = np.column_stack([np.ones(len(seen)), seen["before"]])
            fit, left, *_ = np.linalg.lstsq(matrix, seen["outcome"], rcond=None)
            variance = left[0] / (len(seen) - 2)
            drawn = rng.multivariate_normal(fit, variance * np.linalg.inv(matrix.T @ matrix))
            told = drawn[0] + drawn[1] * gone["before"] + moved + rng.normal(0, np.sqrt(variance), len(gone))
            filled.loc[gone.index, "outcome"] = told
        one = adjusted_difference(filled, "outcome", "group", "before")
        estimates.append(one["estimate"])
        variances.append(((one["upper"] - one["lower"]) / (2 * 1.966)) ** 2)
    width = 2 * 1.97 * np.sqrt(np.mean(variances) + np.var(estimates, ddof=1))
    found = tipping_point(due, "outcome", "group", "before", shifts=[2.0])["line"].iloc[0]
    assert found["estimate"] == pytest.approx(np.mean(estimates), abs=0.03)
    assert found["upper"] - found["lower"] == pytest.approx(width, rel=0.03)


def test_the_interval_is_wider_than_if_the_expected_had_been_seen(due: pd.DataFrame) -> None:
    found = tipping_point(due, "outcome", "group", "before", shifts=[0.0])["line"].iloc[0]
    sure = due.copy()
    for group in "ab":
        seen = due[(due["group"] == group) & due["outcome"].notna()]
        slope, level = np.polyfit(seen["before"], seen["outcome"], 1)
        sure.loc[sure["group"] == group, "outcome"] = sure["outcome"].fillna(level + slope * sure["before"])
    naive = adjusted_difference(sure, "outcome", "group", "before")
    assert found["estimate"] == pytest.approx(naive["estimate"])
    assert found["upper"] - found["lower"] > 1.15 * (naive["upper"] - naive["lower"])


def test_where_the_interval_holds_0_from_the_start_there_is_nothing_to_tip(due: pd.DataFrame) -> None:
    same = due.assign(outcome=due["outcome"] - 1.5 * (due["group"] == "b"))
    found = tipping_point(same, "outcome", "group", "before", shifts=SHIFTS)
    assert (found["tips_at"], found["tips_below"], found["tips_above"]) == (None, None, None)


def test_what_cannot_be_imputed_is_refused_in_words(due: pd.DataFrame) -> None:
    silent = due["outcome"].where((due["group"] == "b") | (due.index < 2))
    with pytest.raises(StatsError, match="too few answers"):
        tipping_point(due.assign(outcome=silent), "outcome", "group", "before", shifts=[0])
    with pytest.raises(StatsError, match="shifts"):
        tipping_point(due, "outcome", "group", "before", shifts=[])
    with pytest.raises(StatsError, match="no such group"):
        tipping_point(due, "outcome", "group", "before", shifts=[0], shifted="c")
    gaps = due.assign(before=due["before"].where(due.index % 10 > 0))
    found = tipping_point(gaps, "outcome", "group", "before", shifts=[0])
    assert (found["n"], found["left_out"], found["due"]) == (360, 40, 180)
    for shifts in (None, 3, "by halves", [float("nan")]):
        with pytest.raises(StatsError, match="shift"):
            tipping_point(due, "outcome", "group", "before", shifts=shifts)  # type: ignore[arg-type]
