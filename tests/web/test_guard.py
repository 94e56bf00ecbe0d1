"""Every page guards itself: on a server that nobody has used yet, by address or by hash, whatever the role."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from plumbline import sql
from plumbline.store import REFERENCE
from tests.conftest import Served
from tests.web.wire import Wire, page_hash

pytestmark = pytest.mark.browser

PAGES = {"worklist": "", "patient": "patient", "flags": "flags", "followups": "followups", "quality": "quality"}
PAGES |= {"imports": "imports", "audit": "audit", "reference": "reference", "protocol": "protocol"}
ROLE = "clinic_manager"
REFUSED = "doesn't include"
# the frame's own elements, and the refusal: nothing else may be drawn
FRAME = {"html", "markdown", "selectbox", "alert"}

Serve = Callable[..., Served]


@pytest.fixture
def without(tmp_path: Path) -> Callable[[str], list[str]]:
    """A command that serves with a reference in which the role lacks every action of a page."""

    def command(page: str) -> list[str]:
        reference = shutil.copytree(REFERENCE, tmp_path / "reference")
        rows = (reference / "permission.csv").read_text().splitlines(keepends=True)
        kept = [row for row in rows if not row.startswith(f"{ROLE},view_{page},")]
        kept.append(f"{ROLE},rest,test,convention,\n")
        (reference / "permission.csv").write_text("".join(kept))
        code = (
            "import sys, pathlib, plumbline.store as store; store.REFERENCE = pathlib.Path(sys.argv.pop(1)); "
            "from plumbline.cli import main; main()"
        )
        return [sys.executable, "-c", code, str(reference), "serve", "--port", "{port}"]

    return command


def test_the_pages_are_those_of_the_folder() -> None:
    assert {path.stem for path in (sql.ROOT / "pages").glob("*.py")} == set(PAGES)


@pytest.mark.parametrize("name", PAGES)
def test_the_first_request_of_a_fresh_server_is_guarded_by_address(
    serve: Serve, without: Callable[[str], list[str]], made_up_store: Path, name: str
) -> None:
    served = serve(made_up_store, "demo", without(name), PLUMBLINE_STORE=str(made_up_store))
    with Wire(served.url) as wire:
        seen = wire.ask(PAGES[name], query=f"role={ROLE}")
        assert REFUSED in seen.said
        assert set(seen.kinds) <= FRAME
        assert not seen.not_found


@pytest.mark.parametrize("name", PAGES)
def test_the_first_request_of_a_fresh_server_is_guarded_by_hash(
    serve: Serve, without: Callable[[str], list[str]], made_up_store: Path, name: str
) -> None:
    served = serve(made_up_store, "demo", without(name), PLUMBLINE_STORE=str(made_up_store))
    with Wire(served.url) as wire:
        seen = wire.ask(by_hash=page_hash(name), query=f"role={ROLE}")
        assert REFUSED in seen.said
        assert set(seen.kinds) <= FRAME


def test_the_first_request_in_a_browser_is_guarded_and_the_allowed_role_gets_the_page(
    serve: Serve, made_up_store: Path, page: Page
) -> None:
    served = serve(made_up_store, "demo")
    page.goto(f"{served.url}/patient?role={ROLE}")
    expect(page.get_by_text(REFUSED)).to_be_visible()
    expect(page.get_by_text("not an emergency channel")).not_to_be_visible()
    page.goto(f"{served.url}/patient?role=specialist")
    expect(page.get_by_text("not an emergency channel")).to_be_visible()
    expect(page.get_by_text(REFUSED)).not_to_be_visible()


def test_a_page_that_is_a_file_elsewhere_is_not_found(frame: Served) -> None:
    with Wire(frame.url) as wire:
        assert wire.ask("entry").not_found
        assert wire.ask("ui").not_found


def test_an_unknown_hash_gives_the_first_page_which_guards_itself(frame: Served) -> None:
    with Wire(frame.url) as wire:
        assert REFUSED in wire.ask(by_hash="0" * 32, query=f"role={ROLE}").said


def test_local_mode_has_one_role_whatever_the_address_says(serve: Serve, empty_store: Path) -> None:
    served = serve(empty_store, "local")
    with Wire(served.url) as wire:
        seen = wire.ask("patient", query=f"role={ROLE}")
        assert REFUSED not in seen.said
        assert "selectbox" not in seen.kinds
        assert "Made-up" not in seen.said
