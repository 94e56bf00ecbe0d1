"""Each planted fault is named with row, column and what to do, and nothing else of its file is lost."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from plumbline import sql
from plumbline.intake import ImportResult
from plumbline.intake.mapping import Mapping
from plumbline.store import open_store
from tests.intake.conftest import Desk
from tests.intake.planted import FILES, HEADS, LINES, Fault, observation

pytestmark = pytest.mark.slow

YAML = """
name: ward
{reading}
missing: ["NA", "999"]
patient: {{id: pat, clinic: {{fixed: north}}, birth_date: born, sex: {{column: sex, values: {{m: male, w: female}}}}}}
episode: {{performed_at: op, pathway: {{fixed: kyphoplasty}}}}
scores:
  - {{value: pain, instrument: {{fixed: nrs_back}}, taken_at: day}}
"""
HEAD = "pat,born,sex,op,day,pain\n"
SOUND = "a,1950-01-01,m,2026-01-05,2026-01-06,5\n"
DAY_FIRST = "reading: {date_order: day-first}"
# name, the reading that the mapping settles, a row or a whole file, column, words, rows that are taken beside
MAPPED = [
    ("day or month first, nobody says", "", "b,1950-01-01,m,05/01/2026,2026-01-06,5", "op", "write `date_order:", 0),
    ("month where the day is first", DAY_FIRST, "b,1950,m,05/25/2026,2026-01-06,5", "op", "with the day first", 5),
    ("year of two digits, mapped", DAY_FIRST, "b,1950,m,05.01.26,06.01.2026,5", "op", "a year of two digits", 5),
    ("day number, mapped", "", "b,1950,m,2026-01-05,46028,5", "day", "likely 2026-01-06: format the column", 5),
    ("a word for sex that isn't mapped", "", "b,1950,f,2026-01-05,2026-01-06,5", "sex", "say there what it means", 3),
    ("code for missing that isn't told", "", "b,1950,m,2026-01-05,2026-01-06,-9", "pain", "empty the cell if", 5),
    ("decimal comma, nobody says", "", 'b,1950,m,2026-01-05,2026-01-06,"7,5"', "pain", "write `decimal: comma`", 0),
    ("text beside a number, mapped", "", "b,1950,m,2026-01-05,2026-01-06,7 p", "pain", "is not a number", 5),
    ("two births of one id, mapped", "", "a,1951-01-01,m,2026-01-05,2026-01-07,5", "born", "two different values", 0),
    ("two days of one procedure", "", "a,1950-01-01,m,2026-01-15,2026-01-17,5", "op", "two different values", 3),
    ("no id, mapped", "", ",1950,m,2026-01-05,2026-01-06,5", "pat", "is empty: give the patient's id", 3),
    ("header in the middle, mapped", "", HEAD.strip(), None, "repeats the header: take the line out", 3),
    ("footer, mapped", "", "Total,,,,,5", "pat", "looks like a total below the table", 3),
    ("a column gone", "", "pat,born,sex,op,day\na,1950,m,2026-01-05,2026-01-06", None, "the column pain is gone", 0),
    ("not UTF-8, mapped", "", b"M\xfcller,1950,m,2026-01-05,2026-01-06,5", None, "add --encoding windows-1252", 0),
]


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory, known_file: Path) -> Iterator[tuple[Desk, ImportResult]]:
    """All native files with a fault, imported as one batch."""
    folder = tmp_path_factory.mktemp("planted")
    shutil.copy(known_file, folder / "store.duckdb")
    desk = Desk(open_store(folder / "store.duckdb"), folder)
    people = "patient_id,birth_date,sex,clinic,died_on\n007,1950,F,north,\ndead,1950,F,north,2026-02-01\n"
    desk.take({"patients.csv": people})
    files: dict[str, str | bytes] = {f"l{at}/{one.kind}.csv": one.lines(at)[0] for at, one in enumerate(LINES)}
    files |= {f"f{at}/{name}": content for at, (_, name, content, *_) in enumerate(FILES)}
    files["unit/o.json"] = observation({"value": 5, "unit": "kg", "system": "http://unitsofmeasure.org", "code": "kg"})
    yield desk, desk.take(files)
    desk.store.close()


def of_file(planted: tuple[Desk, ImportResult], name: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """What became of one file: its counts, and its rejects."""
    desk, result = planted
    (counts,) = (one for one in result.files if one["file"] == name)
    return counts, [one for one in desk.rejects(result) if one["file"] == name]


def names() -> list[str]:
    """The name of every fault of this file."""
    return [one.name for one in LINES] + [one[0] for one in FILES] + [one[0] for one in MAPPED]


def test_there_are_more_than_ninety_kinds_of_fault_each_with_its_own_name() -> None:
    assert len(names()) == len(set(names())) > 90


@pytest.mark.parametrize(("at", "fault"), list(enumerate(LINES)), ids=[one.name for one in LINES])
@pytest.mark.attack(41)
def test_a_faulty_line_is_named_and_the_sound_rows_beside_it_are_stored(
    planted: tuple[Desk, ImportResult], at: int, fault: Fault
) -> None:
    counts, rejects = of_file(planted, f"l{at}/{fault.kind}.csv")
    assert [one["line"] for one in rejects] == fault.lines(at)[1]
    assert {one["column"] for one in rejects} == {fault.column}
    assert len(rejects) > 1 or rejects[0]["value"] == fault.value
    assert all(fault.words in one["reason"] for one in rejects), rejects
    assert counts["accepted"] == 2


@pytest.mark.parametrize(("at", "fault"), list(enumerate(FILES)), ids=[one[0] for one in FILES])
@pytest.mark.attack(41)
def test_a_faulty_file_is_named_and_what_can_be_read_of_it_is_stored(
    planted: tuple[Desk, ImportResult], at: int, fault: tuple[str, str, bytes, str | None, str, int]
) -> None:
    _, name, _, column, words, taken = fault
    counts, (reject,) = of_file(planted, f"f{at}/{name}")
    assert (reject["column"], counts["accepted"]) == (column, taken)
    assert words in reject["reason"]
    assert reject["line"] >= 1


def test_a_wrong_unit_is_named(planted: tuple[Desk, ImportResult]) -> None:
    _, (reject,) = of_file(planted, "unit/o.json")
    assert reject["value"] == "5 kg"
    assert "is in another unit than points: convert it before the import" in reject["reason"]


@pytest.mark.parametrize(("name", "reading", "row", "column", "words", "taken"), MAPPED, ids=[one[0] for one in MAPPED])
def test_a_fault_is_named_under_the_files_own_columns_where_a_mapping_reads_it(
    desk: Desk, name: str, reading: str, row: str | bytes, column: str | None, words: str, taken: int
) -> None:
    text = row if isinstance(row, bytes) else row.encode()
    data = text + b"\n" if name == "a column gone" else HEAD.encode() + SOUND.encode() + text + b"\n"
    result = desk.take({"data.csv": data}, mapping=Mapping.from_yaml(YAML.format(reading=reading)))
    rejects = desk.rejects(result)
    assert any(words in one["reason"] and one["column"] == column and one["line"] for one in rejects), rejects
    assert result.totals["accepted"] == taken


def test_what_is_no_fault_of_a_row_is_told_of_the_whole_import(desk: Desk) -> None:
    result = desk.take(
        {
            "patients.csv": f"{HEADS['patients']},shoe_size\nx,1950,F,nroth,,,43\n",
            "scores.csv": f"{HEADS['scores']}\n" + "p1,2026-01-06,nrs_back,5,\n" * 2 + " p1 ,2026-01-07,nrs_back,5,\n",
        }
    )
    assert (result.totals["accepted"], result.totals["unchanged"], result.totals["rejected"]) == (3, 1, 0)
    told = " ".join(result.notes)
    assert "The clinic nroth was not known and was made" in told
    assert "the columns shoe_size are not used" in told


def test_one_procedure_under_two_ids_is_found_by_the_data_quality_page(desk: Desk) -> None:
    desk.take({"episodes.csv": f"{HEADS['episodes']}\nx,p1,2026-01-05,L1,,\n"})
    found = sql.rows(desk.store.cursor(), "quality/procedure_twice")
    assert [row["patient_id"] for row in found] == ["p1"]
