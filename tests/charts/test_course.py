"""The spec of the course's chart: valid Vega-Lite, small, without data, one look in both themes."""

from __future__ import annotations

import dataclasses
import json
import re
from typing import Any

import pytest
from altair.vegalite.v6.schema.core import load_schema
from jsonschema import Draft7Validator

from plumbline.charts import axis, course
from plumbline.charts.panel import Panel
from plumbline.charts.theme import DARK, LIGHT

pytestmark = pytest.mark.cases


def panel(instrument: str = "nrs_back", **changes: Any) -> Panel:
    usual: dict[str, Any] = {
        "instrument": instrument,
        "title": "Back pain, 0 to 10",
        "minimum": 0.0,
        "maximum": 10.0,
        "direction": "lower_better",
        "best_words": "no pain",
        "worst_words": "worst pain",
        "is_primary": instrument == "nrs_back",
        "acceptable": 3.0 if instrument == "nrs_back" else None,
        "reference": "band",
        "dense": False,
        "all_values": False,
        "height": 200,
    }
    return Panel(**(usual | changes))


FULL = course.Layout(
    (
        panel(),
        panel("odi", reference="mean_only", height=60),
        panel("tug", reference="none", all_values=True, height=60),
    ),
    has_phases=True,
    milestones=8,
    medicines=2,
    has_events=True,
)
PINNED = dataclasses.replace(FULL, has_pins=True)
BARE = course.Layout((), has_phases=False, milestones=0, medicines=0, has_events=False)
PRESETS = [*axis.presets(400).values(), axis.by_date(70)]


def layers(spec: dict[str, Any]) -> list[dict[str, Any]]:
    return [layer for view in spec["vconcat"] for layer in view["layer"]]


DEFINITIONS = load_schema()["definitions"]
WHOLE, VIEW, LAYER = (
    Draft7Validator({"$ref": f"#/definitions/{name}", "definitions": DEFINITIONS})
    for name in ("TopLevelVConcatSpec", "LayerSpec", "UnitSpec")
)


def faults(spec: dict[str, Any]) -> list[str]:
    """What Vega-Lite's own schema says against a spec: the whole, each view and each layer held to what it is meant
    to be, as trying each in turn with everything that it might be takes a thousand times as long."""
    found = [error.message for error in WHOLE.iter_errors({**spec, "vconcat": []})]
    for view in spec["vconcat"]:
        found += [error.message for error in VIEW.iter_errors({**view, "layer": []})]
    return found + [error.message for layer in layers(spec) for error in LAYER.iter_errors(layer)]


@pytest.mark.parametrize("preset", PRESETS, ids=[preset.name for preset in PRESETS])
@pytest.mark.parametrize("kind", ["days", "dates"])
def test_every_preset_is_valid_vega_lite(preset: axis.Preset, kind: str) -> None:
    for layout in (FULL, PINNED, BARE):
        assert faults(course.spec("light", preset, kind, layout)) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"vconcat"', '"spacin": 1, "vconcat"'),
        ('"layer"', '"heigh": 1, "layer"'),
        ('"mark": {', '"mark": {"colour": "red", '),
        ('"mark": {"type": "', '"mark": {"type": "a'),
        ('"encoding": {"x": {', '"encoding": {"x": {"ax": 1, '),
        ('"transform"', '"transfor"'),
    ],
)
def test_what_is_no_vega_lite_is_found(old: str, new: str) -> None:
    text = json.dumps(course.spec("light", PRESETS[0], "days", FULL))
    assert old in text
    assert faults(json.loads(text.replace(old, new, 1)))


def test_the_spec_holds_no_data_and_is_built_once() -> None:
    preset = axis.presets(40)["whole"]
    spec = course.spec("dark", preset, "days", FULL)
    assert course.spec("dark", preset, "days", FULL) is spec
    assert not {"data", "datasets", "values"} & set(re.findall(r'"(\w+)":', json.dumps(spec))) - {"values"}
    assert all("data" not in layer for layer in layers(spec))


def test_the_spec_stays_small_as_it_is_sent_with_every_run() -> None:
    assert len(json.dumps(course.spec("light", axis.presets(40)["whole"], "days", FULL))) < 46_000


