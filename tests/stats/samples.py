"""Small published data that known answers are of, and frames drawn from a known truth."""

from __future__ import annotations

from pathlib import Path

import lifelines
import numpy as np
import pandas as pd

_DATASETS = Path(lifelines.__file__).parent / "datasets"
_TEETH = {  # Crampton 1947: length of odontoblasts by source of vitamin C and dose (mg a day)
    ("VC", 0.5): "4.2 11.5 7.3 5.8 6.4 10 11.2 11.2 5.2 7",
    ("VC", 1.0): "16.5 16.5 15.2 17.3 22.5 17.3 13.6 14.5 18.8 15.5",
    ("VC", 2.0): "23.6 18.5 33.9 25.5 26.4 32.5 26.7 21.5 23.3 29.5",
    ("OJ", 0.5): "15.2 21.5 17.6 9.7 14.5 10 8.2 9.4 16.5 9.7",
    ("OJ", 1.0): "19.7 23.3 23.6 26.4 20 25.2 25.8 21.2 14.5 27.3",
    ("OJ", 2.0): "25.5 26.4 22.4 24.5 24.8 30.9 26.4 27.3 29.4 23",
}
_SLEEP = "0.7 -1.6 -0.2 -1.2 -0.1 3.4 3.7 0.8 0 2", "1.9 0.8 1.1 0.1 -0.1 4.4 5.5 1.6 4.6 3.4"  # Student 1908
# Montgomery, Introduction to statistical quality control: cans of juice that leak, of 50 each; costs of a loan
JUICE = "12 15 8 10 4 7 16 9 14 10 5 6 17 12 22 8 10 5 13 11 20 18 24 15 9 12 7 13 9 6"
LOANS = "310 288 297 298 307 303 294 297 308 306 294 299 297 299 314 295 293 306 301 304"


def lung() -> pd.DataFrame:
    """Advanced lung cancer, Loprinzi 1994: days to death or censoring, sex 1 for men and 2 for women."""
    frame = pd.read_csv(_DATASETS / "lung.csv")
    return frame.assign(dead=frame["status"] == frame["status"].max())


def leukaemia() -> pd.DataFrame:
    """Remission of leukaemia, Freireich 1963: weeks, relapse 1 or 0, drug 2 (6-MP) or 1 (placebo)."""
    return pd.read_csv(_DATASETS / "gehan.dat", sep=" ", names=["drug", "weeks", "relapse"])


def teeth() -> pd.DataFrame:
    rows = [(supp, dose, float(one)) for (supp, dose), held in _TEETH.items() for one in held.split()]
    return pd.DataFrame(rows, columns=["supp", "dose", "length"])


def sleep() -> pd.DataFrame:
    rows = [(drug, float(one)) for drug, held in enumerate(_SLEEP, 1) for one in held.split()]
    return pd.DataFrame(rows, columns=["drug", "extra"])


def by_period(held: str, n: int = 50) -> pd.DataFrame:
    found = [float(one) for one in held.split()]
    return pd.DataFrame({"period": range(1, len(found) + 1), "found": found, "n": n})


def patients(rng: np.random.Generator, count: int, difference: float) -> pd.DataFrame:
    """Two cohorts, b's outcome higher by the difference; pain before and age tell of the outcome."""
    group = np.where(np.arange(count) < count // 2, "a", "b")
    before, age = rng.normal(7, 1.5, count), rng.normal(78, 8, count)
    outcome = 1 + 0.4 * before + 0.02 * age + difference * (group == "b") + rng.normal(0, 2, count)
    return pd.DataFrame({"group": group, "before": before, "age": age, "outcome": outcome})
