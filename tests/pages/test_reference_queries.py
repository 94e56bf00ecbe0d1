"""The reference page's questions: every row has its words, every knot its evidence, and doubt is named."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from plumbline import sql
from plumbline.store import open_store, reference_frame

VERSION = "kyphoplasty-2026.1"


@pytest.fixture(scope="module")
def cursor(empty_of_module: Path) -> Iterator[Any]:
    store = open_store(empty_of_module)
    yield store.cursor()
    store.close()


def ask(cursor: Any, name: str, **params: Any) -> pd.DataFrame:
    return sql.ask(cursor, f"reference/{name}", timeline_version=VERSION, **params)


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("milestone_by_day", "milestone"),
        ("threshold_by_name", "threshold"),
        ("rule_by_rank", "flag_rule"),
        ("phase_by_day", "phase"),
        ("cost_by_schedule", "rule_cost"),
        ("curve_by_instrument", "reference_set"),
    ],
)
def test_the_page_shows_every_row_with_how_it_is_known(cursor: Any, name: str, table: str) -> None:
    shown = ask(cursor, name)
    assert len(shown) == len(reference_frame(table).query("timeline_version == @VERSION"))
    assert shown["how_known"].notna().all()
    assert shown["source"].notna().all()


def test_all_evidence_stands_behind_a_knot(cursor: Any) -> None:
    instruments = ask(cursor, "curve_by_instrument")["instrument"]
    shown = pd.concat([ask(cursor, "evidence_by_knot", instrument=one) for one in instruments])
    assert shown["study"].notna().sum() == len(reference_frame("reference_evidence"))
    assert shown[["how_known", "sd_known", "made_of"]].notna().all(axis=None)


def test_what_is_interpolated_recalled_or_assumed_is_said_so(cursor: Any) -> None:
    knots = ask(cursor, "evidence_by_knot", instrument="nrs_back").drop_duplicates("day").set_index("day")
    assert (knots.loc[1, "how_known"], knots.loc[14, "how_known"]) == ("interpolated", "interpolated")
    assert (knots.loc[90, "how_known"], knots.loc[90, "sd_known"]) == ("recalled", "assumed")
    assert knots.loc[30, "how_known"] == "published"


def test_the_expected_range_at_each_visit_is_that_of_the_band(cursor: Any) -> None:
    visits = ask(cursor, "expected_by_visit", instrument="nrs_back", baseline=8).set_index("label")
    assert (visits.loc["Week 6", "eight"], visits.loc["Week 6", "middle"]) == ("0 to 6", 3)
    assert "Month 24" not in visits.index, "the curve ends after a year"


def test_a_course_without_a_spread_has_no_range(cursor: Any) -> None:
    visits = ask(cursor, "expected_by_visit", instrument="odi", baseline=63.4)
    assert visits["eight"].isna().all()
    assert visits["middle"].notna().all()


def test_the_knots_are_the_published_ones(cursor: Any) -> None:
    drawn = ask(cursor, "band_by_day", instrument="nrs_back", baseline=8).dropna(subset="knot_mean")
    knots = reference_frame("reference_curve").query("instrument == 'nrs_back' and day != '0'")
    assert dict(zip(drawn["day"], drawn["knot_mean"], strict=True)) == dict(
        zip(knots["day"].astype(int), knots["mean"].astype(float), strict=True)
    )


def test_what_the_rules_cost_is_marked_as_our_simulation(cursor: Any) -> None:
    cost = ask(cursor, "cost_by_schedule").set_index("label")
    assert set(cost["how_known"]) == {"our simulation"}
    assert list(cost["found_within_14_days"].round()) == [10, 87, 99]
    assert pd.isna(cost.loc["Daily for 6 weeks", "first_slower"])
