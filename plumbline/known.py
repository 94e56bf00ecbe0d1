"""The store as it was known at a past instant: what was recorded later isn't there, what was retracted later is back.

The facts up to the instant are copied into a catalog in memory, beside the store on the same connection, and what is
made from facts is made there anew by the same code. Everything else, such as the rules, is read from the store. So
each query file runs unchanged, and nothing is kept that a restart could lose.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from itertools import count
from typing import Any, NoReturn
from weakref import WeakKeyDictionary, finalize

import duckdb

from plumbline import sql, summary
from plumbline.errors import PlumblineError
from plumbline.store import Store

# Each table of the schema stands in one of these lists, or is a rule of data/reference; a test holds that.
FACTS = (
    *("clinic", "patient", "episode", "treated_level", "score", "milestone_event", "note", "event", "medication"),
    *("contact_attempt", "flag_action", "goal", "goal_review", "score_item", "protocol_signature"),
)
"""Have `recorded_at` and `retracted_at`."""
DATED = {"change": "changed_at", "import_batch": "finished_at", "import_undo": "undone_at"}
"""Rows that are never retracted, with the instant at which each was there."""
OF_NOBODY = frozenset({"clinic", "import_batch", "import_undo", "protocol_signature"})
"""Those of the above that tell of no single patient; of all others only the rows of the patients are copied."""
OF_BATCH = ("import_file", "import_reject", "import_mapping")
"""Belong to an import, and are known with it."""
DERIVED = (
    *("episode_summary", "worklist_day", "worklist_stale", "worklist_count", "worklist_line"),
    *("score_cube", "flag_run", "flag_stale"),
)
"""Made from the facts, by `summary.refresh` or by whoever reads them first, in `derive()`."""
PRESENT = (
    *("account", "account_session", "audit_event", "draft", "expected_band", "mapping", "reference_digest"),
    *("cohort", "cohort_release", "schema_migration", "share_attempt", "share_link", "store_meta"),
)
"""As they are today, as are the rules of data/reference: published versions are never edited."""

PATIENTS_KEPT, WHOLES_KEPT = 16, 3
_NUMBERS = count(1)


class PastStore(Store):
    """The store as it was known at `instant` (UTC): for these patients, or for all where `patients` is None.

    Reads go through `cursor()` as ever; writes are refused. `seen_at`: the revision of the store that this view was
    made at while somebody wrote, or None: then nothing can be added to it any more.
    """

    is_past = True

    def __init__(
        self, present: Store, instant: datetime, patients: tuple[str, ...] | None, seen_at: int | None = None
    ) -> None:
        super().__init__(present.path, present._connection)
        whose = "all" if patients is None else " ".join(map(repr, patients))
        self.key = f"{present.key} as known at {instant.isoformat()} of {whose}, seen at {seen_at}"
        self.present = present
        self.instant = instant
        self.patients = patients
        self.seen_at = seen_at
        catalog = f"plumbline_known_{next(_NUMBERS)}"
        self._search_path = _attach(self._connection, catalog)
        finalize(self, _detach, self._connection, catalog).atexit = False
        self._fill()

    def cursor(self) -> Any:
        """A cursor on which every query file reads what was known then, and nothing can be written."""
        return self._aimed("begin transaction read only")

    def _aimed(self, begin: str) -> Any:
        cursor = self._connection.cursor()
        cursor.execute(self._search_path)
        cursor.execute(begin)
        return cursor

    def _fill(self) -> None:
        """Copy what was known, and make from it what is made from facts."""
        with self.derive(quietly=True) as cursor:
            until = sql.rows(cursor, "known/settled_instant", instant=self.instant)[0]["until"]
            _copy(cursor, until, self.patients)
            summary.refresh(cursor, None)

    def write(self, **_how: Any) -> NoReturn:
        """Refused: the past is only looked at. Raises PlumblineError."""
        raise PlumblineError("The past can't be changed: nothing was stored. Go back to now, and enter it there.")

    @contextmanager
    def derive(self, **how: Any) -> Iterator[Any]:
        """A write into this view alone, of what is made from its facts, as `write()` of a store would do it."""
        with self._writer:
            cursor = how.get("on")
            if cursor is None:
                cursor = self._aimed("begin transaction")
            else:  # one of this view, which reads so far
                cursor.execute("commit")
                cursor.execute("begin transaction")
            try:
                yield cursor
                cursor.execute("commit")
            finally:
                cursor.close()  # what was not committed is gone
            self.revision += not how.get("quietly", False)

    def close(self) -> None:
        """Nothing to let go of: the store beside it stays open, and the copy goes with the last who looks at it."""


def as_known(store: Store, instant: datetime, patients: tuple[str, ...] | None = None) -> PastStore:
    """The store as it was known at an instant (UTC where it has no zone of its own), for these patients or for all.

    The last few are kept. What a write under way may still add is not taken for settled: that view is made again.
    Raises PlumblineError for an instant that is still to come.
    """
    if instant.tzinfo is not None:
        instant = instant.astimezone(UTC).replace(tzinfo=None)
    if instant > datetime.now(UTC).replace(tzinfo=None):
        raise PlumblineError(
            "That instant is still to come, so nothing is known of it yet: choose one that has passed."
        )
    present = store.present if isinstance(store, PastStore) else store
    with _GUARD:
        views = _VIEWS.setdefault(present, _Views())
    return views.of(present, instant, patients)


def patients_of(store: Store, key: str) -> tuple[str, ...]:
    """Whose address this is or ever was: a course may have been withdrawn since, or given to another patient."""
    with closing(store.cursor()) as cursor:
        return tuple(str(row["patient_id"]) for row in sql.rows(cursor, "known/patient_by_key", key=key))


_Key = tuple[datetime, tuple[str, ...] | None]


class _Views:
    """The views of one store that are kept: the last few of one patient, and fewer of all."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[_Key, PastStore] = OrderedDict()
        self._making: dict[_Key, threading.Lock] = {}

    def of(self, store: Store, instant: datetime, patients: tuple[str, ...] | None) -> PastStore:
        key = (instant, patients)
        with self._lock:
            if (found := self._found(key, store)) is not None:
                return found
            making = self._making.setdefault(key, threading.Lock())
        with making:  # the same view is made once, others meanwhile beside it
            with self._lock:
                if (found := self._found(key, store)) is not None:
                    return found
            revision = store.revision
            made = PastStore(store, instant, patients, revision if store.is_writing() else None)
            with self._lock:
                self._kept[key] = made
                self._making.pop(key, None)
                self._let_go()
        return made

    def _found(self, key: _Key, store: Store) -> PastStore | None:
        for one in (key, (key[0], None)):  # a view of all holds each patient
            kept = self._kept.get(one)
            if kept is not None and kept.seen_at in (None, store.revision):
                self._kept.move_to_end(one)
                return kept
        return None

    def _let_go(self) -> None:
        for most, is_whole in ((PATIENTS_KEPT, False), (WHOLES_KEPT, True)):
            of_kind = [key for key in self._kept if (key[1] is None) is is_whole]
            for key in of_kind[: max(0, len(of_kind) - most)]:
                del self._kept[key]


