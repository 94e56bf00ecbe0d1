"""Which procedures there are to choose from, and which of them a cohort holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

import pandas as pd
import pyarrow as pa

from plumbline import sql
from plumbline.cohorts.definition import Definition
from plumbline.cohorts.filters import known

_FOLLOWED = pa.schema([("episode_id", pa.string()), ("is_complete", pa.bool_())])


@dataclass(frozen=True)
class Count:
    """How many are in a cohort. `unknown`: by filter, procedures left out as the answer to it isn't known.

    These are counts as they are: what is shown of them goes through `plumbline.cohorts.small`.
    """

    episodes: int
    patients: int
    unknown: tuple[tuple[str, int], ...]


def traits(cursor: Any, clinics: Sequence[str] | None = None) -> pd.DataFrame:
    """Every procedure by what it can be chosen by: the columns of `queries/cohort/trait_by_episode.sql`.

    `clinics`: those that may be seen; None for all.
    """
    return sql.ask(cursor, "cohort/trait_by_episode", clinics=_listed(clinics))


def members(cursor: Any, definition: Definition, as_of: date, clinics: Sequence[str] | None = None) -> pd.DataFrame:
    """The procedures of a cohort up to a day, with the columns of `traits`, by episode_id.

    The same definition on the same data gives the same rows. `clinics`: those that may be seen; None for all.
    """
    with followed(cursor, as_of, clinics, definition):
        return sql.ask(
            cursor, "cohort/member_by_episode", definitions=listed(definition), as_of=as_of, clinics=_listed(clinics)
        )


def episodes(
    cursor: Any, definitions: Sequence[Definition], as_of: date, clinics: Sequence[str] | None = None
) -> list[pd.DataFrame]:
    """The procedures of several cohorts, asked at once, by episode_id alone: a frame each, in the order given."""
    with followed(cursor, as_of, clinics, *definitions):
        found = sql.ask(
            cursor, "cohort/episode_by_definition",
            definitions=listed(*definitions), as_of=as_of, clinics=_listed(clinics),
        )  # fmt: skip
    ends = found["place"].searchsorted(range(1, len(definitions) + 2))
    return [found[["episode_id"]].iloc[first:last] for first, last in pairwise(ends)]


def count(cursor: Any, definition: Definition, as_of: date, clinics: Sequence[str] | None = None) -> Count:
    """How many procedures and patients a cohort holds, without fetching them; and who is left out as not known."""
    with followed(cursor, as_of, clinics, definition):
        (row,) = sql.rows(
            cursor, "cohort/count_of_cohort", definitions=listed(definition), as_of=as_of, clinics=_listed(clinics)
        )
    unknown = {one["filter"]: int(one["episodes"]) for one in row["unknown"]}
    order = [name for name in known() if name in unknown]
    return Count(int(row["episodes"]), int(row["patients"]), tuple((name, unknown[name]) for name in order))


@contextmanager
def followed(cursor: Any, as_of: date, clinics: Sequence[str] | None, *definitions: Definition) -> Iterator[None]:
    """The frame `followed` on a cursor: whose follow-up is complete; worked out only where a definition asks."""
    table: Any = _FOLLOWED.empty_table()
    if any(one.named("complete_follow_up") for one in definitions):
        table = sql.ask(cursor, "cohort/follow_up_by_episode", as_of=as_of, clinics=_listed(clinics), episode_id=None)
    cursor.register("followed", table)
    try:
        yield
    finally:
        cursor.unregister("followed")


def listed(*definitions: Definition) -> str:
    """Definitions as the queries take them: a JSON list."""
    return f"[{','.join(one.text for one in definitions)}]"


def _listed(clinics: Sequence[str] | None) -> list[str] | None:
    return None if clinics is None else list(clinics)
