"""What the Clinics page tells of shares and answers by clinic and surgeon: known before any comparison is looked at."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from plumbline.clinics import funnel_hidden, hidden, words
from plumbline.cohorts.small import parts
from plumbline.compare.gathering import Gathered

Marked = npt.NDArray[np.bool_]
INSTRUMENT = "nrs_back"


def told(known: Gathered, of: Marked, did: Marked, *, is_share: bool, limit: int) -> list[tuple[Marked, bool]]:
    """Sets of procedures whose number it tells, each with whether they did: `did` of `of`, of a share or at a visit.

    Shares stand there at its own visits, answers at each; by its own rules for what is hidden.
    """
    if known.question.instrument != INSTRUMENT or (is_share and known.question.visit not in words.VISITS):
        return []
    people = known.people
    shown: list[Marked] = []
    for by in ("clinic_id", "surgeon") if is_share else ("clinic_id",):
        units = people[by].fillna("").to_numpy(dtype=str)
        shown += [units == unit for unit in _units(people, by, of, did, is_share=is_share, limit=limit)]
    return [(unit & of & (did == is_did), is_did) for unit in shown for is_did in (True, False)]


def _units(people: pd.DataFrame, by: str, of: Marked, did: Marked, *, is_share: bool, limit: int) -> list[str]:
    """The clinics or surgeons of whom both numbers are told."""
    clinics = _counted(people, "clinic_id", of, did)
    if not is_share:
        pairs = parts(list(zip(clinics["observed"], clinics["n"], strict=True)), limit)
        return [str(unit) for unit, pair in zip(clinics.index, pairs, strict=True) if None not in pair]
    if by == "clinic_id":
        shut = hidden.of_shares(clinics["observed"], clinics["n"], limit)
    else:
        frame = _counted(people, by, of, did)
        shut = funnel_hidden.shown(frame, clinics, people[["clinic_id", "surgeon"]].drop_duplicates(), limit,
                                   is_share=True)["is_hidden"]  # fmt: skip
    return [str(unit) for unit, is_shut in shut.items() if not is_shut]


def _counted(people: pd.DataFrame, by: str, of: Marked, did: Marked) -> pd.DataFrame:
    frame = pd.DataFrame({"unit": people[by], "n": of.astype(int), "observed": (of & did).astype(int)})
    found = frame.dropna(subset=["unit"]).groupby("unit")[["n", "observed"]].sum()
    return found.assign(received=found["n"], due=found["n"])
