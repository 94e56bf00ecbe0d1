"""FHIR R4: which resources become which facts, which are ignored, which are rejected and why."""

from __future__ import annotations

import gzip
import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from plumbline import intake
from tests.intake.conftest import Desk

pytestmark = pytest.mark.cases

Resource = dict[str, Any]
LOINC, SCT, CPT = "http://loinc.org", "http://snomed.info/sct", "http://www.ama-assn.org/go/cpt"
UCUM = "http://unitsofmeasure.org"
DATA = Path(__file__).parent.parent / "data"


def code(value: str, system: str = LOINC) -> Resource:
    return {"coding": [{"system": system, "code": value}]}


def patient(own: str = "p1", **more: Any) -> Resource:
    return {"resourceType": "Patient", "id": own, "birthDate": "1944-05", "gender": "female", **more}


def pain(own: str | None = "o1", value: Any = 5, **more: Any) -> Resource:
    found = {
        "resourceType": "Observation",
        "id": own,
        "status": "final",
        "code": code("72514-3"),
        "subject": {"reference": "Patient/p1"},
        "effectiveDateTime": "2026-01-06T10:00:00+10:00",
        "valueQuantity": {"value": value, "code": "{score}"},
        **more,
    }
    return {name: value for name, value in found.items() if value is not None}


def kyphoplasty(own: str = "k1", **more: Any) -> Resource:
    return {
        "resourceType": "Procedure",
        "id": own,
        "status": "completed",
        "code": code("22514", CPT),
        "subject": {"reference": "Patient/p1"},
        "performedDateTime": "2026-01-05T09:00:00+10:00",
        "bodySite": [{"text": "L1"}],
        **more,
    }


def fracture(own: str = "c1", icd: str = "M80.08XA", onset: str = "2025-12-20", **more: Any) -> Resource:
    return {
        "resourceType": "Condition",
        "id": own,
        "code": code(icd, "http://hl7.org/fhir/sid/icd-10-cm"),
        "subject": {"reference": "Patient/p1"},
        "onsetDateTime": onset,
        **more,
    }


def bundle(*resources: Resource, **more: Any) -> str:
    entries = [{"resource": resource} for resource in resources]
    return json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries, **more}, indent=1)


def take(desk: Desk, *resources: Resource, **options: Any) -> intake.ImportResult:
    return desk.take({"bundle.json": bundle(*resources)}, **options)


@pytest.mark.slow
def test_a_bundle_that_nobody_here_wrote_twice(empty: Desk) -> None:
    first, again = (intake.run(empty.store, [DATA / "synthea_bundle.json"]) for _ in range(2))
    assert first.files == [
        {
            "file": "synthea_bundle.json",
            "format": "fhir",
            "rows": 9,
            "accepted": 4,
            "unchanged": 0,
            "ignored": 5,
            "rejected": 0,
        }
    ]
    assert (again.totals["unchanged"], again.totals["ignored"]) == (4, 5)
    assert first.as_dict()["clinics_created"][0]["clinic"] == "unassigned"
    assert first.as_dict()["clinics_created"][0]["time_zone"] == "Etc/GMT-10"
    assert empty.rows("patient", "given_name, family_name, sex") == [("Chanell45", "Ratke343", "female")]
    sources = [row[0] for row in empty.rows("score", "source")]
    assert len(sources) == 3
    assert all(one.startswith("fhir:Observation/") for one in sources)


