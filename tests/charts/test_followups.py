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
