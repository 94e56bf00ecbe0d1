"""The Patient page in a browser, on the store of scenes: every state, every switch, and what a click opens."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import ConsoleMessage, Page, expect

from plumbline import sql
from plumbline.store import open_store
from tests.conftest import Served, eventually, resting_box
from tests.pages.scenes import AS_OF
from tests.pages.test_patient_queries import scores

pytestmark = pytest.mark.browser

CHART = "[data-testid=stVegaLiteChart] svg"
PHONE = {"width": 390, "height": 844}
STATES = {
    "key-new-e": ("New problem", "Pain stepped up on day 40"),
    "key-course-e": ("On course", "One milestone is later than usual"),
    "key-slower-e": ("Slower", "Slower"),
    "key-missed-e": ("On course", "On course"),
    "key-flag-e": ("Red flag", "New leg weakness or numbness"),
    "key-empty-e": ("Cannot tell", "measured against the reference patient"),
    "key-one-e": ("Day 20", "measured against the reference patient"),
    "key-many-e": ("Day 400", "of 2,001 scores"),
    "key-none": ("No procedure yet", "Import the procedure"),
    "key-dead-e": ("Closed", "Died on"),
    "key-gone-e": ("Closed", "Withdrew"),
    "key-two-e2": ("Day 100", "Nothing heard for 58 days"),
    "key-long-e": ("Day 520", "past the published course"),
    "key-fresh-e": ("Day 0", "first day"),
}


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


def visit(page: Page, app: Served, key: str, as_of: str = AS_OF.isoformat()) -> None:
    page.goto(f"{app.url}/patient?episode={key}&as_of={as_of}")
    expect(page.get_by_text("not an emergency channel")).to_be_visible(timeout=20_000)


def drawn(page: Page) -> int:
    page.locator(CHART).wait_for(timeout=20_000)
    return page.locator(f"{CHART} path").count()


@pytest.mark.parametrize("key", STATES)
def test_every_state_is_a_page_that_makes_sense(scenes_app: Served, page: Page, faults: list[str], key: str) -> None:
    visit(page, scenes_app, key)
    for words in STATES[key]:
        expect(page.get_by_text(words).first).to_be_visible()
    assert drawn(page) > 20
    assert page.get_by_text("support code").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize("key", ["key-new-e", "key-missed-e"])
def test_the_phone_shows_the_answer_then_the_chart(scenes_app: Served, page: Page, faults: list[str], key: str) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    visit(page, scenes_app, key)
    assert drawn(page) > 60
    chart = resting_box(page.locator(CHART))
    heading = resting_box(page.locator("h2").first)
    assert heading["y"] < chart["y"]
    assert chart["width"] <= PHONE["width"]
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_verdict_and_pain_are_seen_without_scrolling(
    scenes_app: Served, page: Page, faults: list[str], scheme: str
) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    visit(page, scenes_app, "key-new-e")
    assert drawn(page) > 60
    expect(page.locator("h2")).to_be_in_viewport(ratio=1)
    last = page.locator(f"{CHART} g.hit_nrs_back_marks path").last

    def above_the_fold() -> bool:
        foot = resting_box(last)
        return foot["y"] + foot["height"] < 600

    assert eventually(page, above_the_fold)


def test_without_an_address_or_with_a_wrong_one_the_worklist_is_offered(scenes_app: Served, page: Page) -> None:
    page.goto(f"{scenes_app.url}/patient")
    expect(page.get_by_role("heading", name="Choose a patient")).to_be_visible(timeout=20_000)
    visit(page, scenes_app, "new-e")
    expect(page.get_by_role("heading", name="No such patient")).to_be_visible()
    page.get_by_role("link", name="Go to the worklist").click()
    expect(page).to_have_title(re.compile("Worklist"))


def test_a_click_on_a_note_mark_opens_that_note(scenes_app: Served, page: Page, faults: list[str]) -> None:
    visit(page, scenes_app, "key-new-e")
    drawn(page)
    mark = page.locator(f"{CHART} path[aria-label^='Visit, day 14']").last
    box = resting_box(mark)
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.get_by_text("opened from the chart", exact=True)).to_be_visible()
    expect(page.get_by_text("Opened from the chart · day 14")).to_be_in_viewport()
    first = page.get_by_test_id("stText").filter(has_text="Walks 20 minutes")
    expect(first).to_have_count(2)


def test_a_note_is_shown_letter_for_letter(scenes_app: Served, page: Page, faults: list[str]) -> None:
    visit(page, scenes_app, "key-new-e")
    expect(page.get_by_text("<b>Call again</b> tomorrow [link](http://x)").first).to_be_visible()
    assert page.locator("a[href='http://x']").count() == 0


def test_notes_are_searched(scenes_app: Served, page: Page) -> None:
    visit(page, scenes_app, "key-new-e")
    box = page.get_by_label("Search notes")
    box.fill("walks")
    box.press("Enter")
    expect(page.get_by_text("Bilateral, 3.5 ml")).to_have_count(0)
    expect(page.get_by_text("Walks 20 minutes").last).to_be_visible()
    box.fill("nothing like it")
    box.press("Enter")
    expect(page.get_by_text("No note matches.")).to_be_visible()


def test_presets_change_the_axis_and_the_other_switches_are_kept(
    scenes_app: Served, page: Page, faults: list[str]
) -> None:
    visit(page, scenes_app, "key-course-e")
    drawn(page)
    chart = page.locator(CHART)
    expect(chart.get_by_text("The early days are stretched")).to_be_visible()
    page.get_by_text("72 h", exact=True).click()
    expect(chart.get_by_text("Hours after the procedure")).to_be_visible()
    expect(chart.get_by_text("no scores were published here").first).to_be_visible()
    page.get_by_text("6 weeks", exact=True).click()
    expect(chart.get_by_text("Days after the procedure")).to_be_visible()
    page.get_by_text("Dates", exact=True).click()
    expect(chart.get_by_text("16 Oct", exact=True)).to_be_visible()
    page.get_by_text("2 weeks", exact=True).click()
    expect(chart.get_by_text("30 Oct", exact=True)).to_be_visible()
    page.get_by_test_id("stMain").get_by_text("Table", exact=True).click()
    expect(page.get_by_test_id("stDataFrame")).to_be_visible()
    page.get_by_test_id("stMain").get_by_text("Table", exact=True).click()
    expect(chart.get_by_text("30 Oct", exact=True)).to_be_visible()


@pytest.mark.parametrize("key", ["new-e", "missed-e", "many-e"])
def test_the_table_has_the_rows_of_the_chart(
    scenes_app: Served, scenes_original: Path, tmp_path: Path, page: Page, key: str
) -> None:
    store = open_store(Path(shutil.copy(scenes_original, tmp_path / "copy.duckdb")))
    high = 84.0 if key == "new-e" else 730.0 if key == "many-e" else 365.0
    before = 84 * 0.09 if key == "new-e" else 0.9
    rows = sql.ask(
        store.cursor(),
        "patient/mark_by_course",
        as_of=AS_OF,
        episode_id=key,
        low=-30.0,
        high=high,
        before=before,
        bars=8,
        points=900,
        flagged="",
        verdict="",
    )
    store.close()
    visit(page, scenes_app, f"key-{key}")
    drawn(page)
    points = page.locator(f"{CHART} g.hit_nrs_back_marks path")
    assert points.count() == scores(rows)["is_drawn"].sum()
    page.get_by_test_id("stMain").get_by_text("Table", exact=True).click()
    grid = page.get_by_test_id("stDataFrame").locator("[role=grid]")
    expect(grid).to_have_attribute("aria-rowcount", str(len(rows) + 1))


def test_hovering_tells_value_day_range_and_centile(scenes_app: Served, page: Page, faults: list[str]) -> None:
    visit(page, scenes_app, "key-new-e")
    drawn(page)
    mark = page.locator(f"{CHART} g.hit_nrs_back_marks path[aria-label*='day 40']")
    box = resting_box(mark)
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    tip = page.locator("#vg-tooltip-element")
    for words in ("6 of 10", "day 40 · 16 Nov 2026", "0 to 7 (8 in 10 people)", "centile", "Sharp pain after slip"):
        expect(tip.get_by_text(words)).to_be_visible()


def test_where_the_range_comes_from_is_one_click_away(scenes_app: Served, page: Page) -> None:
    visit(page, scenes_app, "key-new-e")
    page.get_by_role("button", name="About the range").click()
    expect(page.get_by_text("Not yet signed off by a clinician.", exact=True)).to_be_visible()
    page.get_by_role("link", name="The whole reference").click()
    expect(page).to_have_title(re.compile("Reference"))


def test_next_and_previous_walk_the_worklist(scenes_app: Served, page: Page) -> None:
    visit(page, scenes_app, "key-flag-e")
    page.get_by_role("button", name="Next ›").click()
    expect(page).to_have_url(re.compile("key-new-e"))
    expect(page.get_by_text("Rosa Example")).to_be_visible()
    expect(page.get_by_text("Pain stepped up on day 40").first).to_be_visible()
    page.get_by_role("button", name="‹ Previous").click()
    expect(page).to_have_url(re.compile("key-flag-e"))
    expect(page.get_by_text("New leg weakness or numbness").first).to_be_visible()
    page.get_by_role("button", name="‹ Previous").click()
    expect(page.get_by_text("first on the worklist")).to_be_visible()


def test_the_other_procedure_of_a_person_is_one_choice_away(scenes_app: Served, page: Page) -> None:
    visit(page, scenes_app, "key-two-e2")
    page.get_by_role("combobox", name="Procedure").click()
    page.get_by_role("option", name=re.compile("27 Jan 2026")).click()
    expect(page).to_have_url(re.compile(r"key-two-e(&|$)"))
    expect(page.get_by_test_id("stMarkdown").get_by_text("Day 300")).to_be_visible()


def test_a_day_before_the_procedure_is_a_page_too(scenes_app: Served, page: Page, faults: list[str]) -> None:
    visit(page, scenes_app, "key-new-e", "2026-10-01")
    expect(page.get_by_text("6 days before the procedure")).to_be_visible()
    assert drawn(page) > 20
