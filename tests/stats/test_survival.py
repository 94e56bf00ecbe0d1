"""Time to an event: against lifelines, by hand, and what is refused."""

from __future__ import annotations

import warnings

import lifelines
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lifelines.statistics import multivariate_logrank_test
from statsmodels.duration.survfunc import CumIncidenceRight

from plumbline.stats import StatsError, cumulative_incidence, day_reached, log_rank, person_time_rate
from plumbline.stats.survival import COLUMNS
from tests.stats import samples

TIED = pd.DataFrame({"day": [1, 2, 2, 2, 3, 4, 4, 5], "what": [1, 1, 2, 0, 1, 2, 1, 0]})


def drawn(seed: int, count: int = 80, tied: bool = False) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    time = rng.exponential(30, count) + 0.01
    return pd.DataFrame(
        {
            "time": np.ceil(time / 5) if tied else time,
            "event": rng.choice([0, 1, 2], count, p=[0.3, 0.5, 0.2]),
            "group": rng.choice(["x", "y", "z"], count),
        }
    )


def test_with_ties_and_a_competing_event_by_hand() -> None:
    """Day 1: one of eight. Day 2: of seven one, and one other, one leaves. Day 3: one of four. Day 4: one of three."""
    found = cumulative_incidence(TIED, "day", "what").set_index("time")
    assert list(found.index) == [0, 1, 2, 3, 4, 5]
    assert found["at_risk"].tolist() == [8, 8, 7, 4, 3, 1]
    left = [1, 7 / 8, 7 / 8 * 5 / 7, 7 / 8 * 5 / 7 * 3 / 4]
    steps = np.cumsum([0, left[0] / 8, left[1] / 7, left[2] / 4, left[3] / 3, 0])
    assert found["estimate"].to_numpy() == pytest.approx(steps)
    assert (found["group"] == "all").all()


def test_without_a_competing_event_by_hand() -> None:
    """Three patients: one event of three, then one of two left, then nobody is left: log-log bounds by the book."""
    found = cumulative_incidence(pd.DataFrame({"t": [1, 2, 3], "e": [True, True, False]}), "t", "e")
    assert found["estimate"].tolist() == pytest.approx([0, 1 / 3, 2 / 3, 2 / 3])
    deviation = np.sqrt(1 / (3 * 2)) / abs(np.log(2 / 3))
    bounds = [1 - (2 / 3) ** np.exp(sign * 1.959964 * deviation) for sign in (-1, 1)]
    assert found.loc[1, ["lower", "upper"]].tolist() == pytest.approx(bounds, abs=1e-6)


def test_when_everybody_got_there_the_bounds_can_still_be_read() -> None:
    found = cumulative_incidence(pd.DataFrame({"t": [1, 2, 3, 3], "e": [1, 1, 1, 1]}), "t", "e")
    assert found[["estimate", "upper"]].iloc[-1].tolist() == [1, 1]
    assert found["lower"].iloc[-1] == found["lower"].iloc[-2] > 0


@pytest.mark.parametrize("tied", [False, True])
def test_kaplan_meier_is_that_of_lifelines(tied: bool) -> None:
    frame = drawn(3, tied=tied).assign(event=lambda it: it["event"] == 1)
    oracle = lifelines.KaplanMeierFitter().fit(frame["time"], frame["event"])
    found = cumulative_incidence(frame, "time", "event").set_index("time")
    assert found["estimate"].to_numpy() == pytest.approx(1 - oracle.survival_function_.iloc[:, 0].to_numpy())
    bounds = 1 - oracle.confidence_interval_.to_numpy()[:, ::-1]
    inner = (found["estimate"] > 0) & (found["estimate"] < 1)
    assert found.loc[inner, ["lower", "upper"]].to_numpy() == pytest.approx(bounds[inner])
    assert found["at_risk"].tolist() == oracle.event_table["at_risk"].tolist()


def test_aalen_johansen_is_that_of_lifelines() -> None:
    frame = drawn(4)
    oracle = lifelines.AalenJohansenFitter().fit(frame["time"], frame["event"], event_of_interest=1)
    found = cumulative_incidence(frame, "time", "event")
    assert found["estimate"].to_numpy() == pytest.approx(oracle.cumulative_density_.iloc[:, 0].to_numpy())
    inner = (found["estimate"] > 0).to_numpy(copy=True)
    inner[-1] = False
    assert found.loc[inner, ["lower", "upper"]].to_numpy() == pytest.approx(
        oracle.confidence_interval_.to_numpy()[inner]
    )


def test_aalen_johansen_with_ties_has_the_error_of_statsmodels() -> None:
    frame = drawn(5, tied=True)
    oracle = CumIncidenceRight(frame["time"], frame["event"])
    found = cumulative_incidence(frame, "time", "event").iloc[1:].reset_index(drop=True)
    estimate, error = oracle.cinc[0], oracle.cinc_se[0]
    assert found["estimate"].to_numpy() == pytest.approx(estimate)
    lower = estimate ** np.exp(1.959964 * error / (estimate * np.abs(np.log(estimate))))
    assert found["lower"].to_numpy()[:-1] == pytest.approx(lower[:-1], abs=1e-6)


