"""Keep `episode_summary` true: one row a course, made anew for the patients whose facts have changed.

With it, in the same transaction, `score_cube`: what the patients had in it is taken off, what they have now is added.
"""

from __future__ import annotations

from typing import Any

from plumbline import sql

_AT_ONCE = 100_000  # patients, so that memory doesn't grow with an import


def refresh(
    cursor: Any, patient_ids: list[str] | None, *, scores_added: bool = False, has_placed: bool = False
) -> None:
    """Assign scores to courses and rebuild the summary of these patients (None: of all).

    Call it inside the writer's transaction, after the facts have changed. The worklist's lines of these patients
    become stale in the same transaction; whoever reads the worklist next has them made anew. Their flags
    become stale, too: `flag_runs.refresh` makes them anew before they are next read. `scores_added`: nothing else
    has changed than that there are more scores, which costs a third. `has_placed`: an import has put the scores of
    some (`import/make_placed`) into their courses.
    """
    if patient_ids is None:
        sql.run(cursor, "summary/touched_all")
        sql.run(cursor, "worklist/remove_days")
        sql.run(cursor, "cube/remove_all")
        sql.run(cursor, "cube/open_before")
        _rebuild(cursor, scores_added=scores_added)
        return
    for start in range(0, max(len(patient_ids), 1), _AT_ONCE):
        some = patient_ids[start : start + _AT_ONCE]
        if has_placed:
            sql.run(cursor, "summary/touched_unplaced", patient_ids=some)
            sql.run(cursor, "summary/assign_scores")
        sql.run(cursor, "summary/touched_some", patient_ids=some)
        sql.run(cursor, "worklist/add_stale")
        sql.run(cursor, "cube/keep_before")
        _rebuild(cursor, scores_added=scores_added, has_placed=has_placed)


def _rebuild(cursor: Any, *, scores_added: bool, has_placed: bool = False) -> None:
    if not has_placed:
        sql.run(cursor, "summary/assign_scores")
    if scores_added:
        sql.run(cursor, "summary/set_scores_of_touched")
    else:
        sql.run(cursor, "summary/remove_touched")
        sql.run(cursor, "summary/add_touched")
    sql.run(cursor, "cube/add_changes")
    sql.run(cursor, "flag/mark_stale")


def mark_lines(cursor: Any, patient_ids: list[str]) -> None:
    """Only the worklist's lines of these patients are to be made anew: their facts are as before."""
    sql.run(cursor, "summary/touched_some", patient_ids=patient_ids)
    sql.run(cursor, "worklist/add_stale")
