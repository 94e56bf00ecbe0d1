"""How long flags wait, and who answered, by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from plumbline.clinics.completeness import completeness
from plumbline.clinics.waits import hours, waits
from tests.clinics.frames import SETTINGS, counted


def flags(rows: list[tuple[str, float, bool]], clinic: str = "Harbour") -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["stage", "hours", "is_done"])
    return frame.assign(clinic_id=clinic.lower(), clinic=clinic)


def test_median_and_quartiles_with_what_still_waits() -> None:
    """Of ten, six were seen after 2, 4, 6 and three times 8 hours; four wait since 10: three quarters not yet."""
    seen = [("seen", float(one), True) for one in (2, 4, 6, 8, 8, 8)] + [("seen", 10.0, False)] * 4
    (one, acted) = waits(flags(seen), SETTINGS)
    assert (one.flags, one.done) == (10, 6)
    assert (one.first, one.half, one.third) == (6.0, 8.0, None)
    assert one.words == "Harbour, raised to seen: 8 h (6 h to longer), 6 of 10"
    assert acted.words == "Harbour, seen to acted on: no flag"


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
