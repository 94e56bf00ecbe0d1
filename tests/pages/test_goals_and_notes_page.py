"""Goals and structured notes in a browser: set and scored, filled in by keys, and a danger sign that raises a flag."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.conftest import Served

pytestmark = pytest.mark.browser


def visit(page: Page, app: Served, key: str) -> Locator:
    page.goto(f"{app.url}/patient?episode={key}")
    expect(page.get_by_text("not an emergency channel")).to_be_visible(timeout=20_000)
    return page.get_by_role("dialog")


def save(dialog: Locator) -> None:
    dialog.get_by_role("button", name=re.compile("^Save")).click()


def test_a_goal_is_set_in_the_patients_words_and_scored(scenes_app: Served, page: Page) -> None:
    dialog = visit(page, scenes_app, "key-long-e")
    page.keyboard.press("g")
    words = dialog.get_by_label("In the patient's own words")
    expect(words).to_be_visible()
    save(dialog)
    expect(dialog.get_by_text("The goal is missing")).to_be_visible()
    words.fill("Walk to <b>church</b> [again](http://x)")
    save(dialog)
    expect(dialog).to_have_count(0)
    goals = page.locator(".st-key-goals")
    expect(goals.get_by_text("0 of 1 reached")).to_be_visible()
    expect(goals).to_contain_text("Walk to <b>church</b> [again]")
    assert page.locator("a[href='http://x']").count() == 0

    page.get_by_role("button", name="Score goals").click()
    dialog.get_by_text("◐ partly reached").click()
    dialog.get_by_label("What the patient says to it").fill("half way")
    save(dialog)
    expect(goals.get_by_text(re.compile("partly reached on .*half way"))).to_be_visible()


def test_a_nurse_call_asks_for_what_is_missing_and_raises_the_flag_that_was_told(
    scenes_app: Served, page: Page
) -> None:
    dialog = visit(page, scenes_app, "key-course-e")
    page.keyboard.press("n")
    kind = dialog.get_by_role("combobox", name="Kind")
    kind.fill("nurse")
    kind.press("Enter")
    dialog.get_by_label("Reason").fill("Daughter rang")
    dialog.get_by_text("Calf swelling or pain", exact=True).click()
    expect(dialog.get_by_text("the verdict is red flag until a clinician closes it")).to_be_visible()
    save(dialog)
    expect(dialog.get_by_text("Advice is missing")).to_be_visible()
    dialog.get_by_label("Advice", exact=True).fill("Come in today.")
    save(dialog)
    expect(dialog).to_have_count(0)
    expect(page.get_by_text("⚑ Red flag").first).to_be_visible()
    expect(page.get_by_text(re.compile("Advice Come in today."))).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Advice Come in today.")).to_have_count(0)
