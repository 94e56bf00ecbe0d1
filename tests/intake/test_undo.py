"""An undone import leaves the store as if it had never been; what staff said since stays; nothing is erased."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plumbline import audit, flag_runs, sql
from plumbline.entry import record
from plumbline.entry.steps import Add, Correct, Refused, Retract, Step
from plumbline.errors import NotFound, PlumblineError
from plumbline.intake import undo
from plumbline.known import as_known
from plumbline.sharing import links, opening
from plumbline.store import open_store
from plumbline.verify import verify
from tests.intake.conftest import BASE, Desk
from tests.intake.test_properties import FILES, Rows, written

SCORE = {"scores.csv": "patient_id,taken_at,instrument,value\np1,2026-01-06,nrs_back,7\np1,2026-01-09,nrs_back,5\n"}
OTHER = {"scores.csv": "patient_id,taken_at,instrument,value\np1,2026-01-06,nrs_back,3\np2,2026-02-03,nrs_back,6\n"}
NEW = {
    "patients.csv": "patient_id,birth_date,sex,clinic\np3,1950,male,west\np4,1950,male,west\n",
    "episodes.csv": "episode_id,patient_id,performed_at,levels\ne3,p3,2026-02-01,L3;L4\ne4,p4,2026-02-01,L3\n",
    "scores.csv": "patient_id,taken_at,instrument,value\np3,2026-02-03,nrs_back,6\np4,2026-02-03,nrs_back,6\n",
}


PEOPLE = {name: text for name, text in NEW.items() if name != "scores.csv"}


def stored(desk: Desk) -> Any:
    """Everything that pages read, without ids: facts, summaries, flags."""
    flag_runs.refresh(desk.store)
    every = "select * exclude (episode_key, baseline_score_id, key_number) from episode_summary order by all"
    summaries = desk.store.cursor().execute(every).fetchall()
    flags = desk.store.cursor().execute(
        "select patient_id, episode_id, rule, subject, raised_on, cleared_on from flag_run order by all"
    )
    return desk.facts(), [without_ids(row) for row in summaries], flags.fetchall()


def without_ids(value: Any) -> Any:
    """What a restored row says is the same; its id is not."""
    if isinstance(value, dict):
        return {name: without_ids(one) for name, one in value.items() if not name.endswith("_id")}
    return [without_ids(one) for one in value] if isinstance(value, list | tuple) else value


def batch_of(desk: Desk, files: dict[str, Any], **options: Any) -> str:
    return desk.take(files, **options).batch_id


def score_of(desk: Desk, value: float) -> str:
    found = desk.store.cursor().execute(
        "select score_id from score where retracted_at is null and value = $value", {"value": value}
    )
    return str(found.fetchone()[0])


def save(desk: Desk, by: str, episode: str, step: Step, why: str | None = None) -> str:
    """Save one step and confirm what is unusual about it."""
    try:
        return record.save(desk.store, by, episode, [step], why=why).entry_id
    except Refused as refused:
        keys = [finding.key for finding in refused.findings]
        return record.save(desk.store, by, episode, [step], why=why, confirmed=keys).entry_id


def test_what_it_brought_goes_what_it_replaced_comes_back_and_the_past_stays_as_it_was(desk: Desk) -> None:
    desk.take(SCORE)
    before = stored(desk)
    batch = batch_of(desk, OTHER, replace=True)
    with_it, then = stored(desk), desk.store.stamp()
    told = undo.preview(desk.store, batch)
    assert (told.retracted, told.restored, told.kept) == ({"score": 2}, {"score": 1}, {})
    assert stored(desk) == with_it
    assert undo.undo(desk.store, "Dana", batch, "wrong file") == told
    assert stored(desk) == before
    assert verify(desk.store) == []
    past = as_known(desk.store, then)
    seen = past.cursor().execute("select count(*) from score where retracted_at is null and value = 3").fetchone()
    assert seen == (1,)
    assert past.cursor().execute("select count(*) from import_undo").fetchone() == (0,)


def test_an_import_is_undone_once_and_its_files_can_be_imported_again(desk: Desk) -> None:
    desk.take(SCORE)
    batch = batch_of(desk, {**OTHER, **PEOPLE}, replace=True)
    with_it = stored(desk)
    keys = desk.rows("patient", "patient_key"), desk.rows("episode", "episode_key")
    undo.undo(desk.store, "Dana", batch, "wrong file")
    with pytest.raises(PlumblineError, match="undone already"):
        undo.undo(desk.store, "Dana", batch, "again")
    listed = sql.rows(desk.store.cursor(), "import/batch_by_start", clinics=None, by=None)
    assert [row["undone_by"] for row in listed] == ["Dana", None, None]
    again = batch_of(desk, {**OTHER, **PEOPLE}, replace=True)
    assert stored(desk) == with_it
    assert (desk.rows("patient", "patient_key"), desk.rows("episode", "episode_key")) == keys  # the same addresses
    undo.undo(desk.store, "Dana", again)
    assert verify(desk.store) == []


def test_the_link_of_a_patient_who_goes_stays_shut_whoever_comes_back_under_the_same_id(desk: Desk) -> None:
    today = datetime.now(UTC).date()
    new = NEW | {"episodes.csv": f"episode_id,patient_id,performed_at,levels\ne3,p3,{today},L3\ne4,p4,{today},L3\n"}
    new |= {"scores.csv": f"patient_id,taken_at,instrument,value\np3,{today},nrs_back,6\n"}
    batch = batch_of(desk, new)
    staff = audit.Actor("anna", "specialist")
    made = links.create(desk.store, staff, "p3", factor="code")
    with desk.store.write() as cursor:
        other = "select * replace ('of p1' as link_id, 'p1' as patient_id) from share_link"
        cursor.execute(f"insert into share_link {other}")
    undo.undo(desk.store, "bo", batch)
    desk.take(new)
    found = {row["link_id"]: (row["state"], row["revoked_by"]) for row in links.listed(desk.store)}
    assert found == {made.link_id: ("revoked", "bo"), "of p1": ("open", None)}
    assert opening.attempt(desk.store, made.token, made.code, "203.0.113.7/32", None) is None


def test_an_unknown_import_is_named(desk: Desk) -> None:
    with pytest.raises(NotFound, match="no import nothing"):
        undo.preview(desk.store, "nothing")


def test_what_staff_corrected_stays_and_is_shown_first(desk: Desk) -> None:
    desk.take(SCORE)
    batch = batch_of(desk, OTHER, replace=True)
    save(desk, "nurse", "e1", Correct("score", score_of(desk, 3), {"value": 4.0}), "misread")
    save(desk, "doctor", "e2", Retract("score", score_of(desk, 6)), "other patient")
    told = undo.preview(desk.store, batch)
    assert [(row["said_by"], row["action"], row["why"]) for row in told.said_since] == [
        ("doctor", "retracted", "other patient"), ("nurse", "corrected", "misread")
    ]  # fmt: skip
    with pytest.raises(undo.Unconfirmed, match="2 things since"):
        undo.undo(desk.store, "Dana", batch, "wrong file")
    undo.undo(desk.store, "Dana", batch, "wrong file", confirmed=True)
    assert desk.rows("score", "patient_id, taken_on, value") == [
        ("p1", datetime(2026, 1, 6).date(), 4.0), ("p1", datetime(2026, 1, 9).date(), 5.0)
    ]  # fmt: skip
    assert verify(desk.store) == []


def test_a_correction_that_was_taken_back_is_the_imports_own_word_again(desk: Desk) -> None:
    desk.take(SCORE)
    before = stored(desk)
    batch = batch_of(desk, OTHER, replace=True)
    saved = save(desk, "nurse", "e1", Correct("score", score_of(desk, 3), {"value": 4.0}), "misread")
    record.undo(desk.store, "nurse", saved)
    assert undo.preview(desk.store, batch).said_since == []
    undo.undo(desk.store, "Dana", batch)
    assert stored(desk) == before


def test_a_patient_for_whom_staff_entered_something_stays_with_procedure_and_clinic(desk: Desk) -> None:
    batch = batch_of(desk, NEW)
    note = {"kind": "visit", "text": "walks well", "moment_on": datetime(2026, 2, 3).date()}
    free = "select min(kind) from note_kind where kind not in (select kind from note_field)"
    kind = desk.store.cursor().execute(free).fetchone()[0]
    save(desk, "nurse", "e3", Add("note", note | {"kind": kind}))
    told = undo.preview(desk.store, batch)
    assert told.kept == {"clinic": 1, "patient": 1, "episode": 1, "treated_level": 2}
    assert [(row["kind"], row["patient_id"], row["said_by"]) for row in told.said_since] == [("note", "p3", "nurse")]
    undo.undo(desk.store, "Dana", batch, confirmed=True)
    assert [row[0] for row in desk.rows("patient", "patient_id")] == ["p1", "p2", "p3"]
    assert desk.rows("treated_level", "episode_id, level")[-2:] == [("e3", "L3"), ("e3", "L4")]
    assert desk.rows("score", "patient_id") == []
    assert verify(desk.store) == []


def test_the_newest_import_goes_first_where_one_has_built_on_another(desk: Desk) -> None:
    first = batch_of(desk, PEOPLE)
    second = batch_of(desk, {"scores.csv": NEW["scores.csv"]})
    third = batch_of(desk, {"scores.csv": NEW["scores.csv"].replace(",6", ",2")}, replace=True)
    apart = batch_of(desk, SCORE)
    assert {row["batch_id"] for row in undo.preview(desk.store, first).later} == {third}
    with pytest.raises(undo.Built, match=third):
        undo.undo(desk.store, "Dana", second)
    for batch in (third, second, first):
        undo.undo(desk.store, "Dana", batch)
    assert [row[0] for row in desk.rows("patient", "patient_id")] == ["p1", "p2"]
    assert [row[0] for row in desk.rows("clinic", "clinic_id")] == ["north", "south"]
    undo.undo(desk.store, "Dana", apart)
    assert verify(desk.store) == []


def test_the_history_of_each_patient_says_that_an_import_was_undone_and_why(desk: Desk) -> None:
    batch = batch_of(desk, SCORE)
    undo.undo(desk.store, "Dana", batch, "wrong file")
    (told,) = sql.rows(desk.store.cursor(), "history/change_by_patient", patient_id="p1", entry_id=None)
    assert (told["changed_by"], told["action"], told["what"], told["why"]) == ("Dana", "undone", "import", "wrong file")
    gone = desk.store.cursor().execute("select min(score_id) from score").fetchone()[0]
    (version,) = sql.rows(desk.store.cursor(), "history/chain_by_fact", patient_id="p1", fact_id=gone)
    assert (version["action"], version["ended"], version["end_why"]) == ("imported", "undone", "wrong file")


class Clear:
    """A desk as it was at the start: by its own undos where the last example ended well, else with a new store."""

    def __init__(self, desk: Desk, known_file: Path) -> None:
        self._desk, self._known, self.is_clear = desk, known_file, True

    def desk(self) -> Desk:
        """The desk for one more example, which says at its end whether it left it clear."""
        if not self.is_clear:
            self._desk.store.close()
            shutil.copy(self._known, self._desk.store.path)
            self._desk.store = open_store(self._desk.store.path)
        self.is_clear = False
        return self._desk


@pytest.fixture
def clear(desk: Desk, known_file: Path) -> Clear:
    return Clear(desk, known_file)


@pytest.mark.slow
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(imports=st.lists(FILES.filter(lambda rows: any(rows.values())), min_size=1, max_size=2), replace=st.booleans())
def test_undone_is_as_if_it_had_never_been(clear: Clear, imports: list[Rows], replace: bool) -> None:
    desk = clear.desk()
    batches, states = [], [stored(desk)]
    for rows in imports:
        batches.append(batch_of(desk, {**written(rows), **({} if batches else BASE)}, replace=replace))
        states.append(stored(desk))
    for number, batch in reversed(list(enumerate(batches))):
        undo.undo(desk.store, "Dana", batch)
        assert stored(desk) == states[number]
    assert verify(desk.store) == []
    clear.is_clear = True
