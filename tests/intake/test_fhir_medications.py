"""FHIR medicines and Observations of several scores: what is read, what is left out, what is known again."""

from __future__ import annotations

from typing import Any

import pytest

from tests.intake.conftest import Desk
from tests.intake.test_fhir import Resource, code, kyphoplasty, pain, patient, take

pytestmark = pytest.mark.cases


def statement(own: str = "m1", drug: str = "Alendronic acid 70 mg", **more: Any) -> Resource:
    return {
        "resourceType": "MedicationStatement",
        "id": own,
        "status": "active",
        "medicationCodeableConcept": {"text": drug},
        "subject": {"reference": "Patient/p1"},
        "effectivePeriod": {"start": "2026-01-08"},
        **more,
    }


def order(own: str = "r1", drug: str = "Oxycodone 5 MG Oral Tablet", **more: Any) -> Resource:
    return {
        "resourceType": "MedicationRequest",
        "id": own,
        "status": "active",
        "intent": "order",
        "medicationCodeableConcept": {"text": drug},
        "subject": {"reference": "Patient/p1"},
        "authoredOn": "2026-01-06T23:30:00Z",
        **more,
    }


def medicines(empty: Desk) -> list[tuple[Any, ...]]:
    return sorted(empty.rows("medication", "drug, started_on::varchar, stopped_on::varchar, opioid"), key=str)


def bring(empty: Desk, *resources: Resource) -> Any:
    return take(empty, patient(), kyphoplasty(), *resources)


def test_a_statement_has_its_period_and_an_order_its_day_at_the_clinic(empty: Desk) -> None:
    period = {"start": "2026-01-05", "end": "2026-01-20"}
    ended = statement("m2", "Tramadol", status="completed", effectivePeriod=period)
    bring(empty, statement(), ended, order())
    assert medicines(empty) == [
        ("alendronate", "2026-01-08", None, False),
        ("oxycodone", "2026-01-07", None, True),
        ("tramadol", "2026-01-05", "2026-01-20", True),
    ]


def test_both_medicines_of_a_combined_tablet_are_read_and_the_salt_of_another_is_not(empty: Desk) -> None:
    both = order("r1", "Acetaminophen 325 MG / HYDROcodone Bitartrate 5 MG Oral Tablet")
    result = bring(empty, both, order("r2", "Atorvastatin calcium 20 MG"), order("r3", "Calcium carbonate 500 MG"))
    assert [row[0] for row in medicines(empty)] == ["acetaminophen", "calcium", "hydrocodone"]
    assert result.kinds_ignored == {"MedicationRequest of another medicine": 1}


@pytest.mark.parametrize(
    ("resource", "why"),
    [
        (order(status="stopped"), "MedicationRequest that ended on a day not said"),
        (order(intent="proposal"), "MedicationRequest that is no order"),
        (order(doNotPerform=True), "MedicationRequest that is no order"),
        (order(status="draft"), "MedicationRequest of what was not taken"),
        (statement(status="not-taken"), "MedicationStatement of what was not taken"),
        (statement(effectivePeriod={"start": "2010-01-08"}), "medicine of no course"),
        (order(status="entered-in-error"), "entered in error, and never stored"),
    ],
)
def test_what_would_tell_a_wrong_story_is_left_out_and_said(empty: Desk, resource: Resource, why: str) -> None:
    result = bring(empty, resource)
    assert medicines(empty) == []
    assert result.kinds_ignored == {why: 1}
    assert result.totals["rejected"] == 0


def test_a_medicine_behind_a_reference_is_found_inside_the_resource_or_along_with_it(empty: Desk) -> None:
    inside = statement(medicationReference={"reference": "#d"}, medicationCodeableConcept=None)
    inside["contained"] = [{"resourceType": "Medication", "id": "d", "code": {"text": "Denosumab 60 mg"}}]
    along = order(medicationReference={"reference": "Medication/d2"}, medicationCodeableConcept=None)
    bring(empty, inside, along, {"resourceType": "Medication", "id": "d2", "code": {"text": "Morphine 10 mg"}})
    assert [row[0] for row in medicines(empty)] == ["denosumab", "morphine"]


def test_the_same_again_is_unchanged_an_end_is_added_and_an_error_is_taken_back(empty: Desk) -> None:
    bring(empty, statement())
    assert bring(empty, statement()).totals["unchanged"] == 3
    bring(empty, statement(status="completed", effectivePeriod={"start": "2026-01-08", "end": "2026-01-30"}))
    assert medicines(empty) == [("alendronate", "2026-01-08", "2026-01-30", False)]
    bring(empty, statement(status="entered-in-error"))
    assert medicines(empty) == []
    assert bring(empty, statement()).kinds_ignored == {"this resource was entered in error": 1}


def panel(**more: Any) -> Resource:
    parts = [
        {"code": code("72514-3"), "valueInteger": 4},
        {"code": code("97909-6"), "valueQuantity": {"value": 32.5}},
        {"code": code("0-0"), "valueString": "unread"},
    ]
    return {name: value for name, value in pain(value=None, code=code("1-1"), component=parts, **more).items()
            if name != "valueQuantity"}  # fmt: skip


def scores(empty: Desk) -> list[tuple[Any, ...]]:
    return sorted(empty.rows("score", "instrument, value"))


def test_every_component_with_a_known_code_is_a_score_of_its_own(empty: Desk) -> None:
    bring(empty, panel())
    assert scores(empty) == [("nrs_pain", 4.0), ("odi", 32.5)]
    assert bring(empty, panel()).totals["unchanged"] == 4
    bring(empty, panel(status="entered-in-error"))
    assert scores(empty) == []


def test_one_kind_of_score_twice_in_one_observation_is_rejected(empty: Desk) -> None:
    twice = panel()
    twice["component"].append({"code": code("72514-3"), "valueInteger": 9})
    result = bring(empty, twice)
    assert scores(empty) == []
    assert result.totals["rejected"] == 1


def test_a_contained_patient_is_known_by_identifier_and_never_by_its_inner_id(empty: Desk) -> None:
    known = patient(identifier=[{"system": "mrn", "value": "77"}])
    inner = {"resourceType": "Patient", "id": "x", "identifier": [{"system": "mrn", "value": "77"}]}
    stranger = inner | {"identifier": [{"system": "mrn", "value": "78"}]}
    result = take(
        empty,
        known,
        pain("o1", subject={"reference": "#x"}, contained=[inner]),
        pain("o2", subject={"reference": "#x"}, contained=[stranger], effectiveDateTime="2026-01-09"),
    )
    assert scores(empty) == [("nrs_pain", 5.0)]
    assert [reject["column"] for reject in empty.rejects(result)] == ["subject.reference"]
