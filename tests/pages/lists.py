"""A store whose worklist is known: two clinics, every verdict that a list can show, and names that try to act."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from plumbline.store import Store, open_store
from tests.facts import Facts, day

TODAY = day(24)
CALM = {-3: 8, 1: 4, 7: 3, 14: 3, 20: 3, 24: 2}
SLOWER = {-3: 8, 1: 8, 7: 8, 14: 8, 20: 8}
NEW_PROBLEM = {-3: 8, 1: 3, 4: 2, 9: 2, 14: 2, 20: 8}
SILENT = {-3: 8, 1: 4}
HOSTILE = ("**Bold** :red[x]", "[here](https://example.invalid) <img src=x>")


def person(facts: Facts, number: int, course: dict[int, int], **patient: Any) -> None:
    """One patient with one course: p01 and e01, operated by surgeon A (odd) or B (even)."""
    usual = {"given_name": None, "family_name": None, "died_on": None}
    facts.patient(f"p{number:02d}", **(usual | patient))
    facts.episode(f"e{number:02d}", f"p{number:02d}", surgeon="Surgeon A" if number % 2 else "Surgeon B")
    for when, value in course.items():
        facts.score(when, value, f"p{number:02d}")


def build(path: Path) -> Store:
    """Clinic c1: 22 open courses, 4 of them amber, so two are shown; a red flag; one closed. Clinic c2: one amber."""
    facts = Facts()
    facts.clinic("c1")
    facts.clinic("c2")
    for number in range(1, 17):
        person(facts, number, CALM)
    person(facts, 17, SLOWER)
    person(facts, 18, SLOWER)
    person(facts, 19, NEW_PROBLEM, given_name="Zoë", family_name="Núñez")
    person(facts, 20, {**SLOWER, 24: 8})
    person(facts, 21, SILENT)
    person(facts, 22, CALM, given_name=HOSTILE[0], family_name=HOSTILE[1])
    facts.event("weakness_numbness", 23, episode_id="e22", patient_id="p22")
    person(facts, 23, CALM, died_on=day(20))
    person(facts, 24, SLOWER, clinic_id="c2")
    store = open_store(path)
    facts.write(store)
    store.set_meta("synthetic", "true")
    return store
