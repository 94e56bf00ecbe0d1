"""What is shown as a group, and the procedures in it, as numbers; kept on the same data: many are looked at again."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np

from plumbline import sql
from plumbline.cohorts.definition import Definition
from plumbline.cohorts.members import followed, listed
from plumbline.cohorts.tracing import Procedures, left
from plumbline.store import Store

KEPT = 20_000_000  # procedures in sets that are kept, of 8 bytes each
AT_ONCE = 32  # definitions that are asked in one query
Clinics = tuple[str, ...] | None


@dataclass(frozen=True)
class View:
    """One group that is shown: the members of a definition but for those of `without`, as of a day, of some clinics."""

    definition: Definition
    as_of: date
    clinics: Clinics = None
    without: tuple[Definition, ...] = ()


class Memory:
    """Of one store: sets of procedures on the same data, and what was let pass already."""

    def __init__(self) -> None:
        self.turn, self.lock = Lock(), Lock()  # of who is let pass, one after the other; of the sets
        self.sets: dict[Any, Procedures] = {}
        self.passed: OrderedDict[Any, tuple[int, float]] = OrderedDict()  # at which revision, and when
        self.past: OrderedDict[Any, Procedures] = OrderedDict()  # groups as they were known at another instant
        self.traced: dict[Any, Any] = {}  # of a question, who is counted in shares that were shown
        self.across: dict[Any, Any] = {}  # of a comparison, the shares that are hidden beside others
        self.revision = -1  # of the store, when the sets were begun


_MEMORY: WeakKeyDictionary[Store, Memory] = WeakKeyDictionary()
_GUARD = Lock()


def like(view: View, definition: Definition) -> View:
    """Another definition, as of the same day and of the same clinics."""
    return View(definition, view.as_of, view.clinics)


def memory_of(store: Store) -> Memory:
    """What is kept of a store."""
    with _GUARD:
        return _MEMORY.setdefault(store, Memory())


def shown(store: Store, view: View) -> Procedures:
    """The procedures of a group as it is shown: without those that another one holds, too."""
    return left(procedures_of(store, view), [procedures_of(store, like(view, one)) for one in view.without])


def procedures_of(store: Store, view: View) -> Procedures:
    """The procedures of a definition, `without` not looked at."""
    gather(store, [view])
    return memory_of(store).sets[_key(store, view)]


def let_go(store: Store) -> None:
    """Forget sets of older data, and all where there are too many."""
    memory, revision = memory_of(store), store.revision
    if memory.revision != revision or sum(map(len, memory.sets.values())) > KEPT:
        memory.sets.clear()
    memory.revision = revision


def _key(store: Store, view: View) -> tuple[int, str, date, Clinics]:
    return memory_of(store).revision, view.definition.text, view.as_of, view.clinics


def gather(store: Store, views: Sequence[View]) -> None:
    """Find the procedures of many definitions, a few at once: what each can be chosen by is worked out once."""
    memory = memory_of(store)
    lacking: dict[tuple[date, Clinics], dict[str, View]] = {}
    for view in views:
        if _key(store, view) not in memory.sets:
            lacking.setdefault((view.as_of, view.clinics), {})[view.definition.text] = view
    for (as_of, clinics), named in lacking.items():
        for first in range(0, len(named), AT_ONCE):
            some = list(named.values())[first : first + AT_ONCE]
            with closing(store.cursor()) as cursor, followed(cursor, as_of, clinics, *(one.definition for one in some)):
                result = sql.run(
                    cursor, "cohort/procedure_by_definition",
                    definitions=listed(*(one.definition for one in some)), as_of=as_of,
                    clinics=None if clinics is None else list(clinics),
                )  # fmt: skip
                found = result.fetchnumpy()
            ends = np.searchsorted(found["place"], np.arange(1, len(some) + 2))
            for place, one in enumerate(some):
                procedures = np.unique(found["procedure"][ends[place] : ends[place + 1]].astype(np.uint64))
                memory.sets[_key(store, one)] = procedures


def near_a_cell(store: Store, views: Sequence[View], limit: int) -> bool:
    """Whether 1 to `limit` patients set one of these apart from a clinic, surgeon or month of the Clinics page."""
    definitions, clinics = [one.definition for one in views], views[0].clinics
    with closing(store.cursor()) as cursor, followed(cursor, views[0].as_of, clinics, *definitions):
        found = sql.rows(
            cursor, "cohort/near_by_definition",
            definitions=listed(*definitions), as_of=views[0].as_of, clinics=None if clinics is None else list(clinics),
            most=limit,
        )  # fmt: skip
    return bool(found)
