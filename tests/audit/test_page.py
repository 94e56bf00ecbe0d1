"""The record as its reader and a specialist meet it: every patient opened is there, and none is opened without it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from playwright.sync_api import Page, expect

from tests.conftest import Served

pytestmark = pytest.mark.browser

Serve = Callable[..., Served]


def key_of(store: Path) -> str:
    with duckdb.connect(str(store), read_only=True) as connection:
        query = "select min(episode_key) from episode_summary where performed_on is not null"
        return str(connection.execute(query).fetchone()[0])


def test_an_opened_patient_is_on_record_once_and_the_auditor_finds_it(
    serve: Serve, demo_store: Path, page: Page
) -> None:
    key = key_of(demo_store)
    served = serve(demo_store, "demo", PLUMBLINE_STORE=str(demo_store))
    page.goto(f"{served.url}/patient?episode={key}&role=specialist")
    expect(page.get_by_text("not an emergency channel")).to_be_visible()
    page.get_by_text("Dates", exact=True).click()  # a rerun: the same look
    page.goto(f"{served.url}/audit?role=auditor")
    expect(page.get_by_text("Who looked at what")).to_be_visible()
    page.get_by_label("About").fill(key)
    page.get_by_label("About").press("Enter")
    expect(page.get_by_text("1 on record")).to_be_visible()
    page.get_by_role("button", name="Check the record").click()
    expect(page.get_by_text("rows are as they were written")).to_be_visible()


def test_a_patient_is_not_shown_where_that_cannot_be_put_on_record(
    serve: Serve, copy_demo_store: Callable[[Path], Path], tmp_path: Path, page: Page
) -> None:
    store = copy_demo_store(tmp_path / "demo.duckdb")
    key = key_of(store)
    with duckdb.connect(str(store)) as connection:
        connection.execute("alter table audit_event rename column hash to gone")
    served = serve(store, "demo", PLUMBLINE_STORE=str(store))
    page.goto(f"{served.url}/patient?episode={key}&role=specialist")
    expect(page.get_by_text("can't be put on record, so it isn't shown")).to_be_visible()
    expect(page.get_by_test_id("stVegaLiteChart")).to_be_hidden()
    expect(page.get_by_text("Medicine")).to_be_hidden()