@pytest.mark.parametrize("tied", [False, True])
def test_the_log_rank_of_three_groups_is_that_of_lifelines(tied: bool) -> None:
    frame = drawn(6, tied=tied).assign(event=lambda it: (it["event"] == 1).astype("Int64"))
    oracle = multivariate_logrank_test(frame["time"], frame["group"], frame["event"])
    found = log_rank(frame, "time", "event", "group")
    assert found == pytest.approx({"statistic": oracle.test_statistic, "df": 2, "p": oracle.p_value})


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 2)), min_size=1, max_size=40))
def test_a_curve_never_falls_and_lies_within_its_bounds(rows: list[tuple[int, int]]) -> None:
    frame = pd.DataFrame(rows, columns=["time", "event"])
    found = cumulative_incidence(frame, "time", "event")
    assert not found.isna().any().any()
    assert (found["estimate"].diff().dropna() >= -1e-12).all()
    assert ((found["lower"] <= found["estimate"] + 1e-12) & (found["estimate"] <= found["upper"] + 1e-12)).all()
    assert found[["lower", "upper"]].to_numpy().min() >= 0
    assert found[["lower", "upper"]].to_numpy().max() <= 1
    both = cumulative_incidence(pd.concat([frame.assign(g="q"), frame.assign(g="p")]), "time", "event", "g")
    assert both.loc[both["group"] == "p", "estimate"].tolist() == found["estimate"].tolist()


def test_the_frame_has_the_columns_that_are_promised_with_or_without_rows() -> None:
    assert list(cumulative_incidence(samples.lung(), "time", "dead", "sex").columns) == COLUMNS
    none = samples.lung().iloc[:0]
    assert list(cumulative_incidence(none, "time", "dead", "sex").columns) == COLUMNS


def test_the_day_reached_is_none_where_the_curve_ends_before_it() -> None:
    curve = cumulative_incidence(samples.leukaemia(), "weeks", "relapse", "drug")
    assert day_reached(curve, 0.5) == {1: 8.0, 2: 23.0}
    assert day_reached(curve, 0.8) == {1: 12.0, 2: None}
    assert day_reached(cumulative_incidence(pd.DataFrame({"t": [1, 2], "e": [1, 1]}), "t", "e"), 0.5) == {"all": 1.0}


def test_a_group_of_whom_nobody_was_left_at_the_first_event_takes_no_degree_of_freedom() -> None:
    frame = drawn(7).assign(event=lambda it: it["event"] == 1, time=lambda it: it["time"] + 1)
    gone = pd.DataFrame({"time": [0.5, 0.7], "event": [False, False], "group": ["w", "w"]})
    assert log_rank(pd.concat([frame, gone]), "time", "event", "group") == log_rank(frame, "time", "event", "group")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"dead": 2}, "true where the event happened"),
        ({"time": np.nan}, "missing values"),
        ({"sex": None}, "missing values"),
        ({"sex": 1}, "one group"),
        ({"time": -1}, "below 0"),
        ({"dead": "yes"}, "not a number"),
        ({"dead": 0}, "no event"),
    ],
)
def test_what_the_log_rank_cannot_read_it_refuses_in_words(change: dict[str, object], words: str) -> None:
    with pytest.raises(StatsError, match=words):
        log_rank(samples.lung().assign(**change), "time", "dead", "sex")


def test_a_column_that_is_not_there_is_named() -> None:
    with pytest.raises(StatsError, match="no column 'death'"):
        log_rank(samples.lung(), "time", "death", "sex")


def test_the_coding_1_and_2_of_censored_and_dead_is_refused_with_what_to_do() -> None:
    frame = samples.lung().assign(status=lambda it: it["dead"].astype(int) + 1)
    with pytest.raises(StatsError, match=r"frame\['status'\] == 2"):
        log_rank(frame, "time", "status", "sex")


def test_a_rate_needs_time_and_a_count() -> None:
    for events, years in ((1, 0.0), (-1, 10.0), (1, float("nan")), (1.5, 10.0), ("3", 10.0), (None, 10.0)):
        with pytest.raises(StatsError, match=r"events|person_years|observed"):
            person_time_rate(events, years)  # type: ignore[arg-type]
    assert person_time_rate(3, 150)["estimate"] == 2


def test_where_it_happened_to_everybody_at_once_the_groups_are_alike() -> None:
    """The covariance is all 0 then, and there is no dividing by it; in any order of the rows the same is found."""
    frame = pd.DataFrame({"t": [1, 5, 5, 5], "e": [0, 1, 1, 1], "g": [0, 0, 1, 2]})
    assert log_rank(frame, "t", "e", "g") == {"statistic": 0, "df": 2, "p": 1}


def test_a_curve_of_nobody_is_of_numbers_and_the_frame_stays_as_it_was() -> None:
    frame = samples.lung().rename(columns={"time": "estimate", "sex": "at_risk", "dead": "group"})
    before = frame.copy(deep=True)
    found = cumulative_incidence(frame, "estimate", "group", "at_risk")
    named = cumulative_incidence(samples.lung(), "time", "dead", "sex")
    pd.testing.assert_frame_equal(found, named)
    log_rank(frame, "estimate", "group", "at_risk")
    pd.testing.assert_frame_equal(frame, before)
    none = cumulative_incidence(frame.iloc[:0], "estimate", "group", "at_risk")
    assert none.dtypes.tolist() == found.dtypes.tolist()


def test_a_group_that_all_got_there_beside_one_with_a_competing_event_overflows_nothing() -> None:
    """Seven steps of a seventh come to a hair less than 1 in floats."""
    frame = pd.DataFrame({"t": [*range(1, 8), 1], "e": [1] * 7 + [2], "g": list("aaaaaaab")})
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = cumulative_incidence(frame, "t", "e", "g")
    assert found.loc[found["group"] == "a", "estimate"].iloc[-1] == pytest.approx(1)
