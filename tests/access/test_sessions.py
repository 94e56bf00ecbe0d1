"""Sessions end when they should, whatever the clocks do, and survive a restart."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from plumbline import audit
from plumbline.access import accounts
from plumbline.access.sessions import ABSOLUTE, IDLE, WARN, Sessions, handle_of
from plumbline.store import Store, open_store

MINUTE = 60.0
NOON = datetime(2026, 3, 29, 0, 30)  # the night in which Europe's clocks go forward


class Clocks:
    """Two clocks that a test can move: the one that only goes on, and the one on the wall."""

    def __init__(self) -> None:
        self.seconds = 1000.0
        self.wall = NOON

    def wait(self, seconds: float) -> None:
        self.seconds += seconds
        self.wall += timedelta(seconds=seconds)


class Desk:
    """A store with one account, and its sessions by clocks of ours."""

    def __init__(self, store: Store) -> None:
        self.store, self.clocks = store, Clocks()
        accounts.add(store, audit.SYSTEM, "anna", issuer="i", subject="s", role="specialist", clinics=("b", "a"))
        self.anna = accounts.of_identity(store, "i", "s") or pytest.fail("no account")
        self.start()

    def start(self) -> None:
        """A new process."""
        self.sessions = Sessions(self.store, clock=lambda: self.clocks.seconds, wall=lambda: self.clocks.wall)

    def is_in(self, token: str) -> bool:
        return self.sessions.of_token(token) is not None

    def use(self, token: str) -> None:
        found = self.sessions.of_token(token)
        assert found
        self.sessions.use(found)

    def rows(self, *columns: str) -> list[tuple[object, ...]]:
        return self.store.cursor().execute(f"select {', '.join(columns)} from account_session").fetchall()


@pytest.fixture
def desk(empty_store: Path) -> Iterator[Desk]:
    opened = open_store(empty_store)
    yield Desk(opened)
    opened.close()


def test_a_session_knows_the_account_and_the_store_only_its_hash(desk: Desk) -> None:
    token = desk.sessions.begin(desk.anna, "10.1.2.0/24")
    found = desk.sessions.of_token(token)
    assert found
    assert (found.account.role, found.account.clinics) == ("specialist", ("a", "b"))
    assert len(token) >= 43  # 256 bits
    assert desk.rows("session", "ended_at") == [(handle_of(token), None)]
    assert found.actor == audit.Actor("anna", "specialist", session=handle_of(token)[:12], address="10.1.2.0/24")
    whole = desk.store.path.read_bytes() + b"".join(path.read_bytes() for path in desk.store.path.parent.glob("*.wal"))
    assert token.encode() not in whole


@pytest.mark.parametrize("held", [None, "", "x", "x" * 10_000, "ü\udcff", "0" * 43])
def test_what_no_browser_was_given_is_no_session(desk: Desk, held: str | None) -> None:
    desk.sessions.begin(desk.anna, None)
    assert desk.sessions.of_token(held) is None
    assert desk.sessions.ended_why(held) is None


@pytest.mark.attack(5)
def test_a_session_ends_when_nobody_used_it_for_so_long(desk: Desk) -> None:
    token = desk.sessions.begin(desk.anna, None)
    desk.clocks.wait(IDLE.total_seconds() - 1)
    assert desk.is_in(token)
    desk.use(token)
    desk.clocks.wait(IDLE.total_seconds() - 1)
    assert desk.is_in(token)
    desk.clocks.wait(1)
    assert not desk.is_in(token)
    desk.sessions.sweep()
    assert desk.rows("ended_why") == [("idle",)]
    assert desk.sessions.ended_why(token) == "idle"


@pytest.mark.attack(5)
def test_a_session_ends_after_its_time_however_much_it_is_used(desk: Desk) -> None:
    token = desk.sessions.begin(desk.anna, None)
    for _ in range(int(ABSOLUTE / timedelta(minutes=10)) - 1):
        desk.clocks.wait(10 * MINUTE)
        desk.use(token)
    desk.clocks.wait(10 * MINUTE)
    assert not desk.is_in(token)
    desk.sessions.sweep()
    assert desk.sessions.ended_why(token) == "absolute"


def test_people_are_warned_before_the_end() -> None:
    assert timedelta() < IDLE - WARN <= timedelta(minutes=2)
    assert (timedelta(minutes=15), timedelta(hours=8)) == (IDLE, ABSOLUTE)


@pytest.mark.attack(5)
@pytest.mark.parametrize("how", ["sign_out", "disable", "role", "clinics"])
def test_a_session_ends_at_once_with_its_account_or_its_person(desk: Desk, how: str) -> None:
    tokens = [desk.sessions.begin(desk.anna, None) for _ in range(2)]
    told: list[str] = []
    (desk.sessions.of_token(tokens[0]) or pytest.fail("gone")).watchers.append(told.append)
    if how == "sign_out":
        desk.sessions.end(handle_of(tokens[0]), "sign_out")
        assert (desk.is_in(tokens[0]), desk.is_in(tokens[1])) == (False, True)
        assert told == ["sign_out"]
        return
    if how == "disable":
        accounts.disable(desk.store, audit.SYSTEM, "anna")
    else:
        role, clinics = ("auditor", ("a", "b")) if how == "role" else ("specialist", ("a",))
        accounts.change(desk.store, audit.SYSTEM, "anna", role, clinics)
    assert not any(desk.is_in(token) for token in tokens)
    assert told == ["account"]
    desk.start()
    assert not any(desk.is_in(token) for token in tokens)


def test_signing_out_everywhere_ends_every_session_of_the_account_alone(desk: Desk) -> None:
    accounts.add(desk.store, audit.SYSTEM, "bob", issuer="i", subject="b", role="specialist", clinics=None)
    bob = desk.sessions.begin(accounts.of_identity(desk.store, "i", "b") or pytest.fail("gone"), None)
    tokens = [desk.sessions.begin(desk.anna, None) for _ in range(3)]
    assert desk.sessions.count("anna") == 3
    assert desk.sessions.end_all_of("anna", "everywhere") == 3
    assert not any(desk.is_in(token) for token in tokens)
    assert desk.is_in(bob)


@pytest.mark.attack(58)
def test_a_restart_signs_nobody_out_and_nobody_in(desk: Desk) -> None:
    kept, gone, old = (desk.sessions.begin(desk.anna, "10.1.2.0/24") for _ in range(3))
    desk.sessions.end(handle_of(gone), "sign_out")
    desk.clocks.wait(10 * MINUTE)
    desk.use(kept)
    desk.sessions.sweep()
    desk.clocks.wait(6 * MINUTE)
    desk.clocks.seconds = 5.0  # another process, another zero
    desk.start()
    assert [desk.is_in(token) for token in (kept, gone, old)] == [True, False, False]
    found = desk.sessions.of_token(kept)
    assert found
    assert found.account == desk.anna
    assert desk.sessions.left(found) == pytest.approx(9 * MINUTE)
    desk.clocks.wait(9 * MINUTE)
    assert not desk.is_in(kept)


@pytest.mark.attack(57)
def test_setting_the_clock_gives_nobody_more_time(desk: Desk) -> None:
    token = desk.sessions.begin(desk.anna, None)
    desk.clocks.wait(14 * MINUTE)
    desk.clocks.wall -= timedelta(hours=1)
    assert desk.is_in(token)  # within one process the clock on the wall doesn't matter
    desk.clocks.wait(MINUTE)
    assert not desk.is_in(token)
    again = desk.sessions.begin(desk.anna, None)
    desk.clocks.wall -= timedelta(hours=1)
    desk.start()  # across a restart nothing else is known: a clock that went back ends the session
    assert not desk.is_in(again)
    assert desk.sessions.ended_why(again) == "restart"


@pytest.mark.attack(57)
@pytest.mark.parametrize("minutes", [-1, 60])
def test_a_clock_that_is_set_while_somebody_is_in_moves_no_end_across_a_restart(desk: Desk, minutes: int) -> None:
    desk.clocks.wait(2 * MINUTE)
    token = desk.sessions.begin(desk.anna, None)
    desk.clocks.wait(9 * MINUTE)
    desk.clocks.wall += timedelta(minutes=minutes)
    desk.sessions.sweep()
    desk.start()
    found = desk.sessions.of_token(token)
    assert found
    assert desk.sessions.left(found) == pytest.approx(6 * MINUTE)
    desk.clocks.wait(6 * MINUTE)
    assert not desk.is_in(token)


@pytest.mark.attack(57)
@pytest.mark.parametrize("at", ["2026-03-29 00:55", "2026-10-25 00:55", "2028-02-28 23:55", "2026-12-31 23:55"])
def test_a_change_of_clocks_a_leap_day_or_a_new_year_moves_no_end(desk: Desk, at: str) -> None:
    desk.clocks.wall = datetime.fromisoformat(at)
    token = desk.sessions.begin(desk.anna, None)
    desk.clocks.wait(14 * MINUTE)
    desk.start()
    assert desk.is_in(token)
    desk.clocks.wait(MINUTE)
    assert not desk.is_in(token)


def test_coming_and_going_is_on_record_with_no_name_and_no_token(desk: Desk) -> None:
    token = desk.sessions.begin(desk.anna, "10.1.2.0/24")
    desk.sessions.end(handle_of(token), "sign_out")
    idle = desk.sessions.begin(desk.anna, None)
    desk.clocks.wait(IDLE.total_seconds())
    desk.sessions.sweep()
    rows = audit.search(desk.store.cursor())
    said = [(row["event"], row["actor"], row["result"], row["session"]) for row in reversed(rows)]
    assert said[1:] == [
        ("sign_in", "anna", "done", handle_of(token)[:12]),
        ("sign_out", "anna", "sign_out", handle_of(token)[:12]),
        ("sign_in", "anna", "done", handle_of(idle)[:12]),
        ("session_ended", "anna", "idle", handle_of(idle)[:12]),
    ]
    assert token not in str(rows)


@pytest.mark.attack(51)
def test_nobody_comes_in_where_it_cant_be_put_on_record_and_everybody_can_leave(desk: Desk) -> None:
    token = desk.sessions.begin(desk.anna, None)
    desk.store.cursor().execute("alter table audit_event rename to gone")
    with pytest.raises(audit.AuditFailed):
        desk.sessions.begin(desk.anna, None)
    assert desk.sessions.count("anna") == 1
    desk.sessions.end(handle_of(token), "sign_out")
    assert not desk.is_in(token)
    desk.store.cursor().execute("alter table gone rename to audit_event")


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(steps=st.lists(st.tuples(st.sampled_from("uwbs"), st.floats(0, 1200)), max_size=25))
@example(steps=[("w", 757.5), ("b", 1.0), ("s", 0.0), ("w", 143.0)])
def test_a_live_session_was_always_used_within_the_idle_time_and_begun_within_the_absolute(
    empty_original: Path, steps: list[tuple[str, float]]
) -> None:
    """Whatever is done: used, waited, the clock set back, the process started anew."""
    opened = open_store(":memory:")
    desk = Desk(opened)
    token = desk.sessions.begin(desk.anna, None)
    begun = used = kept = 0.0  # by a clock that nobody sets; kept: the last use that a restart knows
    real = 0.0
    for step, seconds in steps:
        if step == "w":
            desk.clocks.wait(seconds)
            real += seconds
        elif step == "b":
            desk.clocks.wall -= timedelta(seconds=seconds)
        elif step == "s":
            desk.sessions.sweep()
            kept = used
            desk.start()
        elif desk.is_in(token):
            desk.use(token)
            used = real
        if desk.is_in(token):
            assert real - max(used, kept) < IDLE.total_seconds() + 0.01
            assert real - begun < ABSOLUTE.total_seconds()
    opened.close()
