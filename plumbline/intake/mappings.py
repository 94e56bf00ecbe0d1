"""Mappings that are kept in the store, by name and version: what was saved is never changed, only followed."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from typing import Any

from plumbline import sql
from plumbline.errors import PlumblineError
from plumbline.intake.mapping import Mapping
from plumbline.store import Store


def save(store: Store, mapping: Mapping, saved_by: str) -> Mapping:
    """Keep a mapping and give it as kept: in a new version where one of its name says something else already.

    What is kept in the same words is not kept twice. Questions may still be open: it is a draft then.
    """
    with store.write() as cursor:
        kept = sql.rows(cursor, "mapping/mapping_by_version", mapping=mapping.name)
        for row in kept:
            if Mapping.from_yaml(row["yaml"]) == replace(mapping, version=row["version"]):
                return replace(mapping, version=row["version"])
        newest = max((int(row["version"]) for row in kept), default=0)
        mapping = replace(mapping, version=max(mapping.version, newest + 1) if kept else mapping.version)
        sql.run(
            cursor, "mapping/add_mapping",
            mapping=mapping.name, version=mapping.version, digest=mapping.digest, yaml=mapping.to_yaml(),
            saved_at=store.stamp(), saved_by=saved_by,
        )  # fmt: skip
    return mapping


def saved(store: Store, name: str | None = None) -> list[dict[str, Any]]:
    """Every saved mapping, or those of one name, the newest of each first: name, version, digest, yaml, saved_at,
    saved_by and how many imports have used it."""
    with closing(store.cursor()) as cursor:
        return sql.rows(cursor, "mapping/mapping_by_version", mapping=name)


def load(store: Store, name: str, version: int | None = None) -> Mapping:
    """One saved mapping, the newest version if none is asked for. Raises PlumblineError where there is none."""
    for row in saved(store, name):
        if version in (None, row["version"]):
            return Mapping.from_yaml(row["yaml"])
    which = name if version is None else f"{name} in version {version}"
    raise PlumblineError(
        f"There is no saved mapping {which}. `python -m plumbline mapping list` names those there are."
    )


def fitting(store: Store, header: tuple[str, ...]) -> list[Mapping]:
    """The newest saved version of each mapping that fits a file's header."""
    found: dict[str, Mapping] = {}
    for row in saved(store):
        if row["name"] not in found:
            found[row["name"]] = Mapping.from_yaml(row["yaml"])
    return [mapping for mapping in found.values() if not mapping.shape_faults(header)]
