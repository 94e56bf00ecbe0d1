"""The large store is as large as promised, share by share, and each of its figures is measured."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from benchmarks import large, tables

pytestmark = pytest.mark.slow


def test_a_tiny_large_store_gives_every_figure(tmp_path: Path) -> None:
    found = json.loads(json.dumps(large.measure(tmp_path, date(2026, 11, 23), times=20, patients=20)))
    assert found["counts"]["patient"] == 400
    # twenty made-up patients are mostly the odd ones, with many scores; a thousand have thirty each
    assert found["counts"]["pain score"] > 25 * 400
    assert set(found["read"]["ms"]) == {"small", "large"}
    assert min(found["worklist"]["ms"].values()) > 0
    assert {"raw", "one", "all", "pandas_one", "pandas_all"} <= set(found["weeks"]["ms"])
    assert min(found["weeks"]["to_ours"].values()) > 0
    assert [row["what"][:10] for row in tables.goals({"large": found})] == [
        "One patien", "Worklist o", "Worklist o", "A score en", "Quartiles ", "Quartiles ",
    ]
