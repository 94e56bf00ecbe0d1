"""Every file of a folder through the reader of tables: equal to what Python's csv module gives, refused, or wrong.

`python -m benchmarks.hard_csv FOLDER` prints a table of counts and each file that is wrong, slow or crashed. A file is

    equal    header and every record are those of the csv module under the dialect that was reported; a record that
             was rejected has its fault, and the same cells or none
    answered equal, and equal to the JSON answer beside it (`../json/NAME.json` or `NAME.json`)
    refused  FileRefused, with its reason
    wrong    anything else; `slow`: more than 10 seconds; `crash`: another exception
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import signal
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from plumbline.intake.heads import named
from plumbline.intake.reading import FIND, Reading, Table
from plumbline.intake.refused import FileRefused
from plumbline.intake.tables import tables

SECONDS = 10
_CODECS = {"utf-8": "utf-8-sig", "windows-1252": "cp1252"}
_CONTRADICTED = {"location_coordinates.json"}  # csv-spectrum: another telephone number than in its file
_NO_TABLES = {".json", ".md", ".txt", ".xlsx", ".js", ".gitattributes"}


def found(table: Table, name: str) -> str:
    """What was found about a table."""
    return next(finding.value for finding in table.findings if finding.name == name)


def by_csv(path: Path, table: Table) -> dict[int, list[str]]:
    """Every record but blank ones by its first line, as the csv module gives it under the dialect of a table.

    Where a record can't be split strictly, reading goes on with the next line, as the reader of tables says it does.
    """
    data = path.read_bytes()
    data = gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data
    text = data.decode(_CODECS.get(found(table, "encoding"), found(table, "encoding")), "surrogateescape")
    lines = list(io.StringIO(text, newline=""))
    mark, quote = found(table, "delimiter"), found(table, "quote")
    reader = csv.reader(lines[table.header_line - 1 :], delimiter=mark, quotechar=quote, strict=True)
    records: dict[int, list[str]] = {}
    start = table.header_line
    while True:
        try:
            record = next(reader)
        except StopIteration:
            return records
        except csv.Error:
            record = []
        if record and (len(record) > 1 or record[0].strip() or len(table.header) == 1):
            records[start] = record
        start = table.header_line + reader.line_num


def judged(path: Path, reading: Reading = FIND) -> tuple[str, str]:
    """What became of one file, and why."""
    try:
        (table,) = tables(path, reading)
        records = list(table.records())
        expected = by_csv(path, table)
    except FileRefused as refused:
        return "refused", f"line {refused.line}: {refused.reason}"
    header = expected.pop(table.header_line, [])
    if named(header)[0] != table.header:
        return "wrong", f"header {table.header} for {header}"
    got = {line: cells for line, cells, fault in records if cells or not fault}
    if got != expected:
        lines = sorted(line for line in got.keys() | expected.keys() if got.get(line) != expected.get(line))
        return "wrong", f"lines {lines[:5]}"
    for line, cells, fault in records:
        if fault is None and len(cells) != len(table.header):
            return "wrong", f"line {line} has {len(cells)} cells and no fault"
    return answered(path, table)


def _alike(rows: Any) -> Any:
    """Rows with one kind of line end in their cells: version control changes those of a file, not of its answer."""
    return json.loads(json.dumps(rows).replace("\\r\\n", "\\n").replace("\\r", "\\n"))


def answered(path: Path, table: Table) -> tuple[str, str]:
    """Compare with the JSON answer of a file, where one is beside it."""
    beside = (path.parent.parent / "json" / f"{path.stem}.json", path.with_suffix(".json"))
    answer = next((one for one in beside if one.is_file()), None)
    if answer is None:
        return "equal", ""
    faults = sum(fault is not None for _, _, fault in table.records())
    rows = [cells for _, cells, fault in table.records() if fault is None]
    objects: list[Any] = [dict(zip(table.header, cells, strict=True)) for cells in rows]
    asked = json.loads(answer.read_bytes().decode("utf-8", "replace"))
    asked = [asked] if isinstance(asked, dict) else asked
    if _alike(asked) in (_alike(objects), _alike([list(table.header), *rows])):
        return "answered", ""
    if answer.name in _CONTRADICTED:
        return "equal", "the answer contradicts its own file"
    return ("refused", "rows with faults") if faults else ("wrong", f"not the answer in {answer.name}")


class _Slow(BaseException):
    """The time is up; no `except Exception` of what is measured may catch it."""


def _time_is_up(_signal: int, _frame: Any) -> None:
    raise _Slow


def run(path: Path) -> tuple[str, str]:
    """Judge one file within the time that it has."""
    signal.signal(signal.SIGALRM, _time_is_up)
    signal.alarm(SECONDS)
    try:
        return judged(path)
    except _Slow:
        return "slow", f"more than {SECONDS} s"
    except Exception as error:
        return "crash", f"{type(error).__name__}: {error}"
    finally:
        signal.alarm(0)


def main(folder: Path) -> int:
    """Judge every file below a folder; the exit status is 1 where one is wrong, slow or crashed."""
    counts: Counter[tuple[str, str]] = Counter()
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or path.suffix in _NO_TABLES or path.name in ("LICENSE", ".gitattributes"):
            continue
        outcome, why = run(path)
        counts[path.relative_to(folder).parts[0], outcome] += 1
        if outcome in ("wrong", "slow", "crash") or "--all" in sys.argv:
            print(f"{outcome:8} {path.relative_to(folder)}: {why}")
    outcomes = ("equal", "answered", "refused", "wrong", "slow", "crash")
    print(f"{'set':24}" + "".join(f"{name:>10}" for name in outcomes))
    for part in sorted({part for part, _ in counts}):
        print(f"{part:24}" + "".join(f"{counts[part, name]:>10}" for name in outcomes))
    return int(any(count for (_, outcome), count in counts.items() if outcome in ("wrong", "slow", "crash")))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
