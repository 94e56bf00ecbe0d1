"""Scores worked out from a questionnaire's items: by the rules, with the items kept, and never guessed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from plumbline import intake, sql
from plumbline.entry import record
from plumbline.entry.steps import Correct, Retract
from plumbline.export.store import export
from plumbline.intake import undo
from plumbline.intake.mapping import Mapping, MappingRefused
from plumbline.scoring.store import items_of
from plumbline.verify import verify
from tests.intake.conftest import Desk
from tests.intake.test_undo import save

ODI = [f"odi_{number}" for number in range(1, 11)]
RMDQ = [f"rmdq{number}" for number in range(1, 25)]
YAML = """
name: forms
missing: ["999"]
patient: {{id: pat, clinic: {{column: pat, values: {{p1: north, p2: south}}}}}}
scores:
  - {{value: {{items: [{items}], {told}}}, instrument: {{fixed: {instrument}}}, taken_at: day}}
"""


def forms(instrument: str = "odi", told: str = "coding: 0-5") -> Mapping:
    items = ", ".join(ODI if instrument == "odi" else RMDQ)
    return Mapping.from_yaml(YAML.format(items=items, told=told, instrument=instrument))


def sheet(*rows: str, instrument: str = "odi") -> dict[str, str | bytes]:
    """A file: each row is the patient, the day of January 2026, and the answers with blanks between; . is none."""
    lines = [",".join(["pat", "day", *(ODI if instrument == "odi" else RMDQ)])]
    for row in rows:
        patient, day, *answers = row.split()
        lines.append(",".join([patient, f"2026-01-{day}", *("" if one == "." else one for one in answers)]))
    return {"forms.csv": "\n".join(lines) + "\n"}


def took(desk: Desk, *rows: str, mapping: Mapping | None = None, **options: Any) -> intake.ImportResult:
    mapping = mapping or forms()
    instrument = mapping.rules[1].cells["instrument"].fixed or ""
    return desk.take(sheet(*rows, instrument=instrument), mapping=mapping, **options)


def kept(desk: Desk) -> list[tuple[Any, ...]]:
    """The current items, score by score: value, rule, coding, answers and points."""
    found = desk.store.cursor().execute(
        "select s.value, any_value(scoring_rule), any_value(coding), list(answer order by item), "
        "list(points order by item) from score_item i join score s using (score_id) "
        "where i.retracted_at is null and s.retracted_at is null group by s.score_id, s.value order by all"
    )
    return [tuple(row) for row in found.fetchall()]


def score_of(desk: Desk) -> str:
    return str(desk.store.cursor().execute("select score_id from score where retracted_at is null").fetchone()[0])


def test_the_published_example_gives_16_of_45_and_keeps_its_items(desk: Desk) -> None:
    result = took(desk, "p1 06 3 3 2 2 1 1 1 1 2 999", "p2 06 1 1 1 1 1 1 1 1 1 0")
    assert (result.totals["accepted"], result.totals["unchanged"]) == (2, 2)  # two scores, two patients known
    assert desk.rows("score", "patient_id, value") == [("p1", 100 * 16 / 45), ("p2", 18.0)]
    answers = ["3", "3", "2", "2", "1", "1", "1", "1", "2", "999"]
    points = [3, 3, 2, 2, 1, 1, 1, 1, 2, None]
    assert kept(desk)[1] == (100 * 16 / 45, "odi_percent", "0-5", answers, points)
    assert "1 odi scores are worked out from fewer than 10 answers." in " ".join(result.notes)
    assert verify(desk.store) == []


def test_the_same_answers_coded_from_1_give_the_same_score(desk: Desk) -> None:
    took(desk, "p1 06 4 4 3 3 2 2 2 2 3 .", mapping=forms(told="coding: 1-6"))
    assert kept(desk)[0][:3] == (100 * 16 / 45, "odi_percent", "1-6")


def test_a_file_that_contradicts_its_coding_is_refused_whole_and_nothing_of_it_is_taken(desk: Desk) -> None:
    many = ["p1 06 1 1 1 1 1 1 1 1 1 1"] * 3 + ["p2 07 6 1 1 1 1 1 1 1 1 1"]
    result = took(desk, *many)
    reject = desk.fault(result)
    assert (reject["line"], reject["column"], result.totals["accepted"]) == (5, "odi_1", 0)
    assert "the coding 0-5 doesn't have" in reject["reason"]
    assert "write `coding: 1-6` in the mapping" in reject["reason"]


def test_an_answer_that_no_coding_explains_is_a_slip_of_its_row(desk: Desk) -> None:
    result = took(desk, "p1 06 0 1 1 1 6 1 1 1 1 1", "p2 06 0 1 1 1 1 1 1 1 1 0")
    reject = desk.fault(result)
    assert (reject["line"], reject["column"], reject["value"]) == (2, "odi_5", "6")
    assert "item 5 is '6', which the coding 0-5 doesn't have. So there is no score" in reject["reason"]
    assert desk.rows("score", "patient_id, value") == [("p2", 16.0)]


def test_too_few_answers_are_a_named_reject_and_none_at_all_say_nothing(desk: Desk) -> None:
    result = took(desk, "p1 06 0 1 . . . 1 1 1 1 1", "p1 07 . . . . . . . . . .", "p2 06 999 . . . . . . . . .")
    reject = desk.fault(result)
    assert (reject["line"], reject["column"], reject["value"]) == (2, "odi_3", None)
    assert reject["reason"].startswith("is not answered: 7 of 10 items answered: at least 8 are needed")
    assert result.kinds_ignored == {"no item of the odi is answered": 1}
    assert desk.rows("score", "value") == []


def test_the_rmdq_is_prorated_where_no_was_asked_and_counts_ticks_on_paper(desk: Desk) -> None:
    ticks = "1 " * 12 + "0 " * 9 + ". . ."
    took(desk, f"p1 06 {ticks}", mapping=forms("rmdq", "form: electronic"))
    took(desk, f"p2 06 {ticks}", mapping=forms("rmdq", "form: paper"))
    assert desk.rows("score", "patient_id, value") == [("p1", 12 * 24 / 21), ("p2", 12.0)]
    assert [row[1] for row in kept(desk)] == ["rmdq_ticks", "rmdq_prorated"]
    empty = took(desk, "p2 07 " + ". " * 24, mapping=forms("rmdq", "form: paper"))
    assert "tick no statement of the rmdq" in " ".join(empty.notes)


def test_a_prorated_score_alone_is_taken_and_another_part_of_a_point_is_not(desk: Desk) -> None:
    result = desk.scores("p1,2026-01-06,rmdq,13.7", "p1,2026-01-07,rmdq,13.714285714285714", "p1,2026-01-08,rmdq,1.5")
    assert (desk.fault(result)["line"], result.totals["accepted"]) == (4, 2)


def test_other_answers_of_one_total_are_no_repeat(desk: Desk) -> None:
    took(desk, "p1 06 0 1 1 1 1 1 1 1 1 1")
    assert took(desk, "p1 06 0 1 1 1 1 1 1 1 1 1").totals["unchanged"] >= 1
    reject = desk.fault(took(desk, "p1 06 1 0 1 1 1 1 1 1 1 1"))
    assert "differs from what is stored (the answers 0,1,1,1,1,1,1,1,1,1)" in reject["reason"]
    took(desk, "p1 06 1 0 1 1 1 1 1 1 1 1", replace=True)
    assert [row[3][:2] for row in kept(desk)] == [["1", "0"]]
    assert verify(desk.store) == []


def test_items_come_to_a_total_that_was_there_and_stay_when_a_total_comes_again(desk: Desk) -> None:
    desk.scores("p1,2026-01-06,odi,18")
    took(desk, "p1 06 0 1 1 1 1 1 1 1 1 1")
    assert len(kept(desk)) == 1
    again = desk.scores("p1,2026-01-06,odi,18,before", header="patient_id,taken_at,instrument,value,context")
    assert (again.totals["accepted"], len(kept(desk))) == (1, 1)
    assert len(desk.rows("score", "value")) == 1
    assert verify(desk.store) == []


def test_an_undo_takes_the_items_along_and_brings_back_those_that_were_there(desk: Desk) -> None:
    took(desk, "p1 06 0 1 1 1 1 1 1 1 1 1")
    first = kept(desk)
    second = took(desk, "p1 06 1 1 1 1 1 1 1 1 1 1", "p2 06 0 1 1 1 1 1 1 1 1 1", replace=True).batch_id
    assert len(kept(desk)) == 2
    undo.undo(desk.store, "Dana", second)
    assert kept(desk) == first
    assert desk.all_rows("score_item") == 40
    assert verify(desk.store) == []


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ('"points":[0', '"points":[5'),
        ('"odi_percent"', '"no_rule"'),
        ('"answers":["0",', '"answers":['),
        ('"points":[0', '"points":[9'),
        ("{", ""),
    ],
)
def test_an_export_comes_back_with_its_items_and_a_changed_one_is_refused(
    desk: Desk, tmp_path: Path, fault: str, said: str
) -> None:
    took(desk, "p1 06 0 1 1 1 1 1 1 1 1 1", "p2 06 3 3 2 2 1 1 1 1 2 999")
    first, scores = kept(desk), desk.rows("score", "patient_id, value, recorded_by")
    export(desk.store, tmp_path / "out", lambda *_: None)
    (newest, *_) = sql.rows(desk.store.cursor(), "import/batch_by_start", clinics=None, by=None)
    undo.undo(desk.store, "Dana", newest["batch_id"])
    assert kept(desk) == []
    text = (tmp_path / "out" / "scores.csv").read_text()
    changed = desk.take({"scores.csv": text.replace(fault.replace('"', '""'), said.replace('"', '""'), 1)})
    assert [one["column"] for one in desk.rejects(changed)] == ["items"]
    assert intake.run(desk.store, [tmp_path / "out"]).totals["rejected"] == 0
    assert (kept(desk), desk.rows("score", "patient_id, value, recorded_by")) == (first, scores)
    assert verify(desk.store) == []


def test_what_staff_correct_has_no_items_and_an_undo_brings_them_back(desk: Desk) -> None:
    took(desk, "p1 06 0 1 1 1 1 1 1 1 1 1")
    first = kept(desk)
    corrected = save(desk, "Ada", "e1", Correct("score", score_of(desk), {"value": 20.0}), "typo")
    assert kept(desk) == []
    back = record.undo(desk.store, "Ada", corrected)
    assert kept(desk) == first
    save(desk, "Ada", "e1", Correct("score", back.fact_ids[0] or "", {"context": "before"}), "it was")
    assert (kept(desk), len(items_of(desk.store.cursor(), score_of(desk)))) == (first, 10)
    save(desk, "Ada", "e1", Retract("score", score_of(desk)), "not this patient")
    assert kept(desk) == []
    assert desk.rows("score_item", "item") == []
    assert verify(desk.store) == []
    said = [row["said"] for row in sql.rows(desk.store.cursor(), "history/said_by_score", patient_id="p1")]
    assert sum("from 10 of 10 items" in one for one in said) == 3


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("coding: 2-7", "give 0-5 or 1-6"),
        ("form: paper, coding: 0-5", "has no form 'paper'"),
        ("scale: 2, coding: 0-5", "has its scale already"),
        ("missing: []", "Give the coding: 0-5 or 1-6"),
    ],
)
def test_a_mapping_must_say_how_items_are_coded(told: str, said: str) -> None:
    with pytest.raises(MappingRefused, match=said):
        forms(told=told)
    few = YAML.format(items="a, b, b", told="coding: 0-5", instrument="odi")
    with pytest.raises(MappingRefused, match="names 3 columns, the odi has 10 items") as refused:
        Mapping.from_yaml(few)
    assert "b stands twice" in str(refused.value)


def test_a_mapping_with_items_is_written_and_read_back(desk: Desk) -> None:
    mapping = forms("rmdq", 'form: electronic, values: {"ja": "1", "nein": "0"}')
    assert Mapping.from_yaml(mapping.to_yaml()) == mapping
    took(desk, "p1 06 " + "ja " * 12 + "nein " * 12, mapping=mapping)
    assert desk.rows("score", "value") == [(12.0,)]


def columns(of: str, cells: list[str], after: str = "") -> tuple[str, str]:
    return ",".join(f"{of}{number}{after}" for number in range(1, len(cells) + 1)), ",".join(cells)


def proposed(tmp_path: Path, parts: list[tuple[str, str]], **settled: str) -> Mapping:
    heads, cells = zip(("patient_id,site,visit_date", "p1,north,2026-01-06"), *parts, strict=True)
    (tmp_path / "forms.csv").write_text(f"{','.join(heads)}\n{','.join(cells)}\n")
    mapping = intake.propose(tmp_path / "forms.csv", intake.Settled(**settled))
    assert Mapping.from_yaml(mapping.to_yaml()) == mapping
    return mapping


@pytest.mark.parametrize("head", ["odi_", "ODI", "odi_q", "oswestry section ", "odi_item_"])
def test_items_are_proposed_by_their_headings_and_the_total_is_left_aside(tmp_path: Path, head: str) -> None:
    mapping = proposed(tmp_path, [columns(head, list("0123451234")), ("odi_total", "50")])
    (rule,) = (rule for rule in mapping.rules if rule.kind == "scores")
    assert (rule.cells["value"].items[9], rule.cells["value"].coding) == (f"{head}10", "0-5")
    assert (rule.cells["instrument"].fixed, rule.cells["taken_at"].column) == ("odi", "visit_date")
    assert "odi_total: the odi is worked out from its items" in mapping.remarks["scores"]
    assert mapping.questions == ()


def test_a_coding_that_no_answer_shows_is_asked_and_settled_by_an_option(tmp_path: Path) -> None:
    parts = [columns("odi_", list("1234512341"))]
    assert ["--coding" in one for one in proposed(tmp_path, parts).questions] == [True]
    settled = proposed(tmp_path, parts, coding="1-6")
    assert (settled.questions, settled.rules[1].cells["value"].coding) == ((), "1-6")


@pytest.mark.parametrize(
    ("answers", "form"),
    [(["1", "0"] * 12, "electronic"), (["1", ""] * 12, "paper"), (["yes", "no"] * 12, "electronic")],
)
def test_an_rmdq_where_no_was_written_is_electronic_and_one_of_ticks_alone_is_paper(
    tmp_path: Path, answers: list[str], form: str
) -> None:
    mapping = proposed(tmp_path, [columns("rmdq", answers)])
    assert (mapping.rules[1].cells["value"].form, mapping.questions) == (form, ())


def test_one_questionnaire_at_two_times_is_two_scores(tmp_path: Path) -> None:
    parts = [columns("odi_", list("0123451234"), "_6w"), columns("odi_3m_", list("0123451230"))]
    parts.append(("op_date", "2026-01-05"))
    mapping = proposed(tmp_path, parts, pathway="kyphoplasty")
    scores = [rule for rule in mapping.rules if rule.kind == "scores"]
    assert [len(rule.cells["value"].items) for rule in scores] == [10, 10]
    assert [rule.cells["taken_at"].offset for rule in scores] == ["6 week", "3 month"]


def test_a_redcap_export_gives_scores_of_its_items_without_a_mapping(empty: Desk) -> None:
    heads, cells = columns("odi_", list("0123451234"))
    text = f"record_id,redcap_data_access_group,day,{heads},odi_complete\n1,north,2026-01-06,{cells},2\n"
    result = empty.take({"data.csv": text})
    assert empty.rejects(result) == []
    assert empty.rows("score", "patient_id, instrument, value") == [("1", "odi", 50.0)]
    boxes, ticks = columns("rmdq___", ["1", "0"] * 12)
    text = f"record_id,redcap_data_access_group,day,{boxes},rmdq_complete\n1,north,2026-01-06,{ticks},2\n"
    assert "a form that nobody filled in" in empty.fault(empty.take({"data.csv": text}))["reason"]
