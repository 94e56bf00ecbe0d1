"""New fractures by person-time, by hand: what counts, what ends the follow-up, and the published limits of a rate."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from plumbline import sql
from plumbline.clinics.fractures import YEAR, by_year, fractures
from plumbline.store import Store
from tests.clinics.frames import SETTINGS
from tests.facts import Facts, day

AS_OF = day(800)


def ended(store: Store, as_of: int = 800) -> dict[str, tuple[int, int]]:
    found = sql.rows(store.cursor(), "clinics/fracture_by_episode", as_of=day(as_of), clinics=None)
    return {one["episode_id"]: (one["days"], one["outcome"]) for one in found}


def person(facts: Facts, name: str, levels: tuple[str, ...] = ("L1",), died_on: date | None = None) -> None:
    facts.patient(name, died_on=died_on)
    facts.episode(name, name)
    for level in levels:
        facts.add("treated_level", patient_id=name, episode_id=name, level=level)


def test_what_counts_and_what_ends_the_follow_up(store: Store) -> None:
    facts = Facts()
    facts.clinic(name="Harbour")
    for name in ("well", "broken", "twice", "left", "broken_after_leaving", "before"):
        person(facts, name)
    person(facts, "dead", died_on=day(200))
    for name, on in (("broken", 50), ("twice", 60), ("twice", 90), ("broken_after_leaving", 300), ("before", -5)):
        facts.event("new_fracture", on, episode_id=name, patient_id=name)
    for name in ("left", "broken_after_leaving"):
        facts.event("withdrew", 100, episode_id=name, patient_id=name)
    facts.write(store)
    two_years = round(2 * 365.25)
    assert ended(store) == {
        "well": (two_years, 0),  # followed for two years at most
        "broken": (50, 1), "twice": (60, 1),  # the first ends it: a course counts once
        "dead": (200, 2), "left": (100, 0), "broken_after_leaving": (100, 0), "before": (two_years, 0),
    }  # fmt: skip
    assert ended(store, 55)["twice"] == (55, 0)
    assert ended(store, 0)["well"] == (0, 0)


def test_the_list_behind_a_rate_is_of_those_it_counts(store: Store) -> None:
    facts = Facts()
    facts.clinic("c1", name="Harbour")
    for name in ("well", "broken", "twice"):
        person(facts, name)
    for name, on in (("broken", 50), ("twice", 60), ("twice", 90)):
        facts.event("new_fracture", on, episode_id=name, patient_id=name)
    facts.write(store)
    asked = {"as_of": AS_OF, "clinic_id": None, "most": 1, "clinics": None}
    found = sql.rows(store.cursor(), "clinics/patient_of_fracture", **asked)
    assert [(one["person"], one["received_on"], one["visits"]) for one in found] == [("broken", day(50), 2)]
    assert sql.rows(store.cursor(), "clinics/patient_of_fracture", **asked | {"clinic_id": "elsewhere"}) == []


def test_a_later_procedure_at_another_level_is_a_new_fracture_and_at_the_same_ends_the_course(store: Store) -> None:
    facts = Facts()
    facts.clinic()
    courses = {"other": (("L1",), ("L3",)), "same": (("L1", "L2"), ("L2",)), "unknown": ((), ("L3",))}
    for name, (first, second) in courses.items():
        person(facts, name, first)
        facts.episode(f"{name}-2", name, performed_on=day(150))
        for level in second:
            facts.add("treated_level", patient_id=name, episode_id=f"{name}-2", level=level)
    facts.write(store)
    found = ended(store)
    assert [found[name] for name in ("other", "same", "unknown")] == [(150, 1), (150, 0), (150, 0)]
    assert found["other-2"] == (650, 0)


def courses(events: int, years: float, clinic: str = "Harbour") -> pd.DataFrame:
    rest = round(years * YEAR) - 100 * events
    days = [100] * events + [rest // 40] * 39 + [rest - 39 * (rest // 40)]
    outcomes = [1] * events + [0] * 40
    return pd.DataFrame({"clinic_id": clinic.lower(), "clinic": clinic, "days": days, "outcome": outcomes})


def test_the_limits_of_a_rate_are_the_published_ones_of_poisson() -> None:
    """Exact 95% limits of a count of 15: 8.395 to 24.740; of 20: 12.217 to 30.888 (Garwood 1936)."""
    found = fractures(pd.concat([courses(15, 100), courses(20, 200, "Mill")]), SETTINGS)
    assert [one.name for one in found] == ["All clinics", "Harbour", "Mill"]
    assert (found[1].rate, found[1].lower, found[1].upper) == (
        pytest.approx(15.0, abs=0.05), pytest.approx(8.395, abs=0.05), pytest.approx(24.740, abs=0.05),
    )  # fmt: skip
    assert (found[2].lower, found[2].upper) == (pytest.approx(6.108, abs=0.05), pytest.approx(15.444, abs=0.05))
    said = "Harbour: 15 for every 100 patients and year (8 to 25), 15 new fractures in 100 years"
    assert found[1].words.startswith(said)
    assert (found[0].procedures, found[0].events, round(found[0].years)) == (115, 35, 300)


def test_death_competes_within_a_year() -> None:
    """Of ten, two break on day 100, four die on day 200, four are followed: 2 in 10; Kaplan and Meier say more."""
    part = pd.DataFrame({"days": [100] * 2 + [200] * 4 + [500] * 3 + [300], "outcome": [1] * 2 + [2] * 4 + [0] * 4})
    assert by_year(part)[0] == pytest.approx(0.2)
    late = pd.DataFrame({"days": [100, 150, 300, 300, 400], "outcome": [2, 2, 1, 0, 0]})
    assert by_year(late)[0] == pytest.approx(0.2)  # 1 of the 5, though only 3 were left by then
    assert by_year(part[part["days"] < 300]) == (None, None, None)


def test_of_no_fracture_only_the_rate_has_an_interval() -> None:
    assert by_year(courses(0, 50)) == (0.0, None, None)
    assert fractures(courses(0, 50), SETTINGS)[0].words.endswith("0 new fractures in 50 years; within a year 0%")


def test_few_fractures_are_hidden_and_so_is_what_would_give_them_away() -> None:
    found = fractures(pd.concat([courses(3, 90), courses(20, 200, "Mill"), courses(9, 100, "Oak")]), SETTINGS)
    told = {one.name: (one.events, one.rate, one.by_year) for one in found}
    assert told["Harbour"] == told["Oak"] == (None, None, None)
    assert told["Mill"][0] == 20
    assert told["All clinics"][0] == 32
    assert found[1].words == "Harbour: hidden, in 90 years"
    none = fractures(courses(0, 50), SETTINGS)
    assert (none[1].events, none[1].rate) == (0, 0.0)
    assert none[1].upper == pytest.approx(100 * 3.689 / 50, abs=0.05)
    assert fractures(courses(0, 50).head(0), SETTINGS) == ()


@pytest.mark.attack(56)
def test_within_a_year_tells_of_no_few_who_came_early_or_late() -> None:
    """Of 40 patients 12 broke: 3 of them in the second year. A share of 9 in 40 with all its digits would tell."""
    def of(late: int) -> pd.DataFrame:
        days, outcomes = [100] * (12 - late) + [600] * late + [700] * 28, [1] * 12 + [0] * 28
        return pd.DataFrame({"clinic_id": "harbour", "clinic": "Harbour", "days": days, "outcome": outcomes})

    (_, told), (_, hidden), (_, whole) = (fractures(of(late), SETTINGS) for late in (6, 3, 0))
    assert (told.events, told.by_year) == (12, 0.15)
    assert (hidden.events, hidden.by_year, hidden.by_year_lower) == (12, None, None)
    assert "within a year" not in hidden.words
    assert whole.by_year == 0.3
    assert all(one == round(one, 2) for one in (told.by_year_lower, told.by_year_upper))
    assert (told.years, told.rate) == (round(told.years), round(told.rate, 1))


@pytest.mark.attack(56)
def test_a_clinic_of_few_patients_and_one_where_all_but_few_broke() -> None:
    few = pd.concat([courses(0, 50), courses(30, 200, "Mill"), courses(10, 100, "Oak").head(3)])
    told = {one.name: (one.procedures, one.events) for one in fractures(few, SETTINGS)}
    assert told["Oak"] == (None, None)
    assert sum(patients is None for patients, _ in told.values()) == 2, "one alone would be left of the sum"
    nearly = pd.concat([courses(20, 200), courses(30, 200, "Mill"), courses(40, 300, "Oak").head(44)])
    told = {one.name: (one.procedures, one.events) for one in fractures(nearly, SETTINGS)}
    assert told["Oak"] == (None, None), "all but 4 of 44"