@pytest.mark.slow
def test_patient_procedure_condition_and_observation_become_a_course(empty: Desk) -> None:
    who = patient(
        name=[{"use": "usual", "text": "Annie"}, {"use": "official", "family": "Bell", "given": ["Ann", "B."]}],
        telecom=[{"system": "email", "value": "x"}, {"system": "phone", "value": "555"}],
        managingOrganization={"reference": "Organization/7", "display": "West"},
    )
    sites = [{"coding": [{"display": "Twelfth thoracic vertebra"}]}, {"text": "Body of L1"}]
    operated = kyphoplasty(bodySite=sites, performer=[{"actor": {"display": "Dr C"}}])
    result = take(empty, pain(), fracture(), operated, who)
    assert result.totals == {"rows": 4, "accepted": 4, "unchanged": 0, "ignored": 0, "rejected": 0}
    facts = empty.facts()
    assert facts["clinic"] == [("7", "West", "Etc/GMT-10", 5, False)]
    assert facts["patient"] == [("p1", "1944-05", "female", "7", "Ann B.", "Bell", "555", None)]
    assert empty.rows("episode", "episode_id, pathway, performed_on, fracture_on, cause, surgeon") == [
        ("k1", "kyphoplasty", date(2026, 1, 5), date(2025, 12, 20), "osteoporotic", "Dr C")
    ]
    assert [row[2] for row in facts["treated_level"]] == ["L1", "T12"]
    assert empty.rows("score", "episode_id, instrument, taken_on, taken_at, value, source") == [
        ("k1", "nrs_pain", date(2026, 1, 6), datetime(2026, 1, 6), 5, "fhir:Observation/o1")
    ]
    again = take(empty, pain(), fracture(), operated, who)
    assert again.totals["unchanged"] == 4
    assert empty.facts() == facts


@pytest.mark.parametrize(
    ("reference", "url", "own"),
    [
        ("urn:uuid:5a1e", "urn:uuid:5a1e", "p1"),
        ("urn:uuid:5a1e", "urn:uuid:5a1e", None),
        ("Patient/p1", None, "p1"),
        ("https://fhir.example.org/r4/Patient/p1", None, "p1"),
        ("https://fhir.example.org/r4/Patient/p1", "https://fhir.example.org/r4/Patient/p1", "p1"),
        ("Patient/p1/_history/3", None, "p1"),
        ("Patient?identifier=urn:x|77", None, "p1"),
    ],
)
def test_references_are_resolved(empty: Desk, reference: str, url: str | None, own: str | None) -> None:
    who = patient(identifier=[{"system": "urn:x", "value": "77"}])
    if own is None:
        del who["id"]
    entries = [
        {"resource": pain(subject={"reference": reference}), "request": {"method": "POST", "url": "Observation"}},
        {"resource": who, **({"fullUrl": url} if url else {})},
        {"request": {"method": "GET", "url": "Patient/x"}},
    ]
    document = {"resourceType": "Bundle", "type": "transaction", "entry": entries}
    result = empty.take({"b.json": json.dumps(document)})
    assert (result.totals["accepted"], result.totals["ignored"]) == (2, 1)
    assert empty.rows("score", "patient_id") == [(own or "5a1e",)]


@pytest.mark.slow
def test_a_patient_may_be_named_by_an_identifier_that_is_theirs_alone(empty: Desk) -> None:
    def known(value: str) -> Resource:
        return {"identifier": [{"system": "urn:ward", "value": value}, {"system": "urn:all", "value": "shared"}]}

    def named(own: str, system: str, value: str | None) -> Resource:
        return pain(own, subject={"identifier": {"system": system, "value": value}})

    asked = (named("o1", "urn:ward", "7"), named("o2", "urn:all", "shared"), named("o3", "urn:ward", None))
    result = take(empty, patient("p1", **known("7")), patient("p2", **known("8")), *asked)
    assert empty.rows("score", "patient_id, source") == [("p1", "fhir:Observation/o1")]
    assert [one["column"] for one in empty.rejects(result)] == ["subject", "subject"]


def test_a_reject_names_its_resource_where_all_stands_on_one_line(empty: Desk) -> None:
    spoilt = (pain("o1", 11), pain("o2", "x"), pain("o3", 4), pain("o4", 5))
    result = empty.take({"b.json": json.dumps(json.loads(bundle(patient(), *spoilt, kyphoplasty(bodySite=7))))})
    reasons = sorted(one["reason"].rpartition(" (")[2] for one in empty.rejects(result))
    assert {one["line"] for one in empty.rejects(result)} == {1}
    assert reasons == ["Observation/o1)", "Observation/o2)", "Observation/o3)", "Observation/o4)", "Procedure/k1)"]


