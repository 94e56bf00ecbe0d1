"""What is read and stored at once gives what one by one gives: the same facts, counts and rejects."""

from __future__ import annotations

import csv
import gzip
import io
import json
import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from plumbline.store import open_store
from tests.intake.conftest import Desk

SETTINGS = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
PATIENTS = ["p1", "p2", "p9"]
MOMENTS = [
    *("2026-01-06", "2026-01-06T10:00", "2026-01-06T15:00Z", "2026-01-07T09:30:00.5+01:00", "2026-02-30", "2999-01-01")
]
SCORES = st.lists(
    st.fixed_dictionaries(
        {
            "patient_id": st.sampled_from(PATIENTS),
            "taken_at": st.sampled_from([*MOMENTS, "2026-03-08T02:30", "1899-12-31", "2026-01-05T14:59Z"]),
            "instrument": st.sampled_from(["nrs_back", "odi", "tug", "NRS_back", "nrs"]),
            "value": st.sampled_from(["0", "7", "7.0", "11", "3.7", "-0", "1e1", "x", ""]),
            "status": st.sampled_from(["", "", "done", "unable", "lost"]),
            "context": st.sampled_from(["", "rest", "before", "BEFORE"]),
        }
    ),
    min_size=1,
    max_size=12,
)
ROWS = {
    "milestones": (
        "episode_id,milestone,status,on,reported_by",
        ["e1,stairs,achieved,2026-01-09,", "e1,stairs,achieved,2026-01-04,", "e2,stairs,unable,2026-02-09T10:00Z,n"],
    ),
    "notes": (
        "episode_id,written_at,kind,text,author,title",
        ["e1,2026-01-09,visit,Ällwell,,", 'e1,2026-01-09,visit,"Well, better",me,T', "e2,2026-02-09T10:00,party,Hi,,"],
    ),
    "events": (
        "episode_id,kind,on,level,detail",
        ["e1,fall,2026-01-09,,", "e1,new_fracture,2026-01-10,L1,MRI", "e2,fall,2026-02-30,,", "e9,fall,2026-02-20,,"],
    ),
    "medications": (
        "episode_id,drug,started_on,stopped_on,dose,unit,opioid",
        ["e1,Tramadol,2026-01-09,2026-01-20,50,mg,", "e1,x,2026-01-09,2026-01-08,,,no", "e2,y,2026-02-09,,-1,mg,1"],
    ),
}


@pytest.fixture
def two(tmp_path: Path, known_file: Path) -> Any:
    """Two desks with the same store, as they were, each time it is asked."""
    opened: list[Desk] = []

    def anew() -> tuple[Desk, Desk]:
        while opened:
            opened.pop().store.close()
        for name in ("at-once", "one-by-one"):
            shutil.copy(known_file, tmp_path / f"{name}.duckdb")
            opened.append(Desk(open_store(tmp_path / f"{name}.duckdb"), tmp_path / name))
        return opened[0], opened[1]

    yield anew
    for desk in opened:
        desk.store.close()


def ends(desk: Desk, result: Any) -> Any:
    """Everything that an import did, but for the names of its files."""
    told = [(one["line"], one["column"], one["value"], one["reason"]) for one in desk.rejects(result)]
    return result.totals, sorted(map(str, told)), result.kinds_ignored, desk.facts()


def wide(text: str) -> str:
    """The same rows with a blank at the end of every cell, so that none is clear."""
    rows = list(csv.reader(io.StringIO(text)))
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([rows[0], *([f"{cell} " for cell in row] for row in rows[1:])])
    return out.getvalue()


