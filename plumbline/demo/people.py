"""Who is in the demo store: patients with their procedures, levels and true courses."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

import numpy as np

from plumbline.demo import course as courses
from plumbline.demo.course import Course
from plumbline.demo.odd import Case, case_of, episode_id, patient_id
from plumbline.demo.places import CLINICS, SHARES, Clinic, Planted

SPREAD_DAYS = 790
_LEVELS = ("T6", "T7", "T8", "T9", "T10", "T11", "T12", "L1", "L2", "L3", "L4", "L5")
_LEVEL_SHARES = np.array([2, 4, 5, 3, 4, 10, 22, 25, 10, 7, 5, 3]) / 100
_CAUSES = ("osteoporotic", "traumatic", "neoplastic", "glucocorticoid", "other", "unknown")
_CAUSE_SHARES = (0.8, 0.07, 0.05, 0.04, 0.01, 0.03)


@dataclass(frozen=True)
class Episode:
    """One procedure: when (local time), where in the spine, by whom, and what really happened then."""

    episode_id: str
    performed: datetime
    levels: tuple[str, ...]
    cement: tuple[float, ...]
    cause: str
    of_grade: str
    genant: str
    fracture_on: date | None
    surgeon: str
    approach: str
    discharged: datetime
    pathway: str
    course: Course

    def on(self, day: int) -> date:
        """The date of day N, local to the clinic."""
        return (self.performed + timedelta(days=day)).date()

    @property
    def left_on(self) -> date:
        """The date of going home."""
        return self.discharged.date()


@dataclass(frozen=True)
class Person:
    """One made-up patient; `rng` goes on after the truth is drawn, for everything that is observed."""

    number: int
    patient_id: str
    given: str
    family: str
    phone: str
    birth_date: date
    sex: str
    clinic: Clinic
    cutoff: datetime
    case: Case
    episodes: tuple[Episode, ...]
    waiting: Course
    waiting_from: datetime
    rng: np.random.Generator

    @property
    def died_on(self) -> date | None:
        """The day of death, if it was before the cut-off."""
        if not self.episodes or self.episodes[-1].course.died_day is None:
            return None
        return self.episodes[-1].on(self.episodes[-1].course.died_day)

    def age_on(self, day: date) -> float:
        """Age in years."""
        return (day - self.birth_date).days / 365.25


def _performed(rng: np.random.Generator, until: date, case: Case) -> datetime:
    ago = case.days_ago if case.days_ago is not None else int(rng.integers(4, SPREAD_DAYS))
    day = until - timedelta(days=ago)
    if case.days_ago is None and day.weekday() > 4:
        day -= timedelta(days=day.weekday() - 4)
    return datetime.combine(day, time(int(rng.integers(8, 16)), int(rng.integers(0, 60))))


def _levels(rng: np.random.Generator, near: str | None) -> tuple[str, ...]:
    count = int(rng.choice((1, 2, 3), p=(0.76, 0.19, 0.05)))
    first = int(rng.choice(len(_LEVELS), p=_LEVEL_SHARES))
    if near is not None:  # a new fracture is most often next to the old one
        first, count = min(_LEVELS.index(near) + 1, len(_LEVELS) - 1), 1
    return _LEVELS[first : first + count]


def _episode(
    rng: np.random.Generator,
    name: str,
    performed: datetime,
    clinic: Clinic,
    case: Case,
    truth: Course,
    near: str | None = None,
) -> Episode:
    levels = _levels(rng, near)
    fracture = performed.date() - timedelta(days=int(np.clip(rng.gamma(2.0, 22), 5, 240)))
    known = rng.random() < 0.9 or near is not None
    stays = rng.random() < 0.14
    going_home = (
        datetime.combine(performed.date() + timedelta(days=1), time(int(rng.integers(9, 13)), int(rng.integers(0, 60))))
        if stays
        else min(
            performed + timedelta(minutes=int(rng.integers(180, 360))),
            datetime.combine(performed.date(), time(21, 30)),
        )
    )
    return Episode(
        name,
        performed,
        levels,
        tuple(round(float(v), 1) for v in np.clip(rng.normal(4.1, 1.0, len(levels)), 1.5, 8)),
        str(rng.choice(_CAUSES, p=_CAUSE_SHARES)),
        str(rng.choice(("OF1", "OF2", "OF3", "OF4", "OF5"), p=(0.06, 0.34, 0.38, 0.19, 0.03))),
        str(rng.choice(("1", "2", "3"), p=(0.3, 0.48, 0.22))),
        fracture if known else None,
        str(rng.choice(clinic.surgeons)),
        str(rng.choice(("transpedicular", "parapedicular"), p=(0.82, 0.18))),
        going_home,
        case.pathway,
        truth,
    )


def person(seed: int, number: int, patients: int, until: date, planted: Planted | None = None) -> Person:
    """Patient `number` (from 1) of a demo store; the same for the same seed, number, date and planted difference."""
    rng = np.random.default_rng((seed, number))
    case = case_of(number)
    clinic = CLINICS[int(rng.choice(len(CLINICS), p=SHARES))]
    age = float(np.clip(55 + 40 * rng.beta(3.2, 2.4), 55, 95))
    sex = "female" if rng.random() < 0.77 else "male"
    performed = _performed(rng, until, case)
    cutoff = clinic.cutoff(until)
    has_procedure = case.procedure and (case.name != "" or rng.random() > 0.01)
    truth = courses.draw(rng, case, (cutoff - performed).days, age)
    if planted is not None and clinic.clinic_id == planted.clinic_id:
        truth = courses.eased(truth, planted.points)
    name = episode_id(number, patients)
    first = _episode(rng, name, performed, clinic, case, truth)
    episodes: tuple[Episode, ...] = (first,) if has_procedure else ()
    step = truth.step
    if has_procedure and step is not None and step.recognised == "second" and step.known_day is not None:
        again = _Again(episode_id(number, patients, second=True), step.day, step.known_day)
        episodes = _with_second(rng, first, clinic, case, age, cutoff, again)
    born = performed.date() - timedelta(days=int(age * 365.25))
    return Person(
        number,
        patient_id(number, patients),
        "Demo",
        name.removeprefix("demo-"),
        f"555-01{20 + number % 80}",  # below 20: the clinics' own
        born,
        sex,
        clinic,
        cutoff,
        case,
        episodes,
        truth,
        performed,
        rng,
    )


@dataclass(frozen=True)
class _Again:
    """A second procedure: its name, the day on which the bone broke and the day on which it is treated."""

    episode_id: str
    broken_day: int
    day: int


def _with_second(
    rng: np.random.Generator,
    first: Episode,
    clinic: Clinic,
    case: Case,
    age: float,
    cutoff: datetime,
    again: _Again,
) -> tuple[Episode, ...]:
    """The first course cut where the second procedure begins, and that second one."""
    performed = (first.performed + timedelta(days=again.day)).replace(
        hour=int(rng.integers(8, 16)), minute=int(rng.integers(0, 60))
    )
    cut = replace(first.course, horizon=again.day - 2, died_day=None, withdrew_day=None, dropout_day=None)
    pain = float(cut.level(np.array([float(again.day)]))[0])
    left = max((cutoff - performed).days, 0)
    fresh = Case(
        "second course",
        group="quick" if rng.random() < 0.6 else None,
        diary=first.course.diary,
        calm=case.calm,
    )
    truth = courses.draw(rng, fresh, left, age, before=pain)
    truth = courses.eased(replace(truth, step=None, red_flags=(), diary=first.course.diary), first.course.eased)
    second = _episode(rng, again.episode_id, performed, clinic, case, truth, near=first.levels[-1])
    second = replace(second, fracture_on=first.on(again.broken_day))
    return replace(first, course=cut), second
