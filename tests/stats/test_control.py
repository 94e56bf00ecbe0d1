"""Control charts: frozen limits of the closed periods, the two rules and no other."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from plumbline.stats import StatsError, control_chart
from plumbline.stats.control import COLUMNS
from tests.stats import samples


def xmr(values: list[float], **more: object) -> pd.DataFrame:
    frame = pd.DataFrame({"month": pd.date_range("2024-01-01", periods=len(values), freq="MS"), "mean": values})
    return control_chart(frame.assign(**more), "xmr", "month", "mean", **({"closed": "closed"} if more else {}))


def test_the_limits_are_those_of_the_first_twelve_and_stay() -> None:
    """Loans: mean 3601 / 12, moving ranges 22 9 1 9 4 9 3 11 2 12 5 = 87 / 11."""
    found = control_chart(samples.by_period(samples.LOANS), "xmr", "period", "found")
    assert list(found.columns) == COLUMNS
    assert found["centre"].tolist() == pytest.approx([3601 / 12] * 20)
    assert found["upper"].tolist() == pytest.approx([3601 / 12 + 2.66 * 87 / 11] * 20)
    assert found["range_upper"].iloc[0] == pytest.approx(3.267 * 87 / 11)
    assert found["moving_range"].iloc[1:4].tolist() == [22, 9, 1]
    assert (found["is_baseline"].sum(), found.attrs["limits"]) == (12, "frozen")


def test_a_share_has_limits_by_its_own_n() -> None:
    frame = pd.DataFrame({"m": range(12), "k": [30, 20] * 6, "n": [50, 40] * 6})
    found = control_chart(frame, "p", "m", "k", "n")
    centre = 300 / 540
    assert found["centre"].iloc[0] == pytest.approx(centre)
    for at, n in ((0, 50), (1, 40)):
        assert found["lower"].iloc[at] == pytest.approx(centre - 3 * np.sqrt(centre * (1 - centre) / n))
    assert not found.attrs["is_small"]
    assert control_chart(frame.assign(k=1), "p", "m", "k", "n").attrs["is_small"]


def test_the_two_points_of_the_juice_that_the_book_finds_are_found() -> None:
    found = control_chart(samples.by_period(samples.JUICE), "p", "period", "found", "n", baseline=30)
    assert found.loc[found["signal"] == "point", "period"].tolist() == [15, 23]


def test_the_one_order_form_that_the_book_finds_is_found_by_its_own_n() -> None:
    found = control_chart(samples.orders(), "p", "period", "found", "n", baseline=25)
    assert found.loc[found["signal"] == "point", "period"].tolist() == [11]


def test_cases_between_events_have_the_limits_of_a_geometric_count() -> None:
    """Twelve gaps of 20 on average: 20 + 3 sqrt(20 x 21) = 81.48; below 0 there is no limit."""
    frame = pd.DataFrame({"event": range(13), "between": [10, 30] * 6 + [82]})
    found = control_chart(frame, "g", "event", "between")
    assert found.loc[0, ["centre", "lower", "upper"]].tolist() == pytest.approx([20, 0, 20 + 3 * np.sqrt(420)])
    assert found["signal"].iloc[-1] == "point"


def test_the_eighth_on_one_side_is_a_run_and_one_on_the_centre_neither_adds_nor_breaks() -> None:
    baseline = [1.0, 3.0] * 6
    assert xmr([*baseline, *[2.5] * 6])["signal"].tolist()[-6:] == [""] * 6  # with the last of the baseline: seven
    assert xmr([*baseline, *[2.5] * 8])["signal"].tolist()[-8:] == [""] * 6 + ["run"] * 2
    assert xmr([*baseline, *[2.5] * 4, 2.0, *[2.5] * 3])["signal"].tolist()[-4:] == ["", "", "", "run"]
    assert xmr([*baseline, *[2.5] * 6, 1.5, 2.5])["signal"].tolist()[-8:] == [""] * 8
    assert xmr([*baseline, *[2.5] * 7, 99.0])["signal"].tolist()[-2:] == ["run", "point"]


def test_an_open_month_has_no_signal_and_no_part_in_a_limit() -> None:
    values = [1.0, 3.0] * 6 + [99.0, 99.0]
    found = xmr(values, closed=[True] * 12 + [False] * 2)
    assert (found["signal"] == "").all()
    assert found["centre"].iloc[0] == 2
    first_open = xmr([99.0, *values[:12]], closed=[False] + [True] * 12)
    assert first_open["centre"].iloc[0] == 2
    assert first_open["is_baseline"].tolist() == [False] + [True] * 12


@pytest.mark.parametrize(("months", "said"), [(7, "none"), (8, "provisional"), (11, "provisional"), (12, "frozen")])
def test_few_closed_months_give_provisional_limits_or_none(months: int, said: str) -> None:
    found = xmr([float(at % 2) for at in range(months)])
    assert found.attrs["limits"] == said
    assert found[["centre", "lower", "upper"]].isna().all().all() == (said == "none")
    assert (found["signal"] == "").all() or said != "none"


def test_a_month_of_nobody_is_no_point_of_the_baseline() -> None:
    frame = pd.DataFrame({"m": range(13), "k": [0, *[5, 7] * 6], "n": [0, *[10] * 12]})
    found = control_chart(frame, "p", "m", "k", "n")
    assert found["is_baseline"].tolist() == [False] + [True] * 12
    assert np.isnan(found["value"].iloc[0])
    assert found["centre"].iloc[0] == pytest.approx(0.6)


def test_the_order_of_the_rows_does_not_matter() -> None:
    frame = samples.by_period(samples.JUICE)
    shuffled = frame.sample(frac=1, random_state=1)
    given = ("p", "period", "found", "n")
    pd.testing.assert_frame_equal(control_chart(shuffled, *given), control_chart(frame, *given))


def test_what_cannot_be_charted_is_refused_in_words() -> None:
    frame = samples.by_period(samples.JUICE)
    for change, given, words in (
        ({"period": 1}, ("p", "period", "found", "n"), "twice"),
        ({"found": 51}, ("p", "period", "found", "n"), "more than there are"),
        ({}, ("p", "period", "found"), "needs n"),
        ({}, ("c", "period", "found"), "no control chart"),
        ({"found": 0.5}, ("g", "period", "found"), "no count"),
    ):
        with pytest.raises(StatsError, match=words):
            control_chart(frame.assign(**change), *given)  # type: ignore[arg-type]


def test_periods_go_in_their_own_order_and_what_has_none_is_refused() -> None:
    months = [f"m{at}" for at in range(1, 13)]  # as words m10 would come after m1
    frame = pd.DataFrame({"t": pd.Categorical(months, categories=months, ordered=True), "v": range(12)})
    found = control_chart(frame.sample(frac=1, random_state=3), "xmr", "t", "v")
    assert found["period"].tolist() == months
    assert found["moving_range"].tolist()[1:] == [1.0] * 11
    with pytest.raises(StatsError, match="no order"):
        control_chart(frame.assign(t=["a", 1, *months[2:]]), "xmr", "t", "v")


@pytest.mark.parametrize("kind", ["p", "xmr"])
def test_a_clinic_whose_figure_never_varies_has_no_signal(kind: str) -> None:
    """Twelve times 2.1 is 25.200000000000003: what floats add is neither outside the limits nor a run."""
    frame = pd.DataFrame({"m": range(20), "k": 3, "n": 10, "v": 2.1})
    found = control_chart(frame, kind, "m", "v" if kind == "xmr" else "k", "n")  # type: ignore[arg-type]
    assert (found["signal"] == "").all()


def test_a_kind_may_be_in_capitals_and_a_baseline_is_of_eight_or_more() -> None:
    frame = samples.by_period(samples.LOANS)
    pd.testing.assert_frame_equal(
        control_chart(frame, "XmR", "period", "found"),  # type: ignore[arg-type]
        control_chart(frame, "xmr", "period", "found"),
    )
    for baseline in (7, 0, -1, 8.5, None):
        with pytest.raises(StatsError, match="baseline"):
            control_chart(frame, "xmr", "period", "found", baseline=baseline)  # type: ignore[arg-type]
    with pytest.raises(StatsError, match="true and false"):
        control_chart(frame.assign(closed=2), "xmr", "period", "found", closed="closed")
    assert control_chart(frame.iloc[:0], "p", "period", "found", "n")["signal"].tolist() == []
