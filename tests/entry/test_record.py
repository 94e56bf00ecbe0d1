"""What is entered is checked, stored, corrected, retracted and undone; nothing is lost on the way."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from plumbline import sql
from plumbline.entry.kinds import KINDS
from plumbline.entry.record import save, undo
from plumbline.entry.steps import Add, Changed, Correct, Refused, Retract
from plumbline.errors import NotFound, PlumblineError
from plumbline.status import status_of
from plumbline.store import Store
from tests.entry.conftest import BY, current_scores, found, saved, score
from tests.facts import day

EXAMPLES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "score": (score(42, 3), {"value": 4.0}),
    "milestone": (
        {"milestone": "driving", "status": "not_yet", "moment_on": day(42), "reported_by": "patient"},
        {"status": "achieved"},
    ),
    "event": ({"kind": "fall", "moment_on": day(42), "detail": "on the step"}, {"kind": "sudden_pain"}),
    "medication": (
        {"drug": "Tramadol ", "moment_on": day(3), "dose": 50.0, "unit": "mg"},
        {"stopped_on": day(20)},
    ),
    "note": (
        {"kind": "visit", "text": "Walks without a stick.", "moment_on": day(42)},
        {"text": "Walks with a stick."},
    ),
    "goal": (
        {"words": "Walk to church", "moment_on": day(2), "due_on": day(42)},
        {"words": "Walk to church and back"},
    ),
    "attempt": (
        {"visit": "week_6", "outcome": "no_answer", "moment_on": day(42)},
        {"outcome": "call_back", "call_back_on": day(44)},
    ),
}


def rows(store: Store, kind: str) -> list[dict[str, Any]]:
    """Every row of a kind that was entered, the retracted ones too."""
    table = {"milestone": "milestone_event", "attempt": "contact_attempt"}.get(kind, kind)
    cursor = store.cursor().execute(f"from {table} where source = 'entered' order by recorded_at")
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def history(store: Store) -> list[tuple[Any, ...]]:
    text = "select action, kind, changed_by, why from change order by change_id"
    return store.cursor().execute(text).fetchall()


@pytest.mark.parametrize("kind", sorted(EXAMPLES))
@pytest.mark.slow
def test_every_kind_is_added_corrected_taken_back_and_undone(store: Store, kind: str) -> None:
    values, other = EXAMPLES[kind]
    added = saved(store, Add(kind, values))
    corrected = saved(store, Correct(kind, str(added.fact_ids[0]), other), why="typing slip")
    undone = undo(store, BY, corrected.entry_id)
    retracted = saved(store, Retract(kind, str(undone.fact_ids[0])), why="another patient's")
    back = undo(store, BY, retracted.entry_id)
    told = rows(store, kind)
    assert [row["retracted_at"] is None for row in told] == [False, False, False, True]
    mutable = {name for name in told[0] if name.endswith(("_id", "_at")) and name != "happened_at"} | {"supersedes"}
    as_entered = [{name: value for name, value in row.items() if name not in mutable} for row in told]
    assert as_entered[0] == as_entered[2] == as_entered[3] != as_entered[1]
    assert [row["supersedes"] for row in told] == [None, *added.fact_ids, *corrected.fact_ids, *undone.fact_ids]
    assert [action for action, *_ in history(store)] == ["added", "corrected", "undone", "retracted", "undone"]
    assert history(store)[1] == ("corrected", kind, BY, "typing slip")
    assert len(rows(store, kind)) == 4
    assert back.fact_ids[0] is not None


@pytest.mark.slow
def test_the_verdict_follows_an_entry_at_once_and_an_undo_too(store: Store) -> None:
    before = status_of(store.cursor(), "e1", day(60))
    entry = saved(store, Add("event", {"kind": "weakness_numbness", "moment_on": day(59)}))
    assert status_of(store.cursor(), "e1", day(60))["verdict"] == "red_flag"
    undo(store, BY, entry.entry_id)
    assert status_of(store.cursor(), "e1", day(60)) == before


def test_several_scores_of_one_visit_are_one_entry(store: Store) -> None:
    visit = saved(
        store,
        Add("score", score(45, 2)),
        Add("score", {"instrument": "odi", "status": "done", "moment_on": day(45), "value": 22.0}),
        Add("score", {"instrument": "tug", "status": "unable", "moment_on": day(45), "value": None}),
    )
    assert len(visit.fact_ids) == 3
    assert store.cursor().execute("select count(distinct entry_id), count(*) from change").fetchall() == [(1, 3)]
    undo(store, BY, visit.entry_id)
    assert all(row["retracted_at"] for row in rows(store, "score"))


def test_one_impossible_score_of_a_visit_stores_none(store: Store) -> None:
    steps = [Add("score", score(45, 2)), Add("score", {**score(45, 200), "instrument": "odi"})]
    with pytest.raises(Refused) as refused:
        save(store, BY, "e1", steps)
    assert [(one.step, one.rule) for one in refused.value.findings] == [(1, "out_of_range")]
    assert rows(store, "score") == []
    assert history(store) == []


@pytest.mark.parametrize(
    ("step", "rule", "severity", "field", "words"),
    [
        (Add("score", score(42, 11)), "out_of_range", "impossible", "value", "11 lies outside 0 to 10"),
        (Add("score", score(42, -1)), "out_of_range", "impossible", "value", "-1 lies outside 0 to 10"),
        (Add("score", score(42, 2.5)), "not_whole", "impossible", "value", "2.5 is not a whole number"),
        (Add("score", score(42, None)), "no_value", "impossible", "value", "The score is missing"),
        (Add("score", score(42, 3, status="unable")), "value_and_status", "impossible", "value", "unable"),
        (Add("score", score(42, 3, status="perhaps")), "no_score_status", "impossible", "status", "not a known status"),
        (Add("score", score(42, 3, instrument="nrs")), "no_instrument", "impossible", "instrument", "not a known"),
        (Add("score", score(35, 4)), "score_twice", "impossible", "moment_on", "already recorded for this moment (2)"),
        (Add("score", {**score(42, 3), "moment_on": date(2999, 1, 1)}), "future", "impossible", "moment_on", "future"),
        (Add("score", {**score(42, 3), "moment_on": None}), "no_day", "impossible", "moment_on", "missing"),
        (
            Add("score", {**score(42, 3), "moment_on": date(1930, 1, 1)}),
            "before_birth", "impossible", "moment_on", "birth",
        ),
        (Add("score", score(42, 9)), "jump", "unusual", "value", "9 after 2, 2, 2: a new problem, or a slip?"),
        (Add("score", score(-2, 8)), "is_baseline", "unusual", "moment_on", "baseline"),
        (Add("score", score(-60, 8)), "outside_course", "unusual", "moment_on", "more than 30 days before"),
        (Add("score", score(42, 3)), "long_ago", "unusual", "moment_on", "is that the right day?"),
        (
            Add("milestone", {"milestone": "driving", "status": "achieved", "moment_on": day(1)}),
            "reached_early", "unusual", "moment_on", "on day 1: not advised before day",
        ),
        (
            Add("milestone", {"milestone": "driving", "status": "achieved", "moment_on": day(-2)}),
            "reached_before", "impossible", "moment_on", "before the procedure",
        ),
        (
            Add("milestone", {"milestone": "flying", "status": "achieved", "moment_on": day(2)}),
            "no_milestone", "impossible", "milestone", "list",
        ),
        (
            Add("event", {"kind": "withdrew", "moment_on": day(42)}),
            "closes_course", "unusual", "kind", "closes the course",
        ),
        (Add("event", {"kind": "stumble", "moment_on": day(42)}), "no_event_kind", "impossible", "kind", "list"),
        (
            Add("event", {"kind": "new_fracture", "level": "L9", "moment_on": day(42)}),
            "no_level", "impossible", "level", "L5",
        ),
        (Add("medication", {"drug": " ", "moment_on": day(2)}), "no_drug", "impossible", "drug", "missing"),
        (
            Add("medication", {"drug": "tramadol", "moment_on": day(2), "stopped_on": day(1)}),
            "stopped_before", "impossible", "stopped_on", "before it is started",
        ),
        (
            Add("medication", {"drug": "tramadol", "moment_on": day(2), "dose": 0.0, "unit": "mg"}),
            "no_dose", "impossible", "dose", "more than 0",
        ),
        (
            Add("medication", {"drug": "tramadol", "moment_on": day(2), "dose": 50.0}),
            "no_unit", "impossible", "unit", "mg",
        ),
        (Add("medication", {"drug": "wonderol", "moment_on": day(2)}), "drug_unknown", "unusual", "opioid", "opioid"),
        (Add("note", {"kind": "visit", "text": " ", "moment_on": day(42)}), "no_text", "impossible", "text", "empty"),
        (
            Add("note", {"kind": "poem", "text": "Roses", "moment_on": day(42)}),
            "no_note_kind", "impossible", "kind", "list",
        ),
    ],
)  # fmt: skip
@pytest.mark.slow
def test_what_is_impossible_is_refused_and_what_is_unusual_is_asked(
    store: Store, step: Add, rule: str, severity: str, field: str, words: str
) -> None:
    told = found(store, step)
    assert told[rule][:2] == (severity, field)
    assert words in told[rule][2]
    assert history(store) == []


def test_what_was_reached_can_be_lost_again_but_is_asked_about(store: Store) -> None:
    saved(store, Add("milestone", {"milestone": "stairs", "status": "achieved", "moment_on": day(20)}))
    told = found(store, Add("milestone", {"milestone": "stairs", "status": "unable", "moment_on": day(40)}))
    assert told["reached_then_lost"][0] == "unusual"


def test_a_danger_sign_is_stored_without_a_question(store: Store) -> None:
    today = datetime.now().astimezone().date()
    saved(store, Add("event", {"kind": "withdrew", "moment_on": today}), episode_id="e2")
    assert found(store, Add("event", {"kind": "chest_breath", "moment_on": today}), episode_id="e2") == {}


@pytest.mark.slow
def test_every_repeat_is_refused(store: Store) -> None:
    for kind, (values, _) in EXAMPLES.items():
        saved(store, Add(kind, values))
        if kind == "attempt":  # nobody picked up, twice on one day
            saved(store, Add(kind, values))
            continue
        assert [one for one in found(store, Add(kind, values)) if one.endswith("_twice")], kind


def test_yes_is_said_to_what_was_read_and_to_nothing_else(store: Store) -> None:
    with pytest.raises(Refused) as first:
        save(store, BY, "e1", [Add("score", score(42, 9))])
    meant = {one.key for one in first.value.findings}
    with pytest.raises(Refused) as other:
        save(store, BY, "e1", [Add("score", score(42, 8))], confirmed=meant)
    assert "jump" in {one.rule for one in other.value.findings}
    save(store, BY, "e1", [Add("score", score(42, 9))], confirmed=meant)
    assert (day(42), 9.0) in current_scores(store)


def test_a_correction_that_changes_nothing_else_keeps_the_rest(store: Store) -> None:
    values = {**EXAMPLES["note"][0], "moment_time": time(14, 30), "title": "Week 6", "fields": {"plan": "Walk more"}}
    note = saved(store, Add("note", values))
    saved(store, Correct("note", str(note.fact_ids[0]), {"title": "Week six"}), why="slip")
    last = rows(store, "note")[-1]
    assert (last["title"], last["text"], last["fields"]) == ("Week six", values["text"], {"plan": "Walk more"})
    assert last["written_at"] == datetime(2026, 2, 21, 14, 30)


def test_a_corrected_score_may_keep_its_own_moment_and_move_to_another(store: Store) -> None:
    entry = saved(store, Add("score", score(42, 3, moment_time=time(9, 0))))
    moved = saved(store, Correct("score", str(entry.fact_ids[0]), {"moment_on": day(43)}), why="wrong day")
    assert rows(store, "score")[-1]["taken_at"] is None, "the time belonged to the other day"
    assert moved.fact_ids[0] == rows(store, "score")[-1]["score_id"]


@pytest.mark.parametrize("step", [Correct("score", "score-x", {"value": 1.0}), Retract("score", "score-x")])
def test_a_change_needs_a_reason_and_something_to_change(store: Store, step: Correct | Retract) -> None:
    with pytest.raises(PlumblineError, match="why"):
        save(store, BY, "e1", [step], why="  ")
    with pytest.raises(NotFound):
        save(store, BY, "e1", [step], why="slip")


def test_another_patients_fact_cannot_be_changed_from_here(store: Store) -> None:
    entry = saved(store, Add("score", score(42, 3)))
    with pytest.raises(NotFound, match="another patient"):
        save(store, BY, "e2", [Retract("score", str(entry.fact_ids[0]))], why="slip")


@pytest.mark.slow
def test_who_comes_second_is_told_and_changes_nothing(store: Store) -> None:
    entry = saved(store, Add("score", score(42, 3)))
    fact = str(entry.fact_ids[0])
    saved(store, Correct("score", fact, {"value": 4.0}), why="slip")
    with pytest.raises(Changed, match="in the meantime"):
        saved(store, Correct("score", fact, {"value": 5.0}), why="slip")
    with pytest.raises(Changed, match="in the meantime"):
        undo(store, BY, entry.entry_id)
    assert (day(42), 4.0) in current_scores(store)


@pytest.mark.slow
def test_an_entry_is_undone_once_and_an_undo_can_be_undone(store: Store) -> None:
    entry = saved(store, Add("score", score(42, 3)))
    first = undo(store, BY, entry.entry_id)
    with pytest.raises(Changed, match="already undone"):
        undo(store, BY, entry.entry_id)
    undo(store, BY, first.entry_id)
    assert (day(42), 3.0) in current_scores(store)


@pytest.mark.slow
def test_a_retraction_is_not_undone_over_another_score_of_that_moment(store: Store) -> None:
    entry = saved(store, Add("score", score(42, 3)))
    gone = saved(store, Retract("score", str(entry.fact_ids[0])), why="wrong patient")
    saved(store, Add("score", score(42, 4)))
    with pytest.raises(Refused):
        undo(store, BY, gone.entry_id)
    assert [value for on, value in current_scores(store) if on == day(42)] == [4.0]


@pytest.mark.slow
def test_before_a_procedure_scores_can_be_entered_and_nothing_else(store: Store) -> None:
    saved(store, Add("score", score(42, 3)), episode_id="patient:p3")
    assert current_scores(store, "p3") == [(day(42), 3.0)]
    for kind in set(KINDS) & set(EXAMPLES) - {"score"}:
        assert "no_episode" in found(store, Add(kind, EXAMPLES[kind][0]), episode_id="patient:p3")


def test_the_clock_of_the_clinic_becomes_utc_and_an_hour_that_never_was_is_refused(store: Store) -> None:
    with store.write() as cursor:
        cursor.execute("update clinic set time_zone = 'Europe/Madrid'")
    entry = saved(store, Add("score", {**score(42, 3), "moment_on": date(2026, 7, 1), "moment_time": time(14, 0)}))
    assert rows(store, "score")[-1]["taken_at"] == datetime(2026, 7, 1, 12, 0)
    assert entry.fact_ids[0]
    never = Add("score", {**score(42, 3), "moment_on": date(2026, 3, 29), "moment_time": time(2, 30)})
    assert found(store, never)["no_such_time"][0] == "impossible"


def test_instants_only_ever_grow_even_over_a_restart_with_a_slow_clock(store: Store) -> None:
    with store.write():
        first, second = store.stamp(), store.stamp()
    assert second > first
    ahead = datetime(2999, 1, 1)
    with store.write() as cursor:
        cursor.execute("update change set changed_at = changed_at")
        values = {"change_id": "c", "entry_id": "e", "changed_at": ahead, "changed_by": BY, "action": "added"}
        rest = {"kind": "score", "patient_id": "p1", "episode_id": "e1", "previous_id": None, "fact_id": "s"}
        sql.run(cursor, "entry/add_change", **values, **rest, why=None, undoes=None)
    store.resume()
    with store.write():
        assert store.stamp() == ahead + timedelta(microseconds=1)


def test_nothing_to_save_says_so(store: Store) -> None:
    with pytest.raises(PlumblineError, match="nothing to save"):
        save(store, BY, "e1", [])
