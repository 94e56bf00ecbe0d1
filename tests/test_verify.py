"""A sound store is told from one in which something was broken by hand, whatever the table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest

from plumbline import audit, protocol, sql, worklist
from plumbline.access import accounts
from plumbline.access.sessions import Sessions
from plumbline.cohorts import Definition, others, release, saved
from plumbline.entry import drafts
from plumbline.intake import mappings, undo
from plumbline.known import DATED, DERIVED, FACTS, OF_BATCH, PRESENT
from plumbline.sharing import links, opening
from plumbline.store import REFERENCE, Store, open_store
from plumbline.verify import CHECKS, summaries, verify
from tests.cli.test_main import ask
from tests.intake.conftest import Desk
from tests.intake.test_questionnaires import forms, sheet

pytestmark = pytest.mark.slow

KEY, GRAIN = "one current row for each key", "every table has its grain"
PERSON, ORIGIN = "every fact has its patient and its episode", "every fact has its import and what it took the place of"
SPOKEN, WORDS = "every row has what it speaks of", "every word is one of its set"
COUNTS, RULES = "the counts of every import add up", "the rules are those of data/reference"
FLAGS, SUMMARY = "the flags are what the facts give", "the summaries are what the facts give"
COHORTS = "every cohort says what it said"
CUBE = "the cube is what the summaries give"
SIGNED = "every signature is of what its timeline says"
LINES, LINE_COUNTS = "the worklist's lines are what the facts give", "the worklist's counts are those of its lines"
ONE = "(select min({key}) from {table} where {where})"
# table, its row id, what is done to one row, the check that names it
BROKEN = [
    ("account", "account_id", "update {table} set role = 'unheard' where {one}", WORDS),
    ("account", "account_id", "insert into {table} from (select * from {table} where {one})", KEY),
    ("account", "account_id", "insert into {table} from (select * from {table} where {one})", GRAIN),
    ("account_session", "session", "update {table} set account_id = 'none' where {one}", SPOKEN),
    ("account_session", "session", "insert into {table} from (select * from {table} where {one})", GRAIN),
    ("share_link", "link_id", "update {table} set patient_id = 'nobody' where {one}", SPOKEN),
    ("share_link", "link_id", "update {table} set holder = 'anybody' where {one}", WORDS),
    ("share_link", "link_id", "insert into {table} from (select * from {table} where {one})", GRAIN),
    ("share_attempt", "attempt_id", "update {table} set link_id = 'none' where {one}", SPOKEN),
    ("share_attempt", "attempt_id", "update {table} set outcome = 'perhaps' where {one}", WORDS),
    ("audit_event", "seq", "update {table} set actor = 'x' where {one}", "the record is as it was written"),
    ("clinic", "clinic_id", "delete from {table} where {one}", SPOKEN),
    ("patient", "patient_row_id", "update {table} set clinic_id = 'nowhere' where {one}", SPOKEN),
    ("patient", "patient_row_id", "delete from {table} where {one}", PERSON),
    ("episode", "episode_row_id", "update {table} set pathway = 'unheard' where {one}", WORDS),
    ("episode", "episode_row_id", "delete from {table} where {one}", PERSON),
    ("treated_level", "treated_level_id", "update {table} set level = 'T13' where {one}", WORDS),
    ("treated_level", "treated_level_id", "update {table} set episode_id = 'none' where {one}", PERSON),
    ("score", "score_id", "update {table} set instrument = 'unheard' where {one}", WORDS),
    (
        "score",
        "score_id",
        "insert into {table} from (select * replace ('twin' as score_id) from {table} where {one})",
        KEY,
    ),
    ("score", "score_id", "insert into {table} from (select * from {table} where {one})", GRAIN),
    ("score", "score_id", "update {table} set batch_id = 'none' where {one}", ORIGIN),
    ("score", "score_id", "update {table} set supersedes = 'none' where {one}", ORIGIN),
    ("score", "score_id", "update {table} set episode_id = null where {one}", "every score stands in its course"),
    ("score", "score_id", "update {table} set value = value + 1 where {one}", SUMMARY),
    (
        "score_item",
        "score_item_id",
        "update {table} set points = 5 - points where {one}",
        "every score is what its items give",
    ),
    ("score_item", "score_item_id", "delete from {table} where {one}", "every score is what its items give"),
    ("score_item", "score_item_id", "update {table} set score_id = 'none' where {one}", SPOKEN),
    ("milestone_event", "milestone_event_id", "update {table} set status = 'unheard' where {one}", WORDS),
    ("milestone_event", "milestone_event_id", "delete from {table} where {one}", SUMMARY),
    ("note", "note_id", "update {table} set patient_id = 'nobody' where {one}", PERSON),
    ("event", "event_id", "update {table} set kind = 'unheard' where {one}", WORDS),
    ("medication", "medication_id", "update {table} set episode_id = 'none' where {one}", PERSON),
    ("flag_action", "flag_action_id", "update {table} set episode_id = 'none' where {one}", PERSON),
    ("goal", "goal_id", "delete from {table}", SPOKEN),
    ("goal_review", "goal_review_id", "update {table} set goal_key = 'none' where {one}", SPOKEN),
    ("contact_attempt", "contact_attempt_id", "update {table} set outcome = 'unheard' where {one}", WORDS),
    ("protocol_signature", "protocol_signature_id", "update {table} set clinic_id = 'nowhere' where {one}", SPOKEN),
    ("protocol_signature", "protocol_signature_id", "update {table} set timeline_version = 'x' where {one}", WORDS),
    ("protocol_signature", "protocol_signature_id", "update {table} set content_digest = 'x' where {one}", SIGNED),
    (
        "protocol_signature",
        "protocol_signature_id",
        "insert into {table} from (select * replace ('twin' as protocol_signature_id) from {table} where {one})",
        KEY,
    ),
    ("change", "change_id", "update {table} set patient_id = 'nobody' where {one}", SPOKEN),
    ("change", "change_id", "insert into {table} from (select * from {table} where {one})", GRAIN),
    ("draft", "field", "update {table} set episode_id = 'none' where {one}", SPOKEN),
    ("import_batch", "batch_id", "update {table} set accepted = accepted + 1 where {one}", COUNTS),
    ("import_batch", "batch_id", "delete from {table} where {one}", SPOKEN),
    ("import_file", "batch_id", "update {table} set rejected = rejected + 1 where {one}", COUNTS),
    ("import_reject", "batch_id", "delete from {table} where {one}", COUNTS),
    ("import_mapping", "batch_id", "update {table} set batch_id = 'none' where {one}", SPOKEN),
    ("import_undo", "batch_id", "update {table} set batch_id = 'none' where {one}", SPOKEN),
    (
        "mapping",
        "name",
        "update {table} set yaml = replace(yaml, '0-5', '1-6') where {one}",
        "every saved mapping says what it said",
    ),
    ("cohort", "version", "update {table} set definition = replace(definition, 'female', 'male') where {one}", COHORTS),
    ("cohort", "version", "update {table} set digest = 'other' where {one}", COHORTS),
    ("cohort", "version", "delete from {table} where {one}", COHORTS),
    ("cohort", "version", "insert into {table} from (select * from {table} where {one})", COHORTS),
    ("cohort_release", "digest", "update {table} set definition = '{{}}' where {one}", COHORTS),
    ("cohort_release", "digest", "update {table} set without = ['all'] where {one}", COHORTS),
    ("cohort_release", "digest", "update {table} set kind = 'sold' where {one}", COHORTS),
    ("cohort_release", "digest", "insert into {table} from (select * from {table} where {one})", COHORTS),
    ("episode_summary", "episode_id", "update {table} set baseline = 9.5 where {one}", SUMMARY),
    ("score_cube", "week", "update {table} set scores = scores + 1 where {one}", CUBE),
    ("score_cube", "week", "delete from {table} where {one}", CUBE),
    ("flag_run", "episode_id", "delete from {table} where {one}", FLAGS),
    ("flag_stale", "patient_id", "insert into {table} values ('nobody')", SPOKEN),
    ("worklist_line", "episode_id", "update {table} set verdict = 'closed' where {one}", LINES),
    ("worklist_line", "episode_id", "delete from {table} where {one}", LINES),
    ("worklist_count", "verdict", "update {table} set lines = lines + 1 where {one}", LINE_COUNTS),
    ("worklist_day", "as_of", "delete from {table} where {one}", SPOKEN),
    ("worklist_stale", "patient_id", "insert into {table} values (date '2026-11-23', 'nobody')", SPOKEN),
    ("store_meta", "name", "insert into {table} from (select * from {table} where {one})", GRAIN),
    ("schema_migration", "name", "delete from {table} where {one}", "the schema is the one of data/schema"),
    ("reference_digest", "file", "update {table} set digest = 'other' where {one}", RULES),
    (
        "expected_band",
        "instrument",
        "update {table} set p90 = p90 + 1 where {one}",
        "the expected band is what the curves give",
    ),
]


class _Back(Exception):
    """Ends the transaction of a damage."""


@pytest.fixture(scope="module")
def store(demo_original: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A demo store in which every table has a row: items, a mapping, an undone import, a draft, a day's lines …"""
    folder = tmp_path_factory.mktemp("verify")
    (folder / "demo.duckdb").write_bytes(demo_original.read_bytes())
    opened = open_store(folder / "demo.duckdb")
    opened.set_meta("synthetic", "false")
    desk = Desk(opened, folder)
    mapping = mappings.save(opened, forms(), "Dana")
    for day in ("06", "07"):
        desk.take(sheet(f"p1 {day} 0 1 1 1 1 1 1 1 1 1", "p2 06 9 1 1 1 1 1 1 1 1 1"), mapping=mapping)
    (batch, *_) = sql.rows(opened.cursor(), "import/batch_by_start", clinics=None, by=None)
    undo.undo(opened, "Dana", batch["batch_id"])
    (course,) = opened.cursor().execute("select min(episode_id) from episode where retracted_at is null").fetchone()
    drafts.keep(opened, drafts.Place("Dana", course, "note"), {"text": "half a word"})
    audit.record(opened, "start", audit.SYSTEM)
    protocol.sign(opened, audit.SYSTEM, "kyphoplasty-2026.1", "Dr Ada Example", "Spine surgeon")
    accounts.add(opened, audit.SYSTEM, "dana", issuer="i", subject="s", role="specialist", clinics=None)
    Sessions(opened).begin(accounts.Account("dana", "specialist", None, ("i", "s")), None)
    (patient,) = opened.cursor().execute("select min(patient_id) from patient where retracted_at is null").fetchone()
    made = links.create(opened, audit.SYSTEM, patient, factor="code")
    opening.attempt(opened, made.token, made.code, "203.0.113.7/32", None)
    worklist.make_ready(opened, date(2026, 11, 23))
    for told in ({"sex": ["female"]}, {"sex": ["female"], "age": {"from": 70}}):
        known = [one.cohort_id for one in saved.listed(opened)]
        saved.save(opened, audit.SYSTEM, "Women", Definition.of(told), cohort_id=known[0] if known else None)
    women = Definition.of({"sex": ["female"]})
    release.look(opened, audit.SYSTEM, [women, others(women)], date(2026, 11, 23))
    yield opened
    opened.close()


