"""Which days counts are shown as of: today, and the ends of quarters, whatever day is asked for."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plumbline.cohorts import days
from plumbline.cohorts.days import TooFine

TODAY = date(2026, 11, 27)
DAYS = st.dates(date(2000, 1, 1), date(2040, 1, 1))


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("2026-11-27", "2026-11-27"), ("2026-11-26", "2026-11-27"), ("2026-12-31", "2026-11-27"),
        ("2026-10-01", "2026-09-30"), ("2026-09-30", "2026-09-30"), ("2026-10-31", "2026-11-27"),
        ("2026-10-29", "2026-09-30"), ("2024-02-29", "2024-03-31"), ("2024-02-01", "2023-12-31"),
    ],
)  # fmt: skip
def test_the_nearest_day_that_is_open(asked: str, shown: str) -> None:
    assert days.nearest(date.fromisoformat(asked), TODAY).isoformat() == shown


def test_four_days_a_year_are_open_and_today() -> None:
    every = [TODAY - timedelta(turn) for turn in range(-400, 366)]
    found = [day.isoformat() for day in every if days.is_open(day, TODAY)]
    assert found == ["2026-11-27", "2026-09-30", "2026-06-30", "2026-03-31", "2025-12-31"]


@given(DAYS, DAYS)
def test_the_nearest_is_open_and_none_that_is_open_is_nearer(day: date, today: date) -> None:
    found = days.nearest(day, today)
    assert days.is_open(found, today)
    apart = abs((found - day).days)
    assert not any(days.is_open(day + timedelta(turn), today) for turn in range(-apart + 1, apart))


def test_it_says_which_in_words() -> None:
    assert str(TooFine(date(2026, 9, 30), TODAY)).endswith("nearest to the one you chose is 30 September 2026.")
    assert "of the last day of a quarter" in str(TooFine(TODAY, TODAY))
    assert str(TooFine(TODAY, TODAY)).endswith("is today.")
    assert "30 September 2026, 23:59." in str(TooFine(date(2026, 9, 30), TODAY, "23:59"))
