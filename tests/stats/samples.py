"""Small published data that known answers are of, and frames drawn from a known truth."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import lifelines
import numpy as np
import pandas as pd
import statsmodels

_DATASETS = Path(lifelines.__file__).parent / "datasets"
_MARROW = Path(statsmodels.__file__).parent / "duration/tests/results/bmt.csv"
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
_ORDERS = (  # the same book: purchase orders with an error, and of how many
    "12 8 6 9 10 12 11 16 10 6 20 15 9 8 6 8 10 7 5 8 5 8 10 6 9",
    "100 80 80 100 110 110 100 100 90 90 110 120 120 120 110 80 80 80 90 100 100 100 100 90 90",
)
# Follow-up of each group; a plus: censored then
_OVARY = {  # Edmonson 1979: ovarian cancer by treatment, days
    1: "59 115 156 268 329 431 448+ 477+ 638 803+ 855+ 1040+ 1106+",
    2: "353 365 377+ 421+ 464 475 563 744+ 769+ 770+ 1129+ 1206+ 1227+",
}
_MAINTAINED = {  # Embury 1977: acute myelogenous leukaemia, weeks of remission
    "kept on": "9 13 13+ 18 23 28+ 31 34 45+ 48 161+",
    "not kept on": "5 5 8 8 12 16+ 23 27 30 33 43 45",
}
_RATS = {  # Pike 1966: days to vaginal cancer by regimen
    1: "143 164 188 188 190 192 206 209 213 216 216+ 220 227 230 234 244+ 246 265 304",
    2: "142 156 163 198 204+ 205 232 232 233 233 233 233 239 240 261 280 280 296 296 323 344+",
}
_CARS = {  # Motor Trend 1974; Henderson and Velleman 1981: miles a gallon, manual gears, weight, seconds a quarter mile
    "mpg": "21 21 22.8 21.4 18.7 18.1 14.3 24.4 22.8 19.2 17.8 16.4 17.3 15.2 10.4 10.4 14.7 32.4 30.4 33.9 21.5 15.5 "
    "15.2 13.3 19.2 27.3 26 30.4 15.8 19.7 15 21.4",
    "am": "1 1 1 0 0 0 0 0 0 0 0 0 0 0 0 0 0 1 1 1 0 0 0 0 0 1 1 1 1 1 1 1",
    "wt": "2.62 2.875 2.32 3.215 3.44 3.46 3.57 3.19 3.15 3.44 3.44 4.07 3.73 3.78 5.25 5.424 5.345 2.2 1.615 1.835 "
    "2.465 3.52 3.435 3.84 3.845 1.935 2.14 1.513 3.17 2.77 3.57 2.78",
    "qsec": "16.46 17.02 18.61 19.44 17.02 20.22 15.84 20 22.9 18.3 18.9 17.4 17.6 18 17.98 17.82 17.42 19.47 18.52 "
    "19.9 20.01 16.87 17.3 15.41 17.05 18.9 16.7 16.9 14.5 15.5 14.6 18.6",
}


def lung() -> pd.DataFrame:
    """Advanced lung cancer, Loprinzi 1994: days to death or censoring, sex 1 for men and 2 for women."""
    frame = pd.read_csv(_DATASETS / "lung.csv")
    return frame.assign(dead=frame["status"] == frame["status"].max())


def leukaemia() -> pd.DataFrame:
    """Remission of leukaemia, Freireich 1963: weeks, relapse 1 or 0, drug 2 (6-MP) or 1 (placebo)."""
    return pd.read_csv(_DATASETS / "gehan.dat", sep=" ", names=["drug", "weeks", "relapse"])


def followed(of: dict[Any, str]) -> pd.DataFrame:
    """Group, time and event, from times of which a plus says that they are censored."""
    rows = [
        (group, float(one.rstrip("+")), not one.endswith("+")) for group, held in of.items() for one in held.split()
    ]
    return pd.DataFrame(rows, columns=["group", "time", "event"])


def ovary() -> pd.DataFrame:
    return followed(_OVARY)


def maintained() -> pd.DataFrame:
    return followed(_MAINTAINED)


def rats() -> pd.DataFrame:
    return followed(_RATS)


def marrow() -> pd.DataFrame:
    """Bone marrow transplants, Klein and Moeschberger 1997: days without disease, by one of three risks."""
    return pd.read_csv(_MARROW).set_axis(["group", "time", "event"], axis=1)


def larynx() -> pd.DataFrame:
    """Cancer of the larynx, Kardaun 1983: years to death, by stage 1 to 4."""
    frame = pd.read_csv(_DATASETS / "larynx.csv")
    stage = 1 + frame["Stage_II"] + 2 * frame["Stage_III"] + 3 * frame["Stage_IV"]
    return frame.assign(group=stage, event=frame["death"])


def competing() -> pd.DataFrame:
    """Eighteen who were followed, of whom statsmodels' tests print what R and Stata make."""
    time = [1, 1, 2, 4, 4, 4, 6, 6, 7, 8, 9, 9, 9, 1, 2, 2, 4, 4]
    return pd.DataFrame({"time": time, "event": [1] * 3 + [2] * 3 + [3] * 3 + [0] * 9})


def cars() -> pd.DataFrame:
    return pd.DataFrame({name: [float(one) for one in held.split()] for name, held in _CARS.items()})


def teeth() -> pd.DataFrame:
    rows = [(supp, dose, float(one)) for (supp, dose), held in _TEETH.items() for one in held.split()]
    return pd.DataFrame(rows, columns=["supp", "dose", "length"])


def sleep() -> pd.DataFrame:
    rows = [(drug, float(one)) for drug, held in enumerate(_SLEEP, 1) for one in held.split()]
    return pd.DataFrame(rows, columns=["drug", "extra"])


def by_period(held: str, n: int = 50) -> pd.DataFrame:
    found = [float(one) for one in held.split()]
    return pd.DataFrame({"period": range(1, len(found) + 1), "found": found, "n": n})


def orders() -> pd.DataFrame:
    held, n = _ORDERS
    return by_period(held).assign(n=[int(one) for one in n.split()])


def patients(rng: np.random.Generator, count: int, difference: float) -> pd.DataFrame:
    """Two cohorts, b's outcome higher by the difference; pain before and age tell of the outcome."""
    group = np.where(np.arange(count) < count // 2, "a", "b")
    before, age = rng.normal(7, 1.5, count), rng.normal(78, 8, count)
    outcome = 1 + 0.4 * before + 0.02 * age + difference * (group == "b") + rng.normal(0, 2, count)
    return pd.DataFrame({"group": group, "before": before, "age": age, "outcome": outcome})
