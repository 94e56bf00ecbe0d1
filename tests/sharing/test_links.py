"""A link is made once, shown once, and good until one of its ends."""

from __future__ import annotations

from datetime import timedelta

import pytest

from plumbline import audit, sql
from plumbline.errors import NotAllowed, NotFound, PlumblineError
from plumbline.sharing import links, opening, sweeping
from plumbline.store import Store
from tests.facts import Facts
from tests.sharing.conftest import BORN, HOME, NETWORK, STAFF, on_record


def tried(store: Store, made: links.Made, given: str = BORN) -> links.Link | None:
    return opening.attempt(store, made.token, given, HOME, NETWORK)


def test_the_store_and_the_record_never_hold_what_opens_a_link(store: Store) -> None:
    made = links.create(store, STAFF, "p1", factor="code")
    assert made.code
    assert made.path == f"/s/{made.token}"
    assert len(made.token) == 43
    assert on_record(store) == [("link_created", "anna", made.link_id)]
    store.cursor().execute("checkpoint")
    whole = b"".join(path.read_bytes() for path in store.path.parent.glob("empty.duckdb*"))
    assert made.link_id.encode() in whole
    for secret in (made.token, f":{made.code}"):
        assert secret.encode() not in whole
    (row,) = links.listed(store)
    assert not {made.token, made.code} & set(map(str, row.values()))


def test_a_link_works_for_two_weeks_unless_chosen_and_for_ninety_days_at_most(store: Store) -> None:
    made = links.create(store, STAFF, "p1")
    assert abs(made.expires_at - links.utc_now() - timedelta(days=14)) < timedelta(minutes=1)
    assert links.create(store, STAFF, "p1", days_open=90).expires_at > made.expires_at
    for days_open in (0, -1, 91):
        with pytest.raises(PlumblineError, match="90 days"):
            links.create(store, STAFF, "p1", days_open=days_open)


def test_a_birthday_that_isnt_known_to_the_day_leaves_the_code(store: Store) -> None:
    with pytest.raises(PlumblineError, match="6-digit code"):
        links.create(store, STAFF, "p2")
    assert on_record(store) == []
    made = links.create(store, STAFF, "p2", factor="code")
    assert tried(store, made, made.code or "")


def test_links_of_another_clinic_are_neither_made_listed_nor_taken_back(store: Store) -> None:
    made = links.create(store, STAFF, "p1", clinics=("c1",))
    with pytest.raises(NotAllowed):
        links.create(store, STAFF, "p1", clinics=("c2",))
    assert [row["link_id"] for row in links.listed(store, clinics=("c1",))] == [made.link_id]
    assert links.listed(store, clinics=("c2",)) == []
    with pytest.raises(NotAllowed):
        links.revoke(store, STAFF, made.link_id, clinics=("c2",))
    with pytest.raises(NotFound):
        links.revoke(store, STAFF, "none")
    assert tried(store, made)


def test_openings_and_failures_are_counted_and_told_to_the_patient(store: Store) -> None:
    made = links.create(store, STAFF, "p1", holder="carer")
    assert tried(store, made, "01.01.1950") is None
    assert tried(store, made)
    (row,) = links.listed(store, patient_id="p1")
    assert (row["opens"], row["failures"], row["state"]) == (1, 1, "open")
    told = links.openings(store.cursor(), "p1", "Europe/Madrid")
    assert [who for _, who in told] == ["carer", "failed"]
    assert told[0][0].tzname() in {"CET", "CEST"}
    assert links.openings(store.cursor(), "p2", None) == ()


@pytest.mark.attack(31)
@pytest.mark.parametrize("how", ["expired", "revoked", "died", "withdrew", "ended", "undone"])
def test_attack_31_a_link_that_has_ended_refuses_the_right_date(store: Store, how: str) -> None:
    made = links.create(store, STAFF, "p1")
    end(store, how, made)
    assert tried(store, made) is None
    if how in {"died", "withdrew", "ended", "undone"}:
        with pytest.raises(PlumblineError):
            links.create(store, STAFF, "p1")


def end(store: Store, how: str, made: links.Made) -> None:
    """Bring a link to one of its ends."""
    past = links.utc_now() - timedelta(minutes=1)
    if how == "revoked":
        links.revoke(store, STAFF, made.link_id)
        return
    if how == "withdrew":
        facts = Facts()
        facts.add("event", patient_id="p1", episode_id="e-p1", kind="withdrew", happened_on=past.date(),
                  happened_at=None, detail=None)  # fmt: skip
        facts.write(store)
        return
    does = {
        "expired": "update share_link set expires_at = $past",
        "died": "update patient set died_on = $past::date where patient_id = 'p1'",
        "ended": "update episode set performed_on = performed_on - 730 where $past is not null",
        "undone": "update patient set retracted_at = $past where patient_id = 'p1'",
    }
    with store.write() as cursor:
        cursor.execute(does[how], {"past": past})
    Facts().write(store)


def test_a_link_shows_the_newest_course_that_has_begun(store: Store) -> None:
    facts = Facts()
    today = links.utc_now().date()
    for episode, days in (("later", 3), ("newest", -2)):
        facts.episode(episode, performed_on=today + timedelta(days=days))
    facts.write(store)
    link = links.of_id(store.cursor(), links.create(store, STAFF, "p1").link_id)
    assert link
    assert links.course(store.cursor(), link, today) == "newest"
    assert links.course(store.cursor(), link, today + timedelta(days=3)) == "later"
    assert links.course(store.cursor(), link, today - timedelta(days=99)) is not None


def test_what_ended_is_on_record_once_and_gone_after_ninety_days(store: Store) -> None:
    old, new = (links.create(store, STAFF, "p1") for _ in range(2))
    assert tried(store, old)
    assert sweeping.sweep(store) == {"ended": 0, "removed": 0}
    with store.write() as cursor:
        sql.run(cursor, "sharing/note_end", link_id="none", noted_at=links.utc_now())
        cursor.execute(
            "update share_link set expires_at = $at where link_id = $link",
            {"at": links.utc_now() - timedelta(days=89), "link": old.link_id},
        )
    assert sweeping.sweep(store) == {"ended": 1, "removed": 0}
    assert sweeping.sweep(store) == {"ended": 0, "removed": 0}
    assert [row["state"] for row in links.listed(store) if row["link_id"] == old.link_id] == ["expired"]
    with store.write() as cursor:
        cursor.execute("update share_link set expires_at = expires_at - interval 2 day where link_id = $link",
                       {"link": old.link_id})  # fmt: skip
    assert sweeping.sweep(store) == {"ended": 0, "removed": 1}
    assert [row["link_id"] for row in links.listed(store)] == [new.link_id]
    assert store.cursor().execute("select count(*) from share_attempt").fetchone() == (0,)
    assert on_record(store, "link_expired", "link_opened") == [
        ("link_opened", old.link_id, old.link_id), ("link_expired", "system", old.link_id),
    ]  # fmt: skip
    assert audit.verify(store) == []
