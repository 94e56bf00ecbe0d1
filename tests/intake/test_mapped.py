"""Any table through a mapping: what each line becomes, and what is refused under the file's own names."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from plumbline import intake
from plumbline.errors import ImportRefused
from plumbline.intake.mapped import Facts, preview
from plumbline.intake.mapping import Mapping, MappingRefused
from plumbline.intake.refused import FileRefused
from plumbline.intake.tables import tables
from tests.intake.conftest import Desk

WIDE = "gender,age,treat,pain30min,pain90min,pod1_pain\n0,67,1,2.0,999,1\n1,50,0,NA,3.0,\n1,44,1,0,0,10\n"
WIDE_YAML = """
name: throat
shape: [gender, age, treat, pain30min, pain90min, pod1_pain]
missing: ["999", "NA"]
patient:
  id: {row_number: true, prefix: t-}
  clinic: {fixed: north}
  sex: {column: gender, values: {0: male, 1: female}}
  birth_date: {age: age}
episode:
  performed_at: {fixed: 2020-03-01T12:00}
  pathway: {fixed: other}
  tags: {arm: treat}
scores:
  - {value: pain30min, instrument: {fixed: nrs_pain}, taken_at: {offset: 30 min}}
  - {value: pain90min, instrument: {fixed: nrs_pain}, taken_at: {offset: 90 min}}
  - {value: pod1_pain, instrument: {fixed: nrs_pain}, taken_at: {offset: 1 d}}
"""
LONG_YAML = """
name: trial
patient:
  id: {column: id, prefix_column: site, whole: true}
  clinic: {column: site, whole: true, prefix: site-}
episode:
  performed_at: {fixed: 2020-03-01}
  pathway: {fixed: other}
scores:
  - {value: pain, instrument: {fixed: nrs_back}, taken_at: {offset_column: week, unit: week}}
"""
DATED_YAML = """
name: dated
reading: {date_order: day-first, decimal: comma}
patient:
  id: {column: pat, strip_suffix: .agd}
  clinic: {fixed: north}
  birth_date: geb
episode:
  performed_at: {column: op, time_column: op_time}
  levels: hoehe
  pathway: {fixed: kyphoplasty}
scores:
  - {value: {column: vas, scale: 100}, instrument: {fixed: vas_back}, taken_at: datum}
  - {value: {column: gehtest, values: {"ging nicht": unable}}, instrument: {fixed: tug}, taken_at: datum}
milestones:
  - {milestone: {fixed: stairs}, status: {column: treppe, values: {si: achieved, no: not_yet, "9": ~}}, on: datum}
events:
  - {kind: {column: sturz, values: {"1": fall, "0": ~}}, on: datum}
medications:
  - {drug: mittel, started_on: datum}
