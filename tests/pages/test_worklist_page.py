"""The Worklist in a browser: who is shown, in which order, within the budget; filters, search, links, keys, sizes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import ConsoleMessage, Locator, Page, expect

from plumbline.charts.theme import THEMES
from tests.conftest import Served, resting_box, start
from tests.facts import day
from tests.pages.lists import HOSTILE, TODAY, build

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
URGENT = ["⚑ Red flag", "▲ New problem", "◆ Slower", "◆ Slower"]


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("served-worklist")
    build(folder / "lists.duckdb").close()
    served = start(folder / "lists.duckdb", "demo", folder / "server.log")
    yield served
    served.stop()


@pytest.fixture
def faults(page: Page) -> Iterator[list[str]]:
    """What the browser's console says; nothing may."""
    said: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and "404" not in message.text:
            said.append(message.text)

    page.on("console", listen)
    page.on("pageerror", lambda error: said.append(str(error)))
    yield said
    assert said == []


def visit(page: Page, app: Served, as_of: str = TODAY.isoformat()) -> None:
    page.goto(f"{app.url}/?as_of={as_of}")
    expect(page.get_by_text("not an emergency channel")).to_be_visible(timeout=20_000)


def cards(page: Page) -> Locator:
    return page.locator("[class*=st-key-urgent_]")


def title(page: Page) -> Locator:
    return page.locator("h2").first


def pill(page: Page, name: str) -> Locator:
    return page.locator("[data-testid=stButtonGroup]").get_by_role("button", name=name)


def test_those_who_need_somebody_are_shown_worst_first_within_the_budget(
    app: Served, page: Page, faults: list[str]
) -> None:
    visit(page, app)
    expect(title(page)).to_have_text("Four people need you on 3 February 2026")
    expect(page.get_by_text("Two more amber flags and one silent patient wait below. Amber budget: 3.")).to_be_visible()
    expect(cards(page)).to_have_count(4)
    badges = [card.locator(".stMarkdownBadge").first.inner_text() for card in cards(page).all()]
    assert badges == URGENT
    assert [pill(page, name).inner_text().split()[-1] for name in ("Red flag", "Slower", "Closed")] == ["1", "4", "1"]


def test_each_row_says_why_and_draws_its_trend(app: Served, page: Page, faults: list[str]) -> None:
    visit(page, app)
    row = cards(page).nth(1)
    for words in ("Zoë Núñez", "Pain jumped on day 20.", "Pain 8", "day 24, weeks 3–12", "up 6 from the median"):
        expect(row.get_by_text(words).first).to_be_visible()
    expect(row.get_by_text("heard 4 days ago")).to_be_visible()
    for card in cards(page).all():
        card.locator("svg.marks").wait_for(timeout=20_000)
        assert card.locator("svg.marks path").count() >= 4
    label = row.locator("[data-testid=stVegaLiteChart]").get_attribute("aria-label")
    assert label
    assert "up is better: Pain 8, expected" in label


def test_a_name_from_outside_is_shown_letter_for_letter(app: Served, page: Page, faults: list[str]) -> None:
    visit(page, app)
    link = cards(page).first.get_by_role("link")
    expect(link).to_have_count(1)
    assert link.inner_text().replace("\u2060", "") == " ".join(HOSTILE)
    assert cards(page).first.locator("img").count() == 0


def test_clinic_and_verdict_filter_the_list(app: Served, page: Page, faults: list[str]) -> None:
    visit(page, app)
    pill(page, "Slower").click()
    expect(cards(page)).to_have_count(2)
    expect(title(page)).to_have_text("Four people need you on 3 February 2026")
    pill(page, "Slower").click()
    expect(cards(page)).to_have_count(4)
    page.get_by_role("combobox", name="Clinic").click()
    page.get_by_role("option", name="c2").click()
    expect(title(page)).to_have_text("One person needs you on 3 February 2026")
    expect(cards(page)).to_have_count(1)


