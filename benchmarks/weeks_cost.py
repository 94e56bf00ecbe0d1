"""Quartiles by week from the cube, beside one raw scan of the scores and pandas and polars working them out of Parquet.

The Parquet file is made for them: only the daily values, each with its clinic, age and day, no join to do, no rule to
keep. polars is measured where it is installed.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pandas as pd

from plumbline.clinics.weeks import weeks, weeks_by_clinic_and_age
from plumbline.store import Store

_FILE = """
    copy (
        select
            clinic_id,
            (age // 10 * 10)::integer as age_from,
            unnest([v.day // 7 for v in daily_values])::integer as week,
            unnest([v.value for v in daily_values]) as value
        from episode_summary
        where performed_on is not null
    ) to '{path}' (format parquet, compression zstd)"""
PARTS = (0.25, 0.5, 0.75)
KEYS = ["clinic_id", "age_from", "week"]
Work = dict[str, Callable[[], Any]]


def work(store: Store, folder: Path) -> tuple[Work, Work]:
    """What is timed: of ours, to be run in rounds with a raw scan, and of the others, which take far longer."""
    cursor = store.cursor()
    path = folder / "daily.parquet"
    with closing(store.cursor()) as writing:
        writing.execute(_FILE.format(path=path))
    clinic = cursor.execute("select any_value(clinic_id) from episode_summary").fetchone()[0]
    ours: Work = {
        "one": lambda: weeks(cursor, [clinic]),
        "all": lambda: weeks_by_clinic_and_age(cursor, None),
    }
    others: Work = {
        "pandas_one": lambda: _pandas(path, ["week"], clinic),
        "pandas_all": lambda: _pandas(path, KEYS, None),
    }
    if find_spec("polars"):
        others |= {
            "polars_one": lambda: _polars(path, ["week"], clinic),
            "polars_all": lambda: _polars(path, KEYS, None),
        }
    return ours, others


def _pandas(path: Path, keys: list[str], clinic: str | None) -> pd.DataFrame:
    filters = None if clinic is None else [("clinic_id", "==", clinic)]
    frame = pd.read_parquet(path, columns=[*keys, "value"], filters=filters)
    return frame.groupby(keys, observed=True, dropna=False)["value"].quantile(list(PARTS)).unstack()


def _polars(path: Path, keys: list[str], clinic: str | None) -> Any:
    import polars as pl  # only where somebody has put it beside the rest

    lines = pl.scan_parquet(path)
    lines = lines if clinic is None else lines.filter(pl.col("clinic_id") == clinic)
    parts = [pl.col("value").quantile(part).alias(str(part)) for part in PARTS]
    return lines.group_by(keys).agg(pl.len(), *parts).sort(keys).collect()
