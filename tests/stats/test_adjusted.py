"""The adjusted difference: against the formula interface of statsmodels, and what it does not adjust for."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from statsmodels.formula.api import ols

from plumbline.stats import StatsError, adjusted_difference, adjusters, raw_difference
from tests.stats import samples


@pytest.fixture(scope="module")
def frame() -> pd.DataFrame:
    rng = np.random.default_rng(11)
    drawn = samples.patients(rng, 200, 1.2)
    return drawn.assign(
        sex=rng.choice(["female", "male"], 200),
        cause=rng.choice(["osteoporosis", "tumour", "injury"], 200),
        prior=rng.random(200) < 0.3,
        clinic=np.where(drawn["group"] == "a", "Harbour", rng.choice(["Lakeside", "Hilltop", "Park"], 200)),
    )


def test_it_is_the_coefficient_of_the_group_in_the_linear_model(frame: pd.DataFrame) -> None:
    found = adjusted_difference(frame, "outcome", "group", "before", ["age", "sex", "cause", "prior"])
    oracle = ols("outcome ~ group + before + age + sex + cause + prior", frame).fit()
    lower, upper = oracle.conf_int().loc["group[T.b]"]
    told = {"estimate": oracle.params["group[T.b]"], "lower": lower, "upper": upper, "p": oracle.pvalues["group[T.b]"]}
    raw = ols("outcome ~ group", frame).fit()
    assert found == pytest.approx(
        {**told, "n": 200, "raw_estimate": raw.params["group[T.b]"], "raw_p": raw.pvalues["group[T.b]"]}
    )


def test_the_raw_figure_is_of_the_same_rows_and_of_every_row_apart(frame: pd.DataFrame) -> None:
    gaps = frame.assign(age=frame["age"].where(frame.index % 5 > 0))
    found = adjusted_difference(gaps, "outcome", "group", "before", ["age"])
    same = raw_difference(gaps.dropna(), "outcome", "group")
    assert (found["n"], found["raw_estimate"], found["raw_p"]) == pytest.approx((160, same["estimate"], same["p"]))
    assert raw_difference(gaps, "outcome", "group")["n"] == 200


def test_what_defines_the_groups_is_not_adjusted_for(frame: pd.DataFrame) -> None:
    """With the clinic's words left in, the others would be compared with one clinic of theirs alone."""
    odd = frame.assign(code=(frame["group"] == "b") * 3 + 1, old=frame["age"] + 30 * (frame["group"] == "a"))
    given = (odd, "outcome", "group", "before")
    found = adjusters(*given, ["clinic", "age", "code", "old"])
    assert found == {
        "kept": ["before", "age"],
        "dropped": dict.fromkeys(["clinic", "code", "old"], "tells the groups apart"),
    }
    assert adjusted_difference(*given, ["clinic", "age", "code", "old"]) == adjusted_difference(*given, ["age"])


def test_what_is_constant_or_told_twice_changes_nothing(frame: pd.DataFrame) -> None:
    odd = frame.assign(year=2026, months=frame["age"] * 12 + 5, other=(frame["sex"] == "male").astype(float))
    given = (odd, "outcome", "group", "before")
    found = adjusters(*given, ["year", "age", "months", "sex", "other"])
    assert found["kept"] == ["before", "age", "sex"]
    assert found["dropped"] == {
        "year": "the same in all rows",
        "months": "told by the others",
        "other": "told by the others",
    }
    one = adjusted_difference(*given, ["year", "age", "months", "sex", "other"])
    assert one == pytest.approx(adjusted_difference(*given, ["age", "sex"]))


@pytest.mark.parametrize("cast", ["Int64", "Float64", "object", "category"])
def test_the_kind_of_number_and_of_group_does_not_matter(frame: pd.DataFrame, cast: str) -> None:
    rounded = frame.assign(before=frame["before"].round(), prior=frame["prior"].astype("boolean"))
    plain = adjusted_difference(rounded, "outcome", "group", "before", ["prior"])
    other = (
        rounded.assign(before=rounded["before"].astype(cast)) if cast != "category" else rounded.astype({"group": cast})
    )
    if cast == "object":
        other = other.assign(before=[Decimal(int(one)) for one in rounded["before"]])
    shuffled = other.sample(frac=1, random_state=3)
    assert adjusted_difference(shuffled, "outcome", "group", "before", ["prior"]) == pytest.approx(plain)


