"""Who has a link open is out when it ends, whichever way."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest

from plumbline.sharing import links, opening
from plumbline.sharing.sessions import LinkSession, LinkSessions
from plumbline.store import Store
from plumbline.web.share.keeper import ShareKeeper
from tests.sharing.conftest import BORN, HOME, NETWORK, STAFF, on_record
from tests.sharing.test_links import end


class Desk:
    """Links' sessions by a clock of ours."""

    def __init__(self, store: Store) -> None:
        self.store, self.seconds = store, 1000.0
        self.sessions = LinkSessions(store, clock=lambda: self.seconds)

    def opened(self, days_open: int = 14) -> tuple[links.Made, LinkSession]:
        made = links.create(self.store, STAFF, "p1", days_open=days_open)
        link = opening.attempt(self.store, made.token, BORN, HOME, NETWORK)
        assert link
        found = self.sessions.of_link_token(self.sessions.begin_of(link, NETWORK))
        assert found
        return made, found


@pytest.fixture
def desk(store: Store) -> Desk:
    return Desk(store)


def test_it_is_a_patients_and_the_link_stands_for_the_person(desk: Desk) -> None:
    made, session = desk.opened()
    assert (session.account.role, session.account.account_id) == ("patient", made.link_id)
    assert (session.actor.key, session.actor.role, session.actor.clinic_id) == (made.link_id, "patient", "c1")
    assert desk.store.cursor().execute("select count(*) from account_session").fetchone() == (0,)


def test_half_an_hour_without_use_and_two_hours_in_any_case(desk: Desk) -> None:
    _, idle = desk.opened()
    _, used = desk.opened()
    for _ in range(5):
        desk.seconds += 29 * 60
        if found := desk.sessions.of_handle(used.handle):
            desk.sessions.use(found)
        assert (desk.sessions.of_handle(used.handle) is not None) is (desk.seconds < 1000 + 2 * 3600)
    assert desk.sessions.of_handle(idle.handle) is None
    desk.sessions.sweep()
    assert desk.sessions.live() == []


def test_never_past_the_end_of_the_link(desk: Desk) -> None:
    made = links.create(desk.store, STAFF, "p1")
    with desk.store.write() as cursor:
        cursor.execute("update share_link set expires_at = $at", {"at": links.utc_now() + timedelta(seconds=90)})
    link = opening.attempt(desk.store, made.token, BORN, HOME, NETWORK)
    assert link
    session = desk.sessions.of_link_token(desk.sessions.begin_of(link, NETWORK))
    assert session
    assert 80 < desk.sessions.left(session) <= 90


@pytest.mark.attack(31)
@pytest.mark.parametrize("how", ["revoked", "died", "withdrew", "ended", "undone"])
def test_attack_31_whoever_has_it_open_is_out_within_a_second(desk: Desk, how: str) -> None:
    made, session = desk.opened()
    heard: list[str] = []
    session.watchers.append(heard.append)
    keeper = ShareKeeper(desk.store, desk.sessions)
    try:
        end(desk.store, how, made)
        done = time.monotonic()
        while not heard and time.monotonic() < done + 20:
            time.sleep(0.01)
        took = time.monotonic() - done
    finally:
        keeper.close()
    assert heard
    assert desk.sessions.of_handle(session.handle) is None
    assert on_record(desk.store, "session_ended") == [("session_ended", made.link_id, None)]
    print(f"{how}: {took:.2f} s")


def test_one_that_is_taken_back_as_it_is_opened_lets_nobody_in(desk: Desk) -> None:
    made = links.create(desk.store, STAFF, "p1")
    link = opening.attempt(desk.store, made.token, BORN, HOME, NETWORK)
    assert link
    links.revoke(desk.store, STAFF, made.link_id)
    assert desk.sessions.of_token(desk.sessions.begin_of(link, NETWORK)) is None


def test_another_patients_page_stays_open(desk: Desk) -> None:
    made, _ = desk.opened()
    _, other = desk.opened()
    links.revoke(desk.store, STAFF, made.link_id)
    desk.sessions.look()
    assert desk.sessions.of_handle(other.handle)
