"""An empty store for each test."""

from tests.status.conftest import store

__all__ = ["store"]
