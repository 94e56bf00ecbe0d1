"""Accounts: a person whom an identity provider vouches for, with a role and clinics.

A person is known by the provider's issuer and its key for them, never by an e-mail address, which can change hands.
A change adds a row and ends the one before it, is on record before it is done, and ends the account's sessions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass, replace
from functools import cache
from typing import Any
from weakref import WeakKeyDictionary

from plumbline import audit, sql
from plumbline.errors import NotAllowed, NotFound, PlumblineError
from plumbline.store import Store, reference_frame

_SHORT = re.compile(r"[a-z0-9][a-z0-9._-]{0,39}")
_KEY = re.compile(r"[^\x00-\x1f\x7f]{1,255}")
_RESERVED = frozenset({"system", "unknown", "nobody"})  # what the record says where it was nobody with an account
NO_ACCOUNT = frozenset({"owner", "patient"})  # the one user of local mode; whoever opened a patient's link
_listeners: WeakKeyDictionary[Store, list[Callable[[str], None]]] = WeakKeyDictionary()


@dataclass(frozen=True)
class Account:
    """Who comes in. `clinics`: those that it may see, in order; None is every clinic. `identity`: issuer, subject."""

    account_id: str
    role: str
    clinics: tuple[str, ...] | None
    identity: tuple[str, str] = ("", "")


def roles() -> list[str]:
    """The roles that an account can have, as data/reference/permission.csv has them, but for NO_ACCOUNT."""
    return [role for role in dict.fromkeys(reference_frame("permission")["role"]) if role not in NO_ACCOUNT]


def add(
    store: Store,
    by: audit.Actor,
    account_id: str,
    *,
    issuer: str,
    subject: str,
    role: str,
    clinics: tuple[str, ...] | None,
    within: tuple[str, ...] | None = None,
) -> None:
    """Let a person in. Raises PlumblineError where the account is there, or the person has another one.

    `within`: the clinics of whoever does it, who can give no more than that; None is every clinic.
    """
    if not _SHORT.fullmatch(account_id) or account_id in _RESERVED:
        raise PlumblineError(
            "An account's name is short: small letters, digits, dot, dash and underscore, 40 at most, such as m.meier."
        )
    for word, what in ((issuer, "issuer"), (subject, "subject")):
        if not _KEY.fullmatch(word):
            raise PlumblineError(f"The {what} is empty, too long or holds control characters.")
    _check(role, clinics, within)
    audit.record(store, "user_added", by, ("account", account_id), result="asked")
    with store.write(quietly=True) as cursor:
        if sql.rows(cursor, "account/account_by_id", account_id=account_id, clinics=None):
            raise PlumblineError(f"There is an account {account_id} already: `users role` changes it.")
        other = sql.rows(cursor, "account/account_of_identity", issuer=issuer, subject=subject)
        if other:
            raise PlumblineError(f"This person has the account {other[0]['account_id']}: `users role` changes it.")
        _add(cursor, store, by, Account(account_id, role, clinics, (issuer, subject)), is_disabled=False)


def change(
    store: Store,
    by: audit.Actor,
    account_id: str,
    role: str,
    clinics: tuple[str, ...] | None,
    *,
    within: tuple[str, ...] | None = None,
) -> None:
    """Give an account another role or other clinics, and open it again where it was closed; ends its sessions."""
    _check(role, clinics, within)
    audit.record(store, "role_changed", by, ("account", account_id), result="asked")
    _replace(store, by, account_id, lambda _: (role, clinics, False), within)


def disable(store: Store, by: audit.Actor, account_id: str, *, within: tuple[str, ...] | None = None) -> None:
    """Close an account; ends its sessions. What its person entered stays. Raises NotFound."""
    audit.record(store, "user_disabled", by, ("account", account_id), result="asked")
    _replace(store, by, account_id, lambda now: (now["role"], now["clinics"], True), within)


def clinics(cursor: Any) -> list[str]:
    """Every clinic that the store knows, by its id."""
    return [row["clinic_id"] for row in sql.rows(cursor, "account/known_clinic")]


@cache
def may(role: str, action: str) -> bool:
    """Whether a role has an action, by data/reference/permission.csv."""
    table = reference_frame("permission")
    return (role, action) in set(zip(table["role"], table["action"], strict=True))


def accounts(cursor: Any, clinics: tuple[str, ...] | None = None) -> list[dict[str, Any]]:
    """Every account, or those that see one of these clinics; the columns of account/account_by_id."""
    return sql.rows(cursor, "account/account_by_id", account_id=None, clinics=clinics)


def of_identity(store: Store, issuer: str, subject: str) -> Account | None:
    """The open account of whom a provider vouches for; None: unknown, or closed."""
    with closing(store.cursor()) as cursor:
        return open_account(cursor, issuer, subject)


def open_account(cursor: Any, issuer: str, subject: str) -> Account | None:
    """The same, as a transaction sees it."""
    found = sql.rows(cursor, "account/account_of_identity", issuer=issuer, subject=subject)
    if len(found) != 1 or found[0]["is_disabled"]:
        return None
    return account_of(found[0] | {"issuer": issuer, "subject": subject})


def account_of(row: dict[str, Any]) -> Account:
    """An account from a row of it."""
    clinics = None if row["clinics"] is None else tuple(row["clinics"])
    return Account(row["account_id"], row["role"], clinics, (row["issuer"], row["subject"]))


def unknown_clinics(store: Store, asked: tuple[str, ...] | None) -> list[str]:
    """Which of these clinics the store doesn't know (yet), to be said."""
    with closing(store.cursor()) as cursor:
        known = set(clinics(cursor))
    return [clinic for clinic in asked or () if clinic not in known]


