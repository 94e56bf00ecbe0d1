"""The charts of a comparison: groups told apart without colour, up is better, and no number that is hidden."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from itertools import combinations
from typing import Any

import altair as alt
import pytest

from plumbline.charts import compare_base, compare_curve, compare_difference, compare_milestone
from plumbline.charts.theme import THEMES
from plumbline.compare.drawings import Drawing, Limits, drawings
from plumbline.compare.model import Comparison
from tests import compare_sample
from tests.charts.test_theme import APART, lightness
from tests.web.test_frame import contrast

LIMITS = Limits(aim=0.8, least=0.6, apart=0.1)
MADE: dict[str, Callable[[], Comparison]] = {
    "two": compare_sample.sample,
    "four": lambda: compare_sample.sample("a", "b", "c", "d"),
    "cannot tell": compare_sample.cannot_tell,
    "hidden": compare_sample.hidden,
    "no band": compare_sample.without_band,
    "too few": compare_sample.too_few,
}
MOST_MARKS = 2000
ALL_APART = 10  # each of four has a shape and a dash of its own, too


def drawn(found: Comparison, theme: str = "light", *, spread: bool = False) -> dict[str, Drawing]:
    return drawings(found, LIMITS, theme, spread=spread)


def part(drawing: Drawing, name: str) -> list[dict[str, Any]]:
    return [row for row in drawing.rows if row["part"] == name]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("kind", MADE)
def test_every_chart_is_one_that_vega_lite_knows_and_has_words(kind: str, theme: str) -> None:
    for name, one in drawn(MADE[kind](), theme).items():
        assert one.alt.startswith(one.title.partition("?")[0].partition(",")[0][:8]), name
        assert one.caption
        if one.is_empty:
            continue
        spec = {**one.spec, "data": {"values": list(one.rows)}}
        alt.LayerChart.from_dict(spec)
        assert len(one.rows) <= MOST_MARKS
        assert "data" not in one.spec
        json.dumps(one.rows, allow_nan=False)


def test_a_chart_is_built_once_for_a_theme() -> None:
    first, again = drawn(compare_sample.sample()), drawn(compare_sample.sample())
    assert all(first[name].spec is again[name].spec for name in first)
    assert first["curve"].spec is not drawn(compare_sample.sample(), "dark")["curve"].spec


@pytest.mark.parametrize("name", THEMES)
def test_groups_are_told_apart_in_grey_and_stand_out_from_the_page_and_from_what_is_expected(name: str) -> None:
    theme = THEMES[name]
    for colour in theme.groups:
        assert contrast(colour, theme.page) >= 3, colour
        assert contrast(colour, theme.wash) >= 3, colour
    first, second = theme.groups[:2]
    assert abs(lightness(first) - lightness(second)) >= APART
    for one, other in combinations(theme.groups, 2):
        assert abs(lightness(one) - lightness(other)) >= ALL_APART, (one, other)
    assert contrast(theme.quiet, theme.page) >= 3
    assert contrast(theme.muted, theme.wash) >= 4.5


def test_every_group_has_a_shape_a_dash_and_a_sign_of_its_own() -> None:
    for told in (compare_base.SHAPES, [tuple(one) for one in compare_base.DASHES], compare_base.SIGNS.values()):
        assert len(set(told)) == len(compare_base.KEYS)
    assert set(compare_base.SIGNS) == set(compare_base.KEYS)


def test_up_is_better_whatever_the_instrument() -> None:
    for found, is_reversed in ((compare_sample.sample(), True), (compare_sample.without_band(), False)):
        made = drawn(found)
        places = [layer["encoding"].get("y", {}) for layer in made["curve"].spec["layer"]]
        assert {place["scale"]["reverse"] for place in places if "scale" in place} == {is_reversed}
        # Harbour does better in both: its differences stand above "same"
        assert all(row["y"] > 0 for row in part(made["difference"], "adjusted"))
        heights = [row["y"] for row in part(made["tipping"], "line")]
        assert heights == sorted(heights, reverse=True)  # the worse the missing did, the less is left


def test_the_axis_says_less_and_more_and_never_a_minus() -> None:
    spec = drawn(compare_sample.sample())["difference"].spec
    said = next(layer["encoding"]["y"]["axis"]["labelExpr"] for layer in spec["layer"] if "y" in layer["encoding"]
                and "axis" in layer["encoding"]["y"])  # fmt: skip
    assert "? ' less' : ' more'" in said
    said = json.dumps(drawn(compare_sample.without_band())["difference"].spec)
    assert "? ' more' : ' less'" in said
    words = [row["words"] for row in part(drawn(compare_sample.sample())["difference"], "raw")]
    assert words[0] == "Back pain, 1 d, as measured: 0.9 less (0.6 less to 1.2 less)"
    assert compare_difference.raw_words(-0.04, -0.2, 0.1) == "no difference (0.1 more to 0.2 less)"


def test_under_the_curve_stand_how_many_answered_and_what_part_that_is_thin_ones_with_a_sign() -> None:
    rows = part(drawn(compare_sample.cannot_tell())["curve"], "share")
    told = {(row["group"], row["visit"]): (row["text"], row["is_thin"]) for row in rows}
    assert told["a", "month_3"] == ("81%", False)
    assert told["d", "month_3"] == ("55%!", True)  # 30 of 55
    numbers = part(drawn(compare_sample.sample())["curve"], "number")
    assert "1,011" in [row["text"] for row in numbers]
    thin = [row for row in part(drawn(compare_sample.cannot_tell())["curve"], "point") if row["is_thin"]]
    assert {row["visit"] for row in thin} == {"month_3", "month_6", "month_12"}


def test_the_switch_shows_the_median_and_the_middle_half() -> None:
    mean, spread = (part(drawn(compare_sample.sample(), spread=on)["curve"], "point")[1] for on in (False, True))
    assert mean["y"] == 3.7
    assert (spread["y"], spread["lower"], spread["upper"]) == (4, 2, 5)


def test_what_is_hidden_is_in_no_row_and_has_its_words() -> None:
    made = drawn(compare_sample.hidden())
    for row in (row for one in made.values() for row in one.rows):
        if (row.get("group"), row.get("visit")) == ("a", "month_12"):
            assert row["text"] in {"hidden", "–"}
    hidden = part(made["shares"], "hidden")
    assert [row["text"] for row in hidden] == ["under 5 of 319 (hidden)"]
    assert set(hidden[0]) == {"part", "group", "kind", "y", "text"}
    assert "month_12" not in {row["visit"] for row in part(made["difference"], "adjusted")}
    steroids = next(row for row in part(made["balance_b"], "line") if row["label"] == "Steroids")
    assert (steroids["x"], steroids["text"]) == (None, "hidden")


def test_a_bracket_has_its_words_where_there_is_room() -> None:
    for row in part(drawn(compare_sample.sample("a", "b", "c", "d"))["shares"], "share"):
        room = row["left"] if row["is_left"] else 1 - row["right"]
        assert room >= 0.27, row["text"]


def test_an_outcome_that_is_not_asked_at_every_visit_leaves_no_gap() -> None:
    whole = compare_sample.sample()
    asked = {"baseline", "week_6", "month_3", "month_12"}
    found = replace(
        whole, curve=tuple(one for one in whole.curve if one.visit in asked),
        answered=tuple(one for one in whole.answered if one.visit in asked),
        differences=tuple(one for one in whole.differences if one.what in asked),
    )  # fmt: skip
    made = drawn(found)
    labels = [(row["x"], row["text"]) for row in part(made["curve"], "visit")]
    assert labels == [(0, "before"), (1, "6 wk"), (2, "3 mo"), (3, "1 yr")]
    assert labels == [(row["x"], row["text"]) for row in part(made["difference"], "visit")]
    assert [row["x"] for row in part(made["answered"], "visit")] == [0, 1, 2]
    assert {row["x"] for row in part(made["curve"], "band")} == {1, 2, 3}


def test_an_axis_is_the_whole_scale_unless_the_values_fill_less_than_a_third_of_it() -> None:
    assert compare_base.scaled([2, 8], 0, 10) == (0, 10)
    low, high = compare_base.scaled([11.2, 18.9], 0, 300)
    assert low <= 11.2
    assert 18.9 <= high <= 40
    assert compare_base.scaled([], 0, 10) == (0, 10)
    low, high = compare_base.scaled([0.5], -0.661, 1)
    assert -0.661 <= low < 0.5 < high <= 1


def test_an_axis_has_round_values_and_its_ends() -> None:
    assert compare_base.ticks(0, 10) == [0, 2, 4, 6, 8, 10]
    assert compare_base.ticks(0, 24) == [0, 5, 10, 15, 20, 24]  # RMDQ
    assert compare_base.ticks(8, 14) == [8, 10, 12, 14]
    assert compare_base.ticks(0.3, 0.9) == [0.3, 0.5, 0.7, 0.9]
    assert compare_base.ticks(-0.661, 1) == [-0.661, 0, 0.5, 1]  # EQ-5D: -0.5 would crowd the end


def test_numbers_under_the_milestone_curve_have_room_and_end_with_the_curves() -> None:
    reached = [{"waiting": [(day, 5) for day in (0, 1, 7, 14, 42, 90, 180, 365, 730)], "group": "a", "label": "L",
                "median_day": None, "p80_day": None,
                "steps": [{"day": 200, "estimate": 0.5, "lower": 0.4, "upper": 0.6}]}]  # fmt: skip
    assert compare_milestone.last_day(reached) == 365
    rows = compare_milestone.rows([{"key": "a", "name": "A"}], reached)
    days = [row["x"] for row in rows if row["part"] == "day"]
    assert days[0] == 0
    assert days[-1] == 365
    assert 1 not in days
    assert 730 not in days


def test_words_of_visits_and_lines() -> None:
    said = {visit: compare_base.visit_words(visit, label) for visit, label in
            (("day_1", "1 day"), ("week_6", "6 weeks"), ("month_12", "12 months"), ("month_18", "18 months"),
             ("check_up", "Check-up"))}  # fmt: skip
    assert list(said.values()) == ["1 d", "6 wk", "1 yr", "18 mo", "Check-up"]
    assert compare_base.in_a_sentence("Back pain") == "back pain"
    assert compare_base.in_a_sentence("EQ VAS") == "EQ VAS"
    assert compare_curve.share(None, 12, False) == "–"
