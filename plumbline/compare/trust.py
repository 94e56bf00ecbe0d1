"""Can the comparison be trusted? Who answered, how alike the groups were, what the missing answers could change.

Words, units and `None` as in `model`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Answered:
    """Received of those due."""

    group: str
    visit: str
    visit_label: str
    place: int
    received: int | None
    due: int | None
    share: float | None
    lower: float | None
    upper: float | None
    is_thin: bool
    words: str


@dataclass(frozen=True)
class Unit:
    """Received of those due at one clinic, or of one surgeon, by visit."""

    group: str
    by: str  # clinic, surgeon
    unit: str
    name: str
    visit: str
    received: int | None
    due: int | None
    share: float | None
    is_thin: bool
    words: str


@dataclass(frozen=True)
class Balance:
    """How alike the first group and another were before the procedure."""

    other: str
    covariate: str
    label: str
    first: float | None
    second: float | None
    difference: float | None  # standardised
    lower: float | None
    upper: float | None
    is_apart: bool
    words: str  # "78.1 v 76.1"; "41% v 25%"
    first_n: int | None  # it is known of so many
    second_n: int | None


@dataclass(frozen=True)
class Nonresponse:
    """Who answered at the main visit against who didn't, by what was known before."""

    group: str
    covariate: str
    label: str
    answered: float | None
    silent: float | None
    difference: float | None  # standardised
    words: str
    answered_n: int | None  # it is known of so many
    silent_n: int | None


@dataclass(frozen=True)
class Tip:
    """The difference at the main visit if the first group's missing answers were so much worse than expected."""

    shift: float  # points worse (+) or better (-) than expected
    estimate: float
    lower: float
    upper: float


@dataclass(frozen=True)
class Missing:
    """Would the missing answers change it?"""

    missing: int | None
    due: int | None
    line: tuple[Tip, ...]
    tips_at: float | None  # where the interval first holds 0; None: not within the scale, or nothing to tip
    seen: float | None  # at their last visit: how much worse than those who answered, in the unit
    is_near: bool  # either group's tips within the margin
    words: str
    other_tips_at: float | None = None  # the same for the second group's missing answers


@dataclass(frozen=True)
class Check:
    """One of the four checks beside the verdict."""

    kind: str  # patients, answers, alike, missing
    is_met: bool
    mark: str  # "Yes", "Short of 80%", "Not quite", "Few"
    question: str  # "Enough patients?"
    words: str  # "319 and 1,011"
