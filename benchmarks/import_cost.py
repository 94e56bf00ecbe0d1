"""What an import costs beside a plain load of the same files, from CSV, Parquet and FHIR NDJSON; side by side.

Plain load means a typed read of each file into a table of the same columns: the least that anybody could do. Beside it
stands the same into the store's own fact tables, ids and all, unchecked and unsorted. Seconds of the clock depend on
what else the machine does, so that the ratio of processor time, in the same run, is told as well.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from benchmarks import bulk
from benchmarks.large import MILESTONES, OTHER, PAIN, YEARS
from plumbline import intake
from plumbline.demo.files import make
from plumbline.sql import ROOT
from plumbline.store import open_store

PATIENTS, SEED, OBSERVATIONS = 100_000, 7, 1_000_000
KINDS = ("clinics", "patients", "episodes", "scores", "milestones", "notes", "events", "medications")
_SQL = Path(__file__).parent / "sql"
_PART = 9_000_000  # rows of a file: no text file of more than 1 GiB is imported
_TYPED = {
    "resourceType": "varchar", "id": "varchar", "status": "varchar",
    "code": "struct(coding struct(system varchar, code varchar)[])",
    "subject": "struct(reference varchar)", "effectiveDateTime": "timestamp",
    "valueQuantity": "struct(value double, unit varchar, system varchar, code varchar)",
}  # fmt: skip


def measure(folder: Path, until: date, patients: int = PATIENTS, observations: int = OBSERVATIONS) -> dict[str, Any]:
    """Make the files, then load and import each form of them, each in a process of its own."""
    rows = write(folder, until, patients, observations)
    found: dict[str, Any] = {"patients": patients, "rows": rows}
    for form in ("csv", "parquet"):
        spent = {how: _apart(how, folder, form) for how in ("columns", "facts", "import")}
        found[form] = _beside(spent, "columns") | {"to_facts": _ratio(spent, "import", "facts")}
    spent = {how: _apart(how, folder, "ndjson") for how in ("columns", "import")}
    found["ndjson"] = _beside(spent, "columns")
    return found


def write(folder: Path, until: date, patients: int, observations: int) -> dict[str, int]:
    """The files of so many made-up patients, in thousands; how many rows each kind has."""
    with closing(open_store(folder / "made.duckdb")) as store:
        book, _ = make(min(1000, patients), SEED, until)
        (folder / "made").mkdir()
        book.write(folder / "made")
        bulk.plain_load(store, folder / "made", until)
        if patients > 1000:
            bulk.multiply(store, bulk.Growth(patients // 1000, YEARS, PAIN, OTHER, MILESTONES))
        counts = {kind: _files(store.cursor(), folder, kind) for kind in KINDS}
        (folder / "ndjson").mkdir()
        text = (_SQL / "file_observations.sql").read_text(encoding="utf-8").replace("$most", str(observations))
        store.cursor().execute(f"copy ({text}) to '{folder}/ndjson/observations.ndjson' (format json)")
    (folder / "made.duckdb").unlink()
    with (folder / "ndjson" / "observations.ndjson").open("rb") as file:
        return counts | {"observations": sum(1 for _ in file)}


def _files(cursor: Any, folder: Path, kind: str) -> int:
    text = (_SQL / f"file_{kind}.sql").read_text(encoding="utf-8")
    cursor.execute(f"create or replace temp table one_file as {text}")
    count = int(cursor.execute("select count(*) from one_file").fetchone()[0])
    for form, how in (("csv", "header"), ("parquet", "format parquet, compression zstd")):
        (folder / form).mkdir(exist_ok=True)
        for part, start in enumerate(range(0, count, _PART)):
            rows = f"from one_file where rowid between {start} and {start + _PART - 1}"
            cursor.execute(f"copy ({rows}) to '{folder}/{form}/{kind}-{part}.{form}' ({how})")
    return count


def _beside(spent: dict[str, dict[str, float]], plain: str) -> dict[str, Any]:
    return {"spent": spent, "to_plain": _ratio(spent, "import", plain)}


def _ratio(spent: dict[str, dict[str, float]], one: str, other: str) -> dict[str, float]:
    return {name: round(spent[one][name] / spent[other][name], 2) for name in ("seconds", "processor")}


def _apart(how: str, folder: Path, form: str) -> dict[str, float]:
    """Do one thing in a process of its own, so that its memory can be told."""
    told = subprocess.run(
        [sys.executable, "-m", "benchmarks.import_cost", how, str(folder), form],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    seconds, processor, megabytes = map(float, told.stdout.split()[-3:])
    return {"seconds": seconds, "processor": processor, "megabytes": megabytes}


def _columns(folder: Path, form: str) -> Callable[[], None]:
    connection = duckdb.connect(str(folder / f"columns-{form}.duckdb"))

    def load() -> None:
        if form == "ndjson":
            connection.execute(
                "create table observation as from read_json($path, format = 'newline_delimited', columns = $columns)",
                {"path": f"{folder}/ndjson/observations.ndjson", "columns": _TYPED},
            )
        else:
            for kind in KINDS:
                connection.execute(f"create table {kind} as from '{folder}/{form}/{kind}-*.{form}'")
        connection.close()

    return load


def _facts(folder: Path, form: str) -> Callable[[], None]:
    store = open_store(folder / f"facts-{form}.duckdb")

    def load() -> None:
        with store.write() as cursor:
            for kind in KINDS:
                text = (_SQL / f"plain_{kind}.sql").read_text(encoding="utf-8")
                moment = {"scores": "taken_at", "notes": "written_at"}.get(kind)
                how = f", types = {{'{moment}': 'varchar'}}" if moment else ""
                read = f"read_{form}('{folder}/{form}/{kind}-*.{form}'{how if form == 'csv' else ''})"
                cursor.execute(text.replace("incoming", read))
        store.close()

    return load


def _import(folder: Path, form: str) -> Callable[[], None]:
    store = open_store(folder / f"import-{form}.duckdb")
    if form == "ndjson":
        intake.run(store, sorted((folder / "parquet").glob("[cpe][lap]*.parquet")), source="bench")

    def load() -> None:
        result = intake.run(store, [folder / form], source="bench", recorded_by="bench")
        store.close()
        if result.totals["accepted"] < 0.9 * result.totals["rows"]:
            raise RuntimeError(f"The import took too few rows to be compared: {result.totals}")

    return load


def _main(how: str, folder: Path, form: str) -> None:
    work = {"columns": _columns, "facts": _facts, "import": _import}[how](folder, form)
    began, used = time.perf_counter(), time.process_time()
    work()
    told = (time.perf_counter() - began, time.process_time() - used)
    peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    print(*(round(one, 2) for one in told), int(peak.split()[1]) >> 10)
    for path in folder.glob(f"{how}-{form}.duckdb*"):
        path.unlink()


if __name__ == "__main__":
    _main(sys.argv[1], Path(sys.argv[2]), sys.argv[3])
