"""Hard CSV files of our own: each ends as the csv module's table under the reported dialect, or is refused by name."""

from __future__ import annotations

import codecs
import gzip
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.hard_csv import found, judged
from plumbline.intake.found import Finding
from plumbline.intake.reading import FIND, Reading, Table
from plumbline.intake.refused import FileRefused
from plumbline.intake.tables import tables

WIDE = "id;name;score\n1;Zoë;5\n2;Bjørn;6\n"
LONG = "id,note\n" + "".join(f"{number},{'x' * 40}\n" for number in range(3000))

# name -> content, the header and its line, delimiter, number of records, lines with a fault
EQUAL: dict[str, tuple[bytes, str, int, str, int, list[int]]] = {
    "plain": (b"a,b\n1,2\n", "a b", 1, ",", 1, []),
    "open end": (b"a,b\n1,2", "a b", 1, ",", 1, []),
    "utf-8 with mark": (codecs.BOM_UTF8 + WIDE.encode(), "id name score", 1, ";", 2, []),
    "utf-16 with mark": (WIDE.encode("utf-16"), "id name score", 1, ";", 2, []),
    "utf-16 big end": (codecs.BOM_UTF16_BE + WIDE.encode("utf-16-be"), "id name score", 1, ";", 2, []),
    "gz": (gzip.compress(WIDE.encode()), "id name score", 1, ";", 2, []),
    "gz in two members": (gzip.compress(b"a,b\n1,") + gzip.compress(b"2\n3,4\n"), "a b", 1, ",", 2, []),
    "tab": (b"a\tb\n1,5\t2\n3\t4\n", "a b", 1, "\t", 2, []),
    "pipe": (b"a|b\n1|2\n", "a b", 1, "|", 1, []),
    "decimal commas": (b"a;b;c\n1;1,5;2,5\n2;1,0;3,5\n", "a b c", 1, ";", 2, []),
    "commas in quotes": (b'a;b\n"1,2";3\n"4,5";6\n', "a b", 1, ";", 2, []),
    "cr": (b"a,b\r1,2\r3,4\r", "a b", 1, ",", 2, []),
    "crlf": (b"a,b\r\n1,2\r\n", "a b", 1, ",", 1, []),
    "mixed ends": (b"a,b\r\n1,2\n3,4\r5,6\r\n", "a b", 1, ",", 3, []),
    "line break in quotes": (b'a,b\n"one\ntwo",2\n"x\r\n\r\ny",3\n', "a b", 1, ",", 2, []),
    "line break in the header": (b'a,"b\nc"\n1,2\n', "a b\nc", 1, ",", 1, []),
    "doubled quotes": (b'a,b\n"say ""hi""",""""\n', "a b", 1, ",", 1, []),
    "quote inside a word": (b"a,b\n5'10\",x\n", "a b", 1, ",", 1, []),
    "empty quotes": (b'a\n""\nx\n', "a", 1, ",", 2, []),
    "blank lines": (b"\n\na,b\n\n1,2\n   \n3,4\n\n", "a b", 3, ",", 2, []),
    "titles": (b"Clinic North\nExport of March\n\nid,score\n1,2\n2,3\n", "id score", 4, ",", 2, []),
    "padded titles": (b"Clinic North;;\n;;\nid;day;score\n1;x;2\n2;y;3\n", "id day score", 3, ";", 2, []),
    "sep line": (b"sep=|\r\na|b;c\r\n1|2;3\r\n", "a b;c", 2, "|", 1, []),
    "quoted sep line": (b'"sep=;"\na;b\n1;2\n', "a b", 2, ";", 1, []),
    "short and long rows": (b"a,b,c\n1,2\n1,2,3\n1,2,3,4\n", "a b c", 1, ",", 3, [2, 4]),
    "comma at each end": (b"a,b\n1,2,\n3,4,\n5,6\n7,8\n9,9\n", "a b", 1, ",", 5, [2, 3]),
    "names twice": (b"a,b,a,,a (2)\n1,2,3,4,5\n", "a|b|a (3)|column 4|a (2)", 1, ",", 1, []),
    "nul": (b"a,b\n1,x\0y\n2,z\n", "a b", 1, ",", 2, [2]),
    "quote closed early": (b'a,b\n1,"x" y\n2,z\n', "a b", 1, ",", 2, [2]),
    "quote never closed": (b'a,b\n1,x\n2,"y\n3,z\n', "a b", 1, ",", 2, [3]),
    "quote that swallows rows": (b'a,b,c\n1,"x,2\n2,y,3\n3,z",4\n5,v,6\n', "a b c", 1, ",", 2, [2]),
    "backslash before a quote": (b'a,b\n1,2\n"x \\", y"\n3,4\n', "a b", 1, ",", 3, [3]),
    "blank before a quote": (b'a,b\n1, "x"\n2,y\n', "a b", 1, ",", 2, [2]),
    "single quotes": (b"a;b\n'x;y';'it''s'\n'z';'w'\n", "a b", 1, ";", 2, []),
    "apostrophes": (b"a,b\n'twas,o'clock\nO'Brien,x'\n", "a b", 1, ",", 2, []),
    "two exports in one": (b"a,b\n1,2\na,b\n3,4\n", "a b", 1, ",", 3, [3]),
    "one column": (b"name\nAnna\nBert\n", "name", 1, ",", 2, []),
    "header only": (b"a,b,c\n", "a b c", 1, ",", 0, []),
    "a cell of 999,999": (b"a,b\n1," + b"x" * 999_999 + b"\n", "a b", 1, ",", 1, []),
    "a cell of 1,000,001": (b"a,b\n1," + b"x" * 1_000_001 + b"\n2,y\n", "a b", 1, ",", 2, [2]),
    "separators of words": ("a,b\nx\u2028y\x0b,z\x1c\x85\n".encode(), "a b", 1, ",", 1, []),
}

