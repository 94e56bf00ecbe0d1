"""Units differ by more than chance, as a rule: how much more, and what that adds to the limits of a funnel."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from plumbline.stats.columns import Floats

LEAST_UNITS = 10
_TAIL = 0.1
TOO_FEW = "too few clinics to adjust"
NOT_ASKED = "not adjusted for spread between units"
NONE = "no more spread between units than chance"
ADJUSTED = "limits widened for the spread between units"


@dataclass(frozen=True)
class Spread:
    """What there is between units beyond chance, on the scale of the values."""

    words: str
    phi: float  # mean square of the Winsorised z scores; 1 where there is only chance
    p: float  # of so much or more by chance
    tau2: float  # variance between units


def between(value: Floats, centre: Floats, error: Floats) -> Spread:
    """The additive model's variance between units, from their values, what is expected of them and standard errors.

    Below ten units nothing is worked out: it would be unstable. The outer tenths of the z scores are Winsorised, so
    that the units in question don't widen their own limits. That understates the spread, too: 0.68 is left of normal
    scores. Of 10 to 40 units that differ as the model has it, 4 to 5 % lie outside the widened 95 % limits on either
    side (not 2.5), and 0.5 to 0.7 % outside those of 99.8 % (not 0.1): an alarm asks for a look, and is no verdict.
    Source: Spiegelhalter 2005; Spiegelhalter and others 2012; FunnelPlotR; statistics, section 3.
    """
    from scipy import stats

    units = len(value)
    if units < LEAST_UNITS:
        return Spread(TOO_FEW, float("nan"), float("nan"), 0.0)
    z = (value - centre) / error
    z = np.clip(z, *np.quantile(z, [_TAIL, 1 - _TAIL]))
    phi = float((z**2).mean())
    weight = 1 / error**2
    tau2 = (units * phi - (units - 1)) / float(weight.sum() - (weight**2).sum() / weight.sum())
    words = ADJUSTED if tau2 > 0 else NONE
    return Spread(words, phi, float(stats.chi2.sf(units * phi, units)), max(0.0, tau2))
