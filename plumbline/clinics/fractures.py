"""New fractures for every 100 patient-years, by clinic; and the share that had one within a year, death competing."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from plumbline.clinics import words
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
    most = int(settings["hidden_inside"])
    pairs = [(int((part["outcome"] == EVENT).sum()), len(part)) for _, _, part in parts]
    whole = sum(events for events, _ in pairs), len(courses)
    every = [("All clinics", "", courses), *parts]
    shown = [(None, None) if small.is_part_hidden(*whole, most) else whole, *small.parts(pairs, most)]
    return tuple(
        _rate(unit, name, part, *pair, most) for (name, unit, part), pair in zip(every, shown, strict=True)
    )


def _rate(
    unit: str, name: str, part: pd.DataFrame, events: int | None, procedures: int | None, most: int
) -> Rate:  # fmt: skip
    """`events` of `procedures`, as they may be shown. Figures have no more places than they are read with: more would
    tell of how many they are."""
    exactly = float(part["days"].sum() / YEAR)
    years = float(round(exactly))
    if events is None or exactly <= 0:
        said = f"{name}: nobody followed yet"
        if exactly > 0:
            said = f"{name}: hidden, in {words.counted(round(years), 'year')}"
        return Rate(unit, name, procedures, None, years, None, None, None, None, None, None, said)
    rate, lower, upper = (round(one, 1) for one in person_time_rate(events, exactly).values())
    share, low, high = _within(part, events, most)
    said = (
        f"{name}: {rate:.0f} for every 100 patients and year ({lower:.0f} to {upper:.0f}), "
        f"{words.counted(events, 'new fracture')} in {words.counted(round(years), 'year')}"
    )
    if share is not None:
        ends = f" ({words.percent(low)} to {words.percent(high)})" if low is not None and high is not None else ""
        said += f"; within a year {words.percent(share)}{ends}"
    return Rate(unit, name, procedures, events, years, rate, lower, upper, share, low, high, said)


def _within(part: pd.DataFrame, events: int, most: int) -> tuple[float | None, float | None, float | None]:
    """The share within a year and its interval in whole per cent; hidden where it or the rest of them is of few."""
    early = int(((part["outcome"] == EVENT) & (part["days"] <= YEAR)).sum())
    if small.is_part_hidden(early, events, most):
        return None, None, None
    share, low, high = (None if one is None else round(one, 2) for one in by_year(part))
    return share, low, high


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
