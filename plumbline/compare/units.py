"""Received of those due by clinic and by surgeon, alphabetically: nobody is ranked."""

from __future__ import annotations

import pandas as pd

from plumbline.compare import words
from plumbline.compare.gathering import Gathered
from plumbline.compare.trust import Unit

_BY = {"clinic": ("clinic_id", "clinic"), "surgeon": ("surgeon", "surgeon")}
UNKNOWN = "not recorded"


def of(known: Gathered) -> tuple[Unit, ...]:
    """A row for each group, clinic or surgeon, and visit at which any of theirs was due."""
    found: list[Unit] = []
    for group in known.groups:
        rows = known.rows(group.key)
        people = known.people[rows]
        due, received = known.due[rows], (known.due & known.answered)[rows]
        for by, (key, name) in _BY.items():
            keys = people[key].fillna(UNKNOWN).to_numpy()
            names = dict(zip(keys, people[name].fillna(UNKNOWN), strict=True))
            sums = (pd.DataFrame(part).groupby(keys).sum() for part in (received, due))
            found += _rows(known, group.key, by, names, *sums)
    return tuple(found)


def _rows(
    known: Gathered, group: str, by: str, names: dict[str, str], received: pd.DataFrame, due: pd.DataFrame
) -> list[Unit]:
    found = []
    for unit in sorted(names, key=lambda one: (names[one].casefold(), one)):
        for stop, have, asked in zip(
            known.visits, *(sums.loc[unit].to_numpy().tolist() for sums in (received, due)), strict=True
        ):
            if asked:
                said = f"{words.percent(have / asked)}, {have:,} of {asked:,}"
                thin = have < known.settings["thin_share"] * asked
                found.append(Unit(group, by, unit, names[unit], stop.visit, have, asked, have / asked, thin, said))
    return found
