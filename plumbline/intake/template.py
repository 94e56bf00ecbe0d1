"""An empty workbook to fill in: a sheet for each kind of row, and one that says what each column is."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.utils.cell import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from plumbline.intake.kinds import CLOSED, KINDS, Kind
from plumbline.store import reference_frame

_COLUMNS = Path(__file__).parent / "template.csv"
_BOLD, _NEEDED = Font(bold=True), PatternFill("solid", fgColor="DDEBE7")
_ROWS = 2_000
_HEAD = ("Sheet", "Column", "Needed", "Example", "What it is")
_WIDE = {"A": 14, "B": 20, "C": 10, "D": 28, "E": 80}


def columns() -> list[dict[str, str]]:
    """Each column of each native file: kind, column, example and what it is, in the order in which a sheet has them."""
    with _COLUMNS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def workbook() -> bytes:
    """An Excel workbook without rows; an import reads it back without a mapping."""
    book = Workbook()
    guide = book.active
    guide.title = "How to fill in"
    told = columns()
    ranges = _words(book.create_sheet("Words"))
    for kind in KINDS.values():
        names = [one["column"] for one in told if one["kind"] == kind.name]
        _sheet(book.create_sheet(kind.name), kind, names, ranges)
    book.move_sheet("Words", len(KINDS))
    _guide(guide, told)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def is_needed(kind: Kind, column: str) -> str:
    """Whether a column must be filled, in a word."""
    if column in kind.any_of:
        return "one of " + " or ".join(kind.any_of)
    return "yes" if column in kind.required else ""


def _words(sheet: Worksheet) -> dict[tuple[str, str], str]:
    """The sheet of the words that a column may hold; gives where those of each column stand."""
    ranges = {}
    for place, ((kind, column), table) in enumerate(CLOSED.items(), 1):
        words = list(dict.fromkeys(reference_frame(table)[column]))
        letter = get_column_letter(place)
        for row, word in enumerate((f"{kind}: {column}", *words), 1):
            sheet.cell(row, place, word)
        sheet.cell(1, place).font = _BOLD
        sheet.column_dimensions[letter].width = 26
        ranges[kind, column] = f"Words!${letter}$2:${letter}${len(words) + 1}"
    return ranges


def _sheet(sheet: Worksheet, kind: Kind, names: list[str], ranges: dict[tuple[str, str], str]) -> None:
    sheet.append(names)
    for place, name in enumerate(names, 1):
        cell = sheet.cell(1, place)
        cell.font = _BOLD
        if is_needed(kind, name):
            cell.fill = _NEEDED
        column = sheet.column_dimensions[get_column_letter(place)]
        column.width = max(14, len(name) + 3)
        column.number_format = "@"  # text: a spreadsheet must not make a date or a number of what is typed
        if words := ranges.get((kind.name, name)):
            choice = DataValidation("list", formula1=words, allow_blank=True)
            sheet.add_data_validation(choice)
            choice.add(f"{get_column_letter(place)}2:{get_column_letter(place)}{_ROWS}")
    sheet.freeze_panes = "A2"


def _guide(guide: Worksheet, told: list[dict[str, str]]) -> None:
    guide.append(_HEAD)
    for one in told:
        needed = is_needed(KINDS[one["kind"]], one["column"])
        guide.append([one["kind"], one["column"], needed, one["example"], one["what"]])
    for cell in guide[1]:
        cell.font = _BOLD
    for letter, width in _WIDE.items():
        guide.column_dimensions[letter].width = width
    guide.freeze_panes = "A2"
