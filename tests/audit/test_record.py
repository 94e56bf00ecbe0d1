"""The record of who looked at what: complete, chained, and honest when somebody has laid hands on it."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plumbline import audit
from plumbline.audit import Actor, AuditFailed
from plumbline.store import Store

KIM = Actor("u1", "specialist", "north", session="ab12cd34", address="10.1.2.0/24")


def write(store: Store, count: int = 5) -> None:
    for number in range(count):
        audit.record(store, "patient_viewed", KIM, ("episode", f"key{number}"))


def change(store: Store, statement: str) -> None:
    """Lay hands on the record, as somebody with the file could."""
    store.cursor().execute(statement)


def test_each_row_follows_the_one_before_it(store: Store) -> None:
    write(store)
    rows = audit.search(store.cursor())
    assert [row["seq"] for row in rows] == [5, 4, 3, 2, 1]
    assert {row["found"] for row in rows} == {5}
    assert (rows[0]["actor"], rows[0]["object_key"], rows[0]["result"]) == ("u1", "key4", "done")
    assert audit.verify(store) == []
    assert audit.head(store.cursor())["seq"] == 5


def test_an_empty_record_is_a_good_one(store: Store) -> None:
    assert audit.verify(store) == []
    assert audit.head(store.cursor()) == {"seq": 0, "hash": None}


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("update audit_event set actor = 'u2' where seq = 3", "Row 3 was edited."),
        ("update audit_event set happened_at = happened_at - interval 1 hour where seq = 3", "Row 3 was edited."),
        ("update audit_event set object_key = null where seq = 3", "Row 3 was edited."),
        ("delete from audit_event where seq = 3", "Row 4 lacks rows before it."),
        ("delete from audit_event where seq = 1", "Row 2 lacks rows before it."),
        ("update audit_event set seq = 7 - seq where seq in (3, 4)", "Row 3 was edited."),
        ("insert into audit_event select * from audit_event where seq = 3", "Row 3 is there twice."),
        (
            "update audit_event set actor = 'u2', hash = sha256('made up') where seq = 3",
            "Row 4 doesn't follow the one before it.",
        ),
    ],
)
@pytest.mark.attack(51)
def test_a_row_that_was_edited_removed_added_or_moved_is_found(store: Store, statement: str, told: str) -> None:
    write(store)
    change(store, statement)
    assert told in audit.verify(store)


def test_a_cut_tail_and_a_record_written_anew_show_against_an_earlier_head(store: Store) -> None:
    write(store)
    known = audit.head(store.cursor())
    change(store, "delete from audit_event where seq > 3")
    assert audit.verify(store) == []  # nothing in the record itself says so
    assert audit.verify(store, known) == ["The record ends before row 5, which the backup has: its end was cut off."]
    write(store)
    assert audit.verify(store) == []
    assert audit.verify(store, known) == ["Row 5 isn't the one that the backup has: the record was written anew."]


@pytest.mark.attack(51)
def test_what_cannot_be_put_on_record_must_not_happen(store: Store) -> None:
    store.cursor().execute("alter table audit_event rename to gone")
    with pytest.raises(AuditFailed, match="so it isn't shown or done"):
        audit.record(store, "patient_viewed", KIM, ("episode", "key1"))


@pytest.mark.parametrize("word", ["", "two\nlines", "x" * 201, "nul\0", "unit\x1fseparator"])
def test_unclear_words_are_refused(store: Store, word: str) -> None:
    with pytest.raises(AuditFailed):
        audit.record(store, "patient_viewed", KIM, ("episode", word))
    with pytest.raises(AuditFailed):
        audit.record(store, "patient_viewed", Actor(word, "specialist"))
    assert audit.head(store.cursor())["seq"] == 0


def test_an_event_that_nobody_knows_is_refused(store: Store) -> None:
    with pytest.raises(AuditFailed, match="no event"):
        audit.record(store, "patient_veiwed", KIM)


def test_search_finds_by_time_person_event_and_object(store: Store) -> None:
    write(store)
    audit.record(store, "sign_in", Actor("u2", "auditor"))
    cursor = store.cursor()
    middle = audit.search(cursor, object="key2")[0]["happened_at"]
    assert [row["seq"] for row in audit.search(cursor, event="sign_in")] == [6]
    assert [row["seq"] for row in audit.search(cursor, actor="u1", most=2)] == [5, 4]
    assert [row["seq"] for row in audit.search(cursor, since=middle)] == [6, 5, 4, 3]
    assert [row["seq"] for row in audit.search(cursor, until=middle)] == [2, 1]
    assert audit.search(cursor, actor="u1", most=2)[0]["found"] == 5


def test_many_at_once_make_one_chain(store: Store) -> None:
    threads = [threading.Thread(target=write, args=(store, 20)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert audit.head(store.cursor())["seq"] == 80
    assert audit.verify(store) == []


letters = st.characters(min_codepoint=32, exclude_characters="\x7f", exclude_categories=["Cs"])
words = st.text(letters, min_size=1, max_size=30)
COLUMNS = ("event", "actor", "role", "clinic_id", "object_kind", "object_key", "result", "session", "address")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=st.lists(st.tuples(words, words, words), min_size=2, max_size=6), data=st.data())
def test_whatever_the_words_any_change_of_any_field_shows(store: Store, told: list[Any], data: st.DataObject) -> None:
    first = audit.head(store.cursor())["seq"]
    for actor, kind, key in told:
        audit.record(store, "export_made", Actor(actor, "specialist"), (kind, key))
    assert audit.verify(store) == []
    seq = first + data.draw(st.integers(1, len(told)))
    column, to = data.draw(st.sampled_from(COLUMNS)), data.draw(words)
    cursor = store.cursor()
    (was,) = cursor.execute(f"select {column} from audit_event where seq = ?", [seq]).fetchone()
    cursor.execute(f"update audit_event set {column} = ? where seq = ?", [to, seq])
    assert audit.verify(store) == ([] if to == was else [f"Row {seq} was edited."])
    cursor.execute(f"update audit_event set {column} = ? where seq = ?", [was, seq])
    assert audit.verify(store) == []
