"""Who answered, of those due: by clinic and visit, only windows that have closed."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from plumbline.clinics import hidden, words
from plumbline.clinics.model import Cell
from plumbline.visits import visit_words


def completeness(counts: pd.DataFrame, settings: Mapping[str, float]) -> tuple[Cell, ...]:
    """A cell for each clinic, in alphabetical order, and each visit at which somebody was due.

    `counts`: rows of clinics/count_by_month. Due: alive and taking part until the window closed. Under
    `settings["thin_share"]` a clinic isn't compared. Source: statistics 5.
    """
    if counts.empty:
        return ()
    summed = counts.groupby(["clinic_id", "visit"], as_index=False).agg(
        clinic=("clinic", "first"), label=("label", "first"), target_day=("target_day", "min"),
        received=("received", "sum"), due=("due", "sum"),
    )  # fmt: skip
    short = words.shortest(sorted(set(summed["clinic"])))
    places = {day: place for place, day in enumerate(sorted(set(summed["target_day"])))}
    order = summed.assign(name=summed["clinic"].map(short))
    order = order.sort_values(["name", "clinic_id", "target_day"], key=_folded)
    shown = hidden.of_parts(order["received"], order["due"], order["visit"], int(settings["hidden_inside"]))
    return tuple(
        _cell(row, places[row.target_day], *pair, settings)
        for row, pair in zip(order.itertuples(), shown, strict=True)
    )


def _folded(values: pd.Series) -> pd.Series:
    return values.str.casefold() if values.dtype == object else values


def _cell(
    row: object, place: int, shown: int | None, of: int | None, settings: Mapping[str, float]
) -> Cell:  # fmt: skip
    """`shown` of `of`: received and due, as they may be shown."""
    received, due = int(row.received), int(row.due)  # type: ignore[attr-defined]
    share = received / due
    is_thin = of is not None and share < settings["thin_share"]
    told = f"{row.name}, {visit_words(row.visit, row.label)}: "  # type: ignore[attr-defined]
    is_whole = shown is not None and of is not None
    if is_whole:
        told += f"{words.percent(share)}, {received:,} of {due:,} due"
    else:
        told += hidden.said(received, due, of, int(settings["hidden_inside"]))
    return Cell(
        row.clinic_id, row.name, row.visit, visit_words(row.visit, row.label), words.short(row.visit), place,  # type: ignore[attr-defined]
        shown, of, share if is_whole else None, is_thin, told + (", too few to compare" if is_thin else ""),
    )  # fmt: skip
