"""A file of items, as the command reads it: columns found, rows scored, refusals with their line."""

from __future__ import annotations

import csv
import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from plumbline.errors import PlumblineError
from plumbline.intake.reading import Reading
from plumbline.intake.scored import Asked, score_file
from tests.cli.test_main import ask
from tests.intake.test_workbook import book

SECTIONS = [2, 2, 2, 2, 2, 2, 2, 1, 1, ""]


def write(path: Path, *rows: list[Any], delimiter: str = ",") -> Path:
    with path.open("w", newline="", encoding="utf-8") as out:
        csv.writer(out, delimiter=delimiter).writerows(rows)
    return path


def header(stem: str, number: int = 10) -> list[str]:
    return ["id", *(f"{stem}{item}" for item in range(1, number + 1))]


@pytest.mark.parametrize("stem", ["odi", "ODI_", "q", "Q0", "section", "Section ", "odi_q", "odi.s", "item-"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.cases
def test_the_item_columns_are_recognised(tmp_path: Path, stem: str, delimiter: str) -> None:
    names = header("q") if stem == "Q0" else header(stem)
    file = write(tmp_path / "items.csv", names, ["a", *SECTIONS], delimiter=delimiter)
    answer, code = score_file(file, Asked("odi", "0-5"))
    assert code == 0
    assert [(row["id"], row["shown"], row["answered"]) for row in answer["rows"]] == [({"id": "a"}, 35.5, 9)]
    assert answer["items"]["10"] == names[10].strip()


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (header("odi", 9), "9 were"),
        (["id", *(f"x{n}" for n in range(10))], "0 were"),
        ([*header("odi"), *header("q")[1:]], "Several sets"),
        ([*header("odi"), "ODI_3"], "Two columns are item 3"),
        ([*header("odi"), "odi3"], "called 'odi3'"),
    ],
)
def test_columns_that_are_not_plain_are_asked_for(tmp_path: Path, names: list[str], said: str) -> None:
    file = write(tmp_path / "items.csv", names, [1] * len(names))
    with pytest.raises(PlumblineError, match=said):
        score_file(file, Asked("odi", "0-5"))


def test_columns_can_be_named_in_their_order(tmp_path: Path) -> None:
    names = ["id", *(f"{letter}" for letter in "abcdefghij")]
    file = write(tmp_path / "items.csv", names, ["a", *SECTIONS])
    answer, _ = score_file(file, Asked("odi", "0-5", items=tuple("ABCDEFGHIJ")))
    assert answer["rows"][0]["shown"] == 35.5
    for wrong, said in ((tuple("abc"), "names 3"), (tuple("abcdefghix"), "'x'"), (tuple("aacdefghij"), "twice")):
        with pytest.raises(PlumblineError, match=said):
            score_file(file, Asked("odi", "0-5", items=wrong))


@pytest.mark.parametrize(("coding", "wrong", "other"), [("1-6", 0, "0-5"), ("0-5", 6, "1-6")])
def test_a_file_that_contradicts_its_coding_is_refused_whole(
    tmp_path: Path, coding: str, wrong: int, other: str
) -> None:
    file = write(tmp_path / "items.csv", header("odi"), ["a", *[1] * 10], ["b", *[1] * 9, wrong])
    with pytest.raises(PlumblineError, match=rf"Line 3 holds the answer {wrong}.*--coding {other}"):
        score_file(file, Asked("odi", coding))


def test_each_row_ends_as_scored_missing_or_invalid_with_its_line(tmp_path: Path) -> None:
    rows = [["a", *SECTIONS], ["b", *[""] * 10], ["c", *[1] * 9, "x"], ["d", 1], ["e", 0, 6, *[1] * 8]]
    answer, code = score_file(write(tmp_path / "i.csv", header("odi"), *rows), Asked("odi", "0-5"))
    assert code == 1
    assert [(row["line"], row["status"]) for row in answer["rows"]] == [
        (2, "done"), (3, "missing"), (4, "invalid"), (5, "invalid"), (6, "invalid"),
    ]  # fmt: skip
    assert answer["totals"] == {"rows": 5, "scored": 1, "missing": 1, "invalid": 3}
    assert all(bool(row["reason"]) == (row["score"] is None) for row in answer["rows"])