def on_change(store: Store, tell: Callable[[str], None]) -> None:
    """Have `tell` called with an account's name after it was changed, in this process."""
    _listeners.setdefault(store, []).append(tell)


def _check(role: str, clinics: tuple[str, ...] | None, within: tuple[str, ...] | None) -> None:
    if role not in roles():
        raise PlumblineError(f"{role} is no role. The roles are {', '.join(roles())}.")
    if clinics is not None and (not clinics or not all(_KEY.fullmatch(clinic) for clinic in clinics)):
        raise PlumblineError("Name at least one clinic by its id, or give every clinic.")
    if not _inside(clinics, within):
        raise NotAllowed(f"You look after {', '.join(within or ())}: you can give no other clinic.")


def _inside(clinics: Iterable[str] | None, within: tuple[str, ...] | None) -> bool:
    return within is None or (clinics is not None and set(clinics) <= set(within))


def _replace(
    store: Store,
    by: audit.Actor,
    account_id: str,
    how: Callable[[dict[str, Any]], tuple[str, tuple[str, ...] | None, bool]],
    within: tuple[str, ...] | None,
) -> None:
    with store.write(quietly=True) as cursor:
        found = sql.rows(cursor, "account/account_by_id", account_id=account_id, clinics=None)
        if not found:
            raise NotFound(f"There is no account {account_id}: `python -m plumbline users list` has them all.")
        if not _inside(found[0]["clinics"], within):
            raise NotAllowed(f"The account {account_id} sees clinics that you don't look after: it stays as it is.")
        role, clinics, is_disabled = how(found[0])
        sql.run(cursor, "account/end_account", account_id=account_id, replaced_at=store.stamp())
        _add(
            cursor, store, by, replace(account_of(found[0]), role=role, clinics=clinics), is_disabled=is_disabled
        )
    for tell in _listeners.get(store, ()):
        tell(account_id)


def _add(cursor: Any, store: Store, by: audit.Actor, account: Account, *, is_disabled: bool) -> None:
    issuer, subject = account.identity
    sql.run(
        cursor, "account/add_account",
        account_id=account.account_id, issuer=issuer, subject=subject, role=account.role,
        clinics=None if account.clinics is None else sorted(set(account.clinics)), is_disabled=is_disabled,
        changed_at=store.stamp(), changed_by=by.key,
    )  # fmt: skip
