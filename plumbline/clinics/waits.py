"""How long flags wait at each clinic: from raised to seen, and from seen to acted on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from plumbline import flag_figures
from plumbline.clinics import hidden, words
from plumbline.clinics.model import Waited
from plumbline.cohorts import small

STAGES = {"seen": "Raised to seen", "acted": "Seen to acted on"}
QUARTERS = (0.25, 0.5, 0.75)


def waits(flags: pd.DataFrame, settings: Mapping[str, float]) -> tuple[Waited, ...]:
    """By clinic in alphabetical order and stage: median and quartiles in hours.

    `flags`: rows of clinics/wait_by_flag. A flag that still waits, or ended before, counts as waiting for as long as
    it did (Kaplan and Meier), so that a quick few don't hide the slow ones. Hidden: flags of few patients, done or not
    done, and of another clinic what would give them away; quartiles of so few that they are one flag's own.
    """
    if flags.empty:
        return ()
    short = words.shortest(sorted(set(flags["clinic"])))
    most = int(settings["hidden_inside"])
    table = _counted(flags, short, most)
    shown = hidden.of_parts(table["done"], table["flags"], table["stage"], most, table["is_few"])
    return tuple(
        _waited(row, pair, flags[(flags["clinic_id"] == row.clinic_id) & (flags["stage"] == row.stage)], most)
        for row, pair in zip(table.itertuples(), shown, strict=True)
    )


def _counted(flags: pd.DataFrame, short: Mapping[str, str], most: int) -> pd.DataFrame:
    """A row a clinic and stage, in order: flags, of how many patients, done; whether they are of few in any case.

    Of few are flags of few patients, though many; and those seen of which few were dismissed, which the flags to be
    acted on would tell.
    """
    frame = flags.assign(who_did=flags["episode_id"].where(flags["is_done"].astype(bool)))
    counted = frame.groupby(["clinic_id", "clinic", "stage"]).agg(
        flags=("stage", "size"), done=("is_done", "sum"), patients=("episode_id", "nunique"),
        done_of=("who_did", "nunique"),
    )  # fmt: skip
    units = sorted(set(zip(flags["clinic_id"], flags["clinic"], strict=True)))
    units.sort(key=lambda unit: short[str(unit[1])].casefold())
    every = pd.MultiIndex.from_tuples([(*unit, stage) for unit in units for stage in STAGES], names=counted.index.names)
    table = counted.reindex(every, fill_value=0).reset_index()
    table["name"] = table["clinic"].map(short)
    seen = table["done"].where(table["stage"] == "seen").groupby(table["clinic_id"]).transform("max")
    pairs = zip(table["patients"], table["done_of"], table["flags"], seen, table["stage"], strict=True)
    table["is_few"] = [
        small.is_small(who, most) or small.is_small(did, most)
        or (stage == "acted" and small.is_near(int(number), int(before), most))
        for who, did, number, before, stage in pairs
    ]  # fmt: skip
    return table


def _waited(row: Any, pair: tuple[int | None, int | None], part: pd.DataFrame, most: int) -> Waited:
    told, (done, of) = f"{row.name}, {STAGES[row.stage].lower()}: ", pair
    if part.empty:
        return Waited(row.clinic_id, row.name, row.stage, 0, 0, None, None, None, "no flag", "0 of 0", told + "no flag")
    if done is None or of is None:
        said = hidden.said(row.done, row.flags, of, most)
        counted = said.removesuffix(" (hidden)")  # beside a time that is hidden
        return Waited(row.clinic_id, row.name, row.stage, of, done, None, None, None, "hidden", counted, told + said)
    first, half, third = flag_figures.reached(part["hours"], part["is_done"], QUARTERS)
    said, counted = f"{hours(half)} ({hours(first)} to {hours(third)})", f"{done:,} of {of:,}"
    if row.patients < small.least_of(QUARTERS[0], most):  # a quarter of them would be few: one flag's own time
        first, third, said = None, None, f"{hours(half)} (quarters: too few)"
    if row.patients < small.least_of(QUARTERS[1], most):
        half, said = None, "too few to give a time"
    return Waited(
        row.clinic_id, row.name, row.stage, of, done, first, half, third, said, counted, f"{told}{said}, {counted}"
    )


def hours(value: float | None) -> str:
    """A time as people say it: hours up to two days, then days; "longer" where so many have not come to it."""
    if value is None:
        return "longer"
    if value < 48:
        return f"{value:.0f} h" if value >= 1 else "under 1 h"
    return f"{value / 24:.0f} days"
