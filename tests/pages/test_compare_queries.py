"""Two moments of a course side by side: worked examples, and what holds for any two scores."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plumbline import sql, summary
from plumbline.store import open_store, reference_frame
from tests.pages.scenes import AS_OF, Scene, add

NRS = {0: 8, 7: 7, 14: 5, 42: 4, 90: 9}
EVERY = [*range(11), *range(10, -1, -1)]  # up and down again, ten days apart
OTHERS: dict[str, dict[int, float]] = {
    "odi": {-4: 70, 42: 51.5},
    "rmdq": {-4: 18, 42: 12},
    "eq5d_index": {-4: 0.31, 42: 0.41},
    "vas_back": {-4: 80, 42: 70},
    "tug": {-4: 15},
    "sts5": {42: 14},
    "gait_speed": {-4: 0.7, 42: 0.74},
}


def ada(cursor: Any) -> None:
    """Pain down, then up; one instrument for every kind of answer."""
    scene = Scene(cursor, "ada", 95)
    for day, value in NRS.items():
        scene.score(day or -4, value)
    for instrument, given_on in OTHERS.items():
        for day, value in given_on.items():
            scene.score(day, value, instrument)
    scene.score(42, None, "tug", status="unable")
    scene.milestone(2, "stairs")
    scene.milestone(42, "driving")
    scene.milestone(43, "usual_activity")
    scene.medicine("oxycodone", -5, 11, 5, opioid=True)
    scene.medicine("ibuprofen", 14, None, 400)
    scene.note(-4, "visit", "Before", "Worn out.")
    scene.note(42, "visit", "Six weeks", "Drives again.")
    scene.event(40, "fall")
    whole = Scene(cursor, "whole", 300)
    for place, value in enumerate(EVERY):
        whole.score(10 * place, value)


@pytest.fixture(scope="module")
def cursor(empty_original: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    path = tmp_path_factory.mktemp("compare") / "store.duckdb"
    path.write_bytes(empty_original.read_bytes())
    store = open_store(path)
    with store.write() as writing:
        add(writing, "clinic", clinic_id="north", name="North clinic", time_zone="Europe/Berlin")
        ada(writing)
        summary.refresh(writing, None)
    yield store.cursor()
    store.close()


def compared(
    cursor: Any, first: str, second: str, who: str = "ada-e", as_of: dt.date = AS_OF
) -> dict[str, dict[str, Any]]:
    ask = {"as_of": as_of, "episode_id": who, "low": None, "high": None}
    rows = sql.rows(cursor, "patient/change_between_moments", first=first, second=second, **ask)
    return {row["instrument"]: row for row in rows}


def happened(cursor: Any, first: str, second: str) -> dict[str, tuple[int, str | None]]:
    ask = {"as_of": AS_OF, "episode_id": "ada-e", "low": None, "high": None}
    rows = sql.rows(cursor, "patient/happening_between_moments", first=first, second=second, **ask)
    return {row["kind"]: (row["number"], row["words"]) for row in rows}


def on(day: int) -> str:
    return f"date:{AS_OF - dt.timedelta(days=95 - day)}"


@pytest.mark.parametrize(
    ("first", "second", "standing", "words"),
    [
        (
            "baseline",
            "visit:week_6",
            "better",
            "fell 4 points, better: reaches the MIC (2 points and 30%) and is more than measurement error (3.6).",
        ),
        ("baseline", "visit:week_1", "unsure", "fell 1 point: within measurement error (3.6)."),
        (
            "baseline",
            "visit:week_2",
            "unsure",
            "fell 3 points: reaches the MIC (2 points and 30%), but is within measurement error (3.6).",
        ),
        ("visit:week_2", "latest", "worse", "rose 4 points, worse: more than measurement error (3.6)."),
        ("baseline", "latest", "unsure", "rose 1 point: within measurement error (3.6)."),
        ("visit:month_3", "latest", "none", "no later score to compare with."),
    ],
)
def test_pain_is_judged_by_what_matters_and_by_measurement_error(
    cursor: Any, first: str, second: str, standing: str, words: str
) -> None:
    row = compared(cursor, first, second)["nrs_back"]
    assert (row["standing"], row["words"]) == (standing, words)


@pytest.mark.parametrize(
    ("instrument", "standing", "words"),
    [
        (
            "odi",
            "small",
            "fell 18.5 points: more than measurement error (18), but under the MIC (10 points and 30%).",
        ),
        ("rmdq", "unjudged", "fell 6 points: reaches the MIC (5 points and 30%); no published measurement error."),
        ("vas_back", "unjudged", "fell 10 mm: under the MIC (15 mm and 30%); no published measurement error."),
        (
            "eq5d_index",
            "unsure",
            "rose 0.1 (higher is better): reaches the MIC (0.1), but is within measurement error (0.49).",
        ),
        (
            "gait_speed",
            "unjudged",
            "rose 0.04 m/s (higher is better): under the MIC (0.05 m/s); no published measurement error.",
        ),
        ("tug", "none", "no number at week 6, so no change."),
        ("sts5", "none", "no score at baseline."),
    ],
)
@pytest.mark.slow
def test_each_instrument_says_no_more_than_is_published(
    cursor: Any, instrument: str, standing: str, words: str
) -> None:
    row = compared(cursor, "baseline", "visit:week_6")[instrument]
    assert (row["standing"], row["words"]) == (standing, words)
    assert (row["change"] is None) == (standing == "none")


def test_unable_is_no_number_and_missing_is_never_zero(cursor: Any) -> None:
    rows = compared(cursor, "baseline", "visit:week_6")
    assert rows["tug"]["second_words"] == "unable · day 42"
    assert rows["sts5"]["first_words"] == "no score"
    assert rows["tug"]["change_words"] is None
    assert rows["sts5"]["per_week"] is None


def test_scores_their_days_what_was_expected_and_the_change_a_week(cursor: Any) -> None:
    row = compared(cursor, "baseline", "visit:week_6")["nrs_back"]
    assert (row["first_words"], row["second_words"]) == ("8 of 10 · day −4", "4 of 10 · day 42")
    assert row["first_expected"] is None
    assert row["second_expected"] == "0 to 6, middle 3"
    assert (row["change"], row["days"], row["change_words"]) == (-4, 46, "−4")
    assert row["per_week"] == pytest.approx(-4 * 7 / 46)
    assert row["per_week_words"] == "−0.61"


def test_a_change_within_less_than_a_week_has_no_speed(cursor: Any) -> None:
    assert compared(cursor, "baseline", "visit:week_1")["nrs_back"]["per_week"] is not None
    assert compared(cursor, "visit:week_1", "visit:week_2")["nrs_back"]["per_week"] == -2
    assert compared(cursor, on(40), "visit:week_6") == {}  # no score on that day: no such moment


def test_what_happened_between_counts_after_the_first_day_up_to_the_second(cursor: Any) -> None:
    assert happened(cursor, "baseline", "visit:week_6") == {
        "milestone": (2, "Stairs (day 2), Driving (day 42)"),
        "started": (1, "ibuprofen (day 14)"),
        "stopped": (1, "oxycodone (day 11)"),
        "event": (1, "Fall (day 40)"),
        "note": (1, "Visit (day 42)"),
    }
    assert happened(cursor, "visit:week_6", "latest")["milestone"] == (1, "Usual activity (day 43)")
    assert happened(cursor, "visit:month_3", "latest")["note"] == (0, None)


def test_moments_are_the_baseline_the_visits_received_the_latest_and_every_date(cursor: Any) -> None:
    ask = {"as_of": AS_OF, "episode_id": "ada-e", "low": None, "high": None}
    rows = sql.rows(cursor, "patient/moment_of_course", **ask)
    assert [row["moment"] for row in rows] == [
        "baseline",
        "visit:week_1",
        "visit:week_2",
        "visit:week_6",
        "visit:month_3",
        "latest",
        *map(on, (-4, 7, 14, 42, 90)),
    ]
    assert rows[0]["label"] == "Baseline · day −4 · 16 Aug 2026"
    assert rows[-1]["label"] == "day 90 · 18 Nov 2026"


def test_what_came_after_the_day_looked_at_is_not_known_yet(cursor: Any) -> None:
    early = AS_OF - dt.timedelta(days=95 - 20)
    assert compared(cursor, "baseline", "visit:week_6", as_of=early) == {}
    assert compared(cursor, "baseline", "latest", as_of=early)["nrs_back"]["second_words"] == "5 of 10 · day 14"


def standing(first: float, second: float) -> str:
    """The rule for pain, told again from the reference file."""
    rule = reference_frame("meaningful_change").set_index("instrument").loc["nrs_back"]
    points, share, error = (float(rule[name]) for name in ("mic_points", "mic_share", "smallest_detectable_change"))
    fall = first - second
    if fall == 0:
        return "same"
    if abs(fall) <= error:
        return "unsure"
    return "worse" if fall < 0 else "better" if fall >= points and fall >= share * first else "small"


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(places=st.lists(st.integers(0, len(EVERY) - 1), min_size=2, max_size=2, unique=True))
def test_any_two_scores_are_judged_by_the_rule_whichever_is_named_first(cursor: Any, places: list[int]) -> None:
    moments = [f"date:{AS_OF - dt.timedelta(days=300 - 10 * place)}" for place in places]
    row = compared(cursor, moments[0], moments[1], who="whole-e")["nrs_back"]
    assert row == compared(cursor, moments[1], moments[0], who="whole-e")["nrs_back"]
    first, second = (EVERY[place] for place in sorted(places))
    assert row["change"] == second - first
    assert row["days"] == 10 * abs(places[1] - places[0])
    assert row["per_week"] == pytest.approx((second - first) * 7 / row["days"])
    assert row["standing"] == standing(first, second)


def test_the_limits_for_pain_are_those_of_the_timeline() -> None:
    """One truth: the verdict's thresholds and the row of the comparison say the same."""
    rule = reference_frame("meaningful_change").set_index("instrument").loc["nrs_back"]
    thresholds = reference_frame("threshold").set_index(["timeline_version", "threshold"])["value"]
    newest = reference_frame("timeline_version").sort_values("effective_from")["timeline_version"].iloc[-1]
    for name in ("mic_points", "mic_share", "smallest_detectable_change"):
        assert float(rule[name]) == float(thresholds[newest, name]), name
