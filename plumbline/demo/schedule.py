"""When scores come in: visits late and irregular, diaries with gaps, hospital scores to the minute."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from plumbline.demo.people import Episode, Person

VISITS = (1, 7, 14, 42, 90, 180, 365, 730)
_HOURS = (1, 2, 4, 6, 9, 13, 20, 26, 34, 46, 58, 70)


@dataclass(frozen=True)
class Moment:
    """One time at which the patient is asked: `day` with its fraction, what stands in the file, and why."""

    day: float
    text: str
    occasion: str
    visit: int | None = None
    context: str | None = None


def _dated(person: Person, episode: Episode, day: int, occasion: str, visit: int | None) -> Moment:
    return Moment(day + 0.5, episode.on(day).isoformat(), occasion, visit)


def _timed(
    person: Person,
    episode: Episode,
    hours: float,
    occasion: str,
    visit: int | None = None,
    context: str | None = None,
) -> Moment:
    at = episode.performed + timedelta(minutes=round(hours * 60))
    return Moment(hours / 24, person.clinic.text(at), occasion, visit, context)


def _at_clock(
    person: Person, episode: Episode, day: int, minute: int, occasion: str, visit: int | None = None
) -> Moment:
    """On day N at a time of day, minutes after midnight."""
    started = episode.performed.hour * 60 + episode.performed.minute
    return _timed(person, episode, day * 24 + (minute - started) / 60, occasion, visit)


def before(person: Person, episode: Episode) -> list[Moment]:
    """The baseline: days before, or on the day itself before the procedure; sometimes too old or none."""
    rng, way = person.rng, float(person.rng.random())
    if person.case.baseline is True:
        way = 0.5
    if person.case.baseline is False or way < 0.04:
        return []
    if way < 0.07:
        return [_dated(person, episode, -int(rng.integers(33, 70)), "visit", 0)]
    found = [_dated(person, episode, -int(1 + min(rng.gamma(1.6, 3.5), 27)), "visit", 0)]
    if way > 0.8:
        found.append(_timed(person, episode, -float(rng.uniform(0.5, 1.7)), "hospital", 0, "before"))
    return found


def visits(person: Person, episode: Episode) -> list[Moment]:
    """The usual visits, most of them late by a little, some by a lot, some missed."""
    rng, found = person.rng, []
    for target in VISITS:
        late = rng.gamma(1.1, 0.5 + 0.045 * target) - 0.02 * target
        late += rng.exponential(0.3 * target) if rng.random() < 0.07 else 0.0
        comes = rng.random() < (0.94 if target < 365 else 0.91 if target < 730 else 0.55)
        day, minute, timed = max(1, round(target + late)), int(rng.integers(510, 1000)), rng.random() < 0.3
        if comes:
            found.append(
                _at_clock(person, episode, day, minute, "visit", target)
                if timed
                else _dated(person, episode, day, "visit", target)
            )
    return found


def hospital(person: Person, episode: Episode, always: bool) -> list[Moment]:
    """Scores to the minute in the first 72 hours, in about a third of patients."""
    rng = person.rng
    asked, kept, off = rng.random() < 0.3, rng.random(len(_HOURS)), rng.integers(-14, 15, len(_HOURS))
    if not (asked or always):
        return []
    return [
        _timed(person, episode, hour + int(off[i]) / 60, "hospital", None, "rest")
        for i, hour in enumerate(_HOURS)
        if kept[i] < 0.8 or always
    ]


def diary(person: Person, episode: Episode) -> list[Moment]:
    """Weekly for 12 weeks or longer, daily for 6 to 13 weeks, or several times a day for more than a year."""
    rng, kind = person.rng, episode.course.diary
    if kind == "many":
        days = np.repeat(np.arange(1, 481), 4)
        minutes = np.tile((480, 750, 1020, 1290), 480) + rng.integers(-55, 56, days.size)
        keep = rng.random(days.size) < 0.985
        days, minutes = days[keep], minutes[keep]
    elif kind == "daily":
        last = int(rng.integers(42, 92))
        days = np.arange(1, 92 if person.case.calm else last)
        days = np.concatenate(
            [
                days[rng.random(days.size) < 0.87],
                np.arange(days.size + 7, 190, 7) if rng.random() < 0.5 else [],
            ]
        )
        minutes = rng.integers(1060, 1320, days.size)
    elif kind == "weekly":
        last = int(rng.choice((84, 120, 182), p=(0.6, 0.2, 0.2)))
        days = np.arange(7, last + 1, 7)
        days = days[rng.random(days.size) < 0.86] + 0
        days = days + rng.integers(-1, 3, days.size)
        minutes = rng.integers(480, 1290, days.size)
    else:
        return []
    return [
        _at_clock(person, episode, int(day), int(minute), "diary") for day, minute in zip(days, minutes, strict=True)
    ]


def moments(person: Person, episode: Episode, second: bool) -> list[Moment]:
    """Every time at which this patient gives a score, in order, up to where their record ends."""
    course = episode.course
    found = [_dated(person, episode, -1, "visit", 0)] if second else before(person, episode)
    if course.diary != "hospital" or course.horizon > 3:
        found += visits(person, episode)
    found += hospital(person, episode, course.diary == "hospital") + diary(person, episode)
    cutoff_day = (person.cutoff - episode.performed).total_seconds() / 86400
    last_whole = (person.cutoff.date() - episode.performed.date()).days
    kept: dict[str, Moment] = {}
    for moment in sorted(found, key=lambda m: m.day):
        timed = "T" in moment.text
        known = moment.day < cutoff_day if timed else moment.day < last_whole
        if known and (moment.day < course.ends or (course.ends == course.horizon and moment.day < course.ends + 1)):
            kept.setdefault(moment.text, moment)
    return list(kept.values())
