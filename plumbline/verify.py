"""Is the store what it should be? What a constraint would have held, and whether the summaries are the facts'."""

from __future__ import annotations

from typing import Any

from plumbline import sql, summary
from plumbline.store import Store

MOST = 20


class _Unchanged(Exception):
    """Ends the transaction in which everything was made anew, so that nothing of it stays."""


def verify(store: Store) -> list[dict[str, Any]]:
    """What is wrong, one line a check that failed: `check`, `found` (how many) and `such_as` (up to twenty).

    Nothing is changed. Writing waits until it is done, as the summaries are made anew to compare them.
    """
    found: list[dict[str, Any]] = []
    try:
        with store.write(quietly=True) as cursor:
            repeats = sql.rows(cursor, "verify/repeat_by_table")
            _add(found, "one current row for each key", [f"{row['kind']} {row['fact_key']}" for row in repeats])
            orphans = sql.rows(cursor, "verify/orphan_by_table")
            _add(
                found,
                "every fact has its patient and its episode",
                [f"{row['kind']} {row['fact_id']} lacks {row['lacks']}" for row in orphans],
            )
            flags = sql.rows(cursor, "verify/flag_by_difference", patient_ids=None)
            _add(found, "the flags are what the facts give", [row["episode_id"] for row in flags])
            sql.run(cursor, "verify/keep_summary")
            sql.run(cursor, "verify/keep_scores")
            summary.refresh(cursor, None)
            scores = sql.rows(cursor, "verify/score_by_course")
            _add(found, "every score stands in its course", [row["score_id"] for row in scores])
            courses = sql.rows(cursor, "verify/summary_by_difference")
            _add(found, "the summaries are what the facts give", [row["episode_id"] for row in courses])
            raise _Unchanged
    except _Unchanged:
        return found


def _add(found: list[dict[str, Any]], check: str, wrong: list[str]) -> None:
    if wrong:
        found.append({"check": check, "found": len(wrong), "such_as": wrong[:MOST]})
