"""Saved cohorts: each save is a version that never changes; what is renamed, restored or put away is the next one.

A saved definition holds no patient's data, but it may name surgeons and clinics: one that was saved by an account of
some clinics is seen by accounts that see all of these; one saved by an account of every clinic, by accounts of every
clinic. Who is in a cohort is narrowed anew for whoever asks.
"""

from __future__ import annotations

import re
import secrets
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from plumbline import audit, sql
from plumbline.cohorts.definition import Definition, from_file, to_file
from plumbline.cohorts.near import either, near
from plumbline.cohorts.words import words
from plumbline.errors import NotFound, PlumblineError
from plumbline.store import Store

Clinics = tuple[str, ...] | None
_PLAIN = re.compile(r"[^\x00-\x1f\x7f\ud800-\udfff]*")
LONGEST_NAME, LONGEST_COMMENT = 80, 500
MOST_NEAR = 3


@dataclass(frozen=True)
class Saved:
    """One version of a saved cohort. `text`: the canonical JSON of its definition; `clinics`: whom it was saved for."""

    cohort_id: str
    version: int
    name: str
    text: str
    digest: str
    comment: str | None
    saved_at: datetime
    saved_by: str
    clinics: Clinics
    is_retired: bool
    is_newest: bool

    @property
    def definition(self) -> Definition:
        """Raises DefinitionError where what is stored was changed by hand."""
        return Definition(self.text)


def listed(store: Store, clinics: Clinics = None, *, retired: bool = False) -> list[Saved]:
    """The newest version of every cohort that these clinics see, by name; those put away only if asked for."""
    newest = [one for one in _rows(store, None, clinics) if one.is_newest and (retired or not one.is_retired)]
    return sorted(newest, key=lambda one: (one.name.casefold(), one.cohort_id))


def versions(store: Store, which: str, clinics: Clinics = None) -> list[Saved]:
    """Every version of a cohort, by its id or its name, the newest first. Raises NotFound."""
    return _rows(store, load(store, which, clinics=clinics).cohort_id, clinics)


def load(store: Store, which: str, version: int | None = None, clinics: Clinics = None) -> Saved:
    """A cohort by its id or its name, the newest version if none is asked for. Raises NotFound, PlumblineError."""
    everyone = _rows(store, None, clinics)
    newest = [one for one in everyone if one.is_newest]
    fitting = [one for one in newest if one.cohort_id == which] or [
        one for one in newest if one.name.casefold() == which.strip().casefold()
    ]
    fitting = [one for one in fitting if not one.is_retired] or fitting
    if not fitting:
        close = near(which, {one.name: [one.name] for one in newest if not one.is_retired}, MOST_NEAR)
        meant = f" Did you mean {either([repr(one) for one in close])}?" if close else ""
        raise NotFound(
            f"There is no saved cohort {which[:LONGEST_NAME]!r}.{meant} `python -m plumbline cohorts list` names those "
            "there are."
        )
    if len(fitting) > 1:
        ids = "; ".join(f"{one.cohort_id}: {words(one.definition)}" for one in fitting)
        raise PlumblineError(f"Several cohorts are called {which!r}: say which by its id ({ids}).")
    if version is None:
        return fitting[0]
    for one in everyone:
        if (one.cohort_id, one.version) == (fitting[0].cohort_id, version):
            return one
    raise NotFound(f"The cohort {fitting[0].name!r} has no version {version}: it has 1 to {fitting[0].version}.")


def save(
    store: Store,
    by: audit.Actor,
    name: str,
    definition: Definition,
    *,
    cohort_id: str | None = None,
    comment: str | None = None,
    after: int | None = None,
    clinics: Clinics = None,
) -> Saved:
    """Keep a definition: a new cohort, or the next version of `cohort_id`; on record first. Gives what is kept.

    `after`: the version that was looked at; where somebody has saved another since, nothing is kept. What says the same
    under the same name, without a comment, is not kept twice. `clinics`: of whoever saves. Raises PlumblineError.
    """
    told = (_plain(name, LONGEST_NAME, "A cohort's name"), definition, _comment(comment))
    return _add(store, by, cohort_id, told, after=after, clinics=clinics)


def rename(store: Store, by: audit.Actor, which: str, name: str, clinics: Clinics = None) -> Saved:
    """Call a cohort something else, as a version: who is in it stays."""
    now = load(store, which, clinics=clinics)
    return save(store, by, name, now.definition, cohort_id=now.cohort_id, after=now.version, clinics=clinics)


def restore(store: Store, by: audit.Actor, which: str, version: int, clinics: Clinics = None) -> Saved:
    """Make an old version the newest again: the next version, with the very same definition and name."""
    old, now = load(store, which, version, clinics), load(store, which, clinics=clinics)
    told = (old.name, old.definition, f"Version {version} again")
    return _add(store, by, now.cohort_id, told, after=now.version, clinics=clinics)


