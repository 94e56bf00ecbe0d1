"""Keep `episode_summary` true: one row a course, made anew for the patients whose facts have changed."""

from __future__ import annotations

from typing import Any

from plumbline import sql


def refresh(cursor: Any, patient_ids: list[str] | None, *, scores_added: bool = False) -> None:
    """Assign scores to courses and rebuild the summary of these patients (None: of all).

    Call it inside the writer's transaction, after the facts have changed. The worklist's lines of these patients
    become stale in the same transaction; whoever reads the worklist next has them made anew. Their flags
    become stale, too: `flag_runs.refresh` makes them anew before they are next read. `scores_added`: nothing else
    has changed than that there are more scores, which costs a third.
    """
    if patient_ids is None:
        sql.run(cursor, "summary/touched_all")
        sql.run(cursor, "worklist/remove_days")
    else:
        sql.run(cursor, "summary/touched_some", patient_ids=patient_ids)
        sql.run(cursor, "worklist/add_stale")
    sql.run(cursor, "summary/assign_scores")
    if scores_added:
        sql.run(cursor, "summary/set_scores_of_touched")
    else:
        sql.run(cursor, "summary/remove_touched")
        sql.run(cursor, "summary/add_touched")
    sql.run(cursor, "flag/mark_stale")


def mark_lines(cursor: Any, patient_ids: list[str]) -> None:
    """Only the worklist's lines of these patients are to be made anew: their facts are as before."""
    sql.run(cursor, "summary/touched_some", patient_ids=patient_ids)
    sql.run(cursor, "worklist/add_stale")
