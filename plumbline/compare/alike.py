"""How alike the groups were before the procedure, and those who answered to those who didn't."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd

from plumbline.compare import allowing, words
from plumbline.compare.gathering import Gathered, Marked
from plumbline.compare.trust import Balance, Nonresponse
from plumbline.stats import StatsError, balance

Row = dict[str, float | None]
_SIDE = "side"


def of_groups(known: Gathered) -> tuple[Balance, ...]:
    """The first group against each other one, a row a covariate: what defines the groups, too."""
    found = []
    for group in known.groups[1:]:
        for one, row in _compared(known, known.rows(group.key), known.rows("a")):
            found.append(_balance(known, group.key, one, row))
    return tuple(found)


def _balance(known: Gathered, other: str, one: dict[str, Any], row: Row) -> Balance:
    apart, label = row["difference"], allowing.label(known, one)
    is_apart = apart is not None and abs(apart) > known.settings["smd_apart"]
    return Balance(
        other, one["covariate"], label, row["second"], row["first"],
        _finite(apart), row["lower"], row["upper"], is_apart, _said(one, row), *_known(row),
    )  # fmt: skip


def of_answers(known: Gathered) -> tuple[Nonresponse, ...]:
    """Of each group, who answered at the main visit against who was due and didn't, by what was known before."""
    found = []
    answered = known.answered[:, known.place]
    for group in known.groups:
        due = known.rows(group.key) & known.due[:, known.place]
        if not due.any():
            continue
        for one, row in _compared(known, due & ~answered, due & answered):
            label, values = allowing.label(known, one), (row["second"], row["first"], _finite(row["difference"]))
            found.append(Nonresponse(group.key, one["covariate"], label, *values, _said(one, row), *_known(row)))
    return tuple(found)


def _known(row: Row) -> tuple[int, int]:
    """Of how many of either side a covariate is known: the second, then the first, as figures are given."""
    return int(row["second_n"] or 0), int(row["first_n"] or 0)


def _finite(apart: float | None) -> float | None:
    return None if apart is None or math.isinf(apart) else apart


def _said(one: dict[str, Any], row: Row) -> str:
    return f"{_value(one, row['second'])} v {_value(one, row['first'])}"


def _compared(known: Gathered, first: Marked, second: Marked) -> list[tuple[dict[str, Any], Row]]:
    """Each covariate with its row of `plumbline.stats.balance`, second minus first; None for what can't be said."""
    names = [one["covariate"] for one in known.covariates]
    data = known.people.loc[first | second, names].astype(np.float64)
    data[_SIDE] = second[first | second].astype(np.float64)
    try:
        told = balance(data, _SIDE, names)
    except StatsError:  # nobody on one side
        told = pd.DataFrame({"covariate": names, "first": np.nan, "second": np.nan, "difference": np.nan})
        for side, rows_of in (("first", first), ("second", second)):
            told[side] = [_mean(known.people.loc[rows_of, name]) for name in names]
            told[f"{side}_n"] = [int(known.people.loc[rows_of, name].notna().sum()) for name in names]
        told = told.assign(lower=np.nan, upper=np.nan)
    rows = {row["covariate"]: row for row in told.to_dict("records")}
    columns = ("first", "second", "first_n", "second_n", "difference", "lower", "upper")
    return [(one, {name: _sure(rows[one["covariate"]][name]) for name in columns}) for one in known.covariates]


def _mean(column: pd.Series[Any]) -> float:
    return float(column.mean()) if column.notna().any() else math.nan


def _sure(value: float) -> float | None:
    return None if math.isnan(value) else float(value)


def _value(one: dict[str, Any], value: float | None) -> str:
    if value is None:
        return "not known"
    return words.percent(value) if one["kind"] == "share" else words.number(value, 1)
