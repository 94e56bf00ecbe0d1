"""`mapping suggest`, `mapping check` and `import --mapping` on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from plumbline import commands
from plumbline.cli import mapping as cli_mapping
from plumbline.store import open_store

WIDE = "id,op_date,nrs_pre,nrs_week2\nA1,2026-01-05,8,4\nA2,2026-01-13,7,\n"


def quiet(_label: str, _done: int, _total: int) -> None: ...


def test_a_mapping_is_proposed_settled_checked_kept_and_used(
    tmp_path: Path, empty_store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, to = tmp_path / "wide.csv", tmp_path / "m.yaml"
    data.write_text(WIDE)
    assert cli_mapping.suggest(data, to) == 1
    assert "--clinic NAME" in capsys.readouterr().err
    assert cli_mapping.suggest(data, to, clinic="north", pathway="kyphoplasty") == 0
    assert cli_mapping.check(to, data) == 0
    assert "nrs_pain" in capsys.readouterr().out
    store = open_store(empty_store)
    saved = commands.run(store, "save_mapping", {"yaml": cli_mapping.text_of(to), "by": "kim"}, quiet)
    assert (saved["answer"]["name"], saved["answer"]["version"]) == ("wide", 1)
    options = {"paths": [str(data)], "recorded_by": "kim", "mapping": [cli_mapping.given("wide")]}
    answer = commands.run(store, "import", options, quiet)["answer"]
    assert (answer["totals"]["accepted"], answer["mappings"][0]["name"]) == (7, "wide")
    listed = commands.run(store, "mappings", {}, quiet)["answer"]
    assert [(row["name"], row["version"], row["imports"]) for row in listed] == [("wide", 1, 1)]
    store.close()


def test_a_mapping_that_is_not_there_is_said(empty_store: Path) -> None:
    store = open_store(empty_store)
    options = {"paths": [], "recorded_by": "kim", "mapping": [cli_mapping.given("nose")]}
    assert "no saved mapping nose" in commands.run(store, "import", options, quiet)["error"]
    store.close()
