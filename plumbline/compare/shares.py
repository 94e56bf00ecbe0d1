"""How many of each group improved, are comfortable or are worse than before, and the differences of those shares."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from plumbline.compare import allowing, differences, words
from plumbline.compare.allowing import GROUP, OUTCOME, Allowed
from plumbline.compare.gathering import Gathered, Marked
from plumbline.compare.model import Difference, Share
from plumbline.compare.standardising import standardised
from plumbline.stats.proportions import difference_of_shares, wilson

KINDS = ("improved", "comfortable", "worse")
_NEAR = 1e-9  # a fall from 0.7 to 0.6 is one of 0.1
FEW = ("baseline", "age")


@dataclass(frozen=True)
class _Kind:
    """Who can be counted, and who did, of all procedures; whether it is good."""

    kind: str
    label: str
    able: Marked
    did: Marked
    is_good: bool


def _kinds(known: Gathered) -> list[_Kind]:
    """What can be said of this instrument at the main visit, on the answers given there."""
    of, question = known.instrument, known.question
    before, after = known.people["baseline"].to_numpy(dtype=float), known.value[:, known.place]
    best = question.minimum if known.sign > 0 else question.maximum
    fall, room = known.sign * (before - after), known.sign * (before - best)
    found = []
    if of["mic_points"] is not None:
        points, share = of["mic_points"], of["mic_share"] or 0.0
        needed = np.maximum(points, share * np.abs(before)) if share else np.full(len(before), points)
        said = words.limit(points, question)
        both = f"{said} and {words.percent(share)}" if share else said
        noun = words.outcome(question, of["domain"], is_better=True)
        improved = _Kind("improved", f"Improved ({both} {noun})", _least(room, of["able_to_respond"]), _least(fall, needed), True)
        found.append(improved)
    if of["acceptable"] is not None:
        state = f"{of['domain']} {of['acceptable']:g} or {'less' if known.sign > 0 else 'more'}"
        at_ease = _least(known.sign * (of["acceptable"] - after), 0.0)
        found.append(_Kind("comfortable", f"Comfortable ({state})", np.ones(len(before), dtype=bool), at_ease, True))
    if of["mic_points"] is not None:
        able = ~np.isnan(before)
        found.append(_Kind("worse", f"Worse than before ({said} or more)", able, _least(-fall, of["mic_points"]), False))
    return found


def _least(values: np.ndarray, least: np.ndarray | float) -> Marked:
    return np.asarray(values >= np.asarray(least) - _NEAR, dtype=np.bool_)


def of_groups(known: Gathered) -> tuple[Share, ...]:
    """A row for each kind and group: count of measured, of due, of eligible; interval by Wilson; bounds."""
    return tuple(_share(known, kind, group.key) for kind in _kinds(known) for group in known.groups)


def _share(known: Gathered, kind: _Kind, group: str) -> Share:
    rows = known.rows(group) & kind.able
    due = rows & known.due[:, known.place]
    measured = due & known.answered[:, known.place]
    count, of, asked = int((measured & kind.did).sum()), int(measured.sum()), int(due.sum())
    told = wilson(count, of)
    ends = sorted((count / asked, (count + asked - of) / asked), reverse=not kind.is_good) if asked else (None, None)
    said = f"{words.percent(told['estimate'])}, {count:,} of {of:,}" if of else f"none of {asked:,} due answered"
    return Share(
        group, kind.kind, kind.label, count, of, asked, int(rows.sum()), told["estimate"], told["lower"], told["upper"],
        ends[0], ends[1], said,
    )  # fmt: skip


def who(known: Gathered, kind: str, group: str) -> Marked:
    """Which rows are behind the count of a share: able to be counted, answered at the main visit, and did so."""
    found = next((one for one in _kinds(known) if one.kind == kind), None)
    if found is None:
        return np.zeros(len(known.people), dtype=np.bool_)
    counted = known.rows(group) & found.able & known.due[:, known.place] & known.answered[:, known.place]
    return np.asarray(counted & found.did, dtype=np.bool_)


def of_pair(known: Gathered, other: str, allowed: Allowed) -> list[Difference]:
    """The difference of each share at the main visit, adjusted as far as the number of events allows."""
    return [_difference(known, other, allowed, kind) for kind in _kinds(known)]


def _difference(known: Gathered, other: str, allowed: Allowed, kind: _Kind) -> Difference:
    why_not = differences.cannot(known, other, known.place)
    if why_not:
        return differences.nothing(other, "share", kind.kind, kind.label, -1, False, why_not)
    counted = kind.able & known.due[:, known.place] & known.answered[:, known.place]
    outcome = np.where(counted, kind.did.astype(float), np.nan)
    one, two = (outcome[rows & counted] for rows in allowing.pair(known, other))
    raw = difference_of_shares(int(one.sum()), len(one), int(two.sum()), len(two))
    if raw["estimate"] is None:
        why_not = "nobody who could be counted answered in a group"
        return differences.nothing(other, "share", kind.kind, kind.label, -1, False, why_not)
    adjusted, n, note = _adjusted(known, other, allowed, outcome)
    told = adjusted or raw
    n = n if adjusted else len(one) + len(two)
    return Difference(
        other, "share", kind.kind, kind.label, -1,
        told["estimate"], told["lower"], told["upper"], told["p"], None,
        raw["estimate"], raw["lower"], raw["upper"], raw["p"], n, len(one) + len(two), False,
        differences.better(told, -1 if kind.is_good else 1),
        words.share_difference(told["estimate"] or 0.0, told["lower"] or 0.0, told["upper"] or 0.0), note,
    )  # fmt: skip


def _adjusted(
    known: Gathered, other: str, allowed: Allowed, outcome: np.ndarray
) -> tuple[dict[str, float | None] | None, int, str]:
    """By regression standardisation; with the score before and age alone, or not at all, where events are too few."""
    whole = list(allowed.covariates)
    few = [name for name in whole if name in FEW]
    for covariates in (whole, few) if few != whole else (whole,):
        data = allowing.frame(known, other, outcome, covariates).dropna()
        events = min(float(data[OUTCOME].sum()), float((1 - data[OUTCOME]).sum()))
        enough = events >= known.settings["events_a_parameter"] * (1 + len(covariates))
        found = standardised(data, OUTCOME, GROUP) if enough and covariates else None
        if found is not None:
            note = allowed.note
            if covariates != whole:
                note = "Adjusted for the score before and age alone: too few of a kind for more."
            return found, len(data), note
    return None, 0, "As measured: too few of a kind to adjust." if whole else allowed.note
