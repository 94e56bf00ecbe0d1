"""The page Accounts: an admin lets somebody in and changes what they may see, and nobody else does."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.attacks.provider import Provider
from tests.attacks.signed import cookie_of, on_record, sign_in, wire
from tests.conftest import Served

pytestmark = pytest.mark.browser


def open_page(page: Page, served: Served, provider: Provider, who: str) -> None:
    provider.sub = who
    cookie = cookie_of(sign_in(served)[0])
    page.context.add_cookies([{"name": "plumbline", "value": cookie, "url": served.url}])
    page.goto(f"{served.url}/users")


def choose(page: Page, label: str, *options: str) -> None:
    box = page.get_by_role("combobox", name=label).last
    for option in options:
        box.click()
        page.get_by_role("option", name=option, exact=True).click()


def test_an_admin_lets_somebody_in_who_then_comes(page: Page, oidc: Served, provider: Provider) -> None:
    open_page(page, oidc, provider, "ada")
    expect(page.get_by_text("6 open, 0 closed.")).to_be_visible()
    page.get_by_role("button", name="Add an account").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("textbox", name="Issuer")).to_have_value(provider.url)
    dialog.get_by_role("textbox", name="Account").fill("zoe")
    dialog.get_by_role("textbox", name="Subject").fill("zoe")
    dialog.get_by_role("textbox", name="Subject").blur()
    dialog.get_by_role("button", name="Let in").click()
    expect(dialog.get_by_text("is no role")).to_be_visible()
    choose(page, "Role", "auditor")
    choose(page, "Clinics", "Every clinic")
    page.keyboard.press("Tab")  # the open list hides the rest of the page
    dialog.get_by_role("button", name="Let in").click()
    expect(page.get_by_text("zoe may come in.")).to_be_visible()
    provider.sub = "zoe"
    with wire(oidc, cookie_of(sign_in(oidc)[0])) as theirs:
        assert "Who looked at what" in theirs.ask("audit").said
    (row, *_) = on_record(oidc.store, "user_added")
    assert (row["actor"], row["role"], row["object_key"]) == ("ada", "admin", "zoe")


@pytest.mark.attack(14)
@pytest.mark.parametrize("who", ["anna", "cora", "dana"])
def test_who_may_not_see_accounts_is_refused_and_that_is_on_record(
    page: Page, oidc: Served, provider: Provider, who: str
) -> None:
    open_page(page, oidc, provider, who)
    expect(page.get_by_text("doesn\'t include this page")).to_be_visible()
    (row, *_) = on_record(oidc.store, "access_denied")
    assert (row["actor"], row["object_key"]) == (who, "view_users")


@pytest.mark.parametrize("who", ["mark", "aude"])
def test_who_may_look_changes_nothing(page: Page, oidc: Served, provider: Provider, who: str) -> None:
    open_page(page, oidc, provider, who)
    expect(page.get_by_role("heading", name="Who may come in")).to_be_visible()
    expect(page.get_by_text("not an emergency channel")).to_be_visible()
    expect(page.get_by_role("button", name="Add an account")).not_to_be_visible()
    expect(page.get_by_text("Choose a row")).not_to_be_visible()
