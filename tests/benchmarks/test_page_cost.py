"""The pages that are compared run without an error, and hold the same patient."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from benchmarks import page_cost


@pytest.mark.browser
def test_pages_are_measured_side_by_side(tmp_path: Path, copy_demo_store: Callable[[Path], Path]) -> None:
    store = copy_demo_store(tmp_path / "demo.duckdb")
    found = page_cost.measure(store, tmp_path, date(2026, 11, 23), rounds=1, reruns=2)
    assert set(found["cpu_ms"]) == {"ours", "cohorts", "worklist", "bare", "plain", "plain_cached"}
    assert all(wait > 0 for wait in found["wait_ms"].values())
    assert found["elements"]["ours"] > found["elements"]["plain"] > found["elements"]["bare"]