@pytest.mark.slow
def test_the_level_of_an_add_on_is_of_the_procedure_that_it_adds_to(empty: Desk) -> None:
    def added(own: str, level: str, **more: Any) -> Resource:
        return kyphoplasty(own, code=code("22515", CPT), bodySite=[{"text": level}], **more)

    others = (
        added("a1", "L2", performedDateTime="2026-01-05"),
        added("a2", "L3", performedDateTime="2026-01-06"),
        added("a3", "L4", status="not-done"),
        added("a4", "L5", subject={"reference": "Patient/p2"}),
        added("a5", "T12", subject=None),
    )
    result = take(empty, *others, kyphoplasty(), patient(), patient("p2"))
    assert (result.totals["accepted"], result.totals["ignored"]) == (3, 5)
    assert empty.rows("treated_level", "episode_id, level") == [("k1", "L1"), ("k1", "L2")]
    assert take(empty, *others, kyphoplasty()).totals["unchanged"] == 1


@pytest.mark.slow
def test_resources_may_come_in_files_of_their_own_in_any_order(empty: Desk) -> None:
    files: dict[str, str | bytes] = {
        "a/observation.json": json.dumps(pain()),
        "b/patient.json": json.dumps(patient()).encode("utf-8-sig"),
        "c.ndjson": json.dumps(pain("o2", 4, effectiveDateTime="2026-01-07"))
        + "\n\n"
        + json.dumps(kyphoplasty())
        + "\n",
    }
    result = empty.take(files)
    assert result.totals["accepted"] == 4
    assert [file["rows"] for file in result.files] == [1, 1, 2]
    assert empty.rows("score", "episode_id, value") == [("k1", 4), ("k1", 5)]


@pytest.mark.parametrize(
    ("change", "value", "status"),
    [
        ({"valueQuantity": None, "valueInteger": 5}, 5, "done"),
        ({"valueQuantity": {"value": 7.0, "unit": "{score}"}}, 7, "done"),
        ({"valueQuantity": {"value": 0}}, 0, "done"),
        ({"valueQuantity": {"value": 4, "unit": "out of ten"}}, 4, "done"),
        ({"code": code("89423-8"), "valueQuantity": {"value": 12.5, "code": "s", "unit": "seconds"}}, 12.5, "done"),
        ({"code": code("83172-7"), "valueQuantity": {"value": 0.8, "unit": "m/s"}}, 0.8, "done"),
        ({"code": code("736534008", SCT), "valueQuantity": {"value": 0.7}}, 0.7, "done"),
        ({"effectiveDateTime": None, "effectiveInstant": "2026-01-06T10:00:00.123Z"}, 5, "done"),
        ({"effectiveDateTime": None, "effectivePeriod": {"start": "2026-01-06", "end": "2026-01-07"}}, 5, "done"),
        ({"valueQuantity": None, "dataAbsentReason": code("not-performed", "x")}, None, "not_tried"),
        ({"valueQuantity": None, "dataAbsentReason": code("asked-declined", "x")}, None, "refused"),
        ({"status": "amended"}, 5, "done"),
        ({"effectiveDateTime": None, "effectiveTiming": {"event": ["2026-01-06T10:00:00Z"]}}, 5, "done"),
        ({"valueQuantity": {"value": 4, "unit": "out of ten", "system": UCUM, "code": "{0 to 10}"}}, 4, "done"),
        ({"valueQuantity": {"value": 4, "unit": "of ten", "system": UCUM}}, 4, "done"),
        (
            {
                "code": code("85353-1"),
                "valueQuantity": None,
                "component": [{"code": code("72514-3"), "valueInteger": 3}],
            },
            3,
            "done",
        ),
    ],
)
@pytest.mark.slow
def test_an_observation_is_a_score(empty: Desk, change: Resource, value: float | None, status: str) -> None:
    assert take(empty, patient(), pain(**change)).totals["accepted"] == 2
    assert empty.rows("score", "value, status") == [(value, status)]


