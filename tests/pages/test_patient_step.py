"""Every moment of a course's chart is reached by the arrow keys, and said in words."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest
from playwright.sync_api import Page, expect

from plumbline.web.patient.step import LAYERS, steps
from tests.conftest import Served
from tests.pages.scenes import AS_OF
from tests.pages.test_patient_queries import marks

PANELS = ["nrs_back", "odi"]


@pytest.mark.parametrize("who", ["new-e", "missed-e", "flag-e", "none", "two-e2"])
def test_every_score_visit_event_and_note_of_the_chart_is_in_one_step(cursor: Any, who: str) -> None:
    rows = pa.Table.from_pandas(marks(cursor, who), preserve_index=False)
    made = steps(rows, PANELS)
    said = sorted(row["layer"] for step in made for row in step.rows)
    assert said == sorted(layer for layer in rows["layer"].to_pylist() if layer in LAYERS)
    assert [step.x for step in made] == sorted(step.x for step in made)
    assert len({step.when for step in made}) == len(made)


def test_a_step_names_the_first_instrument_of_the_chart_first(cursor: Any) -> None:
    rows = pa.Table.from_pandas(marks(cursor, "new-e"), preserve_index=False)
    both = [step for step in steps(rows, PANELS) if {"nrs_back", "odi"} <= {row["panel"] for row in step.rows}]
    assert both
    assert all(step.rows[0]["panel"] == "nrs_back" for step in both)
    assert all(step.rows[0]["panel"] == "odi" for step in steps(rows, PANELS[::-1]) if step.when == both[0].when)


@pytest.mark.browser
def test_the_arrow_keys_reach_every_moment_of_the_chart(scenes_app: Served, page: Page) -> None:
    page.goto(f"{scenes_app.url}/patient?episode=key-flag-e&as_of={AS_OF.isoformat()}")
    expect(page.get_by_text("not an emergency channel")).to_be_visible()
    page.get_by_role("switch", name="Step").focus()
    page.keyboard.press("Space")
    slider = page.get_by_role("slider")
    expect(slider).to_be_visible()
    number = int(slider.get_attribute("max") or 0) + 1
    slider.focus()
    page.keyboard.press("Home")
    for place in range(1, number + 1):
        expect(page.get_by_text(f"Moment {place} of {number}", exact=True)).to_be_visible()
        when = (slider.get_attribute("aria-valuetext") or "").partition(": ")[2]
        assert when
        expect(page.get_by_test_id("stMain").get_by_role("listitem").filter(has_text=when).first).to_be_visible()
        page.keyboard.press("ArrowRight")
    assert page.locator("[data-testid=stVegaLiteChart] svg").get_by_text("Step").count() > 0
