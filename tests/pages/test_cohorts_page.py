"""The Cohorts page in a browser: groups are chosen, the verdict follows, a mark lists as many people as it says."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from plumbline.store import open_store
from tests.conftest import Served, eventually, resting_box, start
from tests.facts import Facts

pytestmark = pytest.mark.browser
EACH = 40
AT = "as_of=2026-09-30"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Three clinics of 40: Harbour does 2 points better than Lakeside, Ridge as Lakeside; at 3 months 30 answer."""
    folder = tmp_path_factory.mktemp("cohorts")
    facts = Facts()
    for clinic, name in (("c1", "Harbour"), ("c2", "Lakeside"), ("c3", "Ridge")):
        facts.clinic(clinic, name=name)
        for number in range(EACH):
            one = f"{clinic}-{number:02}"
            facts.patient(one, clinic_id=clinic, given_name="Zoë", family_name=f"Example{one}",
                          sex="female" if number % 3 else "male", birth_date=f"{1935 + number % 20}-05-02")  # fmt: skip
            facts.episode(f"e-{one}", one, surgeon=f"Dr {name}")
            facts.score(-3, 7 + number % 3, one)
            late = 0 if clinic == "c1" else 2
            for on in (7, 42, *((90,) if number % 4 else ())):
                facts.score(on, number * 7% 6 + late, one)
    store = open_store(folder / "cohorts.duckdb")
    facts.write(store)
    store.set_meta("synthetic", "true")
    store.close()
    served = start(folder / "cohorts.duckdb", "demo", folder / "server.log")
    yield served
    served.stop()


def visit(page: Page, app: Served, role: str, query: str = "") -> None:
    page.goto(f"{app.url}/cohorts?role={role}&{AT}{query and '&' + query}")
    expect(page.get_by_text("not an emergency channel")).to_be_visible()


def choose(page: Page, label: str, option: str) -> None:
    page.get_by_role("combobox", name=label).click()
    page.get_by_role("option", name=option).click()


def downloaded(page: Page, name: str) -> tuple[str, bytes]:
    button = page.get_by_role("button", name=name, exact=True)
    expect(button).to_have_count(1)
    with page.expect_download() as got:
        button.click()
    return got.value.suggested_filename, Path(got.value.path()).read_bytes()


def test_groups_are_chosen_the_verdict_follows_and_the_address_is_a_link_to_it(app: Served, page: Page) -> None:
    visit(page, app, "clinic_manager")
    expect(page.get_by_role("heading", name=re.compile("Less pain"))).to_be_visible()
    expect(page.get_by_text("Harbour 40 procedures")).to_be_visible()
    choose(page, "This group", "Ridge")
    expect(page).to_have_url(re.compile("group=c3"))
    page.get_by_role("combobox", name="Against").click()
    page.get_by_role("option", name="Lakeside").click()
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", name="About the same")).to_be_visible()
    expect(page).to_have_url(re.compile("against=c2"))
    address = page.url
    page.goto("about:blank")
    page.goto(address)
    expect(page.get_by_role("heading", name="About the same")).to_be_visible()
    expect(page.get_by_text("Ridge 40 procedures")).to_be_visible()
    page.get_by_text("Spread", exact=True).click()
    expect(page.get_by_text("the middle patient, with the middle half")).to_be_visible()
    expect(page).to_have_url(re.compile("lines=spread"))


def test_a_day_to_come_is_said_and_leads_back_to_today(app: Served, page: Page) -> None:
    page.goto(f"{app.url}/cohorts?role=clinic_manager&as_of=2099-01-01&group=c3")
    expect(page.get_by_text("2099-01-01 lies in the future: today is")).to_be_visible()
    page.get_by_role("button", name="Back to today").click()
    expect(page.get_by_text("Ridge 40 procedures")).to_be_visible()
    expect(page).not_to_have_url(re.compile("as_of"))


