"""The charts of the Clinics page: valid for Vega-Lite, few marks, up is better, and nothing hidden in their data."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from typing import Any

import altair as alt
import pandas as pd
import pytest

from plumbline.charts import clinics_base, clinics_grid, clinics_rates, control, funnel
from plumbline.charts.theme import THEMES
from plumbline.clinics.completeness import completeness
from plumbline.clinics.fractures import fractures
from plumbline.clinics.model import Month, Point
from tests.clinics.frames import SETTINGS, counted
from tests.clinics.test_fractures import courses

MOST_MARKS = 2000


def point(
    name: str, answered: int | None, value: float | None, state: str = "as_expected", **more: Any
) -> dict[str, Any]:  # fmt: skip
    given = {"due": 100, "received": 90, "count": None, "least": None, "most": None, "raw": value, "side": "",
             "is_hidden": value is None, "words": f"{name}: told"} | more  # fmt: skip
    return asdict(Point(unit=name, name=name, answered=answered, value=value, state=state, **given)) | {"label": name}


LIMITS = [{"answered": n, "lower95": 0.4, "upper95": 0.8, "lower998": 0.3, "upper998": 0.9} for n in (50.0, 100.0)]


def valid(spec: dict[str, Any]) -> None:
    alt.LayerChart.from_dict({**spec, "data": {"name": "rows"}})


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("is_reversed", [False, True])
def test_the_funnel_is_valid_and_says_which_way_is_better_at_both_ends(theme: str, is_reversed: bool) -> None:
    rows = funnel.rows([point("Ash", 60, 0.5), point("Elm", 90, 0.7, "stands_out")], LIMITS, 0.6)
    spec = funnel.funnel(theme, (0.2, 1.0), funnel.reach(rows), not is_reversed, is_reversed, "good", "bad")
    valid(spec)
    text = json.dumps(spec, ensure_ascii=False)
    assert "▲ good" in text
    assert "▼ bad" in text
    assert f'"reverse": {json.dumps(is_reversed)}' in text
    assert len({funnel.SHAPES[one["state"]] for one in rows if one["part"] == "point"}) == 2  # never by colour alone
    assert len(set(funnel.SHAPES.values())) == len(funnel.SHAPES)


def test_a_hidden_point_is_a_bar_without_its_value_and_an_unknown_one_is_not_there() -> None:
    points = [point("Ash", 60, 0.5), point("Elm", 50, None, least=0.02, most=0.08), point("Oak", None, None)]
    rows = funnel.rows(points, LIMITS, 0.6)
    assert [one["part"] for one in rows if one.get("unit")] == ["point", "hidden"]
    shut = next(one for one in rows if one["part"] == "hidden")
    assert shut["y"] == pytest.approx(0.05)  # the middle of the bar, whatever the value is
    assert "raw" not in shut
    assert "count" not in shut


def test_names_do_not_meet_and_many_units_are_named_only_where_they_are_marked() -> None:
    apart = [point("West", 20, 0.4), point("East", 200, 0.8)]
    close = [point(f"Clinic {turn}", 100, 0.6) for turn in range(6)]  # four sides, six names
    places = [one["place"] for one in funnel.rows(apart + close, LIMITS, 0.6) if one["part"] == "point"][2:]
    assert len(set(places) - {""}) == len([one for one in places if one])
    assert places.count("") >= 2
    many = [point(f"S{turn}", 60 + turn, 0.5, "look" if turn == 3 else "as_expected") for turn in range(40)]
    named = [one["unit"] for one in funnel.rows(many, LIMITS, 0.6) if one["part"] == "point" and one["place"]]
    assert named == ["S3"]


def month(place: int, value: float | None, **more: Any) -> dict[str, Any]:
    given = {"least": None, "most": None, "lower": 0.3, "upper": 0.9, "centre": 0.6, "signal": "", "is_open": False,
             "is_baseline": True, "words": "told"} | more  # fmt: skip
    on = date(2024 + place // 12, place % 12 + 1, 1)
    return asdict(Month(month_on=on, place=place, answered=20, value=value, **given))


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("is_reversed", [False, True])
def test_the_control_chart_is_valid_and_its_line_stops_where_a_month_is_hidden(theme: str, is_reversed: bool) -> None:
    shut, opened = month(1, None, least=0.8, most=0.95), month(3, 0.2, is_open=True)
    told = [month(0, 0.5), shut, month(2, 0.6, signal="run"), opened]
    rows = control.rows(told)
    spec = control.control(theme, 4, 0.0, 1.0, True, is_reversed, "good", "bad", "answers each month")
    valid(spec)
    assert [one["state"] for one in rows if one["part"] == "point"] == ["", "run", "open"]
    stretches = [one["stretch"] for one in rows if one["part"] == "point"]
    assert stretches[0] != stretches[1] == stretches[2]
    assert len({control.SHAPES[one] for one in ("", "run", "outside")}) == 3


@pytest.mark.parametrize("theme", THEMES)
def test_the_grid_fills_only_what_is_too_thin(theme: str) -> None:
    cells = completeness(pd.DataFrame([counted("Ash", 50, 20, due=100), counted("Oak", 90, 20, due=100)]), SETTINGS)
    rows = clinics_grid.rows([asdict(one) for one in cells])
    assert [(one["text"], one["is_thin"]) for one in rows] == [("50%!", True), ("90%", False)]
    spec = clinics_grid.grid(theme, 2)
    valid(spec)
    fill = spec["layer"][0]["encoding"]["color"]
    assert fill["condition"] == {"test": "datum.is_thin", "value": THEMES[theme].slower}


@pytest.mark.parametrize("theme", THEMES)
def test_the_rates_have_their_denominator_beside_them(theme: str) -> None:
    found = fractures(pd.concat([courses(15, 100), courses(3, 100, "Mill"), courses(20, 200, "Oak")]), SETTINGS)
    rows = clinics_rates.rows([asdict(one) for one in found])
    texts = {one["name"]: one["text"] for one in rows if one["part"] == "clinic"}
    assert texts["Oak"] == "10: 20 in 200 years"
    assert texts["Mill"] == "hidden, in 100 years"
    assert next(one for one in rows if one.get("name") == "Mill")["rate"] is None
    valid(clinics_rates.rates(theme, 3, 30.0))


def test_fifty_clinics_over_ten_years_stay_within_the_marks_of_a_page() -> None:
    points = [point(f"C{turn}", 50 + turn, 0.5) for turn in range(50)]
    assert len(funnel.rows(points, LIMITS * 30, 0.6)) <= MOST_MARKS
    assert len(control.rows([month(turn, 0.5) for turn in range(120)])) <= MOST_MARKS


def test_ends_are_round_and_within_what_is_possible() -> None:
    assert clinics_base.ends([0.42, 0.78], 0.05, 0.0, 1.0) == (0.4, 0.8)
    assert clinics_base.ends([0.0, 1.0], 0.05, 0.0, 1.0) == (0.0, 1.0)
    assert clinics_base.ends([], 0.05, 0.0, 1.0) == (0.0, 1.0)
    assert clinics_base.ends([0.5, 0.5], 0.1, 0.0, 1.0) == (0.5, 0.6)
