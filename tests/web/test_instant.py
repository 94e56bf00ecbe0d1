"""The instant in the address: on the clinics' clock, there and back, and nothing guessed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plumbline.web.instant import WrongInstant, local, read, words, written

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = st.sampled_from([BERLIN, ZoneInfo("America/New_York"), ZoneInfo("Australia/Lord_Howe"), ZoneInfo("UTC"), None])
PAST = st.datetimes(datetime(1990, 1, 1), datetime(2026, 11, 1))


@given(instant=PAST, zone=ZONES)
def test_what_is_written_is_read_as_the_same_instant(instant: datetime, zone: ZoneInfo | None) -> None:
    assert read(written(instant, zone), zone) == instant


def test_an_instant_without_an_offset_is_on_the_clinics_clock() -> None:
    assert read("2026-03-12T14:00", BERLIN) == datetime(2026, 3, 12, 13)
    assert read("2026-03-12T14:00Z", BERLIN) == datetime(2026, 3, 12, 14)
    assert read("2026-03-12T14:00:05.25+02:00", BERLIN) == datetime(2026, 3, 12, 12, 0, 5, 250_000)
    assert written(datetime(2026, 3, 12, 13), BERLIN) == "2026-03-12T14:00"
    assert local(datetime(2026, 3, 12, 23, 30), BERLIN).date().isoformat() == "2026-03-13"


def test_words_have_seconds_only_where_there_are_some_and_the_zone_where_it_is_the_machines() -> None:
    assert words(datetime(2026, 3, 12, 13), BERLIN) == "12 Mar 2026, 14:00"
    assert words(datetime(2026, 3, 2, 13, 0, 5, 3), BERLIN) == "2 Mar 2026, 14:00:05"
    assert words(datetime(2026, 3, 12, 13), None).startswith("1")
    assert words(datetime(2026, 3, 12, 13), None).endswith(")")


NO_INSTANTS = ["yesterday", "2026-03-12", "2026-02-30T10:00", "2026-03-12T25:00", "2026-03-12 14:00", "12/03/2026"]
NO_INSTANTS += ["0001-01-01T00:00", "9" * 400, "2026-03-12T14:00+99:00", "２０２６-03-12T14:00", "%00"]


@pytest.mark.parametrize("text", NO_INSTANTS)
def test_what_is_no_instant_is_refused(text: str) -> None:
    with pytest.raises(WrongInstant, match="isn't one"):
        read(text, BERLIN)


def test_an_instant_to_come_is_refused() -> None:
    with pytest.raises(WrongInstant, match="still to come"):
        read(f"{datetime.now(UTC) + timedelta(minutes=2):%Y-%m-%dT%H:%MZ}", BERLIN)


def test_a_time_that_never_was_and_one_that_came_twice_are_refused() -> None:
    with pytest.raises(WrongInstant, match="never was"):
        read("2026-03-29T02:30", BERLIN)
    with pytest.raises(WrongInstant, match=r"came twice.*02:30:00\+02:00 or .*02:30:00\+01:00"):
        read("2026-10-25T02:30", BERLIN)
    assert read("2026-10-25T02:30+01:00", BERLIN) == datetime(2026, 10, 25, 1, 30)
    assert read("2026-10-25T02:30 01:00", BERLIN) == datetime(2026, 10, 25, 1, 30), "a plus in an address is a space"
    assert written(datetime(2026, 10, 25, 1, 30), BERLIN) == "2026-10-25T02:30+01:00"
    assert datetime.fromisoformat("2026-10-25T02:30+01:00").tzinfo == timezone(timedelta(hours=1))