REFUSED = {
    "empty": (b"", "the file is empty", 1),
    "blank": (b"\n \n\n", "the file is empty", 1),
    "not utf-8": ("id,name\n1,Anna\n2,Zoë\n".encode("latin-1"), "--encoding windows-1252", 3),
    "utf-16 without mark": (WIDE.encode("utf-16-le"), "byte order mark", 1),
    "utf-32": (WIDE.encode("utf-32"), "UTF-32", 1),
    "utf-16 cut off": (WIDE.encode("utf-16")[:-1], "not valid UTF-16", 3),
    "gz cut off": (gzip.compress(LONG.encode())[:-20], "cut off", 1),
    "gz damaged": (gzip.compress(WIDE.encode())[:-6] + b"abcdef", "damaged", 1),
    "gz in gz": (gzip.compress(gzip.compress(WIDE.encode())), "packed twice", 1),
    "gz bomb": (gzip.compress(b"\n" * (60 << 20)), "200 times", 1),
    "zip": (b"PK\x05\x06" + b"\0" * 18, "zip archive", 1),
    "old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Excel workbook", 1),
    "zstd": (b"\x28\xb5\x2f\xfdrest", "zstd", 1),
    "web page": (b"<!DOCTYPE html>\n<table><tr><td>1\n", "web page", 1),
    "nul in the header": (b"a,b\0\n1,2\n", "holds a NUL", 1),
    "quote in the header": (b'a,"b\n1,2\n3,4\n', "never closed", 1),
    "endless row": (b"," * 100_000 + b"x\n", "more than a table has columns", 1),
    "endless line": (b"a,b\n" + b"x" * (17 << 20), "16 million", 2),
}


def put(folder: Path, content: bytes, name: str = "file.csv") -> Path:
    """A file with this content."""
    path = folder / name
    path.write_bytes(content)
    return path


def read(folder: Path, text: str | bytes, reading: Reading = FIND) -> Table:
    """The table of a text file with this content."""
    (table,) = tables(put(folder, text.encode() if isinstance(text, str) else text), reading)
    return table


def finding(table: Table, name: str) -> Finding:
    """What was found about a table."""
    return next(one for one in table.findings if one.name == name)


def refusal(folder: Path, text: str | bytes, reading: Reading = FIND) -> FileRefused:
    """Why a file is refused."""
    with pytest.raises(FileRefused) as caught:
        read(folder, text, reading)
    return caught.value


@pytest.mark.parametrize("name", EQUAL)
def test_a_hard_file_is_the_table_of_the_csv_module(tmp_path: Path, name: str) -> None:
    content, header, line, delimiter, count, faults = EQUAL[name]
    path = put(tmp_path, content)
    assert judged(path) == ("equal", "")
    (table,) = tables(path)
    assert table.header == tuple(header.split("|" if "|" in header else " "))
    assert (table.header_line, found(table, "delimiter")) == (line, delimiter)
    records = list(table.records())
    assert len(records) == count
    assert [number for number, _, fault in records if fault] == faults


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.attack(41)
def test_a_file_that_is_no_table_is_refused_by_name(tmp_path: Path, name: str) -> None:
    content, words, line = REFUSED[name]
    refused = refusal(tmp_path, content)
    assert words in refused.reason
    assert refused.line == line


