"""The demo store: imported like anybody's files, marked made up, its truth beside it and never in it."""

import json
from datetime import date, datetime

import pytest

from plumbline import sql
from plumbline.demo import build, make, truth_path
from plumbline.errors import PlumblineError
from plumbline.known import as_known
from plumbline.status import status_of
from plumbline.store import open_store

pytestmark = pytest.mark.slow

UNTIL = date(2026, 11, 23)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    path = tmp_path_factory.mktemp("demo") / "demo.duckdb"
    store = open_store(path)
    told = []
    build(store, 80, 7, UNTIL, lambda what, done, of: told.append((what, done, of)))
    yield store, json.loads(truth_path(path).read_text(encoding="utf-8")), told
    store.close()


def _one(store, text):
    return store.cursor().execute(text).fetchone()[0]


def test_it_is_marked_as_made_up_and_tells_its_progress(built):
    store, truth, told = built
    assert store.synthetic
    assert truth["patients"] == 80
    assert ("Making up patients", 80, 80) in told


def test_exactly_the_planted_slips_are_rejected(built):
    store, truth, _ = built
    planted = {(slip["line"], slip["column"], slip["typed"]) for slip in truth["slips"] if slip["must_be_rejected"]}
    rejected = store.cursor().execute("select line, column_name, value from import_reject").fetchall()
    assert {(line, column, value) for line, column, value in rejected} == planted
    assert len(rejected) == len(planted) >= 8


def test_six_clinics_in_two_zones_with_fictional_phones(built):
    store, _, _ = built
    clinics = (
        store.cursor().execute("select time_zone, phone_in_hours from clinic where retracted_at is null").fetchall()
    )
    assert len(clinics) == 6
    assert {zone for zone, _ in clinics} == {"America/New_York", "Europe/Berlin"}
    assert all(phone.startswith("555-01") for _, phone in clinics)
    assert _one(store, "select count(*) from patient where phone not like '555-01__'") == 0
    shared = "from patient p join clinic c on p.phone in (c.phone_in_hours, c.phone_out_of_hours)"
    assert _one(store, f"select count(*) {shared}") == 0


def test_the_odd_cases_get_the_verdict_that_they_were_made_for(built):
    store, truth, _ = built
    verdict = {
        row["episode_id"]: row["verdict"]
        for row in sql.rows(store.cursor(), "status/verdict_by_course", as_of=UNTIL, episode_id=None)
    }
    case = {entry["case"]: entry["episode_id"] for entry in truth["episodes"]}
    assert verdict[case["open red flag"]] == "red_flag"
    assert verdict[case["slow now"]] == "slower"
    assert verdict[case["pain has just stepped up"]] == "new_problem"
    assert verdict[case["died"]] == verdict[case["withdrew"]] == verdict[case["closed after two years"]] == "closed"
    assert (
        verdict[case["no score at all"]] == verdict[case["silent"]] == verdict[case["other pathway"]] == "cannot_tell"
    )
    assert verdict["patient:DEMO-P0007"] == "cannot_tell"
    assert status_of(store.cursor(), "demo-0001", UNTIL)["verdict"] in {"on_course", "ahead"}


def test_every_phase_has_patients(built):
    store, _, _ = built
    frame = sql.ask(store.cursor(), "status/verdict_by_course", as_of=UNTIL, episode_id=None)
    assert set(frame["phase"].dropna()) >= {"week_1", "week_2", "weeks_3_12", "long_term"}


def test_the_truth_never_gets_into_the_store(built):
    store, _, _ = built
    assert _one(store, "select count(*) from information_schema.tables where table_name like '%truth%'") == 0
    assert _one(store, "select count(*) from score where context in ('quick', 'gradual', 'poor')") == 0


def test_real_patients_are_never_mixed_with_made_up_ones(tmp_path, built):
    store = open_store(tmp_path / "own.duckdb")
    with store.write() as cursor:
        cursor.execute(
            "insert into patient "
            "(patient_row_id, patient_id, patient_key, clinic_id, recorded_at, recorded_by, source) "
            "values ('r', 'P1', 'k', 'c', now()::timestamp, 'me', 'me')"
        )
    with pytest.raises(PlumblineError, match="not made up"):
        build(store, 60, 1, UNTIL)
    assert not store.synthetic
    store.close()


def test_too_few_patients_are_refused(tmp_path):
    store = open_store(tmp_path / "few.duckdb")
    with pytest.raises(PlumblineError, match="at least 60"):
        build(store, 59, 1, UNTIL)
    store.close()


def test_a_day_ahead_is_refused(tmp_path):
    store = open_store(tmp_path / "ahead.duckdb")
    with pytest.raises(PlumblineError, match="future"):
        build(store, 60, 1, date(2126, 1, 1))
    store.close()


def test_nothing_is_written_on_the_last_day_itself(built):
    store, _, _ = built
    assert _one(store, "select max(taken_on) from score") < UNTIL


def test_some_have_goals_with_scores_and_structured_notes_that_the_rules_of_entry_would_take(built):
    store, _, _ = built
    episodes = _one(store, "select count(*) from episode where retracted_at is null")
    assert _one(store, "select count(distinct episode_id) from goal") > episodes / 4
    assert _one(store, "select count(distinct status) from goal_review") >= 3
    assert _one(store, "select count(*) from goal_review r anti join goal g using (goal_key)") == 0
    assert _one(store, "select max(reviewed_on) from goal_review") < UNTIL
    notes = store.cursor().execute("select kind, fields from note where fields is not null").fetchall()
    assert {kind for kind, _ in notes} == {"surgeon_visit", "physiotherapy", "nurse_call"}
    for kind, fields in notes:
        told = json.dumps(fields)
        assert sql.rows(store.cursor(), "entry/fault_by_note_field", kind=kind, fields=told) == [], fields


def test_goals_and_structured_notes_are_the_same_for_the_same_seed():
    first, again, other = (make(60, seed, UNTIL)[0].kept for seed in (3, 3, 4))
    assert (first.goals, first.reviews, first.notes) == (again.goals, again.reviews, again.notes)
    assert first.goals != other.goals


def test_everything_was_recorded_once_it_was_so_and_its_past_can_be_looked_at(built):
    store, _, _ = built
    for table, what in {"score": "taken", "note": "written", "event": "happened", "episode": "performed"}.items():
        assert _one(store, f"select count(*) from {table} where recorded_at < coalesce({what}_at, {what}_on)") == 0
    earlier = "from score s join patient p using (patient_id) where s.recorded_at < p.recorded_at"
    assert _one(store, f"select count(*) {earlier}") == 0
    assert _one(store, "select count(distinct recorded_at) > 1000 from score")
    past = as_known(store, datetime(2026, 6, 1, 12))
    then, now = (_one(one, "select count(*) from episode_summary") for one in (past, store))
    assert 20 < then < now
    assert _one(past, "select max(performed_on) from episode_summary") <= date(2026, 6, 1)
