"""Each row of HAZARDS.md is whole: how bad, how likely, what prevents it, and tests that are there."""

from __future__ import annotations

import re

import pytest

from tests.conftest import ROOT

COLUMNS = ["harm", "how it could come about", "severity", "likelihood", "what prevents it", "held by"]
SEVERITY, LIKELIHOOD = {"grave", "serious", "moderate", "minor"}, {"possible", "unlikely", "rare"}
LINES = [line for line in (ROOT / "HAZARDS.md").read_text(encoding="utf-8").splitlines() if line.startswith("|")]
ROWS = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in LINES]
# what care fears of any such software: each has a row, and this is how it begins
FEARED = [
    "An entry goes to the wrong patient", "Something is entered for a day that isn't meant",
    "Yesterday's worklist is read as today's", "A danger sign is overlooked", "Silence is read as recovery",
    "A value in another unit", "The clock is wrong", "An unsigned timeline is followed", "Somebody uses the session of",
    "Somebody sees, counts, enters or imports patients of a clinic that isn't theirs",
]  # fmt: skip


def test_the_table_has_its_columns_and_no_harm_twice() -> None:
    assert ROWS[0] == COLUMNS
    assert [row for row in ROWS if len(row) != len(COLUMNS) or not all(row)] == []
    assert len({row[0] for row in ROWS}) == len(ROWS)


def test_each_is_as_bad_and_as_likely_as_one_of_the_words_says() -> None:
    assert [row[0] for row in ROWS[2:] if row[2] not in SEVERITY or row[3] not in LIKELIHOOD] == []


def test_each_is_held_by_tests_that_stand_in_the_files_named() -> None:
    lacking = []
    for harm, *_, held in ROWS[2:]:
        file = ""
        named = re.findall(r"`([^`]+)`", held)
        for word in named:
            file, test = word.split("::") if "::" in word else (file, word)
            path = ROOT / file
            text = path.read_text(encoding="utf-8") if path.is_file() else ""
            if not re.search(rf"^def {re.escape(test)}\(", text, flags=re.MULTILINE):
                lacking.append(f"{harm}: {word}")
        lacking += [] if named else [f"{harm}: nothing"]
    assert lacking == []


@pytest.mark.parametrize("harm", FEARED)
def test_what_care_fears_of_any_such_software_has_a_row(harm: str) -> None:
    assert any(row[0].startswith(harm) for row in ROWS)
