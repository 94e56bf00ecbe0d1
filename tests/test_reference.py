"""The rules as rows: complete, sourced, unsigned, free of contradictions; and a published timeline stays as it was."""

from __future__ import annotations

import re
import shutil
from datetime import date
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest

from plumbline import sql
from plumbline import store as store_module
from plumbline.errors import StoreError
from plumbline.store import open_store, reference_frame

TABLES = sorted(path.stem for path in store_module.REFERENCE.glob("*.csv"))
VERSION = "kyphoplasty-2026.1"
CONFIDENCE = {"verified", "recalled_high", "recalled_low", "convention", "simulated", "assumed"}
PHASES = [(0, 0), (1, 7), (8, 14), (15, 84), (85, None)]
STRICT = {
    "baseline": (-7, -30, 0),
    "day_1": (1, 0, 2),
    "week_1": (7, 4, 10),
    "week_2": (14, 11, 20),
    "week_6": (42, 28, 56),
    "month_3": (90, 66, 120),
    "month_6": (180, 135, 225),
    "month_12": (365, 320, 410),
    "month_24": (730, 670, 790),
}
QUERIES = "\n".join(path.read_text(encoding="utf-8") for path in sorted(sql.QUERIES.rglob("*.sql")))
# Rows that no query reads yet: they are shown as badges and named on the reference page, which lists every row.
SHOWN_ONLY = {"tug_limit"}


def rows(table: str) -> pd.DataFrame:
    return reference_frame(table)


def numbers(frame: pd.DataFrame, *columns: str) -> list[tuple[float, ...]]:
    return list(frame[list(columns)].astype(float).itertuples(index=False, name=None))


@pytest.mark.parametrize("table", TABLES)
def test_every_row_has_a_source_and_a_confidence_and_nobody_has_signed_for_us(table: str) -> None:
    frame = rows(table)
    assert frame["source"].notna().all()
    assert set(frame["confidence"]) <= CONFIDENCE
    assert frame[[name for name in frame.columns if name.startswith("reviewed_")]].isna().all(axis=None)


@pytest.mark.parametrize("table", TABLES)
def test_no_row_says_the_same_thing_twice(table: str) -> None:
    text = (sql.ROOT / "data" / "README.md").read_text(encoding="utf-8")
    grain = re.findall(r"`(\w+)`", re.findall(rf"^\| `{table}` \| ([^|]+) \|", text, flags=re.MULTILINE)[0])
    assert not rows(table).duplicated(grain).any()


@pytest.mark.parametrize("table", [table for table in TABLES if "timeline_version" in rows(table).columns])
def test_every_published_version_is_whole(table: str) -> None:
    assert set(rows(table)["timeline_version"]) == set(rows("timeline_version")["timeline_version"])


def test_the_phases_cover_every_day_from_0_once() -> None:
    phases = rows("phase").query("timeline_version == @VERSION")
    spans = [(int(low), int(high) if high else None) for low, high in zip(phases.from_day, phases.to_day, strict=True)]
    assert spans == PHASES
    assert all(before[1] is not None and before[1] + 1 == after[0] for before, after in pairwise(spans))


def test_the_22_milestones_are_in_order() -> None:
    milestones = rows("milestone").query("timeline_version == @VERSION")
    assert len(milestones) == 22
    assert all(
        0 <= earliest <= expected <= late
        for earliest, expected, late in numbers(milestones, "earliest_day", "expected_day", "late_day")
    )


def test_the_strict_windows_are_the_agreed_ones_and_do_not_overlap() -> None:
    windows = rows("visit_window").query("timeline_version == @VERSION and preset == 'strict'").set_index("visit")
    told = numbers(windows, "target_day", "from_day", "to_day")
    assert dict(zip(windows.index, told, strict=True)) == STRICT
    held = [day for _, low, high in told for day in range(int(low), int(high) + 1)]
    # Day 0 is in two windows on purpose: before the procedure it is the baseline's, after it day 1's.
    assert sorted({day for day in held if held.count(day) > 1}) == [0]


def test_every_window_holds_its_target_and_the_loose_ones_leave_no_gap() -> None:
    windows = rows("visit_window")
    assert all(low <= target <= high for target, low, high in numbers(windows, "target_day", "from_day", "to_day"))
    loose = numbers(windows.query("preset == 'loose' and visit != 'baseline'"), "from_day", "to_day")
    assert all(before[1] + 1 == after[0] for before, after in pairwise(loose))


def test_instruments_have_sane_ranges() -> None:
    frame = rows("instrument")
    assert all(low < high for low, high in numbers(frame, "minimum", "maximum"))
    assert set(frame["direction"]) == {"lower_better", "higher_better"}
    assert set(frame["is_integer"]) == {"true", "false"}
    whole = frame.query("is_integer == 'true'")
    assert all(low == int(low) and high == int(high) for low, high in numbers(whole, "minimum", "maximum"))
    assert sorted(frame["panel_order"].astype(int)) == list(range(1, len(frame) + 1))
    assert set(rows("pathway")["primary_instrument"]) <= set(frame["instrument"])
    assert set(rows("instrument_code")["instrument"]) <= set(frame["instrument"])


