"""Answers that are kept: right after a write, bounded, and safe to change."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from plumbline.errors import PlumblineError
from plumbline.store import Store, open_store
from plumbline.web.cache import Answers

QUERY = "store/meta_of_key"


@pytest.fixture
def store(empty_store: Path) -> Iterator[Store]:
    opened = open_store(empty_store)
    opened.set_meta("colour", "blue")
    yield opened
    opened.close()


def asked(answers: Answers, store: Store, key: str = "colour") -> list[str]:
    return list(answers.ask(store, QUERY, key=key)["value"])


def test_an_answer_is_kept_until_something_is_written(store: Store) -> None:
    answers = Answers()
    assert asked(answers, store) == asked(answers, store) == ["blue"]
    assert len(answers) == 1
    store.set_meta("colour", "green")
    assert asked(answers, store) == ["green"]


def test_what_is_made_of_answers_is_made_once_until_something_is_written(store: Store) -> None:
    answers, made = Answers(), []

    def make() -> list[str]:
        made.append(asked(answers, store))
        return made[-1]

    def words(key: str = "colour") -> list[str]:
        return answers.made(store, "words", make, key=key)

    assert words() == words() == ["blue"]
    assert len(made) == 1
    store.set_meta("colour", "green")
    assert words() == ["green"]
    assert words("shape") == ["green"]
    assert len(made) == 3


def test_what_is_made_counts_by_its_weight(store: Store) -> None:
    answers = Answers(size=100)
    heavy = answers.made(store, "heavy", lambda: "x" * 101, len)
    assert (len(heavy), len(answers)) == (101, 0)
    answers.made(store, "first", lambda: "x" * 60, len)
    answers.made(store, "second", lambda: "x" * 60, len)
    assert len(answers) == 1


def test_a_caller_can_change_a_frame_without_changing_the_kept_one(store: Store) -> None:
    answers = Answers()
    first = answers.ask(store, QUERY, key="colour")
    first.loc[0, "value"] = "spoilt"
    first["more"] = 1
    again = answers.ask(store, QUERY, key="colour")
    assert list(again.columns) == ["value"]
    assert list(again["value"]) == ["blue"]


def test_two_stores_and_two_parameters_have_answers_of_their_own(
    store: Store, empty_original: Path, tmp_path: Path
) -> None:
    answers = Answers()
    other = open_store(shutil.copy(empty_original, tmp_path / "other.duckdb"))
    other.set_meta("colour", "red")
    assert other.revision == store.revision
    assert (asked(answers, store), asked(answers, other)) == (["blue"], ["red"])
    assert asked(answers, store, "shape") == []
    other.close()


def test_equal_values_of_different_types_are_different_parameters(store: Store) -> None:
    answers = Answers()
    for day in (1, 1.0, True):
        answers.ask(store, "expected/source_by_knot", timeline_version="none", instrument="nrs_back", day=day)
    assert len(answers) == 3


def test_the_oldest_leave_first(store: Store) -> None:
    answers = Answers(frames=3)
    for number in range(5):
        asked(answers, store, f"key {number}")
    assert len(answers) == 3
    small = Answers(size=1)
    assert asked(small, store) == ["blue"]
    assert len(small) == 0


def test_a_list_is_no_parameter_to_keep_by(store: Store) -> None:
    with pytest.raises(PlumblineError, match="one plain value"):
        Answers().ask(store, QUERY, key=["colour"])  # type: ignore[arg-type]


def test_a_date_is_a_parameter(store: Store) -> None:
    day = date(2026, 3, 1)
    assert Answers().ask(store, "status/verdict_by_course", as_of=day, episode_id=None).empty


@pytest.mark.slow
def test_many_threads_get_right_answers_while_one_writes(store: Store) -> None:
    answers = Answers(frames=8)
    wrong: list[str] = []
    stop = threading.Event()

    def read() -> None:
        last = -1
        while not stop.is_set():
            found = asked(answers, store, "count")
            number = int(found[0]) if found else -1
            if number < last:
                wrong.append(f"{number} after {last}")
            last = number

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    for number in range(30):
        store.set_meta("count", str(number))
        if asked(answers, store, "count") != [str(number)]:
            wrong.append(f"{number} not seen by its writer")
    stop.set()
    for reader in readers:
        reader.join()
    assert wrong == []