def damaged(store: Store, check: str, *statements: str) -> list[str]:
    """What a check finds once these are done; then all is as before."""
    found: list[str] = []
    with suppress(_Back), store.write(quietly=True) as cursor:
        for statement in statements:
            cursor.execute(statement)
        found = CHECKS[check](cursor) if check in CHECKS else summaries(cursor)[check]
        raise _Back
    return found


def test_a_sound_store_is_sound_and_stays_as_it_is(store: Store) -> None:
    kept = store.cursor().execute("from episode_summary order by episode_id").fetchall()
    assert verify(store) == []
    assert store.cursor().execute("from episode_summary order by episode_id").fetchall() == kept


def test_every_table_is_damaged_here() -> None:
    assert {table for table, *_ in BROKEN} == {*FACTS, *DATED, *DERIVED, *OF_BATCH, *PRESENT}


@pytest.mark.parametrize(("table", "key", "damage", "check"), BROKEN, ids=[f"{one[0]}: {one[3]}" for one in BROKEN])
def test_what_is_broken_in_a_table_is_named(store: Store, table: str, key: str, damage: str, check: str) -> None:
    where = "retracted_at is null" if table in FACTS and "batch_id" not in damage else "true"
    if table == "score":
        where = (
            "retracted_at is null and status = 'done' and score_id in (select baseline_score_id from episode_summary)"
        )
    if table == "patient":
        where = "retracted_at is null and patient_id in (select patient_id from score)"
    if table == "episode":
        where = "retracted_at is null and episode_id in (select episode_id from note)"
    if table == "milestone_event":
        where = "retracted_at is null and status = 'achieved'"
    if table == "score_item":
        where = "retracted_at is null and points is not null"
    if table == "expected_band":
        where = "p90 is not null"
    one = f"{key} = " + ONE.format(key=key, table=table, where=where)
    assert damaged(store, check, damage.format(table=table, one=one)) != []


def test_a_row_changed_in_any_reference_table_is_named(store: Store) -> None:
    tables = sorted(path.stem for path in REFERENCE.glob("*.csv"))
    changes = [
        f"update {table} set source = 'changed' where rowid = (select min(rowid) from {table})" for table in tables
    ]
    assert damaged(store, RULES, *changes) == tables
    gone = f"delete from {tables[-1]} where rowid = (select min(rowid) from {tables[-1]})"
    assert damaged(store, RULES, gone) == tables[-1:]


def test_the_command_says_what_is_wrong(copy_demo_store: Callable[[Path], Path], tmp_path: Path) -> None:
    path = copy_demo_store(tmp_path / "demo.duckdb")
    ended = ask("verify", "--store", path)
    assert (ended.returncode, "sound" in ended.stdout) == (0, True), ended.stdout
    opened = open_store(path)
    with opened.write() as cursor:
        cursor.execute("update note set patient_id = 'nobody' where note_id = (select min(note_id) from note)")
    opened.close()
    ended = ask("verify", "--store", path)
    assert (ended.returncode, "lacks patient nobody" in ended.stdout) == (1, True), ended.stdout