def test_the_reference_curve_stays_on_the_scale_and_in_order() -> None:
    scale = rows("instrument").set_index("instrument")
    for (_, instrument), knots in rows("reference_curve").groupby(["timeline_version", "instrument"]):
        days = knots["day"].astype(int).tolist()
        assert days == sorted(set(days))
        low, high = float(scale.loc[str(instrument), "minimum"]), float(scale.loc[str(instrument), "maximum"])
        assert all(low <= mean <= high and sd > 0 for mean, sd in numbers(knots, "mean", "sd")), instrument


def test_a_band_stands_on_a_published_spread() -> None:
    """An instrument whose spread is assumed at every knot has a line and no band."""
    known = rows("reference_curve").assign(known=lambda frame: frame["sd_status"] != "assumed")
    has_spread = known.groupby(["timeline_version", "instrument"])["known"].any()
    for row in rows("reference_set").itertuples():
        assert (row.distribution != "mean_only") == has_spread[row.timeline_version, row.instrument], row.instrument


def test_every_knot_that_was_read_somewhere_has_its_evidence() -> None:
    read = rows("reference_curve").query("sd_status != 'interpolated'").rename(columns={"day": "knot_day"})
    key = ["timeline_version", "instrument", "knot_day"]
    told = set(rows("reference_evidence")[key].itertuples(index=False, name=None))
    assert set(read[key].itertuples(index=False, name=None)) - told == set()


def test_flag_rules_make_known_verdicts_and_their_ranks_follow_them() -> None:
    rules = rows("flag_rule")
    rank = rows("verdict").set_index("verdict")["rank"].astype(int)
    assert set(rules["verdict"].dropna()) == set(rank.index)
    ordered = rules.dropna(subset=["verdict"]).astype({"rank": int}).sort_values("rank")
    assert [rank[verdict] for verdict in ordered["verdict"]] == sorted(rank[verdict] for verdict in ordered["verdict"])
    assert rules["rank"].is_unique


def test_flag_rules_and_queries_name_each_other() -> None:
    named = {rule for rule in rows("flag_rule")["rule"] if f"'{rule}'" in QUERIES}
    assert named == set(rows("flag_rule")["rule"])
    spoken = set(re.findall(r"'(\w+)' as rule", QUERIES))
    assert spoken <= named | set(rows("entry_rule")["rule"])


@pytest.mark.parametrize("column", ["template", "headline"])
def test_sentences_name_only_words_that_can_be_given(column: str) -> None:
    """Placeholders count from {0} to {5}; nothing else stands in braces."""
    for text in rows("flag_rule")[column].dropna():
        assert set(re.findall(r"\{[^}]*\}", text)) <= {f"{{{number}}}" for number in range(6)}, text


@pytest.mark.slow
def test_every_rule_brings_the_words_that_its_sentences_need(demo_store: Path) -> None:
    """On the demo store, each time that a rule holds: no placeholder is left empty."""
    rules = rows("flag_rule").set_index("rule")
    store = open_store(demo_store)
    seen = set()
    for file in sorted((sql.QUERIES / "status").glob("hit_*.sql")):
        for day in (date(2026, 3, 1), date(2026, 8, 1), date(2026, 11, 23)):
            for hit in sql.rows(store.cursor(), f"status/{file.stem}", as_of=day, episode_id=None):
                text = f"{rules.loc[hit['rule'], 'template']} {rules.loc[hit['rule'], 'headline']}"
                needed = [int(number) for number in re.findall(r"\{(\d)\}", text)]
                assert all(hit["words"][number] for number in needed), hit
                seen.add(hit["rule"])
    store.close()
    assert len(seen) >= 16, sorted(set(rules.index) - seen)


def test_every_threshold_that_a_query_names_exists_and_every_row_is_used() -> None:
    told = set(rows("threshold")["threshold"])
    asked = set(re.findall(r"threshold = '(\w+)'", QUERIES))
    assert asked - told == set()
    assert told - asked == SHOWN_ONLY


def test_shares_are_shares_and_days_are_days() -> None:
    frame = rows("threshold").astype({"value": float})
    assert frame.query("unit == 'share'")["value"].between(0, 1).all()
    assert (frame.query("unit in ['day', 'days', 'readings', 'milestones']")["value"] % 1 == 0).all()
    assert (frame["value"] > 0).all()


def test_red_flags_say_how_urgent_they_are_and_only_closing_kinds_close() -> None:
    kinds = rows("event_kind")
    assert kinds.query("is_red_flag == 'true'")["urgency"].notna().all()
    assert len(kinds.query("is_red_flag == 'true'")) == 8
    assert set(kinds["closes"].dropna()) <= set(rows("verdict")["verdict"])
    assert kinds.dropna(subset=["closes"])["is_red_flag"].eq("false").all()


