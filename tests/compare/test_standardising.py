"""The adjusted difference of shares: statsmodels' own marginal effect, known truth, and what it refuses."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from statsmodels.discrete.discrete_model import Logit

from plumbline.compare.standardising import standardised


def made(rows: int, seed: int, effect: float = 0.0) -> pd.DataFrame:
    """Older patients do worse and are more often in the first group."""
    rng = np.random.default_rng(seed)
    age = rng.normal(75, 8, rows)
    first = (rng.random(rows) < 1 / (1 + np.exp(-(age - 75) / 8))).astype(float)
    chance = 1 / (1 + np.exp(-(0.4 - 0.1 * (age - 75) + effect * first)))
    return pd.DataFrame({"age": age, "is_first": first, "did": (rng.random(rows) < chance).astype(float)})


def test_it_is_the_discrete_change_of_statsmodels() -> None:
    frame = made(600, 1, 0.5)
    found = standardised(frame, "did", "is_first")
    design = frame.assign(const=1.0)[["const", "is_first", "age"]]
    margins = Logit(frame["did"], design).fit(disp=False).get_margeff(dummy=True).summary_frame().loc["is_first"]
    assert found is not None
    assert [found["estimate"], found["lower"], found["upper"], found["p"]] == pytest.approx(
        [margins["dy/dx"], margins["Conf. Int. Low"], margins["Cont. Int. Hi."], margins["Pr(>|z|)"]], rel=1e-4
    )


def test_it_takes_out_what_the_groups_were_not_alike_in() -> None:
    frame = made(4000, 2)
    raw = frame.groupby("is_first")["did"].mean()
    found = standardised(frame, "did", "is_first")
    assert found is not None
    assert raw[1.0] - raw[0.0] < -0.1  # older, so worse
    assert (found["lower"] or 0) < 0 < (found["upper"] or 0)  # and no difference beside


def test_what_cannot_be_fitted_gives_nothing() -> None:
    frame = made(200, 3)
    assert standardised(frame.assign(did=(frame["age"] > 75).astype(float)), "did", "is_first") is None
    assert standardised(frame.assign(did=1.0), "did", "is_first") is None