def test_a_file_that_fits_both_codings_says_so(tmp_path: Path) -> None:
    file = write(tmp_path / "i.csv", header("odi"), ["a", *[3] * 10])
    low, high = (score_file(file, Asked("odi", coding))[0] for coding in ("0-5", "1-6"))
    assert [one["rows"][0]["score"] for one in (low, high)] == [60.0, 40.0]
    assert all("what was told" in " ".join(one["notes"]) for one in (low, high))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (",".join(header("odi")).encode() + b"\n", "no row"),
        (b"\xff\xfe\x00", "UTF-16"),
        (b"a\0b\n1,2\n", "UTF-16"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "i.csv").write_bytes(content)
    with pytest.raises(PlumblineError, match=said):
        score_file(tmp_path / "i.csv", Asked("odi", "0-5"))


def two_sheets(made: Any) -> None:
    """A second sheet, which is the one with the items."""
    for row in (header("odi"), ["Müller", *SECTIONS]):
        made.create_sheet("forms").append(row) if "forms" not in made.sheetnames else made["forms"].append(row)


SHEET = f"Station Süd\n\n{';'.join(header('odi'))}\nMüller;2;2;2;2;2;2;2;1;1;\n"


@pytest.mark.parametrize(
    ("name", "content", "reading"),
    [
        ("i.csv", SHEET.encode("utf-8-sig"), Reading()),
        ("i.tsv", SHEET.replace(";", "\t").encode("utf-16"), Reading()),
        ("i.csv", SHEET.replace("\n", "\r\n").encode("cp1252"), Reading(encoding="windows-1252")),
        ("i.csv.gz", gzip.compress(SHEET.encode(), mtime=0), Reading()),
        ("i.xlsx", book(["Station"], [], header("odi"), ["Müller", *SECTIONS]), Reading()),
        ("i.xlsx", book(["a", "b"], [1, 2], edit=two_sheets), Reading()),
    ],
)
def test_what_an_import_reads_is_scored(tmp_path: Path, name: str, content: bytes, reading: Reading) -> None:
    (tmp_path / name).write_bytes(content)
    answer, code = score_file(tmp_path / name, Asked("odi", "0-5", reading=reading))
    assert (code, answer["rows"][0]["shown"], answer["rows"][0]["id"]) == (0, 35.5, {"id": "Müller"})


def test_two_sheets_with_items_are_asked_about_and_a_file_in_another_encoding_says_how(tmp_path: Path) -> None:
    rows = [header("odi"), ["a", *SECTIONS]]
    (tmp_path / "i.xlsx").write_bytes(book(*rows, edit=two_sheets))
    with pytest.raises(PlumblineError, match="name one of Sheet, forms with --sheet"):
        score_file(tmp_path / "i.xlsx", Asked("odi", "0-5"))
    asked = Asked("odi", "0-5", reading=Reading(sheet="forms"))
    assert score_file(tmp_path / "i.xlsx", asked)[0]["rows"][0]["id"] == {"id": "Müller"}
    (tmp_path / "i.csv").write_bytes(SHEET.encode("cp1252"))
    with pytest.raises(PlumblineError, match="add --encoding windows-1252"):
        score_file(tmp_path / "i.csv", Asked("odi", "0-5"))


@pytest.mark.slow
def test_the_command_ends_as_others_do(tmp_path: Path) -> None:
    file = write(tmp_path / "i.csv", header("rmdq", 24), ["a", *[1] * 10, *[0] * 14], ["b", *[1] * 3, *[""] * 21])
    paper = ask("score", "rmdq", str(file), "--form", "paper", "--json")
    assert paper.returncode == 0, paper.stderr
    assert [row["score"] for row in json.loads(paper.stdout)["rows"]] == [10, 3]
    typed = ask("score", "RMDQ", str(file), "--form", "electronic")
    assert (typed.returncode, "1 of 2 scored, 1 missing" in typed.stdout) == (1, True)
    untold = ask("score", "rmdq", str(file))
    assert (untold.returncode, untold.stdout, "paper or electronic" in untold.stderr) == (2, "", True)
