"""The Protocol page in a browser: nothing is filled in, what is signed is shown, and staff pages say who has not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from playwright.sync_api import Page, expect

from tests.conftest import Served

pytestmark = pytest.mark.browser

UNSIGNED = "Not yet signed off by a clinician"


def test_a_specialist_reads_types_their_name_and_signs_for_one_clinic_and_takes_it_back(
    serve: Callable[..., Served], demo_store: Path, page: Page
) -> None:
    served = serve(demo_store, "demo", PLUMBLINE_STORE=str(demo_store))
    page.set_viewport_size({"width": 1440, "height": 2000})
    page.goto(f"{served.url}/protocol?role=specialist")
    expect(page.get_by_text("each with its source")).to_be_visible()
    name, role = page.get_by_label("Your full name"), page.get_by_label("Your role")
    assert (name.input_value(), role.input_value()) == ("", ""), "nobody's name is ever filled in"
    assert not page.get_by_role("checkbox", name="I have read every row").is_checked()
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.get_by_text("Nothing was signed. Tick that you have read every row")).to_be_visible()

    name.fill("Dr Ada Example")
    role.fill("Consultant spine surgeon")
    page.get_by_role("combobox", name="For which clinics").click()
    page.get_by_role("option", name="Demo Clinic Harbor").click()
    page.keyboard.press("Escape")
    page.get_by_text("I have read every row above").click()
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.get_by_text("2026.1 is signed, and that is on record.")).to_be_visible()
    expect(page.get_by_text("Signed off, but not yet for 5 of 6 clinics")).to_be_visible()
    expect(name).to_have_value("")

    page.goto(f"{served.url}/?role=specialist")
    expect(page.get_by_text(f"{UNSIGNED}: kyphoplasty-2026.1 for 5 of 6 clinics.")).to_be_visible()
    page.goto(f"{served.url}/protocol?role=specialist")
    page.get_by_role("button", name="Withdraw a signature").click()
    page.get_by_label("Why", exact=True).fill("signed by mistake")
    page.get_by_label("Why", exact=True).press("Enter")
    page.get_by_role("button", name="Withdraw", exact=True).click()
    expect(page.get_by_text("The signature is withdrawn, and that is on record.")).to_be_visible()
    expect(page.get_by_text(f"○ {UNSIGNED}")).to_be_visible()
    served.stop()
    with duckdb.connect(str(demo_store), read_only=True) as connection:
        events = connection.execute("select event, object_key from audit_event where event[:8] = 'protocol'").fetchall()
    assert events == [("protocol_signed", "kyphoplasty-2026.1"), ("protocol_withdrawn", "kyphoplasty-2026.1")]


def test_who_may_only_look_finds_no_form_and_staff_pages_say_what_is_not_signed(
    running_app: Served, demo_store: Path, page: Page
) -> None:
    page.goto(f"{running_app.url}/protocol?role=auditor")
    expect(page.get_by_text("A specialist who has read all of it can sign it here.")).to_be_visible()
    expect(page.get_by_role("button", name="Sign", exact=True)).to_be_hidden()
    page.goto(f"{running_app.url}/?role=specialist")
    expect(page.get_by_text(f"○ {UNSIGNED}: kyphoplasty-2026.1. A proposal")).to_be_visible()
    with duckdb.connect(str(demo_store), read_only=True) as connection:
        query = "select min(episode_key) from episode_summary where timeline_version is not null"
        (key,) = connection.execute(query).fetchall()[0]
    page.goto(f"{running_app.url}/patient?role=specialist&episode={key}")
    expect(page.get_by_text("The timeline is not yet signed off by a clinician for Demo Clinic")).to_be_visible()


def test_the_phone_needs_no_sideways_scroll(running_app: Served, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{running_app.url}/protocol?role=specialist")
    expect(page.get_by_text("not an emergency channel")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
