"""The odd cases that every demo store has, at fixed numbers, so that tests and readers can find them."""

from __future__ import annotations

from dataclasses import dataclass

LEAST_PATIENTS = 60


@dataclass(frozen=True)
class Case:
    """What is fixed about a patient; None leaves it to chance. Days count from the procedure."""

    name: str
    days_ago: int | None = None
    group: str | None = None
    diary: str | None = None
    step_day: int | None = None
    recognised: str | None = None
    died_day: int | None = None
    withdrew_day: int | None = None
    dropout_day: int | None = None
    red_flag: tuple[str, int, int | None] | None = None
    before: float | None = None
    floor_share: float | None = None
    scores: str = "usual"
    procedure: bool = True
    baseline: bool | None = None
    pathway: str = "kyphoplasty"
    calm: bool = True


CASES: dict[int, Case] = {
    1: Case(
        "shown first",
        days_ago=96,
        group="gradual",
        diary="weekly",
        before=8.3,
        floor_share=0.15,
        baseline=True,
    ),
    2: Case("about 2,000 scores", days_ago=500, group="quick", diary="many", baseline=True),
    3: Case("no score at all", days_ago=40, scores="none", diary="visits"),
    4: Case("exactly one score", days_ago=25, scores="one", diary="visits", baseline=True),
    5: Case("died", days_ago=300, group="gradual", diary="weekly", died_day=133, baseline=True),
    6: Case(
        "two episodes",
        days_ago=410,
        group="quick",
        diary="weekly",
        step_day=150,
        recognised="second",
        before=8.0,
        floor_share=0.15,
        baseline=True,
    ),
    7: Case("scores, no procedure", days_ago=30, procedure=False, diary="weekly"),
    8: Case("procedure a day ago", days_ago=1, group="quick", diary="hospital", baseline=True),
    9: Case("procedure two days ago", days_ago=2, group="gradual", diary="hospital", baseline=True),
    10: Case("procedure three days ago", days_ago=3, group="poor", diary="hospital", baseline=True),
    11: Case(
        "open red flag",
        days_ago=18,
        group="quick",
        diary="daily",
        red_flag=("fever_wound", 16, None),
        baseline=True,
    ),
    12: Case("withdrew", days_ago=260, group="poor", diary="visits", withdrew_day=75, baseline=True),
    13: Case(
        "pain has just stepped up",
        days_ago=66,
        group="quick",
        diary="daily",
        step_day=57,
        recognised="never",
        before=8.0,
        floor_share=0.15,
        baseline=True,
    ),
    14: Case("slow now", days_ago=45, group="poor", diary="weekly", before=8.6, floor_share=0.85, baseline=True),
    15: Case("silent", days_ago=70, group="gradual", diary="visits", dropout_day=16, baseline=True),
    16: Case(
        "red flag, closed",
        days_ago=120,
        group="quick",
        diary="weekly",
        red_flag=("calf", 12, 14),
        baseline=True,
    ),
    17: Case("other pathway", days_ago=80, group="quick", diary="visits", pathway="vertebroplasty", baseline=True),
    18: Case("no baseline", days_ago=50, group="quick", diary="weekly", baseline=False),
    19: Case("closed after two years", days_ago=760, group="quick", diary="visits", baseline=True),
    20: Case("scores, no procedure", days_ago=12, procedure=False, diary="visits"),
    21: Case("day 10", days_ago=10, group="quick", diary="daily", baseline=True),
    22: Case("day 6", days_ago=6, group="gradual", diary="daily", baseline=True),
}
_BY_CHANCE = Case("", calm=False)


def case_of(number: int) -> Case:
    """The case of patient `number` (from 1); beyond the fixed ones everything is left to chance."""
    return CASES.get(number, _BY_CHANCE)


def patient_id(number: int, patients: int) -> str:
    """`DEMO-P0001`; more digits only where there are more than 9,999 patients."""
    return f"DEMO-P{number:0{max(4, len(str(patients)))}d}"


def episode_id(number: int, patients: int, second: bool = False) -> str:
    """`demo-0001`; a second procedure of the same patient is `demo-0001-2`."""
    return f"demo-{number:0{max(4, len(str(patients)))}d}" + ("-2" if second else "")
