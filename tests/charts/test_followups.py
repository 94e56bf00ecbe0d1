"""The bar of states: every state has its colour, its word and its number; none is red like a danger sign."""

from __future__ import annotations

import altair as alt
import pytest

from plumbline.charts import followups
from plumbline.charts.theme import THEMES
from plumbline.store import reference_frame


@pytest.mark.parametrize("theme", THEMES)
def test_the_chart_knows_every_state_by_its_words(theme: str) -> None:
    rows = reference_frame("visit_state")
    assert dict(zip(rows["state"], rows["label"], strict=True)) == followups.STATES
    spec = followups.states(theme, 9)
    scale = spec["layer"][0]["encoding"]["fill"]["scale"]
    assert scale["domain"] == list(rows["state"])
    assert len(set(scale["range"])) == len(rows)
    assert THEMES[theme].red_flag not in scale["range"]
    alt.LayerChart.from_dict({**spec, "data": {"name": "rows"}})


def test_numbers_are_read_on_their_blocks() -> None:
    for colour in THEMES.values():
        for fill in (colour.accent, colour.slower, colour.new_problem, colour.muted):
            assert contrast(fill, colour.page) >= 4.5
        assert contrast(colour.surface, colour.text) >= 4.5


def contrast(one: str, other: str) -> float:
    def light(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)
