"""The table of attacks says what became of each, however many processes run the tests."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, environment

TESTS = """
import pytest

@pytest.mark.attack(7, 3)
@pytest.mark.parametrize("case", [1, 2])
def test_held(case): pass

@pytest.mark.attack(3)
def test_fell(): assert False

@pytest.fixture
def broken(): raise RuntimeError

@pytest.mark.attack(9)
def test_never_began(broken): pass

def test_no_attack(): assert False
"""


@pytest.mark.parametrize("processes", ["0", "2"])
def test_each_attack_has_its_row(tmp_path: Path, processes: str) -> None:
    (tmp_path / "test_some.py").write_text(TESTS, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.attack_table", "--attacks", "-n", processes]
    told = subprocess.run(
        [*command, "-o", "markers=attack(number): an attack", "--rootdir", str(tmp_path), "test_some.py"],
        cwd=tmp_path, env=environment(None, PYTHONPATH=str(ROOT)), capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert [line for line in told.stdout.splitlines() if line.startswith("| ")][1:] == [
        "| 3 | test_some.py::test_fell | 1 failed |",
        "| 3 | test_some.py::test_held | 2 passed |",
        "| 7 | test_some.py::test_held | 2 passed |",
        "| 9 | test_some.py::test_never_began | 1 failed |",
    ], told.stdout
    assert "test_no_attack" not in told.stdout
