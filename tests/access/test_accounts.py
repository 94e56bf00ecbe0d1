"""Accounts by the command line: let in, changed, closed, listed; each change on record, none overwritten."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from plumbline import audit
from plumbline.access import accounts
from plumbline.errors import NotAllowed
from plumbline.store import open_store
from tests.conftest import environment


def users(store: Path, *asked: str, **more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "plumbline", "users", *asked, "--store", str(store)]
    return subprocess.run(
        command, env=environment(None, **more), capture_output=True, text=True, timeout=60, check=False
    )


def listed(store: Path) -> dict[str, dict[str, object]]:
    told = json.loads(users(store, "list", "--json").stdout)
    return {row["account_id"]: row for row in told}


ANNA = ("add", "anna", "--role", "specialist", "--subject", "1f0c")


def test_somebody_is_let_in_changed_closed_and_let_in_again(empty_store: Path) -> None:
    assert users(empty_store, "list").stdout.strip() == "Nobody has an account yet: `users add` makes one."
    added = users(empty_store, *ANNA, "--clinic", "north", "--clinic", "south", PLUMBLINE_OIDC_ISSUER="https://id.example")
    assert added.returncode == 0, added.stderr
    assert "anna is specialist for north, south." in added.stdout
    assert "The store has no clinic north yet: check its spelling." in added.stdout
    row = listed(empty_store)["anna"]
    assert (row["issuer"], row["subject"], row["clinics"]) == ("https://id.example", "1f0c", ["north", "south"])
    assert users(empty_store, "role", "anna", "--role", "auditor", "--all-clinics").returncode == 0
    assert listed(empty_store)["anna"]["clinics"] is None
    closed = users(empty_store, "disable", "anna")
    assert closed.stdout.startswith("anna is closed and signed out.")
    assert listed(empty_store)["anna"]["is_disabled"] is True
    assert users(empty_store, "role", "anna", "--role", "specialist", "--all-clinics").returncode == 0
    assert listed(empty_store)["anna"]["is_disabled"] is False
    store = open_store(empty_store)
    rows = store.cursor().execute(
        "select role, is_disabled, replaced_at is null from account order by changed_at"
    ).fetchall()
    events = store.cursor().execute("select event, object_key, role from audit_event order by seq").fetchall()
    store.close()
    assert rows == [
        ("specialist", False, False), ("auditor", False, False), ("auditor", True, False), ("specialist", False, True),
    ]  # fmt: skip
    kinds = ["user_added", "role_changed", "user_disabled", "role_changed"]
    assert events == [(kind, "anna", "command line") for kind in kinds]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ((*ANNA, "--issuer", "i"), "Say which clinics the account may see"),
        ((*ANNA, "--issuer", "i", "--all-clinics", "--clinic", "a"), "Say which clinics"),
        ((*ANNA, "--all-clinics"), "Say who vouches for the person"),
        (("add", "Anna Meier", "--role", "specialist", "--subject", "1", "--issuer", "i", "--all-clinics"), "is short"),
        (("add", "system", "--role", "specialist", "--subject", "1", "--issuer", "i", "--all-clinics"), "is short"),
        (("add", "anna", "--role", "boss", "--subject", "1", "--issuer", "i", "--all-clinics"), "boss is no role. The"),
        (("add", "anna", "--role", "owner", "--subject", "1", "--issuer", "i", "--all-clinics"), "owner is no role"),
        (("add", "anna", "--role", "auditor", "--subject", "", "--issuer", "i", "--all-clinics"), "subject is empty"),
        (("role", "nobody", "--role", "auditor", "--all-clinics"), "There is no account nobody"),
        (("disable", "nobody"), "There is no account nobody"),
    ],
)
def test_what_is_unclear_is_refused_and_changes_nothing(empty_store: Path, asked: tuple[str, ...], said: str) -> None:
    refused = users(empty_store, *asked)
    assert refused.returncode == 2
    assert said in refused.stderr.replace("\n", " ")
    assert listed(empty_store) == {}


def test_one_person_has_one_account_and_one_name_is_one_account(empty_store: Path) -> None:
    more = ("--issuer", "i", "--all-clinics")
    assert users(empty_store, *ANNA, *more).returncode == 0
    again = users(empty_store, *ANNA, *more)
    assert "There is an account anna already" in again.stderr
    other = users(empty_store, "add", "bella", "--role", "auditor", "--subject", "1f0c", *more)
    assert "This person has the account anna" in other.stderr
    elsewhere = users(
        empty_store, "add", "bella", "--role", "auditor", "--subject", "1f0c", "--issuer", "j", "--all-clinics"
    )
    assert elsewhere.returncode == 0


@pytest.mark.parametrize(
    ("what", "clinics"), [("add", None), ("add", ("b",)), ("add", ("a", "b")), ("change", None), ("change", ("b",))]
)
def test_an_admin_of_some_clinics_gives_no_other(empty_store: Path, what: str, clinics: tuple[str, ...] | None) -> None:
    store = open_store(empty_store)
    within, by = ("a", "c"), audit.SYSTEM
    accounts.add(store, by, "own", issuer="i", subject="1", role="auditor", clinics=("a",), within=within)
    give = {
        "add": lambda: accounts.add(
            store, by, "new", issuer="i", subject="2", role="auditor", clinics=clinics, within=within
        ),
        "change": lambda: accounts.change(store, by, "own", "auditor", clinics, within=within),
    }
    with pytest.raises(NotAllowed, match="you can give no other clinic"):
        give[what]()
    assert [(row["account_id"], row["clinics"]) for row in accounts.accounts(store.cursor())] == [("own", ["a"])]
    store.close()


@pytest.mark.parametrize("clinics", [None, ("b",), ("a", "b")])
def test_an_admin_of_some_clinics_touches_no_account_of_others(
    empty_store: Path, clinics: tuple[str, ...] | None
) -> None:
    store = open_store(empty_store)
    accounts.add(store, audit.SYSTEM, "far", issuer="i", subject="1", role="auditor", clinics=clinics)
    with pytest.raises(NotAllowed, match="stays as it is"):
        accounts.disable(store, audit.SYSTEM, "far", within=("a",))
    with pytest.raises(NotAllowed, match="stays as it is"):
        accounts.change(store, audit.SYSTEM, "far", "admin", ("a",), within=("a",))
    (row,) = accounts.accounts(store.cursor())
    assert (row["role"], row["is_disabled"]) == ("auditor", False)
    store.close()
