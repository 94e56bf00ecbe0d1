"""What a patient is shown about their own recovery, said once: three renderings read it and add no word of their own.

Every text is already in the language of `Progress.language`. A renderer draws and lays out; it decides nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Visit:
    """One own score, or a visit without any: a mark in the chart, a row in the table, a step of the walk."""

    key: str  # "v1": the row's anchor, to which the mark leads
    on: date | None
    day: int | None  # None: before the procedure
    when: str  # "Before", "Day 3", "2 weeks"
    value: int | None  # 0 to 10; None: no score
    band: str  # "no pain", "mild", "medium", "strong"; "no score"
    expected: str  # "0 to 5"; "to follow"; ""
    sentence: str  # "Day 14: pain 3. It was 8 before. We expect 0 to 5."
    at: float  # 0 to 1 along the axis: the square root of the day, after the slot of what was before
    is_latest: bool
    label: str  # what stands at the mark: "3", for the latest "Now 3" or "Last 3"; "" where marks stand close


@dataclass(frozen=True)
class Edge:
    """A day of the expected range: from `low` to `high`, on 0 to 10."""

    at: float
    low: int
    high: int


@dataclass(frozen=True)
class Tick:
    """A day that the axis names."""

    at: float
    label: str


@dataclass(frozen=True)
class Chart:
    """Own scores over time, in a picture and in a table."""

    heading: str  # "Your pain scores"
    up: str  # "Up means less pain: up is better."
    best: str  # "No pain"
    worst: str  # "Worst pain"
    expected: str  # the word in the range
    caption: str  # what the stripes are, and that early days are drawn wider
    table_heading: str
    columns: tuple[str, str, str]  # when, your pain, expected
    visits: tuple[Visit, ...]
    edges: tuple[Edge, ...]  # empty: comparison is off, or no range applies
    ticks: tuple[Tick, ...]
    no_score: str  # the legend of the hollow mark; "" where there is none
    description: str  # for whoever doesn't see it


@dataclass(frozen=True)
class Card:
    """What to do, or not to do, on this day."""

    card: str
    kind: str  # avoid, movement, posture, sleep, food, exercise, medicine, check_up, hold
    icon: str
    title: str
    text: str


@dataclass(frozen=True)
class Guidance:
    """The cards of today's phase, or why there are none."""

    heading: str  # "What to do now"
    phase: str  # "The second week"
    cards: tuple[Card, ...]
    instead: str  # why there are none: "" where there are


@dataclass(frozen=True)
class Step:
    """A milestone in plain words."""

    milestone: str
    text: str  # "A shower: day 2"; "A ten-minute walk: most people by about day 4"


@dataclass(frozen=True)
class Steps:
    """What was reached, and what comes next."""

    heading: str
    praise: str  # "Well done, Rosa."; "" while a flag waits for staff
    reached: tuple[Step, ...]
    ahead_heading: str
    ahead: tuple[Step, ...]
    ahead_note: str  # why none are told while a flag waits


@dataclass(frozen=True)
class Phone:
    """Whom to call."""

    label: str  # "Call the clinic 01632 960 142"
    number: str  # for tel:


@dataclass(frozen=True)
class Help:
    """When to call, and whom: on every page."""

    heading: str
    now_heading: str
    now: tuple[str, ...]
    emergency: Phone
    today_heading: str
    today: tuple[str, ...]
    clinic: Phone | None
    closed: str  # out of hours, in words
    out_of_hours: Phone | None
    watched: str  # "No one watches this page all day. Do not wait for a reply here."


@dataclass(frozen=True)
class Summary:
    """What is read first."""

    situation: str  # of data/reference/situation.csv
    headline: str
    lines: tuple[str, ...]
    before: tuple[int, str] | None  # 8, "strong, before"
    latest: tuple[int, str] | None  # 3, "mild, now"
    call: Phone | None  # a button that comes with the summary
    is_urgent: bool  # the help block comes first, and nothing else but own scores
    next_visit: str


@dataclass(frozen=True)
class Note:
    """A note that was written for the patient."""

    on: date
    text: str
    by: str


@dataclass(frozen=True)
class Progress:
    """All of it."""

    language: str
    direction: str  # ltr or rtl
    as_of: date
    hello: str
    when: str
    summary: Summary
    chart: Chart | None
    guidance: Guidance | None
    steps: Steps | None
    notes_heading: str
    notes: tuple[Note, ...]
    help: Help
    about_heading: str
    about: tuple[str, ...]  # data date, what this page is not, openings of the link, made-up patients
    words: dict[str, str]  # buttons: hide_range, show_range, paper, other language, leave, skip
