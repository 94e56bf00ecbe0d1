"""What is kept of a light page is never older than what was last written: a link, an opening, a score, a signature."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from plumbline import audit
from plumbline.entry.record import save
from plumbline.entry.steps import Add, Refused
from plumbline.sharing import links, opening
from plumbline.sharing.links import Link
from plumbline.sharing.sessions import LinkSessions
from plumbline.store import Store, open_store
from plumbline.web import cache, told
from tests.sharing.made import BORN, STAFF, with_patients
from tests.writing import somebody_writes


@pytest.fixture
def store(empty_store: Path) -> Iterator[Store]:
    opened = open_store(with_patients(empty_store, p1="Rosa"))
    yield opened
    opened.close()
    cache.shared().clear()


def now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


def opened(store: Store, at: datetime | None = None) -> tuple[Link, str | None]:
    if not (found := links.listed(store, patient_id="p1")):
        links.create(store, STAFF, "p1")
        found = links.listed(store, patient_id="p1")
    link, why = told.link_of(store, found[0]["link_id"], at or now())
    assert link
    return link, why


def page(store: Store, mode: str = "demo") -> str:
    return told.page_of(store, mode, opened(store)[0], language="en", compared=True)


def test_a_page_is_kept_and_a_score_that_is_written_changes_it_at_once(store: Store) -> None:
    page(store)  # works out the flags, too, which is a write
    first = page(store)
    assert page(store) is first
    assert "<b>3</b>mild" in first
    score = {"instrument": "nrs_back", "status": "done", "value": 4, "moment_on": now().date() - timedelta(days=1)}
    save(store, "anna", "e-p1", [Add("score", score)])
    assert page(store).count("<tr id=") == first.count("<tr id=") + 1


def test_an_opening_is_told_at_once_though_it_is_written_quietly(store: Store) -> None:
    made = links.create(store, STAFF, "p1")
    before = page(store)
    assert "Opened" not in before
    opening.attempt(store, made.token, BORN, "203.0.113.7/32", "203.0.113.0/24")
    assert "today at" in page(store)


def test_a_link_that_is_taken_back_or_over_is_so_at_once(store: Store) -> None:
    link, why = opened(store)
    assert why is None
    assert opened(store, now() + timedelta(days=15))[1] == "expired"
    links.revoke(store, STAFF, link.link_id)
    assert opened(store)[1] == "revoked"
    assert told.link_of(store, "nobody's", now()) == (None, "gone")


def test_a_patient_who_has_died_is_shown_nothing_at_once(store: Store) -> None:
    opened(store)
    died = {"kind": "died", "moment_on": now().date()}
    with pytest.raises(Refused) as asked:
        save(store, "anna", "e-p1", [Add("event", died)])
    save(store, "anna", "e-p1", [Add("event", died)], confirmed={found.key for found in asked.value.findings})
    assert opened(store)[1] == "closed"


def test_without_a_signature_for_the_clinic_there_is_no_guidance(store: Store) -> None:
    assert "What to do now" in page(store)
    assert "Walk" in page(store)
    assert 'class="cards"><li>' in page(store)
    assert 'class="cards"><li>' not in page(store, "local")


def test_the_languages_and_the_switch_are_kept_apart(store: Store) -> None:
    link, _ = opened(store)
    pages = {
        (language, compared): told.page_of(store, "demo", link, language=language, compared=compared)
        for language in ("en", "es")
        for compared in (True, False)
    }
    assert len(set(pages.values())) == 4
    assert [page.count('class="edge"') for page in pages.values()] == [1, 0, 1, 0]


def test_no_patient_waits_for_an_import_to_read_their_page_or_to_leave_it(store: Store) -> None:
    with store.write() as cursor:
        cursor.execute("insert into flag_stale select 'p1' where 'p1' not in (select patient_id from flag_stale)")
    made = links.create(store, STAFF, "p1")
    shares = LinkSessions(store)
    link = opening.attempt(store, made.token, BORN, "203.0.113.7/32", None)
    assert link
    session = shares.of_link_token(shares.begin_of(link, None))
    assert session
    with somebody_writes(store):
        assert "Rosa" in page(store)
        assert "Rosa" in page(store), "kept, and asked again"
        shares.end(session.handle, "sign_out")
        assert shares.live() == []
        assert not [row for row in audit.search(store.cursor(), most=100) if row["event"] == "sign_out"]
    shares.sweep()
    assert [row["actor"] for row in audit.search(store.cursor(), most=100) if row["event"] == "sign_out"] == [
        made.link_id
    ]