@pytest.mark.parametrize(("name", "theme", "other"), [("light", LIGHT, DARK), ("dark", DARK, LIGHT)])
def test_a_theme_uses_its_own_colours_only(name: str, theme: Any, other: Any) -> None:
    used = set(re.findall(r"#[0-9A-Fa-f]{6}", json.dumps(course.spec(name, axis.presets(40)["whole"], "days", FULL))))
    own = {value for value in vars(theme).values() if isinstance(value, str)}
    assert used <= own
    assert not used & ({value for value in vars(other).values() if isinstance(value, str)} - own)


@pytest.mark.parametrize(("direction", "reverse"), [("lower_better", True), ("higher_better", False)])
def test_up_is_better(direction: str, reverse: bool) -> None:
    one = panel(direction=direction, best_words="best end", worst_words="worst end")
    spec = course.spec("light", axis.presets(40)["whole"], "days", course.Layout((one,), True, 0, 0, False))
    y = spec["vconcat"][1]["encoding"]["y"]
    assert y["scale"]["reverse"] is reverse
    best = 0 if reverse else 10
    assert f"best end {best}" in y["axis"]["labelExpr"]
    assert one.place(best) == 0


def test_both_selections_of_a_view_lie_on_one_layer() -> None:
    """Two parameters on different layers of one view leave a blank chart, with no message in Python."""
    spec = course.spec("light", axis.presets(40)["whole"], "days", FULL)
    chosen = {param["name"]: param["views"] for param in spec["params"] if "select" in param}
    assert chosen["pick"] == chosen["hover"] == ["hit_nrs_back", "hit_odi", "hit_tug", "hit_visit"]


def test_the_plumb_line_runs_through_every_view() -> None:
    spec = course.spec("light", axis.presets(40)["whole"], "days", FULL)
    assert len(spec["vconcat"]) == 1 + 3 + 2 + 1
    for view in spec["vconcat"]:
        rules = [one["mark"] for one in view["layer"] if one["mark"]["type"] == "rule"]
        assert any(mark["color"] == LIGHT.accent for mark in rules)


def test_the_moments_compared_are_marked_through_every_view_and_named_once() -> None:
    preset = axis.presets(40)["whole"]
    spec = course.spec("light", preset, "days", PINNED)
    pinned = [[one for one in view["layer"] if "pin_" in json.dumps(one)] for view in spec["vconcat"]]
    assert all(sum(one["mark"]["type"] == "rule" for one in view) == 2 for view in pinned)
    words = [str(one["mark"]["text"]) for view in pinned for one in view if one["mark"]["type"] == "text"]
    assert set(words) == {"{'expr': 'pin_word'}", "To"}
    assert "pin_" not in json.dumps(course.spec("light", preset, "days", FULL))


def test_the_chart_says_what_it_is() -> None:
    words = course.spec("light", axis.presets(40)["whole"], "days", FULL)["description"]
    assert "up is better" in words
    assert "Table switch" in words


def test_only_hit_marks_speak_to_a_screen_reader() -> None:
    spec = course.spec("light", axis.presets(40)["whole"], "days", FULL)
    assert spec["config"]["mark"]["aria"] is False
    speaking = [layer for layer in layers(spec) if layer["mark"].get("aria")]
    assert [layer["name"] for layer in speaking] == ["hit_nrs_back", "hit_odi", "hit_tug", "hit_visit"]


def test_the_last_four_weeks_are_offered_past_week_twelve() -> None:
    assert "4w" not in axis.presets(84)
    last = axis.presets(85)["4w"]
    assert (last.low, last.left) == (57, 57)
    assert last.high > 85


def test_the_axis_goes_on_past_a_year_only_for_those_who_are_there() -> None:
    assert axis.presets(365)["whole"].high == 365
    assert axis.presets(366)["whole"].high == 730


def test_a_stretched_axis_says_so() -> None:
    assert "stretched" in axis.words(axis.presets(40)["whole"], "days")
    assert "stretched" in axis.words(axis.presets(40)["whole"], "dates")
    assert "stretched" not in axis.words(axis.presets(40)["12w"], "days")


def test_the_first_hours_by_date_show_the_clock_and_not_one_date_again_and_again() -> None:
    label = axis.x_axis(axis.presets(400)["72h"], "dates", labels=True)["labelExpr"]
    assert "%-d %b %H:%M" in label
    assert "has_clock && width > 600 ? utcFormat(zero + datum.value * 86400000, '%H:%M') : ''" in label
    assert "%H" not in axis.x_axis(axis.presets(400)["6w"], "dates", labels=True)["labelExpr"]
