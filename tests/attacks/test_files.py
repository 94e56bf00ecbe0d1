"""A file goes to the session that asked for it, through the gate: attacks 17 and 18 where people sign in."""

from __future__ import annotations

from collections.abc import Iterator

import httpx2
import pytest

from plumbline.access.sessions import handle_of
from tests.attacks.provider import Provider
from tests.attacks.signed import browser, cookie_of, on_record, sign_in, wire
from tests.attacks.test_sessions import users
from tests.conftest import Served
from tests.web.wire import Wire

pytestmark = pytest.mark.browser

LABEL = "Download these"


@pytest.fixture
def signed_in(oidc: Served, provider: Provider) -> dict[str, httpx2.Client]:
    """The auditor and a clinic's manager, each in a browser of their own."""
    found = {}
    for sub in ("aude", "mark"):
        provider.sub = sub
        found[sub] = sign_in(oidc)[0]
    return found


@pytest.fixture
def record_page(oidc: Served, signed_in: dict[str, httpx2.Client]) -> Iterator[Wire]:
    """The page of the record, open before the auditor."""
    with wire(oidc, cookie_of(signed_in["aude"])) as page:
        yield page


def ticket(served: Served, page: Wire) -> str:
    """The address that a click on the download leads to."""
    button = page.ask("audit").buttons[LABEL]
    [path] = page.press(button, "audit").sent_to
    assert path.startswith("/dl/")
    return served.url + path


@pytest.mark.attack(18)
def test_attack_18_a_file_comes_once_and_to_its_own_session_alone(
    oidc: Served, record_page: Wire, signed_in: dict[str, httpx2.Client]
) -> None:
    aude, mark = signed_in["aude"], signed_in["mark"]
    address = ticket(oidc, record_page)
    assert browser().get(address).status_code == httpx2.codes.UNAUTHORIZED  # and the ticket isn't spent
    got = aude.get(address)
    assert got.status_code == httpx2.codes.OK
    assert got.headers["content-disposition"] == 'attachment; filename="record.csv"'
    assert "Export made" in got.text
    again, foreign = aude.get(address), mark.get(ticket(oidc, record_page))
    handle = handle_of(cookie_of(aude))
    forged = mark.get(ticket(oidc, record_page), headers={"X-Plumbline-Session": handle})
    doubled = mark.get(ticket(oidc, record_page), headers=[("x-plumbline-session", handle)] * 2)
    refused = [again, foreign, forged, doubled]
    assert {(one.status_code, one.text) for one in refused} == {(httpx2.codes.NOT_FOUND, again.text)}
    told = [(row["actor"], row["result"]) for row in on_record(oidc.store, "ticket_refused")]
    assert told[:4] == [("mark", "foreign"), ("mark", "foreign"), ("mark", "foreign"), ("aude", "unknown")]


@pytest.mark.attack(18)
def test_attack_18_a_file_does_not_come_once_its_session_has_ended(
    oidc: Served, provider: Provider, record_page: Wire, signed_in: dict[str, httpx2.Client]
) -> None:
    first, second = ticket(oidc, record_page), ticket(oidc, record_page)
    before = cookie_of(signed_in["aude"])
    provider.sub = "aude"
    users(oidc, "role", "aude", "--role", "auditor", "--all-clinics")  # which ends the session that she had
    anew, _ = sign_in(oidc, client=signed_in["aude"])
    assert cookie_of(anew) != before
    late = browser().get(first, headers={"Cookie": f"plumbline={before}"})
    assert late.status_code == httpx2.codes.UNAUTHORIZED
    assert anew.get(second).status_code == httpx2.codes.NOT_FOUND


@pytest.mark.attack(17)
def test_attack_17_what_streamlit_keeps_as_a_file_is_closed_to_everybody(
    oidc: Served, signed_in: dict[str, httpx2.Client]
) -> None:
    for client in (browser(), *signed_in.values()):
        assert client.get(f"{oidc.url}/media/0f.csv").status_code == httpx2.codes.NOT_FOUND
