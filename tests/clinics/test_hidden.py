"""No hidden number can be worked out from what is shown, nor from the sum of all: every small table is tried."""

from __future__ import annotations

from itertools import product

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from plumbline.clinics import hidden

MOST = 4


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=1, max_size=8))
def test_with_the_small_ones_a_larger_is_hidden_or_everything(pairs: list[tuple[int, int]]) -> None:
    count = pd.Series([one for one, _ in pairs])
    of = pd.Series([one + rest for one, rest in pairs])
    few = hidden.of_shares(count, of, MOST)
    both = zip(count, of, strict=True)
    small = [any(1 <= number <= MOST for number in (part, whole - part, whole)) for part, whole in both]
    assert not any(is_small and not is_hidden for is_small, is_hidden in zip(small, few, strict=True))
    assert few.any() == any(small)
    if few.any() and not few.all():
        covered = [place for place in range(len(pairs)) if few[place] and not small[place]]
        assert covered
        assert min(min(count[place], of[place] - count[place]) for place in covered) > MOST


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), min_size=2, max_size=4))
def test_who_knows_the_sums_and_what_is_shown_is_left_with_two_values_for_each(pairs: list[tuple[int, int]]) -> None:
    """Attack: every table of these sizes that would look the same, of which the sum and each n are known."""
    of = pd.Series([one + rest for one, rest in pairs])
    count = pd.Series([one for one, _ in pairs])
    few = hidden.of_shares(count, of, MOST)
    if not few.any() or any(1 <= n <= MOST for n in of):
        return
    alike = []
    for other in product(*(range(n + 1) if is_hidden else [c] for c, n, is_hidden in zip(count, of, few, strict=True))):
        if sum(other) == count.sum() and list(hidden.of_shares(pd.Series(other), of, MOST)) == list(few):
            alike.append(other)
    small = [place for place in range(len(pairs)) if 1 <= count[place] <= MOST or 1 <= of[place] - count[place] <= MOST]
    assert tuple(count) in alike
    if not few.all():
        assert all(len({other[place] for other in alike}) > 1 for place in small)


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
