"""Shares: the three numbers that they can be of, their bounds, and what counting everything looked at does."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2_contingency
from statsmodels.stats.multitest import multipletests

from plumbline.stats import (
    StatsError,
    difference_of_shares,
    holm,
    mean_interval,
    responders,
    responses,
    tally,
    wilson,
)
from tests.stats import samples

# improved; fell 2, not 30 %; no room to improve; worse; silent; not due; no baseline; no room to get worse
PATIENTS = pd.DataFrame(
    {
        "before": [7, 8, 1, 4, 6, 7, np.nan, 9],
        "after": [4, 6, 0, 6, np.nan, 2, 3, 10],
        "due": [True, True, True, True, True, False, True, True],
    }
)
DID = responders(PATIENTS, "before", "after", "due", points=2, share=0.3, acceptable=3, worst=10).set_index("kind")


def test_who_improved_of_those_whose_baseline_left_room() -> None:
    """Of eight, six could improve (not 1, not the unknown), five of them due, four answered, one fell 2 and 30 %."""
    assert DID.loc["improved", ["count", "measured", "due", "eligible"]].tolist() == [1, 4, 5, 6]
    assert DID.loc["improved", ["worst", "best"]].tolist() == [1 / 5, 2 / 5]
    assert DID.loc["improved", "estimate"] == 1 / 4


def test_who_is_comfortable_with_a_baseline_or_without() -> None:
    assert DID.loc["comfortable", ["count", "measured", "due", "eligible"]].tolist() == [2, 6, 7, 8]


def test_who_is_worse_of_those_who_can_be_and_the_worst_is_the_larger() -> None:
    """From 9 nobody can get 2 worse; of five who can and are due four answered, one did."""
    assert DID.loc["worse", ["count", "measured", "due", "eligible"]].tolist() == [1, 4, 5, 6]
    assert DID.loc["worse", ["worst", "best"]].tolist() == [2 / 5, 1 / 5]


def test_where_higher_is_better_it_is_the_same_the_other_way_up() -> None:
    turned = PATIENTS.assign(before=10 - PATIENTS["before"], after=10 - PATIENTS["after"])
    found = responders(turned, "before", "after", "due", points=2, share=0.3, acceptable=7, best=10, worst=0)
    pd.testing.assert_frame_equal(found.set_index("kind"), DID)


def test_a_change_of_exactly_the_points_counts_whatever_floats_make_of_it() -> None:
    frame = pd.DataFrame({"before": [0.7], "after": [0.8], "due": [1]})
    found = responders(frame, "before", "after", "due", points=0.1, best=1.0, worst=-0.661)
    assert found["count"].tolist() == [1, 0]


def test_row_by_row_it_is_the_same_rule_with_another_room_or_without_points() -> None:
    before, after = (PATIENTS[name].to_numpy(dtype=float) for name in ("before", "after"))
    found = {one.kind: one for one in responses(before, after, points=2, share=0.3, acceptable=3, best=0)}
    due, answered = PATIENTS["due"].to_numpy(), ~np.isnan(after)
    assert tally(found["improved"], due, answered)["count"] == DID.loc["improved", "count"]
    assert found["comfortable"].did.tolist() == [False, False, True, False, False, True, True, False]
    assert found["worse"].able.tolist() == [True] * 6 + [False, True]  # no worst end was given
    roomy = responses(before, after, points=2, best=0, able=7)[0]
    assert roomy.able.tolist() == [True, True, False, False, False, True, False, True]
    assert [one.kind for one in responses(before, after, points=None, acceptable=3, best=0)] == ["comfortable"]


def test_of_nobody_nothing_is_said() -> None:
    found = responders(PATIENTS.assign(due=False), "before", "after", "due", points=2)
    assert found[["estimate", "lower", "upper", "worst", "best"]].isna().all().all()
    assert wilson(0, 0) == {"estimate": None, "lower": None, "upper": None}
    assert difference_of_shares(0, 0, 1, 2)["p"] is None


def test_a_count_that_cannot_be_is_refused() -> None:
    for k, n in ((3, 2), (-1, 5), (1.5, 3), (float("nan"), 3), ("1", 2), (None, 2), (1, pd.NA), ([1, 2], [3, 4])):
        with pytest.raises(StatsError, match="share"):
            wilson(k, n)  # type: ignore[arg-type]
    with pytest.raises(StatsError, match="missing"):
        responders(PATIENTS.assign(due=[None, *[True] * 7]), "before", "after", "due", points=2)
    with pytest.raises(StatsError, match="points"):
        responders(PATIENTS, "before", "after", "due", points=0)
    for odd in ({"points": None}, {"acceptable": float("nan")}, {"best": None}, {"best": 10, "worst": 10}):
        with pytest.raises(StatsError, match=next(iter(odd))):
            responders(PATIENTS, "before", "after", "due", **{"points": 2, **odd})  # type: ignore[arg-type]
    with pytest.raises(StatsError, match="true and false"):
        responders(PATIENTS.assign(due=2), "before", "after", "due", points=2)


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_holds_its_share_and_is_the_same_from_the_other_side(of: tuple[int, int]) -> None:
    k, n = of
    found, other = wilson(k, n), wilson(n - k, n)
    assert found["lower"] <= k / n <= found["upper"]  # type: ignore[operator]
    assert found["lower"] == pytest.approx(1 - other["upper"])  # type: ignore[operator]


@given(st.lists(st.one_of(st.none(), st.floats(0, 1)), max_size=12))
def test_holm_never_makes_a_p_smaller_and_keeps_their_order(ps: list[float | None]) -> None:
    found = holm(ps)
    assert [one is None for one in found] == [one is None for one in ps]
    known = sorted((p, one) for p, one in zip(ps, found, strict=True) if p is not None and one is not None)
    assert all(p <= one + 1e-12 and one <= 1 for p, one in known)
    assert all(first[1] <= second[1] + 1e-12 for first, second in pairwise(known))


def test_holm_is_that_of_statsmodels() -> None:
    ps = [0.2, 0.013, 0.04, 0.013, 0.9, 0.0001]
    assert holm([*ps, None]) == [*map(pytest.approx, multipletests(ps, method="holm")[1]), None]


def test_the_p_of_two_shares_is_that_of_the_four_fold_table() -> None:
    oracle = chi2_contingency([[56, 14], [48, 32]], correction=False)
    assert difference_of_shares(56, 70, 48, 80)["p"] == pytest.approx(oracle.pvalue)
    assert difference_of_shares(5, 5, 7, 7)["p"] == 1


def test_the_mean_of_a_sample_has_the_interval_of_its_t_test() -> None:
    """R t.test of Student's second drug: mean 2.33, 0.8976775 to 3.7623225."""
    extra = samples.sleep().query("drug == 2")["extra"]
    found = mean_interval(extra.mean(), extra.std(), len(extra))
    assert found == pytest.approx({"estimate": 2.33, "lower": 0.8976775, "upper": 3.7623225}, abs=5e-8)
    assert mean_interval(2.0, None, 1) == {"estimate": 2.0, "lower": None, "upper": None}
    assert mean_interval(0.0, None, 0)["estimate"] is None
    for sd, n in ((-1.0, 3), (1.0, -3), (1.0, 2.5), (float("nan"), 3)):
        with pytest.raises(StatsError, match=r"SD|sd|whole number"):
            mean_interval(2.0, sd, n)  # type: ignore[arg-type]


def test_what_is_no_p_is_not_counted() -> None:
    for p in (1.2, -0.1, float("nan"), "0.03"):
        with pytest.raises(StatsError, match="p"):
            holm([0.01, p])  # type: ignore[list-item]