def test_an_address_that_names_what_nobody_has_says_so(app: Served, page: Page) -> None:
    within = quote('{"filters":{"surgeon":["Dr Lakesid"]},"plumbline_cohort":1}')
    visit(page, app, "clinic_manager", f"by=clinic&group=c3&within={within}")
    expect(page.get_by_text("There is no surgeon 'Dr Lakesid' here. Did you mean Dr Lakeside?")).to_be_visible()
    expect(page.locator("svg.marks")).to_have_count(0)
    page.get_by_role("button", name="Begin anew").click()
    expect(page.get_by_text("Harbour 40 procedures")).to_be_visible()


def test_every_chart_is_drawn_and_the_console_is_quiet(app: Served, page: Page) -> None:
    said: list[str] = []
    page.on("console", lambda one: said.append(one.text) if one.type in {"error", "warning"} else None)
    visit(page, app, "specialist")
    assert eventually(page, lambda: page.locator("svg.marks").count() >= 6)
    for number in range(page.locator("svg.marks").count()):
        assert page.locator("svg.marks").nth(number).locator("path, line, text").count() > 10
    assert [one for one in said if "404" not in one and "Infinite extent" not in one] == []  # Streamlit's own


def test_no_chart_or_table_can_be_saved_by_a_tool_that_is_not_on_record(app: Served, page: Page) -> None:
    visit(page, app, "clinic_manager")
    assert eventually(page, lambda: page.locator("svg.marks").count() >= 6)
    page.get_by_test_id("stVegaLiteChart").first.hover()
    expect(page.locator("button[aria-label^='Show data']").first).to_be_visible()
    for said in ("Download", "Copy Vega-Lite spec"):
        for one in page.locator(f"button[aria-label^='{said}']").all():
            expect(one).to_be_hidden()


@pytest.mark.parametrize(("mark", "heading"), [
    ("Harbour, 3 months: ", "Harbour, answered at 3 months: 30 patients"),
    ("Harbour, Comfortable", "Harbour, comfortable"),
    ("Harbour, day 0: ", "Harbour, still waiting for light household tasks on day 0"),
])  # fmt: skip
def test_a_mark_lists_as_many_people_as_it_says_and_a_row_opens_the_patient(
    app: Served, page: Page, mark: str, heading: str
) -> None:
    visit(page, app, "specialist")
    hit = page.locator(f"svg.marks path[aria-label^='{mark}']").first
    expect(hit).to_be_attached()
    told = str(hit.get_attribute("aria-label"))
    hit.click()
    title = page.get_by_role("heading", name=re.compile(f"^{heading}"))
    expect(title).to_be_visible()
    number = re.search(r": (\d+) patients$", title.inner_text())
    assert number
    assert re.search(rf"\b{number[1]} (of \d+|still waiting)", told), told
    grid = page.locator("[data-testid=stDataFrame] canvas").first
    title.evaluate("one => one.scrollIntoView({block: 'start'})")  # the list below it may still be drawn anew

    def opens() -> bool:
        """A click on the first row; one that met the list before it was drawn anew is lost."""
        box = resting_box(grid)
        page.mouse.click(box["x"] + 17, box["y"] + 17 + 33)
        return eventually(page, lambda: "/patient" in page.url, seconds=10)

    assert any(opens() for _ in range(2))
    expect(page.get_by_text("Zoë Example").first).to_be_visible()


def test_a_pick_never_lists_another_group(app: Served, page: Page) -> None:
    visit(page, app, "specialist")
    page.locator("svg.marks path[aria-label^='Harbour, 3 months: ']").first.click()
    expect(page.get_by_role("heading", name="Harbour, answered at 3 months: 30 patients")).to_be_visible()
    choose(page, "This group", "Ridge")
    expect(page.get_by_text("Ridge 40 procedures")).to_be_visible()
    expect(page.get_by_role("heading", name=re.compile(", answered at 3 months"))).to_have_count(0)


