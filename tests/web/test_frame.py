"""What stands around every page, seen in a browser: name, role, mark, day, footer, errors."""

from __future__ import annotations

import tomllib

import pytest
from playwright.sync_api import Page, expect

from plumbline.charts.theme import DARK, LIGHT, Theme
from tests.conftest import ROOT, Served, eventually

WIDE = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}


@pytest.mark.browser
@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_the_mark_and_the_role_are_in_sight_and_cover_nothing(frame: Served, page: Page, size: dict[str, int]) -> None:
    page.set_viewport_size(size)  # type: ignore[arg-type]
    page.goto(f"{frame.url}/reference")
    expect(page).to_have_title("Reference · Plumbline")
    mark = page.get_by_text("Made-up patients", exact=True)
    expect(mark).to_be_in_viewport()
    expect(page.locator("h1, h2, h3").first).to_be_visible()

    def apart() -> bool:
        bar = page.locator(".st-key-topbar").bounding_box()
        logo = page.get_by_test_id("stHeaderLogo").bounding_box()
        heading = page.locator("h1, h2, h3").first.bounding_box()
        assert bar
        assert logo
        assert heading
        beside_logo = bar["x"] >= logo["x"] + logo["width"] or bar["y"] >= logo["y"] + logo["height"]
        return beside_logo and bar["y"] + bar["height"] <= heading["y"] + 1

    assert eventually(page, apart)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.browser
def test_the_role_is_chosen_in_the_page_and_kept_from_page_to_page(frame: Served, page: Page) -> None:
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    page.goto(frame.url)
    expect(page.get_by_text("not an emergency channel")).to_be_visible()
    page.get_by_role("combobox", name="Role").click()
    page.get_by_role("option", name="Data steward").click()
    expect(page).to_have_url(f"{frame.url}/quality")  # the first page of the role
    expect(page.get_by_role("link", name="Worklist")).to_be_hidden()
    page.get_by_role("link", name="Reference").click()
    expect(page.get_by_text("not an emergency channel")).to_be_visible()
    expect(page.get_by_role("link", name="Data in")).to_be_visible()
    page.get_by_role("combobox", name="Role").click()
    page.get_by_role("option", name="Coordinator").click()
    expect(page.get_by_text("The role coordinator doesn't include")).to_be_visible()
    expect(page.get_by_text("Page not found")).to_be_hidden()
    expect(page.get_by_role("link", name="Reference")).to_be_hidden()


@pytest.mark.browser
def test_the_day_stays_in_the_address_from_page_to_page(frame: Served, page: Page) -> None:
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    page.goto(f"{frame.url}/reference?as_of=2026-03-01")
    expect(page.get_by_text("not an emergency channel")).to_be_visible()
    page.get_by_role("link", name="Patient", exact=True).click()
    expect(page).to_have_url(f"{frame.url}/patient?as_of=2026-03-01")


@pytest.mark.browser
@pytest.mark.parametrize("given", ["", "2026-02-30", "tomorrow", "0001-01-01T00:00", "%00", "9" * 5000])
def test_a_day_that_isnt_one_is_today(frame: Served, page: Page, given: str) -> None:
    page.goto(f"{frame.url}/?as_of={given}")
    expect(page.get_by_text("not an emergency channel")).to_be_visible()


@pytest.mark.browser
def test_the_footer_says_what_this_is_not(frame: Served, page: Page) -> None:
    page.goto(f"{frame.url}/reference")
    for words in ("Not a medical device", "not an emergency channel", "made up", "Not yet signed off by a clinician"):
        expect(page.get_by_text(words).last).to_be_visible()


def test_the_colours_of_the_settings_are_those_of_the_charts() -> None:
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text())["theme"]
    for name, theme in (("light", LIGHT), ("dark", DARK)):
        assert _colours(settings[name]) == _colours_of(theme)


def _colours(settings: dict[str, str]) -> dict[str, str]:
    plain = ("primaryColor", "linkColor", "backgroundColor", "secondaryBackgroundColor", "textColor")
    texts = ("red", "orange", "yellow", "green", "blue", "gray")
    return {name: settings[name] for name in (*plain, *(f"{text}TextColor" for text in texts))}


def _colours_of(theme: Theme) -> dict[str, str]:
    return {
        "primaryColor": theme.accent,
        "linkColor": theme.accent,
        "backgroundColor": theme.page,
        "secondaryBackgroundColor": theme.surface,
        "textColor": theme.text,
        "redTextColor": theme.red_flag,
        "orangeTextColor": theme.new_problem,
        "yellowTextColor": theme.slower,
        "greenTextColor": theme.ahead,
        "blueTextColor": theme.accent,
        "grayTextColor": theme.muted,
    }


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    brighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def test_words_and_borders_stand_out_from_what_is_behind_them() -> None:
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text())["theme"]
    for theme in (settings["light"], settings["dark"]):
        for colour in ("red", "orange", "yellow", "green", "blue", "gray"):
            assert contrast(theme[f"{colour}TextColor"], theme[f"{colour}BackgroundColor"]) >= 4.5, colour
            assert contrast(theme[f"{colour}TextColor"], theme["backgroundColor"]) >= 4.5, colour
        assert contrast(theme["borderColor"], theme["backgroundColor"]) >= 3
        assert contrast(theme["dataframeHeaderTextColor"], theme["secondaryBackgroundColor"]) >= 4.5
        assert contrast(theme["textColor"], theme["secondaryBackgroundColor"]) >= 7