def test_the_second_in_sort_order_is_compared_with_the_first(frame: pd.DataFrame) -> None:
    turned = frame.assign(group=frame["group"].map({"a": 2, "b": 1}))
    one = adjusted_difference(frame, "outcome", "group", "before")
    other = adjusted_difference(turned, "outcome", "group", "before")
    assert one["estimate"] == pytest.approx(-other["estimate"])
    assert (one["lower"], one["upper"]) == pytest.approx((-other["upper"], -other["lower"]))


def test_what_cannot_be_compared_is_refused_in_words(frame: pd.DataFrame) -> None:
    for change, words in (
        ({"group": "a"}, "1 groups"),
        ({"group": list("abcd") * 50}, "4 groups"),
        ({"group": None}, "missing"),
        ({"before": frame["before"].where(frame["group"] == "a")}, "no complete row"),
        ({"before": [float("inf")] * 200}, "infinity"),
        ({"before": pd.Timestamp("2026-01-01")}, "dates"),
    ):
        with pytest.raises(StatsError, match=words):
            adjusted_difference(frame.assign(**change), "outcome", "group", "before")
    few = frame.iloc[[0, 1, 198, 199]]
    with pytest.raises(StatsError, match="too few"):
        adjusted_difference(few, "outcome", "group", "before", ["age"])
    with pytest.raises(StatsError, match="as a list"):
        adjusted_difference(frame, "outcome", "group", "before", "age")


@pytest.mark.parametrize("told", [3, 0.1, 1e9 + 0.3])
def test_an_outcome_that_is_the_same_in_all_rows_differs_by_nothing_at_all(frame: pd.DataFrame, told: float) -> None:
    """What floats leave over is no difference: it once made p 0.00002 of one score that all had."""
    found = adjusted_difference(frame.assign(outcome=told), "outcome", "group", "before", ["age", "sex"])
    assert found == {"estimate": 0, "lower": 0, "upper": 0, "p": 1, "n": 200, "raw_estimate": 0, "raw_p": 1}


def test_an_outcome_that_the_group_tells_wholly_is_certain(frame: pd.DataFrame) -> None:
    sure = frame.assign(outcome=3.1 + 1.5 * (frame["group"] == "b"))
    found = adjusted_difference(sure, "outcome", "group", "before")
    assert [found[name] for name in ("estimate", "lower", "upper")] == pytest.approx([1.5] * 3)
    assert (found["p"], found["raw_p"]) == (0, 0)
    assert adjusted_difference(frame, "before", "group", "before")["p"] == 1


def test_no_covariates_may_be_said_as_none_and_the_frame_stays_as_it_was(frame: pd.DataFrame) -> None:
    odd = frame.rename(columns={"outcome": "n", "group": "estimate", "before": "raw p"})
    before = odd.copy(deep=True)
    found = adjusted_difference(odd, outcome="n", group="estimate", baseline="raw p", covariates=None)  # type: ignore[arg-type]
    assert found == adjusted_difference(frame, "outcome", "group", "before")
    pd.testing.assert_frame_equal(odd, before)


def test_a_frame_that_is_none_and_a_column_in_place_of_its_name_are_refused_in_words(frame: pd.DataFrame) -> None:
    with pytest.raises(StatsError, match="DataFrame is needed, not dict"):
        adjusted_difference({"group": [1]}, "outcome", "group", "before")  # type: ignore[arg-type]
    with pytest.raises(StatsError, match="name, not its values"):
        adjusted_difference(frame, frame["outcome"], "group", "before")  # type: ignore[arg-type]
    wide = pd.concat({"at 12 months": frame}, axis=1)
    names = [("at 12 months", name) for name in ("outcome", "group", "before")]
    assert adjusted_difference(wide, *names) == adjusted_difference(frame, "outcome", "group", "before")
    with pytest.raises(StatsError, match="no column"):
        adjusted_difference(frame, ("outcome", "group"), "group", "before")
