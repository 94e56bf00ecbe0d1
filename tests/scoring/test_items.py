"""The published rules, example by example, and what must hold for any answers."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plumbline.errors import PlumblineError
from plumbline.scoring import contradiction, rule_of, score_items

ODI = {"coding": "0-5"}
FULL = [2, 2, 2, 2, 2, 2, 2, 1, 1]  # 16 in nine sections


@pytest.mark.parametrize(
    ("answers", "value", "shown", "answered"),
    [
        ([*FULL, None], Fraction(1600, 45), 35.5, 9),  # the example of the ODI's own text
        ([*FULL, 0], Fraction(32), 32.0, 10),
        ([2, 2, 2, 2, 2, 2, 2, 2, None, None], Fraction(1600, 40), 40.0, 8),
        ([5] * 10, Fraction(100), 100.0, 10),
        ([0] * 10, Fraction(0), 0.0, 10),
        ([1] + [0] * 9, Fraction(2), 2.0, 10),
        ([1] + [0] * 8 + [""], Fraction(100, 45), 2.2, 9),
    ],
)
def test_the_odi_is_a_share_of_the_sections_answered(
    answers: list[int | None], value: Fraction, shown: float, answered: int
) -> None:
    scored = score_items("odi", answers, **ODI)
    assert (scored.status, scored.value, scored.shown, scored.answered) == ("done", float(value), shown, answered)
    assert bool(scored.warnings) == (answered < 10)
    assert scored.rule == "odi_percent"


def test_seven_sections_are_too_few_and_missing_is_never_0() -> None:
    scored = score_items("odi", [1] * 7 + [None] * 3, **ODI)
    assert (scored.status, scored.value, scored.answered) == ("missing", None, 7)
    assert "at least 8" in str(scored.reason)
    for rule in ({"instrument": "odi", **ODI}, {"instrument": "rmdq", "form": "electronic"}):
        empty = score_items(answers=[None] * rule_of(rule["instrument"], rule.get("form")).items, **rule)
        assert (empty.status, empty.value) == ("missing", None)


def test_one_to_six_is_scored_as_nought_to_five() -> None:
    low = score_items("odi", [*FULL, None], coding="0-5")
    high = score_items("odi", [*(point + 1 for point in FULL), None], coding="1-6")
    assert (low.value, low.points) == (high.value, high.points)
    assert (low.coding, high.coding) == ("0-5", "1-6")


@pytest.mark.parametrize(
    ("answer", "coding"), [(0, "1-6"), (6, "0-5"), (7, "1-6"), ("2.5", "0-5"), ("two", "0-5"), ("-1", "0-5"),
                           ("NA", "0-5"), ("1e0", "0-5"), ("nan", "0-5"), ("inf", "0-5"), ("1_0", "0-5")],
)  # fmt: skip
def test_what_the_coding_does_not_have_refuses_the_questionnaire(answer: object, coding: str) -> None:
    scored = score_items("odi", [answer, *[1] * 9], coding=coding)
    assert (scored.status, scored.value) == ("invalid", None)
    assert "item 1" in str(scored.reason)


def test_codes_for_missing_are_no_answers() -> None:
    scored = score_items("odi", ["2", "999", *["2"] * 7, "na"], coding="0-5", missing=("999", "NA"))
    assert (scored.status, scored.answered, scored.value) == ("done", 8, 40.0)


@pytest.mark.parametrize(
    ("form", "ticked", "unticked", "blank", "value"),
    [
        ("paper", 10, 14, 0, 10.0),
        ("paper", 10, 0, 14, 10.0),  # on paper not ticked is 0
        ("electronic", 10, 14, 0, 10.0),
        ("electronic", 10, 10, 4, 12.0),  # 10 x 24 / 20
        ("electronic", 11, 11, 2, 12.0),
        ("electronic", 10, 9, 5, None),  # 19 answered: missing
    ],
)
def test_the_rmdq_counts_ticks_on_paper_and_is_prorated_where_no_can_be_said(
    form: str, ticked: int, unticked: int, blank: int, value: float | None
) -> None:
    scored = score_items("rmdq", ["yes"] * ticked + ["no"] * unticked + [""] * blank, form=form)
    assert scored.value == value
    assert scored.status == ("missing" if value is None else "done")


def test_a_paper_form_on_which_nothing_stands_is_not_a_score_of_0() -> None:
    assert score_items("rmdq", [""] * 24, form="paper").status == "missing"
    assert score_items("rmdq", [0] * 24, form="paper").value == 0


@pytest.mark.parametrize("ticks", [("x", ""), ("1", "0"), ("Yes", "No"), (True, False), (1.0, 0.0), ("Y", "n")])
def test_ticks_are_read_however_they_are_written(ticks: tuple[object, object]) -> None:
    assert score_items("rmdq", [ticks[0]] * 7 + [ticks[1]] * 17, form="paper").value == 7


@pytest.mark.parametrize(
    ("instrument", "how", "said"),
    [
        ("odi", {}, "0-5 or 1-6"),
        ("odi", {"coding": "0-4"}, "0-5 or 1-6"),
        ("odi", {"coding": "0-5", "form": "paper"}, "one form only"),
        ("rmdq", {}, "paper or electronic"),
        ("rmdq", {"form": "phone"}, "paper or electronic"),
        ("eq5d_index", {}, "odi or rmdq"),
    ],
)
def test_what_must_be_told_is_never_guessed(instrument: str, how: dict[str, str], said: str) -> None:
    with pytest.raises(PlumblineError, match=said):
        score_items(instrument, [1] * 10, **how)


def test_a_file_decides_between_codings_only_by_what_one_of_them_lacks() -> None:
    rule = rule_of("odi")
    assert contradiction(rule, "1-6", [0, 3]) == "0-5"
    assert contradiction(rule, "0-5", [6, 3]) == "1-6"
    assert contradiction(rule, "1-6", [0, 3, 9]) == "0-5"
    assert contradiction(rule, "0-5", [0, 6]) is None  # each coding lacks one: a slip in its row
    assert contradiction(rule, "0-5", [1, 5, 9]) is None


SECTIONS = st.lists(st.one_of(st.none(), st.integers(0, 5)), min_size=10, max_size=10)
ENOUGH = st.builds(
    lambda points, blank: [None if at in blank else point for at, point in enumerate(points)],
    st.lists(st.integers(0, 5), min_size=10, max_size=10),
    st.sets(st.integers(0, 9), max_size=2),
)
YES_NO = st.lists(st.one_of(st.none(), st.booleans()), min_size=24, max_size=24)


@given(SECTIONS)
def test_any_odi_lies_on_its_scale_or_has_no_value(answers: list[int | None]) -> None:
    scored = score_items("odi", answers, **ODI)
    assert (scored.value is None) == (scored.status != "done")
    if scored.value is not None and scored.shown is not None:
        assert 0 <= scored.shown <= scored.value <= 100
        assert scored.value - scored.shown < 0.1
        known = [one for one in answers if one is not None]
        assert scored.value == float(Fraction(100 * sum(known), 5 * len(known)))


@given(ENOUGH, st.randoms())
def test_the_order_of_the_items_does_not_matter(answers: list[int | None], random: object) -> None:
    mixed = list(answers)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert score_items("odi", mixed, **ODI).value == score_items("odi", answers, **ODI).value


@given(ENOUGH, st.integers(0, 9))
def test_a_worse_answer_is_never_a_better_score(answers: list[int | None], at: int) -> None:
    point = answers[at]
    if point is None or point == 5:
        return
    worse = [*answers[:at], point + 1, *answers[at + 1 :]]
    assert (score_items("odi", worse, **ODI).value or 0) > (score_items("odi", answers, **ODI).value or 0)


@given(YES_NO)
def test_prorating_is_the_mean_of_the_answers_on_the_whole_scale(answers: list[bool | None]) -> None:
    known = [one for one in answers if one is not None]
    scored = score_items("rmdq", answers, form="electronic")
    if len(known) < 20:
        assert scored.status == "missing"
    else:
        assert scored.value == float(Fraction(24 * sum(known), len(known)))
    if known:
        assert score_items("rmdq", answers, form="paper").value == sum(known)
