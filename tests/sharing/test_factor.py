"""A date of birth is taken as people write it, and nothing else is."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plumbline.sharing import factor

FORMS = ["{0:%Y-%m-%d}", "{0:%d.%m.%Y}", "{0.day}.{0.month}.{0.year}", "{0:%d %m %Y}", "{0:%d/%m/%Y}", "{0:%d%m%Y}"]
FORMS += ["{0:%m/%d/%Y}", " {0:%d}-{0:%m}-{0:%Y} "]


@given(st.dates(date(1900, 1, 1), date(2026, 12, 31)), st.sampled_from(FORMS))
def test_a_date_is_read_whichever_way_it_is_written(day: date, form: str) -> None:
    assert day.isoformat() in factor.readings(form.format(day))


@pytest.mark.parametrize(
    "said",
    [
        "31 Dec 1944", "31 december 1944", "December 31, 1944", "Dec. 31 1944", "31 de diciembre de 1944",
        "31 dic 1944", "31. Dezember 1944", "31 décembre 1944", "31-Dec-1944", "31 of December 1944",
    ],
)  # fmt: skip
def test_a_month_may_be_a_word(said: str) -> None:
    assert factor.readings(said) == ("1944-12-31", "")


@pytest.mark.parametrize(
    "said", ["31 Foo 1944", "Dec 1944", "31 Dec 44", "32 Dec 1944", "31 Dec 1944 Dec", "1 2 Dec 1944"]
)
def test_a_word_that_is_no_month_or_a_day_that_is_none_means_nothing(said: str) -> None:
    assert factor.readings(said) == ("", "")


@pytest.mark.attack(36)
@pytest.mark.parametrize(
    "given",
    [
        None, "", " ", "1950-2-1", "0000-00-00", "' or 1=1", "1950-02-30", "31.02.1950", "1950", "02.1950", "12345",
        "1234567", "٣١ ١٢ ١٩٤٤", "31\x0012 1944", "1" * 5000, "31 12 44", "1944-12-31T00:00", "31.12.1944 or more",
    ],
)  # fmt: skip
def test_attack_36_what_is_no_date_and_no_code_fits_nothing(given: str | None) -> None:
    assert factor.readings(given) == ("", "")


@settings(max_examples=200)
@given(st.text(max_size=60))
def test_whatever_is_typed_means_a_day_a_code_or_nothing(text: str) -> None:
    for reading in factor.readings(text):
        is_code = len(reading) == 6 and reading.isascii() and reading.isdigit()
        assert reading == "" or is_code or date.fromisoformat(reading).isoformat() == reading


def test_a_hash_is_bound_to_its_link_and_a_link_that_isnt_there_takes_the_same_work() -> None:
    kept = factor.digest("link", "1944-12-31")
    assert "1944" not in kept
    assert kept.startswith("$argon2id$")
    assert factor.is_right(kept, "link", "31.12.1944")
    assert not factor.is_right(kept, "other", "31.12.1944")
    assert not factor.is_right(kept, "link", "30.12.1944")
    assert not factor.is_right(None, "", "31.12.1944")
    assert not factor.is_right(kept, "link", "")


def test_codes_are_six_digits_and_days_are_whole() -> None:
    assert all(len(factor.new_code()) == 6 for _ in range(50))
    assert factor.whole_day("1944-12-31") == date(1944, 12, 31)
    assert [factor.whole_day(said) for said in (None, "1944", "1944-12", "1944-13-01")] == [None] * 4
