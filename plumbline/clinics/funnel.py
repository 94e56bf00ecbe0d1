"""Clinics or surgeons against what luck allows: shares and mean scores at a visit, as measured or like with like.

Source: statistics 3; Spiegelhalter 2005. Limits by `plumbline.stats.funnel`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from plumbline.clinics import funnel_words, hidden, words
from plumbline.clinics.case_mix import Expected
from plumbline.clinics.funnel_hidden import shown
from plumbline.clinics.funnel_words import Said
from plumbline.clinics.model import Funnel, Limit, Measure, Point, View
from plumbline.cohorts import small
from plumbline.stats import funnel as limits_of
from plumbline.stats import mean_interval, wilson
from plumbline.stats.funnels import LIMITS, binomial_limit
from plumbline.visits import visit_words

Floats = NDArray[np.float64]
SETS = {"clinic": "clinic_id", "surgeon": "surgeon"}
STATES = {"inside": "as_expected", "look": "look", "alarm": "stands_out"}
FEW = 2  # one alone has nothing to be compared with
_STEPS = 60
_NOTHING = 1e-9


@dataclass(frozen=True)
class Units:
    """What the judged units come to: `frame` with value and flag by unit; the centre; of a score its spread and
    skewness; and the variance between units that widens the limits."""

    frame: pd.DataFrame
    centre: float | None
    sd: float | None
    skew: float | None
    tau2: float


NOBODY = Units(pd.DataFrame({"value": [], "flag": []}), None, None, None, 0.0)


def funnel(
    counts: pd.DataFrame,
    view: View,
    measure: Measure,
    settings: Mapping[str, float],
    cases: pd.DataFrame | None = None,
    expected: Expected | None = None,
) -> Funnel:
    """The funnel of a view.

    `counts`: rows of clinics/count_by_month. `settings`: compare/value_by_name. Like with like needs `cases`, rows of
    clinics/outcome_by_episode of the visit and of those that are `judged`, and what is `expected` of them; where that
    can't be said it is as measured.
    """
    at = counts[counts["visit"] == view.visit]
    frame = _counted(at, view, measure)
    frame["is_thin"] = frame["received"] < settings["thin_share"] * frame["due"]
    clinics = frame if view.by == "clinic" else _counted(at, replace(view, by="clinic"), measure)
    frame = shown(frame, clinics, at, int(settings["hidden_inside"]), is_share=measure.is_share)
    used = None
    if cases is not None and expected is not None and expected.of is not None:
        _expect(frame, cases, expected.of, view.by)
        used = expected
    compared = frame[~frame["is_thin"] & (frame["n"] > 0)]
    found = _limited(compared, measure, settings, used)
    frame = frame.join(found.frame, how="left")
    points = tuple(_point(unit, row, measure, settings, found, used is not None) for unit, row in frame.iterrows())
    unnamed = int(at.loc[at["surgeon"].isna(), measure.counted].sum()) if view.by == "surgeon" else 0
    total = {name: int(frame[name].sum()) for name in ("due", "received", "n", "observed")}
    said = Said(view, measure, found.centre, points, total, settings, found.tau2, unnamed, _ends(compared, measure))
    centre, limits = found.centre, _curve(compared, found, measure.is_share)
    if said.is_rare:
        centre, limits = None, ()
    return Funnel(
        view, measure, visit_words(view.visit), centre, points, limits,
        funnel_words.headline(said), funnel_words.sentence(said), funnel_words.doubt(said),
        funnel_words.reading(said),
        expected.words if expected is not None else "",
    )  # fmt: skip


def judged(counts: pd.DataFrame, view: View, measure: Measure, settings: Mapping[str, float]) -> frozenset[str]:
    """The clinics or surgeons that are compared: somebody can be counted, and enough of those due have answered.

    What is expected is worked out from their answers alone: so that the line goes through what they come to.
    """
    frame = _counted(counts[counts["visit"] == view.visit], view, measure)
    is_judged = (frame["received"] >= settings["thin_share"] * frame["due"]) & (frame["n"] > 0)
    return frozenset(str(unit) for unit in frame.index[is_judged])


def _counted(at: pd.DataFrame, view: View, measure: Measure) -> pd.DataFrame:
    """By unit in alphabetical order: due, received, n who can be counted, observed (a count, or the sum of scores)."""
    key = SETS[view.by]
    named = at.assign(unit=at[key], name=at["clinic"] if view.by == "clinic" else at[key]).dropna(subset=["unit"])
    observed = measure.measure if measure.is_share else "total"
    summed = named.groupby("unit").agg(
        name=("name", "first"), due=("due", "sum"), received=("received", "sum"), n=(measure.counted, "sum"),
        observed=(observed, "sum"), squares=("squares", "sum"), cubes=("cubes", "sum"),
    )  # fmt: skip
    short = words.shortest(list(summed["name"]))
    named_short = summed.assign(name=summed["name"].map(short))
    return named_short.sort_values("name", key=lambda name: name.astype(str).str.casefold())


def _expect(frame: pd.DataFrame, cases: pd.DataFrame, of: pd.Series, by: str) -> None:
    """Put what is expected of each unit beside what was observed: a count, or the sum of scores."""
    units = cases.loc[of.index, SETS[by]]
    frame["expected"] = of.groupby(units).sum().reindex(frame.index).fillna(0.0)


def _limited(judged: pd.DataFrame, measure: Measure, settings: Mapping[str, float], expected: Expected | None) -> Units:
    """The judged units with value and flag. Over-dispersion is allowed for from so many units on."""
    if judged.empty:
        return NOBODY
    given = judged.reset_index()[["unit", "n", "observed"]]
    sd = skew = None
    if expected is not None:
        given["expected"] = judged["expected"].to_numpy()
    if not measure.is_share:
        sd, skew = _shape(judged) if expected is None else (expected.spread, expected.skew)
        if not sd:
            return NOBODY
        for name in {"observed", "expected"} & set(given.columns):
            given[name] = given[name] / given["n"]
    found = limits_of(
        given, "unit", "n", "observed", "expected" if expected is not None else None,
        kind="proportion" if measure.is_share else "mean", sd=sd, skew=skew,
        overdispersion=len(judged) >= settings["least_clinics"],
    )  # fmt: skip
    told = found.set_index("unit")[["value", "flag"]]
    return Units(told, float(found["centre"].iloc[0]), sd, skew, found.attrs["tau2"])


def _shape(judged: pd.DataFrame) -> tuple[float | None, float | None]:
    """Spread and skewness of all scores together, by their sums; None where they don't differ."""
    n = judged["n"].sum()
    mean = judged["observed"].sum() / n
    second = judged["squares"].sum() / n - mean**2
    third = judged["cubes"].sum() / n - 3 * mean * judged["squares"].sum() / n + 2 * mean**3
    if not second > _NOTHING:
        return None, None
    return float(np.sqrt(second * n / max(n - 1, 1))), float(third / second**1.5)


