"""The Follow-ups page in a browser: a call logged in three clicks, undone, a block listed, and whom a manager sees."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from plumbline.store import open_store
from tests.conftest import Served, eventually, resting_box, start
from tests.facts import Facts, day

pytestmark = pytest.mark.browser
FORMULA = "=cmd|' /C calc'!A0"


def _today() -> date:
    return datetime.now(UTC).date()


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Five patients 95 days after their procedure: three to call, one who answered, one who died."""
    tmp_path = tmp_path_factory.mktemp("calls")
    facts = Facts()
    facts.clinic("c1", name="Harbour")
    at = (_today() - timedelta(days=95) - day(0)).days
    for number in range(1, 6):
        name = {"given_name": "Zoë", "family_name": f"Caller{number}"}
        if number == 2:
            name = {"given_name": FORMULA, "family_name": "Two"}
        died = _today() - timedelta(days=10) if number == 5 else None
        facts.patient(f"p{number}", phone=f"555-010{number}", died_on=died, **name)
        facts.episode(f"e{number}", f"p{number}", performed_on=day(at))
        for on in (-3, 7, 42, *((90,) if number == 4 else ())):
            facts.score(at + on, 8 if number == 1 else 3, f"p{number}")
    store = open_store(tmp_path / "calls.duckdb")
    facts.write(store)
    store.set_meta("synthetic", "true")
    store.close()
    served = start(tmp_path / "calls.duckdb", "demo", tmp_path / "server.log")
    yield served
    served.stop()


def visit(page: Page, app: Served, role: str) -> None:
    page.goto(f"{app.url}/followups?role={role}")
    expect(page.get_by_text("not an emergency channel")).to_be_visible()


def choose_row(page: Page, row: int) -> None:
    grid = page.locator("[data-testid=stDataFrame] canvas").first
    box = resting_box(grid)
    page.mouse.click(box["x"] + 17, box["y"] + 17 + 33 * row)


def test_a_call_is_logged_in_three_clicks_is_on_the_list_and_can_be_undone(app: Served, page: Page) -> None:
    visit(page, app, "coordinator")
    expect(page.get_by_role("heading", name="Three answers can still be had")).to_be_visible()
    expect(page.get_by_text("To call: 3 visits, 3 patients")).to_be_visible()
    choose_row(page, 1)
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("Zoë Caller1")).to_be_visible()
    expect(dialog.get_by_text("555-0101")).to_be_visible()
    expect(dialog.get_by_text("Ask for Back pain, 0 to 10")).to_be_visible()
    dialog.get_by_role("radio", name="No answer").click()
    dialog.get_by_role("button", name="Log the call").click()
    expect(dialog).not_to_be_visible()
    expect(page.get_by_text("Logged.")).to_be_visible()
    file = downloaded(page)
    assert [row["Patient id"] for row in file] == ["p2", "p3", "p1"]
    assert file[2]["Last call"] == "No answer"
    assert file[2]["Phone"] == "555-0101"
    assert file[0]["Patient"].startswith("'=cmd")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Logged.")).not_to_be_visible()
    assert [row["Last call"] for row in downloaded(page)] == ["", "", ""]


def downloaded(page: Page) -> list[dict[str, str]]:
    button = page.get_by_role("button", name="Download CSV")
    expect(button).to_have_count(1)  # while the page is drawn anew, the old one is still there
    with page.expect_download() as got:
        button.click()
    return list(csv.DictReader(io.StringIO(got.value.path().read_text(encoding="utf-8-sig"), newline="")))


def test_a_block_lists_who_is_behind_it_and_leads_back(app: Served, page: Page) -> None:
    visit(page, app, "specialist")
    block = page.locator("svg.marks path[aria-label*='Visit: Month 3; State: died']")
    expect(block).to_be_visible()
    block.click()
    expect(page.get_by_role("heading", name="Month 3, died: 1 visit")).to_be_visible()
    page.get_by_role("button", name="Back to the call list").click()
    expect(page.get_by_text("To call: 3 visits, 3 patients")).to_be_visible()


def test_a_manager_sees_counts_and_no_person(app: Served, page: Page) -> None:
    visit(page, app, "clinic_manager")
    expect(page.get_by_role("heading", name="Three answers can still be had")).to_be_visible()
    expect(page.get_by_text("How complete is each visit?")).to_be_visible()
    assert eventually(page, lambda: page.locator("svg.marks").count() > 0)
    said = page.content()
    assert not [word for word in ("Caller", "555-010", "cmd|", "To call:", "Download CSV", "p1<") if word in said]


def test_the_coordinator_is_told_politely_where_not_to_go(app: Served, page: Page) -> None:
    for address in ("patient", "reference"):
        page.goto(f"{app.url}/{address}?role=coordinator")
        expect(page.get_by_text("The role coordinator doesn't include this page.")).to_be_visible()
    page.goto(f"{app.url}/?role=coordinator")
    expect(page.get_by_text("Every visit is in exactly one state")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/followups\?"))
    expect(page.get_by_role("link", name="Worklist")).to_be_hidden()


def test_an_answer_given_on_the_phone_is_saved_with_the_call(app: Served, page: Page) -> None:
    visit(page, app, "coordinator")
    choose_row(page, 1)
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("radio", name="Answered", exact=True).click()
    dialog.get_by_role("radio", name="6", exact=True).click()
    dialog.get_by_role("button", name="Log the call").click()
    expect(page.get_by_role("heading", name="Two answers can still be had")).to_be_visible()
    expect(page.get_by_text("To call: 2 visits, 2 patients")).to_be_visible()
