"""Stores of this folder's tests: an empty one each, the demo store to read, and one with a planted difference."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from plumbline import demo
from plumbline.store import open_store
from tests.conftest import DEMO_UNTIL
from tests.status.conftest import store

__all__ = ["store"]

PLANTED_PATIENTS = 700


@pytest.fixture(scope="module")
def demo_cursor(demo_store: Path) -> Iterator[Any]:
    """The demo store as others have it, to read."""
    opened = open_store(demo_store)
    yield opened.cursor()
    opened.close()


@pytest.fixture(scope="module")
def planted(empty_of_module: Path) -> Iterator[tuple[Any, dict[str, Any]]]:
    """A demo store in which one clinic's patients fare better, and the truth of it."""
    opened = open_store(empty_of_module)
    demo.build(opened, PLANTED_PATIENTS, 7, DEMO_UNTIL, planted=demo.Planted())
    truth = json.loads(demo.truth_path(empty_of_module).read_text(encoding="utf-8"))
    yield opened.cursor(), truth["planted"]
    opened.close()
