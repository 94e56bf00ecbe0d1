"""Flags in a browser: answered on the Patient page in a few clicks, counted on the Flags page."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from plumbline import sql
from plumbline.store import open_store
from tests.conftest import DEMO_UNTIL, Served
from tests.pages.scenes import AS_OF

pytestmark = pytest.mark.browser
FLAGS = ".st-key-flags"


def visit(page: Page, app: Served, path: str, as_of: date = AS_OF) -> None:
    page.goto(f"{app.url}/{path}{'&' if '?' in path else '?'}as_of={as_of}")
    expect(page.get_by_text("not an emergency channel")).to_be_visible(timeout=20_000)


def test_a_red_flag_is_seen_assigned_dismissed_and_taken_back(scenes_app: Served, page: Page) -> None:
    visit(page, scenes_app, "patient?episode=key-flag-e")
    flags = page.locator(FLAGS)
    expect(flags.get_by_text("New leg weakness or numbness")).to_be_visible()
    expect(flags.get_by_text("New", exact=False).first).to_be_visible()
    flags.get_by_role("button", name="Seen").first.click()
    expect(flags.get_by_text("◐ Seen").first).to_be_visible()

    flags.get_by_role("button", name="Assign…").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("In 3 days").click()
    dialog.get_by_role("button", name="Assign", exact=True).click()
    due = AS_OF + timedelta(days=3)
    expect(flags.get_by_text(f"demo specialist, by {due:%-d %b %Y}").first).to_be_visible()

    flags.get_by_role("button", name="Dismiss…").first.click()
    dialog.get_by_role("button", name="Dismiss", exact=True).click()
    expect(dialog.get_by_text("choose one of the list")).to_be_visible()
    dialog.get_by_text("The cause is known and looked after").click()
    dialog.get_by_role("button", name="Dismiss", exact=True).click()
    expect(flags.get_by_text("✕ Dismissed").first).to_be_visible()
    expect(flags.get_by_text("The cause is known and looked after · no longer open").first).to_be_visible()
    flags.get_by_role("button", name="History (3)").first.click()
    expect(page.get_by_text("demo specialist").first).to_be_visible()
    page.keyboard.press("Escape")

    flags.get_by_role("button", name="Undo").click()
    expect(flags.get_by_text("→ Assigned").first).to_be_visible()


def test_a_flag_is_answered_with_the_keyboard_alone(scenes_app: Served, page: Page) -> None:
    visit(page, scenes_app, "patient?episode=key-slower-e")
    flags = page.locator(FLAGS)
    flags.get_by_role("button", name="Act…").first.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    dialog.get_by_role("radio").first.focus()
    page.keyboard.press("Space")
    dialog.get_by_role("textbox").focus()
    page.keyboard.type("Rings again on Monday.")
    page.keyboard.press("Enter")
    expect(flags.get_by_text("✓ Acted on").first).to_be_visible()
    expect(flags.get_by_text("Called the patient").first).to_be_visible()
    flags.get_by_role("button", name="Reopen…").first.click()
    dialog.get_by_role("textbox").fill("Worse since.")
    dialog.get_by_role("button", name="Reopen", exact=True).click()
    expect(flags.get_by_text("↺ Reopened").first).to_be_visible()


def test_the_flags_page_counts_what_the_store_holds(running_app: Served, page: Page, demo_store: Path) -> None:
    store = open_store(demo_store)
    first = DEMO_UNTIL - timedelta(days=364)
    found = sql.rows(
        store.cursor(), "flag/figure_by_rule", clinics=None,
        as_of=DEMO_UNTIL, episode_id=None, from_on=first, clinic_id=None
    )
    store.close()
    raised, seen = sum(row["raised"] for row in found), sum(row["seen"] for row in found)
    visit(page, running_app, "flags", DEMO_UNTIL)
    said = page.get_by_text("flags were raised").first
    expect(said).to_contain_text(f"{raised} flags were raised")
    expect(said).to_contain_text(f"{seen} of them were seen")
    page.get_by_role("tab", name="Load and budget").click()
    expect(page.get_by_text("amber flags per 100 patient-weeks:")).to_be_visible()
    page.get_by_role("tab", name="Move a threshold").click()
    page.get_by_role("button", name="Show what would have been raised").click()
    expect(page.get_by_text("3 points instead of 2")).to_be_visible(timeout=60_000)
    expect(page.get_by_text("Amber in all:")).to_be_visible()


def test_a_manager_sees_counts_and_no_people(running_app: Served, page: Page) -> None:
    visit(page, running_app, "flags?role=clinic_manager", DEMO_UNTIL)
    expect(page.get_by_text("flags were raised")).to_be_visible()
    expect(page.get_by_text("Choose a number in the table")).to_have_count(0)
