"""Each row of the table of situations by a worked example, and what is never shown with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from plumbline import flag_runs, flags
from plumbline.errors import NotFound
from plumbline.known import as_known
from plumbline.progress import Facts as Gathered
from plumbline.progress import gather, of
from plumbline.store import open_store, reference_frame
from tests.facts import Facts
from tests.progress.conftest import TODAY, Build, Course, clinic, put, told

RISE = ((7, 2), (14, 2), (21, 2), (28, 6), (35, 6))
HIGH = ((7, 8), (14, 8))


def scores(before: float | None, *later: tuple[int, float]) -> Build:
    return lambda course: course.scores(before, *later)


def both(*builds: Build) -> Build:
    def build(course: Course) -> None:
        for one in builds:
            one(course)

    return build


def sign(kind: str, day: int) -> Build:
    return lambda course: course.event(kind, day)


def look(rule: str, day: int, action: str = "acknowledge", subject: str = "", answer: str | None = None) -> Build:
    return lambda course: course.look(rule, day, action, subject, answer=answer)


def late(course: Course) -> None:
    course.scores(8, (7, 3), (14, 3))
    course.step("stairs", 12, "not_yet")
    course.step("shower", 12, "unable")


# name: rank of the row in data/reference/situation.csv, situation, today, what is recorded
CASES: dict[str, tuple[int, str, int, Build]] = {
    "leg_weak": (10, "red", 5, both(scores(8, (1, 4)), sign("weakness_numbness", 5))),
    "leg_weak_and_seen_calf": (
        10, "red", 5,
        both(sign("calf", 4), sign("chest_breath", 5), look("red_flag_event", 5, subject="calf")),
    ),
    "calf": (11, "red_today", 5, both(scores(8, (1, 4)), sign("calf", 5))),
    "leg_weak_seen": (
        12, "red_seen", 6, both(sign("weakness_numbness", 5), look("red_flag_event", 6, subject="weakness_numbness")),
    ),
    "calf_seen": (12, "red_seen", 6, both(sign("calf", 5), look("red_flag_event", 6, subject="calf"))),
    "stepped_up": (20, "wait", 36, scores(8, *RISE)),
    "slower": (21, "wait", 15, scores(8, *HIGH)),
    "slower_reopened": (
        21, "wait", 17, both(scores(8, *HIGH), look("above_90", 15), look("above_90", 16, "reopen")),
    ),
    "steps_late": (21, "wait", 15, late),
    "stepped_up_seen": (22, "new_seen", 36, both(scores(8, *RISE), look("rise_confirmed", 36), look("big_rise", 36))),
    "slower_seen": (
        23, "slow_seen", 15,
        both(scores(8, *HIGH), look("above_90", 15, "act", answer="called"), look("little_relief", 15)),
    ),
    "to_come": (30, "before", -5, lambda course: course.facts.score(0, 8, course.name, taken_on=course.on(-7))),
    "day_of_it": (31, "soon", 0, scores(8)),
    "silent_from_the_start": (32, "none", 20, scores(None)),
    "other_procedure": (33, "scores_only", 20, scores(8, (7, 3))),
    "no_word_since": (34, "gap", 30, scores(8, (3, 4))),
    "past_the_course": (35, "scores_only", 380, scores(8, (180, 2), (375, 2))),
    "first_days_high": (40, "early", 5, scores(10, (5, 9))),
    "first_days": (41, "first", 3, scores(8, (1, 5), (3, 4))),
    "first_days_not_below": (42, "early", 3, scores(5, (3, 5))),
    "one_high": (43, "one_high", 14, scores(8, (7, 3), (14, 6))),
    "last_is_old": (44, "last", 41, scores(8, (7, 4), (14, 3))),
    "long": (45, "long", 120, scores(8, (14, 3), (42, 3), (110, 3))),
    "on": (46, "on", 14, scores(8, (7, 4), (14, 3))),
    "no_baseline": (47, "level", 14, scores(None, (7, 4), (14, 3))),
    "ahead_one_high": (50, "one_high", 16, scores(8, (7, 1), (13, 0), (14, 0), (15, 0), (16, 6))),
    "ahead_is_old": (51, "last", 120, scores(8, (42, 0), (90, 0))),
    "ahead_long": (52, "long", 120, scores(8, (42, 0), (110, 0))),
    "ahead": (53, "ahead", 14, scores(8, (7, 1), (14, 0))),
    "ahead_but_level": (54, "level", 16, scores(4, (7, 0), (13, 0), (14, 0), (15, 0), (16, 4))),
}  # fmt: skip
UNSEEN = [name for name, case in CASES.items() if case[1] in ("red", "red_today", "wait")]
TOLD_WITHIN = "That is where we expect you to be by now."


@pytest.fixture(scope="module")
def found(gathered: Callable[..., Any]) -> dict[str, Gathered]:
    facts = Facts()
    clinic(facts)
    for name, (_, _, today, build) in CASES.items():
        how = {"pathway": "vertebroplasty", "timeline_version": "none"} if name == "other_procedure" else {}
        put(facts, name, today, build, **how)
    put(facts, "withdrawn", 20, both(scores(8, (7, 3)), sign("withdrew", 10)))
    return dict(gathered(facts))


@pytest.mark.parametrize("name", CASES)
def test_each_row_of_the_table_is_reached(found: dict[str, Gathered], name: str) -> None:
    rank, situation, _, _ = CASES[name]
    rows = {int(one.rank): one for one in reference_frame("situation").itertuples()}
    row = rows[rank]
    assert (row.situation, told(found, name).summary.situation) == (situation, situation)
    assert found[name].situation["verdict"] == row.verdict


def test_no_row_of_the_table_is_without_its_example() -> None:
    assert {case[0] for case in CASES.values()} == set(reference_frame("situation")["rank"].astype(int))


def test_of_a_closed_course_nothing_is_shown(found: dict[str, Gathered]) -> None:
    with pytest.raises(NotFound, match="closed"):
        told(found, "withdrawn")


@pytest.mark.parametrize("name", UNSEEN)
@pytest.mark.parametrize("compared", [True, False])
def test_what_nobody_has_looked_at_is_neither_praised_nor_compared(
    found: dict[str, Gathered], name: str, compared: bool
) -> None:
    page = told(found, name, compared=compared)
    assert page.summary.call is not None
    assert not page.steps or (page.steps.ahead, page.steps.praise) == ((), "")
    assert not page.guidance or {card.kind for card in page.guidance.cards} == {"hold"}
    since = found[name].situation["wait_from"]
    for visit in page.chart.visits if page.chart else ():
        if visit.on is not None and visit.on >= since:
            assert visit.expected in ("", "to follow")
            assert "We expect" not in visit.sentence


@pytest.mark.parametrize("name", ["leg_weak", "calf"])
def test_a_danger_sign_comes_first_and_alone(found: dict[str, Gathered], name: str) -> None:
    page = told(found, name)
    assert page.summary.is_urgent
    assert (page.guidance, page.steps, page.notes, page.summary.next_visit) == (None, None, (), "")
    assert page.chart is not None
    assert page.chart.edges == ()


def test_an_emergency_has_its_number_and_the_sign_in_plain_words(found: dict[str, Gathered]) -> None:
    page = told(found, "leg_weak")
    assert page.summary.headline == "Call 112 now."
    assert page.summary.lines[0] == "We have this on record: weak or numb legs."
    assert page.summary.call is not None
    assert page.summary.call.number == "112"
    assert told(found, "leg_weak_and_seen_calf").summary.lines[0] == (
        "We have this on record: chest pain or short breath."
    )
    assert told(found, "calf").summary.call == told(found, "calf").help.clinic


def test_the_range_ends_at_the_visit_before_what_waits(found: dict[str, Gathered]) -> None:
    chart = told(found, "stepped_up").chart
    assert chart is not None
    expected = {visit.day: visit.expected for visit in chart.visits if visit.value is not None}
    assert expected[21].endswith("to 5")
    assert (expected[28], expected[35]) == ("to follow", "to follow")
    last = next(visit for visit in chart.visits if visit.day == 21)
    assert max(edge.at for edge in chart.edges) == last.at


def test_before_the_procedure_its_day_is_told(found: dict[str, Gathered]) -> None:
    page = told(found, "to_come")
    assert (page.summary.headline, page.when) == (
        "Your procedure is on Saturday 28 November.", "Your procedure: in five days",
    )  # fmt: skip
    assert "Your pain was 8 out of 10 on Saturday 21 November." in page.summary.lines
    assert (page.guidance, page.steps, page.summary.next_visit) == (None, None, "")


def test_what_staff_did_is_said_with_its_day(found: dict[str, Gathered]) -> None:
    lines = told(found, "slower_seen").summary.lines
    assert "Your care team looked at this on Monday 23 November." in lines
    assert "We called you about it." in lines
    assert "Your care team will tell you the next step." in told(found, "stepped_up_seen").summary.lines


def test_what_went_up_is_told_beside_what_it_was_just_before(found: dict[str, Gathered]) -> None:
    for name, now in (("stepped_up", "Your pain was 6"), ("stepped_up_seen", "Your pain is 6")):
        lines = told(found, name).summary.lines
        assert lines[0].startswith(now)
        assert lines[1] == "It was 2 on Sunday 8 November."
    assert "It was 8 before." in told(found, "slower").summary.lines
    assert "It was 3 on Monday 16 November." in told(found, "one_high").summary.lines


@pytest.mark.slow
def test_while_the_flags_are_not_worked_out_nobody_has_looked(gathered: Callable[..., Any]) -> None:
    facts = Facts()
    clinic(facts)
    put(facts, "slower_seen", 15, CASES["slower_seen"][3])
    assert told(gathered(facts, refreshed=False), "slower_seen").summary.situation == "wait"


@pytest.mark.parametrize("compared", [True, False])
def test_a_score_above_the_range_is_never_called_expected(found: dict[str, Gathered], compared: bool) -> None:
    for name, facts in found.items():
        if facts.situation["stand"] == "above" and name != "withdrawn":
            page = told(found, name, compared=compared)
            assert TOLD_WITHIN not in page.summary.lines
            assert "as we expect" not in page.summary.headline


def test_without_the_comparison_no_word_of_it_is_left(found: dict[str, Gathered]) -> None:
    for name in CASES:
        page = told(found, name, compared=False)
        chart = page.chart
        said = [page.summary.headline, *page.summary.lines]
        if chart is not None:
            assert chart.edges == ()
            assert {visit.expected for visit in chart.visits} == {""}
            said += [chart.caption, chart.columns[2], *(visit.sentence for visit in chart.visits)]
        assert [text for text in said if "expect" in text.lower()] == []


@pytest.mark.slow
def test_what_was_told_then_can_be_seen_again(copy_demo_store: Callable[[Path], Path], tmp_path: Path) -> None:
    """A look recorded today isn't there in what was known yesterday; nothing that came later is, either."""
    store = open_store(copy_demo_store(tmp_path / "demo.duckdb"))
    flag_runs.refresh(store)
    waiting = [name for name, one in gather(store.cursor(), TODAY).items() if one.situation["situation"] == "wait"]
    instant = datetime.now(UTC).replace(tzinfo=None)
    (patient,) = {gather(store.cursor(), TODAY, waiting[0])[waiting[0]].person["patient_id"]}
    shown = flags.of_course(store, waiting[0], TODAY)
    for flag in [flag for flag in shown if flag["is_open"] and flag["needs_answer"]]:
        about = flags.Flag(waiting[0], flag["rule"], flag["subject"], flag["raised_on"])
        flags.answer(store, "demo specialist", [about], TODAY, "act", answer="called")
    assert of(store.cursor(), waiting[0], TODAY).summary.situation in ("slow_seen", "new_seen")
    past = as_known(store, instant, (patient,))
    flag_runs.refresh(past, patient_id=patient)
    page = of(past.cursor(), waiting[0], TODAY, known_at=instant)
    assert page.summary.situation == "wait"
    assert any(text.startswith("As it was known on") for text in page.about)
    store.close()


