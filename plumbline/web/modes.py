"""How this process was told to run: demo or local, on which store. What is unclear is refused."""

from __future__ import annotations

import getpass
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from plumbline import sql
from plumbline.errors import ConfigError

DEFAULT_STORE = sql.ROOT / "data" / "plumbline.duckdb"
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
MODES = ("demo", "local")
_COMMAND = "type `make run` for made-up patients, or `make run STORE=my.duckdb` for your own"


@dataclass(frozen=True)
class Settings:
    """The mode and the store of this process."""

    mode: str
    store_path: Path


def store_path(environ: Mapping[str, str], given: Path | None = None) -> Path:
    """The store to use: what the command names, else PLUMBLINE_STORE, else the project's own."""
    chosen = given or (Path(environ["PLUMBLINE_STORE"]) if environ.get("PLUMBLINE_STORE") else DEFAULT_STORE)
    return Path(chosen).expanduser().absolute()


def settings(environ: Mapping[str, str]) -> Settings:
    """Mode and store from the environment. Raises ConfigError with the one sentence to show."""
    mode = environ.get("PLUMBLINE_AUTH", "")
    if not mode:
        raise ConfigError(f"PLUMBLINE_AUTH is not set, so Plumbline doesn't start: {_COMMAND}.")
    if mode not in MODES:
        raise ConfigError(f"PLUMBLINE_AUTH must be demo or local, so Plumbline doesn't start: {_COMMAND}.")
    return Settings(mode, store_path(environ))


def check_address(address: str | None) -> None:
    """Both modes have no sign-in, so they answer on this machine only. Raises ConfigError."""
    if address not in LOOPBACK:
        raise ConfigError(
            "Plumbline has no sign-in yet, so it answers on this machine only, "
            f"not on {address or 'every address'}: use 127.0.0.1."
        )


def login() -> str:
    """The name of whoever started this process: without sign-in, the one that entries are recorded by."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"
