"""A page as it was known: a score is corrected, and the page of before is looked at, and left again."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from plumbline.entry.record import save
from plumbline.entry.steps import Correct
from plumbline.store import open_store
from tests.conftest import Served, start
from tests.known.history import now
from tests.pages.scenes import AS_OF, STAMP

pytestmark = pytest.mark.browser

PATIENT = f"/patient?episode=key-new-e&as_of={AS_OF.isoformat()}"
NOT_SHOWN = "What was recorded later is not shown."


@pytest.fixture(scope="module")
def corrected(scenes_original: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, datetime]]:
    """A server on a store in which the last score of one patient, 7, was corrected to 6; and an instant before that."""
    folder = tmp_path_factory.mktemp("corrected")
    store = open_store(Path(shutil.copy(scenes_original, folder / "scenes.duckdb")))
    found = store.cursor().execute(
        "select score_id from score where patient_id = 'new' and taken_on = $on and retracted_at is null", {"on": AS_OF}
    )
    before = now()
    save(store, "demo specialist", "new-e", [Correct("score", found.fetchall()[0][0], {"value": 6.0})], why="misread")
    store.close()
    served = start(folder / "scenes.duckdb", "demo", folder / "server.log")
    yield served, before
    served.stop()


def shown(page: Page) -> None:
    expect(page.get_by_text("not an emergency channel")).to_be_visible(timeout=20_000)


def test_before_a_correction_the_page_shows_the_old_value_under_a_banner_that_leads_back(
    corrected: tuple[Served, datetime], page: Page
) -> None:
    app, before = corrected
    page.goto(app.url + PATIENT)
    shown(page)
    old, banner = page.get_by_text("Pain 7 on day 47"), page.get_by_text(NOT_SHOWN)
    expect(old).to_have_count(0)
    expect(banner).to_have_count(0)
    page.goto(f"{app.url}{PATIENT}&known_at={before.isoformat()}Z")
    expect(old).to_be_visible(timeout=20_000)
    expect(banner).to_be_in_viewport()
    page.get_by_role("link", name="Worklist").click()
    expect(page).to_have_title(re.compile("Worklist"))
    shown(page)
    expect(banner).to_be_in_viewport()
    expect(page).to_have_url(re.compile("known_at="))
    page.get_by_role("button", name="Back to now").click()
    expect(banner).to_have_count(0)
    expect(page).not_to_have_url(re.compile("known_at="))


def test_an_instant_is_chosen_from_those_at_which_something_was_recorded(
    corrected: tuple[Served, datetime], page: Page
) -> None:
    app, _ = corrected
    page.goto(app.url + PATIENT)
    shown(page)
    page.get_by_role("button", name="As known on").click()
    page.get_by_label("right after something of this patient").click()
    expect(page.get_by_role("option", name="1 recorded, 1 taken back, by demo specialist")).to_be_visible()
    page.get_by_role("option", name=f"{STAMP:%-d %b %Y}").click()
    expect(page.get_by_text(NOT_SHOWN)).to_be_visible()
    expect(page.get_by_text("Day 25", exact=True)).to_be_visible()
    expect(page).to_have_url(re.compile("known_at=2026-11-01T13%3A00|known_at=2026-11-01T13:00"))


REFUSALS = [("2026-10-01T09:00", "nobody had recorded this patient yet"), ("2999-01-01T09:00", "still to come")]
REFUSALS += [("last week", "isn't one")]


@pytest.mark.parametrize(("known_at", "words"), REFUSALS)
def test_what_was_not_known_and_what_is_no_instant_is_said_and_left_again(
    corrected: tuple[Served, datetime], page: Page, known_at: str, words: str
) -> None:
    app, _ = corrected
    page.goto(f"{app.url}/patient?episode=key-new-e&known_at={known_at}")
    expect(page.get_by_text(words)).to_be_visible(timeout=20_000)
    page.get_by_role("button", name="Back to now").click()
    expect(page.get_by_text("Rosa Example")).to_be_visible()