_LETTERS = st.sampled_from([*"ab1,;\t|\"'\\ \n\r\0é=#.-", "\r\n", '""', '","', "\ufeff"])


@pytest.mark.slow
@settings(max_examples=600, deadline=None)
@given(st.lists(_LETTERS, max_size=60).map("".join))
@pytest.mark.attack(41)
def test_whatever_the_text_it_is_the_csv_table_or_refused(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = put(tmp_path_factory.getbasetemp(), text.encode(), "any.csv")
    assert judged(path)[0] in ("equal", "refused"), text


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=80))
@pytest.mark.attack(41)
def test_whatever_the_bytes_nothing_breaks(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    assert judged(put(tmp_path_factory.getbasetemp(), data, "any.csv"))[0] in ("equal", "refused"), data


@pytest.mark.slow
@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.lists(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0\\")), min_size=3, max_size=3)
    ),
    st.sampled_from(",;\t|"),
    st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_what_a_csv_writer_wrote_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], delimiter: str, end: str
) -> None:
    lines = [delimiter.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in [["x", "y", "z"], *rows]]
    path = put(tmp_path_factory.getbasetemp(), (end.join(lines) + end).encode(), "any.csv")
    (table,) = tables(path, Reading(delimiter=delimiter, header_line=1))
    assert [cells for _, cells, _ in table.records()] == rows


def test_a_named_encoding_is_taken(tmp_path: Path) -> None:
    for named, shown in (("latin-1", "latin-1"), ("ISO-8859-1", "latin-1"), ("windows-1252", "windows-1252")):
        table = read(tmp_path, WIDE.encode("latin-1"), Reading(encoding=named))
        assert [cells[1] for _, cells, _ in table.records()] == ["Zoë", "Bjørn"]
        assert finding(table, "encoding").value == shown
    table = read(tmp_path, WIDE.encode("utf-16-le"), Reading(encoding="utf-16-le"))
    assert [cells[1] for _, cells, _ in table.records()] == ["Zoë", "Bjørn"]


@pytest.mark.parametrize(
    ("content", "reading", "words"),
    [
        (WIDE.encode("utf-16"), Reading(encoding="latin-1"), "begins with the mark of UTF-16"),
        (codecs.BOM_UTF8 + WIDE.encode(), Reading(encoding="windows-1252"), "begins with the mark of UTF-8"),
        (WIDE.encode(), Reading(encoding="klingon"), "klingon is no encoding that is read"),
        (b"a,b\n1,\x81\n", Reading(encoding="windows-1252"), "no letter for"),
        (WIDE.encode(), Reading(delimiter="ab"), "can't be a delimiter"),
        (WIDE.encode(), Reading(header_line=9), "the file is empty"),
        (b"a,b\n\n1,2\n", Reading(header_line=2), "line 2 is blank"),
        (WIDE.encode(), Reading(sheet="one"), "has no sheets"),
        (WIDE.encode(), Reading(date_order="year"), "day-first or month-first"),
        (WIDE.encode(), Reading(decimal="point"), "comma or dot"),
    ],
)
def test_what_was_said_and_is_not_so_is_refused(tmp_path: Path, content: bytes, reading: Reading, words: str) -> None:
    assert words in refusal(tmp_path, content, reading).reason


def test_a_delimiter_may_be_named_by_its_sign_or_word(tmp_path: Path) -> None:
    for mark in (":", "comma", "tab", "\\t", "|"):
        sign = {"comma": ",", "tab": "\t", "\\t": "\t"}.get(mark, mark)
        assert read(tmp_path, f"a{sign}b\n1{sign}2\n", Reading(delimiter=mark)).header == ("a", "b")


def test_two_delimiters_that_fit_alike_are_asked(tmp_path: Path) -> None:
    table = read(tmp_path, "a,b;c\n1,2;3\n4,5;6\n")
    assert finding(table, "delimiter").sure == "ask"
    assert "--delimiter" in finding(table, "delimiter").why
    assert finding(read(tmp_path, "a,b;c\n1,2;3\n", Reading(delimiter=";")), "delimiter").sure == "certain"