_VIEWS: WeakKeyDictionary[Store, _Views] = WeakKeyDictionary()
_GUARD = threading.Lock()


def _attach(connection: Any, catalog: str) -> str:
    """Make the catalog; give the statement that puts it before the store's own. Both names are ours and quoted."""
    with closing(connection.cursor()) as cursor:
        own = str(cursor.execute("select current_database()").fetchone()[0])
        cursor.execute(f"attach ':memory:' as {catalog}")
    quoted = own.replace('"', '""').replace("'", "''")
    return f"set search_path = '{catalog},\"{quoted}\"'"


def _detach(connection: Any, catalog: str) -> None:
    try:
        with closing(connection.cursor()) as cursor:
            cursor.execute(f"detach {catalog}")
    except duckdb.Error:
        return  # the store is closed, and everything beside it is gone


def _copy(cursor: Any, until: datetime, patients: tuple[str, ...] | None) -> None:
    """Copy each table under its own name: the name is that of the store's table until the copy is there."""
    given: dict[str, Any] = {"until": until} | ({} if patients is None else {"patients": list(patients)})
    whose = "" if patients is None else "and patient_id in (select unnest($patients))"
    for table in FACTS:
        columns = "* replace (case when retracted_at <= $until then retracted_at end as retracted_at)"
        text = f"create table {table} as select {columns} from {table} where recorded_at <= $until "  # noqa: S608
        _run(cursor, text + ("" if table in OF_NOBODY else whose), given)
    for table, at in DATED.items():
        text = f"create table {table} as from {table} where {at} <= $until "
        _run(cursor, text + ("" if table in OF_NOBODY else whose), given)
    for table in OF_BATCH:
        cursor.execute(f"create table {table} as from {table} semi join import_batch using (batch_id)")
    for table in DERIVED:
        cursor.execute(f"create table {table} as from {table} limit 0")


def _run(cursor: Any, text: str, given: dict[str, Any]) -> None:
    cursor.execute(text, {name: given[name] for name in sql.parameters(text)})