@pytest.mark.parametrize(
    "resource",
    [
        {"resourceType": "Encounter", "id": "e"},
        pain(code=code("8302-2")),
        pain(code={"text": "pain"}),
        pain(code=code("72514-3", "http://example.org")),
        pain(status="preliminary"),
        pain(status="registered"),
        pain(status="entered-in-error"),
        pain(status="cancelled"),
        pain(valueQuantity=None, dataAbsentReason=code("masked", "x")),
        kyphoplasty(code=code("80146002", SCT)),
        kyphoplasty(code=code("22515", CPT)),
        kyphoplasty(status="not-done"),
        kyphoplasty(status="preparation"),
        kyphoplasty(status="entered-in-error"),
        fracture(icd="I10"),
        fracture(onset="2025"),
        fracture(onset="2020-01-01"),
        fracture(verificationStatus=code("refuted", "x")),
        fracture(),
    ],
)
def test_what_is_not_used_is_ignored(empty: Desk, resource: Resource) -> None:
    result = take(empty, patient(), resource)
    assert (result.totals["accepted"], result.totals["ignored"], result.totals["rejected"]) == (1, 1, 0)


@pytest.mark.parametrize(
    ("resource", "column", "words"),
    [
        (pain(value=11), "value", "outside 0 to 10"),
        (pain(value=3.7), "value", "whole number"),
        (pain(value="5"), "value", "not a number, as FHIR has it"),
        (pain(value=None, valueQuantity={"unit": "{score}"}), "valueQuantity", "has no value"),
        (pain(valueQuantity={"value": 5, "comparator": "<"}), "valueQuantity", "not one number"),
        (pain(valueQuantity=None, valueString="five"), "valueString", "valueQuantity or valueInteger"),
        (pain(valueQuantity=None, valueCodeableConcept=code("LA6113-0")), "valueCodeableConcept", "is no number"),
        (pain(valueQuantity=None), "value", "no dataAbsentReason"),
        (pain(dataAbsentReason=code("unknown", "x")), "valueQuantity", "beside a dataAbsentReason"),
        (pain(effectiveDateTime=None), "effective", "is missing"),
        (pain(effectiveDateTime="2026"), "taken_at", "write 2026-03-01"),
        (pain(effectiveDateTime="2999-01-01"), "taken_at", "in the future"),
        (pain(effectiveDateTime=20260106), "effectiveDateTime", "is not text"),
        (pain(status=None), "status", "not a known status"),
        (pain(subject=None), "subject", "name the patient"),
        (pain(subject={"display": "Ann"}), "subject", "name the patient"),
        (pain(subject={"reference": "#inside"}), "subject.reference", "can't be resolved"),
        (pain(subject={"reference": "Group/g"}), "subject.reference", "is no patient"),
        (pain(subject={"reference": "Patient/p9"}), "patient_id", "not a known patient"),
        (pain(subject=["Patient/p1"]), "subject", "is not an object"),
        (pain(code={"coding": {"code": "72514-3"}}), "coding", "not a list of objects"),
        (pain(code=code("89423-8"), valueQuantity={"value": 1, "code": "min"}), "value", "another unit than s"),
        (pain(code=code("83172-7"), valueQuantity={"value": 1, "unit": "km/h"}), "value", "another unit than m/s"),
        (pain(valueQuantity={"value": 5, "code": "mm"}), "value", "another unit than points"),
        (pain(valueQuantity={"value": 5, "unit": "cm"}), "value", "another unit than points"),
        (pain(valueQuantity={"value": 5, "system": UCUM, "code": "mm[Hg]"}), "value", "another unit than points"),
        (pain(code=code("97909-6"), valueQuantity={"value": 5, "system": UCUM, "code": "[degF]"}), "value", "than %"),
        (pain(effectiveDateTime=None, effectiveTiming={"event": ["2026-01-06", "2026-01-07"]}), "effective", "missing"),
        (pain(code=code("89423-8"), valueQuantity={"value": 9, "unit": "furlong"}), "value", "another unit than s"),
        (kyphoplasty(performedDateTime="2026-02-30"), "performed_at", "does not exist"),
        (kyphoplasty(performedDateTime=""), "performed", "is missing"),
        (kyphoplasty(performedDateTime="1930-01-01"), "performed_at", "before the patient's birth"),
        (pain("a\0b"), "id", "holds a NUL"),
        (pain(subject={"reference": "Patient/\ud800"}), "reference", "half a character"),
        (pain(7), "id", "is not text"),
        ({"id": "x"}, "resourceType", "no FHIR resource"),
        ({"resourceType": 7}, "resourceType", "is not text"),
        ({"resourceType": "Bundle", "type": "searchset", "entry": []}, "resourceType", "a file of its own"),
    ],
)
@pytest.mark.slow
@pytest.mark.attack(42)
def test_what_is_wrong_is_rejected_and_the_rest_stored(
    empty: Desk, resource: Resource, column: str, words: str
) -> None:
    result = take(empty, patient(), resource, pain("o9", 2, effectiveDateTime="2026-01-09"))
    assert (result.totals["accepted"], result.totals["rejected"]) == (2, 1)
    fault = empty.fault(result)
    assert fault["column"] == column
    assert words in fault["reason"]
    line = bundle(patient(), resource).splitlines()[fault["line"] - 1 :]
    assert "".join(line).startswith("  {")
    assert json.dumps(resource.get("resourceType", "x"))[1:5] in "".join(line[:4])


