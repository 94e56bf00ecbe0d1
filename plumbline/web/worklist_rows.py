"""The worklist's lines within the filters: read from the day's lines, which are made true first."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from plumbline import worklist
from plumbline.web.ui import Context

MOST, EVERYBODY = 100, 2**31 - 1


@dataclass(frozen=True)
class Asked:
    """What the worklist is filtered by; None is everything."""

    clinic_id: str | None
    surgeon: str | None
    find: str | None


def rows(ctx: Context, asked: Asked) -> pd.DataFrame:
    """The lines within the filters, worst first, each with the totals of all of them.

    Of each place and verdict the first are listed; the totals count all.
    """
    while True:
        ready = worklist.make_ready(ctx.store, ctx.as_of)
        is_deep = asked.surgeon is not None or asked.find is not None
        found = ctx.ask(
            "worklist/rows_by_course",
            as_of=ctx.as_of, clinic_id=asked.clinic_id, surgeon=asked.surgeon, find=asked.find, most=MOST,
            deepest=EVERYBODY if is_deep else MOST + ready.remade,
        )
        totals = ctx.ask(
            "worklist/total_by_verdict",
            as_of=ctx.as_of, clinic_id=asked.clinic_id, surgeon=asked.surgeon, find=asked.find,
        )
        if worklist.is_kept(ctx.store, ctx.as_of):
            return found.merge(totals, on="verdict", how="left")