"""
DATED = "pat;geb;op;op_time;hoehe;datum;vas;gehtest;treppe;sturz;mittel\n"


def through(yaml: str, desk: Desk, text: str, **options: Any) -> intake.ImportResult:
    return desk.take({"data.csv": text}, mapping=Mapping.from_yaml(yaml), **options)


def test_a_wide_table_becomes_one_score_for_each_time_and_what_is_not_real_is_said(empty: Desk) -> None:
    result = through(WIDE_YAML, empty, WIDE)
    assert empty.rows("patient", "patient_id, birth_date, sex") == [
        ("t-1", "1953", "male"), ("t-2", "1970", "female"), ("t-3", "1976", "female"),
    ]  # fmt: skip
    said = empty.rows("score", "patient_id, cast(taken_on as varchar), cast(taken_at as varchar), value")
    assert said[:2] == [("t-1", "2020-03-01", "2020-03-01 12:30:00", 2.0), ("t-1", "2020-03-02", None, 1.0)]
    assert (len(said), result.totals["rejected"], result.totals["ignored"]) == (6, 0, 2)
    assert result.kinds_ignored == {"999 stands for missing": 1, "NA stands for missing": 1}
    assert empty.rows("episode", "tags") == [("arm=0",), ("arm=1",), ("arm=1",)]
    told = " ".join(result.notes)
    for words in ("NO REAL DATES", "numbered by their place", "one year too late", "3 patients, 3 episodes, 6 scores"):
        assert words in told
    kept = empty.store.cursor().execute("select batch_id, name, version, digest from import_mapping").fetchall()
    assert kept == [(result.batch_id, "throat", 1, Mapping.from_yaml(WIDE_YAML).digest)]
    again = through(WIDE_YAML, empty, WIDE)
    assert (again.totals["accepted"], again.totals["unchanged"]) == (0, 12)


def test_ids_that_repeat_across_sites_are_told_apart_by_the_site(empty: Desk) -> None:
    lines = [
        f"{week}.0,{site}.0,{number}.0,{number % 11}" for site in (1, 2) for number in (1, 2) for week in (0, 2, 16)
    ]
    through(LONG_YAML, empty, "week,site,id,pain\n" + "\n".join(lines) + "\n")
    assert [row[0] for row in empty.rows("patient", "patient_id")] == ["1-1", "1-2", "2-1", "2-2"]
    days = empty.rows("score", "cast(taken_on as varchar)")
    assert sorted({day for (day,) in days}) == ["2020-03-01", "2020-03-15", "2020-06-21"]


def test_dates_decimals_words_and_units_are_read_as_the_mapping_says(empty: Desk) -> None:
    line = "p1.agd;17/05/1944;05/01/2026;10:15;T12/L1;06/01/2026;0,73;ging nicht;SI;1;Tramadol\n"
    assert through(DATED_YAML, empty, DATED + line).totals["rejected"] == 0
    assert empty.rows("patient", "patient_id, birth_date") == [("p1", "1944-05-17")]
    assert empty.rows("episode", "cast(performed_at as varchar)") == [("2026-01-05 10:15:00",)]
    assert [level for (level,) in empty.rows("treated_level", "level")] == ["L1", "T12"]
    assert empty.rows("score", "instrument, value, status") == [("tug", None, "unable"), ("vas_back", 73.0, "done")]
    assert empty.rows("milestone_event", "milestone, status") == [("stairs", "achieved")]
    assert empty.rows("event", "kind, cast(happened_on as varchar)") == [("fall", "2026-01-06")]
    assert empty.rows("medication", "drug") == [("tramadol",)]


FAULTS = [
    ("p1;31/02/1944;05/01/2026;;T12;06/01/2026;0,7;;;;", "geb", "does not exist"),
    ("p2;1944;05/01/2026;noon;T12;06/01/2026;0,7;;;;", "op_time", "is not a time of day"),
    ("p3;1944;05/01/2026;;T12;6th of Jan;0,7;;;;", "datum", "is not a date"),
    ("p4;1944;05/01/2026;;T12;06/01/2026;0.7;;;;", "vas", "has a point"),
    ("p5;1944;05/01/2026;;T12;06/01/2026;1,7;;;;", "vas", "lies outside 0 to 100"),
    ("p6;1944;05/01/2026;;T12;06/01/2026;;kaputt;;;", "gehtest", "is not among the values"),
    ("p7;1944;05/01/2026;;T12;06/01/2026;;;vielleicht;;", "treppe", "is not among the values"),
    ("p8;1944;05/01/2026;;T99;06/01/2026;;;;;", "hoehe", "which is no level"),
    (";1944;05/01/2026;;T12;06/01/2026;;;;;", "pat", "is empty"),
    ("p10;1944;05/01/2026;;T12;06/01/2099;0,7;;;;", "datum", "lies in the future"),
    ("p11;1944;05/01/2026;;T12;06/01/2026;0,7;;;", None, "has 10 cells"),
]


def test_each_reject_names_the_files_own_line_and_column(empty: Desk) -> None:
    result = through(DATED_YAML, empty, DATED + "".join(f"{cells}\n" for cells, _, _ in FAULTS))
    first = {one["line"]: one for one in reversed(empty.rejects(result))}
    for line, (_, column, words) in enumerate(FAULTS, 2):
        found = [one for one in empty.rejects(result) if one["line"] == line]
        assert any(one["column"] == column and words in one["reason"] for one in found), (line, found)
    assert set(first) == set(range(2, 2 + len(FAULTS)))


def look(folder: Path, yaml: str, text: str, most: int = 20) -> Facts:
    (folder / "data.csv").write_text(text)
    return preview(tables(folder / "data.csv")[0], Mapping.from_yaml(yaml), most)


@pytest.mark.parametrize(
    ("drop", "option"), [("date_order: day-first, ", "date_order: day-first"), (", decimal: comma", "decimal: comma")]
)
def test_what_is_ambiguous_is_refused_with_what_settles_it(tmp_path: Path, drop: str, option: str) -> None:
    with pytest.raises(FileRefused, match=option):
        look(tmp_path, DATED_YAML.replace(drop, ""), DATED + "p1;1944;05/01/2026;;T12;03/04/2026;0,7;;;;\n")


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("gender,age,treat,pain30min,pain90min", "the column pod1_pain is gone"),
        ("gender,age,treat,pain30min,pain90min,pod1pain", "pod1pain is new and may be the same renamed"),
        ("gender,age,treat,pain30min,pain90min,pod1_pain,site", "new since the mapping was made: site"),
    ],
)
def test_a_file_whose_shape_changed_is_refused_with_what_changed(tmp_path: Path, header: str, words: str) -> None:
    with pytest.raises(FileRefused, match=words):
        look(tmp_path, WIDE_YAML, header + "\n" + ",".join("1" for _ in header.split(",")) + "\n")


def test_new_columns_are_left_aside_where_the_mapping_says_so_and_their_order_is_free(empty: Desk) -> None:
    text = "site,pod1_pain,gender,age,treat,pain30min,pain90min\nx,1,0,67,1,2,3\n"
    result = through(WIDE_YAML + "new_columns: ignore\n", empty, text)
    assert result.totals["rejected"] == 0
    assert result.columns_ignored == {"data.csv": ["site"]}


def test_a_mapping_with_an_open_question_imports_nothing(empty: Desk) -> None:
    with pytest.raises(ImportRefused, match="which clinic"):
        through(WIDE_YAML + "questions: ['which clinic?']\n", empty, WIDE)


def test_times_count_from_the_procedure_that_another_line_gives(empty: Desk) -> None:
    yaml = """
