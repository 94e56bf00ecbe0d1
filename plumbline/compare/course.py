"""How each group does visit by visit, of how many, and what is expected and published there."""

from __future__ import annotations

from typing import Any

import numpy as np

from plumbline import sql
from plumbline.compare import words
from plumbline.compare.asking import Stop
from plumbline.compare.gathering import Gathered
from plumbline.compare.model import BandPoint, CurvePoint, Published
from plumbline.compare.trust import Answered
from plumbline.stats import mean_interval, wilson


def stops(known: Gathered) -> list[Stop]:
    """The visits at which anybody of any group was due."""
    return [stop for stop in known.visits if known.due[:, stop.place].any()]


def later(known: Gathered) -> list[Stop]:
    """Those after the baseline."""
    return [stop for stop in stops(known) if stop.place > 0]


def curve(known: Gathered) -> tuple[CurvePoint, ...]:
    """A point for each group and visit at which anybody of any group was due."""
    return tuple(_point(known, group.key, stop) for group in known.groups for stop in stops(known))


def _point(known: Gathered, group: str, stop: Stop) -> CurvePoint:
    rows = known.rows(group)
    given = known.value[rows, stop.place]
    given = given[~np.isnan(given)]
    answered, due = len(given), int(known.due[rows, stop.place].sum())
    mean, spread = (
        (float(given.mean()), float(given.std(ddof=1)) if answered > 1 else None) if answered else (0.0, None)
    )
    told = mean_interval(mean, spread, answered)
    if told["lower"] is not None and told["upper"] is not None:  # a mean lies on the scale, its interval by t may not
        told["lower"] = max(told["lower"], known.question.minimum)
        told["upper"] = min(told["upper"], known.question.maximum)
    q25, median, q75 = map(float, np.quantile(given, (0.25, 0.5, 0.75))) if answered else (None, None, None)
    return CurvePoint(
        group, stop.visit, stop.label, stop.place, answered, due,
        told["estimate"], told["lower"], told["upper"], q25, median, q75,
        answered < known.settings["thin_share"] * due, _said(known, stop, told, answered, due),
    )  # fmt: skip


def _said(known: Gathered, stop: Stop, told: dict[str, float | None], answered: int, due: int) -> str:
    if due == 0:
        return f"{stop.label}: none due yet"
    of, places = f"{answered:,} of {due:,} answered", known.question.decimals
    mean, lower, upper = told["estimate"], told["lower"], told["upper"]
    if mean is None:
        return f"{stop.label}: {of}"
    said = words.number(mean, places)
    if lower is not None and upper is not None:
        said += f" ({words.number(lower, places)} to {words.number(upper, places)})"
    return f"{stop.label}: {said}, {of}"


def answered(points: tuple[CurvePoint, ...]) -> tuple[Answered, ...]:
    """Received of those due, a row for each point of the curve, with Wilson's interval."""
    return tuple(_answered(point) for point in points)


def _answered(point: CurvePoint) -> Answered:
    received, due = point.answered or 0, point.due or 0
    told = wilson(received, due)
    said = f"{words.percent(told['estimate'])}, {received:,} of {due:,}" if due else "none due yet"
    return Answered(
        point.group, point.visit, point.visit_label, point.place, received, due,
        told["estimate"], told["lower"], told["upper"], point.is_thin, said,
    )  # fmt: skip


def band(cursor: Any, known: Gathered) -> tuple[tuple[BandPoint, ...], str]:
    """The middle half expected of the reference patient, and one sentence on whose it is; empty where none is known."""
    name, version = known.question.instrument, known.instrument["timeline_version"]
    found = sql.rows(cursor, "compare/band_by_visit", instrument=name, timeline_version=version)
    points = tuple(BandPoint(row["visit"], row["place"], row["low"], row["mid"], row["high"]) for row in found)
    if not points:
        return (), f"No spread is published for {known.question.label}: no expected band is drawn."
    before = f"{found[0]['baseline']:g}"
    return points, f"Grey: the middle half expected of a patient whose score before was {before} (timeline {version})."


def published(cursor: Any, known: Gathered) -> tuple[tuple[Published, ...], str]:
    """What studies found, each with its citation; and a sentence where there is nothing."""
    name, version = known.question.instrument, known.instrument["timeline_version"]
    found = sql.rows(cursor, "compare/published_by_visit", instrument=name, timeline_version=version)
    told = tuple(Published(row["visit"], row["place"], row["mean"], row["study"], row["citation"]) for row in found)
    return told, "" if told else f"No study's figures are on file for {known.question.label}."
