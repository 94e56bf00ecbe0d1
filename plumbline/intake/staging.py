"""Rows on their way into the store: numbered, gathered in chunks and put into the staging tables as text."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from plumbline import sql
from plumbline.intake.kinds import STAGED

_CHUNK = 50_000
_LONGEST = 1_000_000  # bytes of a line that is read at once; longer ones are read one by one
_STAGE = {
    "clinics": "import/stage_clinics",
    "patients": "import/stage_patients",
    "episodes": "import/stage_episodes",
    "scores": "import/read_scores",
    "milestones": "import/read_milestones",
    "notes": "import/read_notes",
    "events": "import/read_events",
    "medications": "import/read_medications",
    "conditions": "import/stage_conditions",
    "withdrawals": "import/stage_withdrawals",
}
_OUTCOME = ("outcome", "column_name", "value", "reason")
_OPEN = (
    *("import/open_files", "import/open_outcomes", "import/open_clinics", "import/open_patients"),
    *("import/open_episodes", "import/open_conditions", "import/open_withdrawals", "import/open_scores"),
    *("import/open_milestones", "import/open_notes", "import/open_events", "import/open_medications"),
    *("import/open_raw_scores", "import/open_raw_milestones", "import/open_raw_notes", "import/open_raw_events"),
    *("import/open_raw_medications", "import/open_outcome_counts", "import/open_column_names"),
)
_WORDS = (
    *("import/define_cell", "import/define_neat", "import/define_plain", "import/define_shown", "import/define_truth"),
    *("import/define_line_fault", "import/define_unknown", "import/define_garbled", "import/define_moment_spelling"),
    *("import/define_id_fault", "import/define_number_of", "import/define_number_fault", "import/define_birth_from"),
    *("import/define_moment_wall", "import/define_moment_offset", "import/define_moment_instant"),
    *("import/define_moment_day", "import/define_moment_read", "import/define_moment_on"),
    *("import/define_moment_text", "import/define_moment_fault", "import/define_moment_sound"),
    *("import/define_items_read", "import/define_items_told", "import/define_items_fault"),
    *("import/define_items_same", "import/define_prorated", "import/define_range_fault"),
)


class Staging:
    """The staging tables of one import on its writer's cursor. Every row read passes through here exactly once."""

    def __init__(self, cursor: Any) -> None:
        self._cursor = cursor
        self._next = 1
        self._file = 0
        self._masked = False
        self._waiting: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self.rows: Counter[int] = Counter()
        self.kinds: set[str] = set()
        self._told: list[tuple[int, int, str, str]] = []
        self.undated_deaths = 0
        for name in (*_WORDS, *_OPEN):
            sql.run(cursor, name)

    def begin(self, file_no: int, *, masked: bool = False) -> None:
        """The rows that follow are of this file. `masked`: from our own export, where text may begin with an apostrophe
        that is not its own.
        """
        self._file = file_no
        self._masked = masked

    def table(
        self,
        kind: str,
        lines: Sequence[int],
        columns: dict[str, Sequence[str | None] | pa.Array],
        told: dict[str, str] | None = None,
    ) -> None:
        """Many rows of one kind at once; columns that are not given are blank.

        `told`: what the file itself calls a column, where a mapping read it; a reject names it so.
        """
        count = len(lines)
        if not count:
            return
        self.kinds.add(kind)
        first = self._count(count)
        given = {
            name: cells if isinstance(cells, pa.Array) else pa.array(cells, pa.string())
            for name, cells in columns.items()
        }
        if self._masked:
            given = {name: pc.replace_substring_regex(cells, "^'", "") for name, cells in given.items()}
        blank = pa.nulls(count, pa.string())
        self._told += [(first, first + count - 1, native, own) for native, own in (told or {}).items()]
        self._put(
            _STAGE[kind],
            {
                "row_id": pa.array(np.arange(first, first + count)),
                "file_no": pa.array(np.full(count, self._file, np.int32)),
                "line": pa.array(np.asarray(lines, np.int64)),
                **{name: given.get(name, blank) for name in STAGED[kind]},
            },
        )

    def file(self, kind: str, path: Path, columns: dict[str, str], delimiter: str, header: int, lines: int) -> bool:
        """All rows of a text file at once; false, and nothing was taken: its rows aren't its lines, one by one.

        `columns`: what its columns are called, in order; `header`: the header's line; `lines`: how many it has in all.
        """
        if self._masked:
            return False
        count = lines - header
        sql.run(
            self._cursor, "import/read_csv_rows",
            path=str(path), columns=columns, delimiter=delimiter, header=header, first=self._next, file_no=self._file,
            longest=_LONGEST,
        )  # fmt: skip
        taken = bool(sql.rows(self._cursor, "import/count_csv_rows")[0]["rows"] == count)
        if taken and count:
            self.kinds.add(kind)
            self._count(count)
            self._cursor.register("template", pa.table({name: pa.array([], pa.string()) for name in STAGED[kind]}))
            sql.run(self._cursor, "import/number_csv_rows")
            sql.run(self._cursor, _STAGE[kind])
            sql.run(self._cursor, "import/drop_numbered_rows")
            self._cursor.unregister("template")
        sql.run(self._cursor, "import/drop_csv_rows")
        return taken

    def observations(self, path: Path, lines: int) -> Any | None:
        """The lines of newline-delimited JSON that say a score in the usual way, at once; gives the lines of the rest.

        None, and nothing was taken: its lines can't be told apart.
        """
        sql.run(self._cursor, "import/read_observations", path=str(path), longest=_LONGEST)
        found = sql.rows(self._cursor, "import/count_observations")[0]
        rest: Any | None = None
        if found["lines"] == lines:
            self.kinds.add("scores")
            first, self._next = self._next, self._next + lines
            self.rows[self._file] += found["told"]
            sql.run(self._cursor, "import/take_observations", first=first, file_no=self._file)
            sql.run(self._cursor, "import/ignore_observations", first=first, file_no=self._file)
            rest = sql.ask(self._cursor, "import/line_of_rest")["line"].to_numpy()
        sql.run(self._cursor, "import/drop_observations")
        return rest

    def row(self, kind: str, line: int, /, **cells: str | None) -> None:
        """One row of a kind."""
        self.undated_deaths += cells.get("undated_death") is not None
        self._wait(kind, {"line": line, **cells})

    def reject(self, line: int | None, column: str | None, value: str | None, reason: str) -> None:
        """A row that can't be read: it ends here."""
        told = {"outcome": "rejected", "column_name": column, "value": value, "reason": reason}
        self._wait("outcomes", {"line": line, **told})

    def ignore(self, line: int | None, why: str) -> None:
        """A row of a kind that isn't used: it ends here."""
        self._wait("outcomes", {"line": line, "outcome": "ignored", "reason": why})

    def flush(self) -> None:
        """Put what waits into its tables."""
        for kind, rows in self._waiting.items():
            names = _OUTCOME if kind == "outcomes" else STAGED[kind]
            columns = {
                "row_id": pa.array([row["row_id"] for row in rows], pa.int64()),
                "file_no": pa.array([row["file_no"] for row in rows], pa.int32()),
                "line": pa.array([row["line"] for row in rows], pa.int64()),
                **{name: pa.array([clean(row.get(name)) for row in rows], pa.string()) for name in names},
            }
            self._put("import/add_outcomes_read" if kind == "outcomes" else _STAGE[kind], columns)
        self._waiting.clear()
        first, last, native, own = zip(*self._told, strict=True) if self._told else ((), (), (), ())
        named = {"column_name": pa.array(native, pa.string()), "told": pa.array(own, pa.string())}
        self._put(
            "import/stage_column_names",
            {"first_row": pa.array(first, pa.int64()), "last_row": pa.array(last, pa.int64()), **named},
        )
        self._told.clear()

    def _count(self, count: int) -> int:
        first = self._next
        self._next += count
        self.rows[self._file] += count
        return first

    def _wait(self, kind: str, row: dict[str, Any]) -> None:
        self.kinds.add(kind)
        self._waiting[kind].append({"row_id": self._count(1), "file_no": self._file, **row})
        if len(self._waiting[kind]) >= _CHUNK:
            self.flush()

    def _put(self, name: str, columns: dict[str, pa.Array]) -> None:
        self._cursor.register("incoming", pa.table(columns))
        sql.run(self._cursor, name)
        self._cursor.unregister("incoming")


def clean(text: str | None) -> str | None:
    """Text that the store can hold and a screen can show: undecodable bytes and NULs become the sign for unknown."""
    if text is None:
        return None
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8") if _dirty(text) else text


def _dirty(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return "\0" in text