name: visits
patient: {id: id, clinic: {fixed: north}}
episode: {performed_at: op, pathway: {fixed: kyphoplasty}}
scores:
  - {value: pain, instrument: {fixed: nrs_back}, taken_at: {offset_column: visit, values: {pre: baseline, v2: week 2}}}
"""
    result = through(yaml, empty, "id,visit,op,pain\na,pre,,8\na,op,2026-01-05,\na,v2,,3\nb,v2,,4\n")
    assert empty.rows("score", "cast(taken_on as varchar), value") == [("2025-12-29", 8.0), ("2026-01-19", 3.0)]
    assert "gives this patient no day" in empty.fault(result)["reason"]


def test_two_days_of_the_procedure_are_a_reject_and_nothing_counts_from_them(empty: Desk) -> None:
    yaml = """
name: visits
patient: {id: id, clinic: {fixed: north}}
episode: {performed_at: op, pathway: {fixed: other}}
scores: [{value: pain, instrument: {fixed: nrs_back}, taken_at: {offset: 2 w}}]
"""
    result = through(yaml, empty, "id,op,pain\na,2026-01-05,\na,2026-01-06,\na,,3\n")
    assert result.totals["accepted"] == 1
    reasons = " ".join(str(one["reason"]) for one in empty.rejects(result))
    assert "two different days of the procedure" in reasons


def test_a_preview_shows_the_first_facts_and_rejects_without_a_store(tmp_path: Path) -> None:
    found = look(tmp_path, WIDE_YAML, WIDE.replace("0,67", "7,67"), 2)
    assert [row["value"] for row in found.rows["scores"]] == ["2.0", "3.0", "1"]
    assert found.rejects[0]["column"] == "gender"
    assert sum(found.ignored.values()) == 2


def test_a_visual_scale_is_never_read_as_a_rating() -> None:
    with pytest.raises(MappingRefused, match="is no NRS"):
        Mapping.from_yaml(LONG_YAML.replace("value: pain", "value: {column: pain, scale: 10}"))


@pytest.mark.slow
def test_many_records_pass_in_chunks_and_each_is_there(empty: Desk) -> None:
    rng = random.Random(7)
    people = [(site, number, week) for site in range(50) for number in range(200) for week in range(5)]
    lines = [f"{week},{site},{number},{rng.randint(0, 10)}" for site, number, week in people]
    result = through(LONG_YAML, empty, "week,site,id,pain\n" + "\n".join(lines) + "\n")
    assert result.totals["accepted"] == 50 * 200 * (5 + 2)
