"""Signing a timeline: by a named person, of exactly what is shown, on record, and for as long as nothing changes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from plumbline import audit, commands, known, protocol, sql, verify
from plumbline.access import accounts
from plumbline.cli.main import app
from plumbline.errors import NotAllowed, NotFound, PlumblineError
from plumbline.protocol import NotSigned, guidance_allowed
from plumbline.store import REFERENCE, Store, open_store, reference_frame
from tests.facts import VERSION, Facts

SURGEON = audit.Actor("u1", "specialist")
NAME, TITLE = "Dr Ada Example", "Consultant spine surgeon"
# The hash of what kyphoplasty-2026.1 says. Whoever changes it ends every signature that was given: a release must say
# so under "Unreleased", and clinicians sign anew.
PUBLISHED = "54b3ae718244b2f265b68e3a109af28661ee1b60d14ee28d8e90398c212acaeb"
SHARED = (
    *("pathway", "instrument", "meaningful_change", "event_kind", "verdict"),
    *("situation", "situation_line", "help_sign", "patient_step", "patient_answer"),
)


@pytest.fixture
def store(empty_store: Path) -> Iterator[Store]:
    opened = open_store(empty_store)
    facts = Facts()
    for clinic_id in ("north", "so'uth", "öst"):
        facts.clinic(clinic_id, name=clinic_id.capitalize())
    facts.write(opened)
    yield opened
    opened.close()


def sign(store: Store, *clinics: str | None, **how: Any) -> list[str]:
    return protocol.sign(store, SURGEON, VERSION, NAME, TITLE, clinics=clinics or (None,), **how)


def allowed(store: Store, clinic_id: str, mode: str = "oidc", version: str | None = VERSION) -> bool:
    return guidance_allowed(store.cursor(), clinic_id, mode, version)


def events(store: Store) -> list[tuple[Any, ...]]:
    rows = audit.search(store.cursor())
    return [(row["event"], row["actor"], row["object_kind"], row["object_key"]) for row in reversed(rows)]


def change(store: Store, statement: str) -> None:
    with store.write() as cursor:
        cursor.execute(statement)


def test_nobody_has_signed_for_anybody(store: Store) -> None:
    assert [row["is_signed"] for row in protocol.standing(store.cursor())] == [False] * 4
    assert protocol.signatures(store.cursor()) == []


def test_patients_of_an_unsigned_clinic_see_no_guidance_outside_demo(store: Store) -> None:
    modes = ("demo", "local", "oidc", "proxy", "")
    assert [allowed(store, "north", mode) for mode in modes] == [True, False, False, False, False]
    sign(store, "north")
    assert [allowed(store, "north", mode) for mode in modes] == [True] * 5
    assert [allowed(store, other) for other in ("so'uth", "öst", "", "nowhere")] == [False] * 4


def test_without_a_timeline_or_by_another_one_there_is_no_guidance(store: Store) -> None:
    sign(store)
    assert not allowed(store, "north", version=None)
    assert not allowed(store, "north", version="kyphoplasty-2030.1")


def test_a_signature_for_every_clinic_holds_for_one_that_comes_later(store: Store) -> None:
    sign(store)
    later = Facts()
    later.clinic("later")
    later.write(store)
    assert allowed(store, "later")
    assert {row["signed_name"] for row in protocol.standing(store.cursor())} == {NAME}


def test_a_signature_says_who_for_which_clinic_of_what_and_when_and_is_on_record(store: Store) -> None:
    ids = sign(store, "north", "so'uth")
    found = protocol.signatures(store.cursor())
    assert {row["protocol_signature_id"] for row in found} == set(ids)
    assert {row["clinic_id"] for row in found} == {"north", "so'uth"}
    said = {(row["signed_name"], row["signed_title"], row["recorded_by"], row["content_digest"]) for row in found}
    assert said == {(NAME, TITLE, "u1", PUBLISHED)}
    assert events(store) == [("protocol_signed", "u1", "timeline", VERSION)]
    assert NAME not in str(audit.search(store.cursor())), "the record holds keys and no names"


def test_what_cannot_be_put_on_record_is_not_signed(store: Store) -> None:
    store.cursor().execute("alter table audit_event rename to gone")
    with pytest.raises(audit.AuditFailed):
        sign(store)
    assert protocol.signatures(store.cursor()) == []


@pytest.mark.parametrize("name", ["", "  ", "...", "D", "x\u202ey" * 2, "a" * 121, "12 34"])
def test_a_name_or_a_role_that_says_nothing_or_hides_something_is_refused(store: Store, name: str) -> None:
    for given in ({"name": name, "title": TITLE}, {"name": NAME, "title": name}):
        with pytest.raises(NotSigned, match="type it"):
            protocol.sign(store, SURGEON, VERSION, **given)
    assert events(store) == []


@pytest.mark.parametrize(
    ("clinics", "how", "said"),
    [
        ((), {}, "Choose for which clinics"),
        (("nowhere",), {}, "no clinic nowhere"),
        ((None,), {"digest": "0" * 64}, "says something else than what you were shown"),
    ],
)
def test_what_cannot_be_signed_says_why_and_nothing_is_stored(
    store: Store, clinics: tuple[Any, ...], how: dict[str, Any], said: str
) -> None:
    with pytest.raises(NotSigned, match=said):
        protocol.sign(store, SURGEON, VERSION, NAME, TITLE, clinics=clinics, **how)
    with pytest.raises(NotSigned, match="There is no timeline"):
        protocol.sign(store, SURGEON, "other", NAME, TITLE)
    assert (protocol.signatures(store.cursor()), events(store)) == ([], [])


def test_an_account_signs_and_withdraws_for_its_own_clinics_only(store: Store) -> None:
    for clinics in [(None,), ("öst",), ("north", "öst")]:
        with pytest.raises(NotAllowed):
            sign(store, *clinics, allowed=("north",))
    (one,) = sign(store, "öst", allowed=("öst", "north"))
    with pytest.raises(NotAllowed):
        protocol.withdraw(store, SURGEON, one, "not mine", allowed=("north",))
    assert allowed(store, "öst")
    seen = {row["clinic_id"] for row in protocol.standing(store.cursor(), ("north",))}
    assert seen == {"north", None}
    assert protocol.signatures(store.cursor(), ("north",)) == []


def test_a_clinic_is_signed_for_once(store: Store) -> None:
    sign(store, "north")
    with pytest.raises(NotSigned, match=f"signed already for north, by {NAME}"):
        sign(store, "north")
    sign(store)
    with pytest.raises(NotSigned, match="signed already"):
        sign(store, "öst")


def test_a_withdrawn_signature_no_longer_counts_and_stays_to_be_read(store: Store) -> None:
    (one,) = sign(store, "north")
    with pytest.raises(NotSigned, match="reason is missing"):
        protocol.withdraw(store, SURGEON, one, " ")
    protocol.withdraw(store, SURGEON, one, "new evidence")
    assert not allowed(store, "north")
    (left,) = protocol.signatures(store.cursor())
    assert (left["counts"], left["retracted_by"], left["retracted_why"]) == (False, "u1", "new evidence")
    assert events(store)[-1] == ("protocol_withdrawn", "u1", "timeline", VERSION)
    with pytest.raises(NotFound):
        protocol.withdraw(store, SURGEON, one, "again")
    sign(store, "north")
    assert allowed(store, "north")


def test_when_anything_changes_the_signature_no_longer_counts_until_it_is_signed_anew(store: Store) -> None:
    (first,) = sign(store, "north")
    change(store, "update threshold set value = value + 1 where threshold = 'new_problem_rise'")
    assert not allowed(store, "north")
    (row,) = [row for row in protocol.standing(store.cursor()) if row["clinic_id"] == "north"]
    assert (row["is_signed"], row["is_lapsed"], row["signed_name"]) == (False, True, NAME)
    assert protocol.lapsed(store.cursor()) == [f"{VERSION} north"]
    (second,) = sign(store, "north")
    assert allowed(store, "north")
    rows = dict(store.cursor().execute("select protocol_signature_id, supersedes from protocol_signature").fetchall())
    assert rows == {first: None, second: first}
    assert verify.CHECKS["one current row for each key"](store.cursor()) == []


def test_the_hash_is_of_every_row_and_column_that_a_patient_is_judged_by(store: Store) -> None:
    """Each cell of each table that has a version, and of those that all versions share, but for who reviewed it."""
    with_version = [path.stem for path in REFERENCE.glob("*.csv") if "timeline_version" in reference_frame(path.stem)]
    cursor = store.cursor()
    missed = []
    for table in (*with_version, *SHARED):
        for column in reference_frame(table):
            if column.startswith("reviewed_") or column == "timeline_version":
                continue
            cursor.execute("begin transaction")
            (kind,) = cursor.execute(
                "select data_type from duckdb_columns() where table_name = ? and column_name = ?", [table, column]
            ).fetchone()
            other = {"VARCHAR": f"coalesce({column}, '') || 'x'", "BOOLEAN": f"not {column}"}.get(
                kind, f"{column} + 1"
            )
            where = {"instrument": "instrument = 'nrs_back'", "pathway": "pathway = 'kyphoplasty'"}.get(table, "true")
            cursor.execute(f"update {table} set {column} = {other} where {where}")
            if _digest(cursor) == PUBLISHED:
                missed.append(f"{table}.{column}")
            cursor.execute("rollback")
    assert missed == []


def _digest(cursor: Any) -> str:
    return str(sql.rows(cursor, "protocol/digest_by_timeline")[0]["content_digest"])


def test_who_reviewed_a_row_of_the_files_is_no_part_of_the_hash(store: Store) -> None:
    change(store, "update threshold set reviewed_by = 'somebody'")
    assert _digest(store.cursor()) == PUBLISHED


def test_what_the_page_shows_is_each_row_of_what_is_signed_with_all_of_its_values(store: Store) -> None:
    shown = protocol.content(store, VERSION)
    told = sql.rows(store.cursor(), "protocol/told_by_row")
    assert len(shown) == len(told) == sql.rows(store.cursor(), "protocol/digest_by_timeline")[0]["rows"]
    words = "\n".join(f"{row['label']} {row['says']} {row['source']}" for row in shown)
    for row in told:
        values = json.loads(row["said"])
        lacking = [
            value for name, value in values.items()
            if isinstance(value, str) and name not in {"confidence", "timeline_version"} and value not in words
        ]  # fmt: skip
        assert lacking == []
    (milestone,) = [row for row in shown if row["label"] == "Stairs" and row["part"] == "Milestone"]
    assert "earliest day 0 · expected day 2 · late day 7" in milestone["says"]
    assert {row["how_known"] for row in shown if not row["is_published"]} >= {"our convention", "assumed"}
    with pytest.raises(NotFound):
        protocol.content(store, "other")


def test_a_signature_is_there_in_the_past_only_from_its_instant_on(store: Store) -> None:
    sign(store, "north")
    (row,) = protocol.signatures(store.cursor())
    before = known.as_known(store, row["signed_at"].replace(year=row["signed_at"].year - 1))
    assert protocol.signatures(before.cursor()) == []
    with pytest.raises(PlumblineError, match="The past can't be changed"):
        sign(before)


def test_the_commands_list_show_sign_and_withdraw(store: Store) -> None:
    path = store.path
    store.close()

    def call(*words: str) -> tuple[int, str]:
        result = CliRunner().invoke(app, ["protocol", *words, "--store", str(path)])
        return result.exit_code, result.output

    by = ("--by", "u7", "--name", NAME, "--title", TITLE)
    assert "not signed" in call("list")[1]
    assert "earliest day" in call("show", VERSION)[1]
    assert call("sign", VERSION, *by[:4])[0] == 2, "the role is never filled in"
    code, said = call("sign", VERSION, *by, "--clinic", "north", "--clinic", "öst", "--json")
    answer = json.loads(said)
    assert (code, len(answer["signatures"]), answer["digest"]) == (0, 2, PUBLISHED)
    code, said = call("list", "--json")
    signed = {row["clinic_id"]: row["is_signed"] for row in json.loads(said)["standing"]}
    assert signed == {"north": True, "so'uth": False, "öst": True, None: False}
    assert call("sign", VERSION, *by, "--clinic", "north")[0] == 2
    assert call("withdraw", answer["signatures"][0], "--by", "u7", "--why", "a slip")[0] == 0
    code, said = call("list")
    assert all(word in said for word in ("a slip", "u7", NAME, "öst"))


def test_the_command_signs_only_in_the_name_of_an_account_that_may_and_the_record_says_who_typed(store: Store) -> None:
    accounts.add(store, audit.SYSTEM, "a.surgeon", issuer="i", subject="1", role="specialist", clinics=("north",))
    accounts.add(store, audit.SYSTEM, "b.steward", issuer="i", subject="2", role="data_steward", clinics=None)
    told = {"version": VERSION, "name": NAME, "title": TITLE, "typed_by": "root"}

    def ask(by: str, *clinics: str) -> Any:
        return commands.run(store, "protocol_sign", told | {"by": by, "clinics": clinics or None}, lambda *_: None)

    for by, clinics in [("nobody", ("north",)), ("b.steward", ("north",)), ("a.surgeon", ()), ("a.surgeon", ("öst",))]:
        assert "error" in ask(by, *clinics)
    assert protocol.signatures(store.cursor()) == []
    assert "error" not in ask("a.surgeon", "north")
    (row,) = protocol.signatures(store.cursor())
    assert (row["recorded_by"], events(store)[-1][:2]) == ("a.surgeon", ("protocol_signed", "root"))
    accounts.disable(store, audit.SYSTEM, "a.surgeon")
    assert "no open account" in ask("a.surgeon", "north")["error"]
