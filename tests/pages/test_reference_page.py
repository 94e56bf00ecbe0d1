"""The Reference page in a browser: drawn, moved by the baseline, honest about what is not known."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import ConsoleMessage, Page, expect

from tests.conftest import Served

pytestmark = pytest.mark.browser

CHART = "[data-testid=stVegaLiteChart]"


@pytest.fixture
def faults(page: Page) -> Iterator[list[str]]:
    """What the browser's console says; two 404s of Streamlit's own on a deep link are known."""
    said: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and "404" not in message.text:
            said.append(message.text)

    page.on("console", listen)
    page.on("pageerror", lambda error: said.append(str(error)))
    yield said
    assert said == []


def visit(page: Page, app: Served) -> None:
    page.goto(f"{app.url}/reference")
    expect(page.get_by_text("not an emergency channel")).to_be_visible(timeout=20_000)
    page.locator(f"{CHART} svg").first.wait_for(timeout=20_000)


def test_the_band_is_drawn_and_unsigned(running_app: Served, page: Page, faults: list[str]) -> None:
    visit(page, running_app)
    assert page.locator(f"{CHART} svg .mark-area path").count() >= 2
    assert page.locator(f"{CHART} svg .mark-symbol path").count() >= 9
    expect(page.get_by_text("○ Not yet signed off by a clinician").first).to_be_visible()


def test_another_baseline_draws_another_band(running_app: Served, page: Page, faults: list[str]) -> None:
    visit(page, running_app)
    drawn = page.locator(f"{CHART} svg .mark-area path").first
    before = drawn.get_attribute("d")
    page.get_by_role("slider").focus()
    for _ in range(4):
        page.keyboard.press("ArrowLeft")
    expect(page.locator(CHART).first).to_have_attribute("aria-label", re.compile("baseline 4, up is better"))
    expect(drawn).not_to_have_attribute("d", before or "")


def test_a_course_without_a_spread_says_so(running_app: Served, page: Page, faults: list[str]) -> None:
    visit(page, running_app)
    page.get_by_role("combobox", name="Instrument").click()
    page.get_by_role("option", name="Disability, Oswestry").click()
    expect(page.get_by_text("The mean alone: its spread is assumed")).to_be_visible()
    expect(page.locator(f"{CHART} svg .mark-area path[d]:not([d=''])")).to_have_count(0)


@pytest.mark.parametrize(
    ("tab", "words"),
    [
        ("Milestones and visits", "Phases:"),
        ("Rules", "Thresholds"),
        ("What the rules cost", "Our simulation, not published evidence."),
    ],
)
def test_every_part_has_its_tab(running_app: Served, page: Page, faults: list[str], tab: str, words: str) -> None:
    visit(page, running_app)
    page.get_by_role("tab", name=tab, exact=True).click()
    expect(page.get_by_text(words).first).to_be_visible()
    expect(page.locator("[data-testid=stDataFrame]:visible").first).to_be_visible()


def test_the_phone_needs_no_sideways_scroll(running_app: Served, page: Page, faults: list[str]) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    visit(page, running_app)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