def test_the_levels_run_from_top_to_bottom() -> None:
    assert rows("level")["level"].tolist() == [f"T{n}" for n in range(1, 13)] + [f"L{n}" for n in range(1, 6)]
    assert rows("level")["position"].astype(int).tolist() == list(range(1, 18))


@pytest.fixture
def reference(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the reference that a test may change."""
    copy = tmp_path / "reference"
    shutil.copytree(store_module.REFERENCE, copy)
    monkeypatch.setattr(store_module, "REFERENCE", copy)
    return copy


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("table", "old", "new"),
    [
        ("milestone", "Driving,two weeks,2,14,28", "Driving,two weeks,2,14,30"),
        ("reference_curve", "nrs_back,42,3.0,2.4", "nrs_back,42,3.1,2.4"),
        ("threshold", "slower_from_day,7,", "slower_from_day,8,"),
        ("phase", "week_2,week 2,8,14", "week_2,week 2,8,15"),
        ("flag_rule", "Little relief by day", "Not much relief by day"),
    ],
)
@pytest.mark.cases
@pytest.mark.slow
def test_a_published_timeline_is_never_edited(tmp_path: Path, reference: Path, table: str, old: str, new: str) -> None:
    open_store(tmp_path / "store.duckdb").close()
    change(reference / f"{table}.csv", old, new)
    with pytest.raises(StoreError, match=f"{table}.csv changes the published timeline {VERSION}"):
        open_store(tmp_path / "store.duckdb")
    change(reference / f"{table}.csv", new, old)
    open_store(tmp_path / "store.duckdb").close()


@pytest.mark.slow
def test_a_row_taken_from_a_published_timeline_is_missed(tmp_path: Path, reference: Path) -> None:
    open_store(tmp_path / "store.duckdb").close()
    for table in ("milestone", "visit_window"):
        lines = (reference / f"{table}.csv").read_text(encoding="utf-8").splitlines(keepends=True)
        (reference / f"{table}.csv").write_text("".join(lines[:-1]), encoding="utf-8")
        with pytest.raises(StoreError, match=f"{table}.csv changes the published timeline"):
            open_store(tmp_path / "store.duckdb")
        (reference / f"{table}.csv").write_text(lines[0], encoding="utf-8")
        with pytest.raises(StoreError, match=f"{table}.csv changes the published timeline"):
            open_store(tmp_path / "store.duckdb")
        (reference / f"{table}.csv").write_text("".join(lines), encoding="utf-8")
    open_store(tmp_path / "store.duckdb").close()


@pytest.mark.slow
def test_a_signature_and_another_order_are_no_edit(tmp_path: Path, reference: Path) -> None:
    open_store(tmp_path / "store.duckdb").close()
    file = reference / "timeline_version.csv"
    frame = rows("timeline_version").assign(reviewed_by="Dr A. Clinician", reviewed_on="2026-12-01")
    frame.to_csv(file, index=False)
    shuffled = rows("milestone").sample(frac=1, random_state=7)
    shuffled.to_csv(reference / "milestone.csv", index=False)
    store = open_store(tmp_path / "store.duckdb")
    signed = store.cursor().execute("select reviewed_by from timeline_version").fetchall()
    assert signed == [("Dr A. Clinician",)]
    store.close()


def publish(reference: Path, version: str) -> None:
    """A new version as a colleague would make it: rows copied under a new name, one number changed, no code."""
    for file in sorted(reference.glob("*.csv")):
        frame = pd.read_csv(file, dtype=str, keep_default_na=False)
        if "timeline_version" in frame.columns:
            copy = frame[frame["timeline_version"] == VERSION].assign(timeline_version=version)
            if file.stem == "reference_curve":
                copy.loc[(copy["instrument"] == "nrs_back") & (copy["day"] == "42"), "mean"] = "4.0"
            pd.concat([frame, copy]).to_csv(file, index=False)


@pytest.mark.slow
def test_a_new_version_is_rows_only_and_the_old_one_answers_as_before(tmp_path: Path, reference: Path) -> None:
    band = (
        "select timeline_version, mean, [p10, p50, p90] from expected_band "
        "where instrument = 'nrs_back' and day = 42 and baseline = 8 order by timeline_version"
    )
    store = open_store(tmp_path / "store.duckdb")
    before = store.cursor().execute(band).fetchall()
    store.close()
    publish(reference, "kyphoplasty-2027.1")
    store = open_store(tmp_path / "store.duckdb")
    old, new = store.cursor().execute(band).fetchall()
    store.close()
    assert [old] == before
    assert new[:2] == ("kyphoplasty-2027.1", 4.0)
    assert new[2] != old[2]
    row = "kyphoplasty-2027.1,nrs_back,42,"
    change(reference / "reference_curve.csv", f"{row}4.0", f"{row}5.0")
    with pytest.raises(StoreError, match=r"published timeline kyphoplasty-2027\.1"):
        open_store(tmp_path / "store.duckdb")
