"""How one made-up patient really fares. Deliberately not our band: groups, heavy tails.

Level and spread come out near the published means (a test holds them together), but nothing here reads the
reference curve: an estimate that only works on data drawn from itself would prove nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from plumbline.demo.odd import Case

Days = NDArray[np.float64]
GROUPS = ("quick", "gradual", "poor")
_NEVER = 100_000
_ASKINGS = 2000


@dataclass(frozen=True)
class Step:
    """A new fracture: pain up by `size` points on `day`; `recognised`: event, second (procedure) or never."""

    day: int
    size: float
    recognised: str
    known_day: int | None


@dataclass(frozen=True)
class RedFlag:
    """A recorded red flag and the day on which a clinician closed it, if any."""

    kind: str
    day: int
    closed_day: int | None


@dataclass(frozen=True)
class Course:
    """The truth about one procedure and its follow-up; days from the procedure, pain in points."""

    group: str
    before: float
    floor: float
    early: float
    tau: float
    noise: float
    heaps: bool
    diary: str
    step: Step | None
    red_flags: tuple[RedFlag, ...]
    died_day: int | None
    withdrew_day: int | None
    dropout_day: int | None
    horizon: int
    slow: bool = field(default=False)
    eased: float = 0.0  # points by which pain ends lower than it would have: a planted difference

    @property
    def ends(self) -> int:
        """The last day of any record: lost, withdrawn, died, or nothing known yet."""
        known = (self.horizon, self.died_day, self.withdrew_day, self.dropout_day)
        return min(day for day in known if day is not None)

    def level(self, day: Days) -> Days:
        """True pain on a day (fractions are hours), 0 to 10."""
        t = np.maximum(day, 0.0)
        left = self.early * np.exp(-t / 0.35) + (1 - self.early) * np.exp(-t / self.tau)
        floor = max(self.floor - self.eased, 0.0)
        level = floor + (self.before - floor) * left
        if self.step is not None:
            since = np.maximum(day - self.step.day, 0.0)
            level = level + np.where(day >= self.step.day, self.step.size * (0.35 + 0.65 * np.exp(-since / 90)), 0.0)
        return np.clip(level, 0.0, 10.0)

    def answers(self, day: Days, rng: np.random.Generator) -> NDArray[np.int64]:
        """What the patient says on these days (ascending): heavy-tailed noise, drift, favourite digits."""
        shock = rng.standard_t(4, day.size) / np.sqrt(2.0)
        drift = np.zeros(day.size)
        gap = np.diff(day, prepend=day[:1])
        push = rng.normal(size=day.size)
        for at in range(1, day.size):
            keep = 0.8 ** gap[at]
            drift[at] = keep * drift[at - 1] + np.sqrt(1 - keep**2) * push[at]
        said = np.clip(self.level(day) + self.noise * (0.85 * shock + 0.55 * drift), 0, 10)
        if not self.heaps:
            return np.asarray(np.rint(said), dtype=np.int64)
        digits = np.array([0, 2, 3, 5, 7, 8, 10])
        return np.asarray(digits[np.abs(said[:, None] - digits).argmin(axis=1)], dtype=np.int64)


def _shape(rng: np.random.Generator, group: str, before: float) -> tuple[float, float, float]:
    """Floor (points), early share of the fall, and the time constant of the rest (days)."""
    if group == "quick":
        return (
            rng.gamma(1.5, 0.95) + 0.15 * (before - 8),
            rng.uniform(0.55, 0.85),
            float(np.exp(rng.normal(1.15, 0.6))),
        )
    if group == "gradual":
        return (
            rng.gamma(2.0, 1.0) + 0.2 * (before - 8),
            rng.uniform(0.3, 0.5),
            float(np.exp(rng.normal(3.6, 0.5))),
        )
    return before * rng.uniform(0.45, 0.85), rng.uniform(0.1, 0.4), float(np.exp(rng.normal(5.5, 0.5)))


def _step(rng: np.random.Generator, course: Course, case: Case) -> Step | None:
    chance, day = rng.random(), int(14 + rng.gamma(1.2, 35 if rng.random() < 0.45 else 150))
    size, way, delay = rng.uniform(3, 6), rng.random(), int(rng.integers(3, 26))
    if case.step_day is not None:
        day, chance, size = case.step_day, 0.0, 5.0
    level = float(course.level(np.array([float(day)]))[0])
    if chance > (0.0 if case.calm else 0.17) or level > 6.5 or day >= min(course.ends, 700):
        return None
    recognised = case.recognised or ("event" if way < 0.45 else "second" if way < 0.6 else "never")
    delay += 14 if recognised == "second" else 0
    known = None if recognised == "never" or day + delay >= course.ends - 1 else day + delay
    return Step(day, round(min(size, 9.5 - level), 2), recognised if known else "never", known)


_KINDS = (
    "sudden_pain",
    "fever_wound",
    "chest_breath",
    "calf",
    "weakness_numbness",
    "drug_reaction",
    "bladder_bowel_saddle",
)
_KIND_SHARES = (0.34, 0.2, 0.1, 0.12, 0.1, 0.11, 0.03)


_LATE = 6  # a flag that is forgotten at first is closed this many times later


def _red_flags(rng: np.random.Generator, course: Course, case: Case) -> tuple[RedFlag, ...]:
    found = []
    chance, kind, day = rng.random(), str(rng.choice(_KINDS, p=_KIND_SHARES)), int(rng.gamma(1.0, 25))
    closed, after = rng.random(2), rng.integers(1, 13, 2)
    if case.red_flag is not None:
        found.append(RedFlag(*case.red_flag))
    elif chance < 0.045 and not case.calm and day < course.ends:
        found.append(RedFlag(kind, day, day + int(after[0]) * (1 if closed[0] < 0.88 else _LATE)))
    if course.step is not None and course.step.known_day is not None:
        known = course.step.known_day
        if course.step.recognised == "second":
            # closed on the last day of this course, since it is treated by the next procedure
            found.append(RedFlag("new_fracture", max(course.step.day + 1, known - 7), known - 2))
        else:
            wait = 7 + int(after[1]) * (1 if closed[1] < 0.9 else _LATE)
            found.append(RedFlag("new_fracture", known, known + wait))
    ends = course.ends
    return tuple(replace(flag, closed_day=None) if (flag.closed_day or 0) >= ends else flag for flag in found)


def _endings(rng: np.random.Generator, course: Course, age: float, case: Case) -> Course:
    """Death (about 7 in 100 a year, more with age), withdrawal, and silence, sooner when pain stays high."""
    dies = int(rng.exponential(365 / (0.075 * np.exp(0.06 * (age - 78))))) + 3
    leaves = int(rng.exponential(365 / 0.05)) + 10
    silent = _NEVER
    for visit in (14, 42, 90, 180, 365):
        pain = float(course.level(np.array([float(visit)]))[0])
        if silent == _NEVER and rng.random() < 1 / (1 + np.exp(3.7 - 0.3 * (pain - 3) - 0.03 * (age - 78))):
            silent = visit + 1
    if case.calm:
        dies = leaves = silent = _NEVER
    dies, leaves, silent = case.died_day or dies, case.withdrew_day or leaves, case.dropout_day or silent
    horizon = course.horizon
    return replace(
        course,
        died_day=dies if dies < horizon else None,
        withdrew_day=leaves if leaves < min(horizon, dies, silent) else None,
        dropout_day=silent if silent < min(horizon, dies, leaves) else None,
    )


def draw(rng: np.random.Generator, case: Case, horizon: int, age: float, before: float | None = None) -> Course:
    """One course with `horizon` days behind it; `before` is the pain before a second procedure, in points."""
    group = case.group or str(rng.choice(GROUPS, p=(0.57, 0.24, 0.19)))
    start = float(np.clip(8.1 + 1.15 * rng.standard_t(5), 3.2, 10)) if before is None else max(before, 5.0)
    start = case.before or start
    floor, early, tau = _shape(rng, group, start)
    floor = floor if case.floor_share is None else case.floor_share * start
    diary = case.diary or str(rng.choice(("visits", "weekly", "daily"), p=(0.62, 0.22, 0.16)))
    course = Course(
        group,
        start,
        float(np.clip(floor, 0, 9)),
        early,
        tau,
        0.75 + 0.06 * start,
        bool(rng.random() < 0.2),
        diary,
        None,
        (),
        None,
        None,
        None,
        horizon,
    )
    course = _endings(rng, course, age, case)
    course = replace(course, step=_step(rng, course, case))
    course = replace(course, red_flags=_red_flags(rng, course, case))
    return replace(course, slow=_is_slow(course))


def said_on_average(course: Course, day: float) -> float:
    """What the patient would say on a day, on average over many askings: an end of the scale cuts off the noise."""
    rng = np.random.default_rng(0)
    noise = 0.85 * rng.standard_t(4, _ASKINGS) / np.sqrt(2.0) + 0.55 * rng.normal(size=_ASKINGS)
    level = float(course.level(np.array([day]))[0])
    return float(np.rint(np.clip(level + course.noise * noise, 0, 10)).mean())


def eased(course: Course, points: float) -> Course:
    """The same course with pain that ends lower by so many points, as far as there is any."""
    easier = replace(course, eased=points)
    return replace(easier, slow=_is_slow(easier))


def _is_slow(course: Course) -> bool:
    quiet = replace(course, step=None).level(np.arange(11.0, 61.0))
    return bool((quiet >= 5).all() and (quiet > 0.7 * course.before).all())
