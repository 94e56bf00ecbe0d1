"""How many answers would be enough to see a difference that is worth acting on."""

from __future__ import annotations

import math
from bisect import bisect_left

import numpy as np

from plumbline.compare import words
from plumbline.compare.gathering import Gathered

_FEWEST = 2  # of whom a spread can be known


def needed(known: Gathered) -> tuple[int, int] | None:
    """Answers of the first two groups, in the proportion they have now, that would find a difference of the margin.

    With the power and the level of comparison_value, by the two-sample t test on what is left of the spread beside the
    score before. None where no margin or no spread is known. Source: statsmodels TTestIndPower.
    """
    from statsmodels.stats.power import TTestIndPower

    margin, spread = known.question.margin, _spread(known)
    sizes = _sizes(known)
    if margin is None or not spread or min(sizes) == 0:
        return None
    ratio, effect = sizes[1] / sizes[0], margin / spread
    asked = {"alpha": known.settings["alpha"], "ratio": ratio}
    most = _FEWEST
    while TTestIndPower().power(effect, most, **asked) < known.settings["power"]:
        most *= 2
    least = bisect_left(
        range(_FEWEST, most), known.settings["power"], key=lambda size: TTestIndPower().power(effect, size, **asked)
    )
    first = _FEWEST + least
    return first, max(math.ceil(first * ratio), _FEWEST)


def _spread(known: Gathered) -> float | None:
    """The standard deviation of answers within the first two groups, given the score before where it is known."""
    left, freedom = 0.0, 0
    for group in known.groups[:2]:
        rows = known.rows(group.key) & known.answered[:, known.place]
        after = known.value[rows, known.place]
        before = known.people["baseline"].to_numpy(dtype=float)[rows]
        sure = ~np.isnan(before)
        after, before = (after[sure], before[sure]) if sure.sum() > 2 else (after, np.zeros(len(after)))
        terms = np.column_stack([np.ones(len(after)), before])
        fitted, *_ = np.linalg.lstsq(terms, after, rcond=None)
        left += float(((after - terms @ fitted) ** 2).sum())
        freedom += len(after) - 2
    return math.sqrt(left / freedom) if freedom > 0 and left > 0 else None


def are_there(known: Gathered, wanted: tuple[int, int]) -> bool:
    """Whether both groups have as many answers already."""
    return all(have >= want for have, want in zip(_sizes(known), wanted, strict=True))


def answers_needed(known: Gathered) -> str:
    """In one or two sentences, beside "cannot tell"."""
    wanted, margin = needed(known), known.question.margin
    if wanted is None or margin is None:
        return "More answers would narrow it."
    told, sizes = f"a difference of {words.limit(margin, known.question)}", _sizes(known)
    if are_there(known, wanted):
        return f"There are answers enough to find {told}; more would say on which side of it this one lies."
    names = [group.name for group in known.groups[:2]]
    return (
        f"About {wanted[0]:,} answers of {names[0]} and {wanted[1]:,} of {names[1]} would be enough to find {told}; "
        f"now there are {sizes[0]:,} and {sizes[1]:,}."
    )


def _sizes(known: Gathered) -> list[int]:
    return [int(known.answered[known.rows(group.key), known.place].sum()) for group in known.groups[:2]]
