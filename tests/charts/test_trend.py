"""The small trend: one specification a theme, the same scale for everybody, up is better."""

import json

import pytest

from plumbline import sql
from plumbline.charts.theme import THEMES
from plumbline.charts.trend import SHAPES, trend


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_trend_has_one_fixed_scale_with_the_best_score_on_top(theme: str) -> None:
    scales = [layer["encoding"]["y"]["scale"] for layer in trend(theme)["layer"] if "y" in layer["encoding"]]
    assert len(scales) == 4
    assert all(scale["domain"] == [0, 10] and scale["reverse"] for scale in scales)


def test_the_specification_is_built_once_and_holds_no_data() -> None:
    assert trend("light") is trend("light")
    text = json.dumps(trend("light"))
    assert "datasets" not in text
    assert '"data":' not in text


def test_each_theme_has_its_own_colours() -> None:
    assert THEMES["dark"].band in json.dumps(trend("dark"))
    assert THEMES["dark"].band not in json.dumps(trend("light"))


def test_every_verdict_has_a_shape_so_that_none_is_told_by_colour_alone() -> None:
    rows = (sql.ROOT / "data" / "reference" / "verdict.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert {row.split(",")[0] for row in rows} == set(SHAPES)


def test_no_value_from_data_can_become_an_address() -> None:
    text = json.dumps(trend("light"))
    assert '"href"' not in text
    assert '"url"' not in text