def test_a_manager_sees_figures_and_no_person(app: Served, page: Page) -> None:
    visit(page, app, "clinic_manager")
    hit = page.locator("svg.marks path[aria-label^='Harbour, 3 months: ']").first
    expect(hit).to_be_attached()
    hit.click()
    page.wait_for_timeout(1000)
    expect(page.get_by_role("heading", name=re.compile(", answered at 3 months"))).to_have_count(0)
    assert "Example" not in page.content()
    expect(page.get_by_text("Click a mark")).to_have_count(0)


def test_files_say_no_small_number_and_are_what_they_are_called(app: Served, page: Page) -> None:
    visit(page, app, "clinic_manager")
    name, body = downloaded(page, "Figures, CSV")
    assert re.fullmatch(r"comparison-nrs_back-month_3-2026-09-30-[0-9a-f]{6}\.csv", name)
    rows = list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline="")))
    assert {"Back pain after the procedure", "Everything looked at"} <= {row["Table"] for row in rows}
    small = [row for row in rows if row["Value"] in {str(number) for number in range(1, 11)}
             and row["Column"] in {"Answered", "Due", "Measured", "Answers"}]  # fmt: skip
    assert small == []
    for label, ending, begins in (("Report, PDF", "pdf", b"%PDF"), ("Report, HTML", "html", b"<!doctype html>"),
                                  ("SVG", "svg", b"<svg"), ("PNG", "png", b"\x89PNG")):  # fmt: skip
        name, body = downloaded(page, label)
        assert name.endswith(ending)
        assert body.startswith(begins)


def test_a_filter_narrows_both_groups_and_a_group_is_saved_restored_and_taken_out(app: Served, page: Page) -> None:
    visit(page, app, "clinic_manager")
    page.get_by_role("button", name=re.compile("who's in")).click()
    choose(page, "Sex", "women")
    page.keyboard.press("Escape")  # the list, not the form around it
    expect(page.get_by_text("Harbour 26 procedures")).to_be_visible()
    expect(page).to_have_url(re.compile("within="))
    page.get_by_role("textbox", name="Save this group as").fill("Women of Harbour")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved: Women of Harbour, version 1.")).to_be_visible()
    name, body = downloaded(page, "Export")
    assert re.fullmatch(r"cohort-[0-9a-f]+-version-1\.json", name)
    told = json.loads(body)
    assert told["name"] == "Women of Harbour"
    assert told["filters"] == {"clinic": ["c1"], "sex": ["female"]}
    page.get_by_role("button", name="Compare it").click()
    expect(page.get_by_role("radio", name="Saved")).to_be_checked()
    expect(page.get_by_text("Women of Harbour 26 procedures")).to_be_visible()


def test_odd_addresses_are_answered_in_words(app: Served, page: Page) -> None:
    nobody = "within=" + json.dumps({"filters": {"age": {"from": 150}}, "plumbline_cohort": 1}, separators=(",", ":"))
    for query, said in (
        ("by=clinic&group=c1&against=c1", "A group is there twice"),
        ("by=clinic&group=c9", "There is no such clinic here"),
        ("by=shoes", "can't be compared by that"),
        ("by=clinic&group=c1&within=nonsense", "The filters in this address can't be read"),
        (f"by=clinic&group=c1&{nobody}", "Too few patients to compare"),
        ("by=clinic&group=c1&outcome=tug", "Too few patients to compare"),
        ("by=clinic&group=c1&outcome=shoes", "There is no instrument called that"),
        ("by=year&group=2026", "There is only one year here"),
    ):
        visit(page, app, "clinic_manager", query)
        expect(page.get_by_text(said).first).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_the_verdict_is_on_the_first_screen(app: Served, page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": 390, "height": 844})
    visit(page, app, "clinic_manager")
    heading = page.get_by_role("heading", name=re.compile("Less pain"))
    expect(heading).to_be_visible()
    box = resting_box(heading)
    assert box["y"] + box["height"] < 844
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
