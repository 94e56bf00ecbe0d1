"""Who did well and who did badly: shares with the three numbers that they can be of, and their bounds."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from plumbline.stats.columns import Flags, Floats, flags, number, numbers
from plumbline.stats.errors import StatsError
from plumbline.stats.proportions import wilson

COLUMNS = ["kind", "count", "measured", "due", "eligible", "estimate", "lower", "upper", "worst", "best"]


def responders(
    frame: pd.DataFrame,
    baseline: Hashable,
    outcome: Hashable,
    due: Hashable,
    *,
    points: float,
    share: float | None = None,
    acceptable: float | None = None,
    best: float = 0.0,
    worst: float | None = None,
) -> pd.DataFrame:
    """How many improved, are in an acceptable state, or are worse than before, at one visit.

    Columns: a row a patient; `baseline` and `outcome` in the instrument's unit, missing where there is none; `due`
    true where an answer can be asked of the patient: alive, taking part, the window closed. An answer of one who was
    not due isn't counted.
    `best` and `worst` are the ends of the instrument's scale: lower is better unless `worst` is below `best`.
    - `improved`: better by `points` or more and, with `share`, by that share or more of the way from baseline to
      `best` (of the baseline itself where `best` is 0). Eligible: the baseline leaves room for both.
    - `comfortable`: at `acceptable` or better; left out without it. Eligible: everybody, with a baseline or without.
    - `worse`: worse by `points` or more. Eligible: a baseline, with room for it where `worst` is given.
    Returns a row a kind: `count` of `measured` (answered) of `due` of `eligible`; `estimate`, `lower`, `upper` of
    those measured (Wilson, 95 %; missing where nobody is); `worst` and `best` of those due, were every missing answer
    bad or good for the patient: for `worse` the first is the larger.
    Errors: `StatsError` for a missing `due`, `points` that are not above 0 or a share outside 0 to 1, one end twice.
    A comparison of cohorts asks the same rule row by row (`responses`, `tally`): it lists who is behind each count.
    Source: statistics, section 1; Ostelo 2008 and Asher 2020 for points and share together.
    """
    _scale(points, share, acceptable, best, worst)
    is_due, after = flags(frame, due), numbers(frame, outcome)
    sign = -1.0 if worst is not None and worst < best else 1.0
    found = responses(
        numbers(frame, baseline), after, points=points, share=share, acceptable=acceptable, best=best, sign=sign,
        worst=worst,
    )  # fmt: skip
    rows = [{"kind": one.kind, **tally(one, is_due, ~np.isnan(after))} for one in found]
    return pd.DataFrame(rows, columns=COLUMNS).astype(dict.fromkeys(COLUMNS[5:], "float64"))


def _scale(points: float, share: float | None, acceptable: float | None, best: float, worst: float | None) -> None:
    """Refuse what no instrument can have."""
    given = {"points": points, "share": share, "acceptable": acceptable, "worst": worst}
    told = {name: number(one, name) for name, one in given.items() if one is not None or name == "points"}
    if not told["points"] > 0 or not 0 < told.get("share", 1.0) <= 1:
        raise StatsError("Give the points that matter as more than 0, and the share as more than 0 and up to 1.")
    if told.get("worst") == number(best, "best"):
        raise StatsError(f"The scale's best and worst are both {best}: give its two ends.")


@dataclass(frozen=True)
class Response:
    """One kind of response, of each row: whether it can be asked of that patient, and whether it is so; `is_bad` for
    the patient. `did` may be true of a row that isn't able."""

    kind: str
    able: Flags
    did: Flags
    is_bad: bool


def responses(
    before: Floats, after: Floats, *, points: float | None, best: float, share: float | None = None,
    acceptable: float | None = None, sign: float = 1.0, able: float | None = None, worst: float | None = None,
) -> list[Response]:  # fmt: skip
    """The rule of `responders`, row by row; `sign` is 1 where lower is better, else -1.

    Without `points` only the acceptable state can be said. `able`: the room for improvement that a baseline must leave,
    where it isn't the points themselves.
    """
    room, gain = sign * (before - best), sign * (before - after)
    found = []
    if points is not None:
        did = _at_least(gain, np.maximum(points, (share or 0.0) * room))
        found.append(Response("improved", _at_least(room, points if able is None else able), did, False))
    if acceptable is not None:
        at_ease = _at_least(sign * (acceptable - after), 0.0)
        found.append(Response("comfortable", np.ones(len(after), dtype=bool), at_ease, False))
    if points is not None:
        known = ~np.isnan(before)
        space = known if worst is None else known & _at_least(sign * (worst - before), points)
        found.append(Response("worse", space, _at_least(-gain, points), True))
    return found


def tally(one: Response, due: Flags, answered: Flags) -> dict[str, Any]:
    """The counts, the share with its interval and the bounds of one response, as a row of `responders` has them."""
    able, asked = one.able, one.able & due
    count, measured, of = (int(which.sum()) for which in (asked & answered & one.did, asked & answered, asked))
    ends = (count / of, (count + of - measured) / of) if of else (None, None)
    worst, best = reversed(ends) if one.is_bad else ends
    return {"count": count, "measured": measured, "due": of, "eligible": int(able.sum()),
            **wilson(count, measured), "worst": worst, "best": best}  # fmt: skip


def _at_least(values: Floats, least: Floats | float) -> Flags:
    """Not short of it, floats forgiven: a fall from 0.7 to 0.6 is one of 0.1. Missing is not."""
    return np.asarray(values >= np.asarray(least) - 1e-9, dtype=bool)
