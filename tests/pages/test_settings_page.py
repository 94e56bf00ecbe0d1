"""The Settings page in a browser: what a change would do is said before it is saved, and nobody's change is lost."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import Served

pytestmark = pytest.mark.browser


def test_a_manager_sees_what_a_budget_would_do_saves_it_and_overwrites_nobody(
    serve: Callable[..., Served], copy_demo_store: Callable[[Path], Path], tmp_path: Path, page: Page
) -> None:
    store = copy_demo_store(tmp_path / "demo.duckdb")
    served = serve(store, "demo", PLUMBLINE_STORE=str(store))
    page.goto(f"{served.url}/?role=specialist")
    expect(page.get_by_text("Amber budget: 6.")).to_be_visible()

    page.goto(f"{served.url}/settings?role=clinic_manager")
    expect(page.get_by_text("As it is today")).to_be_visible()
    expect(page.get_by_text("In the daytime, call Demo Clinic Harbor: 555-0101")).to_be_visible()
    budget, save = page.get_by_role("spinbutton"), page.get_by_role("button", name="Save")
    budget.fill("0")
    budget.press("Enter")
    expect(page.get_by_text("What it would change")).to_be_visible()
    expect(page.get_by_text("With a budget of 0, 0 of 1 amber flags would be urgent today")).to_be_visible()
    save.click()
    expect(page.get_by_text("Saved, and on record")).to_be_visible()
    expect(page.get_by_text("As it is today")).to_be_visible()

    meant = ["clinics", "set", "demo-harbor", "--phone-in-hours", "555-0177", "--store", str(store)]
    subprocess.run([sys.executable, "-m", "plumbline", *meant], check=True, timeout=60, capture_output=True)
    page.get_by_label("Name").fill("Harbor Clinic")
    page.get_by_label("Name").press("Enter")
    expect(page.get_by_text("has changed these settings meanwhile.")).to_be_visible()
    expect(page.get_by_text("In the daytime, call Harbor Clinic: 555-0101")).to_be_visible()  # seen first, then saved
    save.click()
    expect(page.get_by_text("so nothing was saved. Look at them as they are now")).to_be_visible()
    page.get_by_role("button", name="See them as they are now").click()
    expect(page.get_by_label("Phone in the daytime")).to_have_value("555-0177")
    expect(page.get_by_label("Name")).to_have_value("Demo Clinic Harbor")

    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.goto(f"{served.url}/settings?role=auditor")
    expect(page.get_by_text("The clinic's manager or an admin changes them.")).to_be_visible()
    expect(save).to_be_hidden()
    page.goto(f"{served.url}/?role=specialist")
    expect(page.get_by_text("Amber budget: 5.")).to_be_visible()
