"""Take everything out of a store, in open formats: CSV or FHIR that an import takes back, all tables as CSV or Parquet.

The folder is there wholly or not at all, and all of it is of one instant: `manifest.json` has rows and hash of each
file, `README.txt` says what is what. In CSV, text that a spreadsheet would take for a formula begins with an
apostrophe, and so does text that begins with one: taking one away gives back what was there. Numbers stay numbers.

A de-identified export has random ids and names, all dates of a patient shifted by one number of days, ages in groups
of ten years, no free text. Who would stand in a group of fewer than eleven has no clinic, sex and age; where all
patients are fewer, nothing is exported. Nobody keeps which id was whose.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from plumbline import sql
from plumbline.errors import PlumblineError
from plumbline.export import fhir
from plumbline.files import sha256, whole_folder
from plumbline.store import Store

KIND, MANIFEST = "plumbline_export", "manifest.json"
FORMATS = ("csv", "parquet", "fhir")
NATIVE = (
    *("export/clinics", "export/patients", "export/episodes", "export/scores", "export/milestones", "export/notes"),
    *("export/events", "export/medications"),
)
SAFE = (
    *("export/safe_patients", "export/safe_episodes", "export/safe_levels", "export/safe_scores"),
    *("export/safe_items", "export/safe_milestones", "export/safe_notes", "export/safe_events"),
    "export/safe_medications",
)
WITHHELD = {
    "share_link": ("token_digest", "factor_digest"),
    "share_attempt": ("address_digest",),
}
"""What is kept of the secrets of patients' links, and of where they were opened: no table needs it, no reader may."""
LEAST, OLDEST = 11, 89
_HOW = {"csv": "format csv, header", "parquet": "format parquet, compression zstd"}
_README, _README_FHIR = (Path(__file__).parent / name for name in ("readme.txt", "readme_fhir.txt"))
Progress = Callable[[str, int, int], None]


def export(
    store: Store,
    to: Path,
    progress: Progress,
    *,
    form: str = "csv",
    history: bool = False,
    deidentified: bool = False,
    bulk: bool = False,
    as_of: date | None = None,
) -> dict[str, Any]:
    """Write the store, as it is at this instant, into a new folder `to`; gives its manifest. Raises PlumblineError.

    `history`: rows that were corrected or taken back, too. `bulk`: of FHIR only NDJSON, no bundle for each patient.
    `as_of`: the day that counts as today, for ages and for courses that have ended.
    """
    _refuse(form, history, deidentified, bulk)
    today = as_of or datetime.now(UTC).date()
    with whole_folder(to, "export") as folder, closing(store.cursor()) as cursor:
        cursor.execute("begin transaction")  # one instant for all tables
        sql.run(cursor, "export/define_masked")
        sql.run(cursor, "export/define_instant")
        sql.run(cursor, "import/define_items_told")
        if form == "fhir":
            files = fhir.write(cursor, folder, {"as_of": today}, bulk, progress)
        else:
            files = _write_tables(cursor, folder, form, history, today if deidentified else None, progress)
        manifest = {
            "kind": KIND,
            "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "format": form,
            "history": history,
            "deidentified": deidentified,
            "schema": [row["name"] for row in sql.rows(cursor, "store/step_by_name")],
            "files": files,
        }
        words = _README_FHIR if form == "fhir" else _README
        (folder / "README.txt").write_text(words.read_text(encoding="utf-8"), encoding="utf-8")
        (folder / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    return manifest | {"folder": str(to)}


def _refuse(form: str, history: bool, deidentified: bool, bulk: bool) -> None:
    if form not in FORMATS:
        raise PlumblineError(f"The format {form} isn't known: choose {', '.join(FORMATS[:-1])} or {FORMATS[-1]}.")
    if history and deidentified:
        raise PlumblineError("A de-identified export has no history, as that tells who entered what: leave it out.")
    if form == "fhir" and (history or deidentified):
        asked = "--history" if history else "--deidentified"
        raise PlumblineError(
            f"As FHIR the store is exported as it is now, with ids: leave {asked} out, or choose csv or parquet."
        )
    if bulk and form != "fhir":
        raise PlumblineError("--bulk leaves out the bundles of a FHIR export: add `--format fhir`, or leave it out.")


def _write_tables(
    cursor: Any, folder: Path, form: str, history: bool, safe_as_of: date | None, progress: Progress
) -> dict[str, dict[str, Any]]:
    """Write tables, de-identified where a day is given; gives rows and hash of each file."""
    (folder / "tables").mkdir()
    if safe_as_of:
        _draw(cursor, safe_as_of)
        wanted = {f"tables/{name.partition('_')[2]}": sql.compose(name) for name in SAFE}
    else:
        wanted = {name.partition("/")[2]: sql.compose(name) for name in NATIVE} if form == "csv" else {}
        wanted |= {f"tables/{table}": text for table, text in _tables(cursor, history).items()}
    files = {}
    for number, (name, text) in enumerate(wanted.items()):
        progress("writing tables", number, len(wanted))
        path = folder / f"{name}.{form}"
        files[f"{name}.{form}"] = {"rows": _write(cursor, text, path, form), "sha256": sha256(path)}
    progress("writing tables", len(wanted), len(wanted))
    return files


def _draw(cursor: Any, as_of: date) -> None:
    sql.run(cursor, "export/draw_patients", as_of=as_of, least=LEAST, oldest=OLDEST)
    sql.run(cursor, "export/draw_keys")
    sql.run(cursor, "export/draw_surgeons", least=LEAST)
    found = sql.rows(cursor, "export/smallest_group")[0]
    if found["smallest"] is None or found["smallest"] < LEAST:
        raise PlumblineError(
            f"There are fewer than {LEAST} patients in this store, so each could be told from the others: "
            "nothing was exported."
        )


def _tables(cursor: Any, history: bool) -> dict[str, str]:
    """A query for each table of ours; of facts only what is current, unless the history is wanted."""
    columns: dict[str, set[str]] = {}
    for row in sql.rows(cursor, "store/columns_by_table"):
        columns.setdefault(row["table_name"], set()).add(row["column_name"])
    only = {name: "retracted_at" in has and not history for name, has in columns.items()}
    shown = {name: f"select * exclude ({', '.join(hidden)}) from {name}" for name, hidden in WITHHELD.items()}  # noqa: S608
    shown |= {"store_meta": "from store_meta where name <> 'share_salt'"}
    return {
        name: shown.get(name, f"from {name}") + (" where retracted_at is null" if only[name] else "")
        for name in sorted(columns)
    }


def _write(cursor: Any, text: str, path: Path, form: str) -> int:
    """The text is a query file's or names a table of ours; the path is quoted."""
    columns = cursor.execute(f"describe {text}").fetchall()
    shown = ", ".join(_cell(name, kind) if form == "csv" else f'"{name}"' for name, kind, *_ in columns)
    target = str(path).replace("'", "''")
    found = cursor.execute(f"copy (select {shown} from ({text})) to '{target}' ({_HOW[form]})").fetchone()  # noqa: S608
    return int(found[0])


def _cell(name: str, kind: str) -> str:
    if kind == "VARCHAR":
        return f'masked("{name}") as "{name}"'
    is_nested = kind.endswith("]") or kind.startswith(("STRUCT", "MAP"))
    return f'masked(cast(to_json("{name}") as varchar)) as "{name}"' if is_nested else f'"{name}"'


def is_export(folder: Path) -> bool:
    """Whether a folder is what `export` makes, of which an import takes back the files at its top."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(manifest, dict) and manifest.get("kind") == KIND
