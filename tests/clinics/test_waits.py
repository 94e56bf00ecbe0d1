"""How long flags wait, and who answered, by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from plumbline.clinics.completeness import completeness
from plumbline.clinics.waits import hours, waits
from tests.clinics.frames import SETTINGS, counted


def flags(rows: list[tuple[str, float, bool]], clinic: str = "Harbour") -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["stage", "hours", "is_done"])
    return frame.assign(clinic_id=clinic.lower(), clinic=clinic, episode_id=[f"e{turn}" for turn in range(len(frame))])


def test_median_and_quartiles_with_what_still_waits() -> None:
    """Of 20, 12 were seen, two each after 2, 4, 6 and six after 8 hours; 8 wait since 10: three quarters not yet."""
    seen = [("seen", float(one), True) for one in (2, 4, 6, 8, 8, 8) * 2] + [("seen", 10.0, False)] * 8
    (one, acted) = waits(flags(seen), SETTINGS)
    assert (one.flags, one.done) == (20, 12)
    assert (one.first, one.half, one.third) == (6.0, 8.0, None)
    assert one.words == "Harbour, raised to seen: 8 h (6 h to longer), 12 of 20"
    assert (one.lasted, one.counted) == ("8 h (6 h to longer)", "12 of 20")
    assert acted.words == "Harbour, seen to acted on: no flag"


@pytest.mark.attack(56)
def test_all_but_a_few_seen_are_hidden_and_of_another_clinic_what_would_tell() -> None:
    """17 of 20 seen are three who weren't. The sum of the clinics is known, so the next larger goes as well."""
    of = {"Harbour": (20, 17), "Mill": (40, 20), "Oak": (90, 60)}
    every = [flags([("seen", 5.0, True)] * did + [("seen", 9.0, False)] * (number - did), name)
             for name, (number, did) in of.items()]  # fmt: skip
    found = {one.name: one for one in waits(pd.concat(every), SETTINGS) if one.stage == "seen"}
    assert (found["Harbour"].done, found["Harbour"].flags, found["Harbour"].half) == (None, None, None)
    assert found["Harbour"].words == "Harbour, raised to seen: all but under 5 (hidden)"
    assert found["Mill"].done is None
    assert (found["Oak"].done, found["Oak"].flags) == (60, 90)


@pytest.mark.attack(56)
def test_how_many_were_dismissed_is_not_left_between_the_two_stages() -> None:
    """30 of 60 were seen; of 27 it took so long to act: three were dismissed."""
    rows = [("seen", 5.0, True)] * 30 + [("seen", 9.0, False)] * 30 + [("acted", 7.0, turn < 20) for turn in range(27)]
    seen, acted = waits(flags(rows), SETTINGS)
    assert (seen.done, seen.flags) == (30, 60)
    assert acted.flags is None


@pytest.mark.attack(56)
def test_flags_of_few_patients_are_few() -> None:
    many = flags([("seen", float(turn % 7), True) for turn in range(40)]).assign(episode_id=["e1", "e2"] * 20)
    (seen, _) = waits(many, SETTINGS)
    assert (seen.flags, seen.half) == (None, None)


@pytest.mark.parametrize(("number", "said"), [
    (5, "too few to give a time"), (8, "too few to give a time"), (9, "4 h (quarters: too few)"),
    (16, "4 h (quarters: too few)"), (17, "4 h (2 h to 6 h)"),
])  # fmt: skip
def test_a_quarter_of_few_is_one_flag_s_own_time(number: int, said: str) -> None:
    """A value is told where more than four flags lie on either side of it."""
    times = [2.0, 4.0, 6.0] * 6
    (seen, _) = waits(flags([("seen", one, True) for one in sorted(times[:number])]), SETTINGS)
    assert seen.lasted == said


def test_few_flags_are_hidden_and_clinics_are_in_alphabetical_order() -> None:
    some = pd.concat([flags([("seen", 3.0, True)] * 3, "Oak"), flags([("seen", 3.0, True)] * 7, "elm")])
    found = [one for one in waits(some, SETTINGS) if one.stage == "seen"]
    assert [one.name for one in found] == ["elm", "Oak"]
    assert found[1].flags is None
    assert found[1].half is None
    assert "under 5 (hidden)" in found[1].words
    assert waits(some.head(0), SETTINGS) == ()


@pytest.mark.parametrize(
    ("value", "said"), [(None, "longer"), (0.2, "under 1 h"), (5.4, "5 h"), (47.0, "47 h"), (72.0, "3 days")]
)
def test_hours_as_people_say_them(value: float | None, said: str) -> None:
    assert hours(value) == said


def test_completeness_by_clinic_and_visit() -> None:
    rows = [
        counted("Oak", 59, 20, due=100), counted("elm", 60, 20, due=100),
        counted("elm", 20, 10, due=25, visit="week_6"),
        counted("elm", 10, 5, due=15, month="2025-02-01", visit="week_6"),
        counted("Oak", 3, 1, due=20, visit="week_6"),
    ]  # fmt: skip
    frame = pd.DataFrame(rows)
    frame.loc[frame["visit"] == "week_6", "target_day"] = 42
    found = completeness(frame, SETTINGS)
    assert [(one.name, one.short_label, one.received, one.due, one.is_thin) for one in found] == [
        ("elm", "6 wk", None, 40, False), ("elm", "3 mo", 60, 100, False),
        ("Oak", "6 wk", None, 20, True), ("Oak", "3 mo", 59, 100, True),
    ]  # fmt: skip
    assert found[1].words == "elm, 3 months: 60%, 60 of 100 due"
    assert found[3].words == "Oak, 3 months: 59%, 59 of 100 due, too few to compare"
    assert found[2].share is None
    assert found[0].words == "elm, 6 weeks: hidden, of 40", "else Oak's would be left of the sum"
    assert found[2].words == "Oak, 6 weeks: under 5 of 20 (hidden), too few to compare"
    assert completeness(frame.head(0), SETTINGS) == ()


def test_neither_received_nor_due_is_told_where_few_are_silent() -> None:
    """Due stands in one place and received in another: 52 and 51 beside each other would tell of one."""
    rows = [counted("Oak", 51, 20, due=52), counted("elm", 60, 20, due=100), counted("Ash", 50, 9, due=99)]
    frame = pd.DataFrame(rows)
    found = {one.name: one for one in completeness(frame, SETTINGS)}
    assert (found["Oak"].received, found["Oak"].due, found["Oak"].share) == (None, None, None)
    assert found["Oak"].words == "Oak, 3 months: all but under 5 (hidden)"
    hidden = [one.name for one in found.values() if one.due is None]
    assert len(hidden) == 2, "one alone would be left of the sum"
