"""Excel workbooks of our own: sheets, titles, merged cells, dates, formulas, errors; what is refused by name."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from plumbline.intake.found import Finding
from plumbline.intake.reading import FIND, Reading, Table
from plumbline.intake.refused import FileRefused
from plumbline.intake.tables import tables

HEADER = ["id", "day", "score"]


def book(*rows: list[Any], edit: Callable[[Any], None] | None = None) -> bytes:
    """A workbook with one sheet of these rows."""
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    if edit:
        edit(made)
    packed = io.BytesIO()
    made.save(packed)
    return packed.getvalue()


def put(folder: Path, content: bytes, name: str = "file.xlsx") -> Path:
    """A file with this content."""
    path = folder / name
    path.write_bytes(content)
    return path


def read(folder: Path, content: bytes, reading: Reading = FIND) -> Table:
    """The only table of a workbook."""
    (table,) = tables(put(folder, content), reading)
    return table


def refused(folder: Path, content: bytes, name: str = "file.xlsx", reading: Reading = FIND) -> str:
    """Why a file is refused."""
    with pytest.raises(FileRefused) as caught:
        tables(put(folder, content, name), reading)
    return caught.value.reason


def replaced(content: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """A workbook in which one part was changed."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, change(data) if name == part else data)
    return packed.getvalue()


def head(table: Table) -> Finding:
    """What was found about the header."""
    return next(one for one in table.findings if one.name == "header")


