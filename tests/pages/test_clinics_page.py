"""The Clinics page in a browser: from a point to its patients and to one of them, and what a manager never gets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from plumbline import flag_runs
from plumbline.store import open_store
from tests.conftest import Served, resting_box, start
from tests.facts import Facts

pytestmark = pytest.mark.browser
AS_OF = date(2026, 9, 30)
CLINICS = {"Harbour": (60, 53), "Mill": (40, 20), "Northgate": (50, 28), "Old Mill": (20, 8)}  # answers, comfortable
BROKEN = 6  # of Mill had a new fracture
SILENT = 20  # of Old Mill, so that only half have answered


@pytest.fixture(scope="module")
def app(empty_of_module: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Four clinics: Harbour stands out, Old Mill has too few answers; one procedure a week."""
    facts = Facts()
    number = 0
    for clinic, (answers, well) in CLINICS.items():
        facts.clinic(clinic.lower(), name=clinic)
        for turn in range(answers + (SILENT if clinic == "Old Mill" else 0)):
            number += 1
            patient, on = f"p{number}", AS_OF - timedelta(days=130 + 9 * turn)
            facts.patient(patient, clinic_id=clinic.lower(), given_name="Ada", family_name=f"Example{number}")
            facts.episode(f"e{number}", patient, performed_on=on, surgeon=f"Dr {clinic}")
            if clinic == "Mill" and turn < BROKEN:
                facts.add("event", event_id=f"f{number}", patient_id=patient, episode_id=f"e{number}",
                          kind="new_fracture", happened_on=on + timedelta(days=100))  # fmt: skip
            days = [(-3, 8.0)]
            if turn < answers:
                days.append((90, 2.0 if turn % answers < well else 7.0))
            for day, value in days:
                facts.add("score", patient_id=patient, instrument="nrs_back", taken_on=on + timedelta(days=day),
                          value=value, status="done")  # fmt: skip
    store = open_store(empty_of_module)
    facts.write(store)
    flag_runs.refresh(store)
    store.set_meta("synthetic", "true")
    store.close()
    served = start(empty_of_module, "demo", tmp_path_factory.mktemp("clinics") / "server.log")
    yield served
    served.stop()


def visit(page: Page, app: Served, role: str, more: str = "") -> None:
    page.goto(f"{app.url}/clinics?role={role}&as_of={AS_OF}{more}")
    expect(page.get_by_text("not an emergency channel")).to_be_visible()


def mark(page: Page, words: str, of: str = "") -> None:
    """Click the mark that says so, once it has come to rest. `of`: what it says further on."""
    more = f"[aria-label*='{of}']" if of else ""
    found = page.locator(f"svg.marks path[aria-label^='{words}']{more}").first
    expect(found).to_be_attached()
    found.evaluate("one => one.scrollIntoView({block: 'center'})")  # not under the bar at the top
    box = resting_box(found)
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def test_from_a_point_to_its_patients_and_to_one_of_them(app: Served, page: Page) -> None:
    visit(page, app, "specialist", "&alike=false")
    said = re.compile(r"Further from the average than luck explains:\W+Harbour \(more comfortable\)")
    expect(page.get_by_role("heading", name=said)).to_be_visible()
    expect(page.get_by_text(re.compile(r"Old Mill:\W+too few answers to judge \(under 60%\)"))).to_be_visible()
    mark(page, "Harbour: 88%, 53 of 60")
    expect(page.get_by_role("heading", name="Harbour, 3 months, answered: 60 patients")).to_be_visible()
    expect(page.get_by_role("combobox", name="Which clinic")).to_have_value("Harbour")  # its months are followed
    expect(page).to_have_url(re.compile("of_clinic=Harbour"))
    page.get_by_text("The same as a table").first.click()  # another widget takes nothing away
    expect(page.get_by_role("heading", name="Harbour, 3 months, answered: 60 patients")).to_be_visible()
    grid = page.locator("[class*=st-key-clinics_behind] [data-testid=stDataFrame] canvas").first
    grid.scroll_into_view_if_needed()
    box = resting_box(grid)
    page.mouse.click(box["x"] + 17, box["y"] + 17 + 33)
    expect(page).to_have_url(re.compile(r"/patient\?.*episode="))
    expect(page.get_by_text(re.compile("Ada Example"))).not_to_have_count(0)


def test_a_cell_and_a_month_list_theirs_and_another_view_lists_nobody(app: Served, page: Page) -> None:
    visit(page, app, "specialist")
    mark(page, "Old Mill, 3 months: 50%, 20 of 40 due, too few to compare")
    expect(page.get_by_role("heading", name="Old Mill, 3 months, due: 40 patients")).to_be_visible()
    mark(page, "Mill: ")
    expect(page.get_by_role("heading", name="Mill, 3 months, answered: 40 patients")).to_be_visible()
    mark(page, "Old Mill, 3 months: ")  # the same cell again
    expect(page.get_by_role("heading", name="Old Mill, 3 months, due: 40 patients")).to_be_visible()
    expect(page.get_by_role("button", name="Close the list")).to_have_count(1)  # the one before goes as this is drawn
    page.get_by_role("button", name="Close the list").click()
    expect(page.get_by_role("heading", name=re.compile("patients$"))).to_have_count(0)
    mark(page, "Mill: ")
    expect(page.get_by_role("heading", name="Mill, 3 months, answered: 40 patients")).to_be_visible()
    page.get_by_role("radio", name="6 weeks").click()
    expect(page.get_by_role("heading", name="No answer to judge at 6 weeks yet")).to_be_visible()
    expect(page.get_by_role("heading", name=re.compile("patients$"))).to_have_count(0)


