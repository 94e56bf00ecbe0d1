"""FHIR out: every resource is sound R4, an import takes all of it back, and what is no longer so stays away."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from plumbline import intake, sql, summary
from plumbline.errors import PlumblineError
from plumbline.export import fhir
from plumbline.export.store import export
from plumbline.store import Store, open_store
from tests.facts import Facts
from tests.intake.conftest import BASE, FACTS, Desk
from tests.intake.test_properties import GARBLED

DATA = Path(__file__).parent / "data"
MORE = {
    "note": ", cast(to_json(fields) as varchar)",
    "score": ", recorded_by",
    "clinic": ", phone_in_hours, phone_out_of_hours, emergency_number",
}
REQUIRED = {
    "Organization": {"identifier"},
    "Patient": {"identifier"},
    "EpisodeOfCare": {"status", "patient"},
    "Condition": {"subject"},
    "Procedure": {"status", "subject"},
    "Observation": {"status", "code"},
    "MedicationStatement": {"status", "subject", "medicationCodeableConcept"},
    "DocumentReference": {"status", "content"},
    "QuestionnaireResponse": {"status"},
    "Goal": {"lifecycleStatus", "description", "subject"},
}
WHEN = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d:\d\d(\.\d+)?Z)?)?)?")
Resource = dict[str, Any]


def quiet(_label: str, _done: int, _total: int) -> None:
    """Nobody looks on."""


def facts(store: Store) -> dict[str, list[Any]]:
    cursor = store.cursor()
    return {
        table: cursor.execute(
            f"select {columns}{MORE.get(table, '')} from {table} where retracted_at is null order by all"
        ).fetchall()
        for table, columns in FACTS.items()
    }


def bulk(folder: Path) -> list[Resource]:
    """Every resource of an export's NDJSON."""
    paths = sorted((folder / "ndjson").iterdir())
    return [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").split("\n") if line]


def back(folder: Path, empty_original: Path, to: Path) -> Store:
    """An empty store into which an export was imported; nothing was rejected."""
    store = open_store(shutil.copy(empty_original, to))
    result = intake.run(store, [folder])
    turned_away = intake.rejects(store.cursor(), result.batch_id)
    store.close() if turned_away else None
    assert [(one["column"], one["value"], one["reason"]) for one in turned_away] == []
    assert result.exit_code == 0
    return store


def faults(resource: Resource) -> list[str]:
    """What FHIR R4 forbids in any resource: empty members, odd ids and dates, missing elements, two values."""
    kind, own = resource.get("resourceType", ""), resource.get("id", "")
    found = [f"{kind} lacks {name}" for name in REQUIRED[kind] - set(resource)]
    found += [] if re.fullmatch(r"[A-Za-z0-9\-.]{1,64}", own) else [f"{kind} has the id {own!r}"]

    def walk(value: Any, at: str) -> None:
        if value is None or value in ("", [], {}):
            found.append(f"{at} is empty")
        for name, inner in value.items() if isinstance(value, dict) else ():
            is_when = name in {"start", "end", "birthDate"} or name.endswith(("DateTime", "valueDate", "lastUpdated"))
            if is_when and not WHEN.fullmatch(inner):
                found.append(f"{at}.{name} is {inner!r}")
            walk(inner, f"{at}.{name}")
        for inner in value if isinstance(value, list) else ():
            walk(inner, f"{at}[]")
        if isinstance(value, dict) and len([name for name in value if name.startswith("value")]) > 1 and "url" in value:
            found.append(f"{at} has two values")

    walk(resource, kind)
    return found


def references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from [value["reference"]] if isinstance(value.get("reference"), str) else []
        for inner in value.values():
            yield from references(inner)
    for inner in value if isinstance(value, list) else ():
        yield from references(inner)


def check(folder: Path) -> list[Resource]:
    """Everything in an export is sound, refers to what is there, and is in the bundles and in bulk the same."""
    found = bulk(folder)
    assert [fault for one in found for fault in faults(one)] == []
    urls = [f"{one['resourceType']}/{one['id']}" for one in found]
    assert len(set(urls)) == len(urls)
    assert {one for resource in found for one in references(resource)} <= set(urls)
    by_url = dict(zip(urls, found, strict=True))
    held = set()
    for line in (folder / "patients" / fhir.SUMS).read_text().splitlines():
        digest, name = line.split("  ")
        text = (folder / "patients" / name).read_bytes()
        assert hashlib.sha256(text).hexdigest() == digest
        bundle = json.loads(text)
        inside = {entry["fullUrl"].removeprefix(fhir.BASE): entry["resource"] for entry in bundle["entry"]}
        assert (bundle["resourceType"], bundle["type"], len(inside)) == ("Bundle", "collection", len(bundle["entry"]))
        assert {one for resource in inside.values() for one in references(resource)} <= set(inside)
        assert all(by_url[url] == resource for url, resource in inside.items())
        held |= set(inside)
    assert {url for url in urls if not url.startswith("Organization/")} <= held
    return found


@pytest.mark.slow
def test_the_demo_store_comes_back_from_fhir_as_it_was(
    demo_store: Path, empty_original: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fhir, "_TOGETHER", 17)  # as in a store of thousands: in several goes
    demo = open_store(shutil.copy(demo_store, tmp_path / "demo.duckdb"))
    told = export(demo, tmp_path / "out", quiet, form="fhir")
    found = check(tmp_path / "out")
    assert sum(file["rows"] for name, file in told["files"].items() if name.startswith("ndjson/")) == len(found)
    kept = facts(demo)
    for name, folder in {"bulk": tmp_path / "out", "bundles": tmp_path / "out" / "patients"}.items():
        again = back(folder, empty_original, tmp_path / f"{name}.duckdb")
        for table, rows in facts(again).items():
            assert rows == kept[table], (name, table)
        assert len([one for one in found if one["resourceType"] == "Goal"]) > 60  # for others: an import leaves them
        again.close()
    demo.close()


ODD = ["p1", "P1", "a b", "_x", "Zoë", "9" * 70, ".", "nul.json", 'say "so"', "{}", "x|y"]
ZONES = ["America/New_York", "Europe/Berlin", "Etc/UTC", "Australia/Lord_Howe"]
BLANKS = " \t\n\r\xa0\ufeff"  # what an import takes away at both ends of any text
WORDS = (
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=20)
    .map(lambda text: text.strip(BLANKS) or "x")
    .filter(lambda text: not GARBLED.search(text))  # an import rejects what was read in a wrong encoding before
)
MAYBE = st.none() | WORDS
AMOUNT = st.none() | st.floats(0, 1e300, allow_nan=False) | st.sampled_from([0.1 + 0.2, 5e-324, 7.0, 1e22])
INSTRUMENTS = {"nrs_back": 10, "odi": 100, "rmdq": 24, "tug": 300, "eq5d_index": 1, "promis_pf": 80, "nrs_pain": 10}
FIRST = date(2024, 3, 8)


