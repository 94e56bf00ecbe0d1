"""The rows of the patient's chart and table, on the store of scenes."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import pytest

from plumbline import expected, sql, worklist
from plumbline.store import Store, references
from tests.pages.scenes import AS_OF, VERSION

WHOLE = {"low": -30.0, "high": 365.0, "before": 0.9, "bars": 8, "points": 900, "flagged": "", "verdict": "on_course"}


def marks(cursor: Any, who: str, as_of: dt.date = AS_OF, **changes: Any) -> pd.DataFrame:
    return sql.ask(cursor, "patient/mark_by_course", as_of=as_of, episode_id=who, **(WHOLE | changes))


def scores(frame: pd.DataFrame, panel: str = "nrs_back") -> pd.DataFrame:
    found = frame[(frame["layer"] == "score") & (frame["panel"] == panel)]
    return found.sort_values("x")


@pytest.mark.slow
def test_what_was_expected_on_a_day_is_the_published_band(cursor: Any) -> None:
    reference = references(cursor)[(VERSION, "nrs_back")]
    frame = scores(marks(cursor, "new-e"))
    for day, words in zip(frame["when_words"], frame["expected_words"], strict=True):
        number = int(day.split()[1]) if day.startswith("day") else 0
        band = expected.band(reference, number, 8) if number >= 1 else None
        if band is None:
            assert words == "no reference on this day"
        else:
            assert words == f"{band['p10']:g} to {band['p90']:g} (8 in 10 people), middle {band['p50']:g}"


@pytest.mark.slow
def test_the_centile_is_the_share_at_or_below(cursor: Any) -> None:
    reference = references(cursor)[(VERSION, "nrs_back")]
    row = scores(marks(cursor, "new-e")).iloc[-1]
    share = expected.distribution(reference, 47, 8).cdf(7)
    assert row["standing_words"] == f"centile {round(100 * share)}, among the slowest 1 in 10"


@pytest.mark.slow
def test_the_drawn_band_is_stepped_and_exact_on_every_day(cursor: Any) -> None:
    reference = references(cursor)[(VERSION, "nrs_back")]
    frame = marks(cursor, "new-e")
    band = frame[(frame["layer"] == "band") & (frame["panel"] == "nrs_back")].sort_values("x")
    for day in range(1, 366):
        held = band[band["x"] <= day].iloc[-1]
        found = expected.quantiles(reference, day, 8)
        assert [held[q] for q in ("p10", "p25", "p75", "p90")] == [found[q] for q in ("p10", "p25", "p75", "p90")], day
        assert held["y"] == found["p50"]
    assert band[band["x"] < 11]["told"].isna().all()
    assert (band[band["x"] >= 11]["told"] == 5).all()


def test_instruments_with_an_assumed_spread_have_a_mean_and_no_band(cursor: Any) -> None:
    frame = marks(cursor, "missed-e")
    for panel in ("odi", "eq5d_index"):
        assert not len(frame[(frame["panel"] == panel) & (frame["layer"] == "band")])
        assert len(frame[(frame["panel"] == panel) & (frame["layer"] == "mean")])
    assert len(frame[(frame["panel"] == "rmdq") & (frame["layer"] == "band")])


def test_a_missed_visit_breaks_the_line(cursor: Any) -> None:
    frame = marks(cursor, "missed-e")
    own = scores(frame)
    assert own.set_index("when_words")["stretch"].to_dict()["day 14 · 2 Sep 2026"] == 0
    assert own.iloc[-1]["stretch"] == 1
    gap = frame[frame["layer"] == "missed"]
    assert gap["word"].tolist() == ["Week 6 missed"]
    assert (gap.iloc[0]["x"], gap.iloc[0]["x3"], gap.iloc[0]["x2"]) == (28, 42, 56)


@pytest.mark.slow
def test_nothing_later_than_the_day_looked_at_is_drawn(cursor: Any) -> None:
    early = marks(cursor, "new-e", AS_OF - dt.timedelta(days=10))
    known = early[early["layer"].isin(["score", "note", "event"])]
    assert known["happened_on"].max() <= pd.Timestamp(AS_OF - dt.timedelta(days=10))
    assert len(scores(early)) == len(scores(marks(cursor, "new-e"))) - 3
    before = marks(cursor, "new-e", AS_OF - dt.timedelta(days=60))
    assert not len(scores(before))
    assert len(before[before["layer"] == "band"])


@pytest.mark.slow
def test_a_retracted_fact_is_never_drawn(scenes_store: Store) -> None:
    cursor = scenes_store.cursor()
    cursor.execute("begin transaction")
    before = marks(cursor, "new-e")
    one = "select min(score_id) from score where patient_id = 'new' and instrument = 'odi'"
    cursor.execute(f"update score set retracted_at = now() where score_id = ({one})")
    cursor.execute("update note set retracted_at = now() where patient_id = 'new'")
    after = marks(cursor, "new-e")
    cursor.execute("rollback")
    assert len(scores(after, "odi")) == len(scores(before, "odi")) - 1
    assert not len(after[after["layer"] == "note"])


def test_scores_of_the_first_days_stand_at_their_minute(cursor: Any) -> None:
    own = scores(marks(cursor, "course-e", low=-30.0, high=3.0, before=0.27))
    after = own[own["x"] > 0]
    assert [round(x * 24, 2) for x in after["x"]] == [0.5, 1, 2, 4, 8.2, 14.5, 20, 26, 50.5]
    # the clinic is in Berlin; the summer hour counts
    assert after.iloc[0]["when_words"] == "0 h 30 min · 16 Oct 2026 11:30"


@pytest.mark.slow
def test_a_long_diary_is_thinned_and_says_which(cursor: Any) -> None:
    frame = marks(cursor, "many-e", high=730.0)
    own = scores(frame)
    assert len(own) == 2001
    drawn = own[own["is_drawn"]]
    assert len(drawn) <= 2000
    assert frame["is_drawn"].sum() <= 2000
    for start in range(0, 400, 40):
        inside = own[(own["x"] >= start) & (own["x"] < start + 40)]
        kept = inside[inside["is_drawn"]]
        if len(inside):
            assert (kept["y"].min(), kept["y"].max()) == (inside["y"].min(), inside["y"].max())
    short = scores(marks(cursor, "many-e", low=-30.0, high=14.0))
    assert short["is_drawn"].all()


@pytest.mark.slow
def test_points_behind_the_verdict_carry_its_state(cursor: Any) -> None:
    own = scores(marks(cursor, "new-e"))
    ids = own["id"].tolist()[-2:]
    flagged = scores(marks(cursor, "new-e", flagged=",".join(ids), verdict="new_problem"))
    assert flagged[flagged["state"] == "new_problem"]["id"].tolist() == ids


def test_at_most_eight_milestones_are_drawn_the_late_ones_first_and_the_rest_is_counted(cursor: Any) -> None:
    frame = marks(cursor, "slower-e")
    rows = frame[frame["layer"] == "milestone"]
    drawn = rows[rows["is_drawn"]].sort_values("y")
    assert len(drawn) == 8
    assert drawn["y"].tolist() == list(range(8))
    assert (drawn["state"] == "late").sum() == 3
    assert drawn[drawn["state"] == "late"]["word"].str.contains("not yet, usual by day").all()
    title = frame[frame["id"] == "title:milestone"].iloc[0]["word"]
    assert title == f"Milestones: 8 reached, 3 later than usual, 5 due now · {len(rows) - 8} more in the table"


def test_a_click_on_a_score_visit_or_event_opens_the_note_of_its_date(cursor: Any) -> None:
    frame = marks(cursor, "new-e")
    note = frame[(frame["layer"] == "note") & (frame["value_words"] == "Week 2 visit")].iloc[0]["id"]
    same_day = frame[(frame["happened_on"] == pd.Timestamp(AS_OF - dt.timedelta(days=33)))]
    told = same_day[same_day["layer"].isin(["score", "visit", "note"])]
    assert set(told["layer"]) == {"score", "visit", "note"}
    assert set(told["note_id"]) == {note}


def test_without_a_procedure_there_is_the_own_line_alone(cursor: Any) -> None:
    frame = marks(cursor, "patient:none", low=0.0, high=70.0, before=0.0)
    assert set(frame["layer"]) == {"score", "today"}
    assert scores(frame)["x"].tolist() == [0, 28, 56]
    assert scores(frame)["when_words"].tolist() == ["14 Sep 2026", "12 Oct 2026", "9 Nov 2026"]


def test_after_death_no_visit_is_planned_or_missed(cursor: Any) -> None:
    frame = marks(cursor, "dead-e")
    visits = frame[frame["layer"] == "visit"]
    assert not len(visits[visits["state"].isin(["planned", "due", "overdue"])])
    assert visits[visits["state"] == "missed"]["short_word"].tolist() == ["Week 1"]
    assert frame[frame["layer"] == "event"]["word"].tolist() == ["Died"]


@pytest.mark.slow
def test_a_second_course_has_the_first_ones_last_score_as_its_baseline(cursor: Any) -> None:
    own = scores(marks(cursor, "two-e2"))
    assert own["y"].tolist() == [8, 4, 3]
    assert own.iloc[0]["x"] < 0
    first = scores(marks(cursor, "two-e"))
    assert first["y"].tolist() == [8, 5, 3, 3, 2, 8]
    frame = marks(cursor, "two-e")
    assert frame[frame["layer"] == "event"]["word"].tolist() == ["Next procedure"]
    assert not frame[frame["layer"] == "visit"]["state"].isin(["planned", "due", "overdue"]).any()


def test_the_band_ends_and_says_so(cursor: Any) -> None:
    frame = marks(cursor, "long-e", high=730.0)
    assert frame[frame["layer"] == "band_end"]["word"].tolist() == ["no reference after day 365"]
    assert frame[frame["layer"] == "band"]["x"].max() == 365


@pytest.mark.parametrize(("key", "age"), [("key-new-e", "74"), ("key-slower-e", "80–81"), ("key-none", "74")])
def test_the_age_is_as_sure_as_the_birth_date(cursor: Any, key: str, age: str) -> None:
    row = sql.rows(cursor, "patient/course_of_key", clinics=None, key=key, as_of=AS_OF)[0]
    assert row["age_words"] == age


def test_an_unknown_key_is_nobody(cursor: Any) -> None:
    assert sql.rows(cursor, "patient/course_of_key", clinics=None, key="new-e", as_of=AS_OF) == []


@pytest.mark.parametrize(
    ("performed_at", "clock"),
    [
        ("2026-03-10 22:30:00", "2026-03-10T23:30:00"),
        ("2026-07-10 22:30:00", "2026-07-11T00:30:00"),
        ("2026-03-27 09:00:00", None),  # clocks go forward in the night to 29 March
        (None, None),
    ],
)
def test_the_first_hours_are_told_on_the_clinics_clock_where_it_runs_evenly(
    copy_of_scenes: Store, performed_at: str | None, clock: str | None
) -> None:
    with copy_of_scenes.write() as cursor:
        cursor.execute("update clinic set time_zone = 'Europe/Berlin'")
        cursor.execute(
            "update episode_summary set performed_at = $at::timestamp where episode_id = 'flag-e'", {"at": performed_at}
        )
        (row,) = sql.rows(cursor, "patient/course_of_key", clinics=None, key="key-flag-e", as_of=AS_OF)
    assert (row["zero_clock"].isoformat() if row["zero_clock"] else None) == clock


@pytest.mark.slow
def test_previous_and_next_walk_through_the_worklist_once(scenes_store: Store) -> None:
    worklist.make_ready(scenes_store, AS_OF)
    cursor = scenes_store.cursor()
    listed = {episode for (episode,) in cursor.execute("select episode_id from worklist_line").fetchall()}
    everyone = sql.ask(cursor, "status/verdict_by_course", as_of=AS_OF, episode_id=None)
    everyone = everyone[everyone["episode_id"].isin(listed)]
    ids = dict(zip(everyone["episode_key"], everyone["episode_id"], strict=True))
    asked = {"clinics": None, "as_of": AS_OF}
    around = {key: sql.rows(cursor, "patient/neighbours_of_course", current=ids[key], **asked)[0] for key in ids}
    tops = [key for key, row in around.items() if row["previous_key"] is None]
    assert len(tops) == 1
    walked = tops
    while around[walked[-1]]["next_key"]:
        walked.append(around[walked[-1]]["next_key"])
    assert sorted(walked) == sorted(ids)
    verdicts = everyone.set_index("episode_key").loc[walked, "verdict"].tolist()
    assert verdicts[0] == "red_flag"
    assert verdicts[-1] == "closed"


def test_notes_are_found_by_words_and_kind(cursor: Any) -> None:
    def found(search: str, kind: str | None) -> list[int]:
        rows = sql.rows(cursor, "patient/note_by_course", as_of=AS_OF, episode_id="new-e", search=search, kind=kind)
        return [row["day"] for row in rows]

    assert found("", None) == [40, 14, 0]
    assert found("KITCHEN", None) == [40]
    assert found("", "visit") == [14]
    assert found("100%", None) == []


def test_every_knot_has_its_source_and_none_is_signed(cursor: Any) -> None:
    rows = sql.rows(cursor, "patient/source_by_knot", episode_id="new-e")
    assert [row["day"] for row in rows] == [1, 3, 7, 14, 30, 42, 90, 180, 365]
    assert all(row["source"] and row["confidence"] for row in rows)
    assert not any(row["is_signed"] for row in rows)
