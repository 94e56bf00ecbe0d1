"""Clinics and their time zones: a date stays a date, a time becomes an instant and a day at the clinic."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from tests.intake.conftest import Desk

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("patient", "text", "on", "at"),
    [
        ("p1", "2026-01-06", date(2026, 1, 6), None),
        ("p1", "2026-01-06T22:30", date(2026, 1, 6), datetime(2026, 1, 7, 3, 30)),
        ("p2", "2026-01-06T22:30", date(2026, 1, 6), datetime(2026, 1, 6, 21, 30)),
        ("p1", "2026-07-06 22:30", date(2026, 7, 6), datetime(2026, 7, 7, 2, 30)),
        ("p1", "2026-01-07T03:30Z", date(2026, 1, 6), datetime(2026, 1, 7, 3, 30)),
        ("p2", "2026-01-06T23:30:15.5Z", date(2026, 1, 7), datetime(2026, 1, 6, 23, 30, 15, 500000)),
        ("p2", "2026-01-06T20:00-05:00", date(2026, 1, 7), datetime(2026, 1, 7, 1, 0)),
        ("p2", "2026-01-07T05:30+05:30", date(2026, 1, 7), datetime(2026, 1, 7, 0, 0)),
        ("p1", "2025-11-02T01:30", date(2025, 11, 2), datetime(2025, 11, 2, 6, 30)),
        ("p1", "2025-11-02T01:30-04:00", date(2025, 11, 2), datetime(2025, 11, 2, 5, 30)),
        ("p1", "2026-03-08T03:00", date(2026, 3, 8), datetime(2026, 3, 8, 7, 0)),
        ("p1", "2026-03-08T01:59", date(2026, 3, 8), datetime(2026, 3, 8, 6, 59)),
        ("p2", "2026-03-08T02:30", date(2026, 3, 8), datetime(2026, 3, 8, 1, 30)),
    ],
)
def test_a_time_becomes_an_instant_and_a_day_at_the_clinic(
    desk: Desk, patient: str, text: str, on: date, at: datetime | None
) -> None:
    assert desk.scores(f"{patient},{text},nrs_back,5").exit_code == 0
    assert desk.rows("score", "taken_on, taken_at") == [(on, at)]


def test_every_kind_keeps_its_times(desk: Desk) -> None:
    files = {
        "milestones.csv": "episode_id,milestone,status,on\ne1,sit_edge,achieved,2026-01-05T14:00\n",
        "notes.csv": "episode_id,written_at,kind,text\ne1,2026-01-05T23:59,visit,x\n",
        "events.csv": "episode_id,kind,on\ne1,fall,2026-01-05T20:00-05:00\n",
        "medications.csv": "episode_id,drug,started_on,stopped_on\ne1,x,2026-01-05T23:00,2026-01-06T23:00Z\n",
    }
    assert desk.take(files).exit_code == 0
    assert desk.rows("milestone_event", "happened_on, happened_at") == [(date(2026, 1, 5), datetime(2026, 1, 5, 19))]
    assert desk.rows("note", "written_on, written_at") == [(date(2026, 1, 5), datetime(2026, 1, 6, 4, 59))]
    assert desk.rows("event", "happened_on, happened_at") == [(date(2026, 1, 5), datetime(2026, 1, 6, 1))]
    assert desk.rows("medication", "started_on, stopped_on") == [(date(2026, 1, 5), date(2026, 1, 6))]
    assert desk.rows("episode", "performed_on, performed_at")[0] == (date(2026, 1, 5), datetime(2026, 1, 5, 15))


PATIENT = "patient_id,birth_date,sex,clinic\np1,1944,F,west\n"


@pytest.mark.parametrize(
    ("times", "zone"),
    [
        (["2026-01-06T10:00+10:00", "2026-07-06T10:00+10:00"], "Etc/GMT-10"),
        (["2026-01-06T10:00-05:00", "2026-01-07"], "Etc/GMT+5"),
        (["2026-01-06T10:00Z", "2026-01-07T10:00+00:00"], "UTC"),
        (["2026-01-06T10:00-05:00", "2026-07-06T10:00-04:00"], None),
        (["2026-01-06T10:00-05:00", "2026-07-06T10:00"], None),
        (["2026-01-06T10:00+05:30"], None),
        (["2026-01-06"], None),
    ],
)
def test_an_unknown_clinic_is_made_and_its_zone_assumed(empty: Desk, times: list[str], zone: str | None) -> None:
    scores = "patient_id,taken_at,instrument,value\n" + "".join(f"p1,{one},nrs_back,5\n" for one in times)
    result = empty.take({"patients.csv": PATIENT, "scores.csv": scores})
    machine = empty.store.cursor().execute("select current_setting('TimeZone')").fetchone()[0]
    why = "every time in the import has the same offset" if zone else "the time zone of this machine"
    (made,) = result.as_dict()["clinics_created"]
    assert (made["clinic"], made["time_zone"]) == ("west", zone or machine)
    assert why in made["why"]
    assert empty.take({"patients.csv": PATIENT, "scores.csv": scores}).clinics_created == []


def test_a_clinic_in_the_batch_is_not_made(empty: Desk) -> None:
    result = empty.take({"clinics.csv": "clinic,time_zone\nwest,America/Denver\n", "patients.csv": PATIENT})
    assert result.clinics_created == []
    assert empty.rows("clinic", "clinic_id, name, time_zone, amber_budget") == [("west", "west", "America/Denver", 5)]


@pytest.mark.slow
def test_an_assumed_zone_gives_way_until_times_were_read_with_it(empty: Desk) -> None:
    empty.take({"patients.csv": PATIENT})
    clinics = {"clinics.csv": "clinic,name,time_zone\nwest,West,America/Denver\n"}
    assert empty.take(clinics).totals["accepted"] == 1
    empty.scores("p1,2026-01-06T10:00,nrs_back,5")
    other = {"clinics.csv": "clinic,name,time_zone\nwest,West,Europe/Paris\n"}
    fault = empty.fault(empty.take(other, replace=True))
    assert (fault["column"], fault["value"]) == ("time_zone", "Europe/Paris")
    assert "can't change" in fault["reason"]


def test_the_settings_of_a_clinic_change_with_replace_alone(desk: Desk) -> None:
    text = {"clinics.csv": "clinic,time_zone,pain_is_back_pain,phone_in_hours\nnorth,America/New_York,yes,555 1\n"}
    desk.scores("p1,2026-01-04,nrs_pain,7", "p1,2026-01-06,nrs_pain,5")
    assert desk.fault(desk.take(text))["column"] == "pain_is_back_pain"
    assert desk.take(text, replace=True).totals["accepted"] == 1
    assert desk.rows("clinic", "clinic_id, name, pain_is_back_pain, phone_in_hours")[0] == (
        "north",
        "North",
        True,
        "555 1",
    )
    assert desk.store.cursor().execute("select baseline from episode_summary where episode_id = 'e1'").fetchone() == (
        7,
    )
