"""Visits side by side in a browser: by keys and by a click on a score."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.conftest import Served, resting_box
from tests.pages.scenes import AS_OF

pytestmark = pytest.mark.browser
CHART = "[data-testid=stVegaLiteChart] svg"


def said(page: Page, words: str) -> Locator:
    """A sentence on the page; a word joiner may stand after a colon."""
    return page.get_by_text(re.compile(re.escape(words).replace(":", ":\u2060?")))


def test_two_visits_are_compared_by_keys_and_by_a_click_on_a_score(scenes_app: Served, page: Page) -> None:
    page.goto(f"{scenes_app.url}/patient?episode=key-new-e&as_of={AS_OF}")
    page.locator(CHART).wait_for(timeout=20_000)
    page.get_by_role("switch", name="Compare two visits").press("Space")
    expect(said(page, "fell 1 point: within measurement error (3.6).")).to_be_visible()
    expect(page.locator(CHART).get_by_text("From", exact=True).first).to_be_visible()

    to = page.get_by_role("combobox", name="To", exact=True)
    to.press("ArrowDown")
    to.fill("week 2")
    to.press("Enter")
    expect(said(page, "fell 6 points, better: reaches the MIC (2 points and 30%)")).to_be_visible()
    table = page.get_by_role("table")
    for cell in ("8 of 10 · day −3", "2 of 10 · day 14", "−6", "17", "▲ better"):
        expect(table.get_by_role("cell", name=cell, exact=True).first).to_be_visible()
    expect(page.get_by_text(re.compile("Medicines stopped: 1 oxycodone"))).to_be_visible()

    mark = page.locator(f"{CHART} g.hit_nrs_back_marks path[aria-label*='day 40']")
    mark.evaluate("mark => mark.scrollIntoView({block: 'center'})")  # the choice stands further down than the chart
    box = resting_box(mark)
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(table.get_by_role("cell", name="6 of 10 · day 40", exact=True)).to_be_visible()
    expect(said(page, "fell 2 points: within measurement error (3.6).")).to_be_visible()
    expect(page.get_by_text("no score at day 40.")).to_be_visible()
