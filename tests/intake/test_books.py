"""Workbooks as clinics keep them: groups of columns, a sheet of patients and one of scores, our own columns."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import openpyxl
import pytest

from plumbline import intake
from plumbline.intake.mapping import Cell, Mapping, Rule
from plumbline.intake.reading import Reading
from plumbline.intake.settled import Settled
from plumbline.intake.tables import tables
from tests.intake.conftest import Desk

PEOPLE = [["Patient ID", "Date of birth", "Gender", "Clinic", "Procedure date", "Procedure"]]
PEOPLE += [
    [1000 + one, dt.date(1938 + one, 1, 20), "F", "north", dt.datetime(2026, 1, 10 + one, 9, 30), "Balloon kyphoplasty"]
    for one in range(3)
]

VISUAL = "id,clinic,surgery date,{} day 1\n1,north,2026-01-05,6.5\n2,north,2026-01-06,7\n"


def book(**sheets: list[list[Any]]) -> bytes:
    """A workbook with these sheets."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    packed = io.BytesIO()
    made.save(packed)
    return packed.getvalue()


def scores_of(desk: Desk) -> list[tuple[Any, ...]]:
    """Every score that counts."""
    query = "select patient_id, instrument, cast(taken_on as varchar), value from score where retracted_at is null"
    return sorted(desk.store.cursor().execute(query).fetchall())


def test_groups_above_the_names_tell_columns_of_one_name_apart(empty: Desk) -> None:
    rows = [["Follow-up, St Elsewhere"], [], [None] * 4 + ["Baseline", None, "6 weeks", None]]
    rows += [["MRN", "DOB", "Sex", "Date of surgery"] + ["VAS (0-10)", "ODI %"] * 2]
    rows += [[f"K{one}", dt.date(1940, 1, 1), "F", dt.date(2026, 1, 5), 8, 62, 3, 30] for one in range(5)]
    made = openpyxl.load_workbook(io.BytesIO(book(Kypho=rows)))
    for cells in ("A1:H1", "E3:F3", "G3:H3"):
        made["Kypho"].merge_cells(cells)
    packed = io.BytesIO()
    made.save(packed)
    path = empty.put({"visits.xlsx": packed.getvalue()}) / "visits.xlsx"
    (table,) = tables(path)
    assert table.header[4:] == ("Baseline VAS (0-10)", "Baseline ODI %", "6 weeks VAS (0-10)", "6 weeks ODI %")
    header = next(one for one in table.findings if one.name == "header")
    assert (header.value, header.sure) == ("row 4", "likely")
    assert "row 3 groups its names" in header.why
    mapping = intake.propose(path, Settled(clinic="north", pathway="kyphoplasty"))
    assert mapping.questions == ()
    empty.take({"visits.xlsx": packed.getvalue()}, mapping=mapping)
    assert scores_of(empty)[:4] == [
        ("K0", "odi", "2025-12-29", 62), ("K0", "odi", "2026-02-16", 30),
        ("K0", "vas_back", "2025-12-29", 80), ("K0", "vas_back", "2026-02-16", 30),
    ]  # fmt: skip


def test_a_date_in_three_columns_is_one_date(empty: Desk) -> None:
    rows = [["pat_id", "Month of birth", "Day birth", "Year of Birth", "Surgery day", "Surgery month", "Surgery year"]]
    rows += [["a", 7, 15, 1955, 9, "March", 2026], ["b", 2, 30, 1960, 9, 3, 2026], ["c", 1, 5, 49, 9, 3, 2026]]
    path = empty.put({"people.xlsx": book(BP=rows)}) / "people.xlsx"
    mapping = intake.propose(path, Settled(clinic="north", pathway="kyphoplasty"))
    assert "birth_date" not in mapping.patient.cells  # a year of two digits: no date in parts is proposed
    rows[3][3] = 1949
    path = empty.put({"people.xlsx": book(BP=rows)}) / "people.xlsx"
    mapping = intake.propose(path, Settled(clinic="north", pathway="kyphoplasty"))
    parts = {"year": "Year of Birth", "month": "Month of birth", "day": "Day birth"}
    assert mapping.patient.cells["birth_date"] == Cell(parts=parts)
    assert Mapping.from_yaml(mapping.to_yaml()) == mapping
    result = empty.take({"people.xlsx": book(BP=rows)}, mapping=mapping)
    query = "select patient_id, cast(birth_date as varchar) from patient order by 1"
    assert empty.store.cursor().execute(query).fetchall() == [("a", "1955-07-15"), ("c", "1949-01-05")]
    query = "select cast(performed_on as varchar) from episode order by 1"
    assert empty.store.cursor().execute(query).fetchall() == [("2026-03-09",)] * 2
    (first, *_) = intake.rejects(empty.store.cursor(), result.batch_id)
    assert first["line"] == 3
    assert first["value"] == "1960-2-30" or "1960-02-30" in str(first["value"])


