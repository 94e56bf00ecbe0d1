"""Open a store: migrate its schema, load the reference, tabulate the expected band; hold the one writer lock."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from plumbline import expected, sql
from plumbline.errors import StoreBusy, StoreError, disk_full
from plumbline.still import StillFile
from plumbline.trail import report
from plumbline.turns import Turns

SCHEMA = sql.ROOT / "data" / "schema"
REFERENCE = sql.ROOT / "data" / "reference"
_SIGNATURE = {"reviewed_by", "reviewed_on"}


class Store(StillFile):
    """One open DuckDB file. Reads take a cursor of their own; writes go through `write()`, one at a time."""

    is_past = False  # a view of the past is made anew by each process, and keeps nothing about itself

    def __init__(self, path: Path, connection: Any) -> None:
        self.path = path
        self.key = str(path)  # tells this store from every other, for answers that are kept
        self._connection = connection
        self._writer = Turns()
        super().__init__()
        self.revision, self.writes = 0, 0  # quiet writes count among the second alone
        self._stamp = datetime(1, 1, 1)  # noqa: DTZ001  UTC, as all instants here
        self._synthetic: tuple[int, bool] | None = None

    def is_writing(self) -> bool:
        """Whether somebody else is writing at this moment."""
        return bool(self._writer.is_taken())

    def cursor(self) -> Any:
        """A cursor for one run: DuckDB refuses one connection shared between threads."""
        return self._connection.cursor()

    @contextmanager
    def write(self, *, quietly: bool = False, on: Any = None, wait: float = -1) -> Iterator[Any]:
        """The writer lock and a transaction on its own cursor: all or nothing. Checks belong inside.
        `quietly`: for what no kept answer holds, such as a draft. `on`: a cursor whose temporary tables are filled.
        `wait`: seconds for which to wait for one's turn, -1 for ever. Raises StoreBusy after that.
        """
        with self._writer.take(wait):
            cursor = self.cursor() if on is None else on
            cursor.execute("begin transaction")
            try:
                yield cursor
                cursor.execute("commit")
            except BaseException as error:
                with suppress(duckdb.Error):  # a failed commit has ended the transaction already
                    cursor.execute("rollback")
                if told := disk_full(error):
                    raise told from error
                raise
            finally:
                cursor.close()
            self.revision += not quietly
            self.writes += 1

    def derive(self, **how: Any) -> AbstractContextManager[Any]:
        """`write()` of what is made from facts, such as the worklist's lines: a view of the past takes it, too."""
        return self.write(**how)

    def stamp(self) -> datetime:
        """The instant to record a write with: UTC without a zone, later than any before. Only inside `write()`."""
        now = datetime.now(UTC).replace(tzinfo=None)
        self._stamp = max(now, self._stamp + timedelta(microseconds=1))
        return self._stamp

    def resume(self) -> None:
        """Go on after the last instant that the store knows, even where this machine's clock is behind it."""
        found = sql.run(self.cursor(), "store/last_stamp").fetchone()
        self._stamp = (found and found[0]) or self._stamp

    def meta(self, key: str) -> str | None:
        """A value of `store_meta`, such as `synthetic`; None where it was never set."""
        found = sql.run(self.cursor(), "store/meta_of_key", key=key).fetchone()
        return str(found[0]) if found else None

    def set_meta(self, key: str, value: str) -> None:
        """Set a value of `store_meta`."""
        with self.write() as cursor:
            sql.run(cursor, "store/set_meta", key=key, value=value)
            sql.run(cursor, "store/add_meta", key=key, value=value)

    @property
    def synthetic(self) -> bool:
        """Whether every patient in this store is made up."""
        if self._synthetic is None or self._synthetic[0] != self.revision:
            self._synthetic = (self.revision, self.meta("synthetic") == "true")
        return self._synthetic[1]

    def close(self) -> None:
        """Write what is pending and let the file go."""
        self._connection.close()


def open_store(path: Path | str, *, create: bool = True) -> Store:
    """Open the store at `path`, make it if allowed, bring schema and reference up to date. Raises StoreError."""
    path = Path(path)
    if not create and not path.exists():
        raise StoreError(f"There is no store at {path.name}. Make one with `make run STORE={path.name}`.")
    if not path.parent.is_dir():
        raise StoreError(f"The folder of the store {path.name} doesn't exist: make it first.")
    try:
        # an extension that DuckDB misses is never fetched: no request leaves the machine
        connection = duckdb.connect(str(path), config={"autoinstall_known_extensions": "false"})
    except duckdb.IOException as error:
        if "Could not set lock" in str(error):  # not any "lock": the message holds the path, too
            raise StoreBusy(
                f"The store {path.name} is open in another process that doesn't answer on its socket. "
                "Stop that process, or wait until it is ready, and try again."
            ) from error
        raise StoreError(f"The store {path.name} can't be opened: it is not a DuckDB file, or not readable.") from error
    except duckdb.Error as error:
        raise StoreError(f"The store {path.name} can't be opened: it is damaged. Restore a copy of it.") from error
    store = Store(path, connection)
    try:
        _refuse_foreign(store)
        _migrate(store)
        _load_reference(store)
        store.resume()
    except duckdb.Error as error:
        store.close()
        raise StoreError(
            f"The store {path.name} can't be brought up to date: it is damaged, or its disk is full. Make room, or "
            f"restore a copy of it; the log has more under the code {report(error)}."
        ) from error
    except BaseException:
        store.close()
        raise
    return store


