"""Words in a chart stand where nothing is drawn."""

from __future__ import annotations

from dataclasses import replace

import pytest

from plumbline.progress import placing
from plumbline.progress.model import Chart
from tests.progress.sample import DAY14, visits

FRAME = placing.Frame(272, 200)


def course(*scores: tuple[int | None, int]) -> Chart:
    assert DAY14.chart
    return replace(DAY14.chart, visits=visits(list(scores), 42))


@pytest.mark.parametrize(
    ("scores", "begins"),
    [
        (((None, 7), (1, 5), (14, 3)), (0.0, 0.0)),  # nothing low: at the left
        (((None, 8), (1, 4), (14, 3)), (0.0, 0.1)),  # beside a first score that lies low
        (((None, 9), (1, 9), (7, 9), (14, 2), (42, 2)), (0.5, 0.7)),  # past low scores, under the better ones
        (((None, 5), (1, 4), (14, 9), (42, 10)), (0.0, 0.1)),  # before them
    ],
)
def test_the_word_at_the_worst_end_keeps_clear_of_low_scores(
    scores: tuple[tuple[int | None, int], ...], begins: tuple[float, float]
) -> None:
    least, most = begins
    assert least <= placing.worst_at(course(*scores), FRAME) <= most


def test_a_course_that_is_low_all_along_still_has_the_word_in_its_picture() -> None:
    at = placing.worst_at(course(*[(day, 9) for day in range(0, 43, 3)]), FRAME)
    assert 0 <= at < 0.7
