"""Servers for the frame alone: a store that is marked as made up and has nobody in it starts in no time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from plumbline.store import open_store
from tests.conftest import Served, start


def made_up(path: Path) -> Path:
    """Mark an empty store as made up."""
    store = open_store(path)
    store.set_meta("synthetic", "true")
    store.close()
    return path


@pytest.fixture
def made_up_store(empty_store: Path) -> Path:
    """An empty store that is marked as made up."""
    return made_up(empty_store)


@pytest.fixture(scope="module")
def frame(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server in demo mode with nobody in its store, shared by the tests of one module."""
    folder = tmp_path_factory.mktemp("frame")
    served = start(made_up(folder / "made-up.duckdb"), "demo", folder / "server.log")
    yield served
    served.stop()
