"""axe-core in a page: what it finds, less what is Streamlit's own and listed here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from playwright.sync_api import Page

# What axe-core says of elements that Streamlit draws and we can't change: rule, what the element looks like, and why
# that is borne. HAZARDS.md and CONTRIBUTING.md name them; everything else is a fault of ours.
KNOWN = (
    ("target-size", r'^<span role="spinbutton"', "a date field's day and month are 17 px high; its calendar is larger"),
    ("scrollable-region-focusable", r'^<div class="st-emotion-cache-\w+ e\w+">$', "a table wider than a phone; every "
     "browser but Safari scrolls it by keys"),
    ("presentation-role-conflict", r'<section[^>]+role="presentation"', "the file uploader's frame can be focused"),
)
WIDE, PHONE = {"width": 1440, "height": 2600}, {"width": 390, "height": 6000}  # all of a page at once
LOOKS = (("light", WIDE), ("light", PHONE), ("dark", PHONE), ("dark", WIDE))
FEW_LOOKS = (("light", PHONE), ("dark", WIDE))
# while a dialog is open the root hides what overflows: it fills the window, but axe takes it for an empty box
_RUN = """async within => {
  document.documentElement.style.overflow = 'visible'
  const found = await axe.run(within, {resultTypes: ['violations'], rules: {'target-size': {enabled: true}}})
  return found.violations.flatMap(one => one.nodes.map(node => [one.id, node.html, node.failureSummary || '']))
}"""


@cache
def _script() -> str:
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Fault:
    """What axe-core found in one state of one page."""

    where: str
    rule: str
    element: str
    why: str


def faults(
    page: Page, where: str, looks: tuple[tuple[str, dict[str, int]], ...] = LOOKS, within: str = "html"
) -> list[Fault]:
    """The faults of a page, or of what opened on it, in each theme and width; it follows both without a reload."""
    page.evaluate(_script())
    found: list[Fault] = []
    for scheme, size in looks:
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.set_viewport_size(size)  # type: ignore[arg-type]
        settled(page)
        for rule, element, why in page.evaluate(_RUN, within):
            if not is_known(rule, element):
                place = f"{where}, {scheme}, {size['width']} px"
                found.append(Fault(place, rule, element[:300], " ".join(why.split())[:300]))
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    settled(page)
    return found


def is_known(rule: str, element: str) -> bool:
    """Whether a finding is one of Streamlit's own."""
    return any(rule == name and re.search(shape, element) for name, shape, _ in KNOWN)


def settled(page: Page) -> None:
    """Wait until nothing runs, nothing is drawn for later, and nothing moves or changes its colour."""
    page.wait_for_function(
        """() => {
          const app = document.querySelector('[data-testid=stApp]')
          const idle = !app || app.dataset.testScriptState === 'notRunning'
          const drawn = !document.querySelector('[data-stale=true], [data-testid=stSkeleton]')
          const still = document.getAnimations().every(one => one.playState !== 'running' || one.effect === null
            || one.effect.getTiming().iterations === Infinity)
          return idle && drawn && still
        }""",
        timeout=30_000,
    )
    page.wait_for_timeout(120)
