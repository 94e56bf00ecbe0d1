"""Role by page by action, from the one table: what each role is served over HTTP and the WebSocket, and may do."""

from __future__ import annotations

from pathlib import Path

import httpx2
import pytest

from plumbline import sql
from plumbline.access.accounts import roles
from plumbline.store import open_store, reference_frame
from plumbline.web.navigation import PLACES, Place
from tests.attacks.conftest import ROLES
from tests.attacks.provider import Provider
from tests.attacks.signed import browser, cookie_of, on_record, sign_in, wire
from tests.conftest import Served

pytestmark = pytest.mark.browser

REFUSED = "doesn't include this page"
TABLE = frozenset(reference_frame("permission")[["role", "action"]].itertuples(index=False, name=None))
ACTIONS = sorted({action for _, action in TABLE})
CASES = [(who, place) for who in ROLES for place in PLACES]


@pytest.fixture(scope="module")
def cookies(oidc: Served, honest: Provider) -> dict[str, str]:
    """What the browsers of all of them hold."""
    held = {}
    for who in ROLES:
        honest.sub = who
        held[who] = cookie_of(sign_in(oidc)[0])
    honest.behave()
    return held


def test_every_role_of_the_table_is_looked_at() -> None:
    assert sorted(ROLES.values()) == sorted(roles())


@pytest.mark.attack(60)
@pytest.mark.parametrize(("who", "place"), CASES, ids=[f"{ROLES[who]}-{place.name}" for who, place in CASES])
def test_a_role_gets_the_pages_of_the_table_and_no_other(
    oidc: Served, cookies: dict[str, str], who: str, place: Place
) -> None:
    """Over HTTP the frame, which holds nothing of anybody; over the WebSocket the page, or a refusal on record."""
    address = f"{oidc.url}/{place.name}"
    assert browser().get(address).status_code == httpx2.codes.SEE_OTHER
    answer = httpx2.get(address, cookies={"plumbline": cookies[who]})
    assert answer.status_code == httpx2.codes.OK
    assert answer.text == httpx2.get(oidc.url, cookies={"plumbline": cookies["anna"]}).text
    with wire(oidc, cookies[who]) as page:
        seen = page.ask(place.name if place is not PLACES[0] else "")
    is_in = (ROLES[who], place.action) in TABLE
    if place is PLACES[0] and not is_in:  # a bare address leads to the first page of the role's own
        assert REFUSED not in seen.said
    else:
        assert (REFUSED in seen.said) is not is_in
    if REFUSED in seen.said:
        assert any(
            (row["actor"], row["object_key"]) == (who, place.action) for row in on_record(oidc.store, "access_denied")
        )
    offered = {other.title for other in PLACES if (ROLES[who], other.action) in TABLE}
    assert set(seen.offered) & {other.title for other in PLACES} == offered


@pytest.mark.attack(60)
def test_every_action_of_the_table_guards_something() -> None:
    """A page, a button, a fragment or a download asks for it by its name."""
    code = "\n".join(
        path.read_text(encoding="utf-8")
        for folder in ("pages", "plumbline/web", "plumbline/protocol")
        for path in (sql.ROOT / folder).rglob("*.py")
    )
    named = {action for action in ACTIONS if f'"{action}"' in code}
    assert named == set(ACTIONS)
    assert {place.action for place in PLACES} <= named


@pytest.mark.attack(60)
@pytest.mark.parametrize("role", sorted({role for role, _ in TABLE}))
def test_the_store_tells_the_guard_what_the_table_says(empty_store: Path, role: str) -> None:
    store = open_store(empty_store)
    rows = {(row["role"], row["action"]) for row in sql.rows(store.cursor(), "web/action_by_role")}
    store.close()
    assert {action for of, action in rows if of == role} == {action for of, action in TABLE if of == role}
