"""Tables of kinds that clinics bring, in several languages: what each column is taken for, asked or left aside."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from plumbline import intake
from plumbline.intake.mapping import Cell, Mapping, Rule
from plumbline.intake.profile import headings
from plumbline.intake.settled import Settled
from tests.intake.conftest import Desk


def proposed(folder: Path, text: str, **settled: str) -> Mapping:
    (folder / "data.csv").write_text(text, encoding="utf-8")
    return intake.propose(folder / "data.csv", Settled(**settled))  # type: ignore[arg-type]


def scores(mapping: Mapping) -> dict[str | None, Rule]:
    return {rule.cells["value"].column: rule for rule in mapping.rules if rule.kind == "scores"}


@pytest.mark.parametrize(
    ("heading", "instrument"),
    [
        ("NRS back", "nrs_back"), ("VAS Rücken", "vas_back"), ("throatPain", "nrs_pain"), ("EVA dolor", "vas_back"),
        ("NRS leg", None), ("Leg VAS", None), ("EVA pierna", None), ("Schmerz Bein", None), ("neck pain", None),
        ("pain duration (months)", None), ("Schmerzdauer", None), ("back pain since", None), ("eq5d_pain", None),
        ("SF36 bodily pain", None), ("odi_pain", "odi"), ("PROMIS pain interference", "promis_pi"),
        ("VAS satisfaction", None), ("Schmerzmittel", None), ("EQ VAS", "eq5d_vas"),
    ],
)  # fmt: skip
def test_a_heading_is_taken_for_the_instrument_that_it_names_and_no_other(heading: str, instrument: str | None) -> None:
    found = headings([heading])[0].hinted("instrument")
    assert (found[0][1] if found else None) == instrument


def test_french_days_and_months_and_an_id_that_is_a_file_number(tmp_path: Path) -> None:
    header = "N° dossier;Centre;Date d'intervention;EVA préop (mm);EVA J1 (mm);EVA M3 (mm)\n"
    mapping = proposed(tmp_path, header + "D1;Lyon;14/03/2024;80;60;20\nD2;Lyon;15/03/2024;70;50;10\n")
    assert mapping.patient.cells["patient_id"] == Cell(column="N° dossier")
    episode = mapping.rule("episodes")
    assert episode is not None
    assert episode.cells["performed_at"].column == "Date d'intervention"
    when = {name: rule.cells["taken_at"] for name, rule in scores(mapping).items()}
    assert (when["EVA J1 (mm)"].offset, when["EVA M3 (mm)"].offset) == ("1 day", "3 month")


def test_german_abbreviations(tmp_path: Path) -> None:
    header = "Fallnummer;geb.;m/w;Klinik;OP am;Schmerz vor OP;Schmerz nach 6 Wo;Schmerz nach 3 Mon\n"
    mapping = proposed(tmp_path, header + "1;17.05.1944;w;Nord;14.01.2026;8;4;2\n2;3.2.1950;m;Nord;15.01.2026;7;3;1\n")
    person = mapping.patient.cells
    assert (person["patient_id"].column, person["birth_date"].column, person["sex"].column) == (
        "Fallnummer", "geb.", "m/w",
    )  # fmt: skip
    assert [rule.cells["taken_at"].offset for rule in scores(mapping).values()] == [None, "6 week", "3 month"]


def test_a_first_column_that_differs_in_every_row_is_asked_about(tmp_path: Path) -> None:
    text = "Kürzel,sex,clinic\nab,f,n\ncd,m,n\nef,f,n\n"
    assert "--column Kürzel=patient_id" in " ".join(proposed(tmp_path, text).questions)


def test_day_order_and_decimal_sign_are_not_asked_where_nothing_is_read_by_them(tmp_path: Path) -> None:
    text = 'patient_id,clinic,seen,height,weight\nP1,n,03/04/2026,1.54,"52,3"\nP2,n,04/04/2026,1.84,"92,3"\n'
    assert proposed(tmp_path, text).questions == ()
    scored = 'patient_id,clinic,visit_date,odi,height\nP1,n,2026-01-05,"42,5",1.54\nP2,n,2026-01-05,"30,5",1.84\n'
    assert "--decimal" in " ".join(proposed(tmp_path, scored).questions)


def test_an_age_without_any_procedure_asks_for_no_made_up_day(tmp_path: Path) -> None:
    mapping = proposed(tmp_path, "patient_id,clinic,age,sex\nP1,n,70,1_female\nP2,n,66,2_male\n")
    assert mapping.questions == ()
    assert "birth_date" not in mapping.patient.cells
    assert mapping.patient.cells["sex"].values["2_male"] == "male"


def test_columns_told_apart_by_a_number_alone_are_asked_when_and_not_which_one_counts(tmp_path: Path) -> None:
    asked = " ".join(proposed(tmp_path, "id,clinic,nrs_t1,nrs_t2\n1,n,5,4\n2,n,6,3\n").questions)
    assert "when was nrs_t1 asked" in asked
    assert "which one counts" not in asked


def test_a_score_with_words_among_its_numbers_is_a_score_whose_words_are_rejected(empty: Desk) -> None:
    rows = [f"P{one},n,2026-01-05,{value}\n" for one, value in enumerate(("7", "8", "7", "not possible", "8/10"))]
    folder = empty.put({"wide.csv": "patient_id,clinic,visit_date,nrs\n" + "".join(rows)})
    mapping = intake.propose(folder / "wide.csv", Settled())
    result = intake.run(empty.store, [folder / "wide.csv"], mapping=mapping)
    assert [one["value"] for one in empty.rejects(result)] == ["not possible", "8/10"]
    assert len(empty.rows("score", "value")) == 3


def test_rows_whose_instrument_the_mapping_does_not_take_are_ignored_and_counted(empty: Desk) -> None:
    text = "patient_id,clinic,visit_date,test,result\nP1,n,2026-01-06,NRS back,6\nP1,n,2026-01-06,NRS leg,3\n"
    folder = empty.put({"long.csv": text})
    result = intake.run(empty.store, [folder / "long.csv"], mapping=intake.propose(folder / "long.csv", Settled()))
    assert (result.totals["ignored"], result.totals["rejected"]) == (1, 0)
    assert empty.rows("score", "instrument, value") == [("nrs_back", 6.0)]


@pytest.mark.parametrize(
    ("values", "asked"),
    [((3, 5, 2), "one item of the ODI"), ((31, 22, 17), "points of 50"), ((32, 22, 16), None), ((31, 64, 17), None)],
)
def test_an_odi_that_may_be_an_item_or_points_of_50_is_asked_about(
    tmp_path: Path, values: tuple[int, ...], asked: str | None
) -> None:
    rows = "".join(f"P{one},n,2026-01-05,{value}\n" for one, value in enumerate(values))
    questions = " ".join(proposed(tmp_path, "patient_id,clinic,visit_date,odi\n" + rows).questions)
    assert (asked in questions) if asked else not questions


def test_a_proposal_for_one_sheet_names_the_others_that_hold_rows(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for name, header, row in (("People", ["patient_id", "dob"], ["P1", "1944-05-17"]), ("Visits", ["x"], ["1"])):
        sheet = book.create_sheet(name)
        sheet.append(header)
        sheet.append(row)
    book.save(tmp_path / "two.xlsx")
    mapping = intake.propose(tmp_path / "two.xlsx", Settled())
    assert mapping.reading.sheet == "People"
    assert "Visits" in mapping.to_yaml()
