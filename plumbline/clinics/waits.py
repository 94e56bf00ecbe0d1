"""How long flags wait at each clinic: from raised to seen, and from seen to acted on."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from plumbline import flag_figures
from plumbline.clinics import words
from plumbline.clinics.model import Waited
from plumbline.cohorts import small

STAGES = {"seen": "Raised to seen", "acted": "Seen to acted on"}
QUARTERS = (0.25, 0.5, 0.75)


def waits(flags: pd.DataFrame, settings: Mapping[str, float]) -> tuple[Waited, ...]:
    """By clinic in alphabetical order and stage: median and quartiles in hours.

    `flags`: rows of clinics/wait_by_flag. A flag that still waits, or ended before, counts as waiting for as long as
    it did (Kaplan and Meier), so that a quick few don't hide the slow ones.
    """
    if flags.empty:
        return ()
    short = words.shortest(sorted(set(flags["clinic"])))
    parts = [(short[str(name)], str(unit), part) for (name, unit), part in flags.groupby(["clinic", "clinic_id"])]
    return tuple(
        _waited(unit, name, stage, part[part["stage"] == stage], settings)
        for name, unit, part in sorted(parts, key=lambda one: one[0].casefold())
        for stage in STAGES
    )


def _waited(unit: str, name: str, stage: str, part: pd.DataFrame, settings: Mapping[str, float]) -> Waited:
    told = f"{name}, {STAGES[stage].lower()}: "
    most = int(settings["hidden_inside"])
    if part.empty:
        return Waited(unit, name, stage, 0, 0, None, None, None, told + "no flag")
    done = int(part["is_done"].sum())
    if small.is_small(len(part), most) or small.is_small(done, most):
        return Waited(unit, name, stage, None, None, None, None, None, told + words.HIDDEN.format(most + 1))
    first, half, third = flag_figures.reached(part["hours"], part["is_done"], QUARTERS)
    said = f"{hours(half)} ({hours(first)} to {hours(third)})"
    return Waited(unit, name, stage, len(part), done, first, half, third, f"{told}{said}, {done:,} of {len(part):,}")


def hours(value: float | None) -> str:
    """A time as people say it: hours up to two days, then days; "longer" where so many have not come to it."""
    if value is None:
        return "longer"
    if value < 48:
        return f"{value:.0f} h" if value >= 1 else "under 1 h"
    return f"{value / 24:.0f} days"
