"""How often one may try, exactly; and one answer to everything that isn't right."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from plumbline import audit
from plumbline.sharing import links, opening
from plumbline.store import Store
from tests.sharing.conftest import BORN, HOME, NETWORK, STAFF, on_record

WRONG = "01.01.1950"


def attempt(store: Store, token: str, given: str = WRONG, address: str = HOME) -> links.Link | None:
    return opening.attempt(store, token, given, address, NETWORK)


@pytest.mark.attack(29)
def test_attack_29_after_five_wrong_dates_a_link_stays_shut(store: Store) -> None:
    made = links.create(store, STAFF, "p1")
    for _ in range(5):
        assert attempt(store, made.token) is None
    assert attempt(store, made.token, BORN) is None
    (row,) = links.listed(store)
    assert (row["state"], row["opens"]) == ("locked", 0)
    assert len(on_record(store, "link_locked")) == 1
    anew = links.create(store, STAFF, "p1")
    assert attempt(store, anew.token, BORN), "another link of the same patient"


@pytest.mark.attack(29)
def test_attack_29_ten_wrong_tries_from_one_address_then_it_waits(store: Store) -> None:
    made = [links.create(store, STAFF, "p1") for _ in range(11)]
    for one in made[:10]:
        assert attempt(store, one.token) is None
    with pytest.raises(opening.TooMany):
        attempt(store, made[10].token, BORN)
    assert attempt(store, made[10].token, BORN, "198.51.100.1/32"), "from elsewhere it opens"
    with store.write() as cursor:
        cursor.execute("update share_attempt set tried_at = tried_at - interval 15 minute")
    assert attempt(store, made[9].token, BORN), "a quarter of an hour later"


def test_who_opens_their_link_again_and_again_is_never_told_to_wait(store: Store) -> None:
    made = links.create(store, STAFF, "p1")
    assert all(attempt(store, made.token, BORN) for _ in range(12))


@pytest.mark.attack(30)
def test_attack_30_of_fifty_guesses_at_once_five_are_looked_at(store: Store) -> None:
    made = links.create(store, STAFF, "p1")
    guesses = [f"{1 + number % 28:02}.01.1950" for number in range(49)] + [BORN]
    with ThreadPoolExecutor(50) as pool:
        asked = [
            pool.submit(attempt, store, made.token, guess, f"203.0.113.{number}/32")
            for number, guess in enumerate(guesses)
        ]
        opened = [one.result() for one in asked]
    (row,) = links.listed(store)
    right = sum(one is not None for one in opened)
    assert right == row["opens"] <= 1
    assert row["failures"] == 50 - right
    assert row["state"] == "locked"
    assert len(on_record(store, "link_failed")) == 50 - right
    assert attempt(store, made.token, BORN, "198.51.100.1/32") is None


def test_a_hundred_wrong_tries_in_an_hour_are_an_alarm_once(store: Store) -> None:
    with store.write() as cursor:
        cursor.execute(
            "insert into share_attempt select 'a' || range, null, $now, 'x', 'wrong' from range(99)",
            {"now": links.utc_now()},
        )
    for number in range(3):
        attempt(store, "none", WRONG, f"203.0.113.{number}/32")
    assert len(on_record(store, "link_alarm")) == 1


@pytest.mark.attack(28)
@pytest.mark.parametrize("token", ["x" * 43, "x" * 42, "x" * 44, "ü" * 43, "../../etc/passwd", "a\x00b", "", "a/b"])
def test_attack_28_what_is_no_link_is_refused_like_a_wrong_date(store: Store, token: str) -> None:
    assert attempt(store, token, BORN) is None
    assert on_record(store, "link_failed") == [("link_failed", "nobody", None)]


def test_tries_at_no_link_at_all_fill_no_record(store: Store) -> None:
    assert opening.attempt(store, "x" * 43, BORN, HOME, NETWORK, may_note=lambda: False) is None
    assert on_record(store) == []


def test_what_cannot_go_on_record_opens_nothing(store: Store) -> None:
    made = links.create(store, STAFF, "p1")
    with store.write() as cursor:
        cursor.execute("alter table audit_event rename to elsewhere")
    with pytest.raises(audit.AuditFailed):
        attempt(store, made.token, BORN)
    assert links.listed(store)[0]["opens"] == 0


def test_an_address_is_kept_as_a_keyed_hash(store: Store) -> None:
    attempt(store, "x" * 43)
    (kept,) = store.cursor().execute("select address_digest from share_attempt").fetchone()
    assert "203" not in kept
    assert len(kept) == 64


def test_a_link_does_not_open_for_who_was_born_on_another_day_than_its_patient(store: Store) -> None:
    made = links.create(store, STAFF, "p1")
    for known, opens in (("1944-12", True), (None, True), ("1944-12-30", False), ("1951", False), (BORN, True)):
        with store.write() as cursor:
            cursor.execute("update patient set birth_date = $known where patient_id = 'p1'", {"known": known})
        assert (attempt(store, made.token, BORN) is not None) is opens, known
    by_code = links.create(store, STAFF, "p1", factor="code")
    assert attempt(store, by_code.token, by_code.code or "")


def test_what_is_no_date_and_no_code_locks_nobody_out_and_is_no_more_welcome(store: Store) -> None:
    made = links.create(store, STAFF, "p1")
    told = ("31 Dec 1944", "31.12.44", "31 de diciembre de 1944", "", None, "12345", "32 12 1944")
    for number, given in enumerate(told):
        assert opening.attempt(store, made.token, given, f"198.51.100.{number}/32", NETWORK) is None
    assert len(on_record(store, "link_failed")) == len(told)
    assert attempt(store, made.token, BORN)
    for _ in range(10):
        assert attempt(store, made.token, "31.12.44") is None
    with pytest.raises(opening.TooMany):
        attempt(store, made.token, "31.12.44")
    (row,) = links.listed(store)
    assert (row["state"], row["failures"]) == ("open", 0)