@pytest.mark.parametrize(
    ("resource", "column"),
    [
        (patient(birthDate="1944-02-30"), "birth_date"),
        (patient(birthDate="17.5.1944"), "birth_date"),
        (patient(gender="f3"), "sex"),
        (patient(gender=1), "gender"),
        (patient(name="Ann"), "name"),
        (patient(name=[{"given": "Ann"}]), "given"),
        (patient(deceasedDateTime="1943-01-01"), "died_on"),
        ({"resourceType": "Patient", "gender": "male"}, "id"),
    ],
)
@pytest.mark.slow
def test_a_patient_may_be_rejected(empty: Desk, resource: Resource, column: str) -> None:
    assert empty.fault(take(empty, resource))["column"] == column


@pytest.mark.slow
def test_death_is_a_day_or_unknown(empty: Desk) -> None:
    result = take(
        empty,
        patient("a", deceasedDateTime="2026-02-01T23:30:00Z"),
        patient("b", deceasedDateTime="2026"),
        patient("c", deceasedBoolean=True),
        patient("d", deceasedDateTime="2026-03"),
    )
    found = dict(empty.rows("patient", "patient_id, died_on"))
    assert found == {"a": date(2026, 2, 1), "b": None, "c": None, "d": None}
    assert result.undated_deaths == 3
    assert "Recorded as dead, without the day: 3 x Patient." in " ".join(result.notes)
    assert take(empty, patient("e", deceasedBoolean=False)).undated_deaths == 0


@pytest.mark.parametrize("status", ["entered-in-error", "cancelled"])
@pytest.mark.slow
@pytest.mark.attack(42)
def test_what_was_entered_in_error_is_never_current(empty: Desk, status: str) -> None:
    wrong = {"resourceType": "Observation", "id": "o1", "status": status, "code": code("72514-3")}
    take(empty, patient(), kyphoplasty(), pain(), pain("o2", 4, effectiveDateTime="2026-01-07"))
    result = take(empty, wrong)
    assert result.totals["accepted"] == 1
    assert empty.rows("score", "value") == [(4,)]
    assert take(empty, wrong).totals["unchanged"] == 1
    assert take(empty, pain()).totals["ignored"] == 1
    assert empty.rows("score", "value") == [(4,)]


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.slow
def test_an_error_and_its_first_version_in_one_batch(empty: Desk, order: int) -> None:
    both = [pain(), pain(status="entered-in-error")][::order]
    for _ in range(2):
        result = take(empty, patient(), *both)
        assert result.totals["ignored"] == 2
        assert empty.rows("score", "value") == []


@pytest.mark.slow
def test_a_procedure_entered_in_error_goes_with_its_levels(empty: Desk) -> None:
    take(empty, patient(), kyphoplasty(), pain())
    wrong = kyphoplasty(status="entered-in-error")
    assert take(empty, wrong).totals["accepted"] == 1
    assert (empty.rows("episode", "episode_id"), empty.rows("treated_level", "level")) == ([], [])
    assert empty.rows("score", "episode_id") == [(None,)]
    assert take(empty, kyphoplasty()).totals["ignored"] == 1