def test_a_keyboard_lists_the_patients_behind_a_figure_and_the_address_names_nobody(app: Served, page: Page) -> None:
    visit(page, app, "specialist", "&alike=false&episode=0123456789abcdef0123456789abcdef")
    box = page.get_by_role("combobox", name="List the patients behind a figure")
    box.press_sequentially("Northgate: 56%")
    expect(page.get_by_role("option")).to_have_count(1)
    box.press("Enter")
    expect(page.get_by_role("heading", name="Northgate, 3 months, answered: 50 patients")).to_be_visible()
    page.get_by_role("button", name="Close the list").press("Enter")
    expect(page.get_by_role("heading", name=re.compile("patients$"))).to_have_count(0)
    expect(page).not_to_have_url(re.compile("episode="))


def test_a_rate_lists_its_new_fractures(app: Served, page: Page) -> None:
    visit(page, app, "specialist")
    mark(page, "Mill: 1", of="new fractures")
    expect(page.get_by_role("heading", name="Mill, new fracture: 6 patients")).to_be_visible()
    visit(page, app, "clinic_manager")
    mark(page, "Mill: 1", of="new fractures")
    expect(page.get_by_role("combobox", name="List the patients behind a figure")).to_have_count(0)
    expect(page.get_by_role("heading", name=re.compile("patients$"))).to_have_count(0)


def test_each_view_has_an_address_and_a_manager_gets_counts_and_no_person(app: Served, page: Page) -> None:
    visit(page, app, "clinic_manager", "&share=Improved&by=Surgeon&alike=false")
    expect(page.get_by_role("radio", name="Surgeon")).to_be_checked()
    expect(page.get_by_role("radio", name="Improved")).to_be_checked()
    expect(page.get_by_text("3 of the 10 needed")).to_be_visible()  # the surgeon of Old Mill can't be judged
    mark(page, "Northgate: ")
    expect(page.get_by_role("combobox", name="Which surgeon")).to_have_value("Northgate")
    expect(page.get_by_role("heading", name=re.compile("patients$"))).to_have_count(0)
    said = page.content()
    assert not [word for word in ("Example", "Ada", "p17", "e17<") if word in said]


def test_a_coordinator_is_refused_and_an_empty_past_says_so(app: Served, page: Page) -> None:
    page.goto(f"{app.url}/clinics?role=coordinator")
    expect(page.get_by_text("The role coordinator doesn't include this page.")).to_be_visible()
    page.goto(f"{app.url}/clinics?role=specialist&as_of=2020-01-01")
    expect(page.get_by_role("heading", name="Nothing to compare yet")).to_be_visible()



def test_the_charts_draw_without_a_word_in_the_console(app: Served, page: Page) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    for more in ("", "&share=Worse", "&share=Mean score&by=Surgeon", "&of_clinic=Mill"):
        visit(page, app, "specialist", more)
        expect(page.locator("svg.marks")).to_have_count(3 if "Worse" in more else 4)
    assert [one for one in said if "404" not in one] == []  # Streamlit's own, of a deep link


def test_week_by_week_is_of_today_alone(page: Page, app: Served) -> None:
    visit(page, app, "clinic_manager")
    expect(page.get_by_text("This is counted as of today only")).to_be_visible()
    page.goto(f"{app.url}/clinics?role=clinic_manager&of_clinic=Harbour")
    week = page.locator("svg.marks [aria-label^='Harbour, week 13:']")
    expect(week.first).to_be_attached()
    expect(week.first).to_have_attribute("aria-label", re.compile("60 scores of 60 courses$"))


def test_a_day_to_come_is_said_and_leads_back_to_today(page: Page, app: Served) -> None:
    page.goto(f"{app.url}/clinics?role=clinic_manager&as_of=2099-01-01")
    expect(page.get_by_text("2099-01-01 lies in the future: today is")).to_be_visible()
    expect(page.locator("svg.marks")).to_have_count(0)
    page.get_by_role("button", name="Back to today").click()
    expect(page.get_by_role("heading", name="Against what luck allows")).to_be_visible()
    expect(page).not_to_have_url(re.compile("as_of"))


def test_from_a_clinic_to_its_comparison_with_all_others_and_back(page: Page, app: Served) -> None:
    visit(page, app, "clinic_manager", "&of_clinic=Harbour&at=6 months")
    page.get_by_role("link", name="Harbour against all others").click()
    expect(page).to_have_url(re.compile("/cohorts.*group=harbour"))
    expect(page).to_have_url(re.compile(f"as_of={AS_OF}"))
    expect(page.get_by_text("Harbour 60 procedures")).to_be_visible()
    expect(page.get_by_text("Other clinics 130 procedures")).to_be_visible()
    page.get_by_role("link", name="Harbour month by month").click()
    expect(page).to_have_url(re.compile("/clinics.*of_clinic=Harbour"))
    expect(page.get_by_role("combobox", name="Which clinic")).to_have_value("Harbour")
    expect(page.get_by_role("radio", name="6 months")).to_be_checked()
    visit(page, app, "clinic_manager", "&by=Surgeon&of_surgeon=Mill")
    expect(page.get_by_role("heading", name="Month by month")).to_be_visible()
    expect(page.get_by_role("link", name="against all others")).to_have_count(0)
