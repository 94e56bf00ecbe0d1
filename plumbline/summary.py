"""Keep `episode_summary` true: one row a course, made anew for the patients whose facts have changed."""

from __future__ import annotations

from typing import Any

from plumbline import sql


def refresh(cursor: Any, patient_ids: list[str] | None) -> None:
    """Assign scores to courses and rebuild the summary of these patients (None: of all).

    Call it inside the writer's transaction, after the facts have changed. Their flags, which take longer, are only
    marked as stale: `flags.refresh` makes them anew before they are next read.
    """
    if patient_ids is None:
        sql.run(cursor, "summary/touched_all")
    else:
        sql.run(cursor, "summary/touched_some", patient_ids=patient_ids)
    sql.run(cursor, "summary/assign_scores")
    sql.run(cursor, "summary/remove_touched")
    sql.run(cursor, "summary/add_touched")
    sql.run(cursor, "flag/mark_stale")
