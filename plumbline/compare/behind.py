"""Who is behind a mark of a comparison: as many procedures as the mark says, no more and no fewer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from plumbline.compare import shares
from plumbline.compare.gathering import Gathered, Marked
from plumbline.errors import NotFound

ANSWERED, DUE, SHARE = "answered", "due", "share"


@dataclass(frozen=True)
class Mark:
    """A mark that was clicked. `kind`: answered (who answered at visit `what`), due (who was due there), or share (who
    did what the share `what` counts, at the main visit)."""

    kind: str
    group: str
    what: str


def behind(known: Gathered, mark: Mark) -> pd.DataFrame:
    """The procedures behind a mark: number, episode_id, answered, value at that visit. Raises NotFound.

    `value` is in the instrument's unit, NaN where nothing came.
    """
    place = known.place if mark.kind == SHARE else _place(known, mark.what)
    rows = _rows(known, mark, place)
    answered = known.answered[:, place] & known.due[:, place]
    return pd.DataFrame(
        {
            "number": np.arange(int(rows.sum()), dtype=np.int32),
            "episode_id": known.people.loc[rows, "episode_id"].to_numpy(),
            "answered": answered[rows],
            "value": known.value[rows, place],
        }
    )


def _rows(known: Gathered, mark: Mark, place: int) -> Marked:
    if mark.group not in [group.key for group in known.groups]:
        raise NotFound("There is no such group in this comparison: choose a mark again.")
    if mark.kind == SHARE:
        return shares.who(known, mark.what, mark.group)
    due = known.rows(mark.group) & known.due[:, place]
    return due & known.answered[:, place] if mark.kind == ANSWERED else due


def _place(known: Gathered, visit: str) -> int:
    found = next((stop.place for stop in known.visits if stop.visit == visit), None)
    if found is None:
        raise NotFound("There is no such visit in this comparison: choose a mark again.")
    return found
