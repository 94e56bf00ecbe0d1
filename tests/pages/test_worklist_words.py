"""The worklist's sentences."""

from types import SimpleNamespace

import pytest

from plumbline.web.worklist import words


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "Nobody needs you today"),
        (1, "One person needs you today"),
        (4, "Four people need you today"),
        (13, "13 people need you today"),
    ],
)
def test_the_title_counts_in_words(number: int, said: str) -> None:
    assert words.title(number, "today") == said


@pytest.mark.parametrize(
    ("total", "said"),
    [
        ({}, "No flags wait below. Amber budget: 0."),
        (
            {"waiting_total": 7, "silent_total": 8, "untold_total": 0, "amber_budget": 3},
            "Seven more amber flags and eight silent patients wait below. Amber budget: 3.",
        ),
        (
            {"waiting_total": 1, "silent_total": 0, "untold_total": 0, "amber_budget": 3},
            "One more amber flag waits below. Amber budget: 3.",
        ),
        (
            {"waiting_total": 13, "silent_total": 1, "untold_total": 2, "amber_budget": 9},
            "13 more amber flags, one silent patient and two patients whom the reference doesn't cover wait below. "
            "Amber budget: 9.",
        ),
    ],
)
def test_what_waits_below_is_said(total: dict[str, int], said: str) -> None:
    assert words.waiting(total) == said


@pytest.mark.parametrize(
    ("days", "said"), [(None, "never heard"), (0, "heard today"), (1, "heard yesterday"), (9, "heard 9 days ago")]
)
def test_the_last_contact_is_said(days: int | None, said: str) -> None:
    assert words.heard(days) == said


def test_a_course_with_nothing_known_is_said_so() -> None:
    row = SimpleNamespace(day=None, phase_label=None, last_value=None, expected=None)
    assert words.day_and_phase(row) == "no procedure yet"
    assert words.score(row) == ("No score yet", "no expected range")


def test_the_last_score_stands_against_what_was_expected() -> None:
    row = SimpleNamespace(day=47, phase_label="weeks 3–12", last_value=7.0, expected="0 to 6")
    assert words.day_and_phase(row) == "day 47, weeks 3–12"
    assert words.score(row) == ("Pain 7", "expected 0 to 6")
