"""`mapping suggest` and `check` say in a sentence when their file is missing or a folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from plumbline.cli.mapping import check, suggest
from plumbline.errors import PlumblineError


def test_a_missing_file_and_a_folder_are_said(tmp_path: Path) -> None:
    with pytest.raises(PlumblineError, match="No such file"):
        suggest(tmp_path / "none.csv")
    with pytest.raises(PlumblineError, match="is a folder"):
        suggest(tmp_path)
    mapping = tmp_path / "m.yaml"
    mapping.write_text("name: m\npatient: {id: a}\n", encoding="utf-8")
    with pytest.raises(PlumblineError, match="No such file"):
        check(mapping, tmp_path / "none.csv")