OLD = {
    "old": (41, scores(8, (7, 4), (14, 3))),
    "old_and_low": (120, scores(8, (42, 0), (90, 0))),
    "not_compared": (9, scores(8, (0, 4))),
    "not_compared_without_before": (9, scores(None, (0, 4))),
}


def test_of_a_score_that_is_old_or_has_nothing_to_be_compared_with_only_what_was_is_told(
    gathered: Callable[..., Any],
) -> None:
    facts = Facts()
    clinic(facts)
    for name, (today, build) in OLD.items():
        put(facts, name, today, build)
    found = gathered(facts)
    for name in OLD:
        assert found[name].situation["verdict"] in ("on_course", "ahead")
        said = told(found, name).summary
        assert said.headline == "Here is your last score."
        assert said.lines[0].startswith("Your pain was ")
        assert "You may feel different now." in said.lines
        assert not any("by now" in line or "is easing" in line for line in said.lines)
    assert "That is where we expected you to be then." in told(found, "old").summary.lines
    assert not any("expect" in line for line in told(found, "not_compared").summary.lines)


def test_where_the_clinic_has_one_number_only_it_comes_with_what_is_urgent(gathered: Callable[..., Any]) -> None:
    facts = Facts()
    facts.clinic(phone_out_of_hours="555-0111", emergency_number="112")
    put(facts, "calf", 5, CASES["calf"][3])
    put(facts, "slower", 15, CASES["slower"][3])
    put(facts, "no_word_since", 30, CASES["no_word_since"][3])
    found = gathered(facts)
    for name in ("calf", "slower"):
        call = told(found, name).summary.call
        assert call is not None
        assert call.number == "555-0111"
    assert told(found, "no_word_since").summary.call is None


