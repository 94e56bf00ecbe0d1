"""How alike two groups were: worked by hand, and at the edges."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from plumbline.stats import StatsError, balance
from plumbline.stats.balancing import COLUMNS

FRAME = pd.DataFrame(
    {
        "cohort": ["a"] * 4 + ["b"] * 4,
        "age": [70.0, 72, 74, 76, 74, 76, 78, np.nan],
        "sex": ["female", "female", "male", "female", "male", "male", "female", "male"],
        "prior": pd.array([True, False, None, False, True, True, False, False], dtype="boolean"),
        "cause": ["x", "y", "z", "x", "x", "y", "z", None],
        "year": 2026,
        "site": [1] * 4 + [2] * 4,
    }
)
FOUND = balance(FRAME, "cohort", ["age", "sex", "prior", "cause", "year", "site"])


def row(covariate: str) -> pd.Series[object]:
    return FOUND[FOUND["covariate"] == covariate].iloc[0]


def test_a_number_by_hand() -> None:
    """Means 73 and 76 of 4 and 3, variances 20/3 and 4: 3 / sqrt(16/3) = 1.299, error sqrt(7/12 + d²/14)."""
    found = row("age")
    assert found[["kind", "first", "second", "first_n", "second_n"]].tolist() == ["mean", 73, 76, 4, 3]
    difference = 3 / np.sqrt(16 / 3)
    half = 1.959964 * np.sqrt(7 / 12 + difference**2 / 14)
    told = [difference, difference - half, difference + half]
    assert found[["difference", "lower", "upper"]].tolist() == pytest.approx(told, abs=1e-6)


def test_a_share_by_hand() -> None:
    """One man of four against three of four: 0.5 / sqrt(0.1875) = 1.155."""
    found = row("sex")
    assert found[["level", "kind", "first", "second"]].tolist() == ["male", "share", 0.25, 0.75]
    assert found["difference"] == pytest.approx(0.5 / np.sqrt(0.1875))
    assert row("prior")[["first", "second", "first_n", "second_n"]].tolist() == [1 / 3, 0.5, 3, 4]


def test_of_more_than_two_words_each_has_a_row() -> None:
    assert list(FOUND.columns) == COLUMNS
    assert FOUND.loc[FOUND["covariate"] == "cause", "level"].tolist() == ["x", "y", "z"]
    assert row("cause")[["first", "second_n"]].tolist() == [0.5, 3]


def test_the_level_of_a_number_is_none_whatever_words_stand_beside_it() -> None:
    """A column of 3 and 4 as categories has numbers for words: a number's own row keeps None, and is no NaN."""
    mixed = FRAME.assign(grade=pd.Categorical([3, 4] * (len(FRAME) // 2)))
    assert balance(mixed, "cohort", ["age", "grade"])["level"].tolist() == [None, 4]
    with pytest.raises(StatsError, match="dates"):
        balance(FRAME.assign(wait=pd.to_timedelta(range(len(FRAME)), unit="D")), "cohort", ["wait"])


def test_what_does_not_vary_is_the_same_or_wholly_apart_and_never_passes_for_alike() -> None:
    assert row("year")["difference"] == 0
    assert row("site")["difference"] == np.inf
    assert abs(row("site")["difference"]) > 0.1  # type: ignore[arg-type]


def test_other_than_two_groups_are_refused() -> None:
    with pytest.raises(StatsError, match="8 groups"):
        balance(FRAME.assign(cohort=range(8)), "cohort", ["age"])


def test_words_that_are_known_of_nobody_keep_a_row_and_no_covariates_make_none() -> None:
    found = balance(FRAME.assign(sex=None, age=np.nan), "cohort", ["sex", "age"])
    assert found["covariate"].tolist() == ["sex", "age"]
    assert found["kind"].tolist() == ["share", "mean"]
    assert found[["first", "second", "difference"]].isna().all().all()
    none = balance(FRAME, "cohort", [])
    assert (list(none.columns), len(none)) == (COLUMNS, 0)
