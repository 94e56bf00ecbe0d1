"""What was planted is found, and nothing where nothing was: a clinic that does better, two alike, a tipping point."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from statsmodels.regression.linear_model import OLS

from plumbline import compare
from plumbline.cohorts import small
from plumbline.compare import Ask, Comparison
from plumbline.compare.model import Difference
from plumbline.small import hidden
from plumbline.store import Store
from tests.compare.made import LATER, add, chosen, clinics, listed, of
from tests.conftest import DEMO_UNTIL

Planted = tuple[Any, dict[str, Any]]


def main(found: Comparison) -> Difference:
    (one,) = [one for one in found.differences if one.is_main]
    return one


def test_the_planted_difference_is_found(planted: Planted) -> None:
    cursor, truth = planted
    text = "select episode_id from episode_summary where clinic_id <> $planted"
    rest = [row[0] for row in cursor.execute(text, {"planted": truth["clinic_id"]}).fetchall()]
    groups = [*chosen(cursor, truth["clinic_id"]), listed("All others", rest, clinic="others")]
    found = compare.of(cursor, groups, Ask(as_of=DEMO_UNTIL, visit=truth["visit"]))
    one = main(found)
    assert truth["points"] > found.question.margin  # enough to be seen
    assert found.verdict.verdict == "different"
    assert found.verdict.headline == f"Less pain: {truth['clinic_id']}"
    assert (one.lower or 0) < -truth["points"] < (one.upper or 0)
    assert (one.raw_lower or 0) < -truth["points"] < (one.raw_upper or 0)
    assert (one.p_counted or 1) < 0.05


def test_two_clinics_alike_are_not_told_apart(planted: Planted) -> None:
    """A few dozen answers each: nobody can tell. That a difference was found would be wrong."""
    cursor, truth = planted
    found = compare.of(cursor, chosen(cursor, *truth["alike"]), Ask(as_of=DEMO_UNTIL, visit="month_3"))
    assert found.verdict.verdict == "cannot_tell"
    assert "anything from" in found.verdict.sentence
    assert "would be enough" in found.verdict.sentence
    assert (main(found).lower or 0) < 0 < (main(found).upper or 0)


def test_two_large_groups_alike_are_about_the_same(planted: Planted) -> None:
    cursor, truth = planted
    text = "select episode_id from episode_summary where clinic_id <> $planted order by md5(episode_id)"
    names = [row[0] for row in cursor.execute(text, {"planted": truth["clinic_id"]}).fetchall()]
    found = compare.of(cursor, [listed("even", names[::2]), listed("odd", names[1::2])], Ask(as_of=DEMO_UNTIL))
    assert found.verdict.verdict == "same"
    assert "too small to act on" in found.verdict.sentence


def _with_silent(store: Store, apart: float) -> None:
    """Seventy of a hundred of harbour answered, so much less than the hundred of orchard; all had 8 before."""
    rng = np.random.default_rng(4)
    facts = clinics(harbour=[], orchard=[])
    for number in range(100):
        said = float(np.clip(np.rint(rng.normal(5, 1.5)), 0, 10))
        add(facts, f"orchard-{number:03d}", "orchard", {90: said})
        less = float(np.clip(np.rint(rng.normal(5 - apart, 1.5)), 0, 10))
        silent = number >= 70
        add(facts, f"harbour-{number:03d}", "harbour", {14: 6.0} if silent else {14: 4.0, 90: less})
    facts.write(store)


def test_the_planted_tipping_point_is_where_the_answers_would_have_to_be(store: Store) -> None:
    """Give the silent what was expected and so much more: just short of the point it holds, well past it it is gone."""
    _with_silent(store, 1.5)
    found = of(store, "harbour", "orchard")
    tips_at = found.missing.tips_at
    assert tips_at is not None
    assert (found.missing.missing, found.missing.due) == (30, 100)
    cursor = store.cursor()
    known = compare.gather(cursor, chosen(cursor, "harbour", "orchard"), Ask(as_of=LATER))
    ours, theirs = (known.value[known.rows(group), known.place] for group in "ab")

    def interval(shift: float) -> tuple[float, float]:
        filled = np.where(np.isnan(ours), np.nanmean(ours) + shift, ours)
        design = np.column_stack([np.ones(200), np.repeat([1.0, 0.0], 100)])
        low, high = OLS(np.concatenate([filled, theirs]), design).fit().conf_int()[1]
        return float(low), float(high)

    assert interval(tips_at - 0.3)[1] < 0
    assert interval(tips_at + 1.0)[1] > 0
    assert found.missing.seen == pytest.approx(2)  # 6 against 4 at two weeks
    assert "At their last visit they stood 2.0 points worse than those who did." in found.missing.words
    line = {tip.shift: tip for tip in found.missing.line}
    assert (line[0.0].upper < 0, line[6.0].upper > 0) == (True, True)
    slopes = np.diff([tip.estimate for tip in found.missing.line])
    assert slopes == pytest.approx(np.full(len(slopes), 0.5 * 30 / 100))  # half a point of thirty in a hundred


@pytest.mark.parametrize(("apart", "verdict"), [(0.9, "hangs_on_missing"), (3.0, "different")])
def test_a_difference_that_hangs_on_the_missing_answers_is_not_called_one(
    store: Store, apart: float, verdict: str
) -> None:
    _with_silent(store, apart)
    found = of(store, "harbour", "orchard")
    assert found.verdict.verdict == verdict
    assert found.missing.is_near == (verdict == "hangs_on_missing")
    assert [one.is_met for one in found.checks if one.kind == "missing"] == [verdict == "different"]


def test_where_few_are_missing_what_would_tip_it_is_not_said(store: Store) -> None:
    """By how much three would have to be worse says how many they are."""
    ours, theirs = [0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 2, 2, None, None, None], [2, 3, 4, 5, 5, 2, 3, 4, 5, 5, 2, 3]
    clinics(harbour=ours, orchard=theirs).write(store)
    for names in (("harbour", "orchard"), ("orchard", "harbour")):
        found = of(store, *names)
        assert found.verdict.verdict == "hangs_on_missing"
        assert "If those of harbour who did not answer were" in found.verdict.sentence
        told = hidden(found, small.limits().inside)
        assert told.verdict.sentence.endswith(" It hangs on the few answers that are missing.")
        assert (told.missing.tips_at, told.missing.other_tips_at) == (None, None)
        assert "points" not in told.missing.words