@pytest.mark.parametrize(
    ("heading", "said", "scale"),
    [("VAS (0-10)", None, 10), ("VAS cm", None, 10), ("VAS 0-100", None, 1), ("VAS mm", None, 1), ("VAS", "cm", 10)],
)
def test_the_length_of_a_visual_scale_is_in_its_heading_or_asked(
    empty: Desk, heading: str, said: str | None, scale: float
) -> None:
    path = empty.put({"v.csv": VISUAL.format(heading)}) / "v.csv"
    mapping = intake.propose(path, Settled(pathway="kyphoplasty", vas=said))
    (rule,) = [one for one in mapping.rules if one.kind == "scores"]
    assert (rule.cells["instrument"].fixed, rule.cells["value"].scale) == ("vas_back", scale)
    assert not mapping.questions


def test_a_visual_scale_of_no_told_length_is_asked_with_the_option_that_settles_it(empty: Desk) -> None:
    path = empty.put({"v.csv": VISUAL.format("VAS")}) / "v.csv"
    mapping = intake.propose(path, Settled(pathway="kyphoplasty"))
    assert "--vas cm, mm or rating" in mapping.questions[0]
    rating = intake.propose(path, Settled(pathway="kyphoplasty", vas="rating"))
    (rule,) = [one for one in rating.rules if one.kind == "scores"]
    assert (rule.cells["instrument"].fixed, rule.cells["value"].scale) == ("nrs_back", 1)


def test_two_sheets_are_read_by_two_mappings_in_one_import(empty: Desk) -> None:
    pain = [["Patient ID", "Day", "NRS pain"], [1000, 0, 8], [1000, 7, 4], [1001, 7, 5], [1009, 7, 5]]
    content = book(Pain=pain, Patients=PEOPLE)
    path = empty.put({"clinic.xlsx": content}) / "clinic.xlsx"
    people = intake.propose(path, Settled(name="people"), Reading(sheet="Patients"))
    assert people.rule("episodes").cells["pathway"].values == {"Balloon kyphoplasty": "kyphoplasty"}  # type: ignore[union-attr]
    scores = intake.propose(path, Settled(name="pain", known=True), Reading(sheet="Pain"))
    assert people.questions == scores.questions == ()
    assert scores.rules[0] == Rule("patients", {"patient_id": Cell(column="Patient ID")})
    result = empty.take({"clinic.xlsx": content}, mapping=[scores, people])
    assert [file["file"] for file in result.files] == ["clinic.xlsx, Pain", "clinic.xlsx, Patients"]
    found = [("1000", "nrs_pain", "2026-01-10", 8), ("1000", "nrs_pain", "2026-01-17", 4)]
    assert scores_of(empty) == [*found, ("1001", "nrs_pain", "2026-01-18", 5)]
    (reject,) = intake.rejects(empty.store.cursor(), result.batch_id)
    assert (reject["file"], reject["line"], reject["value"]) == ("clinic.xlsx, Pain", 5, "7")
    assert "gives this patient no day of it" in reject["reason"]
    # the same sheet again, of a month later: the procedure is in the store
    later = book(Pain=[*pain[:1], [1002, 42, 2]])
    again = empty.take({"later.xlsx": later}, mapping=Mapping.from_yaml(scores.to_yaml()))
    assert again.totals["accepted"] == 1
    assert scores_of(empty)[-1] == ("1002", "nrs_pain", "2026-02-23", 2)


