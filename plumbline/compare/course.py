"""How each group does visit by visit, of how many, and what is expected and published there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from scipy import stats as scipy_stats

from plumbline import sql
from plumbline.compare import words
from plumbline.compare.gathering import Gathered, Values
from plumbline.compare.model import BandPoint, CurvePoint, Published
from plumbline.compare.trust import Answered


def curve(known: Gathered) -> tuple[CurvePoint, ...]:
    """A point for each group and visit at which anybody of any group was due."""
    return tuple(
        _point(known, group.key, int(stop.place), str(stop.visit), str(stop.label))
        for group in known.groups
        for stop in known.visits.itertuples()
        if known.due[:, stop.place].any()
    )


def _point(known: Gathered, group: str, place: int, visit: str, label: str) -> CurvePoint:
    rows = known.rows(group)
    given = known.value[rows, place]
    given = given[~np.isnan(given)]
    answered, due = len(given), int(known.due[rows, place].sum())
    thin = answered < known.settings["thin_share"] * due
    mean, lower, upper = mean_interval(given)
    if mean is not None and lower is not None and upper is not None:  # a mean lies on the scale, an interval by t may not
        lower, upper = max(lower, known.question.minimum), min(upper, known.question.maximum)
    q25, median, q75 = (None,) * 3 if answered == 0 else map(float, np.quantile(given, (0.25, 0.5, 0.75)))
    said = _said(known, label, (mean, lower, upper), answered, due)
    return CurvePoint(
        group, visit, label, place, answered, due, mean, lower, upper, q25, median, q75, thin, said
    )  # fmt: skip


def _said(
    known: Gathered, label: str, figures: tuple[float | None, float | None, float | None], answered: int, due: int
) -> str:
    mean, lower, upper = figures
    if due == 0:
        return f"{label}: none due yet"
    of = f"{answered:,} of {due:,} answered"
    if mean is None:
        return f"{label}: {of}"
    places = known.question.decimals
    told = words.number(mean, places)
    if lower is not None and upper is not None:
        told += f" ({words.number(lower, places)} to {words.number(upper, places)})"
    return f"{label}: {told}, {of}"


def mean_interval(given: Values) -> tuple[float | None, float | None, float | None]:
    """Mean with its 95 % interval by Student's t; without one where a single value, none or equal values are known."""
    if len(given) == 0:
        return None, None, None
    mean = float(given.mean())
    if len(given) == 1:
        return mean, None, None
    error = float(given.std(ddof=1)) / float(np.sqrt(len(given)))
    half = float(scipy_stats.t.ppf(0.975, len(given) - 1)) * error
    return mean, mean - half, mean + half


def answered(known: Gathered) -> tuple[Answered, ...]:
    """Received of those due, a row for each group and visit, with Wilson's interval."""
    return tuple(_answered(known, point) for point in curve(known))


def _answered(known: Gathered, point: CurvePoint) -> Answered:
    from statsmodels.stats.proportion import proportion_confint

    received, due = point.answered or 0, point.due or 0
    share, lower, upper = None, None, None
    if due > 0:
        share = received / due
        lower, upper = map(float, proportion_confint(received, due, method="wilson"))
    said = f"{words.percent(share)}, {received:,} of {due:,}" if due > 0 else "none due yet"
    return Answered(
        point.group, point.visit, point.visit_label, point.place, received, due, share, lower, upper, point.is_thin, said
    )


def band(cursor: Any, known: Gathered) -> tuple[tuple[BandPoint, ...], str]:
    """The middle half expected of the reference patient, and one sentence on whose it is; empty where none is known."""
    version = known.instrument["timeline_version"]
    found = sql.rows(
        cursor, "compare/band_by_visit", instrument=known.question.instrument, timeline_version=version
    )  # fmt: skip
    points = tuple(BandPoint(row["visit"], row["place"], row["low"], row["mid"], row["high"]) for row in found)
    if not points:
        return (), f"No spread is published for {known.question.label}: no expected band is drawn."
    before = f"{found[0]['baseline']:g}"
    return points, f"Grey: the middle half expected of a patient whose score before was {before} (timeline {version})."


def published(cursor: Any, known: Gathered) -> tuple[tuple[Published, ...], str]:
    """What studies found, each with its citation, and a sentence where there is nothing."""
    version = known.instrument["timeline_version"]
    found = sql.rows(
        cursor, "compare/published_by_visit", instrument=known.question.instrument, timeline_version=version
    )  # fmt: skip
    told = tuple(Published(row["visit"], row["place"], row["mean"], row["study"], row["citation"]) for row in found)
    return told, "" if told else f"No study's figures are on file for {known.question.label}."


def later_stops(known: Gathered) -> Iterator[tuple[int, str, str]]:
    """Place, visit and label of each visit after the baseline at which anybody was due."""
    for stop in known.visits.itertuples():
        if stop.place > 0 and known.due[:, stop.place].any():
            yield int(stop.place), str(stop.visit), str(stop.label)
