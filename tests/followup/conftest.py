"""An empty store for each test: copied from one that was made once, as tabulating the band takes most of a second."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from plumbline.store import Store, open_store


@pytest.fixture(scope="session")
def made_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("made") / "store.duckdb"
    open_store(path).close()
    return path


@pytest.fixture
def store(made_store: Path, tmp_path: Path) -> Iterator[Store]:
    path = tmp_path / "store.duckdb"
    shutil.copy(made_store, path)
    opened = open_store(path)
    yield opened
    opened.close()
