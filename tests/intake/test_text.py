"""CSV as it comes: encodings, line ends, delimiters, quotes, ragged rows, headers; lines are lines of the file."""

from __future__ import annotations

import codecs

import pytest

from tests.intake.conftest import Desk

pytestmark = pytest.mark.slow

HEADER = "patient_id,taken_at,instrument,value,context"
ROWS = ["p1,2026-01-06,nrs_back,8,", "p1,2026-01-07,nrs_back,7,rest", "p1,2026-01-08,nrs_back,6,"]
PLAIN = "\n".join([HEADER, *ROWS]) + "\n"


@pytest.mark.parametrize(
    "content",
    [
        PLAIN.encode(),
        codecs.BOM_UTF8 + PLAIN.encode(),
        PLAIN.encode("utf-16"),
        codecs.BOM_UTF16_BE + PLAIN.encode("utf-16-be"),
        PLAIN.replace("\n", "\r\n").encode(),
        PLAIN.replace("\n", "\r").encode(),
        PLAIN.rstrip("\n").encode(),
        ("\n\n" + PLAIN.replace("\n", "\n\n")).encode(),
        PLAIN.replace(",", ";").encode(),
        PLAIN.replace(",", "\t").encode(),
        PLAIN.replace("p1", '"p1"').encode(),
        PLAIN.replace(HEADER, " Patient_ID , Taken_At,INSTRUMENT,value,context").encode(),
        (PLAIN + "   \n\t\n").encode(),
    ],
    ids=[
        "plain",
        "bom",
        "utf16",
        "utf16be",
        "crlf",
        "cr",
        "open end",
        "blank lines",
        ";",
        "tab",
        "quoted",
        "case",
        "end",
    ],
)
def test_every_spelling_of_a_file_is_read_alike(desk: Desk, content: bytes) -> None:
    result = desk.take({"scores.csv": content})
    assert result.totals == {"rows": 3, "accepted": 3, "unchanged": 0, "ignored": 0, "rejected": 0}
    assert desk.rows("score", "value, context") == [(6, None), (7, "rest"), (8, None)]


@pytest.mark.parametrize(("end", "last"), [("\n", 9), ("\r\n", 9), ("\r", 9)])
def test_lines_are_those_of_the_file_after_quoted_line_breaks(desk: Desk, end: str, last: int) -> None:
    lines = ["episode_id,written_at,kind,text", "", 'e1,2026-01-07,visit,"one', "two", "", 'three ""four"""']
    lines += ["e1,2026-01-08,visit,five", "e1,2026-01-08,dream,six", "e1,2026-01-08,visit,seven,eight"]
    result = desk.take({"notes.csv": (end.join(lines) + end).encode()})
    assert [(one["line"], one["column"]) for one in desk.rejects(result)] == [(last - 1, "kind"), (last, None)]
    assert desk.rows("note", "text") == [("five",), (f'one{end}two{end}{end}three "four"',)]


def test_rows_before_an_unclosed_quote_stand(desk: Desk) -> None:
    text = PLAIN + 'p1,2026-01-09,nrs_back,5,"rest\np1,2026-01-10,nrs_back,4,\np1,2026-01-11,nrs_back,3,\n'
    result = desk.take({"scores.csv": text})
    assert (result.totals["accepted"], result.totals["rejected"]) == (3, 1)
    fault = desk.fault(result)
    assert fault["line"] == 5
    assert "rest of the file to its end is inside that quote" in fault["reason"]


def test_a_quote_that_the_next_one_closes_names_the_lines_that_it_swallowed(desk: Desk) -> None:
    text = PLAIN + 'p1,2026-01-09,nrs_back,5,"rest\np1,2026-01-10,nrs_back,4,"rest"\np1,2026-01-11,nrs_back,3,\n'
    result = desk.take({"scores.csv": text})
    assert (result.totals["accepted"], result.totals["rejected"]) == (4, 1)
    fault = desk.fault(result)
    assert fault["line"] == 5
    assert "Lines 5 to 6 are inside it" in fault["reason"]


def test_an_unclosed_quote_in_a_long_file_ends_it(desk: Desk) -> None:
    long = "".join(f"p1,2026-01-10,nrs_back,4,{'x' * 1000}\n" for _ in range(1100))
    result = desk.take({"scores.csv": PLAIN + 'p1,2026-01-09,nrs_back,5,"rest\n' + long})
    assert result.totals == {"rows": 4, "accepted": 3, "unchanged": 0, "ignored": 0, "rejected": 1}
    assert "not closed within 1,000,000 characters" in desk.fault(result)["reason"]


