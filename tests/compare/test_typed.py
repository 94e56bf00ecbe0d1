"""What people type for an instrument, a milestone, a visit or a day: taken where clear, else told what there is."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from plumbline.compare.typed import ask_of, meant
from plumbline.errors import NotFound, PlumblineError
from plumbline.status import latest_day
from tests.cli.test_main import ask
from tests.conftest import DEMO_UNTIL

OPTIONS = {"as_of": DEMO_UNTIL.isoformat(), "instrument": "nrs_back", "window": "month 3", "milestone": "light_tasks"}


@pytest.mark.parametrize(
    ("said", "instrument"),
    [
        ("odi", "odi"), ("ODI", "odi"), (" Odi ", "odi"), ("Oswestry", "odi"), ("Disability (ODI)", "odi"),
        ("NRS back", "nrs_back"), ("back pain", "nrs_back"), ("Back pain, 0 to 10", "nrs_back"), ("Pain", "nrs_pain"),
        ("EQ-5D index", "eq5d_index"), ("Roland-Morris", "rmdq"), ("5 x sit-to-stand", "sts5"),
        ("PROMIS_PI", "promis_pi"),
    ],
)  # fmt: skip
def test_an_instrument_in_any_case_and_by_the_names_on_the_screen(demo_cursor: Any, said: str, instrument: str) -> None:
    assert ask_of(demo_cursor, OPTIONS | {"instrument": said}).instrument == instrument


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ("oddi", "'oddi'. Did you mean odi? Instruments are nrs_back: Back pain; "),
        ("EQ-5D", "Did you mean eq5d_index or eq5d_vas?"),
        ("", "There is no instrument ''. Instruments are nrs_back: "),
        ("%", "There is no instrument '%'. Instruments are "),
    ],
)
def test_an_instrument_that_could_be_several_or_none(demo_cursor: Any, said: str, says: str) -> None:
    with pytest.raises(NotFound) as told:
        ask_of(demo_cursor, OPTIONS | {"instrument": said})
    assert says in str(told.value)


@pytest.mark.parametrize("said", ["light_tasks", "Light household tasks", "LIGHT TASKS", "household"])
def test_a_milestone_by_its_name_or_words(demo_cursor: Any, said: str) -> None:
    assert ask_of(demo_cursor, OPTIONS | {"milestone": said}).milestone == "light_tasks"


def test_a_name_itself_counts_before_words_of_others() -> None:
    words = {"walk": ("Walk far",), "far": ("Walk",)}
    assert meant("walk", "milestone", words) == "walk"
    assert meant("walk far", "milestone", words) == "walk"
    with pytest.raises(NotFound, match="Did you mean walk_5min or walk_10min"):
        meant("walk", "milestone", {"walk_5min": ("Walk 5 min",), "walk_10min": ("Walk 10 min",)})


@pytest.mark.parametrize(
    ("said", "visit"),
    [("day 90", "month_3"), ("365 days", "month_12"), ("day 42", "week_6"), ("1 year", "month_12"), ("w6", "week_6")],
)
def test_a_visit_by_its_planned_day(demo_cursor: Any, said: str, visit: str) -> None:
    assert ask_of(demo_cursor, OPTIONS | {"window": said}).visit == visit


@pytest.mark.parametrize(
    "said", ["-6 weeks", "month -3", "\N{MINUS SIGN}6 weeks", "+6 weeks", "-1", "day 89", "month 13", "12", "", " "]
)
def test_a_window_that_there_is_none_of_names_those_there_are(demo_cursor: Any, said: str) -> None:
    with pytest.raises(NotFound) as told:
        ask_of(demo_cursor, OPTIONS | {"window": said})
    assert str(told.value).startswith(f"There is no visit {said.strip()!r}. Visits are: day 1, week 1, ")
    assert "baseline" not in str(told.value)


def test_a_day_to_come_is_refused_and_today_is_taken(demo_cursor: Any, demo_store: Path) -> None:
    today = latest_day(demo_cursor)
    assert ask_of(demo_cursor, OPTIONS | {"as_of": today.isoformat()}).as_of == today
    for ahead in (today + timedelta(days=1), today.replace(year=9999, day=1)):
        with pytest.raises(PlumblineError, match=f"{ahead} lies in the future: today is {today}"):
            ask_of(demo_cursor, OPTIONS | {"as_of": ahead.isoformat()})
    for command in (["compare"], ["report", "--to", str(demo_store.with_name("ahead"))]):
        ended = ask(*command, "sex:female", "others", "--as-of", "9999-01-01", "--store", demo_store)
        assert (ended.returncode, ended.stdout) == (2, "")
        assert "9999-01-01 lies in the future" in ended.stderr
    assert not demo_store.with_name("ahead").exists()
