"""Columns of a frame as arrays, whatever kind of numbers or words they hold; what can't be read is refused in words."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from plumbline.stats.errors import StatsError

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
_NUMBERS = {"integer", "floating", "decimal", "boolean", "mixed-integer-float"}


def column(frame: pd.DataFrame, name: Hashable) -> pd.Series[Any]:
    """The column of that name. Refuses what is no frame, and a name that the frame lacks or has twice."""
    if not isinstance(frame, pd.DataFrame):
        raise StatsError(f"A pandas DataFrame is needed, not {type(frame).__name__}.")
    if not isinstance(name, Hashable):
        raise StatsError(f"Give a column's name, not its values ({type(name).__name__}).")
    count = sum(one == name for one in frame.columns.tolist())
    if count != 1:
        held = ", ".join(str(one) for one in frame.columns)
        what = "no column" if count == 0 else "more than one column"
        raise StatsError(f"The frame has {what} {name!r}: give the name of one of its columns, which are {held}.")
    return frame[name]


def numbers(frame: pd.DataFrame, name: Hashable) -> Floats:
    """The column as floats, NaN where it is missing; true and false as 1 and 0. Refuses words, dates and infinity."""
    held = column(frame, name)
    missing = held.isna().to_numpy(dtype=bool)
    if _is_date(held):
        raise StatsError(f"Column {name!r} holds dates: give numbers, such as days.")
    if isinstance(held.dtype, np.dtype) and held.dtype.kind in "fiub":
        found = held.to_numpy(dtype=np.float64)
    else:
        try:
            found = np.array([np.nan if gone else float(one) for one, gone in zip(held, missing, strict=True)])
        except (TypeError, ValueError):
            raise StatsError(f"Column {name!r} holds something that is not a number: give numbers.") from None
        found = found.astype(np.float64)
    if np.isinf(found).any():
        raise StatsError(f"Column {name!r} holds infinity: leave those rows out, or mark them as missing.")
    return found


def _is_date(held: pd.Series[Any]) -> bool:
    return pd.api.types.is_datetime64_any_dtype(held) or pd.api.types.is_timedelta64_dtype(held)


def complete(frame: pd.DataFrame, name: Hashable) -> Floats:
    """As `numbers`, and refuses what is missing."""
    found = numbers(frame, name)
    if np.isnan(found).any():
        raise StatsError(f"Column {name!r} has missing values: leave those rows out first, and say how many they are.")
    return found


def flags(frame: pd.DataFrame, name: Hashable) -> Flags:
    """As `complete`, and refuses anything but true and false, or 1 and 0."""
    found = complete(frame, name)
    if not np.isin(found, (0, 1)).all():
        raise StatsError(f"Column {name!r} holds something else than true and false, or 1 and 0: give one of them.")
    return np.asarray(found == 1, dtype=bool)


def counts(frame: pd.DataFrame, name: Hashable) -> Floats:
    """As `complete`, and refuses what is no count: a fraction, or less than nought."""
    found = complete(frame, name)
    if (found < 0).any() or (found != np.round(found)).any():
        raise StatsError(f"Column {name!r} holds something that is no count: give whole numbers from 0.")
    return found


def is_number(held: pd.Series[Any]) -> bool:
    """Whether a column is read as numbers (true and false, too; dates, to be refused), or as words.

    A column of objects goes by what is known of it.
    """
    if isinstance(held.dtype, pd.CategoricalDtype):
        return False
    if pd.api.types.is_numeric_dtype(held) or _is_date(held):
        return True
    known = held.dropna()
    return len(known) > 0 and pd.api.types.infer_dtype(known) in _NUMBERS


def coded(frame: pd.DataFrame, name: Hashable) -> tuple[NDArray[np.intp], list[Any]]:
    """A column of groups as 0, 1, 2 … and its values in sort order (a category's own order); -1 where it is missing."""
    held = column(frame, name)
    try:
        codes, values = pd.factorize(held, sort=True)
    except TypeError:
        raise StatsError(f"Column {name!r} mixes kinds of values that have no order: give one kind.") from None
    found = list(values)
    if isinstance(held.dtype, pd.CategoricalDtype) and held.cat.ordered:
        order = [one for one in held.cat.categories if one in set(found)]
        codes = np.array([order.index(found[code]) if code >= 0 else -1 for code in codes], dtype=np.intp)
        found = order
    return codes, found


def two_groups(frame: pd.DataFrame, name: Hashable) -> tuple[NDArray[np.intp], list[Any]]:
    """As `coded`, and refuses anything but two groups without a missing value."""
    codes, values = coded(frame, name)
    if (codes < 0).any():
        raise StatsError(f"Column {name!r} has missing values: leave those rows out first.")
    if len(values) != 2:
        raise StatsError(f"Column {name!r} holds {len(values)} groups: keep the rows of the two that are compared.")
    return codes, values


def names(covariates: Sequence[Hashable] | None) -> list[Hashable]:
    """The names of covariates, each once; None is none. Refuses a bare text, which would be read letter by letter."""
    if isinstance(covariates, str):
        raise StatsError(f"Give covariates as a list: [{covariates!r}].")
    return [] if covariates is None else list(dict.fromkeys(covariates))


def number(given: object, what: str) -> float:
    """One finite number, of whatever type. Refuses anything else, and says what it was for."""
    try:
        found = float(given)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        found = np.nan
    if isinstance(given, str) or not np.isfinite(found):
        raise StatsError(f"Give {what} as a number, not {given!r}.")
    return found
