"""Keep `episode_summary` true: one row a course, made anew for the patients whose facts have changed."""

from __future__ import annotations

from typing import Any

from plumbline import sql


def refresh(cursor: Any, patient_ids: list[str] | None, *, scores_only: bool = False) -> None:
    """Assign scores to courses and rebuild the summary of these patients (None: of all).

    Call it inside the writer's transaction, after the facts have changed. The worklist's lines of these patients
    become stale in the same transaction; whoever reads the worklist next has them made anew. Their flags
    become stale, too: `flag_runs.refresh` makes them anew before they are next read. `scores_only`: no other kind of
    fact has changed, which costs half as much.
    """
    if patient_ids is None:
        sql.run(cursor, "summary/touched_all")
        sql.run(cursor, "worklist/remove_days")
    else:
        sql.run(cursor, "summary/touched_some", patient_ids=patient_ids)
        sql.run(cursor, "worklist/add_stale")
    sql.run(cursor, "summary/assign_scores")
    if scores_only:
        sql.run(cursor, "summary/set_scores_of_touched")
    else:
        sql.run(cursor, "summary/remove_touched")
        sql.run(cursor, "summary/add_touched")
    sql.run(cursor, "flag/mark_stale")


def mark_lines(cursor: Any, patient_ids: list[str]) -> None:
    """Only the worklist's lines of these patients are to be made anew: their facts are as before."""
    sql.run(cursor, "summary/touched_some", patient_ids=patient_ids)
    sql.run(cursor, "worklist/add_stale")
