"""Week by week: which weeks may be shown, and that a clinic's own are those of its patients alone."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from plumbline.clinics.weeks import drawn, weeks
from plumbline.store import Store
from tests.facts import Facts

FIRST = date(2025, 1, 1)
COLUMNS = ["week", "courses", "scores", "q25", "median", "q75"]


def frame(*courses: int) -> pd.DataFrame:
    return pd.DataFrame([(week, n, n, 1.0, 2.0, 4.0) for week, n in enumerate(courses)], columns=COLUMNS)


def test_a_clinic_is_of_its_own_patients_alone(store: Store) -> None:
    """Twenty of each: North all say 2 in the second week, South all say 6, so together half are at 2 or less."""
    facts = Facts()
    for clinic, value in (("north", 2.0), ("south", 6.0)):
        facts.clinic(clinic)
        for turn in range(20):
            patient = f"{clinic}-{turn}"
            facts.patient(patient, clinic_id=clinic)
            facts.episode(f"e-{patient}", patient, performed_on=FIRST)
            facts.add("score", patient_id=patient, instrument="nrs_back", taken_on=FIRST + timedelta(days=7),
                      value=value, status="done")  # fmt: skip
    facts.write(store)
    cursor = store.cursor()
    south = weeks(cursor, None, clinic_id="south")
    assert south[["week", "courses", "q25", "median", "q75"]].to_numpy().tolist() == [[1, 20, 6, 6, 6]]
    assert weeks(cursor, ["north"], clinic_id="south").empty
    found = drawn(weeks(cursor, None), south, "South", last_week=52, least=10)
    assert [(one.part, one.week, one.courses, one.low, one.mid, one.high) for one in found] == [
        ("all", 1, 40, 2.0, 2.0, 6.0),
        ("one", 1, 20, 6.0, 6.0, 6.0),
    ]
    assert found[1].words == (
        "South, week 2: half at 6 or less, the middle half 6 to 6; 20 scores of 20 courses"
    )


def test_a_week_of_few_is_left_out() -> None:
    found = drawn(frame(30, 16, 17, 30), None, "", last_week=2, least=10)
    assert [one.week for one in found] == [0, 2]


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=8))
def test_no_small_number_of_patients_is_shown_nor_follows_by_subtraction(counts: list[tuple[int, int]]) -> None:
    of_all = frame(*(own + others for own, others in counts))
    found = drawn(of_all, frame(*(own for own, _ in counts)), "South", last_week=52, least=1)
    shown = {(one.part, one.week): one.courses for one in found}
    assert not any(0 < n < 5 for n in shown.values())
    for (part, week), n in shown.items():
        if part == "one" and ("all", week) in shown:
            assert not 0 < shown["all", week] - n < 5
