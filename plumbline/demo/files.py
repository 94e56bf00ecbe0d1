"""Put the people of the demo store on paper: the native files, and the truth that is kept beside them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import date, timedelta
from typing import Any

import numpy as np

from plumbline.demo import events, medicines, milestones, notes, scores, slips
from plumbline.demo.book import Book
from plumbline.demo.course import said_on_average
from plumbline.demo.people import Episode, Person, person
from plumbline.demo.places import CLINICS, Planted

Progress = Callable[[str, int, int], None]


def make(
    patients: int, seed: int, until: date, progress: Progress | None = None, planted: Planted | None = None
) -> tuple[Book, dict[str, Any]]:
    """The rows of every file, and the planted truth. The same arguments give the same rows."""
    book = Book(seed)
    truth: dict[str, Any] = {
        "patients": patients,
        "seed": seed,
        "until": until.isoformat(),
        "episodes": [],
        "waiting": [],
    }
    _clinics(book)
    eased = []
    for number in range(1, patients + 1):
        who = person(seed, number, patients, until, planted)
        if planted is not None:
            there = [one for one in who.episodes if one.course.eased and one.course.ends >= planted.day]
            eased += [_eased(one, planted) for one in there]
        _patient(book, who)
        for at, episode in enumerate(who.episodes):
            truth["episodes"].append(_episode(book, who, episode, second=at > 0))
        if not who.episodes:
            truth["waiting"].append(_waiting(book, who))
        if progress is not None and (number % 50 == 0 or number == patients):
            progress("Making up patients", number, patients)
    if planted is not None:
        truth["planted"] = asdict(planted) | {"points": float(np.mean(eased)), "episodes": len(eased)}
    truth["slips"] = [slip.as_dict() for slip in slips.make(book, seed, patients, until)]
    return book, truth


def _eased(episode: Episode, planted: Planted) -> float:
    """By how much what is said of pain is lower on the planted day: by less where there would have been little."""
    without = replace(episode.course, eased=0.0)
    return said_on_average(without, planted.day) - said_on_average(episode.course, planted.day)


def _clinics(book: Book) -> None:
    for clinic in CLINICS:
        book.add(
            "clinics",
            clinic=clinic.clinic_id,
            name=clinic.name,
            time_zone=clinic.zone,
            phone_in_hours=clinic.phone,
            phone_out_of_hours=clinic.phone_at_night,
            emergency_number=clinic.emergency,
        )


def _patient(book: Book, who: Person) -> None:
    born = who.birth_date.isoformat()
    book.add(
        "patients",
        patient_id=who.patient_id,
        birth_date=born[:7] if who.number % 37 == 0 else born,
        sex=who.sex,
        clinic=who.clinic.clinic_id,
        given_name=who.given,
        family_name=who.family,
        phone=who.phone,
        died_on=who.died_on,
    )


def _episode(book: Book, who: Person, episode: Episode, second: bool) -> dict[str, Any]:
    book.add(
        "episodes",
        episode_id=episode.episode_id,
        patient_id=who.patient_id,
        performed_at=who.clinic.text(episode.performed),
        levels=";".join(episode.levels),
        pathway=episode.pathway,
        fracture_on=episode.fracture_on,
        cause=episode.cause,
        surgeon=episode.surgeon,
        approach=episode.approach,
        of_grade=episode.of_grade,
        genant=episode.genant,
        cement_ml=";".join(map(str, episode.cement)),
        discharged_at=who.clinic.text(episode.discharged) if episode.discharged < who.cutoff else None,
    )
    said = scores.pain(who, episode, second)
    scores.write_pain(book, who, said)
    scores.write_other(book, who, episode, said)
    opioid = medicines.write(book, who, episode, second)
    reached = milestones.write(book, who, episode, opioid)
    events.write(book, who, episode)
    notes.write(book, who, episode, opioid, said)
    book.kept.write(who, episode, reached)
    return _truth(who, episode, reached, len(said))


def _truth(who: Person, episode: Episode, reached: dict[str, int], pain_scores: int) -> dict[str, Any]:
    course = episode.course
    return {
        "episode_id": episode.episode_id,
        "patient_id": who.patient_id,
        "case": who.case.name,
        "clinic": who.clinic.clinic_id,
        "performed_on": episode.performed.date().isoformat(),
        "group": course.group,
        "slow": course.slow,
        "diary": course.diary,
        "before": round(course.before, 2),
        "floor": round(course.floor, 3),
        "early": round(course.early, 3),
        "tau": round(course.tau, 2),
        "step": asdict(course.step) if course.step else None,
        "red_flags": [asdict(flag) for flag in course.red_flags],
        "died_day": course.died_day,
        "withdrew_day": course.withdrew_day,
        "dropout_day": course.dropout_day,
        "last_day": course.ends,
        "milestone_days": reached,
        "pain_scores": pain_scores,
    }


def _waiting(book: Book, who: Person) -> dict[str, Any]:
    """A patient with scores but no procedure: pain stays where it is."""
    days = np.sort(who.rng.choice(np.arange(2, 58), size=int(who.rng.integers(2, 9)), replace=False))[::-1]
    said = who.waiting.answers(-days.astype(np.float64), who.rng)
    for back, value in zip(days, said, strict=True):
        day = who.cutoff.date() - timedelta(days=int(back))
        book.add(
            "scores",
            patient_id=who.patient_id,
            taken_at=day,
            instrument="nrs_back",
            value=int(value),
            status="done",
            recorded_by=f"{who.clinic.clinic_id} desk",
        )
    return {"patient_id": who.patient_id, "before": round(who.waiting.before, 2), "pain_scores": len(days)}
