"""QuestionnaireResponses as different records send them: scored by the mapping's word, or told why not."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from plumbline import intake
from plumbline.errors import ImportRefused, PlumblineError
from plumbline.export.store import export
from plumbline.intake import undo
from plumbline.intake.mapping import Mapping, MappingRefused
from plumbline.store import open_store
from tests.intake.conftest import Desk

ODI = "http://ehr.example.org/Questionnaire/odi"
RMDQ = "http://ehr.example.org/Questionnaire/rmdq"
WORDS = ["none", "mild", "moderate", "fairly severe", "very severe", "worst"]
Resource = dict[str, Any]


def mapping(*forms: Resource) -> Mapping:
    text = json.dumps({"name": "ehr", "version": "1", "questionnaires": list(forms)})
    found = Mapping.from_yaml(text)
    assert Mapping.from_yaml(found.to_yaml()) == found
    return found


def odi(**more: Any) -> Resource:
    return {
        "questionnaire": ODI, "instrument": "odi", "coding": "0-5",
        "items": [f"odi-{number}" for number in range(1, 11)], **more,
    }  # fmt: skip


def rmdq(form: str = "paper", **more: Any) -> Resource:
    links = [f"/r/{number}" for number in range(1, 25)]
    return {"questionnaire": RMDQ, "instrument": "rmdq", "form": form, "items": links, **more}


def answers(links: list[str], values: list[Any], kind: str = "valueInteger") -> list[Resource]:
    said = [{} if value is None else {"answer": [{kind: value}]} for value in values]
    return [{"linkId": link, **one} for link, one in zip(links, said, strict=True)]


def response(items: list[Resource], own: str = "q1", of: str | None = ODI, **more: Any) -> Resource:
    found = {
        "resourceType": "QuestionnaireResponse", "id": own, "status": "completed", "questionnaire": of,
        "subject": {"reference": "Patient/p1"}, "authored": "2026-01-06T15:30:00Z", "item": items, **more,
    }  # fmt: skip
    return {name: value for name, value in found.items() if value is not None}


def take(desk: Desk, known: Mapping | None, *resources: Resource, **options: Any) -> intake.ImportResult:
    return desk.take({"r.ndjson": "\n".join(map(json.dumps, resources))}, mapping=known, **options)


def coded(code: str, display: str | None = None, weight: float | None = None) -> Resource:
    found: Resource = {"system": "http://loinc.org", "code": code}
    if display:
        found["display"] = display
    if weight is not None:
        url = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
        found["extension"] = [{"url": url, "valueDecimal": weight}]
    return found


POINTS: list[Any] = [2, 2, 2, 2, 2, 1, None, 1, 2, 2]  # 16 of 45: 35.5 %, the published example
KINDS: dict[str, tuple[list[Any], str, Resource]] = {
    "numbers": (POINTS, "valueInteger", {}),
    "decimals": ([None if one is None else one + 0.0 for one in POINTS], "valueDecimal", {}),
    "text": ([None if one is None else str(one) for one in POINTS], "valueString", {}),
    "one to six": ([None if one is None else one + 1 for one in POINTS], "valueInteger", {"coding": "1-6"}),
    "codes with their weight": (
        [None if one is None else coded(f"LA{one}-x", weight=one) for one in POINTS], "valueCoding", {},
    ),
    "codes that the mapping knows": (
        [None if one is None else coded(f"LA{one}-x", weight=9) for one in POINTS], "valueCoding",
        {"values": {f"LA{one}-X": str(one) for one in range(6)}},
    ),
    "words that the mapping knows": (
        [None if one is None else coded(f"c{one}", WORDS[one].title()) for one in POINTS], "valueCoding",
        {"values": {word: str(one) for one, word in enumerate(WORDS)}},
    ),
    "codes of a system": (
        [None if one is None else coded(f"LA{one}") for one in POINTS], "valueCoding",
        {"values": {f"http://loinc.org|LA{one}": str(one) for one in range(6)}},
    ),
    "a word for no answer": (
        ["skipped" if one is None else str(one) for one in POINTS], "valueString", {"missing": ["Skipped"]},
    ),
    "quantities": ([None if one is None else {"value": one} for one in POINTS], "valueQuantity", {}),
}  # fmt: skip


@pytest.mark.cases
@pytest.mark.parametrize("name", KINDS)
def test_the_worked_example_is_scored_however_its_answers_are_written(desk: Desk, name: str) -> None:
    values, kind, more = KINDS[name]
    form = odi(**more)
    result = take(desk, mapping(form), response(answers(form["items"], values, kind), of=f"{ODI}|2.1"))
    assert (result.totals["accepted"], desk.rejects(result)) == (1, [])
    ((value, source),) = desk.rows("score", "value, source")
    assert (round(value, 6), source) == (round(1600 / 45, 6), "fhir:QuestionnaireResponse/q1")
    points = desk.rows("score_item", "item, points, scoring_rule, coding")
    assert points == [(at, one, "odi_percent", form["coding"]) for at, one in enumerate(POINTS, 1)]
    assert "worked out from fewer than 10 answers" in " ".join(result.notes)
    assert result.mappings[0]["name"] == "ehr"


def test_items_are_found_however_deep_they_lie_and_twice_is_unchanged(desk: Desk) -> None:
    form = rmdq("electronic", questionnaire=None)
    del form["questionnaire"]
    flat = answers(form["items"], [number < 5 for number in range(24)], "valueBoolean")
    inner = {"linkId": "why", "answer": [{"valueString": "x", "item": flat[1:]}]}
    deep = [{"linkId": "page", "item": [flat[0]]}, inner]
    sent = response(deep, of=None, subject=None, source={"reference": "Patient/p1"})
    assert take(desk, mapping(form), sent).totals["accepted"] == 1
    assert desk.rows("score", "instrument, value") == [("rmdq", 5.0)]
    assert take(desk, mapping(form), sent).totals["unchanged"] == 1
    amended = response(answers(form["items"], [True] * 24, "valueBoolean"), of=None, status="amended")
    assert take(desk, mapping(form), amended).totals["accepted"] == 1
    assert desk.rows("score", "value") == [(24.0,)]
    gone = response([], of=None, status="entered-in-error")
    assert take(desk, mapping(form), gone).totals["accepted"] == 1
    assert (desk.rows("score", "value"), desk.rows("score_item", "item")) == ([], [])


def test_a_response_without_a_mapping_is_rejected_and_says_what_to_do(desk: Desk) -> None:
    known = mapping(odi(), {"questionnaire": RMDQ, "ignore": "true"})
    other = take(desk, known, response(answers(["a"], [1]), of="http://x.org/phq9"))
    fault = desk.fault(other)
    assert (fault["column"], fault["value"]) == ("questionnaire", "http://x.org/phq9")
    assert "has no mapping" in fault["reason"]
    assert "`questionnaires`" in fault["reason"]
    assert "its linkIds: a …" in desk.fault(take(desk, None, response(answers(["a"], [1]), of=None)))["reason"]
    assert take(desk, known, response([], of=RMDQ)).totals["ignored"] == 1
    assert take(desk, known, response([], status="in-progress")).totals["ignored"] == 1


@pytest.mark.cases
@pytest.mark.parametrize(
    ("values", "more", "column", "words"),
    [
        ([1] * 7 + [None] * 3, {}, "item odi-8", "7 of 10 items answered"),
        ([1] * 9 + [7], {}, "item odi-10", "which the coding 0-5 doesn't have"),
        ([1] * 10, {"authored": None}, "authored", "is missing"),
        ([1] * 10, {"status": "lost"}, "status", "is not a known status"),
        ([1] * 10, {"subject": None}, "subject", "name the patient"),
    ],
)
def test_what_gives_no_score_is_rejected_at_its_place(
    desk: Desk, values: list[Any], more: Resource, column: str, words: str
) -> None:
    form = odi()
    fault = desk.fault(take(desk, mapping(form), response(answers(form["items"], values), **more)))
    assert fault["column"] == column
    assert words in fault["reason"]
    assert desk.rows("score", "value") == []


def test_two_answers_an_odd_type_and_foreign_link_ids_are_rejected(desk: Desk) -> None:
    form = odi()
    twice, dated = answers(form["items"], [1] * 10), answers(form["items"], [1] * 10)
    twice[0]["answer"] *= 2
    dated[1]["answer"] = [{"valueDate": "2026-01-01"}]
    sent = [response(twice, "a"), response(dated, "b"), response(answers(["x"], [1]), "c")]
    reasons = [one["reason"] for one in desk.rejects(take(desk, mapping(form), *sent))]
    assert "has 2 answers" in reasons[0]
    assert "valueDate" in reasons[1]
    assert "holds no linkId" in reasons[2]
    assert "(QuestionnaireResponse/c)" in reasons[2]


def test_answers_of_another_coding_stop_the_whole_import(desk: Desk) -> None:
    form = odi()
    sent = [response(answers(form["items"], [one] * 10), f"q{one}", authored=f"2026-01-0{one + 6}") for one in (1, 2)]
    sent.append(response(answers(form["items"], [6] * 10), "q6"))
    with pytest.raises(ImportRefused, match="coding: 1-6"):
        take(desk, mapping(form), *sent)
    assert desk.rows("score", "value") == []
    assert take(desk, mapping(odi(coding="1-6")), *sent).totals["accepted"] == 3
    assert [row[0] for row in desk.rows("score", "value")] == [0.0, 20.0, 100.0]


def test_a_link_id_that_no_response_holds_is_told(desk: Desk) -> None:
    form = odi()
    sent = answers(form["items"][:9], [1] * 9) + answers(["odi-ten"], [1])
    notes = " ".join(take(desk, mapping(form), response(sent)).notes)
    assert "No response holds odi-10" in notes


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"questionnaire": ODI}, "rule that scores ''"),
        (odi(coding="2-7"), "coding '2-7'"),
        (odi(items=["a", "a"]), "a stands twice"),
        (odi(items=["a"]), "names 1 linkIds, the odi has 10 items"),
        (odi(link="x"), "link: is not known here"),
        ({"ignore": "true"}, "say which one is ignored"),
        (odi(ignore="maybe"), "write true or false"),
    ],
)
def test_a_mapping_that_cannot_score_is_refused_with_the_place(form: Resource, words: str) -> None:
    with pytest.raises(MappingRefused) as refused:
        mapping(form)
    assert "questionnaires[0]" in str(refused.value)
    assert words in str(refused.value)
    with pytest.raises(MappingRefused, match="stands twice"):
        mapping(odi(), odi())


def test_answers_go_out_with_their_score_come_back_and_are_undone(
    desk: Desk, empty_original: Path, tmp_path: Path
) -> None:
    form = odi()
    batch = take(desk, mapping(form), response(answers(form["items"], POINTS))).batch_id
    export(desk.store, tmp_path / "out", lambda *_: None, form="fhir")
    (line,) = (tmp_path / "out" / "ndjson" / "QuestionnaireResponse.ndjson").read_text().splitlines()
    assert [one.get("answer", [{}])[0].get("valueInteger") for one in json.loads(line)["item"]] == POINTS
    again = Desk(open_store(shutil.copy(empty_original, tmp_path / "again.duckdb")), tmp_path / "again")
    assert intake.run(again.store, [tmp_path / "out"]).totals["rejected"] == 0
    kept = "patient_id, item, answer, points, scoring_rule, coding"
    assert again.rows("score_item", kept) == desk.rows("score_item", kept)
    assert again.rows("score", "value") == desk.rows("score", "value")
    again.store.close()
    undo.undo(desk.store, "me", batch, None, confirmed=True)
    assert (desk.rows("score", "value"), desk.rows("score_item", "item")) == ([], [])


def proposed(desk: Desk, *resources: Resource, **settled: Any) -> Mapping:
    folder = desk.put({"ehr.ndjson": "\n".join(map(json.dumps, resources))})
    found = intake.propose(folder / "ehr.ndjson", intake.Settled(**settled))
    if not [one for one in found.questions if ".items" in one]:
        assert Mapping.from_yaml(found.to_yaml()) == found
    return found


def test_a_mapping_is_proposed_from_the_responses_and_used(desk: Desk) -> None:
    links = [f"odi-{number}" for number in range(1, 11)]
    sent = response(answers(links, [*POINTS[:6], 0, *POINTS[7:]]))
    other = response(answers(["a"], [1]), "q2", of="urn:ehr:phq-9")
    found = proposed(desk, sent, other)
    assert (found.name, found.questions) == ("ehr", ())
    assert [(one.questionnaire, one.instrument, one.coding, one.ignore) for one in found.forms] == [
        (ODI, "odi", "0-5", False), ("urn:ehr:phq-9", "", None, True),
    ]  # fmt: skip
    assert found.forms[0].items == tuple(links)
    assert "# 1 response. It is the odi by its name" in found.to_yaml()
    assert take(desk, found, sent, other).totals == {
        "rows": 2, "accepted": 1, "unchanged": 0, "ignored": 1, "rejected": 0,
    }  # fmt: skip


def test_what_the_responses_do_not_say_is_asked(desk: Desk) -> None:
    links = [f"q{number}" for number in range(1, 10)]
    asked = " ".join(proposed(desk, response(answers(links, [2] * 9), of="urn:Oswestry")).questions)
    assert "9 linkIds are answered, the odi has 10 items" in asked
    assert "(--coding)" in asked
    words = answers(rmdq()["items"], [coded("LA1", "Mild")] * 24, "valueCoding")
    asked = " ".join(proposed(desk, response(words, of="urn:roland-morris")).questions)
    assert "LA1 (Mild)" in asked
    assert "(--form)" in asked
    assert "(--form)" not in " ".join(proposed(desk, response(words, of="urn:roland-morris"), form="paper").questions)
    with pytest.raises(PlumblineError, match="need no mapping"):
        proposed(desk, {"resourceType": "Patient", "id": "p1"})
