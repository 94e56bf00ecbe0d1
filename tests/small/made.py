"""Comparisons with random counts, whole in themselves: what is measured was received, what is received was due …"""

from __future__ import annotations

import random
from dataclasses import replace

from plumbline.compare.model import Comparison, CurvePoint, Reached, Share, Step
from plumbline.compare.trust import Answered, Missing, Unit
from tests.compare_sample import sample


def within(turn: random.Random, most: int, least: int = 0) -> int:
    """A count up to a whole: mostly near one of both ends, where it is small."""
    near = turn.randint(0, 12)
    return max(least, min(most, turn.choice((near, most - near, turn.randint(0, most)))))


def _point(one: CurvePoint, received: int, due: int) -> CurvePoint:
    words = f"{one.visit_label}: 3.1 (2.9 to 3.3), {received:,} of {due:,} answered"
    mean = round(3.1 * received) / received if received else None  # of whole scores
    return replace(one, answered=received, due=due, mean=mean, is_thin=received < 0.6 * due, words=words)


def _row(point: CurvePoint) -> Answered:
    received, due = point.answered or 0, point.due or 0
    told = received / due if due else None
    words = f"{round(100 * received / due)}%, {received:,} of {due:,}" if due else "none due yet"
    return Answered(
        point.group, point.visit, point.visit_label, point.place, received, due, told, told, told, point.is_thin, words
    )


def _share(turn: random.Random, one: Share, episodes: int, received: int, due: int) -> Share:
    measured = within(turn, received)
    asked = within(turn, due, measured)
    eligible = within(turn, episodes, asked)
    count = within(turn, measured)
    told = count / measured if measured else None
    bounds = (count / asked, (count + asked - measured) / asked) if asked else (None, None)
    words = (
        f"{round(100 * count / measured)}%, {count:,} of {measured:,}"
        if measured
        else f"none of {asked:,} due answered"
    )
    return Share(one.group, one.kind, one.label, count, measured, asked, eligible, told, told, told, *bounds, words)


def _reached(turn: random.Random, one: Reached, episodes: int) -> Reached:
    left, steps, waiting, done = episodes, [], [(0.0, episodes)], 0.0
    for day in (7, 14, 30, 42, 90, 180):
        gone = within(turn, left)
        did = turn.randint(0, gone)
        done += (1 - done) * did / max(left, 1)
        steps.append(Step(day, done, max(0.0, done - 0.1), min(1.0, done + 0.1), left))
        left -= gone
        waiting.append((float(day + 1), left))
    words = f"{one.words.partition(':')[0]}: half by day 12, 8 in 10 by day 40, of {episodes:,}"
    return replace(one, episodes=episodes, steps=tuple(steps), waiting=tuple(waiting), words=words)


def _units(turn: random.Random, point: CurvePoint, by: str, parts: int) -> list[Unit]:
    left_due, left, found = point.due or 0, point.answered or 0, []
    for place in range(parts):
        is_last = place == parts - 1
        due = left_due if is_last else within(turn, left_due)
        received = left if is_last else within(turn, min(left, due), max(0, left - (left_due - due)))
        left_due, left = left_due - due, left - received
        if due:
            words = f"{round(100 * received / due)}%, {received:,} of {due:,}"
            found.append(Unit(point.group, by, f"{by}{place}", f"{by} {place}", point.visit, received, due,
                              received / due, received < 0.6 * due, words))  # fmt: skip
    return found


def comparison(seed: int) -> Comparison:
    """Two groups with counts of every size; the same seed makes the same."""
    base, turn = sample("a", "b"), random.Random(seed)
    sizes = {group.key: turn.randint(0, turn.choice((30, 1500))) for group in base.groups}
    curve = []
    for one in base.curve:
        due = within(turn, sizes[one.group])
        curve.append(_point(one, within(turn, due), due))
    main = {one.group: one for one in curve if one.visit == base.question.visit}
    shares = tuple(
        _share(turn, one, sizes[one.group], main[one.group].answered or 0, main[one.group].due or 0)
        for one in base.shares
    )
    units = [row for one in curve for by, parts in (("clinic", turn.randint(1, 3)), ("surgeon", 4))
             for row in _units(turn, one, by, parts)]  # fmt: skip
    due, received = main["a"].due or 0, main["a"].answered or 0
    missing = Missing(due - received, due, base.missing.line, base.missing.tips_at, base.missing.seen, False,
                      f"{due - received:,} of {due:,} due of Harbour did not answer.")  # fmt: skip
    shared = turn.randint(0, 12)
    return replace(
        base,
        groups=tuple(replace(group, episodes=sizes[group.key], shared=shared) for group in base.groups),
        curve=tuple(curve),
        answered=tuple(_row(point) for point in curve),
        shares=shares,
        reached=tuple(_reached(turn, one, within(turn, sizes[one.group])) for one in base.reached),
        units=tuple(units),
        missing=missing,
        notes=(f"{shared} procedures are in Harbour and in another group, and left out of both.",),
    )
