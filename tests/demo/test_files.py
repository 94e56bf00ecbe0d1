"""The made-up files: the same bytes each time, every odd case, near the published figures."""

from collections import Counter
from datetime import date

import pandas as pd
import pytest

from plumbline.demo.book import COLUMNS, Book
from plumbline.demo.files import make
from plumbline.store import reference_frame

pytestmark = pytest.mark.slow

UNTIL = date(2026, 11, 23)


def _frame(book: Book, name: str) -> pd.DataFrame:
    return pd.DataFrame(book.rows[name], columns=COLUMNS[name])


@pytest.fixture(scope="module")
def made() -> tuple[Book, dict]:
    return make(1000, 7, UNTIL)


def test_same_arguments_give_the_same_bytes(tmp_path):
    written = []
    for name in ("one", "two"):
        folder = tmp_path / name
        folder.mkdir()
        make(60, 3, UNTIL)[0].write(folder)
        written.append({file.name: file.read_bytes() for file in folder.iterdir()})
    assert written[0] == written[1]
    assert make(60, 4, UNTIL)[0].rows != make(60, 3, UNTIL)[0].rows


@pytest.mark.parametrize("seed", [1, 2, 3, 4, 5, 6])
def test_sixty_patients_hold_every_odd_case(seed):
    book, truth = make(60, seed, UNTIL)
    scores, episodes = _frame(book, "scores"), _frame(book, "episodes")
    count = Counter(scores["patient_id"])
    by_case = {entry["case"]: entry for entry in truth["episodes"]}
    assert count["DEMO-P0003"] == 0
    assert count["DEMO-P0004"] == 1
    assert 1800 <= count["DEMO-P0002"] <= 2100
    assert list(episodes.loc[episodes["patient_id"] == "DEMO-P0006", "episode_id"]) == [
        "demo-0006",
        "demo-0006-2",
    ]
    assert "DEMO-P0007" not in set(episodes["patient_id"])
    assert count["DEMO-P0007"] >= 2
    assert _frame(book, "patients").set_index("patient_id").loc["DEMO-P0005", "died_on"] != ""
    assert by_case["slow now"]["slow"]
    assert by_case["pain has just stepped up"]["step"]["size"] >= 3
    assert by_case["open red flag"]["red_flags"][0]["closed_day"] is None
    recent = scores[scores["patient_id"].isin(["DEMO-P0008", "DEMO-P0009", "DEMO-P0010"])]
    assert recent["taken_at"].str.contains("T").sum() >= 10


def test_level_and_spread_are_near_the_published_knots(made):
    book, _ = made
    scores, episodes = _frame(book, "scores"), _frame(book, "episodes").drop_duplicates("patient_id")
    pain = scores[scores["instrument"] == "nrs_back"].merge(episodes[["patient_id", "performed_at"]])
    start = pd.to_datetime(pain["performed_at"].str[:10])
    pain["day"] = (pd.to_datetime(pain["taken_at"].str[:10], errors="coerce") - start).dt.days
    pain["value"] = pd.to_numeric(pain["value"]).where(lambda value: value.between(0, 10))
    knots = (
        reference_frame("reference_curve")
        .query("instrument == 'nrs_back'")
        .astype({"day": int, "mean": float, "sd": float})
    )
    for knot in knots[knots["day"] >= 3].itertuples():
        near = pain[pain["day"].between(0.85 * knot.day, 1.25 * knot.day + 1)].groupby("patient_id")["value"].first()
        assert abs(near.mean() - knot.mean) < 0.6, knot.day
        assert abs(near.std() - knot.sd) < 0.6, knot.day


def test_only_the_planted_slips_would_be_rejected(made):
    book, truth = made
    rejected = {slip["line"] for slip in truth["slips"] if slip["must_be_rejected"]}
    scores = _frame(book, "scores")
    scores = scores[~pd.Series(scores.index + 2).isin(rejected)]
    assert len(rejected) == 25
    assert not scores.duplicated(["patient_id", "instrument", "taken_at"]).any()
    done = scores[scores["status"] == "done"].assign(value=lambda frame: pd.to_numeric(frame["value"]))
    limits = reference_frame("instrument").set_index("instrument").astype({"minimum": float, "maximum": float})
    joined = done.join(limits[["minimum", "maximum"]], on="instrument")
    assert joined["value"].between(joined["minimum"], joined["maximum"]).all()
    assert (scores.loc[scores["status"] != "done", "value"] == "").all()
    assert (scores["taken_at"].str[:10] <= UNTIL.isoformat()).all()


def test_nothing_happens_after_death_or_after_the_end(made):
    book, _ = made
    died = _frame(book, "patients").query("died_on != ''").set_index("patient_id")["died_on"]
    owner = _frame(book, "episodes").set_index("episode_id")["patient_id"]
    assert len(died) > 20
    for name, column in (
        ("milestones", "on"),
        ("events", "on"),
        ("notes", "written_at"),
        ("medications", "started_on"),
    ):
        frame = _frame(book, name)
        dead = frame["episode_id"].map(owner).map(died)
        assert not (frame[column].str[:10] > dead).any(), name
        assert (frame[column].str[:10] < UNTIL.isoformat()).all(), name


def test_truth_knows_what_was_planted(made):
    _, truth = made
    steps = [entry["step"] for entry in truth["episodes"] if entry["step"]]
    assert 60 <= len(steps) <= 160
    assert {step["recognised"] for step in steps} == {"event", "second", "never"}
    assert all(3 <= step["size"] <= 6 for step in steps)
    assert 100 <= sum(entry["slow"] for entry in truth["episodes"]) <= 260
    assert {entry["diary"] for entry in truth["episodes"]} >= {"visits", "weekly", "daily", "many"}
