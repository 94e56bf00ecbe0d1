"""Received of those due by clinic and by surgeon: rows of a total that is known, so none is hidden alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from plumbline.cohorts.small import is_near, nearly_all, part_words
from plumbline.cohorts.small import parts as parts_of
from plumbline.compare.trust import Unit
from plumbline.small.counts import Counts

_Shown = dict[int, tuple[int | None, int | None]]


def units(rows: Sequence[Unit], counts: Counts) -> tuple[Unit, ...]:
    """Each row with the counts that may be shown; the share goes with either.

    Where a group is of several clinics and a surgeon has to be hidden, every surgeon's counts of that visit are: which
    surgeons a clinic has is known, and its total would give the one away. Nothing is told of a visit at which few of a
    group answered, nor of a group whose count is hidden beside other comparisons: its rows add up to that.
    """
    limit = counts.limit
    parts: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        parts[row.group, row.visit, row.by].append(place)
    shown: _Shown = {}
    for (group, visit, by), places in parts.items():
        found = parts_of([(rows[place].received or 0, rows[place].due or 0) for place in places], limit)
        is_part_of_clinics = by == "surgeon" and len(parts.get((group, visit, "clinic"), ())) > 1
        is_few = any(told.is_few for (_, at), told in counts.at.items() if at == visit)
        is_gone = is_few or (group, visit) in counts.also
        if is_gone or (is_part_of_clinics and any(None in pair for pair in found)):
            found = [(None, None)] * len(places)
        shown |= dict(zip(places, found, strict=True))
    return tuple(_unit(row, *shown[place], limit) for place, row in enumerate(rows))


def _unit(row: Unit, received: int | None, due: int | None, limit: int) -> Unit:
    if received is not None and due is not None:
        return row
    words = part_words(row.received, due, limit) if received is None else f"{received:,} answered; due hidden"
    if received is None and due is None and is_near(row.received, row.due, limit):
        words = nearly_all(limit)
    is_thin = row.is_thin and received is not None
    return replace(row, received=received, due=due, share=None, is_thin=is_thin, words=words)