def written(rows: list[dict[str, str]]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


@pytest.mark.slow
@SETTINGS
@given(rows=SCORES)
def test_clear_scores_are_stored_as_if_they_had_been_looked_at_one_by_one(two: Any, rows: list[dict[str, str]]) -> None:
    clear, close = two()
    text = written(rows)
    assert ends(clear, clear.take({"scores.csv": text})) == ends(close, close.take({"scores.csv": wide(text)}))


@pytest.mark.slow
def test_so_are_the_other_kinds_and_what_comes_again(two: Any) -> None:
    clear, close = two()
    files = {f"{kind}.csv": "\n".join([header, *rows]) + "\n" for kind, (header, rows) in ROWS.items()}
    for _ in range(2):
        found = ends(clear, clear.take(files))
        assert found == ends(close, close.take({name: wide(text) for name, text in files.items()}))
    assert found[0]["accepted"] == 0
    assert found[0]["unchanged"] == 7


def test_a_clear_row_beside_a_doubtful_one_of_its_patient_waits_for_it(desk: Desk) -> None:
    result = desk.scores("p1,2026-01-06,nrs_back,7", "p1 ,2026-01-06,nrs_back,8", "p2,2026-02-06,nrs_back,6")
    assert (result.totals["accepted"], result.totals["rejected"]) == (1, 2)


CELLS = ["p1", "2026-01-06", "nrs_back", "7", "", "  ", '"8"', '"a,b"', '"two\nlines"', '"open', 'x"y', "\\", "#"]
LINES = st.lists(
    st.one_of(
        st.sampled_from(["p1,2026-01-06,nrs_back,7,rest", "p1,2026-01-07,nrs_back,5,", "p2,2026-02-06,nrs_back,6,x,"]),
        st.lists(st.sampled_from(CELLS), min_size=0, max_size=7).map(",".join),
    ),
    min_size=1,
    max_size=8,
)


@pytest.mark.slow
@settings(SETTINGS, max_examples=40)
@given(lines=LINES, end=st.sampled_from(["\n", "\r\n"]), last=st.sampled_from(["", "\n", "\n\n"]))
@example(lines=["p1,2026-01-06,nrs_back,7,rest,"], end="\n", last="\n")
@example(lines=["p1,2026-01-06,nrs_back,7,", "p1,2026-01-07,nrs_back,5,,"], end="\n", last="")
@example(lines=['p1,2026-01-06,nrs_back,7,"a"', "p1,2026-01-07,nrs_back,5,x,"], end="\r\n", last="\n")
@example(lines=["p1,2026-01-06,nrs_back,7", "p1,2026-01-07,nrs_back,5,x,"], end="\n", last="\n")
def test_a_text_file_read_at_once_is_as_if_it_had_been_read_row_by_row(
    two: Any, lines: list[str], end: str, last: str
) -> None:
    """A packed file is always read row by row."""
    quick, strict = two()
    text = end.join(["patient_id,taken_at,instrument,value,context", *lines]) + last.replace("\n", end)
    found = ends(quick, quick.take({"scores.csv": text}))
    assert found == ends(strict, strict.take({"scores.csv.gz": gzip.compress(text.encode())}))


CODES = [
    {"coding": [{"system": "http://loinc.org", "code": "72514-3"}]},
    {"coding": [{"system": "http://loinc.org", "code": "72514-3", "display": "Pain"}], "text": "Pain"},
    {"coding": [{"system": "http://loinc.org", "code": "8867-4"}]},
    {"coding": [{"system": "x", "code": "y"}, {"system": "http://loinc.org", "code": "72514-3"}]},
    {"coding": [{"system": "http://loinc.org", "code": 72514}]},
    {"text": "Pain"},
]
VALUES: list[dict[str, Any]] = [
    {"valueQuantity": {"value": 5}},
    {"valueQuantity": {"value": 7.0, "unit": "points", "system": "http://unitsofmeasure.org", "code": "{score}"}},
    {"valueQuantity": {"value": 3.5, "unit": "mm"}},
    {"valueQuantity": {"value": 12, "code": "{score}"}},
    {"valueQuantity": {"value": "5"}},
    {"valueQuantity": {"value": 5, "comparator": "<"}},
    {"valueInteger": 4},
    {"valueInteger": 4, "valueString": "four"},
    {"valueString": "four"},
    {"dataAbsentReason": {"coding": [{"code": "asked-declined"}]}},
    {},
]
OBSERVATION = st.builds(
    lambda own, code, value, who, when, status, more: {
        "resourceType": "Observation", **own, "status": status, "code": code, "subject": {"reference": who},
        "effectiveDateTime": when, **value, **more,
    },
    st.sampled_from([{}, {"id": "o1"}, {"id": "o2"}, {"id": " o3 "}, {"id": "o", "meta": {"lastUpdated": "2027"}}]),
    st.sampled_from([*CODES[:2], *CODES[:2], *CODES]),
    st.sampled_from([*VALUES[:3], *VALUES]),
    st.sampled_from(
        ["Patient/p1", "Patient/p1", "http://x.org/fhir/Patient/p2", "urn:uuid:p1", "Patient/p9", "Group/p1", "#p1"]
    ),
    st.sampled_from([*MOMENTS, "", " 2026-01-08 "]),
    st.sampled_from(["final", "final", "amended", "preliminary", "entered-in-error", "odd"]),
    st.sampled_from(
        [{}, {}, {"category": [{"text": "a, ]b"}]}, {"note": [{"text": 'said "ow"'}]}, {"effectiveDateTime": None},
         {"component": [{"code": CODES[0], "valueInteger": 2}]},
         {"subject": {"reference": "Patient/p1", "display": "A"}}]
    ),
)  # fmt: skip
ODD_LINES = [
    "", "{", "[1]", '{"a": 1} x', '{"resourceType": "Patient", "id": "p7", "gender": "female", "birthDate": "1950"}',
    '{"resourceType":"Observation","id":"o8","id":"o9"}',
    json.dumps({"resourceType": "Observation", "status": "final", "code": CODES[0]})[:-1] + ', "x": nan}',
    json.dumps({"resourceType": "Observation", "status": "final", "code": CODES[2]})[:-1] + ",}",
    '{"resourceType":"Observation","status":"final","code":' + json.dumps(CODES[0]) + ',"category":[{"a":1,"a":2}],'
    '"subject":{"reference":"Patient/p1"},"effectiveDateTime":"2026-01-09","valueInteger":3}',
    '{"resourceType":"Observation","status":"final","code":' + json.dumps(CODES[0]) + ',"subject":'
    '{"reference":"Patient/p2","reference":"Patient/p1"},"effectiveDateTime":"2026-01-09","valueInteger":3}',
]  # fmt: skip
LINES = st.lists(
    st.one_of(
        st.builds(
            lambda body, apart: json.dumps(body, separators=apart),
            OBSERVATION,
            st.sampled_from([(",", ":"), (", ", ": ")]),
        ),
        st.sampled_from(ODD_LINES),
    ),
    min_size=1,
    max_size=12,
)


@pytest.mark.slow
@settings(SETTINGS, max_examples=40)
@given(lines=LINES)
def test_lines_of_observations_read_at_once_say_what_they_say_one_by_one(two: Any, lines: list[str]) -> None:
    at_once, one_by_one = two()
    first = json.dumps({"resourceType": "Observation", "status": "final", "code": CODES[2]})
    text = "\n".join([first, *lines]) + "\n"
    found = ends(at_once, at_once.take({"observations.ndjson": text}))
    # a name that could mean many files is never given to DuckDB
    assert found == _named_alike(ends(one_by_one, one_by_one.take({"observations[1].ndjson": text})))


def _named_alike(found: Any) -> Any:
    totals, told, ignored, facts = found
    return totals, [one.replace("observations[1]", "observations") for one in told], ignored, facts


@pytest.mark.slow
@SETTINGS
@given(rows=SCORES)
def test_parquet_is_imported_as_the_csv_of_the_same_rows(two: Any, rows: list[dict[str, str]]) -> None:
    one, other = two()
    folder = other.folder / "parquet"
    folder.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.Table.from_pylist(rows), folder / "scores.parquet")
    found = ends(one, one.take({"scores.csv": written(rows)}))
    there = ends(other, other.take({"scores.parquet": (folder / "scores.parquet").read_bytes()}))
    assert [found[0], found[3]] == [there[0], there[3]]