@pytest.mark.parametrize(
    ("text", "line", "sure"),
    [
        ("id,score\n1,2\n", 1, "certain"),
        ("id,word\na,b\n", 1, "likely"),
        ("1,2\n3,4\n", 1, "ask"),
        ("Title\nid,score\n1,2\n3,4\n", 2, "likely"),
        ("clinic,North\nid,day,score\n1,2,3\n4,5,6\n", 2, "ask"),
        (",,Baseline,,\n,,vas,odi,\nid,sex,,,note\n1,f,2,3,x\n2,m,4,5,y\n", 3, "ask"),
        ("one,two\nx,y,z\nu,v,w\nr,s,t\n", 2, "ask"),
    ],
)
def test_how_sure_the_header_is(tmp_path: Path, text: str, line: int, sure: str) -> None:
    table = read(tmp_path, text)
    head = next(one for one in table.findings if one.name == "header")
    assert (head.sure, "--header-line" in head.why) == (sure, sure == "ask")
    assert table.header_line == line or sure == "ask"


def test_a_named_header_line_is_taken(tmp_path: Path) -> None:
    table = read(tmp_path, "clinic,North\nid,day,score\n1,2,3\n", Reading(header_line=2))
    assert table.header == ("id", "day", "score")
    assert finding(table, "preamble").value == "line 1"


@pytest.mark.parametrize(
    ("cells", "value", "sure"),
    [
        (["2026-03-01", "2026-12-31"], "year first", "certain"),
        (["03/04/2026", "31/12/2026"], "day first", "certain"),
        (["03/04/2026", "12/31/2026"], "month first", "certain"),
        (["03/04/2026", "05/06/2026"], "day first or month first", "ask"),
        (["03.04.2026", "5.6.2026 14:30"], "day first or month first", "ask"),
        (["31/12/2026", "12/31/2026"], "day first or month first", "ask"),
        (["26/03/04", "25/03/04"], "day first or month first", "ask"),
        (["31/12/99", "01/02/98"], "day first", "certain"),
        (["T12/L1", "L2/L3"], None, None),
    ],
)
def test_the_order_of_dates_is_found_or_asked(
    tmp_path: Path, cells: list[str], value: str | None, sure: str | None
) -> None:
    table = read(tmp_path, "id;day\n" + "".join(f"x;{cell}\n" for cell in cells))
    told = [one for one in table.findings if one.name == "date order"]
    assert [(one.value, one.sure) for one in told] == ([(value, sure)] if value else [])
    assert all("--dates day-first or --dates month-first" in one.why for one in told if one.sure == "ask")


def test_a_column_of_dates_that_decides_settles_the_others(tmp_path: Path) -> None:
    table = read(tmp_path, "born;seen\n31/12/1950;03/04/2026\n01/02/1960;05/06/2026\n")
    assert (finding(table, "date order").value, finding(table, "date order").sure) == ("day first", "likely")
    settled = read(tmp_path, "seen\n03/04/2026\n", Reading(date_order="month-first"))
    assert (finding(settled, "date order").value, finding(settled, "date order").sure) == ("month first", "certain")


def test_the_one_day_that_decides_is_found_at_the_end_of_a_long_file(tmp_path: Path) -> None:
    rows = "".join(f"{row};03/04/2026\n" for row in range(110_000))
    assert finding(read(tmp_path, f"id;day\n{rows}"), "date order").sure == "ask"
    assert finding(read(tmp_path, f"id;day\n{rows}x;13/04/2026\n"), "date order").value == "day first"


@pytest.mark.parametrize(
    ("cells", "value", "sure"),
    [
        (["1.5", "2"], "dot", "certain"),
        (["1,5", "2"], "comma", "certain"),
        (["1.234,56", "2"], "comma", "certain"),
        (["1,234.56", "2"], "dot", "certain"),
        (["0,125", "2"], "comma", "certain"),
        (["1,234", "2"], "dot or comma", "ask"),
        (["1.234", "2"], "dot or comma", "ask"),
        (["1.5", "2,5"], "dot or comma", "ask"),
        (["12", "7"], None, None),
    ],
)
def test_the_decimal_sign_is_found_or_asked(
    tmp_path: Path, cells: list[str], value: str | None, sure: str | None
) -> None:
    table = read(tmp_path, "id;dose\n" + "".join(f"x;{cell}\n" for cell in cells))
    told = [one for one in table.findings if one.name == "decimal sign"]
    assert [(one.value, one.sure) for one in told] == ([(value, sure)] if value else [])
    assert all("--decimal comma or --decimal dot" in one.why for one in told if one.sure == "ask")
