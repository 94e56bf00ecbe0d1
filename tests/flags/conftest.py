"""An empty store for each test, as the tests of the verdict have it."""

from tests.status.conftest import store

__all__ = ["store"]
