"""Definitions for random tests, and who is in a cohort worked out again in plain Python."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pandas as pd
from hypothesis import strategies as st

from plumbline.cohorts.filters import known

WORDS = {
    "clinic": ["demo-harbor", "demo-heath", "demo-ridge", "nowhere"],
    "surgeon": ["Dr Demo Elm", "Dr Demo Birch", "Dr Demo Oak", "Nobody"],
    "of_grade": ["OF1", "OF2", "OF3", "OF4"],
    "approach": ["transpedicular", "parapedicular"],
    "tag": ["trial", "private"],
}
SPANS = {"age": (50, 95), "level_count": (1, 3), "fracture_age": (0, 20), "baseline": (3, 10)}
COLUMNS = {
    "clinic": "clinic_id", "level": "levels", "region": "regions", "fracture_age": "fracture_weeks",
    "prior_fracture": "has_prior_fracture", "tag": "tags",
}  # fmt: skip


def values(name: str) -> st.SearchStrategy[Any]:
    """Sound values of one filter."""
    told = known()[name]
    if told.kind == "one_of":
        return st.lists(st.sampled_from(list(told.codes or WORDS[name])), min_size=1, max_size=4)
    if told.kind == "yes_no":
        return st.booleans()
    if told.kind == "dates":
        ends: st.SearchStrategy[Any] = st.integers(0, 800).map(lambda days: date(2024, 10, 1) + timedelta(days))
    else:
        ends = st.integers(*SPANS[name]) | st.floats(*SPANS[name], width=16)
    both = st.tuples(ends, ends).map(sorted).map(lambda pair: {"from": pair[0], "to": pair[1]})
    return both | ends.map(lambda end: {"from": end}) | ends.map(lambda end: {"to": end})


def filters(least: int = 0) -> st.SearchStrategy[dict[str, Any]]:
    """A few filters with sound values."""
    names = st.lists(st.sampled_from(list(known())), unique=True, min_size=least, max_size=4)
    return names.flatmap(lambda chosen: st.fixed_dictionaries({name: values(name) for name in chosen}))


def holds(row: dict[str, Any], told: dict[str, Any], complete: dict[str, bool]) -> bool | None:
    """Whether every filter holds for a procedure; None where that isn't known and none says no."""
    answers = [_answer(row, name, value, complete) for name, value in told.items()]
    return False if False in answers else None if None in answers else True


def _answer(row: dict[str, Any], name: str, value: Any, complete: dict[str, bool]) -> bool | None:
    if name == "complete_follow_up":
        found: Any = complete.get(row["episode_id"])
        return None if found is None else found is value
    found = row[COLUMNS.get(name, name)]
    if name in ("level", "region", "tag"):
        return None if not len(found) and name != "tag" else bool(set(found) & set(value))
    if pd.isna(found):
        return None
    if isinstance(value, bool):
        return bool(found) is value
    if isinstance(value, list):
        return found in value
    if name == "performed_on":
        found, value = found.date().isoformat(), {end: str(day) for end, day in value.items()}
    return bool(value.get("from", found) <= found <= value.get("to", found))