def _refuse_foreign(store: Store) -> None:
    tables = {name for (name,) in store.cursor().execute("select table_name from duckdb_tables()").fetchall()}
    if tables and "schema_migration" not in tables:
        raise StoreError(f"The file {store.path.name} holds something else than a store: name another with --store.")


def _migrate(store: Store) -> None:
    with store.write() as cursor:
        cursor.execute("create table if not exists schema_migration (name varchar not null, digest varchar not null)")
        applied = dict(cursor.execute("select name, digest from schema_migration").fetchall())
        for file in sorted(SCHEMA.glob("[0-9]*.sql")):
            text = file.read_text(encoding="utf-8")
            digest = hashlib.sha256(text.encode()).hexdigest()
            if applied.get(file.name, digest) != digest:
                raise StoreError(
                    f"The schema step {file.name} was changed after this store had taken it. Restore the file."
                )
            if file.name not in applied:
                cursor.execute(text)
                cursor.execute(
                    "insert into schema_migration values ($name, $digest)", {"name": file.name, "digest": digest}
                )


def reference_frame(table: str) -> pd.DataFrame:
    """One reference file as text; empty cells are missing."""
    frame = pd.read_csv(REFERENCE / f"{table}.csv", dtype=str, keep_default_na=False)
    return frame.replace("", None)


def _digest(frame: pd.DataFrame) -> str:
    """The same for the same rows in any order; a signature may still be added to a published row."""
    kept = sorted(name for name in frame.columns if name not in _SIGNATURE)
    return hashlib.sha256(frame[kept].sort_values(kept).to_csv(index=False).encode()).hexdigest()


def _load_reference(store: Store) -> None:
    with store.write() as cursor:
        known = {
            (version, file): digest
            for version, file, digest in cursor.execute("from reference_digest").fetchall()
        }
        changed = False
        for path in sorted(REFERENCE.glob("*.csv")):
            changed |= _load_file(cursor, path.stem, known)
        if changed:
            tabulate(cursor)
            sql.run(cursor, "flag/mark_all_stale")
            sql.run(cursor, "worklist/remove_days")  # other rules, other lines


def _load_file(cursor: Any, table: str, known: dict[tuple[str, str], str]) -> bool:
    """Load one reference file if it differs from what the store holds; refuse an edit of a published version."""
    whole = hashlib.sha256((REFERENCE / f"{table}.csv").read_bytes()).hexdigest()
    if known.get(("*", table)) == whole:
        return False
    frame = reference_frame(table)
    digests: dict[str, str] = {"*": whole}
    if "timeline_version" in frame.columns:
        digests |= {str(version): _digest(part) for version, part in frame.groupby("timeline_version")}
        for version, file in known:
            if file == table and version != "*" and digests.get(version) != known[version, file]:
                raise StoreError(
                    f"data/reference/{table}.csv changes the published timeline {version}, which this store has used. "
                    "Publish the change as a new timeline version instead."
                )
    cursor.register("incoming", frame)
    columns = ", ".join(f'"{name}"' for name in frame.columns)
    cursor.execute(f"delete from {table}")  # noqa: S608  the name is that of a file of ours
    cursor.execute(f"insert into {table} ({columns}) select {columns} from incoming")  # noqa: S608
    cursor.unregister("incoming")
    cursor.execute("delete from reference_digest where file = $file", {"file": table})
    for version, digest in digests.items():
        row = {"version": version, "file": table, "digest": digest}
        cursor.execute("insert into reference_digest values ($version, $file, $digest)", row)
    return True


def references(cursor: Any) -> dict[tuple[str, str], expected.Reference]:
    """Every published curve, by timeline version and instrument."""
    found: dict[tuple[str, str], expected.Reference] = {}
    frame = sql.ask(cursor, "reference/knots_by_day")
    for (version, instrument), knots in frame.groupby(["timeline_version", "instrument"]):
        first = knots.iloc[0]
        found[(str(version), str(instrument))] = expected.Reference(
            str(first["distribution"]), float(first["reference_baseline"]), float(first["baseline_slope"]),
            float(first["minimum"]), float(first["maximum"]),
            tuple(int(day) for day in knots["day"]), tuple(map(float, knots["mean"])), tuple(map(float, knots["sd"])),
        )
    return found


def tabulate(cursor: Any) -> None:
    """Make the expected band of every published curve anew."""
    cursor.execute("delete from expected_band")
    for (version, instrument), reference in references(cursor).items():
        if reference.distribution == "mean_only":
            baselines: list[float] = [reference.reference_baseline]
        else:
            baselines = [float(value) for value in range(int(reference.minimum), int(reference.maximum) + 1)]
            baselines += [reference.reference_baseline] if reference.reference_baseline not in baselines else []
        cursor.register("band", expected.table(reference, baselines))
        sql.run(cursor, "reference/add_band", timeline_version=version, instrument=instrument)
        cursor.unregister("band")
