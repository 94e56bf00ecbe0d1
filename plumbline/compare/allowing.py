"""What a difference is adjusted for: the case mix, without what defines the groups or is known of too few."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from plumbline.compare import words
from plumbline.compare.asking import KEYS, Chosen
from plumbline.compare.gathering import Gathered, Marked
from plumbline.stats.adjusted import adjusters

_FILTER_OF = {"level": "region"}  # a filter that chooses by the same thing as another
GROUP, OUTCOME = "is_first", "outcome"
_WHY = {"the same in all rows": "the same in all", "told by the others": "told by the others", "tells the groups apart": "tells the groups apart"}


@dataclass(frozen=True)
class Allowed:
    """Columns of `people` to adjust for, and what isn't adjusted for with the reason: "" where all is."""

    covariates: tuple[str, ...]
    left_out: tuple[str, ...]

    @property
    def note(self) -> str:
        """In one sentence; "" where everything is adjusted for."""
        return f"Not adjusted for {words.joined(list(self.left_out))}." if self.left_out else ""


def differing(first: Chosen, other: Chosen) -> frozenset[str]:
    """The filters that two cohorts have differently: by them the groups are made, so nothing they tell is adjusted for."""
    one, two = dict(first.filters), dict(other.filters)
    names = {name for name in {*one, *two} if one.get(name) != two.get(name)}
    return frozenset(names | {_FILTER_OF[name] for name in names if name in _FILTER_OF})


def allowed(known: Gathered, other: str) -> Allowed:
    """What the first group and another are adjusted for, at every visit alike."""
    apart = differing(known.chosen[0], known.chosen[KEYS.index(other)])
    kept: list[str] = []
    left_out: list[str] = []
    pair = known.rows("a"), known.rows(other)
    for one in known.covariates:
        share = min(_known(known.people.loc[rows, one["covariate"]]) for rows in pair)
        if one["part_of"] in apart:
            left_out.append(f"{one['label'].lower()} (the groups differ by it)")
        elif share < known.settings["least_known"]:
            left_out.append(f"{one['label'].lower()} (known of {words.percent(share)} in a group)")
        else:
            kept.append(one["covariate"])
    labels = {one["covariate"]: one["label"].lower() for one in known.covariates}
    tried = frame(known, other, known.value[:, known.place], kept)
    if tried[OUTCOME].notna().sum() and tried[GROUP].nunique() == 2:
        told = adjusters(tried, OUTCOME, GROUP, None, kept)
        dropped: dict[Any, str] = dict(told["dropped"])  # type: ignore[arg-type]
        left_out += [f"{labels[name]} ({why})" for name, why in dropped.items()]
        kept = [name for name in kept if name not in dropped]
    return Allowed(tuple(kept), tuple(left_out))


def frame(known: Gathered, other: str, outcome: np.ndarray, covariates: list[str] | tuple[str, ...]) -> pd.DataFrame:
    """A row a procedure of the first group (1) and another (0) with an outcome: what a model is fitted to."""
    rows = (known.rows("a") | known.rows(other)) & ~np.isnan(outcome)
    found = known.people.loc[rows, list(covariates)].astype(np.float64)
    found[OUTCOME] = outcome[rows]
    found[GROUP] = known.rows("a")[rows].astype(np.float64)
    return found


def _known(column: pd.Series[Any]) -> float:
    return float(column.notna().mean()) if len(column) else 0.0


def pair(known: Gathered, other: str) -> tuple[Marked, Marked]:
    """The rows of the first group and of another."""
    return known.rows("a"), known.rows(other)