def renamed(content: bytes, old: bytes, new: bytes) -> bytes:
    """A workbook in which one part has another name of the same length."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            after.writestr(name.replace(old.decode(), new.decode()), before.read(name).replace(old, new))
    return packed.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def test_titles_above_the_header_are_passed_over(tmp_path: Path) -> None:
    table = read(tmp_path, book(["Pain after kyphoplasty"], ["Clinic North"], [], HEADER, ["p1", "x", 3]))
    assert (table.header, table.header_line, head(table).sure) == (("id", "day", "score"), 4, "likely")
    assert list(table.records()) == [(5, ["p1", "x", "3"], None)]
    assert ("preamble", "rows 1 to 3") in [(one.name, one.value) for one in table.findings]


def test_a_cross_table_asks_for_its_header(tmp_path: Path) -> None:
    rows = [["", "", "Age", "", "Sex", ""], [None, None, "No", "Yes", "No", "Yes"], ["Type", "Place"]]
    table = read(tmp_path, book(*rows, *[["a", "b", 1, 2, 3, 4]] * 4))
    assert head(table).sure == "ask"
    assert "--header-line" in head(table).why
    assert read(tmp_path, book(*rows, *[["a", "b", 1, 2, 3, 4]] * 4), Reading(header_line=3)).header[:3] == (
        *("Type", "Place", "column 3"),
    )


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (dt.datetime(2026, 3, 1), "dd/mm/yyyy", "2026-03-01"),
        (dt.datetime(2026, 3, 1), "mmm-yy", "2026-03-01"),
        (dt.datetime(2026, 3, 1), "[$-407]d. mmmm yyyy;@", "2026-03-01"),
        (dt.datetime(2026, 3, 1, 14, 30), "m/d/yy h:mm", "2026-03-01T14:30:00"),
        (dt.datetime(2026, 3, 1, 23, 59, 59), "yyyy-mm-dd hh:mm:ss", "2026-03-01T23:59:59"),
        (dt.time(14, 30), "h:mm", "14:30:00"),
        (dt.timedelta(hours=26, minutes=5), "[h]:mm", "26:05:00"),
        (3, "0.00", "3"),
        (3.0, "General", "3"),
        (0.1 + 0.2, "General", "0.3"),
        (1e-7, "General", "0.0000001"),
        (12345678901234, "General", "12345678901234"),
        (1e21, "General", "1000000000000000000000"),
        (True, "General", "true"),
        (" 007 ", "@", " 007 "),
        ("3/4/2026", "@", "3/4/2026"),
        ("two\nlines", "@", "two\nlines"),
    ],
)
def test_a_cell_becomes_text_whatever_its_format(tmp_path: Path, value: Any, number_format: str, text: str) -> None:
    def edit(made: Any) -> None:
        made.active["B2"].number_format = number_format

    table = read(tmp_path, book(["id", "cell"], ["x", value], edit=edit))
    assert list(table.records()) == [(2, ["x", text], None)]


def test_a_workbook_that_counts_from_1904_has_the_same_days(tmp_path: Path) -> None:
    def edit(made: Any) -> None:
        made.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904

    table = read(tmp_path, book(["id", "day"], ["x", dt.datetime(2026, 3, 1)], edit=edit))
    assert [cells for _, cells, _ in table.records()] == [["x", "2026-03-01"]]


def test_formulas_count_by_their_stored_value_and_errors_are_faults(tmp_path: Path) -> None:
    content = book(HEADER, ["a", 1, "=1+1"], ["b", 2, "=1/0"], ["c", 3, 4], ["d", 4, "=B4"])
    content = replaced(content, SHEET, lambda data: data.replace(b"<f>1+1</f><v />", b"<f>1+1</f><v>2</v>"))
    content = replaced(
        content,
        SHEET,
        lambda data: data.replace(b'<c r="C3"><f>1/0</f><v />', b'<c r="C3" t="e"><f>1/0</f><v>#DIV/0!</v>'),
    )
    records = list(read(tmp_path, content).records())
    assert [fault is None for _, _, fault in records] == [True, False, True, False]
    assert records[0][1] == ["a", "1", "2"]
    assert "cell C3 shows #DIV/0!" in str(records[1][2])
    assert "cell C5 has a formula without a stored value" in str(records[3][2])


def test_merged_cells_hold_down_and_are_a_fault_across(tmp_path: Path) -> None:
    def edit(made: Any) -> None:
        made.active.merge_cells("A2:A3")
        made.active.merge_cells("B4:C4")

    rows = [HEADER, ["p1", "x", 1], [None, "y", 2], ["p2", "z", None], ["p3", "z", 4]]
    records = list(read(tmp_path, book(*rows, edit=edit)).records())
    assert [cells for _, cells, _ in records] == [["p1", "x", "1"], ["p1", "y", "2"], ["p2", "z", ""], ["p3", "z", "4"]]
    assert [number for number, _, fault in records if fault] == [4]
    assert "begin at B" in str(records[2][2])


def test_sheets_are_listed_hidden_and_empty_ones_said(tmp_path: Path) -> None:
    def edit(made: Any) -> None:
        for name, state in (("Codes", "hidden"), ("Empty", "visible")):
            made.create_sheet(name).sheet_state = state
        made["Codes"].append(["code", "word"])
        made["Codes"].append([1, "yes"])

    content = book(HEADER, ["a", 1, 2], edit=edit)
    found = tables(put(tmp_path, content))
    assert [table.name for table in found] == ["Sheet", "Codes"]
    told = found[0].findings[0]
    assert (told.name, told.value, told.sure) == ("sheet", "Sheet", "ask")
    assert all(word in told.why for word in ("Codes (hidden)", "Empty is empty", "--sheet"))
    assert read(tmp_path, content, Reading(sheet="codes")).header == ("code", "word")
    assert "it has Sheet, Codes (hidden), Empty" in refused(tmp_path, content, reading=Reading(sheet="Other"))


def test_numbers_follow_the_decimal_sign_of_the_texts(tmp_path: Path) -> None:
    table = read(tmp_path, book(["id", "dose"], ["a", "1,5"], ["b", 2.125], ["c", dt.datetime(2026, 3, 1)]))
    assert [cells[1] for _, cells, _ in table.records()] == ["1,5", "2,125", "2026-03-01"]
    assert ("decimal sign", "comma") in [(one.name, one.value) for one in table.findings]


def test_dates_typed_as_text_are_asked(tmp_path: Path) -> None:
    table = read(tmp_path, book(["id", "day"], ["a", "03/04/2026"], ["b", "05/06/2026"]))
    assert ("date order", "ask") in [(one.name, one.sure) for one in table.findings]


def test_a_value_beyond_the_names_is_a_fault(tmp_path: Path) -> None:
    rows = [["id", "score"], *[["a", 1]] * 1200, ["b", 2, "stray"]]
    records = list(read(tmp_path, book(*rows)).records())
    assert [number for number, _, fault in records if fault] == [1202]


@pytest.mark.attack(40)
def test_a_macro_workbook_is_read_and_its_macro_is_not(tmp_path: Path) -> None:
    content = replaced(
        book(HEADER, ["a", 1, 2]),
        "[Content_Types].xml",
        lambda data: data.replace(b"spreadsheetml.sheet.main+xml", b"x").replace(
            b"application/vnd.openxmlformats-officedocument.x", b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
        ),
    )
    (table,) = tables(put(tmp_path, content, "file.xlsm"))
    assert [cells for _, cells, _ in table.records()] == [["a", "1", "2"]]


def _zip(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return packed.getvalue()


ENTITY = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
LATE = b"<!--" + b" " * 200_000 + b"-->"
CODED = b'<?xml version="1.0" encoding="cp037"?>'
PLAIN = book(HEADER, ["a", 1, 2])
BOMB = {"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"<x/>", SHEET: b" " * (60 << 20)}


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("bomb.xlsx", lambda: _zip(BOMB), "which no table does"),
        (
            "entities.xlsx",
            lambda: replaced(PLAIN, SHEET, lambda data: ENTITY + data[data.index(b"<worksheet") :]),
            "XML entities",
        ),
        ("entities.xlsx", lambda: replaced(PLAIN, "xl/workbook.xml", lambda data: ENTITY + data), "XML entities"),
        ("late.xlsx", lambda: replaced(PLAIN, SHEET, lambda data: LATE + ENTITY + data), "XML entities"),
        ("coded.xlsx", lambda: replaced(PLAIN, SHEET, lambda data: CODED + data), "XML entities"),
        ("other.xlsx", lambda: renamed(PLAIN, b"sheet1.xml", b"sheet1.dat"), "damaged"),
        ("broken.xlsx", lambda: replaced(PLAIN, SHEET, lambda data: data[:-40]), "damaged"),
        ("broken.xlsx", lambda: replaced(PLAIN, "xl/workbook.xml", lambda _: b"<x/>"), "no sheet with cells"),
        ("cut.xlsx", lambda: PLAIN[:-100], "damaged"),
        (
            "strict.xlsx",
            lambda: replaced(
                PLAIN,
                "xl/workbook.xml",
                lambda data: data.replace(
                    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                    b"http://purl.oclc.org/ooxml/spreadsheetml/main",
                ),
            ),
            "Strict Open XML",
        ),
        ("old.xls", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old Excel workbook"),
        ("locked.xlsx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "password"),
        ("binary.xlsb", lambda: _zip({"[Content_Types].xml": b"", "xl/workbook.bin": b""}), ".xlsb"),
        ("open.ods", lambda: _zip({"mimetype": b"", "content.xml": b""}), ".ods"),
        ("named.csv", lambda: PLAIN, "name it .xlsx"),
        ("named.xlsx", lambda: b"id,score\n1,2\n", "name it .csv"),
        ("archive.xlsx", lambda: _zip({"data.csv": b"a,b\n1,2\n"}), "zip archive"),
        ("empty.xlsx", lambda: book(), "sheets are empty"),
    ],
)
@pytest.mark.attack(40)
def test_what_is_no_safe_workbook_is_refused_by_name(
    tmp_path: Path, name: str, content: Callable[[], bytes], words: str
) -> None:
    assert words in refused(tmp_path, content(), name)


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(PLAIN) - 1), st.integers(0, 255)), min_size=1, max_size=4))
@example([(4863, 1)])  # a part that would begin before the file
@pytest.mark.attack(40)
def test_a_damaged_workbook_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[int, int]]
) -> None:
    data = bytearray(PLAIN)
    for place, byte in changes:
        data[place] = byte
    path = put(tmp_path_factory.getbasetemp(), bytes(data))
    with suppress(FileRefused):
        assert all(len(list(table.records())) <= 1 for table in tables(path))
