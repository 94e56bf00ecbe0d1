"""Who is behind a mark of a comparison: as many procedures as the mark says, no more and no fewer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from plumbline.compare import reached, shares
from plumbline.compare.gathering import Gathered, Marked
from plumbline.errors import NotFound

ANSWERED, DUE, SHARE, WAITING = "answered", "due", "share", "waiting"


@dataclass(frozen=True)
class Mark:
    """A mark that was clicked. `kind`: answered (who answered at visit `what`), due (who was due there), or share (who
    did what the share `what` counts, at the main visit), or waiting (who still waited for the milestone on the day
    `what`)."""

    kind: str
    group: str
    what: str


def behind(cursor: Any, known: Gathered, mark: Mark) -> pd.DataFrame:
    """The procedures behind a mark: number, episode_id, answered, value at that visit. Raises NotFound.

    `value` is in the instrument's unit, NaN where nothing came; of shares and of those waiting at the main visit.
    """
    place = known.place if mark.kind in (SHARE, WAITING) else _place(known, mark.what)
    rows = _waiting(cursor, known, mark) if mark.kind == WAITING else _rows(known, mark, place)
    answered = known.answered[:, place] & known.due[:, place]
    return pd.DataFrame(
        {
            "number": np.arange(int(rows.sum()), dtype=np.int32),
            "episode_id": known.people.loc[rows, "episode_id"].to_numpy(),
            "answered": answered[rows],
            "value": known.value[rows, place],
        }
    )


def _waiting(cursor: Any, known: Gathered, mark: Mark) -> Marked:
    _check_group(known, mark)
    try:
        day = float(mark.what)
    except ValueError:
        raise NotFound("There is no such day in this comparison: choose a mark again.") from None
    waits = reached.waits_for(cursor, known, known.question.milestone)
    here = waits[(waits["cohort"] == mark.group) & reached.still_waiting(waits, day)]
    rows = np.zeros(len(known.people), dtype=bool)
    rows[here["number"].to_numpy()] = True
    return rows


def _check_group(known: Gathered, mark: Mark) -> None:
    if mark.group not in [group.key for group in known.groups]:
        raise NotFound("There is no such group in this comparison: choose a mark again.")


def _rows(known: Gathered, mark: Mark, place: int) -> Marked:
    _check_group(known, mark)
    if mark.kind == SHARE:
        return shares.who(known, mark.what, mark.group)
    due = known.rows(mark.group) & known.due[:, place]
    return due & known.answered[:, place] if mark.kind == ANSWERED else due


def _place(known: Gathered, visit: str) -> int:
    found = next((stop.place for stop in known.visits if stop.visit == visit), None)
    if found is None:
        raise NotFound("There is no such visit in this comparison: choose a mark again.")
    return found
