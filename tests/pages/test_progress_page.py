"""The patient's view in Streamlit: reached from the Patient page, in both languages, by keys; the letter beside it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import Served
from tests.pages.scenes import AS_OF
from tests.pages.test_patient_page import PHONE, STATES
from tests.report import papers
from tests.web import axe

pytestmark = pytest.mark.browser


@pytest.fixture
def patient(running_app: Served, page: Page) -> Page:
    """The Patient page of the first on the worklist who has scores."""
    page.set_viewport_size(axe.WIDE)  # type: ignore[arg-type]
    page.goto(f"{running_app.url}/?role=specialist")
    page.get_by_test_id("stPageLink-NavLink").first.click()
    expect(page.get_by_role("button", name="Milestone")).to_be_visible(timeout=20_000)
    axe.settled(page)
    return page


def test_what_the_patient_sees_is_a_click_away_in_their_language_and_without_a_fault(patient: Page) -> None:
    patient.get_by_role("link", name="What the patient sees").click()
    expect(patient.get_by_text("About this page")).to_be_visible(timeout=20_000)
    expect(patient.get_by_text("When to call for help")).to_be_visible()
    axe.settled(patient)
    found = axe.faults(patient, "patient's view", axe.FEW_LOOKS)
    patient.get_by_role("radio", name="Español").click()
    expect(patient.get_by_text("Cuándo pedir ayuda")).to_be_visible()
    expect(patient.get_by_text("When to call for help")).to_have_count(0)
    patient.get_by_role("link", name="Back to the patient").click()
    expect(patient.get_by_role("button", name="Milestone")).to_be_visible()
    assert not found, "\n".join(map(str, found))


def test_the_letter_and_the_paper_copy_are_downloaded_by_ticket(patient: Page) -> None:
    with patient.expect_download() as got:
        patient.get_by_role("button", name="Letter").click()
    letter = got.value.path().read_bytes()
    assert got.value.suggested_filename.startswith("letter-")
    assert "letter to the referring doctor" in papers.words(letter)
    assert len(papers.read(letter).pages) == 1
    patient.get_by_role("link", name="What the patient sees").click()
    expect(patient.get_by_text("About this page")).to_be_visible(timeout=20_000)
    axe.settled(patient)
    with patient.expect_download() as got:
        patient.get_by_role("button", name="Paper copy").click()
    paper = got.value.path().read_bytes()
    assert "When to call" in papers.words(paper) or "now if" in papers.words(paper)
    assert papers.is_tagged(paper)


def test_on_a_phone_every_state_says_whom_to_call_and_a_closed_course_says_why_it_shows_nothing(
    scenes_app: Served, page: Page
) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    for key, (verdict, _) in STATES.items():
        page.goto(f"{scenes_app.url}/progress?episode={key}&as_of={AS_OF.isoformat()}")
        expect(page.get_by_text("not an emergency channel"), key).to_be_visible(timeout=20_000)
        is_closed = verdict == "Closed"
        expect(page.get_by_text("This course is closed"), key).to_have_count(int(is_closed))
        expect(page.get_by_text("When to call for help"), key).to_have_count(int(not is_closed))
        expect(page.get_by_role("button", name="Paper copy"), key).to_have_count(int(not is_closed))
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), key
        assert page.get_by_text("support code").count() == 0, key


def test_the_range_is_switched_off_and_each_score_is_stepped_to_by_keys(scenes_app: Served, page: Page) -> None:
    page.goto(f"{scenes_app.url}/progress?episode=key-course-e&as_of={AS_OF.isoformat()}")
    expect(page.get_by_text("About this page")).to_be_visible(timeout=20_000)
    expect(page.get_by_text("We expect").first).to_be_visible()
    newest, before = (page.get_by_text(re.compile(rf"^{week} weeks:.? pain 3")) for week in (5, 4))
    expect(newest).to_be_visible()
    page.get_by_role("slider").press("ArrowLeft")
    expect(before).to_be_visible()
    expect(newest).to_have_count(0)
    page.get_by_text("Show the expected range").click()
    expect(page.get_by_role("columnheader", name="Expected")).to_have_count(0)
    expect(page.get_by_text("We expect")).to_have_count(0)
