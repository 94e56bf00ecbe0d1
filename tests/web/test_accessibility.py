"""Every page for every pair of eyes and hands: axe-core on each page and form, in both themes, wide and on a phone.

What Streamlit draws and we can't change is listed in `axe.KNOWN`; nothing else may be found.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from plumbline.store import reference_frame
from plumbline.web import navigation
from plumbline.web.door import signin_pages
from tests.conftest import Served
from tests.pages.test_imports_page import WIDE as OWN_TABLE
from tests.web import axe

# the pages, each in a role that sees most of it; and the roles, each on the page that it begins with
PAGES = {
    "worklist": "specialist", "flags": "specialist", "followups": "specialist", "quality": "specialist",
    "cohorts": "specialist",
    "progress": "specialist", "reference": "specialist", "imports": "data_steward", "audit": "auditor",
    "clinics": "specialist", "protocol": "specialist",
    "users": "admin", "settings": "clinic_manager",
}  # fmt: skip
ROLES = ("clinic_manager", "coordinator", "data_steward", "auditor", "admin")
OPEN = "[role=dialog], [data-testid=stPopoverBody]"
EMPTY = ("", "patient", "flags", "followups", "cohorts", "clinics", "quality", "reference")


def visit(page: Page, served: Served, path: str, role: str, more: str = "") -> None:
    page.set_viewport_size(axe.WIDE)  # type: ignore[arg-type]
    page.goto(f"{served.url}/{path}?role={role}{more}")
    expect(page.get_by_text("not an emergency channel")).to_be_visible()
    axe.settled(page)


def a_patient(page: Page, served: Served) -> None:
    """The first of the worklist: somebody with flags, goals and notes."""
    visit(page, served, "", "specialist")
    page.get_by_test_id("stPageLink-NavLink").first.click()
    expect(page.get_by_role("button", name="Milestone")).to_be_visible()
    axe.settled(page)


def opened(page: Page, press: Locator) -> None:
    """Press, and wait for what opens."""
    press.click()
    expect(page.locator(OPEN).first).to_be_visible()
    axe.settled(page)


def closed(page: Page) -> None:
    page.keyboard.press("Escape")
    expect(page.locator(OPEN)).to_have_count(0)


def test_every_page_and_every_role_is_looked_at() -> None:
    assert {place.name for place in navigation.PLACES} == {*PAGES, "patient"}
    assert set(reference_frame("permission")["role"]) == {*ROLES, "specialist", "owner", "patient"}


@pytest.mark.browser
@pytest.mark.attack(55)
def test_attack_55_no_page_of_any_role_has_a_fault(running_app: Served, page: Page) -> None:
    found: list[axe.Fault] = []
    for name, role in PAGES.items():
        visit(page, running_app, "" if name == "worklist" else name, role)
        found += axe.faults(page, name)
    a_patient(page, running_app)
    found += axe.faults(page, "specialist /patient")
    for role in ROLES:
        visit(page, running_app, "", role)
        found += axe.faults(page, f"first page of {role}", axe.FEW_LOOKS)
    assert not found, "\n".join(map(str, found))


@pytest.mark.browser
@pytest.mark.attack(55)
def test_what_opens_on_a_page_has_no_fault(running_app: Served, page: Page) -> None:
    found: list[axe.Fault] = []
    a_patient(page, running_app)
    for name in ("Score", "Milestone", "Event", "Medicine", "Note", "History"):
        opened(page, page.locator(".st-key-actions").get_by_role("button", name=name))
        found += axe.faults(page, f"form {name}", axe.FEW_LOOKS, OPEN)
        closed(page)
    opened(page, page.get_by_role("button", name="Share with patient"))
    page.get_by_text("6-digit code").first.click()
    found += axe.faults(page, "sharing", axe.FEW_LOOKS, OPEN)
    page.get_by_role("button", name="Make the link").click()
    expect(page.get_by_alt_text("The link as a QR code")).to_be_visible()
    found += axe.faults(page, "a new link", axe.FEW_LOOKS, OPEN)
    closed(page)
    for name in ("Set a goal", "Act…", "As known on …", "About the range"):
        opened(page, page.get_by_role("button", name=name).first)
        found += axe.faults(page, name, axe.FEW_LOOKS, OPEN)
        closed(page)
    for name in ("Table", "Compare two visits", "Step"):
        page.get_by_text(name, exact=True).click()
        found += axe.faults(page, name, axe.FEW_LOOKS)
    visit(page, running_app, "flags", "specialist")
    for name in ("Load and budget", "Move a threshold"):
        page.get_by_role("tab", name=name).click()
        found += axe.faults(page, name, axe.FEW_LOOKS)
    visit(page, running_app, "followups", "specialist")
    page.get_by_text("The same as a table").click()
    found += axe.faults(page, "the table of the bars", axe.FEW_LOOKS)
    visit(page, running_app, "users", "admin")
    opened(page, page.get_by_role("button", name="Add an account"))
    found += axe.faults(page, "an account", axe.FEW_LOOKS, OPEN)
    visit(page, running_app, "", "specialist", "&known_at=2026-10-01T12:00")
    found += axe.faults(page, "the past", axe.FEW_LOOKS)
    assert not found, "\n".join(map(str, found))
    # what all of this relies on: axe-core looks into a form, though the page behind it can't be scrolled
    a_patient(page, running_app)
    opened(page, page.locator(".st-key-actions").get_by_role("button", name="Note"))
    page.add_style_tag(content="[role=dialog] button[data-testid=stBaseButton-secondary] * { color: #86939b }")
    assert {fault.rule for fault in axe.faults(page, "planted", axe.FEW_LOOKS[:1], OPEN)} == {"color-contrast"}


@pytest.mark.browser
def test_pages_with_nobody_on_them_and_the_ways_in_have_no_fault(
    frame: Served, empty_store: Path, serve: Callable[..., Served], page: Page
) -> None:
    found: list[axe.Fault] = []
    for path in EMPTY:
        visit(page, frame, path, "specialist")
        found += axe.faults(page, f"empty /{path}", axe.FEW_LOOKS)
    own = serve(empty_store, "local")
    visit(page, own, "imports", "owner")
    found += axe.faults(page, "no file yet", axe.FEW_LOOKS)
    file = {"name": "visits.csv", "mimeType": "text/csv", "buffer": OWN_TABLE.encode()}
    page.set_input_files("input[type=file]", file)  # type: ignore[arg-type]
    expect(page.get_by_text("Clinic of all these patients")).to_be_visible()
    found += axe.faults(page, "a table to map", axe.FEW_LOOKS)
    for name, way in (
        ("sign in", signin_pages.asked(None, "/signin/go")),
        ("signed out", signin_pages.asked("idle", "/signin/go")),
        ("denied", signin_pages.denied(("https://id.example", "4711"))),
    ):
        page.goto("about:blank")
        page.set_content(bytes(way.body).decode())
        found += axe.faults(page, name, axe.LOOKS)
    assert not found, "\n".join(map(str, found))


@pytest.mark.browser
def test_the_keys_reach_a_pages_controls_and_each_is_marked_as_it_is_reached(running_app: Served, page: Page) -> None:
    """A date's parts are filled and a table's cells are framed by Streamlit itself."""
    visit(page, running_app, "", "specialist")
    reached: list[str] = []
    unmarked: list[str] = []
    while len(reached) < 40 and "Demo" not in " ".join(reached):  # as far as the first patient
        page.keyboard.press("Tab")
        name, is_marked = page.evaluate(
            """() => {
              const here = document.activeElement
              const up = here.parentElement
              const around = [here, up, up.parentElement].map(one => getComputedStyle(one))
              const marked = around.some(one => one.boxShadow !== 'none' || parseFloat(one.outlineWidth) > 0
                && one.outlineStyle !== 'none')
              return [here.getAttribute('aria-label') || here.innerText.slice(0, 30),
                marked || here.role === 'spinbutton' || here.tagName === 'CANVAS']
            }"""
        )
        reached.append(name)
        unmarked += [] if is_marked else [name]
    assert {"Flags", "Role", "Find"} <= set(reached)
    assert "Demo" in reached[-1]
    assert unmarked == []
