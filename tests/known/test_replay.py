"""Any page, as known at any instant, holds what it held then: random histories, replayed at random instants."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plumbline.known import as_known, patients_of
from tests.known.history import TODAY, History, of_all, of_one


def replay(empty: Path, folder: Path, seed: int, writes: int, instants: int) -> None:
    """A history with a restart in it, looked back at from its end; the Worklist at every fifth instant."""
    history = History(empty, folder, seed)
    try:
        for number in range(writes):
            if number == writes // 2:
                history.restart()
            history.act()
        for turn, (instant, number) in enumerate(islice(history.moments(), instants)):
            key = history.random.choice(sorted(history.keys))
            whole, one = history.shown(number, key)
            past = as_known(history.store, instant, patients_of(history.store, key))
            assert of_one(past, key, TODAY) == one, (seed, instant, number, key)
            if turn % 5 == 0:
                assert of_all(as_known(history.store, instant), TODAY) == whole, (seed, instant, number)
    finally:
        history.store.close()


@pytest.mark.slow
def test_a_page_replayed_holds_what_was_shown_then(empty_original: Path, tmp_path: Path) -> None:
    replay(empty_original, tmp_path, 1, writes=4, instants=6)


@pytest.mark.slow
@settings(max_examples=8, deadline=None, derandomize=True, database=None)
@given(seed=st.integers(0, 10_000))
def test_at_200_random_instants_a_page_holds_what_was_shown_then(
    empty_original: Path, tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    replay(empty_original, tmp_path_factory.mktemp("replay"), seed, writes=4, instants=25)
