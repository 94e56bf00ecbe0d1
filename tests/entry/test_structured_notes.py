"""Structured notes: what must be filled in is asked for, a danger sign told in a call becomes a red flag."""

from __future__ import annotations

from typing import Any

import pytest

from plumbline import sql
from plumbline.entry.forms import SIGNS, fill
from plumbline.entry.record import save, undo
from plumbline.entry.steps import Add, Correct, Refused, Retract
from plumbline.status import status_of
from plumbline.store import Store, reference_frame
from tests.entry.conftest import BY, saved
from tests.facts import day

VISIT = {
    "subjective": "Sleeps through.\nWorried about the garden.",
    "objective": "Upright, no tenderness.",
    "decision": "Healing as expected.",
    "plan": "Physiotherapy; see again at month 3.",
}
CALL = {"reason": "Daughter rang", "danger_signs": "None of them", "advice": "Walk a little each hour."}
SESSION = {
    "exercises": "Log roll",
    "tolerance": "with effort",
    "home_programme": "Standing up 3 x 8",
    "next_step": "Again next week",
}


def note(kind: str, fields: dict[str, str] | None, text: str = "") -> Add:
    return Add("note", {"kind": kind, "fields": fields, "text": text, "moment_on": day(42)})


def against(store: Store, step: Add) -> set[tuple[str, str, str]]:
    """Rule, field and sentence of what is impossible."""
    with pytest.raises(Refused) as refused:
        save(store, BY, "e1", [step])
    return {(one.rule, one.field, one.text) for one in refused.value.findings if one.severity == "impossible"}


def notes(store: Store, search: str = "") -> list[dict[str, Any]]:
    ask = {"as_of": day(90), "episode_id": "e1", "kind": None}
    return sql.rows(store.cursor(), "patient/note_by_course", search=search, **ask)


@pytest.mark.parametrize(
    ("kind", "fields"), [("surgeon_visit", VISIT), ("nurse_call", CALL), ("physiotherapy", SESSION)]
)
@pytest.mark.slow
def test_each_kind_is_stored_whole_and_refused_without_what_it_needs(
    store: Store, kind: str, fields: dict[str, str]
) -> None:
    for name in fields:
        left = {one: words for one, words in fields.items() if one != name}
        assert {(rule, field) for rule, field, _ in against(store, note(kind, left))} == {("no_field", f"field:{name}")}
    assert len(against(store, note(kind, {}))) == len(fields)
    saved(store, note(kind, fields))
    assert [one["value"] for one in notes(store)[0]["fields"]] == list(fields.values())


@pytest.mark.parametrize(
    ("change", "rule", "words"),
    [
        ({"danger_signs": "None of them; Drug reaction"}, "none_and_some", "“None of them” and something else"),
        ({"danger_signs": "Drug reaction; Not asked"}, "none_and_some", "“Not asked” and something else"),
        ({"danger_signs": "A cold"}, "odd_field", "Danger signs: A cold can't be so"),
        ({"pain_now": "11"}, "odd_field", "a number from 0 to 10"),
        ({"pain_now": "some"}, "odd_field", "a number from 0 to 10"),
        ({"call_back_on": "soon"}, "odd_field", "Call back on: soon can't be so. Expected: a day."),
        ({"mood": "good"}, "odd_field", "a field of this kind of note"),
        ({"advice": "  "}, "no_field", "Advice is missing"),
    ],
)
@pytest.mark.slow
def test_what_can_not_be_in_a_field_is_refused_beside_it(
    store: Store, change: dict[str, str], rule: str, words: str
) -> None:
    [(found, field, text)] = against(store, note("nurse_call", CALL | change))
    assert (found, field) == (rule, f"field:{next(iter(change))}")
    assert words in text


def test_free_text_stays_as_it_is_and_can_be_taken_back_and_brought_back(store: Store) -> None:
    old = saved(store, note("nurse_call", None, "Slept well."))
    gone = saved(store, Retract("note", str(old.fact_ids[0])), why="other patient")
    undo(store, BY, gone.entry_id)
    [row] = notes(store)
    assert (row["text"], row["fields"]) == ("Slept well.", [])


def test_a_field_is_corrected_and_the_others_are_kept(store: Store) -> None:
    entry = saved(store, note("surgeon_visit", VISIT))
    saved(store, Correct("note", str(entry.fact_ids[0]), {"fields": VISIT | {"plan": "MRI first."}}), why="slip")
    assert [one["value"] for one in notes(store)[0]["fields"]] == [*list(VISIT.values())[:3], "MRI first."]


@pytest.mark.slow
def test_fields_are_found_by_their_words_and_labels_with_days_as_days(store: Store) -> None:
    saved(store, note("nurse_call", CALL | {"call_back_on": "2026-03-01"}))
    saved(store, note("visit", None, "Nothing new."))
    assert [row["kind"] for row in notes(store, "DAUGHTER")] == ["nurse_call"]
    assert [row["kind"] for row in notes(store, "danger signs none")] == ["nurse_call"]
    assert notes(store, "1 Mar 2026")[0]["fields"][-1] == {"label": "Call back on", "value": "1 Mar 2026"}
    assert len(notes(store)) == 2


@pytest.mark.slow
def test_a_danger_sign_told_in_a_call_is_a_red_flag_in_the_same_entry_and_undone_with_it(store: Store) -> None:
    fields = CALL | {"danger_signs": "Calf swelling or pain"}
    values = {"kind": "nurse_call", "fields": fields, "moment_on": day(42), SIGNS: ["calf"]}
    before = status_of(store.cursor(), "e1", day(43))["verdict"]
    entry = saved(store, *fill("note", values).steps)
    assert len(entry.fact_ids) == 2
    assert status_of(store.cursor(), "e1", day(43))["verdict"] == "red_flag"
    undo(store, BY, entry.entry_id)
    assert status_of(store.cursor(), "e1", day(43))["verdict"] == before
    assert notes(store) == []


def test_the_danger_signs_asked_are_those_that_raise_a_red_flag() -> None:
    choices = reference_frame("note_field").set_index("field").loc["danger_signs", "choices"]
    alone, together = choices.split("||")
    kinds = reference_frame("event_kind")
    assert alone.split("|") == ["None of them", "Not asked"]
    assert together.split("|") == list(kinds[kinds["is_red_flag"] == "true"]["label"])
    assert all(";" not in one for one in choices.split("|"))


def test_fields_say_how_they_are_filled_in_and_belong_to_a_known_kind() -> None:
    fields = reference_frame("note_field")
    assert set(fields["kind"]) <= set(reference_frame("note_kind")["kind"])
    assert set(fields["input"]) <= {"text", "long_text", "number", "date", "choice", "choices"}
    assert not fields.duplicated(["kind", "position"]).any()
    needs = fields["input"].isin(["number", "choice", "choices"])
    assert (fields["choices"].notna() == needs).all()
