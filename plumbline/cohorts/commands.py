"""What `python -m plumbline cohorts …` does to an open store: functions of the store, its options and progress."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from typing import Any

from plumbline import audit, sql
from plumbline.cohorts import saved, unknown
from plumbline.cohorts.definition import Definition
from plumbline.cohorts.saved import Saved
from plumbline.cohorts.words import words
from plumbline.store import Store

Emit = Callable[[str, int, int], None]


def _by(options: dict[str, Any]) -> audit.Actor:
    return audit.Actor(str(options["by"]), "command line")


def clinic_names(store: Store) -> dict[str, str]:
    """The names of clinics by their id, for `words`."""
    with closing(store.cursor()) as cursor:
        return {row["clinic_id"]: row["name"] for row in sql.rows(cursor, "followup/clinic_by_name", clinics=None)}


def _told(store: Store, found: list[Saved]) -> list[dict[str, Any]]:
    names = clinic_names(store)
    return [
        {
            "cohort_id": one.cohort_id,
            "version": one.version,
            "name": one.name,
            "said": words(one.definition, names),
            "digest": one.digest,
            "comment": one.comment,
            "saved_at": one.saved_at,
            "saved_by": one.saved_by,
            "clinics": one.clinics,
            "is_retired": one.is_retired,
        }
        for one in found
    ]


def _clinics(store: Store, options: dict[str, Any]) -> tuple[str, ...] | None:
    """For whose accounts: clinics that are there. Raises DefinitionError."""
    given = options["clinics"]
    if given is None:
        return None
    with closing(store.cursor()) as cursor:
        unknown.refuse(unknown.words(cursor), [Definition.of({"clinic": list(given)})])
    return tuple(given)


def listed(store: Store, options: dict[str, Any], _emit: Emit) -> tuple[Any, int]:
    """The newest version of each cohort. Options: retired."""
    return _told(store, saved.listed(store, retired=bool(options["retired"]))), 0


def versions(store: Store, options: dict[str, Any], _emit: Emit) -> tuple[Any, int]:
    """Every version of one. Options: cohort."""
    return _told(store, saved.versions(store, str(options["cohort"]))), 0


def exported(store: Store, options: dict[str, Any], _emit: Emit) -> tuple[Any, int]:
    """One as the text of a file, and in words. Options: cohort, version (or null)."""
    one = saved.load(store, str(options["cohort"]), options["version"])
    return {**_told(store, [one])[0], "file": saved.exported(store, one.cohort_id, one.version)}, 0


def save(store: Store, options: dict[str, Any], _emit: Emit) -> tuple[Any, int]:
    """Keep a definition. Options: name, definition (JSON), cohort (id or name of which it is the next version, or
    null), comment, clinics (or null), by."""
    clinics = _clinics(store, options)
    given = options["cohort"]
    cohort_id = None if given is None else saved.load(store, str(given)).cohort_id
    kept = saved.save(
        store, _by(options), str(options["name"]), Definition.from_json(str(options["definition"])),
        cohort_id=cohort_id, comment=options["comment"], clinics=clinics if cohort_id is None else None,
    )  # fmt: skip
    return _told(store, [kept])[0], 0


def imported(store: Store, options: dict[str, Any], _emit: Emit) -> tuple[Any, int]:
    """Keep the cohort of a file. Options: text, name (or null), comment, clinics (or null), by."""
    clinics = _clinics(store, options)
    kept = saved.imported(
        store, _by(options), str(options["text"]), name=options["name"], comment=options["comment"], clinics=clinics
    )
    return _told(store, [kept])[0], 0


def rename(store: Store, options: dict[str, Any], _emit: Emit) -> tuple[Any, int]:
    """Call one something else. Options: cohort, name, by."""
    return _told(store, [saved.rename(store, _by(options), str(options["cohort"]), str(options["name"]))])[0], 0


def restore(store: Store, options: dict[str, Any], _emit: Emit) -> tuple[Any, int]:
    """Make an old version the newest. Options: cohort, version, by."""
    kept = saved.restore(store, _by(options), str(options["cohort"]), int(options["version"]))
    return _told(store, [kept])[0], 0


def retire(store: Store, options: dict[str, Any], _emit: Emit) -> tuple[Any, int]:
    """Put one away. Options: cohort, comment, by."""
    return _told(store, [saved.retire(store, _by(options), str(options["cohort"]), options["comment"])])[0], 0


COMMANDS = {
    "cohorts": listed, "cohorts_versions": versions, "cohorts_export": exported, "cohorts_save": save,
    "cohorts_import": imported, "cohorts_rename": rename, "cohorts_restore": restore, "cohorts_retire": retire,
}  # fmt: skip