def _ends(judged: pd.DataFrame, measure: Measure) -> tuple[float, float] | None:
    """The 95 % interval of all judged together, as measured: Wilson's of a share, Student's of a mean."""
    n, sum_ = int(judged["n"].sum()), float(judged["observed"].sum())
    if not n:
        return None
    if measure.is_share:
        told = wilson(int(sum_), n)
    else:
        spread = _shape(judged)[0]
        told = mean_interval(sum_ / n, spread, n)
    low, high = told["lower"], told["upper"]
    return None if low is None or high is None else (low, high)


def _curve(judged: pd.DataFrame, found: Units, is_share: bool) -> tuple[Limit, ...]:
    """The limits from the fewest to the most answers of those judged, and a little beyond."""
    if found.centre is None or len(judged) < FEW:
        return ()
    low, high = float(judged["n"].min()), float(judged["n"].max())
    edge = max(1.0, (high - low) / 10)
    n = np.unique(np.round(np.geomspace(max(low - edge, 1.0), high + edge, _STEPS)))
    return tuple(Limit(*(float(one) for one in row)) for row in zip(n, *curve(n, found, is_share), strict=True))


def curve(n: Floats, found: Units, is_share: bool) -> list[Floats]:
    """Lower and upper 95%, lower and upper 99.8% at so many answers, for a unit of which the centre is expected.

    Of shares the upper line is the lower one of those who didn't, so that a point lies outside where its flag says so:
    Spiegelhalter's interpolation, which `plumbline.stats.funnel` gives, lies up to one patient too low there.
    """
    from scipy import stats

    centre = np.full(len(n), found.centre)
    if not is_share:
        error = float(found.sd or 0) / np.sqrt(n)
        total = np.sqrt(error**2 + found.tau2)
        tilt = float(found.skew or 0) / np.sqrt(n) * (error / total) ** 3
        return [np.asarray(centre + total * stats.pearson3.ppf(p, tilt)) for p in LIMITS.values()]
    if not found.tau2:
        below = {p: binomial_limit(min(p, 1 - p), n, centre if p < 1 - p else 1 - centre) for p in LIMITS.values()}
        return [limit if p < 1 - p else 1 - limit for p, limit in below.items()]
    error = np.sqrt(1 / (4 * n) + found.tau2)
    angle = np.arcsin(np.sqrt(centre))
    return [np.sin(np.clip(angle + stats.norm.ppf(p) * error, 0, np.pi / 2)) ** 2 for p in LIMITS.values()]


def _point(
    unit: object, row: pd.Series, measure: Measure, settings: Mapping[str, float], found: Units, is_adjusted: bool
) -> Point:  # fmt: skip
    most, n = int(settings["hidden_inside"]), int(row["n"])
    is_hidden, value = bool(row["is_hidden"]), None if pd.isna(row["value"]) else float(row["value"])
    centre, raw = found.centre, float(row["observed"]) / n if n else None
    if value is None:  # too few answers to judge: shown as measured
        value = raw
    state = "empty" if not n else "thin" if row["is_thin"] else STATES.get(str(row["flag"]), "as_expected")
    is_told = state in ("look", "stands_out") and value is not None and centre is not None
    side = ("above" if value > centre else "below") if is_told else ""  # type: ignore[operator]
    between = hidden.span(int(row["observed"]), n, most) if is_hidden and measure.is_share else None
    scale = (value or 0) / float(row["observed"]) if row["observed"] else 0.0
    least, top = (None, None) if between is None else (between[0] * scale, between[1] * scale)
    is_few = small.is_small(n, most)
    told = Point(
        str(unit), str(row["name"]), None if is_few else n, row["told_due"], row["told_received"],
        None if is_hidden or not measure.is_share else int(row["observed"]),
        None if is_hidden else value, least, top, None if is_hidden else raw, state, side, is_hidden, "",
    )  # fmt: skip
    return replace(told, words=funnel_words.point(told, measure, most, is_adjusted and state != "thin"))
