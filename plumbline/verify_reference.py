"""Are the rules in the store, and what is made of them, those of data/reference? Part of `verify`."""

from __future__ import annotations

import hashlib
from typing import Any

from plumbline import sql, store
from plumbline.cohorts import Definition
from plumbline.errors import PlumblineError
from plumbline.intake.mapping import Mapping


def tables_that_differ(cursor: Any) -> list[str]:
    """The reference tables, by name, whose rows are not those of their file; the file's hash is kept beside them."""
    kept = dict(cursor.execute("select file, digest from reference_digest where timeline_version = '*'").fetchall())
    found = []
    for path in sorted(store.REFERENCE.glob("*.csv")):
        if kept.get(path.stem) != hashlib.sha256(path.read_bytes()).hexdigest() or _differs(cursor, path.stem):
            found.append(path.stem)
    return found


def _differs(cursor: Any, table: str) -> bool:
    """All names are those of files of ours."""
    frame = store.reference_frame(table)
    columns = ", ".join(f'"{name}"' for name in frame.columns)
    cursor.register("incoming", frame)
    cursor.execute(f"create or replace temp table anew as from {table} limit 0")
    cursor.execute(f"insert into anew ({columns}) select {columns} from incoming")  # noqa: S608
    cursor.unregister("incoming")
    count = f"(from {table} except all from anew) union all (from anew except all from {table})"
    return bool(cursor.execute(f"select count(*) from ({count})").fetchall()[0][0])  # noqa: S608


def steps_that_differ(cursor: Any) -> list[str]:
    """The schema steps that the store hasn't taken as they are in data/schema."""
    taken = dict(cursor.execute("select name, digest from schema_migration").fetchall())
    files = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in store.SCHEMA.glob("[0-9]*.sql")}
    return sorted(name for name in taken | files if taken.get(name) != files.get(name))


def band_differs(cursor: Any) -> list[str]:
    """The timelines and instruments whose expected band isn't what their curve gives. Makes the band anew."""
    sql.run(cursor, "verify/keep_band")
    store.tabulate(cursor)
    return [f"{row['timeline_version']} {row['instrument']}" for row in sql.rows(cursor, "verify/band_by_difference")]


def mappings_that_differ(cursor: Any) -> list[str]:
    """The saved mappings whose text doesn't say what its hash was made of."""
    found = []
    for row in sql.rows(cursor, "mapping/mapping_by_version", mapping=None):
        try:
            mapping = Mapping.from_yaml(row["yaml"])
            told = (mapping.name, mapping.version, mapping.digest)
        except PlumblineError:
            told = ("", 0, "")
        if told != (row["name"], row["version"], row["digest"]):
            found.append(f"{row['name']} {row['version']}")
    return found


def cohorts_that_differ(cursor: Any) -> list[str]:
    """The cohorts, saved, seen or left, whose definition isn't that of their hash; or there twice, or with a gap."""
    found = []
    for row in sql.rows(cursor, "verify/definition_by_row"):
        try:
            digest = Definition(row["definition"]).digest
        except PlumblineError:
            digest = ""
        if row["digest"] not in (None, digest) or not digest or not row["is_sound"]:
            found.append(f"{row['table_name']} {row['row_key']}")
    return found