@st.composite
def stores(draw: st.DrawFn) -> Facts:
    """Any store that the checks of an import allow."""
    made = Facts()
    zones = draw(st.lists(st.sampled_from(ZONES), min_size=1, max_size=2))
    for number, zone in enumerate(zones):
        made.clinic(f"c {number}", name=draw(WORDS), time_zone=zone, phone_in_hours=draw(MAYBE))
    for number, own in enumerate(draw(st.lists(st.sampled_from(ODD), unique=True, min_size=1, max_size=4))):
        clinic = draw(st.integers(0, len(zones) - 1))
        born = draw(st.sampled_from([None, "1944", "1944-05", "1944-05-17"]))
        who = {"given_name": draw(MAYBE), "family_name": draw(MAYBE), "phone": draw(MAYBE)}
        sex = draw(st.sampled_from([None, "female", "male", "other", "unknown"]))
        who |= {"sex": sex, "birth_date": born, "died_on": draw(st.sampled_from([None, date(2026, 6, 1)]))}
        made.patient(own, patient_key=f"key{number}", clinic_id=f"c {clinic}", **who)
        _course(draw, made, own, f"{own}_{number}", zones[clinic])
    return made


def _moment(draw: st.DrawFn, zone: str, name: str) -> dict[str, Any]:
    """A day, or a day with the instant that it is of."""
    instant = datetime.combine(FIRST, datetime.min.time()) + timedelta(microseconds=draw(st.integers(0, 6 * 10**13)))
    day = instant.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).date()
    return {f"{name}_on": day, f"{name}_at": instant if draw(st.booleans()) else None}


