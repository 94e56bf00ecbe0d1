"""Data in, as a data manager clicks through it: own table, questions, check, import, rejects, undo."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import Served, start
from tests.intake.test_books import book

pytestmark = pytest.mark.browser

WIDE = """Nr;geboren;pain30min;pain1week
7;17.05.1944;8;3
8;02.11.1950;9;4
9;30.01.1939;7,5;5
"""


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory, empty_of_module: Path) -> Iterator[Served]:
    """A server on an empty store of somebody's own."""
    served = start(empty_of_module, "local", tmp_path_factory.mktemp("own") / "server.log")
    yield served
    assert served.stop() == 0, served.printed()


def give(page: Page, own: Served, name: str, text: str) -> None:
    page.goto(f"{own.url}/imports")
    expect(page.get_by_role("heading", name="Bring data in")).to_be_visible()
    page.set_input_files("input[type=file]", {"name": name, "mimeType": "text/csv", "buffer": text.encode()})
    expect(page.get_by_text(name).first).to_be_visible()


def test_a_table_of_ones_own_is_asked_about_checked_imported_and_taken_back(page: Page, own: Served) -> None:
    give(page, own, "visits.csv", WIDE)
    expect(page.get_by_role("button", name="Check: nothing is stored yet")).to_be_hidden()
    for label, answer in (
        ("Clinic of all these patients", "north"),
        ("One day for every procedure", "2026-01-05T12:00"),
        ("Procedure", "kyphoplasty"),
    ):
        page.get_by_label(label, exact=True).fill(answer)
        page.get_by_label(label, exact=True).press("Enter")
    page.get_by_role("button", name="Check: nothing is stored yet").click()
    expect(page.get_by_text("Turned away: 1")).to_be_visible()
    page.get_by_role("button", name="Import ", exact=False).last.click()
    expect(page.get_by_text("is stored. It can be taken back below.")).to_be_visible()
    expect(page.get_by_label("Mapping", exact=True)).to_be_hidden()
    expect(page.get_by_text("NO REAL DATES").last).to_be_visible()

    page.goto(f"{own.url}/imports")
    table = page.get_by_test_id("stDataFrame").last
    table.get_by_test_id("stDataFrameResizable").click(position={"x": 20, "y": 55})
    page.get_by_role("button", name="Take it back…").click()
    expect(page.get_by_text("Nothing is erased: its history stays.")).to_be_visible()
    expect(page.get_by_text("3 patients")).to_be_visible()
    page.get_by_role("button", name="Take it back", exact=True).click()
    expect(page.get_by_role("button", name="Take it back", exact=True)).to_be_hidden()
    page.goto(own.url)
    expect(page.get_by_text("not an emergency channel")).to_be_visible()
    expect(page.get_by_text("This page will show who needs")).to_be_visible()


def test_a_file_that_cannot_be_read_says_why_and_nothing_is_stored(page: Page, own: Served) -> None:
    give(page, own, "broken.csv", 'id,pain\n1,"3\n2,4\n')
    expect(page.get_by_text("No row of the file can be read. Line 2")).to_be_visible()
    expect(page.get_by_role("button", name="Check: nothing is stored yet")).to_be_hidden()


def test_a_workbook_with_two_sheets_is_one_import(page: Page, own: Served) -> None:
    people: list[list[object]] = [["Patient ID", "Birth date", "Sex", "Clinic", "Surgery date", "Procedure"]]
    people += [[f"S{one}", "1940-02-03", "female", "east", "2026-03-02", "kyphoplasty"] for one in range(4)]
    pain: list[list[object]] = [["Patient ID", "Day", "NRS back pain"], *([f"S{one}", 7, 4] for one in range(4))]
    page.goto(f"{own.url}/imports")
    expect(page.get_by_role("heading", name="Bring data in")).to_be_visible()
    content = book(Patients=people, Pain=pain, Codes=[["code", "meaning"], ["1", "yes"]])
    page.set_input_files("input[type=file]", {"name": "clinic.xlsx", "mimeType": "", "buffer": content})
    expect(page.get_by_text("a workbook with 3 sheets")).to_be_visible()
    expect(page.get_by_role("tab", name="Pain", exact=True)).to_be_visible()
    expect(page.get_by_role("tab", name="Codes", exact=True)).to_be_hidden()
    page.get_by_role("button", name="Check: nothing is stored yet").click()
    expect(page.get_by_role("tab", name="scores (4)")).to_be_visible()
    page.get_by_role("button", name="Import 12 rows").click()
    expect(page.get_by_text("is stored. It can be taken back below.")).to_be_visible()


def test_what_a_column_is_can_be_changed_in_its_line(page: Page, own: Served) -> None:
    text = "id,clinic,surgery date,pain rest,pain walking\n" + "".join(
        f"W{one},west,2026-03-0{one},{one},{one + 2}\n" for one in range(1, 6)
    )
    give(page, own, "walk.csv", text)
    warned = page.get_by_test_id("stAlertContentWarning")
    expect(warned.get_by_text("are both nrs_pain at one time")).to_be_visible()
    grid = page.get_by_test_id("stDataFrameResizable").locator("visible=true").first
    for row, name, when in ((4, "pain rest", "day 1"), (5, "pain walking", "day 2")):
        grid.click(position={"x": 20, "y": 18 + 35 * row})
        for key in ("ArrowRight", "ArrowRight"):
            page.keyboard.press(key)
        page.keyboard.press("Enter")
        page.locator(".gdg-input").fill(when)
        page.locator(".gdg-input").press("Enter")
        expect(page.get_by_role("listitem").filter(has_text=f"when was {name} asked?")).to_be_hidden()
    page.get_by_label("Procedure", exact=True).fill("kyphoplasty")
    page.get_by_label("Procedure", exact=True).press("Enter")
    expect(page.get_by_text("Still open")).to_be_hidden()
    page.get_by_role("button", name="Check: nothing is stored yet").click()
    expect(page.get_by_role("tab", name="scores (10)")).to_be_visible()
