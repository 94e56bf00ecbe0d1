"""A comparison without its small numbers, attacked: by subtraction, by percentage times denominator, by its words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict
from itertools import combinations
from typing import Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from plumbline.cohorts.small import is_near, is_small
from plumbline.compare.model import Comparison
from plumbline.small import hidden
from tests.compare_sample import sample
from tests.small.made import comparison

LIMITS = st.sampled_from([4, 10])
some = settings(max_examples=60, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))


def attack(found: Comparison) -> Iterator[tuple[str, list[int | None]]]:
    """Counts that are shown of one visit of a group, each of which is part of all before it: any two are subtracted."""
    for group in found.groups:
        key, size = group.key, group.episodes
        for row in (one for one in found.answered if one.group == key):
            yield row.visit, [size, row.received]
            yield row.visit, [row.due, row.received]
        for point in (one for one in found.curve if one.group == key):
            yield point.visit, [size, point.answered]
            yield point.visit, [point.due, point.answered]
        main = next(one for one in found.answered if (one.group, one.visit) == (key, found.question.visit))
        for share in (one for one in found.shares if one.group == key):
            yield share.kind, [size, share.eligible, share.due, share.measured, share.count]
            yield share.kind, [size, main.received, share.measured, share.count]
            yield share.kind, [main.due, share.due, share.measured, share.count]
        for one in (one for one in found.reached if one.group == key):
            yield (
                "waiting",
                [size, one.episodes, *(number for _, number in one.waiting), *(s.at_risk for s in one.steps)],
            )


@some
@given(st.integers(0, 2**32).map(comparison), LIMITS)
def test_no_small_count_is_shown_or_follows_by_subtraction(found: Comparison, limit: int) -> None:
    for where, counts in attack(hidden(found, limit)):
        shown = [one for one in counts if one is not None]
        assert not any(is_small(one, limit) for one in shown), where
        assert not any(is_near(*pair, limit) for pair in combinations(shown, 2)), (where, shown)


@some
@given(st.integers(0, 2**32).map(comparison), LIMITS)
def test_no_percentage_gives_a_hidden_count(found: Comparison, limit: int) -> None:
    """Share times denominator, by every denominator that is known, is never a hidden count alone."""
    told = hidden(found, limit)
    for was, one in zip(found.shares, told.shares, strict=True):
        if one.count is None and one.estimate is not None:
            assert one.measured is None
            received = next(
                r.received for r in told.answered if (r.group, r.visit) == (one.group, found.question.visit)
            )
            wholes = range(max(1, (received or 2000) - limit), (received or 2000) + 1)
            fits = {k for whole in wholes for k in range(whole + 1) if round(k / whole, 2) == one.estimate}
            assert len(fits) > 1 or fits == {0}, "none of them may be said"
        if one.due is None or (one.measured != 0 and one.estimate is None):
            assert one.worst is one.best is None
        if one.count is None and one.measured is not None and was.measured:
            assert one.estimate is one.lower is one.upper is None
    for row in told.answered:
        assert row.share is None or (row.received is not None and row.due is not None)
    for point in told.curve:
        if point.answered is None and point.mean is not None:
            assert point.mean == round(point.mean, found.question.decimals)


@some
@given(st.integers(0, 2**32).map(comparison), LIMITS)
def test_units_hide_none_alone_of_a_total_that_is_known(found: Comparison, limit: int) -> None:
    told = hidden(found, limit)
    parts: dict[tuple[str, str, str], list[tuple[Any, Any]]] = defaultdict(list)
    for was, one in zip(found.units, told.units, strict=True):
        parts[one.group, one.visit, one.by].append((was, one))
        assert not is_small(one.received, limit)
        assert not is_small(one.due, limit)
        assert not is_near(one.received, one.due, limit)
        assert one.share is None or (one.received is not None and one.due is not None)
    for (group, visit, by), rows in parts.items():
        for name in ("received", "due"):
            gone = [getattr(was, name) for was, one in rows if getattr(one, name) is None]
            total = sum(getattr(was, name) for was, _ in rows)
            assert len(gone) != 1 or len(rows) == 1 or is_small(total, limit), (group, visit, by, name)
        clinics = parts.get((group, visit, "clinic"), [])
        if by == "surgeon" and len(clinics) > 1 and any(None in (one.received, one.due) for _, one in rows):
            assert all(one.received is None for _, one in rows), "a clinic's total would give the one away"


@some
@given(st.integers(0, 2**32).map(comparison), LIMITS)
def test_no_words_say_a_count_that_is_hidden(found: Comparison, limit: int) -> None:
    told = hidden(found, limit)
    for was, one in zip(found.answered, told.answered, strict=True):
        numbers = {int(text.replace(",", "")) for text in re.findall(r"\d[\d,]*", one.words)}
        shown = {one.received, one.due, limit + 1, (one.due or 0) - limit - 1}
        if one.received is None or one.due is None:
            assert numbers <= shown, one.words
        else:
            assert one.words == was.words
    for share in told.shares:
        if share.count is None and share.estimate is None:
            numbers = {int(text.replace(",", "")) for text in re.findall(r"\d[\d,]*", share.words)}
            assert numbers <= {share.measured, limit + 1, (share.measured or 0) - limit - 1, share.due}, share.words
    if told.missing.missing is None:
        assert not re.search(r"\b\d+ of \d+\b", told.missing.words)
        assert told.missing.line == ()
    check = next(one for one in told.checks if one.kind == "missing")
    assert told.missing.missing is not None or " of " not in check.words
    if any(group.shared is None for group in told.groups):
        assert told.notes[0].startswith(f"Under {limit + 1} procedures are")


@some
@given(st.integers(0, 2**32).map(comparison), LIMITS)
def test_hiding_twice_is_hiding_once_and_more_is_hidden_outside(found: Comparison, limit: int) -> None:
    once = hidden(found, limit)
    assert [one.received for one in hidden(once, limit).answered] == [one.received for one in once.answered]
    inside, outside = hidden(found, 4), hidden(found, 10)
    for near, far in zip(inside.answered, outside.answered, strict=True):
        assert far.received is None or near.received is not None


def test_a_comparison_of_many_keeps_its_figures() -> None:
    found = sample("a", "b")
    told = hidden(found, 4)
    assert told.verdict == found.verdict
    assert told.answered == found.answered
    assert [one.mean for one in told.curve] == [one.mean for one in found.curve]
    assert told.shares[0] == found.shares[0]


def test_outside_means_are_rounded() -> None:
    told = hidden(sample("a", "b"), 10)
    assert all(one.mean == round(one.mean or 0, 1) for one in told.curve)
    assert all(one.first is None or one.first == round(one.first, 2) for one in told.balance)
    assert "0.0" not in str(asdict(told.question))
