"""Take everything out of a store, in open formats: CSV that an import takes back, every table as CSV or Parquet.

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
from plumbline.files import sha256, whole_folder
from plumbline.store import Store

KIND, MANIFEST = "plumbline_export", "manifest.json"
FORMATS = ("csv", "parquet")
NATIVE = (
    *("export/clinics", "export/patients", "export/episodes", "export/scores", "export/milestones", "export/notes"),
    *("export/events", "export/medications"),
)
SAFE = (
    *("export/safe_patients", "export/safe_episodes", "export/safe_levels", "export/safe_scores"),
    *("export/safe_items", "export/safe_milestones", "export/safe_notes", "export/safe_events"),
    "export/safe_medications",
)
LEAST, OLDEST = 11, 89
_HOW = {"csv": "format csv, header", "parquet": "format parquet, compression zstd"}
_README = Path(__file__).parent / "readme.txt"
Progress = Callable[[str, int, int], None]


def export(
    store: Store,
    to: Path,
    progress: Progress,
    *,
    form: str = "csv",
    history: bool = False,
    deidentified: bool = False,
    as_of: date | None = None,
) -> dict[str, Any]:
    """Write the store, as it is at this instant, into a new folder `to`; gives its manifest. Raises PlumblineError.

    `history`: rows that were corrected or taken back, too. `as_of`: the day that counts as today, for ages.
    """
    if form not in FORMATS:
        raise PlumblineError(f"The format {form} isn't known: choose {' or '.join(FORMATS)}.")
    if history and deidentified:
        raise PlumblineError("A de-identified export has no history, as that tells who entered what: leave it out.")
    with whole_folder(to, "export") as folder, closing(store.cursor()) as cursor:
        cursor.execute("begin transaction")  # one instant for all tables
        sql.run(cursor, "export/define_masked")
        sql.run(cursor, "export/define_instant")
        sql.run(cursor, "import/define_items_told")
        (folder / "tables").mkdir()
        if deidentified:
            _draw(cursor, as_of or datetime.now(UTC).date())
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
        manifest = {
            "kind": KIND,
            "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "format": form,
            "history": history,
            "deidentified": deidentified,
            "schema": [row["name"] for row in sql.rows(cursor, "store/step_by_name")],
            "files": files,
        }
        (folder / "README.txt").write_text(_README.read_text(encoding="utf-8"), encoding="utf-8")
        (folder / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    return manifest | {"folder": str(to)}


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
    return {name: f"from {name}" + (" where retracted_at is null" if only[name] else "") for name in sorted(columns)}


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
