"""The worklist's lines within the filters: verdicts asked once a day and store, filters on the answer."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass

import pandas as pd

from plumbline import sql
from plumbline.web.ui import Context

MOST = 500
FILTERED = [
    "episode_id", "patient_id", "clinic_id", "surgeon", "place", "verdict", "verdict_rank", "raised_on", "rule",
    "searched", "amber_shown",
]


@dataclass(frozen=True)
class Asked:
    """What the worklist is filtered by; None is everything."""

    clinic_id: str | None
    surgeon: str | None
    find: str | None


def rows(ctx: Context, asked: Asked) -> pd.DataFrame:
    """The lines within the filters, worst first, each with the totals of all of them."""
    lines = ctx.ask("worklist/line_by_course", as_of=ctx.as_of, episode_id=None)
    with closing(ctx.cursor) as cursor:
        cursor.register("line", lines[FILTERED])
        found = sql.ask(
            cursor, "worklist/rows_by_course",
            clinic_id=asked.clinic_id, surgeon=asked.surgeon, find=asked.find, most=MOST,
        )
    return found.merge(lines, on="episode_id", how="left")