@pytest.mark.slow
def test_a_procedure_that_has_notes_stays(empty: Desk) -> None:
    take(empty, patient(), kyphoplasty())
    empty.take({"notes.csv": "episode_id,written_at,kind,text\nk1,2026-01-06,visit,x\n"})
    assert "retract those first" in empty.fault(take(empty, kyphoplasty(status="entered-in-error")))["reason"]
    assert empty.rows("episode", "episode_id") == [("k1",)]


@pytest.mark.parametrize("status", ["amended", "corrected"])
@pytest.mark.slow
def test_a_corrected_observation_supersedes_its_first_version(empty: Desk, status: str) -> None:
    take(empty, patient(), pain())
    assert empty.fault(take(empty, pain(value=6)))["column"] == "value"
    assert take(empty, pain(value=6, status=status)).totals["accepted"] == 1
    assert empty.rows("score", "value") == [(6,)]
    moved = pain(value=6, status=status, effectiveDateTime="2026-01-07")
    assert take(empty, moved).totals["accepted"] == 1
    assert empty.rows("score", "value, taken_on, taken_at") == [(6, date(2026, 1, 7), None)]
    assert take(empty, moved).totals["unchanged"] == 1


@pytest.mark.slow
def test_the_latest_of_several_versions_counts(empty: Desk) -> None:
    versions = [
        pain(value=5, meta={"lastUpdated": "2026-01-06T10:00:00Z"}),
        pain(value=6, meta={"lastUpdated": "2026-01-08T10:00:00Z"}),
    ]
    for order in (versions, versions[::-1]):
        result = take(empty, patient(), *order)
        assert (result.totals["ignored"], result.totals["rejected"]) == (1, 0)
        assert empty.rows("score", "value") == [(6,)]
    result = take(empty, pain("o2", 1, effectiveDateTime="2026-01-09"), pain("o2", 2, effectiveDateTime="2026-01-10"))
    assert result.totals["rejected"] == 2


@pytest.mark.slow
def test_the_same_score_under_two_ids_is_there_once(empty: Desk) -> None:
    result = take(empty, patient(), pain("o1"), pain("o2"), pain("o3", 4))
    assert (result.totals["accepted"], result.totals["rejected"]) == (1, 3)
    result = take(empty, pain("o1"), pain("o2"))
    assert (result.totals["accepted"], result.totals["unchanged"]) == (1, 1)


@pytest.mark.parametrize(
    ("concept", "pathway"),
    [
        (code("22513", CPT), "kyphoplasty"),
        (code("22514", CPT), "kyphoplasty"),
        (code("22510", CPT), "vertebroplasty"),
        ({"text": "Balloon Kyphoplasty of L1"}, "kyphoplasty"),
        ({"coding": [{"display": "Percutaneous vertebroplasty"}]}, "vertebroplasty"),
    ],
)
@pytest.mark.slow
def test_a_procedure_is_recognised(empty: Desk, concept: Resource, pathway: str) -> None:
    take(empty, patient(), kyphoplasty(code=concept))
    assert empty.rows("episode", "pathway") == [(pathway,)]


