"""Opioids stopped at different times, paracetamol, and bone medicine in a part."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from plumbline.demo.book import Book
from plumbline.demo.people import Episode, Person

_DOSES = {"tilidine": (50, 100), "tramadol": (50, 100), "oxycodone": (5, 10), "hydrocodone": (5, 10)}
_BONE = ("alendronate", "denosumab", "zoledronate", "teriparatide", "risedronate")


@dataclass(frozen=True)
class Opioid:
    """The opioid course: the day it ended (None: still taken, or the record ends first)."""

    drug: str
    stopped_day: int | None


def _stopped(person: Person, episode: Episode, day: int) -> date | None:
    """The end of a course of medicine, if it falls inside the record."""
    last = min(episode.course.ends, (person.cutoff.date() - episode.performed.date()).days - 1)
    return episode.on(day) if day <= last else None


def write(book: Book, person: Person, episode: Episode, second: bool) -> Opioid | None:
    """Write the medicine rows; the opioid is returned, because milestones and notes speak of it."""
    rng, course = person.rng, episode.course
    takes, slow = rng.random() < 0.74, {"quick": 1.0, "gradual": 1.9, "poor": 4.0}[course.group]
    drug = str(rng.choice(person.clinic.opioids))
    begun, lasts = int(rng.integers(3, 40)), int(slow * rng.gamma(1.3, 9)) + 1
    forever, dose = rng.random() < 0.1 * slow, int(rng.choice(_DOSES[drug]))
    opioid = None
    if takes:
        end = None if forever else _stopped(person, episode, lasts)
        start = episode.on(-begun) if not second else episode.on(0)
        book.add(
            "medications",
            episode_id=episode.episode_id,
            drug=drug,
            started_on=start,
            stopped_on=end,
            dose=dose,
            unit="mg",
            opioid="true",
        )
        opioid = Opioid(drug, lasts if end else None)
    if rng.random() < 0.7:
        end = _stopped(person, episode, int(slow * rng.gamma(2.0, 16)) + 3)
        start = episode.on(-int(rng.integers(0, 30)) if not second else 0)
        book.add(
            "medications",
            episode_id=episode.episode_id,
            drug=person.clinic.paracetamol,
            started_on=start,
            stopped_on=end,
            dose=1000,
            unit="mg",
            opioid="false",
        )
    _bone(book, person, episode, second)
    return opioid


def _bone(book: Book, person: Person, episode: Episode, second: bool) -> None:
    rng, course = person.rng, episode.course
    scanned, treated = rng.random() < 0.55, rng.random() < 0.5
    broken = episode.fracture_on or episode.performed.date() - timedelta(days=30)
    scan_day = (broken - episode.performed.date()).days + int(rng.gamma(3.0, 22))
    start_day = (broken - episode.performed.date()).days + int(rng.gamma(3.0, 30))
    drug = str(rng.choice(_BONE, p=(0.36, 0.24, 0.18, 0.1, 0.12)))
    last = min(course.ends, (person.cutoff.date() - episode.performed.date()).days - 1)
    if second:
        return
    if scanned and -25 < scan_day <= last:
        found = round(float(-2.6 + 0.7 * rng.normal()), 1)
        book.add(
            "events",
            episode_id=episode.episode_id,
            kind="bone_scan",
            on=episode.on(scan_day),
            detail=f"T-score {found}",
        )
    if treated and -25 < start_day <= last:
        book.add(
            "medications",
            episode_id=episode.episode_id,
            drug=drug,
            started_on=episode.on(start_day),
            opioid="false",
        )
        book.add(
            "events",
            episode_id=episode.episode_id,
            kind="bone_medicine",
            on=episode.on(start_day),
            detail=drug,
        )
