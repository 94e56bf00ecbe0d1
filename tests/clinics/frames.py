"""Small frames of counts and of patients, as the queries of clinics give them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from plumbline.clinics import words
from plumbline.clinics.model import Measure, View
from plumbline.store import reference_frame

SETTINGS: dict[str, float] = {
    **reference_frame("comparison_value").set_index("name")["value"].astype(float).to_dict(),
    "thin_share": float(reference_frame("call_value").set_index("name").loc["thin_share", "value"]),
}
INSTRUMENT = {"short_label": "Back pain", "unit": "points", "mic_points": 2.0, "mic_share": 0.3, "acceptable": 3.0}
MEASURES: dict[str, Measure] = words.measures(INSTRUMENT)
COVARIATES = [
    {"covariate": row.covariate, "kind": row.kind, "label": row.label}
    for row in reference_frame("case_mix").itertuples()
]


def view(measure: str = "comfortable", by: str = "clinic", *, is_adjusted: bool = False) -> View:
    return View(measure, by, "month_3", is_adjusted)


def counted(
    clinic: str, of: int, did: int, *, due: int | None = None, month: str = "2025-01-01", is_open: bool = False,
    surgeon: str | None = None, score: float = 3.0, spread: float = 1.0, visit: str = "month_3",
) -> dict[str, Any]:  # fmt: skip
    """`did` of `of` answers, for every measure alike; scores half below and half above their mean by `spread`."""
    scores = np.array([score + spread * (-1) ** turn for turn in range(of)])
    return {
        "clinic_id": clinic.lower(), "clinic": clinic, "surgeon": surgeon, "month_on": pd.Timestamp(month),
        "visit": visit, "label": visit, "target_day": 90, "is_month_open": is_open, "due": of if due is None else due,
        "received": of, "able": of, "improved": did, "comfortable": did, "paired": of, "worse": did,
        "total": scores.sum(), "squares": (scores**2).sum(), "cubes": (scores**3).sum(),
    }  # fmt: skip


def cases(rows: list[tuple[str, float, float]], month: str = "2025-01-01") -> pd.DataFrame:
    """Patients as (clinic, score before, 1 where it went well); all else alike, in the order of their procedures."""
    frame = pd.DataFrame(rows, columns=["clinic_id", "baseline", "comfortable"])
    frame["clinic_id"] = frame["clinic_id"].str.lower()
    same = {one["covariate"]: np.nan for one in COVARIATES if one["covariate"] != "baseline"}
    return frame.assign(
        **same, improved=frame["comfortable"], worse=1 - frame["comfortable"], mean=5 - 3 * frame["comfortable"],
        surgeon=None, month_on=pd.Timestamp(month), is_month_open=False,
    )  # fmt: skip
