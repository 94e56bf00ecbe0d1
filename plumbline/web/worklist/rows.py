"""The worklist's lines within the filters: read from the day's lines, which are made true first."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pandas as pd
import pyarrow as pa

from plumbline import worklist
from plumbline.web.ui import Context

MOST, EVERYBODY = 100, 2**31 - 1
COLUMNS = (
    "state", "person", "because", "in_hand", "day", "recent", "last_value", "expected", "days_silent", "next_words",
    "clinic", "surgeon",
)


@dataclass(frozen=True)
class Asked:
    """What the worklist is filtered by; None is everything."""

    clinic_id: str | None
    surgeon: str | None
    find: str | None


@dataclass(frozen=True)
class Listed:
    """The lines of the chosen verdicts: the urgent ones, then everybody else as a table with the key of each row."""

    urgent: tuple[Any, ...]
    others: pa.Table
    keys: tuple[str, ...]
    left_out: int


@dataclass(frozen=True)
class Lines:
    """The lines within the filters, their totals and the number of each verdict; what is listed of them is kept."""

    frame: pd.DataFrame
    total: dict[str, Any]
    counts: dict[str, int]
    _listed: dict[tuple[tuple[str, ...], bool], Listed] = field(default_factory=dict)

    def listed(self, picked: list[str], *, searched: bool) -> Listed:
        """Those with the chosen verdicts; whoever is found is shown, whatever verdict was chosen before."""
        key = (tuple(picked), searched)
        if key not in self._listed:
            self._listed[key] = self._list(picked, searched)
        return self._listed[key]

    def _list(self, picked: list[str], searched: bool) -> Listed:
        rows = self.frame[self.frame["verdict"].isin(picked)]
        if not picked or (rows.empty and searched):
            rows = self.frame[self.frame["is_listed"]]
        urgent, others = rows[rows["place"] == "urgent"], rows[rows["place"] != "urgent"]
        columns = [name for name in COLUMNS if name != "in_hand" or others["in_hand"].notna().any()]
        return Listed(
            tuple(urgent.itertuples()),
            pa.Table.from_pandas(others[columns].reset_index(drop=True)),
            tuple(others["episode_key"]),
            int(rows.drop_duplicates("verdict")["verdict_total"].sum()) - len(rows),
        )


def _weight(made: Lines) -> int:
    return 2 * int(made.frame.memory_usage(deep=True).sum())  # itself, and what is listed of it


def lines(ctx: Context, asked: Asked) -> Lines:
    """The lines within the filters, worst first, each with the totals of all of them.

    Of each place and verdict the first are listed; the totals count all.
    """
    filters = {"clinic_id": asked.clinic_id, "surgeon": asked.surgeon, "find": asked.find}
    while True:
        ready = worklist.make_ready(ctx.store, ctx.as_of)
        is_deep = asked.surgeon is not None or asked.find is not None
        deepest = EVERYBODY if is_deep else MOST + ready.remade

        def make(deepest: int = deepest) -> Lines:
            clinic, surgeon, find = asked.clinic_id, asked.surgeon, asked.find
            found = ctx.ask(
                "worklist/rows_by_course",
                as_of=ctx.as_of, clinic_id=clinic, surgeon=surgeon, find=find, most=MOST, deepest=deepest,
            )  # fmt: skip
            if find is None:
                totals = ctx.ask("worklist/total_by_verdict", as_of=ctx.as_of, clinic_id=clinic, surgeon=surgeon)
            else:
                totals = ctx.ask(
                    "worklist/total_of_found", as_of=ctx.as_of, clinic_id=clinic, surgeon=surgeon, find=find
                )
            rows = found.merge(totals, on="verdict", how="left")
            total = {str(name): value for name, value in rows.iloc[0].items()} if len(rows) else {}
            return Lines(rows, total, dict(rows[["verdict", "verdict_total"]].itertuples(index=False)))

        kept = ctx.made("worklist/lines", make, _weight, as_of=ctx.as_of, most=MOST, deepest=deepest, **filters)
        if worklist.is_kept(ctx.store, ctx.as_of):
            return kept
