"""The colours of the charts: told apart without colour, and words on them can be read."""

from __future__ import annotations

from itertools import combinations

import pytest

from plumbline.charts.followups import AS_TEXT, FILLS, STATES
from plumbline.charts.theme import THEMES
from tests.web.test_frame import contrast, luminance

APART = 15
LINEAR_BELOW, SLOPE = 216 / 24389, 24389 / 27


def lightness(colour: str) -> float:
    """CIE L*, what is left of a colour in grey: 0 black, 100 white."""
    light = luminance(colour)
    return 116 * light ** (1 / 3) - 16 if light > LINEAR_BELOW else SLOPE * light


@pytest.mark.parametrize("name", THEMES)
def test_series_are_told_apart_in_grey(name: str) -> None:
    theme = THEMES[name]
    together = [theme.own, theme.accent, theme.band, theme.page]
    pairs = [*combinations(together, 2), *combinations(FILLS[name].values(), 2), (theme.own, theme.slower)]
    too_near = [pair for pair in pairs if abs(lightness(pair[0]) - lightness(pair[1])) < APART]
    assert too_near == []


@pytest.mark.parametrize("name", THEMES)
def test_words_on_the_blocks_of_the_follow_ups_stand_out(name: str) -> None:
    theme = THEMES[name]
    assert list(FILLS[name]) == list(STATES)
    for state, fill in FILLS[name].items():
        assert contrast(theme.text if state in AS_TEXT[name] else theme.page, fill) >= 4.5, state


@pytest.mark.parametrize("name", THEMES)
def test_words_on_a_button_in_the_accent_colour_stand_out(name: str) -> None:
    """style.css writes them in the page's colour; so does the phase of today."""
    assert contrast(THEMES[name].page, THEMES[name].accent) >= 4.5
