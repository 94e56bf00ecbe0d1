"""What the attacks share: a provider, and a server where people sign in, one of each for a module."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.attacks import signed
from tests.attacks.provider import Provider
from tests.conftest import Served
from tests.web.conftest import made_up

ROLES = {
    "anna": "specialist", "mark": "clinic_manager", "cora": "coordinator", "dana": "data_steward", "aude": "auditor",
    "ada": "admin",
}  # fmt: skip


@pytest.fixture(scope="session")
def honest() -> Iterator[Provider]:
    provider = Provider()
    yield provider
    provider.stop()


@pytest.fixture
def provider(honest: Provider) -> Iterator[Provider]:
    """The provider, which tells the truth again after each test."""
    yield honest
    honest.behave()


@pytest.fixture(scope="module")
def oidc(honest: Provider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server in mode oidc on a made-up store with nobody in it, and an account for each role."""
    folder = tmp_path_factory.mktemp("oidc")
    store = signed.with_accounts(made_up(folder / "made-up.duckdb"), honest.url, **ROLES)
    served = signed.serve_oidc(store, folder / "server.log", honest)
    yield served
    served.stop()


@pytest.fixture
def store_with_accounts(honest: Provider, empty_store: Path) -> Path:
    """A store of a test's own with the same accounts."""
    return signed.with_accounts(made_up(empty_store), honest.url, **ROLES)
