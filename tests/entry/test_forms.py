"""What a form holds becomes the steps of one entry, and a stored fact its form again."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from plumbline.entry import forms
from plumbline.entry.record import save
from plumbline.entry.steps import Add, Correct, Finding, Refused
from plumbline.errors import NotFound, PlumblineError
from plumbline.store import Store
from tests.entry.conftest import BY, saved
from tests.facts import day

WHEN = {"moment_on": day(42), "moment_time": None}
FORMS: dict[str, dict[str, Any]] = {
    "score": {**WHEN, "value:nrs_back": 3, "status:nrs_back": None},
    "milestone": {**WHEN, "milestone:driving": True, "status": "achieved"},
    "event": {**WHEN, "kind": "fall", "level": "L1", "detail": "on the step"},
    "medication": {"moment_on": day(3), "drug": "tramadol", "dose": 50.0, "unit": "mg", "stopped_on": None},
    "note": {**WHEN, "kind": "visit", "text": "Walks.", "title": None, "author": "Nurse", "fields": None},
}


def test_the_scores_of_one_visit_are_one_entry_and_what_was_not_asked_is_left_out() -> None:
    values = {"value:nrs_back": 3, "status:nrs_back": None, "value:odi": None, "status:odi": "refused"}
    filled = forms.fill("score", {**WHEN, **values, "value:tug": None})
    told = [(step.values["instrument"], step.values["value"], step.values["status"]) for step in filled.steps]
    assert told == [("nrs_back", 3, "done"), ("odi", None, "refused")]


def test_a_score_of_zero_is_a_score() -> None:
    filled = forms.fill("score", {**WHEN, "value:nrs_back": 0})
    assert [step.values["value"] for step in filled.steps] == [0]


def test_an_empty_form_has_nothing_to_save(store: Store) -> None:
    empty = forms.fill("score", {**WHEN, "value:nrs_back": None, "status:odi": None})
    assert empty.steps == ()
    with pytest.raises(PlumblineError, match="nothing to save"):
        save(store, BY, "e1", empty.steps)


def test_what_is_wrong_stands_at_the_field_of_its_own_instrument() -> None:
    filled = forms.fill("score", {**WHEN, "value:nrs_back": 3, "value:odi": 130})
    assert filled.field(Finding(1, "out_of_range", "impossible", "value", "…")) == "value:odi"
    assert filled.field(Finding(0, "score_twice", "impossible", "moment_on", "…")) == "moment_on"


@pytest.mark.parametrize("kind", sorted(FORMS))
@pytest.mark.slow
def test_a_stored_fact_fills_its_form_and_nothing_new_is_no_correction(store: Store, kind: str) -> None:
    first = saved(store, *forms.fill(kind, FORMS[kind]).steps)
    fact_id = str(first.fact_ids[0])
    again = forms.read(store, kind, fact_id, "UTC")
    assert {name: value for name, value in FORMS[kind].items() if value is not None}.items() <= again.items()
    with pytest.raises(PlumblineError, match="Nothing is different"):
        forms.correct(kind, fact_id, again, again)


def test_a_correction_says_only_what_differs(store: Store) -> None:
    first = saved(store, *forms.fill("score", FORMS["score"]).steps)
    before = forms.read(store, "score", str(first.fact_ids[0]), "UTC")
    (step,) = forms.correct("score", str(first.fact_ids[0]), before, before | {"value:nrs_back": 4}).steps
    assert isinstance(step, Correct)
    assert step.values == {"value": 4}


def test_a_time_is_read_on_the_clinics_clock_and_kept_to_the_second_unless_it_changes(store: Store) -> None:
    values = {"instrument": "odi", "value": 30, "status": "done", "moment_on": day(42), "moment_time": time(9, 15)}
    first = saved(store, Add("score", values))
    before = forms.read(store, "score", str(first.fact_ids[0]), "Europe/Berlin")
    local = datetime.combine(day(42), time(9, 15), UTC).astimezone(ZoneInfo("Europe/Berlin")).time()
    assert before["moment_time"] == local
    (step,) = forms.correct("score", "x", before, before | {"value:odi": 31}).steps
    assert "moment_time" not in step.values
    (step,) = forms.correct("score", "x", before, before | {"moment_time": time(9)}).steps
    assert step.values == {"moment_on": day(42), "moment_time": time(9)}


def test_what_is_no_longer_current_has_no_form(store: Store) -> None:
    first = saved(store, *forms.fill("score", FORMS["score"]).steps)
    old = str(first.fact_ids[0])
    saved(store, Correct("score", old, {"value": 4}), why="slip")
    with pytest.raises(NotFound, match="changed in the meantime"):
        forms.read(store, "score", old, "UTC")


def test_an_opioid_that_nobody_knows_stays_unknown(store: Store) -> None:
    filled = forms.fill("medication", {**FORMS["medication"], "drug": "novodolor", "opioid": None})
    with pytest.raises(Refused) as refused:
        save(store, BY, "e1", filled.steps)
    assert [filled.field(found) for found in refused.value.findings] == ["opioid"]
    first = saved(store, *filled.steps)
    assert forms.read(store, "medication", str(first.fact_ids[0]), "UTC")["opioid"] is None
