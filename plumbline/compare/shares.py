"""How many of each group improved, are comfortable or are worse than before, and the differences of those shares."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from plumbline.compare import allowing, differences, words
from plumbline.compare.allowing import GROUP, OUTCOME, Allowed
from plumbline.compare.differences import About, Figure
from plumbline.compare.gathering import Gathered, Marked, Values
from plumbline.compare.model import Difference, Share
from plumbline.compare.standardising import standardised
from plumbline.stats import Response, difference_of_shares, responses, tally

FEW = ("baseline", "age")


@dataclass(frozen=True)
class Kind:
    """One response in the words of the question, and of which procedures it can be said and is so."""

    label: str
    response: Response

    @property
    def kind(self) -> str:
        """Its name: improved, comfortable or worse."""
        return self.response.kind


def kinds(known: Gathered) -> list[Kind]:
    """What can be said of the answers at the main visit; nothing where no change that matters is published.

    Improved: better by the points that matter and by that share of the score before, of those whose score before
    leaves room for it. Comfortable: in the acceptable state. Worse: by the points that matter. Source: statistics 1.
    """
    of = known.instrument
    found = responses(
        known.people["baseline"].to_numpy(dtype=np.float64), known.value[:, known.place], points=of["mic_points"],
        share=of["mic_share"], acceptable=of["acceptable"], best=best_of(known), sign=known.sign,
        able=of["able_to_respond"],
    )  # fmt: skip
    labels = _labels(known)
    return [Kind(labels[one.kind], one) for one in found]


def _labels(known: Gathered) -> dict[str, str]:
    of, question, named = known.instrument, known.question, {}
    if of["acceptable"] is not None:
        state = f"{of['domain']} {of['acceptable']:g} or {'less' if known.sign > 0 else 'more'}"
        named["comfortable"] = f"Comfortable ({state})"
    if of["mic_points"] is not None:
        said = words.limit(of["mic_points"], question)
        both = said if of["mic_share"] is None else f"{said} and {words.percent(of['mic_share'])}"
        named["improved"] = f"Improved ({both} {words.outcome(question, of['domain'], is_better=True)})"
        named["worse"] = f"Worse than before ({said} or more)"
    return named


def best_of(known: Gathered) -> float:
    """The best score that the instrument has."""
    return known.question.minimum if known.sign > 0 else known.question.maximum


def of_groups(known: Gathered) -> tuple[Share, ...]:
    """A row for each kind and group: count of measured, of due, of eligible; interval by Wilson; bounds."""
    return tuple(_share(known, kind, group.key) for kind in kinds(known) for group in known.groups)


def _share(known: Gathered, kind: Kind, group: str) -> Share:
    of_it = replace(kind.response, able=known.rows(group) & kind.response.able)
    told = tally(of_it, known.due[:, known.place], known.answered[:, known.place])
    count, of, asked = told["count"], told["measured"], told["due"]
    silent = f"none of {asked:,} due answered" if asked else "nobody was due"
    said = f"{words.percent(told['estimate'])}, {count:,} of {of:,}" if of else silent
    return Share(
        group, kind.kind, kind.label, count, of, asked, told["eligible"],
        told["estimate"], told["lower"], told["upper"], told["worst"], told["best"], said,
    )  # fmt: skip


def who(known: Gathered, kind: str, group: str) -> Marked:
    """Which rows are behind the count of a share: able to be counted, answered at the main visit, and did so."""
    found = next((one for one in kinds(known) if one.kind == kind), None)
    if found is None:
        return np.zeros(len(known.people), dtype=np.bool_)
    counted = known.rows(group) & found.response.able & known.due[:, known.place] & known.answered[:, known.place]
    return np.asarray(counted & found.response.did, dtype=np.bool_)


def of_pair(known: Gathered, other: str, allowed: Allowed) -> list[Difference]:
    """The difference of each share at the main visit, adjusted as far as the number of events allows."""
    return [_difference(known, other, allowed, kind) for kind in kinds(known)]


def _difference(known: Gathered, other: str, allowed: Allowed, kind: Kind) -> Difference:
    about = About(other, "share", kind.kind, kind.label, -1, False)
    why_not = differences.cannot(known, other, known.place)
    counted = kind.response.able & known.answered[:, known.place]
    one, two = (kind.response.did[rows & counted] for rows in allowing.pair(known, other))
    told = difference_of_shares(int(one.sum()), len(one), int(two.sum()), len(two))
    raw = differences.figure(told, len(one) + len(two))
    if why_not or raw is None:
        return differences.unstated(about, why_not or "nobody who could be counted answered in a group")
    outcome = np.where(counted, kind.response.did.astype(np.float64), np.nan)
    adjusted, note = _adjusted(known, other, allowed, outcome)
    best = adjusted or raw
    better = differences.better(best, 1 if kind.response.is_bad else -1)
    said = words.share_difference(best.estimate, best.lower, best.upper)
    return differences.stated(about, best, raw, better, said, note)


def _adjusted(known: Gathered, other: str, allowed: Allowed, outcome: Values) -> tuple[Figure | None, str]:
    """By regression standardisation; with the score before and age alone, or not at all, where events are too few."""
    whole = list(allowed.covariates)
    few = [name for name in whole if name in FEW]
    for covariates in (whole, few):
        data = allowing.frame(known, other, outcome, covariates).dropna()
        events = min(float(data[OUTCOME].sum()), float((1 - data[OUTCOME]).sum()))
        if not covariates or events < known.settings["events_a_parameter"] * (1 + len(covariates)):
            continue
        told = standardised(data, OUTCOME, GROUP)
        found = None if told is None else differences.figure(told, len(data))
        if found is not None:
            labels = {one["covariate"]: words.lowered(allowing.label(known, one)) for one in known.covariates}
            named = words.joined([labels[name] for name in covariates])
            return found, allowed.note if covariates == whole else f"Adjusted for {named} alone: too few for more."
    why = ": too few of a kind to adjust." if whole else f". {allowed.note}"
    return None, f"{differences.AS_MEASURED}{why}"
