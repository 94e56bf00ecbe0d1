"""A mapping proposed for tables that nobody has described: what it sees, and what it asks."""

from __future__ import annotations

from pathlib import Path

import pytest

from plumbline import intake
from plumbline.intake.mapping import Cell, Mapping, Rule
from plumbline.intake.profile import words
from plumbline.intake.settled import Settled

THROAT = "preOp_gender,preOp_age,preOp_pain,treat,pacu30min_throatPain,pacu30min_swallowPain,pod1am_throatPain\n"
THROAT += "0.0,67.0,0.0,1.0,0.0,1.0,2.0\n1.0,50.0,1.0,0.0,,4.0,7.0\n"
SITES = "week,site,id,age,sex,nrs\n" + "".join(
    f"{week}.0,{site}.0,{one}.0,6{one}.0,F,{one + week}.0\n" for site in (1, 2) for one in (1, 2) for week in (0, 2, 4)
)
GERMAN = "Patienten-Nr;Geburtsdatum;Geschlecht;OP-Datum;Höhe;Datum;VAS Rücken;ODI\n"
GERMAN += "A1;17.05.1944;w;05.01.2026;L1;06.01.2026;64;42,5\nA2;03.02.1950;m;13.01.2026;T12;20.01.2026;999;38\n"
SPANISH = "id_paciente,fecha_nacimiento,sexo,fecha_cirugia,EVA_basal,EVA_6_semanas,EVA_3_meses\n"
SPANISH += "1,1944-05-17,M,2026-01-05,0.8,0.4,0.3\n2,1950-02-03,H,2026-01-13,0.9,0.5,1\n"
LONG = "subject_id,visit_date,test,result\nS1,2026-01-06,NRS back pain,6\nS1,2026-01-06,ODI,40\nS1,2026-01-06,Mood,3\n"


def proposed(folder: Path, text: str, **settled: str) -> Mapping:
    (folder / "data.csv").write_text(text, encoding="utf-8")
    mapping = intake.propose(folder / "data.csv", Settled(**settled))
    assert Mapping.from_yaml(mapping.to_yaml()) == mapping
    return mapping


def scores(mapping: Mapping) -> list[Rule]:
    return [rule for rule in mapping.rules if rule.kind == "scores"]


def test_headings_are_split_into_words() -> None:
    assert words("pacu30min_throatPain") == "pacu 30 min throat pain"
    assert words("Rückenschmerz (T0)") == "ruckenschmerz t 0"


def test_a_wide_table_with_neither_id_nor_date(tmp_path: Path) -> None:
    mapping = proposed(tmp_path, THROAT)
    assert mapping.patient.cells["patient_id"].row_number
    assert mapping.patient.cells["birth_date"] == Cell(age="preOp_age")
    found = {rule.cells["value"].column: rule.cells["taken_at"].offset for rule in scores(mapping)}
    assert found == {"pacu30min_throatPain": "30 min", "pod1am_throatPain": "1 day"}
    asked = " ".join(mapping.questions)
    for option in ("--clinic", "--sex", "--index-date", "--pathway"):
        assert option in asked


def test_answers_leave_no_question(tmp_path: Path) -> None:
    answers = {"clinic": "north", "sex": "0=male,1=female", "index_date": "2020-03-01T12:00", "pathway": "other"}
    assert proposed(tmp_path, THROAT, **answers).questions == ()


def test_a_yes_or_no_is_no_score_and_of_two_alike_the_longer_series_counts(tmp_path: Path) -> None:
    remark = proposed(tmp_path, THROAT).remarks["scores"]
    assert "preOp_pain holds only 0 and 1" in remark
    assert "kept is pacu30min_throatPain" in remark


def test_ids_that_repeat_across_sites_get_the_site_in_front(tmp_path: Path) -> None:
    mapping = proposed(tmp_path, SITES)
    assert mapping.patient.cells["patient_id"] == Cell(column="id", prefix_column="site", whole=True)
    (rule,) = scores(mapping)
    assert rule.cells["taken_at"] == Cell(offset_column="week", unit="week")


def test_german_headings_dates_commas_and_a_code_for_missing(tmp_path: Path) -> None:
    mapping = proposed(tmp_path, GERMAN, clinic="nord", pathway="kyphoplasty")
    assert (mapping.reading.date_order, mapping.reading.decimal) == ("day-first", "comma")
    episode = mapping.rule("episodes")
    assert episode is not None
    assert (episode.cells["performed_at"].column, episode.cells["levels"].column) == ("OP-Datum", "Höhe")
    vas, odi = scores(mapping)
    assert (vas.cells["instrument"].fixed, vas.cells["value"].missing) == ("vas_back", ("999",))
    assert (odi.cells["instrument"].fixed, odi.cells["taken_at"].column) == ("odi", "Datum")
    assert mapping.patient.cells["sex"].values == {"m": "male", "w": "female"}
    assert mapping.questions == ()


def test_spanish_headings_a_scale_from_0_to_1_and_h_for_hombre(tmp_path: Path) -> None:
    mapping = proposed(tmp_path, SPANISH)
    assert mapping.patient.cells["sex"].values == {"H": "male", "M": "female"}
    found = {rule.cells["value"].column: rule.cells["taken_at"] for rule in scores(mapping)}
    assert found["EVA_basal"] == Cell(visit="baseline")
    assert (found["EVA_6_semanas"].offset, found["EVA_3_meses"].offset) == ("6 week", "3 month")
    assert {rule.cells["value"].scale for rule in scores(mapping)} == {100}


def test_a_long_table_names_its_instruments_and_leaves_others_aside(tmp_path: Path) -> None:
    (rule,) = scores(proposed(tmp_path, LONG))
    assert rule.cells["instrument"].values == {"NRS back pain": "nrs_back", "ODI": "odi"}
    assert rule.cells["instrument"].others == "ignore"


def test_codes_that_say_what_they_mean_are_no_question(tmp_path: Path) -> None:
    mapping = proposed(tmp_path, "id,clinic,sex\n1,n,1=Male\n2,n,2\n3,n,2=Female\n4,n,1\n")
    assert mapping.patient.cells["sex"].values == {
        "1": "male", "1=Male": "male", "2": "female", "2=Female": "female", "Male": "male", "Female": "female",
    }  # fmt: skip
    assert not mapping.questions


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("patient_id,visit_date,nrs\nP1,03/04/2026,5\n", "--dates"),
        ("patient_id,entry_date,exam_date,nrs\nP1,2026-01-01,2026-01-03,5\n", "--date COLUMN"),
        ("patient_id,visit_date,vas\nP1,2026-01-03,5\nP2,2026-01-03,7\n", "centimetres"),
        ("patient_id,nrs_after\nP1,5\n", "when was nrs_after asked"),
        ("Race,Yes,No\nA,12,30\nB,7,9\n", "may be a table of counts"),
    ],
)
def test_what_cannot_be_told_is_asked(tmp_path: Path, text: str, asked: str) -> None:
    assert asked in " ".join(proposed(tmp_path, text).questions)
