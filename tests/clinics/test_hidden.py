"""No hidden number can be worked out from what is shown, nor from the sum of all: every small table is tried."""

from __future__ import annotations

from itertools import product

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from plumbline.clinics import hidden

MOST = 4


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=1, max_size=8))
def test_hidden_shares_are_at_least_two_and_no_small_group_together(pairs: list[tuple[int, int]]) -> None:
    count = pd.Series([one for one, _ in pairs])
    of = pd.Series([one + rest for one, rest in pairs])
    few = hidden.of_shares(count, of, MOST)
    for part, whole, is_hidden in zip(count, of, few, strict=True):
        if not is_hidden:
            assert not any(1 <= number <= MOST for number in (part, whole - part, whole))
    could = few | (of > 0)
    if few.any() and could.sum() > few.sum():  # there was more to hide, had it been needed
        together = count[few].sum(), (of - count)[few].sum()
        assert few.sum() >= 2
        assert not any(1 <= number <= MOST for number in together)


def test_what_is_large_on_both_sides_is_shown() -> None:
    assert not hidden.of_shares(pd.Series([10, 20, 0]), pd.Series([20, 60, 30]), MOST).any()


def test_one_small_count_takes_the_next_smallest_with_it() -> None:
    few = hidden.of_shares(pd.Series([3, 20, 12], ["a", "b", "c"]), pd.Series([40, 60, 30], ["a", "b", "c"]), MOST)
    assert list(few[few].index) == ["a", "c"]


def test_counts_alone_are_hidden_likewise() -> None:
    few = hidden.of_counts(pd.Series([11, 3, 5, 0], ["a", "b", "c", "d"]), MOST)
    assert list(few[few].index) == ["b", "c"]


def test_a_span_holds_the_count_and_says_no_more_than_the_rule() -> None:
    for of, count in product(range(40), range(40)):
        if count > of:
            continue
        found = hidden.span(count, of, MOST)
        if found is not None:
            low, high = found
            assert low <= count <= high
            assert high - low == MOST - 1  # as wide as what is hidden, wherever the count lies
