"""A REDCap export needs no mapping: events, repeating instruments, checkboxes, groups, dictionary and labels."""

from __future__ import annotations

from pathlib import Path

from plumbline import intake
from tests.intake.conftest import Desk

DICTIONARY = """"Variable / Field Name","Form Name","Field Type","Field Label","Choices, Calculations, OR Slider Labels"
record_id,demographics,text,"Record ID",
dob,demographics,text,"Date of birth",
sex,demographics,radio,Sex,"0, Female | 1, Male"
surgery_date,procedure,text,"Date of surgery",
treated,procedure,checkbox,"Treated levels","1, T12 | 2, L1"
pain_back,pain,text,"Back pain, 0 to 10",
odi_total,pain,text,"Oswestry, percent",
compl_date,complication,text,"Date noticed",
compl,complication,checkbox,"What happened","1, Fall | 2, New fracture"
"""
OWN = "record_id,redcap_event_name,redcap_repeat_instrument,redcap_repeat_instance,redcap_data_access_group"
HEADER = (
    f"{OWN},dob,sex,demographics_complete,surgery_date,treated___1,treated___2,procedure_complete,pain_back,odi_total"
)
HEADER += ",pain_complete,compl_date,compl___1,compl___2,complication_complete\n"
ROWS = """1,baseline_arm_1,,,north,1944-05-17,0,2,2026-01-05,1,1,2,8,"42,5",2,,,,
1,week_2_arm_1,,,north,,,,,,,,4,30,2,,,,
1,month_3_arm_1,,,north,,,,,,,,2,"12,5",2,,,,
1,month_3_arm_1,complication,1,north,,,,,,,,,,,2026-02-01,1,0,2
1,month_3_arm_1,complication,2,north,,,,,,,,,,,2026-03-01,0,1,2
2,baseline_arm_1,,,south,1950-02-03,1,2,2026-01-13,0,1,2,7,50,2,,,,
"""


def project(data: str, dictionary: str = DICTIONARY) -> dict[str, str | bytes]:
    return {"data.csv": data, "dictionary.csv": dictionary}


def test_a_project_is_read_by_its_dictionary_once_the_procedure_is_named(empty: Desk) -> None:
    folder = empty.put(project(HEADER + ROWS))
    mapping = intake.propose(folder / "data.csv", intake.Settled(pathway="kyphoplasty"))
    assert mapping.questions == ()
    result = intake.run(empty.store, [folder / "data.csv"], mapping=mapping)
    assert empty.rejects(result) == []
    assert empty.rows("patient", "patient_id, birth_date, sex, clinic_id") == [
        ("1", "1944-05-17", "female", "north"), ("2", "1950-02-03", "male", "south"),
    ]  # fmt: skip
    assert empty.rows("treated_level", "patient_id, level") == [("1", "L1"), ("1", "T12"), ("2", "L1")]
    assert empty.rows("score", "patient_id, instrument, cast(taken_on as varchar), value") == [
        ("1", "nrs_back", "2025-12-29", 8.0), ("1", "nrs_back", "2026-01-19", 4.0),
        ("1", "nrs_back", "2026-04-06", 2.0),
        ("1", "odi", "2025-12-29", 42.5), ("1", "odi", "2026-01-19", 30.0), ("1", "odi", "2026-04-06", 12.5),
        ("2", "nrs_back", "2026-01-06", 7.0), ("2", "odi", "2026-01-06", 50.0),
    ]  # fmt: skip
    assert empty.rows("event", "kind, cast(happened_on as varchar)") == [
        ("fall", "2026-02-01"), ("new_fracture", "2026-03-01"),
    ]  # fmt: skip


def test_without_a_mapping_an_open_question_refuses_the_file_and_says_how_to_settle_it(empty: Desk) -> None:
    result = empty.take(project(HEADER + ROWS))
    assert "--pathway" in empty.fault(result)["reason"]
    assert result.totals["accepted"] == 0


def test_patients_without_procedures_need_no_word_and_the_dictionary_is_no_data(empty: Desk) -> None:
    data = "record_id,redcap_repeat_instrument,redcap_repeat_instance,dob,sex,demographics_complete\n"
    result = empty.take(project(data + "1,,,1944-05-17,TRUE,2\n1,bp,1,,,\n2,,,1950-02-03,FALSE,2\n"))
    assert (result.totals["accepted"], result.totals["ignored"], result.totals["rejected"]) == (2, 9, 0)
    assert empty.rows("patient", "patient_id, sex") == [("1", "male"), ("2", "female")]


def test_a_label_export_is_read_by_its_labels(tmp_path: Path) -> None:
    data = "Record ID,Event Name,Data Access Group,Date of birth,Sex,Date of surgery,Complete?,"
    data += '"Back pain, 0 to 10",Complete?\n1,Baseline,North,1944-05-17,Female,2026-01-05,Complete,8,Complete\n'
    (tmp_path / "labels.csv").write_text(data)
    mapping = intake.propose(tmp_path / "labels.csv", intake.Settled(pathway="kyphoplasty"))
    assert mapping.questions == ()
    assert mapping.patient.cells["patient_id"].column == "Record ID"
    assert mapping.patient.cells["clinic"].column == "Data Access Group"
    score = mapping.rules[-1].cells
    assert (score["instrument"].fixed, score["taken_at"].values) == ("nrs_back", {"Baseline": "baseline"})


def test_a_label_export_has_its_levels_in_boxes_named_by_their_choice(tmp_path: Path) -> None:
    data = "Record ID,Event Name,Date of surgery,Levels treated (choice=T12),Levels treated (choice=L1),Complete?\n"
    (tmp_path / "labels.csv").write_text(data + "1,Baseline,2026-01-05,Checked,Unchecked,Complete\n")
    mapping = intake.propose(tmp_path / "labels.csv", intake.Settled(clinic="n", pathway="kyphoplasty"))
    episode = mapping.rule("episodes")
    assert episode is not None
    boxes = {"Levels treated (choice=T12)": "T12", "Levels treated (choice=L1)": "L1"}
    assert episode.cells["levels"].checked == boxes


def test_data_access_groups_that_nobody_is_in_name_no_clinic(empty: Desk) -> None:
    result = empty.take(project("record_id,redcap_data_access_group,dob,form_complete\n0012-a,,1950-02-03,2\n"))
    assert result.totals["rejected"] == 0
    assert len(empty.rows("clinic", "clinic_id")) == 1
