"""The Settings page without a browser: nothing is saved that was not previewed, nor over somebody else's change."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from plumbline import audit, settings, sql
from plumbline.store import Store, open_store
from plumbline.web import cache
from plumbline.web.server import modes, serving
from plumbline.web.text import plain
from tests.facts import one_course

ADA = audit.Actor("ada", "admin")


@pytest.fixture
def store(empty_store: Path) -> Iterator[Store]:
    """An open store with one clinic, that the web layer takes for the served one."""
    opened = open_store(empty_store)
    facts = one_course()
    facts.score(-3, 8)
    facts.write(opened)
    serving._process.store, serving._process.settings = opened, modes.Settings("local", empty_store)
    yield opened
    serving._process.store = serving._process.settings = None
    cache.shared().clear()
    opened.close()


def budget(store: Store) -> float:
    return float(settings.clinics(store.cursor())[0]["amber_budget"])


@pytest.mark.slow
def test_what_was_not_previewed_is_shown_first_and_saved_by_the_next_click(store: Store) -> None:
    page = AppTest.from_file(str(sql.ROOT / "pages" / "settings.py"), default_timeout=30).run()
    assert not page.exception
    page.number_input[0].set_value(8.0)
    page.button(key="settings_save").click().run()  # typed and clicked at once
    assert page.error[0].value.startswith("Not saved yet")
    assert budget(store) == 5
    page.button(key="settings_save").click().run()
    assert page.success[0].value == plain("Saved, and on record: amber budget.")
    assert budget(store) == 8
    page.button(key="settings_save").click().run()
    assert page.error[0].value.startswith("Nothing differs")


@pytest.mark.slow
def test_a_change_by_somebody_else_is_told_and_stands(store: Store) -> None:
    page = AppTest.from_file(str(sql.ROOT / "pages" / "settings.py"), default_timeout=30).run()
    settings.change(store, ADA, "c1", {"amber_budget": 9.0})
    page.number_input[0].set_value(8.0).run()
    assert page.warning[0].value == plain("ada has changed these settings meanwhile.")
    page.button(key="settings_save").click().run()
    assert "so nothing was saved" in page.error[0].value
    assert budget(store) == 9
