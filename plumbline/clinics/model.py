"""What the Clinics page says, said once: the page, its charts, tables and lists read it and work nothing out.

Every figure comes with its denominator and its interval. `None` in a count is a number that is hidden, or a figure that
can't be given; `words` then say which. Shares are 0 to 1, scores in the instrument's unit. Units (clinics or surgeons)
are in alphabetical order, and nothing here ranks them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple


@dataclass(frozen=True)
class View:
    """What is looked at."""

    measure: str  # improved, comfortable, worse: shares; mean: of the score
    by: str  # clinic, surgeon
    visit: str  # "month_3"
    is_adjusted: bool  # observed over expected, by the case mix


@dataclass(frozen=True)
class Measure:
    """What is measured, in words."""

    measure: str
    label: str  # "Improved"
    told: str  # "were improved by 2 points and 30%"
    counted: str  # the column of those who can be counted
    more: str  # "more improved": a value above the line
    fewer: str
    is_share: bool
    is_more_better: bool


@dataclass(frozen=True)
class Point:
    """One clinic or surgeon in the funnel."""

    unit: str
    name: str
    answered: int | None  # who can be counted
    due: int | None
    received: int | None  # answers, of those due
    count: int | None  # of a share
    value: float | None  # on the axis; adjusted where the view is
    least: float | None  # of a hidden one: somewhere from here
    most: float | None  # to here
    raw: float | None  # as measured
    state: str  # as_expected, look, stands_out, thin, empty
    side: str  # above, below the line; "" where neither
    is_hidden: bool
    words: str  # "Harbour: 73%, 234 of 319 (more improved: stands out)"


@dataclass(frozen=True)
class Limit:
    """What luck alone allows at a number of answers."""

    answered: float
    lower95: float
    upper95: float
    lower998: float
    upper998: float


@dataclass(frozen=True)
class Funnel:
    """Clinics or surgeons against what luck allows."""

    view: View
    measure: Measure
    visit_label: str  # "3 months"
    centre: float | None  # of those judged
    points: tuple[Point, ...]
    limits: tuple[Limit, ...]
    headline: str
    sentence: str
    doubt: str  # who can't be judged, what is hidden; ""
    reading: tuple[str, ...]  # how to read it: spread between clinics, luck, what is left out
    case_mix: str  # what was allowed for, and how well it is calibrated; "" as measured


@dataclass(frozen=True)
class Month:
    """One point of a control chart: a month of procedures; of a g chart, one event and the answers before it."""

    month_on: date | None  # None of a g chart's: a month would tell how few of it did so
    place: int
    answered: int | None
    value: float | None
    least: float | None  # of a hidden one: somewhere from here
    most: float | None  # to here
    lower: float | None
    upper: float | None
    centre: float | None
    signal: str  # "", outside, run
    is_open: bool  # the follow-up of somebody treated then may still come: not judged
    is_baseline: bool
    words: str


@dataclass(frozen=True)
class Control:
    """One clinic, one surgeon or all, month by month."""

    kind: str  # p, xmr, g
    title: str
    what: str  # what the axis shows
    more: str  # a value above the line, in words
    fewer: str
    is_more_better: bool
    months: tuple[Month, ...]
    sentence: str
    is_provisional: bool
    is_judged: bool  # there are enough closed months for a line


@dataclass(frozen=True)
class Cell:
    """Received of those due, at one clinic's visit."""

    unit: str
    name: str
    visit: str
    visit_label: str
    short_label: str
    place: int
    received: int | None
    due: int | None
    share: float | None
    is_thin: bool
    words: str


@dataclass(frozen=True)
class Rate:
    """New fractures of one clinic; of all where `unit` is empty."""

    unit: str
    name: str
    procedures: int | None  # each is followed on its own, up to the patient's next one: no day counts twice
    events: int | None
    years: float  # patient-years of follow-up
    rate: float | None  # per 100 patient-years
    lower: float | None  # exact
    upper: float | None
    by_year: float | None  # cumulative incidence at one year, death competing
    by_year_lower: float | None
    by_year_upper: float | None
    words: str


@dataclass(frozen=True)
class Waited:
    """How long the flags of one clinic waited, in hours; what still waits counts as waiting."""

    unit: str
    name: str
    stage: str  # seen: from raised; acted: from seen
    flags: int | None
    done: int | None
    first: float | None  # by when a quarter was
    half: float | None
    third: float | None  # by when three quarters were; None: that many are not, or it can't be told
    lasted: str  # "8 h (6 h to 2 days)"
    counted: str  # "17 of 40"
    words: str


class Week(NamedTuple):
    """How the scores of a week after the procedure stand; only weeks that may be shown."""

    part: str  # "all", or "one": the clinic that is looked at
    name: str
    week: int  # from 0, which is days 0 to 6
    courses: int
    scores: int
    low: float  # the middle half, in the instrument's unit
    mid: float  # half are at or below
    high: float
    words: str
