"""What a comparison of cohorts says, said once: the page, the commands and the report read it and work nothing out.

Every figure comes with its denominator and its interval. `None` in a count is a number that is hidden, or a figure that
can't be given; the row's `words` then say which. Values are in the instrument's unit; shares are 0 to 1; days are from
the procedure. `better`: 1 where the first group does better, -1 where the other does, 0 where neither does, whatever
the instrument's direction.

`Question.decimals` is how exactly a difference is said. `margin` and `tipping_margin` are None where no change that
matters is published: then nothing is "about the same". A difference isn't given at a visit where a group has too few
answers, or too few of those due: its `words` say which.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from plumbline.compare.trust import Answered, Balance, Check, Missing, Nonresponse, Unit


@dataclass(frozen=True)
class Question:
    """The main question, set before looking: which outcome, at which visit, as of which day."""

    instrument: str
    label: str  # "Back pain"
    unit: str  # of a difference: "points", "s"; "" for an index
    decimals: int  # of a difference
    is_lower_better: bool
    minimum: float
    maximum: float
    best_words: str
    worst_words: str
    visit: str  # "month_3"
    visit_label: str  # "3 months"
    from_day: int
    to_day: int
    milestone: str  # whose curve is drawn
    as_of: date
    known_at: datetime | None  # None: as it is known now
    margin: float | None  # under it a difference is too small to act on; None: no change that matters is published
    tipping_margin: float | None  # a difference that tips within this much hangs on the missing answers


@dataclass(frozen=True)
class Group:
    """One cohort of the comparison."""

    key: str  # "a", "b", "c", "d": in the order given; colour and shape go by it
    name: str  # as people call it
    said: str  # its filters in words; "no filters"
    digest: str  # of its definition
    version: int | None  # of a saved cohort
    episodes: int | None  # procedures in it
    shared: int | None  # procedures that are in another group, too, and are left out of both


@dataclass(frozen=True)
class CurvePoint:
    """How a group does at a visit whose window has closed, of those alive and taking part."""

    group: str
    visit: str
    visit_label: str
    place: int  # 0 for the baseline: visits stand evenly spaced
    answered: int | None
    due: int | None
    mean: float | None
    lower: float | None  # 95% interval of the mean
    upper: float | None
    q25: float | None
    median: float | None
    q75: float | None
    is_thin: bool  # fewer answered of those due than can be compared
    words: str  # "3 months: 3.1 (2.9 to 3.3), 319 of 395 answered"


@dataclass(frozen=True)
class BandPoint:
    """The middle half that is expected at a visit, from the published reference."""

    visit: str
    place: int
    low: float
    mid: float
    high: float


@dataclass(frozen=True)
class Published:
    """What a study found at a visit."""

    visit: str
    place: int
    mean: float
    study: str  # "EVOLVE 2019, n = 350"
    citation: str


@dataclass(frozen=True)
class Difference:
    """The first group minus another, adjusted and raw; one of the things that were looked at."""

    other: str  # the group's key
    kind: str  # "visit" or "share"
    what: str  # visit or share: "month_3", "improved"
    label: str  # "Back pain, 3 months"
    place: int  # on the axis of visits; -1 for a share
    estimate: float | None
    lower: float | None
    upper: float | None
    p: float | None
    p_counted: float | None  # Holm, over everything looked at
    raw_estimate: float | None
    raw_lower: float | None
    raw_upper: float | None
    raw_p: float | None
    n: int | None  # answers in the adjusted figure, both groups
    raw_n: int | None
    is_main: bool
    better: int
    words: str  # "1.2 points less (0.9 to 1.4)"; "hidden: under 5 patients"
    note: str  # what was not adjusted for, and why; "" where all was


@dataclass(frozen=True)
class Share:
    """How many of a group did well, or did badly, at the main visit."""

    group: str
    kind: str  # improved, comfortable, worse
    label: str  # "Improved (2 points and 30% less pain)"
    count: int | None
    measured: int | None  # able to be counted, with an answer in the window
    due: int | None
    eligible: int | None  # in the group, able to be counted
    estimate: float | None
    lower: float | None  # Wilson
    upper: float | None
    worst: float | None  # if every missing answer were bad
    best: float | None
    words: str  # "73%, 234 of 319"; "under 5 of 319 (hidden)"


@dataclass(frozen=True)
class Step:
    """A group's cumulative incidence of a milestone from a day on."""

    day: float
    estimate: float
    lower: float
    upper: float
    at_risk: int


@dataclass(frozen=True)
class Reached:
    """When a group reaches a milestone; death and re-operation compete."""

    group: str
    milestone: str
    label: str
    episodes: int | None  # in the risk set from day 0
    steps: tuple[Step, ...]  # to where fewer than ten are left at risk
    median_day: float | None  # by which half have reached it
    p80_day: float | None  # by which 8 in 10 have
    waiting: tuple[tuple[float, int | None], ...]  # day, still waiting: the row under the axis
    words: str


@dataclass(frozen=True)
class Verdict:
    """What it comes to, in plain words. Uncertain ones are as large as certain ones."""

    verdict: str  # of data/reference/comparison_verdict.csv
    headline: str
    sentence: str
    mark: str
    is_certain: bool


@dataclass(frozen=True)
class Comparison:
    """All of it. The first group is compared with each other one; the first two are the main question."""

    question: Question
    groups: tuple[Group, ...]  # two to four
    verdict: Verdict
    checks: tuple[Check, ...]
    curve: tuple[CurvePoint, ...]
    band: tuple[BandPoint, ...]
    published: tuple[Published, ...]
    differences: tuple[Difference, ...]  # everything looked at, the main one among them
    looked: str  # what counting them means, in one sentence
    shares: tuple[Share, ...]
    reached: tuple[Reached, ...]  # of the chosen milestone, a group each
    answered: tuple[Answered, ...]
    units: tuple[Unit, ...]
    balance: tuple[Balance, ...]
    nonresponse: tuple[Nonresponse, ...]
    missing: Missing
    notes: tuple[str, ...]  # what a reader must know: left out, not adjusted for, made up