def test_one_endless_cell_spoils_only_its_row(desk: Desk) -> None:
    lines = [HEADER, ROWS[0], f"p1,2026-01-09,nrs_back,5,{'x' * 1_000_001}", ROWS[1]]
    result = desk.take({"scores.csv": "\n".join(lines)})
    assert (result.totals["accepted"], result.totals["rejected"]) == (2, 1)
    assert desk.fault(result)["line"] == 3


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (b"p1,2026-01-09,nrs_back,5", "has 4 cells where the header has 5"),
        (b"p1,2026-01-09,nrs_back,7,5,", "has 6 cells where the header has 5"),
        (b'p1,2026-01-09,nrs_back,"5"6,', "closed before the end of its cell"),
        (b",,,,", "is empty"),
        (b"p1,2026-01-09,nrs_back,5,r\0st", "NUL"),
        (b"p1,2026-01-09,nrs_back,5,Gr\xfc\xdfe", "not valid UTF-8"),
        (b"p\xff,2026-01-09,nrs_back,5,", "not valid UTF-8"),
    ],
)
def test_a_broken_row_is_rejected_with_its_line(desk: Desk, row: bytes, words: str) -> None:
    lines = [HEADER.encode(), ROWS[0].encode(), row, ROWS[1].encode()]
    result = desk.take({"scores.csv": b"\n".join(lines)})
    assert (result.totals["accepted"], result.totals["rejected"]) == (2, 1)
    fault = desk.fault(result)
    assert fault["line"] == 3
    assert words in fault["reason"]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("scores.csv", b"", "the file is empty"),
        ("scores.csv", b"\n \n", "the file is empty"),
        ("scores.csv", b"patient_id,taken_at,instrument\np1,2026-01-09,nrs_back\n", "lacks value"),
        ("scores.csv", b"taken_at,instrument,value\n", "lacks patient_id or episode_id"),
        ("scores.csv", b"patient_id,taken_at,value,instrument,value\n", "names value twice"),
        ("scores.csv", b"patient_id,birth_date,sex,clinic\n", "look like patients.csv"),
        ("scores.csv", b'patient_id,"taken_at,instrument,value\n', "quote in the header"),
        ("scores.csv", b"patient_id,taken_at,instrument,valu\xe9\n", "not UTF-8"),
        ("scores.csv", PLAIN.encode("utf-16-le"), "UTF-16 without a byte order mark"),
        ("scores.csv", PLAIN.encode("utf-32"), "UTF-32"),
        ("scores.csv", PLAIN.encode("utf-16")[:-1], "not valid UTF-16"),
        ("scores.csv", b"PK\x03\x04rest", "the workbook is damaged"),
        ("scores.csv", b"\x1f\x8brest", "gzip"),
        ("other.csv", b"a,b,c\n1,2,3\n", "can't be told from its columns"),
        (
            "other.csv",
            b"episode_id,kind,on,written_at,text\ne1,visit,2026-01-07,2026-01-07,x\n",
            "can't be told from its columns",
        ),
    ],
)
def test_a_file_is_refused_with_a_reason_and_counts_as_one_row(
    desk: Desk, name: str, content: bytes, words: str
) -> None:
    result = desk.take({name: content, "events.csv": "episode_id,kind,on\ne1,fall,2026-01-06\n"})
    assert {file["file"]: (file["accepted"], file["rejected"]) for file in result.files} == {
        "events.csv": (1, 0),
        name: (0, 1),
    }
    fault = desk.fault(result)
    assert fault["line"] >= 1
    assert words in fault["reason"]


def test_a_kind_is_recognised_by_its_columns(desk: Desk) -> None:
    result = desk.take({"export-2026.csv": PLAIN, "deep/Events.CSV": "kind,on,episode_id\nfall,2026-01-06,e1\n"})
    assert result.totals["accepted"] == 4
    assert {file["file"] for file in result.files} == {"export-2026.csv", "deep/Events.CSV"}


def test_unknown_columns_are_named_and_not_used(desk: Desk) -> None:
    result = desk.scores("x,p1,2026-01-09,nrs_back,5,y,", header="colour,patient_id,taken_at,instrument,value,size,")
    assert result.columns_ignored == {"scores.csv": ["colour", "size", "column 7"]}
    assert result.totals["accepted"] == 1


def test_a_header_alone_is_a_file_without_rows(desk: Desk) -> None:
    result = desk.scores()
    assert (result.totals["rows"], result.exit_code) == (0, 0)


def test_a_header_may_hold_a_line_break(desk: Desk) -> None:
    text = '"patient_id",taken_at,instrument,value,"said\nby"\np1,2026-01-09,nrs_back,11,x\n'
    assert desk.fault(desk.take({"scores.csv": text}))["line"] == 3


def test_text_stays_text(desk: Desk) -> None:
    words = ["=HYPERLINK(1)", "'; drop table note; --", "![x](y)", "emoji 🙂", "a\u202eb", "$name {x}"]
    rows = "".join(f'e1,2026-01-07,visit,"{one}"\n' for one in words)
    assert desk.take({"notes.csv": "episode_id,written_at,kind,text\n" + rows}).exit_code == 0
    assert {row[0] for row in desk.rows("note", "text")} == set(words)
