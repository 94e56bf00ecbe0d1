"""Published answers come out to every digit that was printed; `python -m tests.stats.known_answers` prints them."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.conftest import ROOT
from tests.stats.known_answers import Answer, answers


@pytest.mark.parametrize("answer", list(answers()), ids=lambda one: one.what)
def test_the_published_answer_comes_out(answer: Answer) -> None:
    assert answer.found() == pytest.approx(float(answer.published), abs=answer.near() * 1.0001)


def test_an_answer_that_is_a_digit_off_does_not_hold() -> None:
    assert Answer("", "10.3267", "", lambda: 10.32674).holds()
    assert not Answer("", "10.3267", "", lambda: 10.3268).holds()
    assert not Answer("", "4.17e-5", "", lambda: 4.18e-5).holds()


def test_the_command_prints_every_answer() -> None:
    printed = subprocess.run(
        [sys.executable, "-m", "tests.stats.known_answers"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert printed.stdout.count("| ✓ |") == len(list(answers()))
