"""Time to an event: the log-rank test, cumulative incidence with what competes, the day by which a share got there."""

from __future__ import annotations

from collections.abc import Hashable
from statistics import NormalDist

import numpy as np
import pandas as pd

from plumbline.stats.columns import Floats, coded, complete, number
from plumbline.stats.errors import StatsError

_Z = NormalDist().inv_cdf(0.975)
_OF_INTEREST = 1
_NEAR = 1e-12  # a share of 0.5 that is 0.49999999999999994 in floats has been reached
COLUMNS = ["group", "time", "estimate", "lower", "upper", "at_risk"]


def log_rank(frame: pd.DataFrame, duration: Hashable, event: Hashable, group: Hashable) -> dict[str, float]:
    """Whether two or more groups reach the event at the same times: Mantel's log-rank test, unweighted.

    Columns: `duration` a number from 0, any unit; `event` 1 or true where it happened then, 0 or false where it had
    not by then (censored); `group` two or more values. A group that nobody of was left in when the first event
    happened says nothing and takes no degree of freedom.
    Returns `statistic` (chi-squared), `df` (groups minus 1) and `p`; 0 and 1 where it happened to everybody at once.
    Errors: `StatsError` for a missing value, another coding of `event`, one group, or no event.
    For times at which nothing competes, by hand: no page shows it. Where patients die or are operated on again before
    they reach a milestone, it would compare how quickly those still waiting get there, not the shares that are drawn.
    Source: Mantel 1966, through statsmodels' `survdiff`.
    """
    from scipy import stats
    from statsmodels.duration.survfunc import survdiff

    times = _durations(frame, duration)
    events = complete(frame, event)
    if not np.isin(events, (0, 1)).all():
        raise StatsError(
            f"Column {event!r} holds other codes than 0 and 1: make one that is true where the event happened, such as "
            f"frame[{event!r}] == 2 where 2 is the event and 1 is censored."
        )
    codes, values = _groups(frame, group)
    if not events.any():
        raise StatsError(f"Column {event!r} holds no event: there is nothing to compare.")
    first = times[events == 1].min()
    telling = [code for code in range(len(values)) if times[codes == code].max() >= first]
    if len(telling) < 2:
        raise StatsError(f"Column {group!r} holds one group that was followed until an event: two are compared.")
    kept = np.isin(codes, telling)
    df = len(telling) - 1
    if (events[times == first] == 1).sum() == (times >= first).sum():
        return {"statistic": 0.0, "df": df, "p": 1.0}  # all at once: nothing varies, and nobody was later than another
    statistic, _ = survdiff(times[kept], events[kept], codes[kept])
    return {"statistic": float(statistic), "df": df, "p": float(stats.chi2.sf(statistic, df))}


def cumulative_incidence(
    frame: pd.DataFrame, duration: Hashable, event: Hashable, group: Hashable | None = None
) -> pd.DataFrame:
    """The share that had the event of interest by each time, a curve a group.

    Columns: `duration` a number from 0, any unit; `event` 0 censored, 1 the event of interest, 2 and more an event
    after which the one of interest can't happen (true and false are read as 1 and 0; so a column of 1 for censored
    and 2 for dead, as R's `lung` has it, must be made 0 and 1 first); `group` any value, or None.
    Returns `group` (the word "all" without one), `time` (0 and every time of the group), `estimate`, `lower`, `upper`
    (shares, 95 %) and `at_risk` (who was followed until that time and had no event before it); by group and time.
    Where the frame holds a competing event: Aalen-Johansen, its variance by the delta method, the interval on the
    scale log(-log F). Where it holds none: the complement of Kaplan-Meier, Greenwood's variance, log(-log S). Before
    the first event both bounds are 0, as in other software, so where fewer than three are to be expected by then the
    interval holds the truth less often than it says; where everybody has had it, the lower bound is the last there is.
    Errors: `StatsError` for a missing value, a duration below 0 or an event that is no whole number.
    Source: Kalbfleisch and Prentice 1980; Marubini and Valsecchi 1995, section 10.2; statistics, section 2.
    """
    times = _durations(frame, duration)
    events = complete(frame, event)
    if (events < 0).any() or (events != np.round(events)).any():
        raise StatsError(f"Column {event!r}: give 0 for censored, 1 for the event of interest, 2 and more for others.")
    codes, values = (np.zeros(len(frame), dtype=np.intp), ["all"]) if group is None else _groups(frame, group, least=1)
    competes = bool((events > _OF_INTEREST).any())
    curves = [_curve(times[codes == at], events[codes == at], competes) for at in range(len(values))]
    of = [value for value, curve in zip(values, curves, strict=True) for _ in range(len(curve))]
    found = pd.concat(curves or [_curve(times, events, competes).iloc[:0]], ignore_index=True)
    found.insert(0, "group", pd.Series(of, dtype=None if group is None else frame[group].dtype))
    return found[COLUMNS]


