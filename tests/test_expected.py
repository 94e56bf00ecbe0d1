"""The expected band: the published answers at every knot, and the laws that hold between them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plumbline import expected
from plumbline.store import Store, open_store, reference_frame, references

VERSION = "kyphoplasty-2026.1"
SHARES = ["p05", "p10", "p25", "p50", "p75", "p90", "p95"]
# day: p05 p10 p25 p50 p75 p90 p95, share at 3 or less; for baseline 8, calculated outside this project
PUBLISHED = {
    1: ([0, 1, 2, 4, 6, 7, 8], 0.44),
    3: ([0, 1, 2, 3, 5, 7, 8], 0.52),
    7: ([0, 0, 1, 3, 5, 7, 8], 0.54),
    14: ([0, 0, 1, 3, 5, 7, 8], 0.56),
    30: ([0, 0, 1, 3, 5, 7, 8], 0.58),
    42: ([0, 0, 1, 3, 5, 6, 8], 0.63),
    90: ([0, 0, 1, 2, 4, 6, 8], 0.67),
    180: ([0, 0, 0, 2, 4, 7, 8], 0.70),
    365: ([0, 0, 0, 2, 4, 7, 8], 0.70),
}
DAYS = st.integers(1, 365)
BASELINES = st.integers(0, 10)


@pytest.fixture(scope="module")
def store(empty_of_module: Path) -> Iterator[Store]:
    opened = open_store(empty_of_module)
    yield opened
    opened.close()


@cache
def reference(instrument: str) -> expected.Reference:
    knots = reference_frame("reference_curve").query("instrument == @instrument and day != '0'")
    chosen = reference_frame("reference_set").query("instrument == @instrument").iloc[0]
    scale = reference_frame("instrument").query("instrument == @instrument").iloc[0]
    return expected.Reference(
        chosen["distribution"],
        float(chosen["reference_baseline"]),
        float(chosen["baseline_slope"]),
        float(scale["minimum"]),
        float(scale["maximum"]),
        tuple(knots["day"].astype(int)),
        tuple(knots["mean"].astype(float)),
        tuple(knots["sd"].astype(float)),
    )


def test_the_store_holds_the_references_of_the_files(store: Store) -> None:
    found = references(store.cursor())
    assert found[(VERSION, "nrs_back")] == reference("nrs_back")
    assert found[(VERSION, "rmdq")] == reference("rmdq")


@pytest.mark.parametrize("day", PUBLISHED)
def test_baseline_8_gives_the_published_quantiles_at_every_knot(store: Store, day: int) -> None:
    quantiles, share = PUBLISHED[day]
    assert list((expected.band(reference("nrs_back"), day, 8) or {}).values()) == quantiles
    held = (
        store.cursor()
        .execute(
            "select [p05, p10, p25, p50, p75, p90, p95], cumulative[4] from expected_band "
            "where timeline_version = $version and instrument = 'nrs_back' and baseline = 8 and day = $day",
            {"version": VERSION, "day": day},
        )
        .fetchone()
    )
    assert held[0] == quantiles
    assert held[1] == pytest.approx(share, abs=0.0051)


def test_every_knot_of_the_reference_has_a_published_answer() -> None:
    assert list(reference("nrs_back").days) == list(PUBLISHED)


@pytest.mark.parametrize(
    ("baseline", "day", "told"),
    [
        (8, 42, (0, 5)),
        (8, 7, (0, 7)),
        (8, 10, (0, 7)),
        (8, 11, (0, 5)),
        (5, 42, (0, 4)),
        (10, 42, (0, 7)),
        (0, 42, (0, 3)),
    ],
)
def test_the_range_told_to_a_patient(store: Store, baseline: int, day: int, told: tuple[int, int]) -> None:
    found = (
        store.cursor()
        .execute(
            "select told_low, told_high, p10, p90 from expected_band "
            "where instrument = 'nrs_back' and baseline = $baseline and day = $day",
            {"baseline": baseline, "day": day},
        )
        .fetchone()
    )
    assert found[:2] == told
    assert told[0] == found[2]
    assert told[1] <= found[3]


def test_the_range_told_never_holds_a_score_that_counts_as_slower(store: Store) -> None:
    """From day 11 two readings of 5 or more with a fall below 30% are slower: such a score is never told."""
    wrong = (
        store.cursor()
        .execute(
            "select day, baseline, told_high from expected_band where instrument = 'nrs_back' and day >= 11 "
            "and told_high >= 5 and told_high > 0.7 * baseline"
        )
        .fetchall()
    )
    assert wrong == []


@given(DAYS, BASELINES)
@pytest.mark.slow
def test_quantiles_rise_with_the_share_and_stay_on_the_scale(day: int, baseline: int) -> None:
    found = list((expected.band(reference("nrs_back"), day, baseline) or {}).values())
    assert found == sorted(found)
    assert min(found) >= 0
    assert max(found) <= 10
    assert all(value == int(value) for value in found)


@given(DAYS, BASELINES, BASELINES)
@pytest.mark.slow
def test_a_worse_baseline_never_lowers_what_is_expected(day: int, one: int, other: int) -> None:
    low, high = (expected.band(reference("nrs_back"), day, baseline) or {} for baseline in sorted((one, other)))
    assert all(low[share] <= high[share] for share in SHARES)


@given(st.floats(1, 365), st.integers(0, 8))
def test_the_mean_is_linear_in_log_time_between_the_knots(day: float, step: int) -> None:
    nrs = reference("nrs_back")
    left, right = (step, step + 1) if step + 1 < len(nrs.days) else (step - 1, step)
    share = (np.log1p(day) - np.log1p(nrs.days[left])) / (np.log1p(nrs.days[right]) - np.log1p(nrs.days[left]))
    if 0 <= share <= 1:
        mean, sd = expected.at_day(nrs, day)
        assert mean == pytest.approx(nrs.means[left] + share * (nrs.means[right] - nrs.means[left]))
        assert sd == pytest.approx(nrs.sds[left] + share * (nrs.sds[right] - nrs.sds[left]))


@given(DAYS, BASELINES)
@pytest.mark.slow
def test_only_the_mean_moves_with_the_baseline(day: int, baseline: int) -> None:
    nrs = reference("nrs_back")
    moved = expected.mean_for(nrs, day, baseline)
    assert moved == pytest.approx(np.clip(expected.at_day(nrs, day)[0] + 0.25 * (baseline - 8), 0.1, 9.9))
    assert expected.distribution(nrs, day, baseline).mean() == pytest.approx(moved)


@pytest.mark.parametrize(("instrument", "baseline"), [("nrs_back", 8), ("rmdq", 17.5)])
def test_the_distribution_has_the_published_mean_and_spread_at_every_knot(instrument: str, baseline: float) -> None:
    curve = reference(instrument)
    for day, mean, sd in zip(curve.days, curve.means, curve.sds, strict=True):
        found = expected.distribution(curve, day, baseline)
        assert float(found.mean()) + curve.minimum == pytest.approx(mean)
        assert float(found.std()) == pytest.approx(sd)


@pytest.mark.parametrize("day", [-30, -1, 0, 0.5, 366, 730])
def test_there_is_no_band_before_day_1_or_after_the_last_knot(day: float) -> None:
    assert expected.band(reference("nrs_back"), day, 8) is None
    assert expected.band(reference("nrs_back"), 1, 8) is not None
    assert expected.band(reference("nrs_back"), 365, 8) is not None


@pytest.mark.parametrize("instrument", ["odi", "sf36_pcs", "eq5d_index"])
def test_an_assumed_spread_gives_a_line_and_no_band(store: Store, instrument: str) -> None:
    assert expected.band(reference(instrument), 90, reference(instrument).reference_baseline) is None
    rows, lines, bands = (
        store.cursor()
        .execute(
            "select count(*), count(mean), count(coalesce(p05, p50, p95, told_low, told_high)) from expected_band "
            "where instrument = $instrument",
            {"instrument": instrument},
        )
        .fetchone()
    )
    assert rows == lines == reference(instrument).last_day - reference(instrument).first_day + 1
    assert bands == 0


def test_the_tabulated_band_is_the_calculated_one(store: Store) -> None:
    held = (
        store.cursor()
        .execute(
            "select day, baseline, p05, p10, p25, p50, p75, p90, p95 from expected_band "
            "where instrument = 'rmdq' and day in (3, 60, 365) order by day, baseline"
        )
        .fetchall()
    )
    assert len(held) == 3 * 26
    for day, baseline, *quantiles in held:
        assert list((expected.band(reference("rmdq"), day, baseline) or {}).values()) == pytest.approx(quantiles)


def test_the_shares_of_every_score_add_up(store: Store) -> None:
    broken = (
        store.cursor()
        .execute(
            "select count(*) from expected_band where instrument = 'nrs_back' and (len(cumulative) <> 11 "
            "or abs(cumulative[11] - 1) > 1e-9 or list_sort(cumulative) <> cumulative)"
        )
        .fetchone()
    )
    assert broken == (0,)
