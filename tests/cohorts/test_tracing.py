"""Procedures are told apart by numbers: of other ids other numbers, whatever a clinic's ids look like."""

from __future__ import annotations

import duckdb
import numpy as np

from plumbline import sql
from plumbline.cohorts.tracing import patients


def test_ids_that_are_alike_are_not_taken_for_one() -> None:
    """DuckDB's own hash takes some of these for one another: P0001-t0003 for P0901-t0006."""
    with duckdb.connect() as cursor:
        cursor.execute(
            "create table episode_summary as select format('DEMO-P{:04d}-t{:04d}', a, b) as patient_id, "
            "format('demo-{:04d}-t{:04d}', a, b) as episode_id from range(1000) as one (a), range(20) as other (b)"
        )
        cursor.execute("create table chosen as select row_number() over () as number, episode_id from episode_summary")
        found = sql.run(cursor, "cohort/number_of_procedure").fetchnumpy()["procedure"].astype(np.uint64)
        (alike,) = cursor.execute("select count(distinct hash(patient_id)) from episode_summary").fetchone() or (0,)
    assert len(np.unique(found)) == 1000 * 20
    assert patients(np.unique(found)) == 1000 * 20
    assert alike < 1000 * 20, "DuckDB's hash is sound now: these ids test nothing"