def test_search_finds_whom_it_should_and_stays_out_of_the_address(app: Served, page: Page, faults: list[str]) -> None:
    visit(page, app)
    page.get_by_placeholder("Name or id").fill("nunez ZOE")
    expect(title(page)).to_have_text("One person found")
    expect(cards(page)).to_have_count(1)
    assert "unez" not in page.url.lower()
    page.get_by_placeholder("Name or id").fill("p23")
    expect(title(page)).to_have_text("One person found")
    expect(pill(page, "Closed")).to_contain_text("1")
    page.get_by_placeholder("Name or id").fill("nobody at all")
    expect(page.get_by_text("Nobody is found.")).to_be_visible()
    page.get_by_role("button", name="Clear the filters").click()
    expect(cards(page)).to_have_count(4)


def test_a_name_opens_the_patient_by_mouse_and_by_key(app: Served, page: Page, faults: list[str]) -> None:
    for press in (lambda link: link.click(), lambda link: (link.focus(), page.keyboard.press("Enter"))):
        visit(page, app)
        press(page.get_by_role("link", name="Zoë Núñez"))
        page.wait_for_url(re.compile(r"/patient\?"), timeout=20_000)
        assert "episode=key-e19" in page.url
        assert f"as_of={TODAY.isoformat()}" in page.url
        expect(page.get_by_text("Pain jumped on day 20").first).to_be_visible(timeout=20_000)


def test_a_row_of_the_table_opens_the_patient(app: Served, page: Page, faults: list[str]) -> None:
    visit(page, app)
    grid = page.locator("[data-testid=stDataFrame] canvas").first
    grid.scroll_into_view_if_needed()
    box = resting_box(grid)
    page.mouse.click(box["x"] + 17, box["y"] + 55)
    page.wait_for_url(re.compile(r"/patient\?"), timeout=20_000)
    assert re.search(r"episode=key-e(17|18|20)", page.url)


def test_moving_the_date_changes_the_verdicts_and_writes_nothing(app: Served, page: Page, faults: list[str]) -> None:
    visit(page, app)
    written = app.store.stat().st_mtime_ns
    page.locator("[data-testid=stDateInput] input").first.wait_for()
    visit(page, app, day(14).isoformat())
    expect(title(page)).not_to_contain_text("Four")
    assert page.get_by_role("link", name="Zoë Núñez").count() == 0
    visit(page, app, day(3).isoformat())
    expect(page.get_by_text("All calm here.")).to_be_visible()
    assert app.store.stat().st_mtime_ns == written


def test_a_date_chosen_on_the_page_is_kept_in_the_address(app: Served, page: Page, faults: list[str]) -> None:
    visit(page, app)
    page.locator("[data-testid=stDateInput]").get_by_role("spinbutton").first.click()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Tab")
    page.get_by_placeholder("Name or id").click()
    expect(title(page)).to_contain_text("4 February 2026")
    expect(page).to_have_url(re.compile("as_of=2026-02-04"))


def test_the_phone_needs_no_sideways_scroll_and_rows_stay_low(app: Served, page: Page, faults: list[str]) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    visit(page, app)
    expect(cards(page)).to_have_count(4)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    boxes = [resting_box(card) for card in cards(page).all()]
    assert all(box["height"] < 260 and box["x"] + box["width"] <= PHONE["width"] for box in boxes)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_trends_take_the_theme(app: Served, page: Page, faults: list[str], scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    visit(page, app)
    page.locator("svg.marks").first.wait_for(timeout=20_000)
    expect(page.locator(f"svg.marks path[fill='{THEMES[scheme].band}']").first).to_be_attached()


def test_the_empty_store_says_what_to_do_first(
    serve: Callable[..., Served], empty_store: Path, page: Page, faults: list[str]
) -> None:
    served = serve(empty_store, "local")
    page.goto(served.url)
    expect(page.get_by_text("Welcome. Nobody is here yet.")).to_be_visible(timeout=20_000)
    expect(page.get_by_text("python -m plumbline import FOLDER --store empty.duckdb").first).to_be_visible()
