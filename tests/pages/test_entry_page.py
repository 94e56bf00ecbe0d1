"""Recording on the Patient page in a browser: three clicks, by keyboard, what is refused or asked, drafts, history."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from plumbline.store import open_store
from tests.conftest import Served, eventually, start
from tests.facts import Facts

pytestmark = pytest.mark.browser

PEOPLE = 12
CHART = "[data-testid=stVegaLiteChart] svg"
_WHO = count(1)


def today() -> date:
    return datetime.now(UTC).date()


def build(path: Path) -> Path:
    """People who are all alike, 40 days after their procedure, each for one test to write to."""
    store = open_store(path)
    facts = Facts()
    facts.clinic()
    zero = today() - timedelta(days=40)
    for number in range(1, PEOPLE + 1):
        who = f"p{number}"
        facts.patient(who, given_name="Ada", family_name=f"Example {number}")
        facts.episode(f"e{number}", who, performed_on=zero)
        for day, value in ((-3, 8), (7, 4), (14, 3), (21, 2), (28, 2), (35, 2)):
            facts.score(0, value, who, taken_on=zero + timedelta(days=day))
        facts.score(0, 40, who, taken_on=zero + timedelta(days=14), instrument="odi")
    facts.write(store)
    store.set_meta("synthetic", "true")
    store.close()
    return path


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("served-entry")
    served = start(build(folder / "entry.duckdb"), "demo", folder / "server.log")
    yield served
    served.stop()


def visit(page: Page, app: Served, number: int | None = None) -> int:
    """Open the page of somebody whom no other test writes to."""
    number = number or next(_WHO)
    page.goto(f"{app.url}/patient?episode=key-e{number}")
    expect(page.get_by_text("not an emergency channel")).to_be_visible()
    page.locator(CHART).wait_for()
    return number


def dialog(page: Page) -> Locator:
    return page.get_by_role("dialog")


def record(page: Page, kind: str) -> Locator:
    """First click: the form of this kind."""
    page.locator(".st-key-actions").get_by_role("button", name=re.compile(kind)).click()
    expect(dialog(page).get_by_role("button", name=re.compile("^Save"))).to_be_visible()
    return dialog(page)


def choose(within: Locator, text: str) -> None:
    """One click on one of several."""
    option = within.get_by_test_id("stRadioOption").filter(has_text=re.compile(rf"^{re.escape(text)}$"))
    option.click()
    expect(option.get_by_role("radio")).to_be_checked()


def save(page: Page) -> None:
    """The last click."""
    dialog(page).get_by_role("button", name=re.compile("^Save")).click()


def saved(page: Page, words: str) -> None:
    expect(dialog(page)).to_have_count(0)
    expect(page.locator(".st-key-saved_line")).to_contain_text(words)


def marks(page: Page) -> int:
    return page.locator(f"{CHART} g.hit_nrs_back_marks path").count()


def test_a_score_takes_three_clicks_is_on_the_chart_at_once_and_can_be_undone(app: Served, page: Page) -> None:
    number = visit(page, app)
    before = marks(page)
    form = record(page, "Score")
    expect(form).to_contain_text(f"Record for Ada Example {number} · p{number}")
    choose(form, "3")
    save(page)
    saved(page, f"Saved: Back pain 3 on {today():%-d %b %Y}")
    assert eventually(page, lambda: marks(page) == before + 1)
    page.get_by_role("button", name="Undo").click()
    saved(page, "Undone: Back pain 3 taken back")
    assert eventually(page, lambda: marks(page) == before)


def test_a_score_is_entered_by_keyboard_alone(app: Served, page: Page) -> None:
    visit(page, app)
    page.keyboard.press("s")
    expect(dialog(page).get_by_role("button", name=re.compile("^Save"))).to_be_visible()
    scale = dialog(page).get_by_role("radio", name="–", exact=True)
    for _ in range(6):
        page.keyboard.press("Tab")
        if scale.evaluate("element => element === document.activeElement"):
            break
    for value in range(3):
        page.keyboard.press("ArrowRight")
        expect(dialog(page).get_by_role("radio", name=str(value), exact=True)).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.press("Control+Enter")
    saved(page, "Saved: Back pain 2")


def test_several_scores_of_a_visit_are_one_entry_and_one_that_can_not_be_refuses_all(app: Served, page: Page) -> None:
    visit(page, app)
    form = record(page, "Score")
    choose(form, "3")
    disability = form.get_by_role("spinbutton", name=re.compile("^Disability"))
    disability.fill("130")
    disability.press("Enter")
    save(page)
    expect(form.get_by_text("130 lies outside 0 to 100")).to_be_visible()
    expect(form.get_by_role("radio", name="3", exact=True)).to_be_checked()
    disability.fill("30")
    disability.press("Enter")
    expect(form.get_by_text("130 lies outside 0 to 100")).to_have_count(0)
    save(page)
    saved(page, "Back pain 3")
    saved(page, "Disability (ODI) 30")


def test_what_is_unusual_is_asked_and_stays_typed_until_it_is_meant(app: Served, page: Page) -> None:
    visit(page, app)
    form = record(page, "Score")
    choose(form, "9")
    save(page)
    expect(form.get_by_text("Back pain 9 after 2, 2, 2")).to_be_visible()
    expect(form.get_by_role("radio", name="9", exact=True)).to_be_checked()
    form.get_by_role("button", name="Yes, it is so: save").click()
    saved(page, "Saved: Back pain 9")
    expect(page.get_by_text("New problem").first).to_be_visible()


def test_a_danger_sign_takes_three_clicks_and_turns_the_verdict_at_once(app: Served, page: Page) -> None:
    visit(page, app)
    form = record(page, "Event")
    expect(form.get_by_test_id("stRadioOption").first).to_contain_text("⚑")
    choose(form, "⚑ Bladder, bowel or saddle change")
    save(page)
    saved(page, "Saved: Bladder, bowel or saddle change")
    expect(page.get_by_text("⚑ Red flag").first).to_be_visible()


def test_milestones_a_medicine_and_a_note_take_no_more(app: Served, page: Page) -> None:
    visit(page, app)
    form = record(page, "Milestone")
    form.get_by_test_id("stCheckbox").filter(has_text="Driving").click()
    expect(form.get_by_role("checkbox", name=re.compile("^Driving"))).to_be_checked()
    form.get_by_test_id("stCheckbox").filter(has_text="Stairs").click()
    save(page)
    saved(page, "Driving reached")
    saved(page, "Stairs reached")
    form = record(page, "Medicine")
    name = form.get_by_role("combobox", name="Medicine")
    name.fill("tramadol")
    name.press("Enter")
    save(page)
    saved(page, "tramadol opioid")
    form = record(page, "Note")
    form.get_by_role("textbox", name="Note").fill("Walks **well**.")
    form.get_by_role("textbox", name="Note").press("Control+Enter")
    saved(page, "Visit note Walks **well**.")
    expect(page.get_by_test_id("stText").filter(has_text="Walks **well**.").first).to_be_visible()


def test_a_correction_is_in_the_history_with_who_when_from_to_and_why(app: Served, page: Page) -> None:
    visit(page, app)
    page.keyboard.press("h")
    expect(dialog(page).get_by_text("Back pain 2").first).to_be_visible()
    dialog(page).get_by_role("button", name="Correct").first.click()
    expect(dialog(page).get_by_role("radio", name="2", exact=True)).to_be_checked()
    choose(dialog(page), "4")
    dialog(page).get_by_role("button", name="Typing slip").click()
    saved(page, "Back pain 2 → 4")
    page.keyboard.press("h")
    dialog(page).get_by_test_id("stButtonGroup").get_by_text("Changes").click()
    changes = dialog(page)
    expect(changes).to_contain_text(re.compile(rf"{today():%-d %b %Y}, \d\d:\d\d · demo specialist · corrected"))
    expect(changes).to_contain_text("Back pain 2 → 4")
    expect(changes).to_contain_text("(Typing slip)")
    changes.get_by_role("button", name="Undo").click()
    expect(changes).to_contain_text("undone since")
    expect(changes).to_contain_text("Back pain 4 → 2")


def test_taking_back_needs_a_reason_and_who_comes_second_sees_how_it_stands(app: Served, page: Page) -> None:
    number = visit(page, app)
    other = page.context.new_page()
    visit(other, app, number)
    for one in (page, other):
        one.keyboard.press("h")
        dialog(one).get_by_role("button", name="Take back").first.click()
        expect(dialog(one).get_by_role("button", name="Wrong patient")).to_be_visible()
    dialog(page).get_by_role("button", name=re.compile("^Take it back")).click()
    expect(dialog(page)).to_contain_text("Say why")
    dialog(page).get_by_role("button", name="Wrong patient").click()
    saved(page, "Back pain 2 taken back")
    dialog(other).get_by_role("button", name="Wrong patient").click()
    expect(dialog(other)).to_contain_text("changed in the meantime")
    expect(dialog(other)).to_contain_text("later taken back (Wrong patient)")


def test_what_was_typed_survives_a_killed_server_and_can_be_thrown_away(
    serve: Callable[..., Served], tmp_path: Path, page: Page
) -> None:
    store = build(tmp_path / "drafts.duckdb")
    first = serve(store, "demo")
    visit(page, first, 1)
    form = record(page, "Score")
    choose(form, "7")
    disability = form.get_by_role("spinbutton", name=re.compile("^Disability"))
    disability.fill("44")
    disability.press("Tab")
    form.get_by_role("combobox", name=re.compile("^Disability")).press("Tab")
    page.wait_for_timeout(1000)
    first.process.kill()
    first.process.wait()
    visit(page, serve(store, "demo"), 1)
    form = record(page, "Score")
    expect(form.get_by_text(re.compile(r"Draft from \d\d:\d\d restored"))).to_be_visible()
    expect(form.get_by_role("radio", name="7", exact=True)).to_be_checked()
    expect(form.get_by_role("spinbutton", name=re.compile("^Disability"))).to_have_value("44")
    form.get_by_role("button", name="Throw away").click()
    expect(form.get_by_text("restored")).to_have_count(0)
    expect(form.get_by_role("radio", name="7", exact=True, checked=True)).to_have_count(0)


@pytest.mark.parametrize("kind", ["Score", "History"])
def test_on_a_phone_nothing_is_cut_off(app: Served, page: Page, kind: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    visit(page, app)
    page.locator(".st-key-actions").get_by_role("button", name=re.compile(kind)).click()
    expect(dialog(page)).to_be_visible()
    expect(dialog(page).get_by_text(re.compile("Back pain")).first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert dialog(page).evaluate("element => element.scrollWidth <= element.clientWidth + 1")