def _course(draw: st.DrawFn, made: Facts, who: str, course: str, zone: str) -> None:
    said = {"surgeon": draw(MAYBE), "approach": draw(MAYBE), "of_grade": draw(MAYBE), "genant": draw(MAYBE)}
    broke, why = draw(st.sampled_from([None, FIRST])), draw(st.sampled_from([None, "traumatic"]))
    done = datetime.combine(FIRST, datetime.min.time()) + timedelta(hours=draw(st.integers(6, 12)), microseconds=5)
    tags = draw(st.sampled_from([None, "arm=A", "arm= A;trial=ü=1"]))
    made.episode(
        course, who, episode_key=f"e{who == 'p1'}{len(made.rows['patient'])}", performed_on=FIRST, tags=tags,
        performed_at=draw(st.sampled_from([None, done])), discharged_on=FIRST + timedelta(days=2),
        fracture_on=broke, cause=why, **said,
    )  # fmt: skip
    here = {"episode_id": course, "patient_id": who}
    for level in draw(st.lists(st.sampled_from(["T4", "T12", "L1"]), unique=True)):
        made.add("treated_level", level=level, cement_ml=draw(AMOUNT), **here)
    several = st.lists(st.integers(0, 3), max_size=4)
    unique: set[Any] = set()

    def new(*key: Any) -> bool:
        known = key in unique
        unique.add(key)
        return not known

    for _ in draw(several):
        when, name = _moment(draw, zone, "taken"), draw(st.sampled_from(list(INSTRUMENTS)))
        status = draw(st.sampled_from(["done", "done", "unable", "not_tried", "refused"]))
        value = draw(st.floats(0, INSTRUMENTS[name])) if name not in {"nrs_back", "nrs_pain", "rmdq"} else draw(
            st.integers(0, INSTRUMENTS[name])
        )
        value = max(value, 10) if name == "promis_pf" else value
        if new(name, *when.values()):
            told = {"context": draw(MAYBE.map(lambda x: x and x.lower())), "status": status, **when}
            made.score(0, float(value) if status == "done" else None, who, instrument=name, **told)
    for _ in draw(several):
        when, name = _moment(draw, zone, "happened"), draw(st.sampled_from(["home", "stairs"]))
        if new(name, *when.values()):
            status = draw(st.sampled_from(["achieved", "not_yet", "unable_before_fracture"]))
            status = "not_yet" if when["happened_on"] < FIRST else status
            made.add("milestone_event", milestone=name, status=status, reported_by=draw(MAYBE), **when, **here)
    for _ in draw(several):
        when, name = _moment(draw, zone, "happened"), draw(st.sampled_from(["fall", "new_fracture", "red_flag_closed"]))
        level = draw(st.sampled_from([None, "T4"]))
        if new(name, level, *when.values()):
            made.add("event", kind=name, level=level, detail=draw(MAYBE), **when, **here)
    for _ in draw(several):
        when, text = _moment(draw, zone, "written"), draw(WORDS)
        filled = draw(st.none() | st.dictionaries(WORDS, WORDS, min_size=1, max_size=2))
        if new(text, *when.values()):
            kind = draw(st.sampled_from(["visit", "nurse_call"]))
            made.add("note", kind=kind, text=text, title=draw(MAYBE), author=draw(MAYBE), fields=filled, **when, **here)
    for name in draw(st.lists(st.sampled_from(["morphine", "calcium", "salve (own)"]), unique=True)):
        opioid = draw(st.booleans() if name != "salve (own)" else st.none() | st.booleans())
        stop = draw(st.sampled_from([None, FIRST + timedelta(days=40)]))
        doses = {"dose": draw(AMOUNT), "unit": draw(MAYBE)}
        made.add("medication", drug=name, started_on=FIRST, stopped_on=stop, opioid=opioid, **doses, **here)


@pytest.mark.slow
@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(made=stores())
def test_any_store_comes_back_from_fhir_as_it_was(made: Facts, empty_original: Path, tmp_path: Path) -> None:
    folder = Path(tempfile.mkdtemp(dir=tmp_path))
    with closing(open_store(shutil.copy(empty_original, folder / "made.duckdb"))) as store:
        write(made, store)
        export(store, folder / "out", quiet, form="fhir")
        kept = facts(store)
    check(folder / "out")
    with closing(back(folder / "out", empty_original, folder / "again.duckdb")) as again:
        for table, rows in facts(again).items():
            assert rows == kept[table], table


def write(made: Facts, store: Store) -> None:
    """As Facts does, but row by row: a frame would make not-a-number of what is missing."""
    with store.write() as cursor:
        for table, rows in made.rows.items():
            for row in rows:
                names = ", ".join(row)
                marks = ", ".join("?" for _ in row)
                cursor.execute(f"insert into {table} ({names}) values ({marks})", list(row.values()))
        summary.refresh(cursor, None)


@pytest.fixture
def desk(tmp_path: Path, empty_store: Path) -> Iterator[Desk]:
    """A desk whose store knows two clinics, a patient in each and an episode of each."""
    desk = Desk(open_store(empty_store), tmp_path)
    desk.take(BASE)
    yield desk
    desk.store.close()


