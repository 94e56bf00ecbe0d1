"""Answers already given, shared by all sessions: one bounded store of tables, forgotten when the data changes.

A key holds the store's revision, so a write makes every older answer unreachable; the oldest leave first.
Callers get a shallow copy under pandas' copy-on-write: changing it is safe and never reaches the kept frame.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from contextlib import closing
from datetime import date, datetime
from typing import Any, TypeVar

import pandas as pd
import pyarrow as pa

from plumbline import sql
from plumbline.errors import PlumblineError
from plumbline.store import Store

pd.set_option("mode.copy_on_write", True)  # pandas 2 has it as an option, 3 as the rule

T = TypeVar("T")
Scalar = str | int | float | bool | date | datetime | tuple[str, ...] | None
_SCALARS = (str, int, float, bool, date, datetime, type(None))
_MADE_BYTES = 10_000  # what something small that is made of answers is taken to hold


class Answers:
    """Frames by store, revision, query and parameters; at most `frames` of them and `size` bytes."""

    def __init__(self, frames: int = 512, size: int = 64 * 1024 * 1024) -> None:
        self._frames = frames
        self._size = size
        self._held = 0
        self._kept: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._lock = threading.Lock()

    def ask(self, store: Store, name: str, **params: Scalar) -> pd.DataFrame:
        """The answer to a query file, from memory where nothing was written since. Raises PlumblineError."""
        key = self._key("frame", store, name, params)
        frame: pd.DataFrame | None = self._found(key)
        if frame is None:
            with closing(store.cursor()) as cursor:
                frame = sql.ask(cursor, name, **params)
            frame = self._keep(key, frame, int(frame.memory_usage(deep=True).sum()))
        return frame.copy(deep=False)

    def arrow(self, store: Store, name: str, **params: Scalar) -> pa.Table:
        """The same as an Arrow table, which can't be changed: for charts, and for `to_pylist()` of a few rows."""
        key = self._key("arrow", store, name, params)
        table: pa.Table | None = self._found(key)
        if table is None:
            with closing(store.cursor()) as cursor:
                table = cursor.sql(sql.statement(name), params=params).to_arrow_table()
            table = self._keep(key, table, int(table.nbytes))
        return table

    def made(
        self,
        store: Store,
        name: str,
        make: Callable[[], T],
        weigh: Callable[[T], int] | None = None,
        /,
        **params: Scalar,
    ) -> T:
        """What is made of answers, such as words for a page: made once until the store changes, and shared as it is.

        `weigh` gives the bytes of what can be large.
        """
        key = self._key("made", store, name, params)
        found: T | None = self._found(key)
        if found is None:
            answer = make()  # begun after the key was: what a write adds meanwhile is never kept for later
            found = self._keep(key, answer, weigh(answer) if weigh else _MADE_BYTES)
        return found

    def _key(self, kind: str, store: Store, name: str, params: dict[str, Scalar]) -> Hashable:
        for parameter, value in params.items():
            if not isinstance(value, _SCALARS) and not _is_words(value):
                raise PlumblineError(
                    f"The parameter {parameter} of {name} must be one plain value, or words in a tuple, to be kept."
                )
        return (kind, store.key, store.revision, name, _plain(params))

    def _found(self, key: Hashable) -> Any:
        with self._lock:
            if key not in self._kept:
                return None
            self._kept.move_to_end(key)
            return self._kept[key][0]

    def _keep(self, key: Hashable, answer: Any, size: int) -> Any:
        """Keep an answer, unless another session was quicker: then all see that one, and none goes back in time."""
        with self._lock:
            if key in self._kept:
                return self._kept[key][0]
            if size > self._size:
                return answer
            self._kept[key] = (answer, size)
            self._held += size
            while len(self._kept) > self._frames or self._held > self._size:
                _, (_, gone) = self._kept.popitem(last=False)
                self._held -= gone
        return answer

    def clear(self) -> None:
        """Forget everything, for a store that is closed."""
        with self._lock:
            self._kept.clear()
            self._held = 0

    def __len__(self) -> int:
        return len(self._kept)


def _is_words(value: object) -> bool:
    return isinstance(value, tuple) and all(type(one) is str for one in value)


def _plain(params: dict[str, Scalar]) -> Hashable:
    # the type is part of the key: True, 1 and 1.0 are equal in Python but not in SQL
    return tuple((name, type(params[name]).__name__, params[name]) for name in sorted(params))


def shared() -> Answers:
    """The answers of this process."""
    return _SHARED


def large() -> Answers:
    """For the few things that are large, apart from the others: keeping one puts no small answer out."""
    return _LARGE


_SHARED, _LARGE = Answers(), Answers(frames=8, size=256 * 1024 * 1024)
