"""The store of scenes: one patient for every state that the patient page must make sense of, made once a session."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from plumbline.store import Store, open_store
from tests.conftest import Served, start
from tests.pages import scenes


@pytest.fixture(scope="session")
def scenes_original(empty_original: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file itself; copy it before opening."""
    path = Path(shutil.copy(empty_original, tmp_path_factory.mktemp("scenes") / "scenes.duckdb"))
    scenes.build(path).close()
    return path


@pytest.fixture(scope="module")
def scenes_store(scenes_original: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """An open copy, for the queries of one module."""
    opened = open_store(Path(shutil.copy(scenes_original, tmp_path_factory.mktemp("queries") / "scenes.duckdb")))
    yield opened
    opened.close()


@pytest.fixture
def copy_of_scenes(scenes_original: Path, tmp_path: Path) -> Iterator[Store]:
    """A copy for a test that writes."""
    opened = open_store(Path(shutil.copy(scenes_original, tmp_path / "scenes.duckdb")))
    yield opened
    opened.close()


@pytest.fixture
def cursor(scenes_store: Store) -> Any:
    return scenes_store.cursor()


@pytest.fixture(scope="module")
def scenes_app(scenes_original: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server in demo mode on a copy of the scenes."""
    folder = tmp_path_factory.mktemp("served-scenes")
    copied = Path(shutil.copy(scenes_original, folder / "scenes.duckdb"))
    served = start(copied, "demo", folder / "server.log")
    yield served
    served.stop()
