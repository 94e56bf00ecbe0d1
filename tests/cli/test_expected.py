"""`python -m plumbline expected`: the published curve, with its sources, and no store needed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from plumbline.store import open_store, reference_frame
from tests.cli.test_main import ask

pytestmark = pytest.mark.cases

KNOTS = reference_frame("reference_curve")
PAIN = KNOTS[(KNOTS["instrument"] == "nrs_back") & (KNOTS["day"].astype(int) > 0)]


def expected(*words: str) -> Any:
    ended = ask("expected", *words, "--json")
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout)


@pytest.mark.slow
def test_it_gives_the_band_the_mean_and_the_sources() -> None:
    found = expected("--instrument", "nrs_back", "--day", "42", "--baseline", "8")
    assert list(found["quantiles"]) == ["p05", "p10", "p25", "p50", "p75", "p90", "p95"]
    assert list(found["quantiles"].values()) == sorted(found["quantiles"].values())
    assert found["mean"] == pytest.approx(3.0)
    assert found["version"] == "kyphoplasty-2026.1"
    assert any("Winkelmann" in source for source in found["sources"])
    assert not found["is_reference_patient"]


@pytest.mark.slow
def test_it_needs_no_store_and_makes_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PLUMBLINE_STORE", str(tmp_path / "none.duckdb"))
    assert expected("--instrument", "nrs_back", "--day", "3", "--baseline", "8")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("day", [1, 365])
def test_at_a_knot_the_mean_is_the_published_one(day: int) -> None:
    row = PAIN[PAIN["day"].astype(int) == day].iloc[0]
    found = expected("--instrument", "nrs_back", "--day", str(day), "--baseline", "8")
    assert found["mean"] == pytest.approx(float(row["mean"]))
    assert any(row["source"] in source for source in found["sources"])


@pytest.mark.slow
def test_without_a_baseline_it_is_the_reference_patients() -> None:
    found = expected("--instrument", "nrs_back", "--day", "42")
    assert (found["baseline"], found["is_reference_patient"]) == (8, True)
    assert found["quantiles"] == expected("--instrument", "nrs_back", "--day", "42", "--baseline", "8")["quantiles"]
    assert "reference patient" in ask("expected", "--instrument", "nrs_back", "--day", "42").stdout


@pytest.mark.parametrize(
    ("instrument", "day", "reason"),
    [
        ("nrs_back", "0", "covers days 1 to 365"),
        ("nrs_back", "-3", "covers days 1 to 365"),
        ("nrs_back", "366", "covers days 1 to 365"),
        ("rmdq", "2", "covers days 3 to 365"),
        ("odi", "60", "spread is assumed"),
        ("tug", "60", "No expected course is published"),
    ],
)
@pytest.mark.slow
def test_where_there_is_no_band_it_says_why(instrument: str, day: str, reason: str) -> None:
    found = expected("--instrument", instrument, "--day", day)
    assert found["quantiles"] is None
    assert reason in found["reason"]
    assert (found["mean"] is not None) == (instrument == "odi")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--instrument", "nrs", "--day", "42"), "no instrument nrs"),
        (("--instrument", "nrs_back", "--day", "42", "--baseline", "11"), "impossible"),
        (("--instrument", "nrs_back", "--day", "42", "--baseline", "-1"), "impossible"),
        (("--instrument", "nrs_back", "--day", "42", "--baseline", "7.5"), "whole number"),
        (("--instrument", "nrs_back", "--day", "42", "--baseline", "nan"), "impossible"),
        (("--instrument", "nrs_back", "--day", "x"), "--day"),
    ],
)
@pytest.mark.slow
def test_what_makes_no_sense_is_refused(words: tuple[str, ...], said: str) -> None:
    ended = ask("expected", *words, "--json")
    assert ended.returncode == 2
    assert ended.stdout == ""
    assert said in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.slow
def test_it_says_what_the_pages_read() -> None:
    store = open_store(":memory:")
    kept = store.cursor().execute(
        "select p05, p10, p25, p50, p75, p90, p95 from expected_band "
        "where instrument = 'nrs_back' and day = 20 and baseline = 6"
    )
    found = expected("--instrument", "nrs_back", "--day", "20", "--baseline", "6")
    assert list(found["quantiles"].values()) == list(kept.fetchone())
    store.close()