@pytest.mark.slow
def test_a_diagnosis_belongs_to_the_next_procedure_and_only_fills(empty: Desk) -> None:
    second = kyphoplasty("k2", performedDateTime="2026-06-01")
    tumour = fracture("c2", "M84.58XA", "2026-05-20")
    result = take(empty, patient(), kyphoplasty(), second, fracture(), tumour, fracture("c3", "S32.010A", "2026-06-02"))
    assert (result.totals["accepted"], result.totals["ignored"]) == (5, 1)
    assert empty.rows("episode", "episode_id, fracture_on, cause") == [
        ("k1", date(2025, 12, 20), "osteoporotic"),
        ("k2", date(2026, 5, 20), "neoplastic"),
    ]
    assert take(empty, fracture("c4", "S32.010A", "2025-12-01")).totals["ignored"] == 1
    assert take(empty, fracture()).totals["unchanged"] == 1
    osteoporosis = fracture("c5", onset="2019-01-01", code=code("64859006", SCT))
    take(empty, kyphoplasty("k3", performedDateTime="2026-09-01"), osteoporosis)
    assert empty.rows("episode", "fracture_on, cause")[2] == (None, None)


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        ('{"resourceType": "Bundle",\n "entry": [\n {"resource": }]}', 3, "not valid JSON"),
        ('{"resourceType": "Bundle", "entry": [{}', 1, "not valid JSON"),
        ('{"resourceType": "Patient", "id": "p1"} {}', 1, "something follows"),
        ('{"resourceType": "Patient", "id": "p1",}', 1, "not valid JSON"),
        ("[]", 1, "a list of resources"),
        ("", 1, "the file is empty"),
        ('{"id": 1}', 1, "no FHIR resource"),
        ('{"resourceType": "Bundle", "entry": {}}', 1, "not a list"),
        ('{"resourceType": "Bundle", "entry": [], "entry": []}', 1, "stands twice"),
        ('{"resourceType": "Patient", "id": ' + "[" * 100_000 + "]" * 100_000 + "}", 1, "nested too deeply"),
    ],
)
@pytest.mark.slow
@pytest.mark.attack(42)
def test_a_broken_document_is_one_rejected_row(empty: Desk, content: str, line: int, words: str) -> None:
    result = empty.take({"b.json": content, "good.json": json.dumps(patient())})
    assert (result.totals["accepted"], result.totals["rejected"]) == (1, 1)
    fault = empty.fault(result)
    assert (fault["file"], fault["line"]) == ("b.json", line)
    assert words in fault["reason"]


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ('{"resource": {"resourceType": "Observation", "id": "a", "id": "b"}}', 'the key "id" stands twice'),
        ('{"resource": {"resourceType": "Patient", "id": "b", "name": [{"use": "a", "use": "b"}]}}', "stands twice"),
        ('{"resource": 7}', "is not an object"),
        ("7", "is not an object"),
        ("{}", "holds no resource"),
        (json.dumps({"resource": pain(value=0)}).replace('"value": 0', '"value": ' + "9" * 6000), "too large a number"),
        (json.dumps({"resource": pain(value=0)}).replace('"value": 0', '"value": 1e999'), "too large a number"),
        (json.dumps({"resource": pain(value=0)}).replace('"value": 0', '"value": NaN'), "is not a number"),
    ],
)
@pytest.mark.slow
def test_a_broken_entry_spoils_only_itself(empty: Desk, entry: str, words: str) -> None:
    text = bundle(patient()).replace('"entry": [', f'"entry": [\n{entry},')
    result = empty.take({"b.json": text})
    assert (result.totals["accepted"], result.totals["rejected"]) == (1, 1)
    fault = empty.fault(result)
    assert fault["line"] == 5
    assert words in fault["reason"]


@pytest.mark.attack(42)
def test_a_broken_line_of_ndjson_spoils_only_itself(empty: Desk) -> None:
    lines = [json.dumps(patient()), '{"resourceType": "Obs', "", "[]", json.dumps(pain())]
    result = empty.take({"b.ndjson": "\n".join(lines)})
    assert (result.totals["accepted"], result.totals["rejected"]) == (2, 2)
    assert [one["line"] for one in empty.rejects(result)] == [2, 4]


@pytest.mark.parametrize("start", ['{\n  "resourceType": "Patient"', "[", "[\n {"])
def test_lines_that_are_laid_out_over_many_are_one_rejected_row(empty: Desk, start: str) -> None:
    result = empty.take({"b.ndjson": start + "\n" * 3})
    assert (result.totals["rows"], result.totals["rejected"]) == (1, 1)
    assert "one resource a line" in empty.fault(result)["reason"]


def test_the_list_of_a_bulk_exports_files_is_ignored_by_name(empty: Desk) -> None:
    said = {"transactionTime": "2026-01-01", "output": [{"type": "Patient", "url": "x"}]}
    result = empty.take({"manifest.json": json.dumps(said), "Patient.ndjson": json.dumps(patient())})
    assert (result.totals["accepted"], result.totals["ignored"], result.totals["rejected"]) == (1, 1, 0)


def test_a_packed_fhir_file_is_rejected_and_the_others_are_read(empty: Desk) -> None:
    result = empty.take({"Patient.ndjson.gz": gzip.compress(b"{}"), "p.json": json.dumps(patient())})
    assert result.totals["accepted"] == 1
    assert "packed with gzip: unpack it first" in empty.fault(result)["reason"]
