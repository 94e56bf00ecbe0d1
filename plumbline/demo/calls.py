"""Who was called about an answer that had not come, and how that ended: made up like everything else here."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd

from plumbline import sql
from plumbline.store import Store

_LATELY = timedelta(days=150)
_NEVER_CALLED = 0.4
_OUTCOMES = ("no_answer", "left_message", "call_back", "family_answered", "answered", "wrong_number", "declined")
_SHARES = (0.38, 0.2, 0.16, 0.11, 0.07, 0.04, 0.04)
_ENDS = {"wrong_number", "declined"}


def write(store: Store, seed: int, until: date) -> int:
    """Attempts for visits that are late or were missed lately, none after `until`; gives their number."""
    last = until - timedelta(days=1)
    rng = np.random.default_rng((seed, 4))
    with store.write() as cursor:
        planned = sql.rows(cursor, "followup/state_by_visit", clinics=None, as_of=last, episode_id=None)
        made: list[dict[str, Any]] = []
        for row in planned:
            if row["state"] in {"late", "missed"} and row["target_day"] > 0 and row["closes_on"] > until - _LATELY:
                made += _calls(rng, row, min(last, row["closes_on"]))
        if made:
            cursor.register("attempts", pd.DataFrame(made))
            sql.run(cursor, "demo/add_attempts")
            cursor.unregister("attempts")
    return len(made)


def _calls(rng: np.random.Generator, row: dict[str, Any], last: date) -> list[dict[str, Any]]:
    """The calls for one visit, from the day after the planned one."""
    planned = row["target_on"]
    room = (last - planned).days
    if room < 1 or rng.random() < _NEVER_CALLED:
        return []
    days = sorted({int(day) for day in rng.integers(1, room + 1, size=int(rng.integers(1, 4)))})
    found = []
    for number, day in enumerate(days):
        outcome = str(rng.choice(_OUTCOMES, p=_SHARES))
        on = planned + timedelta(days=day)
        again = on + timedelta(days=int(rng.integers(2, 9))) if outcome == "call_back" else None
        found.append({
            "contact_attempt_id": f"{row['episode_id']}-{row['visit']}-call-{number + 1}",
            **{name: row[name] for name in ("patient_id", "episode_id", "visit")},
            "attempted_on": on, "outcome": outcome, "call_back_on": again,
        })  # fmt: skip
        if outcome in _ENDS:
            break
    return found
