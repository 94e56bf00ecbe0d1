"""The verdict once more, in plain Python from the rules' text, so that the SQL has something to disagree with.

Deliberately naive: loops over one course, numbers written out, the band computed by scipy for that day.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from statistics import median

import numpy as np
from scipy.stats import betabinom

_KNOTS = {1: (4.0, 2.3), 3: (3.6, 2.4), 7: (3.5, 2.5), 14: (3.4, 2.5), 30: (3.3, 2.5), 42: (3.0, 2.4),
          90: (2.7, 2.5), 180: (2.5, 2.6), 365: (2.5, 2.7)}  # fmt: skip
_WINDOWS = [(0, 2), (4, 10), (11, 20), (28, 56), (66, 120), (135, 225), (320, 410), (670, 790)]
_LATE = {"stairs": 7, "shower": 4, "self_care": 14, "driving": 28, "lift_5kg": 120}
_SETTLES = ("achieved", "not_applicable", "unable_before_fracture")


@dataclass
class Course:
    """What is known of one course; days count from the procedure, scores are (day, value) in the order given."""

    baseline: int | None
    scores: list[tuple[int, int]] = field(default_factory=list)
    milestones: list[tuple[str, str, int]] = field(default_factory=list)
    events: list[tuple[str, int, str | None]] = field(default_factory=list)
    red_kinds: frozenset[str] = frozenset()
    died: int | None = None


@cache
def quantile(day: int, baseline: int | None, share: float) -> float | None:
    if not 1 <= day <= 365:
        return None
    x = np.log(1 + np.array(list(_KNOTS)))
    mean, sd = (float(np.interp(np.log(1 + day), x, [knot[i] for knot in _KNOTS.values()])) for i in (0, 1))
    p0 = mean / 10
    rho = (sd**2 / (10 * p0 * (1 - p0)) - 1) / 9
    moved = min(max(mean + 0.25 * ((8 if baseline is None else baseline) - 8), 0.1), 9.9) / 10
    k = 1 / rho - 1
    cumulative = betabinom.cdf(np.arange(11), 10, moved * k, (1 - moved) * k)
    return float(np.argmax(cumulative >= share))


def readings(course: Course, today: int) -> list[tuple[int, float]]:
    daily: dict[int, int] = {}
    for day, value in course.scores:
        if 0 <= day <= today:
            daily[day] = value
    bins: dict[int, list[int]] = {}
    for day in sorted(daily):
        bins.setdefault((day - 3) // 5, []).append(day)
    return [(days[-1], median(daily[d] for d in days)) for _, days in sorted(bins.items())]


def late(course: Course, today: int) -> int:
    def is_late(milestone: str, late_day: int) -> bool:
        known = [(status, on) for name, status, on in course.milestones if name == milestone and on <= today]
        settled = [on for status, on in known if status in _SETTLES]
        return any(
            status in ("not_yet", "unable") and on >= late_day and not any(s >= on for s in settled)
            for status, on in known
        )

    return sum(is_late(name, late_day) for name, late_day in _LATE.items())


def has_red_flag(course: Course, today: int) -> bool:
    known = [event for event in course.events if event[1] <= today]
    closings = [(on, detail) for kind, on, detail in known if kind == "red_flag_closed"]
    return any(
        kind in course.red_kinds
        and not any(on <= closed and detail in (None, kind) for closed, detail in closings)
        for kind, on, _ in known
    )


def has_new_problem(course: Course, today: int) -> bool:
    known = [r for r in readings(course, today) if r[0] >= 3]
    closings = [on for kind, on, _ in course.events if kind == "new_problem_closed" and on <= today]
    for i in range(2, len(known)):
        day, value = known[i]
        earlier = median(v for _, v in known[max(0, i - 3) : i])
        raised = None
        if value - earlier >= 4 and value >= 6:
            raised = day
        elif value - earlier >= 2 and i + 1 < len(known):
            next_day, next_value = known[i + 1]
            if next_value - earlier >= 2 and next_day - day <= 14:
                raised = next_day
        if raised is None or any(closed >= raised for closed in closings):
            continue
        if not any(v <= earlier + 1 for _, v in known[i + 1 :]):
            return True
    return False


def is_slower(course: Course, today: int) -> bool:
    two = readings(course, today)[-2:]
    if late(course, today) >= 2:
        return True
    if len(two) < 2:
        return False
    tops = [quantile(day, course.baseline, 0.9) for day, _ in two]
    if today >= 7 and all(top is not None and value > top for (_, value), top in zip(two, tops, strict=True)):
        return True
    if today >= 11 and course.baseline is not None:
        return all(value >= 5 and course.baseline - value < 0.3 * course.baseline for _, value in two)
    return False


def cannot_tell(course: Course, today: int) -> bool:
    if not 1 <= today <= 365:
        return True
    days = [day for day, _ in readings(course, today)]
    closed = [window for window in _WINDOWS if window[1] < today]
    in_last = bool(closed) and any(closed[-1][0] <= day <= closed[-1][1] for day in days)
    return not in_last and not any(today - day <= 14 for day in days)


def is_ahead(course: Course, today: int) -> bool:
    two = readings(course, today)[-2:]
    if len(two) < 2 or today < 7 or late(course, today) or course.baseline is None or course.baseline < 2:
        return False
    for day, value in two:
        low = quantile(day, course.baseline, 0.25)
        fall = course.baseline - value
        if low is None or value > low or fall < 2 or fall < 0.3 * course.baseline:
            return False
    return True


def verdict(course: Course, today: int) -> str:
    """The first of the list that holds."""
    withdrew = any(kind == "withdrew" and on <= today for kind, on, _ in course.events)
    if withdrew or today >= 730 or (course.died is not None and course.died <= today):
        return "closed"
    for name, holds in (
        ("red_flag", has_red_flag),
        ("new_problem", has_new_problem),
        ("slower", is_slower),
        ("cannot_tell", cannot_tell),
        ("ahead", is_ahead),
    ):
        if holds(course, today):
            return name
    return "on_course"
