"""`imports undo` as a person types it: first what would happen, then done, and said."""

from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner

from plumbline.cli.main import app


def call(store: Path, *words: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, [*words, "--store", str(store)])
    return result.exit_code, result.output


def test_an_import_is_listed_looked_at_and_taken_back(empty_store: Path, tmp_path: Path) -> None:
    (tmp_path / "patients.csv").write_text("patient_id,birth_date,sex,clinic\np1,1940,female,north\n")
    assert call(empty_store, "import", str(tmp_path / "patients.csv"))[0] == 0
    code, said = call(empty_store, "imports", "--json")
    (batch,) = json.loads(said)
    assert (code, batch["undone_at"]) == (0, None)
    code, said = call(empty_store, "imports", "undo", batch["batch_id"])
    assert (code, "Nothing was changed" in said, "patient" in said) == (1, True, True)
    code, said = call(empty_store, "imports", "undo", batch["batch_id"], "--yes", "--why", "wrong file")
    assert (code, "Taken back" in said) == (0, True)
    (after,) = json.loads(call(empty_store, "imports", "--json")[1])
    assert after["undone_at"] is not None
    code, said = call(empty_store, "imports", "undo", batch["batch_id"])
    assert "was undone already" in said
    code, said = call(empty_store, "imports", "undo", "20990101-000000-abcdef", "--yes")
    assert (code, "There is no import" in said) == (2, True)
