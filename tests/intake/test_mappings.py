"""Mappings kept in the store: by name and version, never changed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from plumbline.errors import PlumblineError
from plumbline.intake import mappings
from plumbline.intake.mapping import Cell, Mapping, Rule
from tests.intake.conftest import Desk

FIRST = Mapping(
    "throat", (Rule("patients", {"patient_id": Cell(column="id"), "clinic": Cell(fixed="north")}),), shape=("id",)
)


def test_a_mapping_that_says_something_else_is_a_new_version_and_the_old_one_stays(empty: Desk) -> None:
    other = replace(FIRST, missing=("999",))
    assert mappings.save(empty.store, FIRST, "kim").version == 1
    assert mappings.save(empty.store, FIRST, "kim").version == 1
    assert mappings.save(empty.store, other, "lee").version == 2
    assert [(row["version"], row["saved_by"]) for row in mappings.saved(empty.store, "throat")] == [
        (2, "lee"),
        (1, "kim"),
    ]
    assert mappings.load(empty.store, "throat") == replace(other, version=2)
    assert mappings.load(empty.store, "throat", 1) == FIRST
    assert mappings.fitting(empty.store, ("id",)) == [replace(other, version=2)]
    assert mappings.fitting(empty.store, ("pid",)) == []
    with pytest.raises(PlumblineError, match="no saved mapping nose"):
        mappings.load(empty.store, "nose")