def test_a_score_says_its_code_unit_and_why_there_is_no_value(desk: Desk, tmp_path: Path) -> None:
    header = "patient_id,taken_at,instrument,value,status"
    desk.scores("p1,2026-01-06T09:30Z,odi,35.5,", "p1,2026-01-08,tug,,unable", header=header)
    export(desk.store, tmp_path / "out", quiet, form="fhir", bulk=True)
    disability, walk = [one for one in bulk(tmp_path / "out") if one["resourceType"] == "Observation"]
    assert disability["code"]["coding"] == [
        {"system": "http://loinc.org", "code": "97909-6"},
        {"system": f"{fhir.BASE}instrument", "code": "odi"},
    ]
    assert disability["effectiveDateTime"] == "2026-01-06T09:30:00.000000Z"
    assert disability["valueQuantity"] == {
        "value": 35.5, "unit": "%", "system": "http://unitsofmeasure.org", "code": "%",
    }  # fmt: skip
    assert (walk["effectiveDateTime"], "valueQuantity" in walk) == ("2026-01-08", False)
    assert [one["code"] for one in walk["dataAbsentReason"]["coding"]] == ["unable", "not-performed"]
    assert not (tmp_path / "out" / "patients").exists()


def test_the_store_itself_knows_all_of_its_export_again(desk: Desk, tmp_path: Path) -> None:
    desk.scores("p1,2026-01-06,nrs_back,7")
    desk.scores("p1,2026-01-06,nrs_back,6", replace=True)
    desk.take({"notes.csv": "episode_id,written_at,kind,text\ne1,2026-01-06,visit,Well\n"})
    export(desk.store, tmp_path / "out", quiet, form="fhir")
    values = [one["valueQuantity"]["value"] for one in check(tmp_path / "out") if "valueQuantity" in one]
    assert values == [6]  # what was corrected stays away
    for folder in (tmp_path / "out", tmp_path / "out" / "patients"):
        ends = intake.run(desk.store, [folder]).totals
        assert (ends["accepted"], ends["rejected"]) == (0, 0), ends


@pytest.mark.slow
def test_what_an_ehr_sent_is_given_back_and_taken_again(empty_original: Path, tmp_path: Path) -> None:
    with closing(open_store(shutil.copy(empty_original, tmp_path / "first.duckdb"))) as store:
        assert intake.run(store, [DATA / "synthea_bundle.json"]).totals["rejected"] == 0
        export(store, tmp_path / "out", quiet, form="fhir")
        kept = facts(store)
    check(tmp_path / "out")
    with closing(back(tmp_path / "out", empty_original, tmp_path / "again.duckdb")) as again:
        assert facts(again) == kept


def test_documents_and_organisations_of_others_are_not_read(desk: Desk) -> None:
    theirs = [
        {"resourceType": "Organization", "id": "o", "name": "West"},
        {"resourceType": "DocumentReference", "id": "d", "status": "current", "content": []},
        {"resourceType": "EpisodeOfCare", "id": "e", "status": "active"},
    ]
    result = desk.take({"others.ndjson": "\n".join(map(json.dumps, theirs))})
    assert result.totals["ignored"] == 3
    ours = {"coding": [{"system": f"{fhir.BASE}note-kind", "code": "visit"}]}
    lost = {"resourceType": "DocumentReference", "id": "x", "type": ours, "content": []}
    assert "names no course" in desk.fault(desk.take({"lost.ndjson": json.dumps(lost)}))["reason"]
    care = {"identifier": {"system": f"{fhir.BASE}episode", "value": "e1"}}
    broken = {**lost, "context": {"encounter": [care]}, "content": [{"attachment": {"data": "%"}}]}
    assert "base64" in desk.fault(desk.take({"broken.ndjson": json.dumps(broken)}))["reason"]


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"history": True}, "leave --history out"),
        ({"deidentified": True}, "leave --deidentified out"),
        ({"form": "csv", "bulk": True}, "--format fhir"),
    ],
)
def test_what_fhir_cannot_be_is_refused(desk: Desk, tmp_path: Path, asked: dict[str, Any], words: str) -> None:
    with pytest.raises(PlumblineError, match=words):
        export(desk.store, tmp_path / "out", quiet, **({"form": "fhir"} | asked))
    assert not list(tmp_path.glob("*out*"))


def test_one_address_is_ours_in_every_query(desk: Desk) -> None:
    cursor = desk.store.cursor()
    sql.run(cursor, "export/define_ours")
    assert cursor.execute("select ours('')").fetchone() == (fhir.BASE,)
    for name, column in (("import/instrument_by_code", "instrument"), ("import/pathway_by_code", "pathway")):
        own = [row for row in sql.rows(cursor, name) if row["system"] == fhir.BASE + column]
        assert len(own) > 2
        assert all(row["code"] == row[column] for row in own)
