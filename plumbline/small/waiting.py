"""When a milestone is reached, without steps of a few patients: bins of more than the limit, not single ones."""

from __future__ import annotations

import re
from dataclasses import replace

from plumbline.cohorts.small import Ledger, is_near, is_small, least_of
from plumbline.compare.model import Reached, Step

_HALF, _MOST = 0.5, 0.8
_P80, _BY = re.compile(r", (8 in 10 by day \d+|fewer than 8 in 10)"), re.compile(r"half by day \d+")
_OF = re.compile(r", of ([\d,]+)")
_SILENT = re.compile(r"; [\d,]+ without any report of it count as waiting")


def reached(one: Reached, ledger: Ledger) -> Reached:
    """Steps and the row of those waiting: only where more than the limit have left since the one shown before.

    A step stands for everybody who reached it since the last that is kept: none of 1 to the limit.
    """
    limit, episodes = ledger.limit, ledger.take(one.episodes)
    if is_small(one.episodes, limit):
        nobody = tuple((day, None) for day, _ in one.waiting)
        words = f"{one.words.partition(':')[0]}: hidden, too few patients"
        return replace(one, episodes=None, steps=(), median_day=None, p80_day=None, waiting=nobody, words=words)
    waiting = tuple((day, ledger.take(number)) for day, number in one.waiting)
    steps = _thinned(one.steps, ledger)
    one = _without_days(one, limit)
    return replace(one, episodes=episodes, steps=steps, waiting=waiting, words=_said(one, episodes, limit))


def _without_days(one: Reached, limit: int) -> Reached:
    """Without the day by which half, or 8 in 10, had reached it, where so few are on a side that it is one's own."""
    number = one.episodes or 0
    if number < least_of(_MOST, limit):
        one = replace(one, p80_day=None, words=_P80.sub("", one.words))
    if number < least_of(_HALF, limit):
        one = replace(one, median_day=None, words=_BY.sub("too few to give a day", one.words))
    return one


def _thinned(steps: tuple[Step, ...], ledger: Ledger) -> tuple[Step, ...]:
    kept: list[Step] = []
    estimate = 0.0
    at_risk = max((step.at_risk for step in steps), default=0)
    for step in steps:
        # at least as many reached it since: Aalen-Johansen's d = dF n / S, and S is at most 1 - F
        reached = (step.estimate - estimate) * at_risk / max(1 - estimate, 1e-9)
        if (round(reached) == 0 or reached > ledger.limit) and ledger.take(step.at_risk) is not None:
            kept.append(step)
            estimate, at_risk = step.estimate, step.at_risk
    return tuple(kept)


def _said(one: Reached, episodes: int | None, limit: int) -> str:
    words = one.words if episodes is not None else _OF.sub(", of those it applies to", one.words)
    found = _SILENT.search(words)
    silent = int(re.sub(r"\D", "", found.group())) if found else 0
    if is_small(silent, limit) or is_near(silent, one.episodes, limit) or (silent and episodes is None):
        return _SILENT.sub("; those without any report of it count as waiting", words)
    return words
