"""A store in which every check has exactly one fault to find, each in a patient or clinic of its own."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from plumbline.store import Store
from tests.facts import Facts, day

AS_OF = day(50)
RECORDED = "2026-06-01 00:00:00"
COURSE = {-3: 8, 1: 4, 7: 3, 14: 3, 42: 2}
STEPS = {"sit_edge": 0, "stand": 0, "walk_bathroom": 0, "walk_5min": 1, "walk_10min": 4, "driving": 14}
WHOM = {
    "dead_active": "p01", "impossible_value": "p02", "unit_drift": "c2", "likely_duplicate": "p04",
    "procedure_twice": "p05", "fracture_after": "p06", "before_fracture": "p07", "no_baseline": "p08",
    "unlikely_jump": "p09", "two_values": "p10", "two_clinics": "p22", "future_dated": "p12",
    "milestone_early": "p13", "milestone_order": "p14", "outside_course": "p15", "medicine_ends_early": "p16",
    "discharge_early": "p17", "birth_date": "p18", "levels_missing": "p19", "window_empty": "p20",
    "late_entry": "p21", "clinic_silent": "c3",
}  # fmt: skip
"""Which patient or clinic each check must name."""


class Planted(Facts):
    """Facts with sound people in them, to be spoiled one by one."""

    def person(self, patient_id: str, clinic_id: str = "c1", **how: Any) -> None:
        """Somebody about whom no check has anything to say, but for what is left out or changed here."""
        number = int(patient_id[1:])
        course = how.pop("course", COURSE)
        steps = how.pop("steps", STEPS)
        levels = how.pop("levels", ("L1",))
        usual = {"given_name": f"Given{number}", "family_name": f"Person{number}", "died_on": None}
        born = {"birth_date": (day(0) - timedelta(days=26_000 + 17 * number)).isoformat(), "clinic_id": clinic_id}
        self.patient(patient_id, **(usual | born | how.pop("patient", {})))
        episode_id = f"e{patient_id[1:]}"
        usual_course = {"fracture_on": day(-40), "discharged_on": day(1)}
        self.episode(episode_id, patient_id, **(usual_course | how))
        for on, value in course.items():
            self.score(on, value, patient_id)
        for milestone, on in steps.items():
            self.milestone(milestone, "achieved", on, episode_id, patient_id)
        for level in levels:
            self.add("treated_level", patient_id=patient_id, episode_id=episode_id, level=level)

    def write(self, store: Store) -> None:
        """Recorded after all of it had happened, unless it says otherwise."""
        for rows in self.rows.values():
            for row in rows:
                row["recorded_at"] = RECORDED
        super().write(store)


def sound() -> Planted:
    """Two clinics and three people, all as it should be; one score is prorated, so that it isn't whole."""
    facts = Planted()
    for clinic in ("c1", "c2"):
        facts.clinic(clinic, name=f"Clinic {clinic}")
    facts.person("p30")
    facts.person("p31", "c2")
    facts.person("p32")
    score_id = facts.score(42, 10.5, "p32", instrument="rmdq")
    for item in range(1, 25):
        facts.add(
            "score_item", score_id=score_id, patient_id="p32", item=item, answer=None if item > 20 else "1",
            points=None if item > 20 else 1, scoring_rule="rmdq_prorated", coding="0-1",
        )  # fmt: skip
    return facts


def planted() -> Planted:
    """The sound ones, and one fault for each check."""
    facts = sound()
    facts.clinic("c3", name="Clinic c3")
    facts.person("p01", patient={"died_on": day(30)})
    facts.person("p02")
    facts.score(43, 11, "p02")
    facts.person("p03", "c2")
    for on in range(1, 40):
        facts.score(on, 50 if on < 22 else 5, "p03", instrument="vas_back")  # day 22 is 1 February
    twin = {"given_name": "Anna", "family_name": "Miller", "birth_date": "1940-02-03"}
    facts.person("p00", patient=twin)
    facts.person("p04", patient=twin | {"family_name": "Miler"})
    facts.person("p05")
    facts.episode("e05b", "p05", performed_on=day(0))
    facts.add("treated_level", patient_id="p05", episode_id="e05b", level="L2")
    facts.person("p06", fracture_on=day(5))
    facts.person("p07", fracture_on=day(-2))
    facts.person("p08", course={on: value for on, value in COURSE.items() if on > 0})
    facts.person("p09", course=COURSE | {15: 10, 16: 2})
    facts.person("p10")
    facts.score(42, 6, "p10")
    other = {"given_name": "Berta", "family_name": "Young", "birth_date": "1941-03-04"}
    facts.person("p22", patient=other)
    facts.person("p11", "c2", patient=other)
    facts.person("p12")
    facts.milestone("usual_activity", "achieved", 400, "e12", "p12")
    facts.person("p13", steps=STEPS | {"driving": 1})
    facts.person("p14", steps=STEPS | {"walk_10min": 2, "walk_5min": 3})
    facts.person("p15", course=COURSE | {-60: 7})
    facts.person("p16")
    facts.medication("metamizole", 5, 3, episode_id="e16", patient_id="p16")
    facts.person("p17", discharged_on=day(-1))
    facts.person("p18", patient={"birth_date": None})
    facts.person("p19", levels=())
    facts.person("p20", course={on: value for on, value in COURSE.items() if on != 14})
    facts.person("p21")
    facts.score(43, 2, "p21")
    facts.rows["score"][-1]["source"] = "entered"
    facts.person("p23", "c3", course={on: value for on, value in COURSE.items() if on < 20})
    return facts
