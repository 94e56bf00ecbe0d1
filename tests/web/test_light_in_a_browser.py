"""The light page as a patient has it: on a small phone, with keys alone, in large letters, on paper, without styles."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pypdf
import pytest
from playwright.sync_api import Page, expect

from plumbline.web.share import light
from tests.progress.sample import DAY14, OFF, PAGES
from tests.web import axe

pytestmark = pytest.mark.browser

LOOKS = (("light", axe.PHONE), ("light", axe.WIDE))
_SMALL = """() => [...document.querySelectorAll('body *')].flatMap(one => {
  const own = [...one.childNodes].some(node => node.nodeType === 3 && node.textContent.trim())
  const svg = one.ownerSVGElement
  const scale = svg ? svg.getBoundingClientRect().width / svg.viewBox.baseVal.width : 1
  const size = parseFloat(getComputedStyle(one).fontSize) * scale
  return own && one.tagName !== 'STYLE' && size < 17.99 ? [one.tagName + ' ' + size] : []
})"""
_NARROW = """() => [...document.querySelectorAll('.button, .bar a, input')].map(one => one.getBoundingClientRect())
  .filter(box => box.height < 52 || box.width < 44).length"""


def written(folder: Path, name: str) -> str:
    """The address of a page as a file."""
    path = folder / f"{name}.html"
    text = light.door("en", again=True) if name == "door" else light.page(
        PAGES[name], compared=PAGES[name] is not OFF, paper=True
    )  # fmt: skip
    path.write_text(text, encoding="utf-8")
    return path.as_uri()


@pytest.mark.attack(55)
def test_no_light_page_has_a_fault_and_each_fits_a_phone_in_large_letters(page: Page, tmp_path: Path) -> None:
    found: list[axe.Fault] = []
    for name in (*PAGES, "door"):
        page.goto(written(tmp_path, name))
        found += axe.faults(page, name, LOOKS)
        for width in (360, 390, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (name, width)
            assert page.evaluate(_SMALL) == [], (name, width)
            assert page.evaluate(_NARROW) == 0, (name, width)
    assert not found, "\n".join(map(str, found))


def test_each_score_is_walked_to_with_keys_alone(page: Page, tmp_path: Path) -> None:
    page.goto(written(tmp_path, "day 14"))
    assert DAY14.chart
    visits = DAY14.chart.visits
    for _ in range(3):  # past the skip link and the bar
        page.keyboard.press("Tab")
    while page.evaluate("document.activeElement.getAttribute('href')") != f"#{visits[0].key}":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    for visit, after in zip(visits, [*visits[1:], None], strict=True):
        assert page.evaluate("document.querySelector('tr:target').id") == visit.key
        said = page.locator("tr:target + .said")
        expect(said).to_be_visible()
        expect(said).to_contain_text(visit.sentence)
        assert page.locator(".said:visible").count() == 1
        if after:
            links = said.get_by_role("link")
            page.keyboard.press("Tab")
            if links.count() > 1:
                page.keyboard.press("Tab")
            page.keyboard.press("Enter")
            page.wait_for_url(re.compile(f"#{after.key}$"))


def test_it_prints_on_one_page_of_paper(page: Page, tmp_path: Path) -> None:
    for name in PAGES:
        page.goto(written(tmp_path, name))
        pdf = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
        said = " ".join(pdf.pages[0].extract_text().split())
        assert len(pdf.pages) == 1, name
        assert "Call 112" in said, name
        assert "No one watches this page all day." in said, name


def test_without_styles_everything_is_still_there_in_order(page: Page, tmp_path: Path) -> None:
    path = tmp_path / "bare.html"
    path.write_text(re.sub(r"<style>.*?</style>", "", light.page(DAY14, compared=True, paper=True)), encoding="utf-8")
    page.goto(path.as_uri())
    order = ("Hello Rosa", DAY14.summary.headline, "Your pain scores", "What to do now", "Steps you", "Call 112 now if")
    tops = [page.get_by_text(text).first.bounding_box() for text in order]
    heights = [box["y"] for box in tops if box]
    assert heights == sorted(heights)
    assert len(heights) == 6