def day_reached(frame: pd.DataFrame, share: float) -> dict[object, float | None]:
    """The first time by which a share had the event, by group: 0.5 for the median, 0.8 for the 80th percentile.

    Takes what `cumulative_incidence` gives; returns the time in its unit, None where the curve ends before the share.
    """
    reached: dict[object, float | None] = {}
    for group, curve in frame.groupby("group", sort=True, observed=True):
        there = curve.loc[curve["estimate"] >= share - _NEAR, "time"]
        reached[group] = float(there.min()) if len(there) else None
    return reached


def person_time_rate(events: int, person_years: float) -> dict[str, float]:
    """Events per 100 person-years with an exact Poisson interval (95 %): `estimate`, `lower`, `upper`.

    Errors: `StatsError` for a count that is none, or without time under observation.
    Source: Garwood 1936.
    """
    from scipy import stats

    if number(events, "events") < 0 or not float(events).is_integer():
        raise StatsError(f"Give the events as a whole number from 0, not {events!r}.")
    if not number(person_years, "person_years") > 0:
        raise StatsError("Nobody was observed for any time: a rate can't be given.")
    lower = stats.chi2.ppf(0.025, 2 * events) / 2 if events else 0.0
    upper = stats.chi2.ppf(0.975, 2 * events + 2) / 2
    return {name: float(100 * count / person_years)
            for name, count in (("estimate", events), ("lower", lower), ("upper", upper))}  # fmt: skip


def _durations(frame: pd.DataFrame, name: Hashable) -> Floats:
    found = complete(frame, name)
    if (found < 0).any():
        raise StatsError(f"Column {name!r} holds durations below 0: count from the day that everybody begins at.")
    return found


def _groups(frame: pd.DataFrame, name: Hashable, least: int = 2) -> tuple[np.ndarray, list[object]]:
    codes, values = coded(frame, name)
    if (codes < 0).any():
        raise StatsError(f"Column {name!r} has missing values: leave those rows out first.")
    if len(values) < least and len(frame):
        raise StatsError(f"Column {name!r} holds one group: two or more are compared.")
    if not len(frame) and least > 1:
        raise StatsError("The frame has no rows: there is nothing to compare.")
    return codes, values


def _curve(times: Floats, events: Floats, competes: bool) -> pd.DataFrame:
    """The curve of one group; counts at every distinct time, then the estimate and its interval."""
    time, place = np.unique(np.append(0.0, times), return_inverse=True)
    place = place[1:]
    left = np.bincount(place, minlength=len(time))
    at_risk = np.cumsum(left[::-1])[::-1].astype(float)
    any_event = np.bincount(place, weights=events > 0, minlength=len(time)).astype(float)
    of_interest = np.bincount(place, weights=events == _OF_INTEREST, minlength=len(time)).astype(float)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        if competes:
            estimate, deviation = _aalen_johansen(at_risk, any_event, of_interest)
            spread = np.exp(_Z * deviation / np.abs(estimate * np.log(estimate)))
            lower, upper = estimate**spread, estimate ** (1 / spread)
        else:
            survival = np.cumprod(1 - any_event / np.maximum(at_risk, 1))
            estimate = 1 - survival
            greenwood = np.cumsum(any_event / (at_risk * (at_risk - any_event)))
            spread = np.exp(_Z * np.sqrt(greenwood) / np.abs(np.log(survival)))
            lower, upper = 1 - survival ** (1 / spread), 1 - survival**spread
    none, all_ = estimate <= 0, estimate >= 1 - _NEAR
    lower, upper = np.where(none | all_, 0.0, lower), np.where(none, 0.0, np.where(all_, 1.0, upper))
    last = lower[~all_].max(initial=0.0) if all_.any() else 0.0
    lower = np.where(all_, last, lower)
    return pd.DataFrame({"time": time, "estimate": estimate, "lower": lower, "upper": upper,
                         "at_risk": at_risk.astype(int)})  # fmt: skip


def _aalen_johansen(at_risk: Floats, any_event: Floats, of_interest: Floats) -> tuple[Floats, Floats]:
    """The estimate and its standard error. Where the last one has an event nothing more can happen: 0 of the sum."""
    risk = np.maximum(at_risk, 1)
    before = np.append(1.0, np.cumprod(1 - any_event / risk)[:-1]) / risk
    estimate = np.cumsum(before * of_interest)
    rate = np.where(at_risk > any_event, any_event / (risk * np.maximum(risk - any_event, 1)), 0.0)
    variance = estimate**2 * np.cumsum(rate) - 2 * estimate * np.cumsum(estimate * rate) + np.cumsum(estimate**2 * rate)
    variance += np.cumsum(before**2 * (risk - of_interest) * of_interest / risk)
    step = before * of_interest / risk
    variance += 2 * np.cumsum(estimate * step) - 2 * estimate * np.cumsum(step)
    return estimate, np.sqrt(np.maximum(variance, 0.0))
