"""What a difference is adjusted for: the case mix, without what defines the groups or is known of too few."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from plumbline.compare import words
from plumbline.compare.asking import KEYS, Chosen
from plumbline.compare.gathering import Gathered, Marked, Values
from plumbline.stats import adjusters

GROUP, OUTCOME = "is_first", "outcome"
_FILTER_OF = {"level": "region"}  # a filter that chooses by the same thing as another


@dataclass(frozen=True)
class Allowed:
    """Columns of `people` to adjust for, and what isn't adjusted for, each with its reason."""

    covariates: tuple[str, ...]
    left_out: tuple[str, ...]

    @property
    def note(self) -> str:
        """In one sentence; "" where everything is adjusted for."""
        return f"Not adjusted for {words.joined(self.left_out)}." if self.left_out else ""


def differing(first: Chosen, other: Chosen) -> frozenset[str]:
    """The filters that two cohorts have differently: what makes the groups is not adjusted for."""
    one, two = dict(first.filters), dict(other.filters)
    names = {name for name in {*one, *two} if one.get(name) != two.get(name)}
    return frozenset(names | {_FILTER_OF[name] for name in names if name in _FILTER_OF})


def allowed(known: Gathered, other: str) -> Allowed:
    """What the first group and another are adjusted for, at every visit alike.

    Left out is what the groups are chosen by, what too few are known by (least_known), and, at the main visit, what
    is the same in all, told by the others, or tells the groups apart.
    """
    apart = differing(known.chosen[0], known.chosen[KEYS.index(other)])
    kept: list[str] = []
    why: dict[str, str] = {}
    sides = pair(known, other)
    for one in known.covariates:
        share = min(_known(known.people.loc[rows, one["covariate"]]) for rows in sides)
        if one["part_of"] in apart:
            why[one["covariate"]] = "the groups differ by it"
        elif share < known.settings["least_known"]:
            why[one["covariate"]] = f"known of {words.percent(share)} in a group"
        else:
            kept.append(one["covariate"])
    data = frame(known, other, known.value[:, known.place], kept).dropna()
    if data[GROUP].nunique() == len(sides):
        dropped = adjusters(data, OUTCOME, GROUP, None, kept)["dropped"]
        assert isinstance(dropped, dict)  # its other key holds a list
        why |= {str(name): told for name, told in dropped.items()}
    labels = {one["covariate"]: words.lowered(label(known, one)) for one in known.covariates}
    left_out = tuple(f"{labels[name]} ({why[name]})" for name in labels if name in why)
    return Allowed(tuple(name for name in kept if name not in why), left_out)


def frame(known: Gathered, other: str, outcome: Values, covariates: Sequence[str]) -> pd.DataFrame:
    """A row a procedure of the first group (1) and another (0) with an outcome: what a model is fitted to."""
    rows = np.logical_or(*pair(known, other)) & ~np.isnan(outcome)
    found: pd.DataFrame = known.people.loc[rows, list(covariates)].astype(np.float64)
    return found.assign(**{OUTCOME: outcome[rows], GROUP: known.rows("a")[rows].astype(np.float64)})


def _known(column: pd.Series[Any]) -> float:
    return float(column.notna().mean()) if len(column) else 0.0


def pair(known: Gathered, other: str) -> tuple[Marked, Marked]:
    """The rows of the first group and of another."""
    return known.rows("a"), known.rows(other)


def label(known: Gathered, one: dict[str, Any]) -> str:
    """A covariate in words; the score before by the name of the instrument that is asked about."""
    return f"{known.question.label} before" if one["covariate"] == "baseline" else str(one["label"])
