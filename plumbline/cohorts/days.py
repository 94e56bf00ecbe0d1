"""As of which days counts are shown to whoever sees counts and no patients: today, and the ends of quarters.

Of two days that lie close together the figures differ by what one or a few patients answered in between, so stepping
from one to the next would tell of each. Today passes by itself and is no choice.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from plumbline.cohorts.small import counted
from plumbline.errors import PlumblineError

_SAID = {1: "a month", 3: "a quarter", 12: "a year"}


class TooFine(PlumblineError):
    """A day was chosen that tells of single patients beside another.

    `nearest`: the one to look at instead; `at`: at which time of it, where an instant was asked for.
    """

    def __init__(self, nearest: date, today: date, at: str = "") -> None:
        self.nearest, self.at, self.is_today = nearest, at, nearest == today
        last = "today" if self.is_today else f"{nearest:%-d %B %Y}{at and f', {at}'}"
        super().__init__(
            "Figures of groups are shown as of today, or of the last day of "
            f"{_SAID.get(months(), f'every {months()} months')}: beside a day close to it, what single patients "
            f"answered could be told. The nearest to the one you chose is {last}."
        )


def months() -> int:
    """So many months lie between two days that may be chosen. Source: data/reference/comparison_value.csv."""
    return counted("grid_months")


def is_open(day: date, today: date) -> bool:
    """Whether counts may be looked at as of this day."""
    return day == today or (day < today and day == _end(day.year, day.month) and day.month % months() == 0)


def nearest(day: date, today: date) -> date:
    """Of the days that are open the nearest, the earlier one on ties."""
    if day >= today:
        return today
    later = day
    while not is_open(later, today):
        later += timedelta(days=1)
    earlier = day
    while not is_open(earlier, today) and earlier > date.min:
        earlier -= timedelta(days=1)
    return earlier if is_open(earlier, today) and day - earlier <= later - day else later


def _end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])
