"""What `python -m plumbline users …` does to an open store: each a function of the store, its options and progress."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from typing import Any

from plumbline import audit
from plumbline.access import accounts
from plumbline.store import Store

Emit = Callable[[str, int, int], None]


def users(store: Store, options: dict[str, Any], _emit: Emit) -> tuple[Any, int]:
    """Every account. Options: none."""
    with closing(store.cursor()) as cursor:
        return accounts.accounts(cursor), 0


def add_user(store: Store, options: dict[str, Any], _emit: Emit) -> tuple[Any, int]:
    """Let somebody in. Options: account, issuer, subject, role, clinics (list, or null for every clinic), by."""
    clinics = _clinics(options)
    accounts.add(
        store, _by(options), str(options["account"]),
        issuer=str(options["issuer"]), subject=str(options["subject"]), role=str(options["role"]), clinics=clinics,
    )  # fmt: skip
    return _told(store, options, clinics), 0


def change_user(store: Store, options: dict[str, Any], _emit: Emit) -> tuple[Any, int]:
    """Another role, other clinics. Options: account, role, clinics (list, or null for every clinic), by."""
    clinics = _clinics(options)
    accounts.change(store, _by(options), str(options["account"]), str(options["role"]), clinics)
    return _told(store, options, clinics), 0


def disable_user(store: Store, options: dict[str, Any], _emit: Emit) -> tuple[Any, int]:
    """Close an account. Options: account, by."""
    accounts.disable(store, _by(options), str(options["account"]))
    return {"account": str(options["account"])}, 0


def _by(options: dict[str, Any]) -> audit.Actor:
    return audit.Actor(str(options["by"]), "command line")


def _clinics(options: dict[str, Any]) -> tuple[str, ...] | None:
    return None if options["clinics"] is None else tuple(map(str, options["clinics"]))


def _told(store: Store, options: dict[str, Any], clinics: tuple[str, ...] | None) -> dict[str, Any]:
    return {
        "account": str(options["account"]),
        "role": str(options["role"]),
        "clinics": None if clinics is None else sorted(set(clinics)),
        "unknown_clinics": accounts.unknown_clinics(store, clinics),
    }
