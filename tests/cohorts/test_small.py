"""Hidden counts stay hidden: every table up to a size is tried, by somebody who knows the total and the rule."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plumbline.cohorts.small import Ledger, cells, is_near, is_part_hidden, is_small, limits, part_words, parts
from plumbline.store import reference_frame


def test_the_limits_are_rows_with_their_source() -> None:
    rows = reference_frame("comparison_value").set_index("name")
    assert (limits().inside, limits().outside) == (4, 10)
    assert "CMS" in rows.loc["hidden_outside", "source"]


@pytest.mark.parametrize(("limit", "most", "columns"), [(2, 9, 3), (2, 6, 4), (3, 10, 3), (4, 11, 3), (4, 6, 4)])
def test_whoever_knows_the_rule_and_the_total_has_two_values_for_each_hidden_count(
    limit: int, most: int, columns: int
) -> None:
    """Of all tables that look the same, none leaves a hidden cell one value, nor all hidden ones a small sum."""
    alike = defaultdict(list)
    for row in product(range(most + 1), repeat=columns):
        total = None if is_small(sum(row), limit) else sum(row)
        alike[cells(row, limit), total].append(row)
    for (shown, total), rows in alike.items():
        assert not any(is_small(number, limit) for number in shown)
        for place, number in enumerate(shown):
            if number is None and max(map(max, rows)) < most:  # what is beyond the largest that was tried isn't there
                assert len({row[place] for row in rows}) > 1, (shown, total, rows)
        if None in shown and total is not None:
            assert total - sum(number or 0 for number in shown) > limit


@given(st.lists(st.integers(0, 60), min_size=1, max_size=8), st.integers(2, 10), st.data())
def test_no_row_hides_one_count_alone_and_none_is_changed(counts: list[int], limit: int, data: st.DataObject) -> None:
    also = data.draw(st.sets(st.sampled_from(range(len(counts))), max_size=1))
    shown = cells(counts, limit, also=also)
    assert all(one in (None, number) for one, number in zip(shown, counts, strict=True))
    hidden = [number for one, number in zip(shown, counts, strict=True) if one is None]
    assert len(hidden) != 1 or len(counts) == 1
    if not also and not any(is_small(number, limit) for number in counts):
        assert list(shown) == counts, "nothing is hidden without need"


def test_worked_examples() -> None:
    assert cells([3, 20, 50, 60], 4) == (None, None, 50, 60), "the small one, and the next larger"
    assert cells([3, 20, 20, 60], 4) == (None, None, None, 60), "which of two equal ones can't be told"
    assert cells([3, 0, 20, 60], 4) == (None, 0, None, 60), "0 may be shown"
    assert cells([2, 2, 0], 4) == (2, 2, 0) or cells([2, 2, 0], 4) == (None, None, None), "of a small total everything"
    assert cells([7, 5], 4) == (7, 5)
    assert cells([7, 5], 10) == (None, None)
    assert cells([6, 50], 4, patients=[3, 50]) == (None, None), "six procedures of three patients"


@given(st.integers(0, 400), st.integers(0, 400), st.integers(2, 10))
def test_a_part_is_hidden_where_it_or_the_rest_is_small(part: int, whole: int, limit: int) -> None:
    part, whole = sorted((part, whole))
    assert is_part_hidden(part, whole, limit) == any(1 <= one <= limit for one in (part, whole - part, whole))
    if is_part_hidden(part, whole, limit) and not is_small(whole, limit):
        fits = [one for one in range(whole + 1) if part_words(one, whole, limit) == part_words(part, whole, limit)]
        assert len(fits) >= min(2, limit)
        assert part in fits


@given(st.lists(st.integers(0, 100), max_size=12), st.integers(2, 10))
def test_no_two_shown_counts_are_a_small_number_apart(numbers: list[int], limit: int) -> None:
    ledger = Ledger(limit)
    shown = [one for one in map(ledger.take, numbers) if one is not None]
    assert not any(is_small(one, limit) for one in shown)
    assert not any(is_near(*pair, limit) for pair in combinations(shown, 2))
    assert not numbers or is_small(numbers[0], limit) or shown[0] == numbers[0], "the first is shown if it can be"


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=1, max_size=6), st.sampled_from([4, 10]))
def test_of_a_part_and_its_whole_neither_is_shown_where_they_are_near(pairs: list[tuple[int, int]], limit: int) -> None:
    """What one place shows of a unit can't be taken from what another shows of it."""
    given_ = [(part, part + rest) for part, rest in pairs]
    shown = parts(given_, limit)
    for (part, whole), told in zip(given_, shown, strict=True):
        assert not (is_near(part, whole, limit) and told != (None, None))
        assert not any(is_small(one, limit) for one in told)
    for column in (0, 1):
        assert sum(one[column] is None for one in shown) != 1 or len(shown) == 1
