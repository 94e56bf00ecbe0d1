"""Is the store what it should be? What a constraint would have held, and whether what is made of facts is theirs."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from plumbline import audit, protocol, sql, summary, verify_reference
from plumbline.store import Store

MOST = 20


class _Unchanged(Exception):
    """Ends the transaction in which everything was made anew, so that nothing of it stays."""


def verify(store: Store) -> list[dict[str, Any]]:
    """What is wrong, one line a check that failed: `check`, `found` (how many) and `such_as` (up to twenty).

    Nothing is changed. Writing waits until it is done, as the summaries are made anew to compare them.
    """
    try:
        with store.write(quietly=True) as cursor:
            wrong = {check: look(cursor) for check, look in CHECKS.items()} | summaries(cursor)
            raise _Unchanged
    except _Unchanged:
        return [{"check": check, "found": len(rows), "such_as": rows[:MOST]} for check, rows in wrong.items() if rows]


def summaries(cursor: Any) -> dict[str, list[str]]:
    """The courses of scores, the summaries and the cube, compared with what is made anew, which the caller undoes."""
    sql.run(cursor, "verify/keep_summary")
    sql.run(cursor, "verify/keep_scores")
    sql.run(cursor, "verify/keep_cube")
    summary.refresh(cursor, None)
    return {
        "every score stands in its course": _said("verify/score_by_course", "score_id")(cursor),
        "the summaries are what the facts give": _said("verify/summary_by_difference", "episode_id")(cursor),
        "the cube is what the summaries give": _said("verify/cell_by_difference", "clinic_id", "instrument", "week")(
            cursor
        ),
    }


def _said(name: str, *columns: str, lacks: str = "", **params: Any) -> Callable[[Any], list[str]]:
    """A check that is one question: what it finds, in words. `lacks`: the column that says what isn't there."""

    def look(cursor: Any) -> list[str]:
        return [
            " ".join(str(row[column]) for column in columns) + (f" lacks {row[lacks]}" if lacks else "")
            for row in sql.rows(cursor, name, **params)
        ]

    return look


def _lines(cursor: Any) -> list[str]:
    found: list[str] = []
    for day in sql.rows(cursor, "worklist/day_by_date"):
        if day["is_ready"]:
            sql.run(cursor, "worklist/open_fresh")
            sql.run(cursor, "worklist/add_fresh_closed", as_of=day["as_of"], episode_id=None)
            sql.run(cursor, "worklist/narrow_to_open")
            sql.run(cursor, "worklist/add_fresh_lines", as_of=day["as_of"], episode_id=None)
            sql.run(cursor, "worklist/widen")
            rows = sql.rows(cursor, "verify/line_by_difference", as_of=day["as_of"])
            found += [f"{day['as_of']} {row['episode_id']}" for row in rows]
    return found


_lacking = partial(_said, lacks="lacks")
CHECKS: dict[str, Callable[[Any], list[str]]] = {
    "one current row for each key": _said("verify/repeat_by_table", "kind", "fact_key"),
    "every table has its grain": _said("verify/repeat_by_row", "table_name", "row_key"),
    "every fact has its patient and its episode": _lacking("verify/orphan_by_table", "kind", "fact_id"),
    "every fact has its import and what it took the place of": _lacking(
        "verify/orphan_by_row", "table_name", "row_id"
    ),
    "every row has what it speaks of": _lacking("verify/orphan_of_rest", "table_name", "row_key"),
    "every word is one of its set": _said("verify/unknown_by_row", "table_name", "row_id", "word"),
    "the counts of every import add up": _said("verify/count_by_batch", "batch_id"),
    "the rules are those of data/reference": verify_reference.tables_that_differ,
    "the schema is the one of data/schema": verify_reference.steps_that_differ,
    "the expected band is what the curves give": verify_reference.band_differs,
    "every saved mapping says what it said": verify_reference.mappings_that_differ,
    "every cohort says what it said": verify_reference.cohorts_that_differ,
    "the record is as it was written": audit.faults,
    "every signature is of what its timeline says": protocol.lapsed,
    "every score is what its items give": _said("verify/score_by_items", "score_id"),
    "the flags are what the facts give": _said("verify/flag_by_difference", "episode_id", patient_ids=None),
    "the worklist's counts are those of its lines": _said(
        "verify/count_by_difference", "as_of", "clinic_id", "verdict"
    ),
    "the worklist's lines are what the facts give": _lines,
}
"""Each check but those of the summaries, which come last as they make everything anew."""