def test_the_cells_of_a_parquet_file_have_types(desk: Desk) -> None:
    table = pa.table(
        {
            "PATIENT_ID": pa.array(["p1", "p1", "p2"]).dictionary_encode(),
            "taken_at": pa.array([0, 3_600_000_000, 1_767_690_000_000_000], pa.timestamp("us", "Europe/Berlin")),
            "instrument": ["nrs_back", "nrs_back", "nrs_back"],
            "value": pa.array([7.0, 3.0, 4.0], pa.float32()),
            "more": [[1], [2], []],
        }
    )
    path = desk.folder / "mine.parquet"
    pq.write_table(table, path)
    result = desk.take({"mine.parquet": path.read_bytes()})
    assert result.columns_ignored == {"mine.parquet": ["more"]}
    assert result.totals["accepted"] == 3
    assert desk.rows("score", "patient_id, taken_at, value")[1:] == [
        ("p1", datetime(1970, 1, 1, 1), 3.0),
        ("p2", datetime(2026, 1, 6, 9), 4.0),
    ]


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"PAR1 not really", "damaged"), (b"PAR1" + b"\0" * 100 + b"PAR1", "damaged")],
)
def test_a_damaged_parquet_file_is_refused_by_name(desk: Desk, content: bytes, words: str) -> None:
    result = desk.take({"scores.parquet": content})
    assert words in desk.fault(result)["reason"]


def test_a_parquet_column_of_lists_is_refused(desk: Desk) -> None:
    path = desk.folder / "x.parquet"
    row = {"patient_id": ["p1"], "taken_at": ["2026-01-06"], "instrument": ["nrs_back"], "value": [[1]]}
    pq.write_table(pa.table(row), path)
    fault = desk.fault(desk.take({"scores.parquet": path.read_bytes()}))
    assert (fault["column"], "not one value a row" in fault["reason"]) == ("value", True)
