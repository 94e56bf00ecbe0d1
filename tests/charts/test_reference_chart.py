"""The drawn reference: one specification a scale, up is better whichever way the instrument runs."""

import json
from typing import Any

import pytest

from plumbline.charts.reference import SHAPES, expected_course


def y_scales(spec: dict[str, Any]) -> list[dict[str, Any]]:
    return [layer["encoding"]["y"]["scale"] for layer in spec["layer"] if "y" in layer["encoding"]]


@pytest.mark.parametrize(
    ("best", "worst", "reverse"), [(0, 10, True), (0, 24, True), (1, -0.661, False), (100, 0, False)]
)
@pytest.mark.slow
def test_up_is_better_on_every_scale(best: float, worst: float, reverse: bool) -> None:
    scales = y_scales(expected_course("light", best, worst, "best", "worst"))
    assert len(scales) > 4
    assert {scale["reverse"] for scale in scales} == {reverse}
    assert all(scale["domain"] == sorted([best, worst]) for scale in scales)


def test_the_specification_is_built_once_and_holds_no_data() -> None:
    spec = expected_course("dark", 0, 10, "no pain", "worst pain")
    assert spec is expected_course("dark", 0, 10, "no pain", "worst pain")
    assert "datasets" not in json.dumps(spec)
    assert '"data":' not in json.dumps(spec)


def test_how_a_knot_is_known_is_told_by_its_shape() -> None:
    assert len(set(SHAPES.values())) == len(SHAPES) == 4
