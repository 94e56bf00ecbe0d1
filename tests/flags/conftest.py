"""An empty store for each test, as the tests of the verdict have it."""

from tests.status.conftest import made_store, store

__all__ = ["made_store", "store"]
