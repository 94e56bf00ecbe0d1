"""Funnels: exact limits against their definition, what widens them, and that the frame's looks don't matter."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats as scipy_stats

from plumbline.stats import StatsError, funnel
from plumbline.stats.dispersion import ADJUSTED, NONE, NOT_ASKED, TOO_FEW
from plumbline.stats.funnels import COLUMNS

LIMITS = ["lower998", "lower95", "upper95", "upper998"]


def clinics(rng: np.random.Generator, count: int, spread: float) -> pd.DataFrame:
    n = rng.integers(40, 400, count)
    chance = np.clip(0.7 + rng.normal(0, spread, count), 0.05, 0.95)
    return pd.DataFrame({"clinic": [f"clinic {at}" for at in range(count)], "n": n, "well": rng.binomial(n, chance)})


def test_widened_limits_flag_no_few_patients_whom_chance_explains() -> None:
    """Of two of whom 8 in 10 do well none did: 4 in 100. The arcsine root alone would call that one in a thousand."""
    rows = [("two", 2, 0), *((str(at), 400, 320 + at) for at in range(-24, 25, 4))]
    found = funnel(pd.DataFrame(rows, columns=["u", "n", "k"]), "u", "n", "k", overdispersion=True)
    assert found.attrs["spread"] == ADJUSTED
    assert found["flag"].iloc[0] == "inside"
    assert found["value"].iloc[0] < found["lower95"].iloc[0]


def test_an_exact_limit_lies_between_the_counts_as_the_appendix_has_it() -> None:
    """Ten of whom half did well: P(R <= 1) = .0107, P(R <= 2) = .0547; (2 - (.0547 - .025) / .0439) / 10 = .1324."""
    frame = pd.DataFrame({"u": ["a", "b"], "n": [10, 10], "k": [5, 5]})
    found = funnel(frame, "u", "n", "k").iloc[0]
    below, own = (sum(scipy_stats.binom.pmf(range(3), 10, 0.5)), scipy_stats.binom.pmf(2, 10, 0.5))
    assert found["lower95"] == pytest.approx((2 - (below - 0.025) / own) / 10)
    assert found["lower95"] == pytest.approx(0.1324, abs=5e-5)
    assert found["upper95"] == pytest.approx(0.9 - found["lower95"])  # one count lower than from the other side
    assert (found["value"], found["centre"], found["flag"]) == (0.5, 0.5, "inside")


def test_the_flags_say_which_limits_a_unit_lies_outside() -> None:
    frame = pd.DataFrame({"u": list("abcdef"), "n": [200] * 6, "k": [140, 120, 155, 170, 110, 145]})
    assert frame["k"].sum() / 1200 == 0.7
    found = funnel(frame, "u", "n", "k").set_index("unit")
    assert found["flag"].to_dict() == {
        "a": "inside",
        "b": "look",
        "c": "look",
        "d": "alarm",
        "e": "alarm",
        "f": "inside",
    }


def test_a_flag_is_as_rare_as_its_limit_says_on_either_side_however_few_there_are() -> None:
    """Of 5 of whom 9 in 10 do well, 5 did: no alarm, though the interpolated limit is 0.9998."""
    for n in (3, 5, 10, 25, 60):
        for chance in (0.05, 0.3, 0.5, 0.9):
            many = 10_000 * n  # so that the unit in question does not move the centre
            rows = [("all", many, round(many * chance)), *((k, n, k) for k in range(n + 1))]
            found = funnel(pd.DataFrame(rows, columns=["u", "n", "k"]), "u", "n", "k").iloc[1:]
            weight = scipy_stats.binom.pmf(range(n + 1), n, found["centre"].iloc[0])
            above = (found["value"] > found["centre"]).to_numpy()
            for flags, rare in ((["look", "alarm"], 0.025), (["alarm"], 0.001)):
                flagged = found["flag"].isin(flags).to_numpy()
                assert weight[flagged & above].sum() <= rare
                assert weight[flagged & ~above].sum() <= rare
                kept = weight[above][~flagged[above]]
                assert weight[flagged & above].sum() + kept[-1] > rare  # and the next count would be too many


def test_a_ratio_has_a_flag_as_seldom_as_its_limit_says_however_few_are_expected() -> None:
    """Of 3 expected none came: 1 in 20 (e to the -3), though the limit of 99.8 % that is drawn is 0.06."""
    for expected in (0.5, 1.0, 3.0, 10.0, 42.5, 100.0):
        seen = np.arange(int(expected * 3) + 20)
        frame = pd.DataFrame({"u": seen, "n": 100, "k": seen, "e": expected})
        found = funnel(frame, "u", "n", "k", "e", kind="ratio")
        weight = scipy_stats.poisson.pmf(seen, expected)
        for flags, rare in ((["look", "alarm"], 0.025), (["alarm"], 0.001)):
            flagged = found["flag"].isin(flags).to_numpy()
            for side in (seen > expected, seen < expected):
                assert weight[flagged & side].sum() <= rare
                kept = seen[side & ~flagged]  # of which the one next to those flagged would be too many
                assert not len(kept) or weight[flagged & side].sum() + weight[kept].min() > rare
    three = funnel(pd.DataFrame({"u": ["a"], "n": [9], "k": [0], "e": [3.0]}), "u", "n", "k", "e", kind="ratio").iloc[0]
    assert (three["flag"], three["value"] < three["lower998"]) == ("inside", True)


@pytest.mark.parametrize(
    ("seen", "low_95", "high_95", "low_998", "high_998"),
    [
        (1, 5.571644585, 0.025317898, 9.233410143, 0.001000547),
        (5, 11.6683331, 1.623486324, 16.45474478, 0.739371928),
        (20, 30.88838097, 12.21651877, 38.04188668, 8.958211233),
        (100, 121.6268111, 81.36400699, 134.9243187, 71.92139974),
    ],
)
def test_a_ratio_has_its_flag_from_where_the_public_health_tables_have_it(
    seen: int, low_95: float, high_95: float, low_998: float, high_998: float
) -> None:
    """Of how many expected so many lie on the limit: the funnel tables of PHEindicatormethods, by UKHSA."""
    for expected, inner, outer, step in (
        (low_95, "inside", "look", 1), (low_998, "look", "alarm", 1),
        (high_95, "inside", "look", -1), (high_998, "look", "alarm", -1),
    ):  # fmt: skip
        near = [expected * (1 - step * 1e-4), expected * (1 + step * 1e-4)]
        frame = pd.DataFrame({"u": ["inner", "outer"], "n": 500, "k": seen, "e": near})
        assert funnel(frame, "u", "n", "k", "e", kind="ratio")["flag"].tolist() == [inner, outer]


def test_widened_limits_flag_no_few_events_whom_chance_explains() -> None:
    rows = [("few", 2.5, 0), *((str(at), 400.0, 400 + 10 * at) for at in range(-12, 13, 2))]
    found = funnel(pd.DataFrame(rows, columns=["u", "e", "k"]), "u", "e", "k", "e", kind="ratio", overdispersion=True)
    assert found.attrs["spread"] == ADJUSTED
    assert found["flag"].iloc[0] == "inside"
    assert (found["flag"].iloc[1:] == "inside").all()


def test_the_frame_may_be_named_sorted_and_typed_as_it_likes() -> None:
    rng = np.random.default_rng(2)
    frame = clinics(rng, 12, 0.1)
    plain = funnel(frame, "clinic", "n", "well", overdispersion=True)
    odd = pd.DataFrame(
        {
            "n": np.arange(12)[::-1],
            "flag": pd.array(frame["well"], dtype="Int64"),
            "of how many?": frame["n"].astype("Float64"),
            7: frame["n"].astype(object),
        }
    )
    found = funnel(odd, "n", 7, "flag", overdispersion=True)
    assert list(found.columns) == COLUMNS
    assert found["unit"].tolist() == list(range(11, -1, -1))
    pd.testing.assert_frame_equal(found.drop(columns="unit"), plain.drop(columns="unit"))
    same = funnel(odd, "n", "of how many?", "flag", overdispersion=True)
    pd.testing.assert_frame_equal(found, same)


@pytest.mark.parametrize("kind", ["proportion", "mean", "ratio"])
def test_one_unit_or_one_without_answers_is_drawn(kind: str) -> None:
    frame = pd.DataFrame({"u": ["a", "b"], "n": [30, 0], "k": [12, 0], "e": [10.0, 0.0]})
    given = {"expected": "e"} if kind == "ratio" else {"sd": 2.5} if kind == "mean" else {}
    found = funnel(frame, "u", "n", "k", kind=kind, **given)  # type: ignore[arg-type]
    assert found["flag"].tolist() == ["inside", None]
    assert found.loc[1, ["value", *LIMITS]].isna().all()
    assert funnel(frame.iloc[:1], "u", "n", "k", kind=kind, **given).loc[0, LIMITS].notna().all()  # type: ignore[arg-type]


@given(
    st.lists(st.integers(1, 300).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n))), min_size=1, max_size=15),
    st.booleans(),
)
def test_limits_stand_in_order_around_the_centre(rows: list[tuple[int, int]], widen: bool) -> None:
    frame = pd.DataFrame(rows, columns=["n", "k"]).assign(u=range(len(rows)), e=lambda it: it["n"] / 3)
    for found in (
        funnel(frame, "u", "n", "k", overdispersion=widen),
        funnel(frame, "u", "n", "k", "e", kind="ratio", overdispersion=widen),
        funnel(frame, "u", "n", "k", kind="mean", sd=2.7, skew=1.1, overdispersion=widen),
    ):
        limits = found[LIMITS].to_numpy()
        assert (np.diff(limits, axis=1) >= -1e-9).all()
        assert (limits[:, 0] <= found["centre"] + 1e-9).all()
        assert (found["centre"] <= limits[:, 3] + 1e-9).all()
        assert set(found["flag"]) <= {"inside", "look", "alarm"}


def test_what_a_case_mix_expects_stands_for_the_clinic() -> None:
    """A clinic of harder patients: 50 of 100 where 50 were expected is as expected, though others reach 70."""
    frame = pd.DataFrame({"u": list("abc"), "n": [100, 100, 100], "k": [50, 70, 90], "e": [50.0, 70.0, 90.0]})
    raw, adjusted = funnel(frame, "u", "n", "k"), funnel(frame, "u", "n", "k", "e")
    assert raw["flag"].tolist() == ["alarm", "inside", "alarm"]
    assert adjusted["value"].tolist() == pytest.approx([0.7] * 3)
    assert adjusted["flag"].tolist() == ["inside"] * 3
    level = frame.assign(e=70.0)
    pd.testing.assert_frame_equal(funnel(level, "u", "n", "k", "e"), raw)


def test_a_mean_has_plain_normal_limits_or_those_of_a_gamma() -> None:
    frame = pd.DataFrame({"u": list("abc"), "n": [25, 100, 400], "m": [2.0, 2.5, 2.6], "s": [2.5, 2.5, 2.5]})
    found = funnel(frame, "u", "n", "m", kind="mean", sd="s")
    centre = (50 + 250 + 1040) / 525
    assert found["centre"].tolist() == pytest.approx([centre] * 3)
    assert found["upper95"].tolist() == pytest.approx([centre + 1.959964 * 2.5 / root for root in (5, 10, 20)])
    assert found["lower998"].tolist() == pytest.approx([centre - 3.090232 * 2.5 / root for root in (5, 10, 20)])
    skewed = funnel(frame, "u", "n", "m", kind="mean", sd="s", skew=2.0)
    shape = 25.0  # the mean of 25 exponentials is a gamma of shape 25
    exact = centre + 2.5 / 5 * (scipy_stats.gamma.ppf(0.999, shape) - shape) / np.sqrt(shape)
    assert skewed["upper998"].iloc[0] == pytest.approx(exact)
    pd.testing.assert_frame_equal(funnel(frame, "u", "n", "m", kind="mean", sd=2.5, skew=0.0), found)
    told = funnel(frame.assign(e=[2.0, 2.5, 2.6]), "u", "n", "m", "e", kind="mean", sd=2.5)
    assert told["value"].tolist() == pytest.approx([centre] * 3)


def test_spread_between_units_by_the_steps_of_the_paper() -> None:
    frame = clinics(np.random.default_rng(8), 24, 0.12)
    found = funnel(frame, "clinic", "n", "well", overdispersion=True)
    middle = np.arcsin(np.sqrt(frame["well"].sum() / frame["n"].sum()))
    error = [0.5 / np.sqrt(n) for n in frame["n"]]
    z = [(np.arcsin(np.sqrt(k / n)) - middle) / e for k, n, e in zip(frame["well"], frame["n"], error, strict=True)]
    low, high = np.percentile(z, 10), np.percentile(z, 90)
    phi = sum(min(max(one, low), high) ** 2 for one in z) / 24
    w = [e**-2 for e in error]
    tau2 = (24 * phi - 23) / (sum(w) - sum(one**2 for one in w) / sum(w))
    assert found.attrs == {
        "spread": ADJUSTED,
        "phi": pytest.approx(phi),
        "tau2": pytest.approx(tau2),
        "phi_p": found.attrs["phi_p"],
    }
    assert found.attrs["phi_p"] < 0.001
    upper = np.sin(middle + 1.959964 * np.sqrt(error[0] ** 2 + tau2)) ** 2
    assert found["upper95"].iloc[0] == pytest.approx(upper, abs=1e-6)
    before = funnel(frame, "clinic", "n", "well")
    assert (found["flag"] != "inside").sum() < (before["flag"] != "inside").sum()


def test_spread_between_ratios_is_told_on_the_root_scale() -> None:
    """As the Care Quality Commission does it, and FunnelPlotR: roots of the ratio, each with 1 / (2 sqrt(expected))."""
    seen = np.array([5, 60, 72, 18, 50, 80, 75, 100, 150, 130, 60, 275])
    expected = np.array([13.0, 32, 75, 33, 54, 60, 72, 108, 112, 165, 95, 220])
    frame = pd.DataFrame({"u": range(12), "k": seen, "e": expected})
    found = funnel(frame, "u", "e", "k", "e", kind="ratio", overdispersion=True)
    z = 2 * np.sqrt(expected) * (np.sqrt(seen / expected) - 1)
    phi = (np.minimum(np.maximum(z, np.percentile(z, 10)), np.percentile(z, 90)) ** 2).sum() / 12
    w = 4 * expected
    tau2 = (12 * phi - 11) / (w.sum() - (w**2).sum() / w.sum())
    assert (found.attrs["phi"], found.attrs["tau2"]) == (pytest.approx(phi), pytest.approx(tau2))
    upper = (1 + 3.090232 * np.sqrt(1 / w + tau2)) ** 2
    assert found["upper998"].tolist() == pytest.approx(upper.tolist(), abs=1e-6)


def test_below_ten_units_nothing_is_widened_and_it_says_so() -> None:
    frame = clinics(np.random.default_rng(8), 10, 0.2)
    nine = funnel(frame.iloc[:9], "clinic", "n", "well", overdispersion=True)
    pd.testing.assert_frame_equal(nine, funnel(frame.iloc[:9], "clinic", "n", "well"), check_like=True)
    assert nine.attrs["spread"] == TOO_FEW == "too few clinics to adjust"
    assert funnel(frame, "clinic", "n", "well", overdispersion=True).attrs["spread"] == ADJUSTED
    assert funnel(frame, "clinic", "n", "well").attrs["spread"] == NOT_ASKED
    empty = pd.concat([frame.iloc[:9], pd.DataFrame({"clinic": ["none"], "n": [0], "well": [0]})])
    assert funnel(empty, "clinic", "n", "well", overdispersion=True).attrs["spread"] == TOO_FEW


def test_units_that_are_alike_keep_the_exact_limits() -> None:
    frame = pd.DataFrame({"u": range(12), "n": 100, "k": [70, 71, 69] * 4})
    found = funnel(frame, "u", "n", "k", overdispersion=True)
    assert found.attrs["spread"] == NONE
    pd.testing.assert_frame_equal(found, funnel(frame, "u", "n", "k"), check_like=True)


@pytest.mark.parametrize(
    ("change", "given", "words"),
    [
        ({"k": [1, None]}, {}, "missing values"),
        ({"k": [1, 40]}, {}, "more than there are"),
        ({"k": [1.5, 2]}, {}, "no count"),
        ({"n": [30, -1]}, {}, "no count"),
        ({"u": ["a", "a"]}, {}, "stands twice"),
        ({}, {"kind": "mean"}, "needs sd"),
        ({}, {"kind": "mean", "sd": 0}, "above 0"),
        ({"k": [1, None]}, {"kind": "mean", "sd": 1}, "has answers"),
        ({}, {"kind": "mean", "sd": float("nan")}, "as a number, not nan"),
        ({}, {"kind": "mean", "sd": 1, "skew": float("inf")}, "as a number, not inf"),
        ({}, {"kind": "mean", "sd": [1, 2]}, "name, not its values"),
        ({}, {"kind": "ratio"}, "needs expected"),
        ({"e": [1, 99]}, {"expected": "e"}, "expects more"),
        ({}, {"kind": "rate"}, "no funnel of kind"),
        ({}, {"sd": 2.5}, "are of means"),
        ({"e": [9, 9]}, {"kind": "ratio", "expected": "e", "skew": 1}, "are of means"),
        ({}, {"expected": "E"}, "no column 'E'"),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_words(
    change: dict[str, object], given: dict[str, object], words: str
) -> None:
    frame = pd.DataFrame({"u": ["a", "b"], "n": [30, 30], "k": [10, 20]}).assign(**change)
    with pytest.raises(StatsError, match=words):
        funnel(frame, "u", "n", "k", **given)  # type: ignore[arg-type]
