"""What a comparison is worked out from: the procedures of each group, and what was answered of what was due.

Asked once; another visit, another milestone or another pair of groups is worked out from the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from plumbline import sql
from plumbline.compare import asking
from plumbline.compare.asking import KEYS, Ask, Chosen, Stop
from plumbline.compare.model import Group, Question

Marked = NDArray[np.bool_]
Values = NDArray[np.float64]


@dataclass(frozen=True)
class Gathered:
    """Frames and matrices with a row a procedure and a column a visit (by place).

    `people`: cohort (the group's key), episode_id, baseline (by the instrument asked about) and the columns of
    `compare/procedure_by_number`. `due`: alive, taking part, the window over. `value`: the answer in the instrument's
    unit, NaN where there is none. `covariates`: rows of case_mix. `instrument`: the row of
    `compare/instrument_of_question`.
    """

    ask: Ask
    question: Question
    instrument: dict[str, Any]
    settings: dict[str, float]
    visits: tuple[Stop, ...]
    covariates: tuple[dict[str, Any], ...]
    chosen: tuple[Chosen, ...]
    groups: tuple[Group, ...]
    people: pd.DataFrame
    due: Marked
    value: Values

    @property
    def place(self) -> int:
        """Of the visit that the main question is about."""
        return next(stop.place for stop in self.visits if stop.visit == self.question.visit)

    @property
    def sign(self) -> int:
        """1 where lower is better, else -1: times a rise, it says how much worse."""
        return 1 if self.question.is_lower_better else -1

    @cached_property
    def answered(self) -> Marked:
        """Which of those due answered."""
        return ~np.isnan(self.value)

    def rows(self, group: str) -> Marked:
        """Which rows are of a group."""
        return self._rows[group]

    @cached_property
    def _rows(self) -> dict[str, Marked]:
        return {group.key: np.asarray(self.people["cohort"] == group.key) for group in self.groups}

    def name(self, group: str) -> str:
        """What a group is called."""
        return self.groups[KEYS.index(group)].name

    def asked(self, visit: str, milestone: str) -> Gathered:
        """The same, asked about another visit and milestone. Raises NotFound."""
        ask = replace(self.ask, visit=visit, milestone=milestone)
        question = asking.question(ask, self.instrument, self.visits, self.settings)
        return replace(self, ask=ask, question=question)


def gather(cursor: Any, chosen: Sequence[Chosen], ask: Ask) -> Gathered:
    """Ask for everything that a comparison of two to four cohorts is worked out from.

    Raises NotFound for an unknown instrument or visit, PlumblineError for another number of cohorts.
    """
    asking.two_to_four(chosen)
    settings, visits = asking.values(cursor), asking.visits(cursor)
    instrument = asking.instrument(cursor, ask.instrument)
    question = asking.question(ask, instrument, visits, settings)
    people, groups = _people(cursor, chosen, ask)
    with registered(cursor, people):
        answers = sql.ask(cursor, "compare/answer_by_visit", as_of=ask.as_of, instrument=ask.instrument)
    due, value = _matrices(answers, len(people), len(visits))
    covariates = tuple(sql.rows(cursor, "compare/covariate_by_turn"))
    people["baseline"] = np.where(due[:, 0], value[:, 0], np.nan)
    return Gathered(
        ask, question, instrument, settings, visits, covariates, tuple(chosen), groups, people, due, value
    )  # fmt: skip


@contextmanager
def registered(cursor: Any, people: pd.DataFrame) -> Iterator[None]:
    """Give the procedures to queries as the frame `chosen`, for as long as they are asked."""
    cursor.register("chosen", people[["number", "episode_id"]])
    try:
        yield
    finally:
        cursor.unregister("chosen")


def _people(cursor: Any, chosen: Sequence[Chosen], ask: Ask) -> tuple[pd.DataFrame, tuple[Group, ...]]:
    """One row a procedure that is in one group alone, numbered; and the groups. Who is in two is left out of both."""
    parts = [
        pd.DataFrame({"cohort": key, "episode_id": cohort.members["episode_id"].astype(str)})
        for key, cohort in zip(KEYS, chosen, strict=False)
    ]
    stacked = _numbered(pd.concat(parts, ignore_index=True).drop_duplicates())
    with registered(cursor, stacked):
        clinics = None if ask.clinics is None else list(ask.clinics)
        found = sql.ask(cursor, "compare/procedure_by_number", as_of=ask.as_of, clinics=clinics)
    stacked = stacked.merge(found, on="number", validate="one_to_one")
    shared = stacked["episode_id"].duplicated(keep=False)
    groups = []
    for key, cohort in zip(KEYS, chosen, strict=False):
        of_it = stacked["cohort"] == key
        counts = int((of_it & ~shared).sum()), int((of_it & shared).sum())
        groups.append(Group(key, cohort.name, cohort.said, cohort.digest, cohort.version, *counts))
    return _numbered(stacked[~shared].drop(columns="number")), tuple(groups)


def _numbered(people: pd.DataFrame) -> pd.DataFrame:
    """In order of group and episode, so that the same cohorts give the same figures to the last digit."""
    people = people.sort_values(["cohort", "episode_id"], ignore_index=True)
    people.insert(0, "number", np.arange(len(people), dtype=np.int32))
    return people


def _matrices(answers: pd.DataFrame, rows: int, places: int) -> tuple[Marked, Values]:
    due, value = np.zeros((rows, places), dtype=np.bool_), np.full((rows, places), np.nan)
    at = answers["number"].to_numpy(), answers["place"].to_numpy()
    due[at] = True
    value[at] = answers["value"].to_numpy(dtype=np.float64, na_value=np.nan)
    return due, value
