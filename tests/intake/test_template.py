"""The empty workbook: what it says is what is read, and what somebody fills in is imported."""

from __future__ import annotations

import io

import openpyxl

from plumbline.intake import template
from plumbline.intake.kinds import CLOSED, KINDS
from plumbline.store import reference_frame
from tests.intake.conftest import Desk
from tests.test_docs import native_files


def test_each_column_that_is_read_is_told_with_the_readmes_example() -> None:
    told = [(one["kind"], one["column"], one["example"]) for one in template.columns()]
    readme = native_files().items()
    assert told == [(kind, name, example.strip()) for kind, cells in readme for name, _, example in cells]
    read = {(one.name, name) for one in KINDS.values() for name in one.columns}
    assert {(kind, name) for kind, name, _ in told} == read
    assert all(one["what"] for one in template.columns())


def test_closed_words_can_be_chosen_from_a_list() -> None:
    book = openpyxl.load_workbook(io.BytesIO(template.workbook()))
    for (kind, column), table in CLOSED.items():
        sheet = book[kind]
        letter = next(cell.column_letter for cell in sheet[1] if cell.value == column)
        (choice,) = [one for one in sheet.data_validations.dataValidation if f"{letter}2" in one.cells]
        name, _, cells = choice.formula1.partition("!")
        words = [cell.value for (cell,) in book[name][cells.replace("$", "")]]
        assert words == list(dict.fromkeys(reference_frame(table)[column]))


def test_filled_in_with_its_own_examples_it_is_imported_whole(empty: Desk) -> None:
    book = openpyxl.load_workbook(io.BytesIO(template.workbook()))
    for one in template.columns():
        sheet = book[one["kind"]]
        place = next(cell.column for cell in sheet[1] if cell.value == one["column"])
        sheet.cell(2, place, one["example"] or None)
    packed = io.BytesIO()
    book.save(packed)
    result = empty.take({"filled.xlsx": packed.getvalue()})
    assert empty.rejects(result) == []
    assert result.totals["accepted"] == len(KINDS)
    guide = {file["file"]: file["ignored"] for file in result.files if file["ignored"]}
    assert set(guide) == {"filled.xlsx, How to fill in", "filled.xlsx, Words"}
