"""A file for a spreadsheet: no cell from outside becomes a formula, and nothing is lost."""

from __future__ import annotations

import csv
import io
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plumbline.export import cell, csv_bytes


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("=1+1", "'=1+1"), ("+49", "'+49"), ("-x", "'-x"), ("@sum", "'@sum"), ("  =1", "'  =1"), ("\t=1", "'\t=1"),
        ("Ada", "Ada"), ("555-0101", "555-0101"), (-3, "-3"), (None, ""), (float("nan"), ""), (2.5, "2.5"),
        ("-3", "-3"), ("-3,5", "-3,5"), (np.int64(-3), "-3"), ("-3+1", "'-3+1"), ("-3\n=1", "'-3\n=1"), ("＝1", "'＝1"),
    ],
)  # fmt: skip
@pytest.mark.cases
@pytest.mark.attack(39)
def test_a_cell_that_would_be_a_formula_is_text(value: Any, said: str) -> None:
    assert cell(value) == said


@given(st.lists(st.text(alphabet=st.characters(exclude_categories=("Cs",), exclude_characters="\r\n\0")), max_size=5))
@pytest.mark.attack(39)
def test_a_file_gives_back_what_was_put_in_and_starts_no_formula(texts: list[str]) -> None:
    text = csv_bytes({"one": "One"}, [{"one": value} for value in texts]).decode("utf-8-sig")
    back = [row["One"] for row in csv.DictReader(io.StringIO(text, newline=""))] if text else []
    kept = [value for value in texts if value]  # a line with one empty cell is an empty line
    assert [value.removeprefix("'") if value[:1] == "'" else value for value in back if value] == [
        value.removeprefix("'") if value[:1] == "'" else value for value in kept
    ]
    acting = [value for value in back if value.lstrip(" ").startswith(("=", "+", "-", "@"))]
    assert all(set(value) <= set("-0123456789.,") for value in acting)
