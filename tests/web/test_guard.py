"""Every page guards itself: on a server that nobody has used yet, by address or by hash, whatever the role."""

from __future__ import annotations

import csv
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from plumbline.access.accounts import NO_ACCOUNT
from plumbline.store import REFERENCE
from plumbline.web.navigation import PLACES
from tests.conftest import Served
from tests.web.wire import Wire, page_hash

pytestmark = pytest.mark.browser

ROLE = "clinic_manager"
REFUSED = "doesn't include"
# the frame's own elements, and the refusal: nothing else may be drawn
FRAME = {"html", "markdown", "selectbox", "alert"}

Serve = Callable[..., Served]


@pytest.fixture
def without(tmp_path: Path) -> list[str]:
    """A command that serves with a reference in which the role has no page at all."""
    reference = shutil.copytree(REFERENCE, tmp_path / "reference")
    rows = (reference / "permission.csv").read_text().splitlines(keepends=True)
    kept = [row for row in rows if not row.startswith(f"{ROLE},")] + [f"{ROLE},rest,test,convention,\n"]
    (reference / "permission.csv").write_text("".join(kept))
    code = (
        "import sys, pathlib, plumbline.store as store; store.REFERENCE = pathlib.Path(sys.argv.pop(1)); "
        "from plumbline.cli.main import main; main()"
    )
    return [sys.executable, "-c", code, str(reference), "serve", "--port", "{port}"]


@pytest.mark.parametrize("way", ["address", "hash"])
def test_from_the_first_request_of_a_fresh_server_on_every_page_is_guarded(
    serve: Serve, without: list[str], made_up_store: Path, way: str
) -> None:
    served = serve(made_up_store, "demo", without, PLUMBLINE_STORE=str(made_up_store))
    for place in sorted(PLACES, key=lambda one: one.name != "patient"):
        with Wire(served.url) as wire:
            how = {"name": place.name} if way == "address" else {"by_hash": page_hash(place.name)}
            if place is PLACES[0] and way == "address":
                how = {"name": ""}
            seen = wire.ask(query=f"role={ROLE}", **how)
            assert REFUSED in seen.said, place
            assert set(seen.kinds) <= FRAME
            assert not (way == "address" and seen.not_found)
            assert seen.offered == []


@pytest.mark.attack(60)
def test_each_role_is_offered_its_own_pages_and_refused_the_others(frame: Served) -> None:
    """Attack 60: for every role and page, the navigation and the guard say what the table says."""
    rows = csv.DictReader((REFERENCE / "permission.csv").open(encoding="utf-8"))
    table = {(row["role"], row["action"]) for row in rows}
    for role in sorted({role for role, _ in table} - NO_ACCOUNT):
        mine = [place for place in PLACES if (role, place.action) in table]
        for place in PLACES:
            with Wire(frame.url) as wire:
                seen = wire.ask("" if place is PLACES[0] else place.name, query=f"role={role}")
            assert seen.offered == [one.title for one in mine], role
            # a bare address leads to the first page of the role, whichever that is
            refused = place not in mine and place is not PLACES[0]
            assert (REFUSED in seen.said) == refused, (role, place)
            assert not refused or set(seen.kinds) <= FRAME, (role, place)
            assert not seen.not_found


def test_the_first_request_in_a_browser_is_guarded_and_the_allowed_role_gets_the_page(
    serve: Serve, made_up_store: Path, page: Page
) -> None:
    served = serve(made_up_store, "demo")
    page.goto(f"{served.url}/patient?role={ROLE}")
    expect(page.get_by_text(REFUSED)).to_be_visible()
    expect(page.get_by_text("Page not found")).to_be_hidden()
    expect(page.get_by_role("link", name="Patient", exact=True)).to_be_hidden()
    expect(page.get_by_text("not an emergency channel")).not_to_be_visible()
    page.goto(f"{served.url}/patient?role=specialist")
    expect(page.get_by_text("not an emergency channel")).to_be_visible()
    expect(page.get_by_text(REFUSED)).not_to_be_visible()


def test_a_page_that_is_a_file_elsewhere_is_not_found(frame: Served) -> None:
    with Wire(frame.url) as wire:
        assert wire.ask("entry").not_found
        assert wire.ask("ui").not_found


@pytest.mark.attack(2)
def test_a_bare_address_and_an_unknown_page_lead_to_the_first_page_of_the_role(frame: Served) -> None:
    """Attack 2: a page by a hash that nobody has is the first page of the role, never another's."""
    for asked in ({"name": ""}, {"by_hash": "0" * 32}):
        with Wire(frame.url) as wire:
            seen = wire.ask(query="role=coordinator", **asked)
            assert "Nobody has had a procedure yet" in seen.said
            assert REFUSED not in seen.said


def test_local_mode_has_one_role_whatever_the_address_says(serve: Serve, empty_store: Path) -> None:
    served = serve(empty_store, "local")
    with Wire(served.url) as wire:
        seen = wire.ask("patient", query=f"role={ROLE}")
        assert REFUSED not in seen.said
        assert "selectbox" not in seen.kinds
        assert "Made-up" not in seen.said
