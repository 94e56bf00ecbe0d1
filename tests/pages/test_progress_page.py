"""The patient's view in Streamlit: reached from the Patient page, in both languages, by keys; the letter beside it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import Served
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
