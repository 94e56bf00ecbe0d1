"""Milestones around their expected day: reached, asked about too early, late, or never asked about."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from plumbline.demo.book import Book
from plumbline.demo.medicines import Opioid
from plumbline.demo.people import Episode, Person
from plumbline.store import reference_frame

_ASKED_AT = (7, 14, 42, 90, 180)
_NOT_FOR_ALL = {
    "driving": 0.45,
    "desk_work": 0.78,
    "strengthening": 0.2,
    "low_impact": 0.25,
    "tug_norm": 0.3,
    "physio_started": 0.15,
}


@dataclass(frozen=True)
class _Milestone:
    name: str
    earliest: int
    expected: int
    late: int


@cache
def _timeline() -> tuple[_Milestone, ...]:
    frame = reference_frame("milestone")
    frame = frame[frame["timeline_version"] == frame["timeline_version"].min()]
    days = ("earliest_day", "expected_day", "late_day")
    return tuple(_Milestone(str(row["milestone"]), *(int(row[day]) for day in days)) for _, row in frame.iterrows())


def _reached(person: Person, episode: Episode, milestone: _Milestone, pace: float, opioid: Opioid | None) -> int:
    """The day on which the patient really got there."""
    if milestone.name == "off_opioids":
        if opioid is None:
            return 0
        return opioid.stopped_day if opioid.stopped_day is not None else 10_000
    rng = person.rng
    slips = rng.lognormal(0.0, 0.28) if rng.random() < 0.93 else rng.lognormal(0.9, 0.4)
    day = round(milestone.expected * pace * float(slips) + (rng.random() < 0.06 * pace))
    if milestone.name == "home":
        return (episode.left_on - episode.performed.date()).days
    early = milestone.earliest - (2 if rng.random() < 0.02 else 0)
    return max(early, day)


def write(book: Book, person: Person, episode: Episode, opioid: Opioid | None) -> dict[str, int]:
    """Write the milestone rows; returns the true day of each one that a step or the end did not prevent."""
    rng, course = person.rng, episode.course
    pace = {"quick": 0.92, "gradual": 1.12, "poor": 1.75}[course.group] * float(rng.lognormal(0, 0.1))
    keen = float(rng.choice((0.0, 0.55, 0.9), p=(0.12, 0.33, 0.55))) if person.case.name != "shown first" else 1.0
    last = min(course.ends, (person.cutoff.date() - episode.performed.date()).days - 1)
    stop = course.step.day if course.step is not None else 10_000
    truth: dict[str, int] = {}
    for milestone in _timeline():
        day = _reached(person, episode, milestone, pace, opioid)
        asked, never, by = (
            rng.random() < keen,
            rng.random() < _NOT_FOR_ALL.get(milestone.name, 0.0),
            rng.random(),
        )
        cells = {"episode_id": episode.episode_id, "milestone": milestone.name}
        reporter = "test" if milestone.name == "tug_norm" else "patient" if by < 0.7 else "clinician"
        if day < stop:
            truth[milestone.name] = day
        if not asked or last < 0:
            continue
        if never and milestone.name in _NOT_FOR_ALL:
            if last >= 14:
                status = "unable_before_fracture" if by < 0.25 else "not_applicable"
                book.add("milestones", **cells, status=status, on=episode.on(14), reported_by=reporter)
            continue
        for visit in _ASKED_AT:
            if milestone.expected <= visit < min(day, last + 1) and visit <= 2 * milestone.late + 14:
                status = "unable" if course.group == "poor" and by > 0.9 else "not_yet"
                book.add("milestones", **cells, status=status, on=episode.on(visit), reported_by=reporter)
        if day < stop and day <= last:
            book.add("milestones", **cells, status="achieved", on=episode.on(day), reported_by=reporter)
    return truth
