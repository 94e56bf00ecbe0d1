"""An empty store for each test: copied from one that was made once, as tabulating the band takes most of a second."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from plumbline.store import Store, open_store


@pytest.fixture
def store(empty_original: Path, tmp_path: Path) -> Iterator[Store]:
    path = tmp_path / "store.duckdb"
    shutil.copy(empty_original, path)
    opened = open_store(path)
    yield opened
    opened.close()
