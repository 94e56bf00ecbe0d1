"""A difference of two shares adjusted by regression standardisation, for groups that were not alike before."""

from __future__ import annotations

import warnings

import numpy as np
import pandas as pd
from numpy.linalg import LinAlgError

_MOST = 25  # rounds: a fit that there is takes ten; where a covariate separates, they never end


def standardised(frame: pd.DataFrame, outcome: str, group: str) -> dict[str, float | None] | None:
    """The first group's share minus the other's, were both made up as all in the frame are together.

    Columns: `outcome` and `group` 0 or 1 (1 is the first group), every other column a number to adjust for; no missing
    values. Logistic regression; everybody is predicted in the one group and in the other. Returns `estimate`, `lower`,
    `upper` (-1 to 1; 95%, delta method) and `p`; None where the model can't be fitted, as where a covariate separates
    those who did. Source: marginal standardisation, Muller and MacLehose 2014 Int J Epidemiol 43:962; the same as the
    discrete change of statsmodels' `get_margeff`.
    """
    from scipy import stats
    from scipy.special import expit
    from statsmodels.discrete.discrete_model import Logit
    from statsmodels.tools import sm_exceptions as told

    refused = (told.ConvergenceWarning, told.PerfectSeparationError, told.PerfectSeparationWarning)
    terms = frame.drop(columns=[outcome, group])
    spread = terms.std()
    terms = (terms - terms.mean()) / spread.where(spread > 0, 1.0)
    design = np.column_stack([np.ones(len(frame)), frame[group], terms])
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            fitted = Logit(frame[outcome].to_numpy(), design).fit(disp=False, maxiter=_MOST)
            slopes, spread_of = fitted.params, fitted.cov_params()
    except (*refused, RuntimeWarning, LinAlgError):
        return None
    means, gradients = [], []
    for side in (1.0, 0.0):
        design[:, 1] = side
        chance = expit(design @ slopes)
        means.append(float(chance.mean()))
        gradients.append(design.T @ (chance * (1 - chance)) / len(frame))
    gradient = gradients[0] - gradients[1]
    estimate, error = means[0] - means[1], float(np.sqrt(gradient @ spread_of @ gradient))
    if not np.isfinite(error) or error == 0:
        return None
    half = float(stats.norm.ppf(0.975)) * error
    p = 2 * float(stats.norm.sf(abs(estimate) / error))
    return {"estimate": estimate, "lower": estimate - half, "upper": estimate + half, "p": p}