def test_times_of_a_patient_with_two_procedures_count_from_none(empty: Desk) -> None:
    twice = [*PEOPLE, [1000, *PEOPLE[1][1:4], dt.datetime(2026, 5, 1), "Balloon kyphoplasty"]]
    path = empty.put({"clinic.xlsx": book(Patients=twice)}) / "clinic.xlsx"
    people = intake.propose(path, Settled(name="people"))
    cells = people.rule("episodes").cells | {"episode_id": Cell(column="Patient ID", prefix_column="Procedure date")}  # type: ignore[union-attr]
    rules = (people.patient, Rule("episodes", cells))
    people = Mapping("people", rules, shape=people.shape, reading=people.reading)
    empty.take({"clinic.xlsx": book(Patients=twice)}, mapping=people)
    pain = "Patient ID,Day,NRS pain\n1000,7,4\n1001,7,5\n"
    scores = Mapping.from_yaml(
        "name: pain\npatient: {id: Patient ID}\nscores:\n  - value: NRS pain\n    instrument: {fixed: nrs_pain}\n"
        "    taken_at: {offset_column: Day, unit: day}\n"
    )
    result = empty.take({"pain.csv": pain}, mapping=scores)
    (reject,) = intake.rejects(empty.store.cursor(), result.batch_id)
    assert "several procedures" in reject["reason"]
    assert result.totals["accepted"] == 1


def test_a_table_that_fits_two_mappings_is_not_guessed(empty: Desk) -> None:
    one = Mapping.from_yaml("name: one\npatient: {id: id, clinic: {fixed: north}}\n")
    two = Mapping.from_yaml("name: two\npatient: {id: id, clinic: {fixed: south}}\n")
    result = empty.take({"list.csv": "id,x\n1,2\n"}, mapping=[one, two])
    (reject,) = intake.rejects(empty.store.cursor(), result.batch_id)
    assert reject["reason"] == "list fits the mappings one and two: give the one that is meant"


def test_a_workbook_with_our_own_columns_needs_no_mapping(empty: Desk) -> None:
    content = book(
        patients=[["patient_id", "birth_date", "sex", "clinic"], ["p1", dt.date(1940, 1, 1), "female", "north"]],
        episodes=[
            ["episode_id", "patient_id", "performed_at", "levels", "pathway"],
            ["p1-1", "p1", dt.datetime(2026, 1, 5, 10), "L1", "kyphoplasty"],
        ],
        scores=[
            ["patient_id", "instrument", "taken_at", "value"],
            ["p1", "nrs_back", dt.date(2026, 1, 7), 4],
            ["p1", "nrs_back", dt.date(2026, 1, 8), 14],
        ],
        remarks=[["who", "what"], ["nurse", "hello"]],
    )
    result = empty.take({"ours.xlsx": content})
    assert [(file["file"], file["accepted"], file["ignored"]) for file in result.files] == [
        ("ours.xlsx, episodes", 1, 0), ("ours.xlsx, patients", 1, 0),
        ("ours.xlsx, remarks", 0, 1), ("ours.xlsx, scores", 1, 0),
    ]  # fmt: skip
    (reject,) = intake.rejects(empty.store.cursor(), result.batch_id)
    assert (reject["file"], reject["line"], reject["column"], reject["value"]) == (
        "ours.xlsx, scores", 3, "value", "14",
    )  # fmt: skip


def test_a_workbook_of_no_known_shape_says_that_a_mapping_is_needed(empty: Desk) -> None:
    result = empty.take({"any.xlsx": book(Sheet=[["a", "b"], [1, 2]])})
    (reject,) = intake.rejects(empty.store.cursor(), result.batch_id)
    assert "mapping suggest" in reject["reason"]
