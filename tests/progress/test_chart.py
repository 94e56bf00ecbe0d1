"""Chart, table and sentences come from the same rows; nothing on the axis touches; few marks for a daily diary."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from plumbline.progress import Facts as Gathered
from plumbline.progress import say
from plumbline.progress.chart import LETTER, MOST, SLOT, at
from tests.facts import Facts
from tests.progress.conftest import TODAY, Course, clinic, put, told

AXES = (0, 1, 3, 6, 7, 13, 14, 20, 41, 42, 60, 89, 90, 179, 180, 300, 364)


def diary(course: Course) -> None:
    course.scores(8, *((day, max(2.0, 8 - day / 4)) for day in range(1, 41)))


def story(course: Course) -> None:
    course.scores(8, (1, 5), (3, 4), (42, 2))
    course.step("shower", 2)
    course.step("stairs", 41)
    course.step("light_tasks", 30, "not_yet")
    course.step("off_opioids", 10, "not_applicable")
    course.note("for_patient", 3, "Keep your walks short.")
    course.note("visit", 3, "Frail, lives alone.")


@pytest.fixture(scope="module")
def found(gathered: Callable[..., Any]) -> dict[str, Gathered]:
    facts = Facts()
    clinic(facts)
    put(facts, "diary", 40, diary)
    put(facts, "story", 43, story)
    put(facts, "half", 14, lambda course: course.scores(7.5, (7, 4.4), (14, 5.3)))
    put(facts, "old", 100, lambda course: course.scores(8, (80, 3), (90, 3)), given_name=None)
    put(facts, "surgery_day", 0, lambda course: course.scores(8, (0, 5)))
    for day in AXES:
        put(facts, f"axis{day}", day, lambda course: course.scores(8, (0, 5)))
    return dict(gathered(facts))


def test_the_worked_example(found: dict[str, Gathered]) -> None:
    page = told(found, "story")
    chart = page.chart
    assert chart is not None
    rows = [(visit.when, visit.value, visit.expected, visit.label) for visit in chart.visits]
    assert rows == [
        ("Before", 8, "", "8"), ("Day 1", 5, "1 to 7", "5"), ("Day 3", 4, "1 to 7", "4"), ("1 week", None, "", ""),
        ("2 weeks", None, "", ""), ("6 weeks", 2, "0 to 5", "Now 2"),
    ]  # fmt: skip
    assert chart.visits[1].sentence == "Day 1: pain 5. It was 8 before. We expect 1 to 7."
    assert chart.visits[3].sentence == "1 week: no score."
    assert (page.hello, page.when) == ("Hello Rosa", "Day 43: over six weeks after your procedure")
    assert (page.summary.before, page.summary.latest) == ((8, "strong, before"), (2, "mild, now"))


def test_steps_say_their_day_and_what_was_never_asked_is_not_ahead(found: dict[str, Gathered]) -> None:
    steps = told(found, "story").steps
    assert steps is not None
    assert [step.text for step in steps.reached] == ["Stairs: day 41", "A shower: day 2"]
    assert steps.praise == "Well done, Rosa."
    ahead = {step.milestone: step.text for step in steps.ahead}
    assert ahead["light_tasks"] == "Light jobs at home: when you are ready"
    assert len(ahead) <= 4
    assert "off_opioids" not in ahead


def test_only_notes_for_the_patient_are_shown(found: dict[str, Gathered]) -> None:
    (note,) = told(found, "story").notes
    assert (note.text, note.by) == ("Keep your walks short.", "Dr Ada Example, Wednesday 14 October")
    assert "Frail" not in repr(told(found, "story"))


def test_nobody_is_called_by_the_family_name(found: dict[str, Gathered]) -> None:
    assert "Maria" not in repr(told(found, "story"))
    assert "family" not in found["story"].person
    assert told(found, "old").hello == "Hello"


def test_a_score_with_a_fraction_is_said_whole_and_compared_as_it_is(found: dict[str, Gathered]) -> None:
    page = told(found, "half")
    assert [visit.value for visit in page.chart.visits if visit.value is not None] == [8, 4, 5]
    assert found["half"].situation["stand"] == "above"  # 5.3, and the range ends at 5
    assert page.summary.situation == "one_high"


def test_an_old_score_is_not_called_now(found: dict[str, Gathered]) -> None:
    page = told(found, "old")
    assert page.summary.lines[0] == "Your pain was 3 out of 10 on Friday 13 November."
    assert page.chart.visits[-1].label == "Last 3"


def test_a_daily_diary_has_few_marks_the_newest_among_them_and_says_so(found: dict[str, Gathered]) -> None:
    chart = told(found, "diary").chart
    assert 20 <= len(chart.visits) <= MOST
    assert chart.visits[-1].day == 40
    assert chart.visits[0].day is None
    assert "Not every score is drawn. The newest one is." in chart.caption


def test_marks_close_together_have_their_number_only_at_both_ends(found: dict[str, Gathered]) -> None:
    chart = told(found, "diary").chart
    assert chart is not None
    assert [visit.label for visit in chart.visits if visit.label] == ["8", "Now 2"]
    assert all(str(visit.value) in visit.sentence for visit in chart.visits)


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_two_words_on_the_axis_touch(found: dict[str, Gathered], language: str) -> None:
    for day in AXES:
        ticks = say(found[f"axis{day}"], language=language).chart.ticks
        ends = [0.0]
        for tick in ticks:
            width = len(tick.label) * LETTER
            start = {0.0: 0.0, 1.0: 1 - width}.get(tick.at, tick.at - width / 2)
            assert start >= ends[-1]
            ends.append(start + width)
        assert (ticks[0].at, ticks[-1].at, len(ticks) >= 3) == (0.0, 1.0, True)


def test_days_stand_by_the_root_and_before_in_its_own_slot() -> None:
    assert (at(None, 42), at(0, 42), at(42, 42)) == (0.0, SLOT, 1.0)
    assert at(10, 40) == pytest.approx((SLOT + 1) / 2)


def test_marks_lie_in_order_and_the_table_has_each_of_them(found: dict[str, Gathered]) -> None:
    for facts in found.values():
        chart = say(facts).chart
        places = [visit.at for visit in chart.visits]
        assert places == sorted(places)
        assert [visit.key for visit in chart.visits] == [f"v{number}" for number in range(1, len(places) + 1)]
        assert sum(visit.is_latest for visit in chart.visits) == 1
        for visit in chart.visits:
            assert visit.sentence.startswith(visit.when)
            assert visit.value is None or f"pain {visit.value}." in visit.sentence
            assert not re.match(r"\d", visit.expected) or f"We expect {visit.expected}." in visit.sentence


def test_each_row_of_the_table_lies_in_the_picture_where_it_says(found: dict[str, Gathered]) -> None:
    """Between two edges the picture is straight: at each score it shows the range of its row."""
    for facts in found.values():
        chart = say(facts).chart
        for visit in chart.visits:
            if re.match(r"\d", visit.expected):
                before = max((edge for edge in chart.edges if edge.at <= visit.at + 1e-9), key=lambda edge: edge.at)
                after = min((edge for edge in chart.edges if edge.at >= visit.at - 1e-9), key=lambda edge: edge.at)
                numbers = [int(number) for number in re.findall(r"\d+", visit.expected)]
                assert (before.low, before.high) == (after.low, after.high) == (numbers[0], numbers[-1])


def test_who_opened_the_link_is_said_on_the_clinics_clock(found: dict[str, Gathered]) -> None:
    today = datetime(TODAY.year, TODAY.month, TODAY.day, 9, 40)
    opened = [(today, "you"), (today.replace(day=22), "carer"), (today.replace(day=20, hour=19), "failed")]
    about = told(found, "story", openings=opened).about
    assert "You opened this page today at 9:40." in about
    assert "Someone you trust opened this page yesterday at 9:40." in about
    assert "Someone could not open this page on Friday 20 November at 19:40." in about
    assert any("turn the link off" in text for text in about)
    assert not any("link" in text for text in told(found, "story").about)


def test_without_a_signature_there_is_no_guidance_and_nothing_ahead(found: dict[str, Gathered]) -> None:
    page = told(found, "story", guidance=False)
    assert page.guidance is not None
    assert (page.guidance.cards, page.guidance.instead) == ((), "Ask your care team what to do now.")
    assert page.steps is not None
    assert page.steps.ahead == ()


@pytest.mark.slow
def test_a_clinic_without_phones_promises_none(gathered: Callable[..., Any]) -> None:
    facts = Facts()
    facts.clinic()
    put(facts, "quiet", 5, lambda course: course.event("weakness_numbness", 5))
    page = told(gathered(facts), "quiet")
    assert page.summary.headline == "Call the emergency number now."
    assert (page.summary.call, page.help.clinic, page.help.out_of_hours, page.help.closed) == (None, None, None, "")
    assert (page.help.emergency.number, page.help.emergency.label) == ("", "Call the emergency number")