def test_a_new_fracture_is_no_diagnosis_told_by_a_page(gathered: Callable[..., Any]) -> None:
    facts = Facts()
    clinic(facts)
    put(facts, "broken", 40, both(scores(8, (7, 3), (35, 3)), sign("new_fracture", 40)))
    found = gathered(facts)
    for language, words in (("en", ("break", "broke", "fracture")), ("es", ("rot", "fractura"))):
        said = told(found, "broken", language=language).summary
        assert said.situation == "red_today"
        assert not any(word in line.lower() for line in (said.headline, *said.lines) for word in words)


def test_what_is_done_before_it_is_advised_is_not_praised_and_stays_ahead(gathered: Callable[..., Any]) -> None:
    facts = Facts()
    clinic(facts)
    for name, today in (("early", 15), ("later", 44)):
        put(facts, name, today, both(scores(8, (7, 3), (14, 3), (41, 3)), lambda one: one.step("lift_5kg", 14)))
    found = gathered(facts)
    early, later = told(found, "early").steps, told(found, "later").steps
    assert early is not None
    assert later is not None
    assert (early.praise, early.reached) == ("", ())
    row = next(step for step in found["early"].steps if step["milestone"] == "lift_5kg")
    assert (row["stage"], row["reached_day"], row["is_new"]) == ("not_before", None, False)
    assert [step.text for step in later.reached] == ["Lifting a full shopping bag: day 14"]
    assert later.praise == ""


def test_for_an_emergency_that_staff_have_seen_the_number_stays(found: dict[str, Gathered]) -> None:
    page = told(found, "leg_weak_seen")
    assert (page.summary.call, page.summary.lines[-1]) == (
        page.help.emergency, "Is it back, or worse? Call for help. Do not wait.",
    )  # fmt: skip
    assert told(found, "calf_seen").summary.call == page.help.clinic


def test_what_staff_have_seen_still_ends_with_when_to_call(found: dict[str, Gathered]) -> None:
    for name in ("slower_seen", "stepped_up_seen"):
        assert told(found, name).summary.lines[-1] == "If you feel worse, call us."
