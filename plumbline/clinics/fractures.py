"""New fractures for every 100 patient-years, by clinic; and the share that had one within a year, death competing."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from plumbline.clinics import hidden, words
from plumbline.clinics.model import Rate
from plumbline.cohorts import small
from plumbline.stats import cumulative_incidence, person_time_rate

YEAR = 365.25
EVENT = 1


def fractures(courses: pd.DataFrame, settings: Mapping[str, float]) -> tuple[Rate, ...]:
    """All clinics together first, then each in alphabetical order.

    `courses`: rows of clinics/fracture_by_episode: each course up to its first new fracture, death, leaving, the day
    looked at or two years. The interval is exact (Poisson). Source: statistics 2 and features M20; a course counts
    once, so that two fractures in one fall are one event.
    """
    if courses.empty:
        return ()
    short = words.shortest(sorted(set(courses["clinic"])))
    parts = [(short[str(name)], str(unit), part) for (name, unit), part in courses.groupby(["clinic", "clinic_id"])]
    parts.sort(key=lambda one: one[0].casefold())
    events = pd.Series([(part["outcome"] == EVENT).sum() for _, _, part in parts])
    few = hidden.of_counts(events, int(settings["hidden_inside"]))
    found = [_rate(unit, name, part, settings, bool(shut)) for (name, unit, part), shut in zip(parts, few, strict=True)]
    few_in_all = small.is_small(events.sum(), int(settings["hidden_inside"]))
    return (_rate("", "All clinics", courses, settings, few_in_all), *found)


def _rate(unit: str, name: str, part: pd.DataFrame, settings: Mapping[str, float], is_hidden: bool) -> Rate:
    events, years = int((part["outcome"] == EVENT).sum()), float(part["days"].sum() / YEAR)
    if is_hidden or years <= 0:
        said = f"{name}: nobody followed yet"
        if years > 0:
            said = f"{name}: hidden, in {words.counted(round(years), 'year')}"
        return Rate(unit, name, len(part), None, years, None, None, None, None, None, None, said)
    rate, lower, upper = person_time_rate(events, years).values()
    share, low, high = by_year(part)
    said = (
        f"{name}: {rate:.0f} for every 100 patients and year ({lower:.0f} to {upper:.0f}), "
        f"{words.counted(events, 'new fracture')} in {words.counted(round(years), 'year')}"
    )
    if share is not None:
        ends = f" ({words.percent(low)} to {words.percent(high)})" if low is not None and high is not None else ""
        said += f"; within a year {words.percent(share)}{ends}"
    return Rate(unit, name, len(part), events, years, rate, lower, upper, share, low, high, said)


def by_year(part: pd.DataFrame) -> tuple[float | None, float | None, float | None]:
    """The cumulative incidence of a new fracture at one year, death competing, and its interval.

    None where nobody is still followed then. Source: statistics 2 (Aalen and Johansen).
    """
    if not (part["days"] >= YEAR).any():
        return None, None, None
    curve = cumulative_incidence(part, "days", "outcome")
    until = curve[curve["time"] <= YEAR]
    if until.empty:
        return 0.0, None, None
    last = until.iloc[-1]
    if not last["estimate"]:  # of no event there is no such interval; that of the rate says how sure it is
        return 0.0, None, None
    low, high = (None if pd.isna(last[end]) else float(last[end]) for end in ("lower", "upper"))
    return float(last["estimate"]), low, high
