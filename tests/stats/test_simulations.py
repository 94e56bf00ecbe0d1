"""With a known truth, drawn again and again from a seed: intervals of 95 % hold it 93 to 97 times in 100, a funnel's
limits of 99.8 % are left by chance 0.05 to 0.2 times in 100 a side. The figures stand in the message of a failure;
`pytest -rP` prints them of a test that passes."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from scipy import stats as scipy_stats

from plumbline.stats import adjusted_difference, cumulative_incidence, funnel, raw_difference, tipping_point, wilson
from tests.stats import samples

pytestmark = pytest.mark.slow
TIMES = 1_000
TRUE = 1.2


def covered(what: str, draw: Callable[[np.random.Generator], tuple[float, float]], truth: float, seed: int) -> None:
    rng = np.random.default_rng(seed)
    bounds = np.array([draw(rng) for _ in range(TIMES)])
    holds = float(((bounds[:, 0] <= truth) & (truth <= bounds[:, 1])).mean())
    print(f"{what}: {holds:.1%} of {TIMES} intervals hold {truth:.3g}")
    assert 0.93 <= holds <= 0.97, f"{what}: {holds:.1%} of {TIMES}"


def test_the_interval_of_an_adjusted_difference() -> None:
    def draw(rng: np.random.Generator) -> tuple[float, float]:
        found = adjusted_difference(samples.patients(rng, 120, TRUE), "outcome", "group", "before", ["age"])
        return found["lower"], found["upper"]

    covered("adjusted difference", draw, TRUE, 101)


def test_the_interval_of_a_raw_difference_of_scores_from_0_to_10() -> None:
    """As they come: whole numbers, skewed, many at 0."""
    weights = [beta_binomial(mean).pmf(np.arange(11)) for mean in (3.7, 2.5)]

    def draw(rng: np.random.Generator) -> tuple[float, float]:
        scores = np.concatenate([rng.choice(11, 60, p=one) for one in weights])
        found = raw_difference(pd.DataFrame({"g": np.repeat([0, 1], 60), "y": scores}), "y", "g")
        return found["lower"], found["upper"]

    covered("raw difference of skewed scores", draw, -1.2, 102)


def test_the_interval_of_a_share_over_all_shares() -> None:
    """Worked out, not drawn: the mean over shares from 0 to 1, as Brown, Cai and DasGupta 2001 judge it."""
    for n in (20, 50, 150):
        bounds = [wilson(k, n) for k in range(n + 1)]
        truths = np.linspace(0.005, 0.995, 199)
        weight = scipy_stats.binom.pmf(np.arange(n + 1)[None, :], n, truths[:, None])
        holds = np.array([[one["lower"] <= truth <= one["upper"] for one in bounds] for truth in truths])  # type: ignore[operator]
        mean = float((weight * holds).sum(axis=1).mean())
        print(f"Wilson, n = {n}: {mean:.1%}")
        assert 0.93 <= mean <= 0.97, f"Wilson, n = {n}: {mean:.1%}"


@pytest.mark.parametrize("competes", [True, False])
def test_the_interval_of_a_cumulative_incidence(competes: bool) -> None:
    """Hazards of 1/60 and 1/200 a day, censored from day 40 to 200: the truth on day 60 is known."""
    one, other = 1 / 60, 1 / 200 if competes else 0.0
    truth = one / (one + other) * (1 - np.exp(-60 * (one + other)))

    def draw(rng: np.random.Generator) -> tuple[float, float]:
        time, end = rng.exponential(1 / (one + other), 100), rng.uniform(40, 200, 100)
        event = np.where(time > end, 0, np.where(rng.random(100) < one / (one + other), 1, 2))
        curve = cumulative_incidence(pd.DataFrame({"t": np.minimum(time, end), "e": event}), "t", "e")
        last = curve[curve["time"] <= 60].iloc[-1]
        return last["lower"], last["upper"]

    covered("Aalen-Johansen" if competes else "Kaplan-Meier", draw, truth, 103)


@pytest.mark.parametrize("shift", [0.0, 2.0])
def test_the_interval_of_a_difference_with_imputed_answers(shift: float) -> None:
    """The silent are those with more pain before (missing at random), and in a so much higher than expected."""

    def draw(rng: np.random.Generator) -> tuple[float, float]:
        frame = samples.patients(rng, 160, TRUE)
        silent = rng.random(160) < 1 / (1 + np.exp(-(frame["before"] - 8)))
        frame["outcome"] = frame["outcome"].where(~silent)
        found = tipping_point(frame, "outcome", "group", "before", ["age"], shifts=[shift])["line"].iloc[0]
        return found["lower"] + shift * share, found["upper"] + shift * share

    rng = np.random.default_rng(9)
    share = float((1 / (1 + np.exp(-(rng.normal(7, 1.5, 1_000_000) - 8)))).mean()) if shift else 0.0
    covered(f"imputed, {shift:g} worse", draw, TRUE, 104)


def test_skewed_scores_leave_the_limits_that_know_it_as_seldom_as_they_should() -> None:
    """Pain at 12 months, beta-binomial with mean 2.5 and SD 2.7, and waiting times, exponential: units of 20 to 200."""
    rng = np.random.default_rng(105)
    units = 300_000
    scores = beta_binomial(2.5)
    drawn: dict[str, tuple[Callable[[int], np.ndarray], float, float]] = {
        "scores": (lambda n: rng.multinomial(n, scores.pmf(np.arange(11)), units) @ np.arange(11) / n,
                   float(scores.std()), float(scores.stats("s"))),
        "times": (lambda n: rng.gamma(n, 1 / n, units), 1.0, 2.0),
    }  # fmt: skip
    for what, (means, sd, skew) in drawn.items():
        for n in (20, 50, 200):
            frame = pd.DataFrame({"unit": np.arange(units), "n": n, "mean": means(n)})
            below, above = alarms(funnel(frame, "unit", "n", "mean", kind="mean", sd=sd, skew=skew))
            _, plain = alarms(funnel(frame, "unit", "n", "mean", kind="mean", sd=sd))
            said = f"{what}, n = {n}: {below:.3%} below, {above:.3%} above; without skew {plain:.3%} above"
            print(said)
            assert 0.0005 <= below <= 0.002, said
            assert 0.0005 <= above <= 0.002, said
            assert plain > 1.15 * above, said


def beta_binomial(mean: float, sd: float = 2.7) -> scipy_stats.rv_discrete:
    share, within = mean / 10, (mean / 10) * (1 - mean / 10)
    alike = (sd**2 / (10 * within) - 1) / 9
    size = 1 / alike - 1
    return scipy_stats.betabinom(10, share * size, (1 - share) * size)


def alarms(drawn: pd.DataFrame) -> tuple[float, float]:
    """How often units that are all alike lie outside the 99.8 % limits: on the low side, on the high."""
    alarm = drawn["flag"] == "alarm"
    return float((alarm & (drawn["value"] < drawn["centre"])).mean()), float(
        (alarm & (drawn["value"] > drawn["centre"])).mean()
    )
