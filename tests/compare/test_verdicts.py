"""Which verdict holds, and in which words: every row of comparison_verdict, from figures that anybody can check."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from plumbline import compare
from plumbline.compare import Ask, Comparison, Gathered, asking, verdicts, words
from plumbline.compare.asking import visit_of
from plumbline.errors import NotFound
from plumbline.store import open_store
from tests.compare.made import LATER, chosen, clinics


@pytest.fixture(scope="module")
def seen(empty_of_module: Path) -> Iterator[tuple[Any, Gathered, Comparison]]:
    """Two clinics with forty answers each; the figures of the main question are replaced one after the other."""
    opened = open_store(empty_of_module)
    values = [1.0, 2, 3, 4, 5, 6, 2, 3, 4, 5] * 4
    clinics(harbour=values, orchard=[*values[5:], *values[:5]]).write(opened)
    cursor = opened.cursor()
    known = compare.gather(cursor, chosen(cursor, "harbour", "orchard"), Ask(as_of=LATER))
    yield cursor, known, compare.compared(cursor, known)
    opened.close()


CASES = [
    # estimate, lower, upper, p, p counted, tips within the margin: verdict
    (-1.2, -1.42, -0.89, 0.0001, 0.001, False, "different"),
    (-1.2, -1.42, -0.89, 0.0001, 0.001, True, "hangs_on_missing"),
    (-1.2, -2.3, -0.1, 0.03, 0.3, False, "could_be_luck"),
    (-1.2, -2.3, -0.1, 0.03, 0.05, False, "could_be_luck"),
    (-0.25, -0.66, 0.16, 0.2, 1.0, False, "same"),
    (-0.4, -0.7, -0.1, 0.01, 0.04, False, "same"),  # beyond luck, and too small to act on
    (0.3, -0.4, 1.1, 0.4, 1.0, False, "cannot_tell"),
    (0.3, -0.4, 1.0, 0.4, 1.0, False, "cannot_tell"),  # the bound itself is not within
]


@pytest.mark.parametrize(("estimate", "lower", "upper", "p", "counted", "near", "name"), CASES)
def test_each_verdict(
    seen: Any, estimate: float, lower: float, upper: float, p: float, counted: float, near: bool, name: str
) -> None:
    cursor, known, found = seen
    (main,) = [one for one in found.differences if one.is_main]
    figures = {"estimate": estimate, "lower": lower, "upper": upper, "p": p, "p_counted": counted}
    missing = replace(found.missing, is_near=near, tips_at=1.3 if near else 4.6)
    told = verdicts.verdict(cursor, known, replace(main, **figures), missing)
    assert told.verdict == name
    assert told.is_certain == (name in {"different", "same"})
    assert "-" not in told.sentence  # less and more, never a minus sign
    assert "{" not in told.sentence + told.headline


def test_the_words_of_a_difference(seen: Any) -> None:
    cursor, known, found = seen
    (main,) = [one for one in found.differences if one.is_main]
    figures = {"estimate": -1.19, "lower": -1.42, "upper": -0.89, "p": 0.0001, "p_counted": 0.001}
    told = verdicts.verdict(cursor, known, replace(main, **figures), found.missing)
    assert told.headline == "Less pain: harbour"
    assert told.sentence == (
        "At 3 months there is 1.2 points less pain in harbour than in orchard, as measured (95% interval 0.9 to 1.4). "
        "That is more than the 1 point worth acting on. It shows a difference, not its cause."
    )
    wide = {"estimate": 0.3, "lower": -0.4, "upper": 1.1, "p": 0.4, "p_counted": 1.0}
    told = verdicts.verdict(cursor, known, replace(main, **wide), found.missing)
    assert told.sentence.startswith(
        "At 3 months it could be anything from 0.4 points less pain to 1.1 points more pain in harbour than in orchard."
    )


def test_a_difference_at_the_limit_is_said_without_a_row_of_decimals(seen: Any) -> None:
    cursor, known, found = seen
    (main,) = [one for one in found.differences if one.is_main]
    figures = {"estimate": -0.999, "lower": -1.472, "upper": -0.526, "p": 0.0001, "p_counted": 0.001}
    told = verdicts.verdict(cursor, known, replace(main, **figures), found.missing)
    assert told.sentence.startswith(
        "At 3 months there is just under 1 point less pain in harbour than in orchard, as measured "
        "(95% interval 0.5 to 1.5). That is less than the 1 point worth acting on."
    )


@pytest.mark.parametrize(
    ("instrument", "estimate", "lower", "upper", "says"),
    [
        ("nrs_back", 0.2, -0.3, 0.7, "0.2 points more pain in harbour than in orchard (95% interval 0.3 less to"),
        ("nrs_back", 0.01, -0.3, 0.7, "no difference in pain between harbour and orchard (95% interval 0.3 less to"),
        ("odi", -1.2, -2.0, -0.4, "1.2 points less disability in harbour than in orchard (95% interval 0.4 to 2.0)"),
        ("rmdq", 1.2, 0.4, 2.0, "1.2 points more disability in harbour than in orchard (95% interval 0.4 to 2.0)"),
        ("eq5d_index", 0.02, -0.01, 0.04, "0.02 better quality of life in harbour than in orchard (95% interval 0.01"),
        ("gait_speed", -0.01, -0.02, 0.01, "0.01 m/s slower walking in harbour than in orchard (95% interval 0.02"),
    ],
)  # fmt: skip
def test_about_the_same_says_which_way(
    seen: Any, instrument: str, estimate: float, lower: float, upper: float, says: str
) -> None:
    cursor, known, found = seen
    of = asking.instrument(cursor, instrument)
    question = asking.question(Ask(LATER, instrument), of, known.visits, known.settings)
    asked = replace(known, question=question, instrument=of)
    (main,) = [one for one in found.differences if one.is_main]
    figures = {"estimate": estimate, "lower": lower, "upper": upper, "p": 0.2, "p_counted": 1.0}
    told = verdicts.verdict(cursor, asked, replace(main, **figures), found.missing)
    assert told.verdict == "same"
    assert told.sentence.startswith(f"At 3 months there is {says}")
    limit = words.limit(question.margin or 0, question)
    assert told.sentence.endswith(f": within {limit}, which is too small to act on.")


def test_a_figure_beside_a_limit_is_told_apart_from_it(seen: Any) -> None:
    question = seen[1].question
    assert words.difference(question, -1.2, -1.4, -0.98) == "1.2 points less (0.98 to 1.4 less)"
    assert words.difference(question, -0.5, -1.0, -0.02) == "0.5 points less (0.02 to 1.0 less)"
    assert words.difference(question, 0.0, -0.4, 0.4) == "no difference (0.4 less to 0.4 more)"
    assert words.difference(question, 0.04, 0.01, 0.07) == "0.04 points more (0.01 to 0.1 more)"
    assert words.difference(question, 0.999, 0.5, 1.4) == "just under 1 point more (0.5 to 1.4 more)"
    assert words.difference(question, 1.2, 0.002, 2.4) == "1.2 points more (just over 0 to 2.4 more)"
    assert words.difference(question, -1.2, -1.4, -1.0 - 1e-12) == "1.2 points less (1.0 to 1.4 less)"
    assert words.percent(0.004) == "under 1%"
    assert words.percent(0.996) == "over 99%"
    assert [words.percent(share) for share in (0, 1, 0.5, None)] == ["0%", "100%", "50%", "–"]


def test_how_many_looks_there_were_is_said(seen: Any) -> None:
    found = seen[2]
    assert len([one for one in found.differences if one.p is not None]) == 4
    said = "Look at 4 things and luck alone shows a 'difference' on up to 19 of 100 such pages."
    assert found.looked.startswith(said)  # 1 - 0.95 to the fourth is 0.185


VISITS = ("baseline", "day_1", "week_6", "month_3", "month_12", "month_24")


@pytest.mark.parametrize(
    ("said", "visit"),
    [
        ("month 12", "month_12"), ("12 months", "month_12"), ("month_12", "month_12"), ("1 year", "month_12"),
        ("12mo", "month_12"), ("2 Years", "month_24"), ("6 weeks", "week_6"), ("day 1", "day_1"),
        ("3 Months", "month_3"), ("baseline", "baseline"), ("before", "baseline"),
        ("week six", "week_6"), ("Six weeks", "week_6"), ("one year", "month_12"), ("12-month", "month_12"),
        ("m3", "month_3"), (" month  3 ", "month_3"),
    ],
)  # fmt: skip
def test_a_visit_as_people_say_it(said: str, visit: str) -> None:
    assert visit_of(said, VISITS) == visit


NO_VISIT = ("month 5", "soon", "12", "month", "", "3 decades", "6.5 weeks", "month 1 2", "6 weeks or 7", "sixty weeks")


@pytest.mark.parametrize("said", NO_VISIT)
def test_a_visit_that_there_is_none_of(said: str) -> None:
    with pytest.raises(NotFound, match="month 12"):
        visit_of(said, VISITS)