def retire(store: Store, by: audit.Actor, which: str, comment: str | None = None, clinics: Clinics = None) -> Saved:
    """Put a cohort away; its versions stay, and `restore` brings it back."""
    now = load(store, which, clinics=clinics)
    told = (now.name, now.definition, _comment(comment))
    return _add(store, by, now.cohort_id, told, after=now.version, clinics=clinics, is_retired=True)


def exported(store: Store, which: str, version: int | None = None, clinics: Clinics = None) -> str:
    """A cohort as a file: JSON with its name, its filters and their hash."""
    one = load(store, which, version, clinics)
    return to_file(one.name, one.definition)


def imported(
    store: Store, by: audit.Actor, text: str, *, name: str | None = None, comment: str | None = None,
    clinics: Clinics = None,
) -> Saved:  # fmt: skip
    """Keep the cohort of a file: the next version of the one of that name, or a new one. Raises DefinitionError."""
    told, definition = from_file(text)
    name = _plain(name or told, LONGEST_NAME, "A cohort's name")
    same = namesake(store, name, clinics)
    cohort_id = None if same is None else same.cohort_id
    return save(store, by, name, definition, cohort_id=cohort_id, comment=comment, clinics=clinics)


def namesake(store: Store, name: str, clinics: Clinics = None) -> Saved | None:
    """The newest version of the cohort that is called so and was saved for these very clinics.

    One of other accounts' clinics is no earlier version: these accounts would see whom the new filters name.
    """
    same = [one for one in listed(store, clinics) if one.clinics == _sorted(clinics)]
    return next((one for one in same if one.name.casefold() == name.strip().casefold()), None)


def _add(
    store: Store, by: audit.Actor, cohort_id: str | None, told: tuple[str, Definition, str | None], *,
    after: int | None, clinics: Clinics, is_retired: bool = False,
) -> Saved:  # fmt: skip
    name, definition, comment = told
    is_new, cohort_id = cohort_id is None, cohort_id or secrets.token_hex(5)
    audit.record(store, "cohort_retired" if is_retired else "cohort_saved", by, ("cohort", cohort_id))
    with store.write() as cursor:
        everyone = [
            _saved(row) for row in sql.rows(cursor, "cohort/version_by_cohort", cohort_id=None, clinics=clinics)
        ]
        now = next((one for one in everyone if one.cohort_id == cohort_id and one.is_newest), None)
        if now is None and not is_new:
            raise NotFound("There is no such cohort: it may be of other clinics.")
        if now is not None and after is not None and now.version != after:
            raise PlumblineError(
                f"{now.saved_by} has saved this cohort since, as version {now.version}: look at that, then save again."
            )
        same = (name, definition.text, is_retired)
        if now is not None and (now.name, now.text, now.is_retired) == same and comment is None:
            return now
        scope = _sorted(clinics) if now is None else now.clinics
        if not is_retired:
            _refuse_taken(everyone, name, cohort_id, scope)
        version, at = 1 if now is None else now.version + 1, store.stamp()
        sql.run(
            cursor, "cohort/add_version",
            cohort_id=cohort_id, version=version, called=name, definition=definition.text, digest=definition.digest,
            comment=comment, saved_at=at, saved_by=by.key, clinics=None if scope is None else list(scope),
            retired=is_retired,
        )  # fmt: skip
    return Saved(
        cohort_id, version, name, definition.text, definition.digest, comment, at, by.key, scope, is_retired, True
    )


def _refuse_taken(everyone: list[Saved], name: str, cohort_id: str, scope: Clinics) -> None:
    for one in everyone:
        is_other = one.is_newest and not one.is_retired and one.cohort_id != cohort_id
        if is_other and one.clinics == scope and one.name.casefold() == name.casefold():
            raise PlumblineError(
                f"There is a cohort {one.name!r} already: save this as its next version, or choose another name."
            )


def _sorted(clinics: Clinics) -> Clinics:
    return None if clinics is None else tuple(sorted(set(clinics)))


def _rows(store: Store, cohort_id: str | None, clinics: Clinics) -> list[Saved]:
    with closing(store.cursor()) as cursor:
        given = None if clinics is None else list(clinics)
        return [_saved(row) for row in sql.rows(cursor, "cohort/version_by_cohort", cohort_id=cohort_id, clinics=given)]


def _saved(row: dict[str, Any]) -> Saved:
    return Saved(
        row["cohort_id"], int(row["version"]), row["name"], row["definition"], row["digest"], row["comment"],
        row["saved_at"], row["saved_by"], None if row["clinics"] is None else tuple(row["clinics"]),
        row["retired_at"] is not None, bool(row["is_newest"]),
    )  # fmt: skip


def _comment(comment: str | None) -> str | None:
    if comment is None or not comment.strip():
        return None
    return _plain(comment, LONGEST_COMMENT, "A comment")


def _plain(text: str, longest: int, what: str) -> str:
    text = text.strip()
    if not text or len(text) > longest or not _PLAIN.fullmatch(text):
        raise PlumblineError(f"{what} is one line of 1 to {longest} letters.")
    return text
