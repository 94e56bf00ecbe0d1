"""What patients answer: pain at every moment, questionnaires and walking tests at some visits."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from plumbline.demo.book import Book
from plumbline.demo.people import Episode, Person
from plumbline.demo.schedule import Moment, moments

Said = tuple[Moment, int]
_QUESTIONNAIRE_VISITS = (0, 42, 90, 180, 365, 730)
_WALKING_VISITS = (14, 42, 90, 365)
_WALKING = ("tug", "sts5", "gait_speed")


def _odi(pain: float, age: float, noise: float) -> str:
    return f"{np.clip(2 * round((13 + 6.3 * pain + 13 * noise) / 2), 0, 100):.0f}"


def _rmdq(pain: float, age: float, noise: float) -> str:
    return f"{np.clip(round(2.9 + 1.83 * pain + 4.6 * noise), 0, 24):.0f}"


def _eq5d(pain: float, age: float, noise: float) -> str:
    return f"{np.clip(0.91 - 0.0665 * pain + 0.16 * noise, -0.5, 1):.3f}"


def _eq_vas(pain: float, age: float, noise: float) -> str:
    return f"{np.clip(5 * round((83 - 4.6 * pain + 11 * noise) / 5), 0, 100):.0f}"


def _tug(pain: float, age: float, noise: float) -> str:
    return f"{max(6.0, 8.5 + 0.14 * (age - 65) + 0.85 * pain + 2.2 * noise):.1f}"


def _sts5(pain: float, age: float, noise: float) -> str:
    return f"{max(7.0, 11.0 + 0.16 * (age - 65) + 0.9 * pain + 2.5 * noise):.1f}"


def _gait(pain: float, age: float, noise: float) -> str:
    return f"{np.clip(1.2 - 0.011 * (age - 65) - 0.035 * pain + 0.12 * noise, 0.15, 1.9):.2f}"


_ANSWER: dict[str, Callable[[float, float, float], str]] = {
    "odi": _odi,
    "rmdq": _rmdq,
    "eq5d_index": _eq5d,
    "eq5d_vas": _eq_vas,
    "tug": _tug,
    "sts5": _sts5,
    "gait_speed": _gait,
}


def pain(person: Person, episode: Episode, second: bool) -> list[Said]:
    """The pain scores of a course, as said."""
    asked = moments(person, episode, second)
    if person.case.scores == "none":
        return []
    said = episode.course.answers(np.array([moment.day for moment in asked]), person.rng)
    found = [(moment, int(value)) for moment, value in zip(asked, said, strict=True)]
    return found[:1] if person.case.scores == "one" else found


def _by(person: Person, moment: Moment) -> str:
    return {"diary": "patient app", "hospital": "ward nurse"}.get(moment.occasion, f"{person.clinic.clinic_id} desk")


def write_pain(book: Book, person: Person, said: list[Said]) -> None:
    """One row a pain score; in hospital, and at some visits, also pain on moving."""
    moving = person.rng.random() < 0.35 and person.case.scores == "usual"
    for moment, value in said:
        cells = {
            "patient_id": person.patient_id,
            "taken_at": moment.text,
            "status": "done",
            "recorded_by": _by(person, moment),
        }
        book.add("scores", instrument="nrs_back", value=value, context=moment.context, **cells)
        if moving and moment.occasion != "diary" and moment.context != "before":
            more = min(10, value + int(person.rng.integers(0, 3)))
            book.add("scores", instrument="nrs_back_moving", value=more, **cells)


def write_other(book: Book, person: Person, episode: Episode, said: list[Said]) -> None:
    """Questionnaires and walking tests of the clinic, at the visits that the patient came to."""
    if person.case.scores != "usual":
        return
    rng, own = person.rng, dict(zip(_ANSWER, person.rng.normal(size=len(_ANSWER)), strict=True))
    age = person.age_on(episode.performed.date())
    for moment, instrument in _due(person, said):
        true = float(episode.course.level(np.array([moment.day]))[0])
        noise = 0.7 * float(own[instrument]) + 0.7 * float(rng.normal())
        way, status, value = rng.random(), "done", _ANSWER[instrument](true, age, noise)
        if instrument in _WALKING and way < 0.03 + 0.05 * max(0.0, true - 4):
            status, value = ("unable" if way > 0.025 else "refused"), ""
        elif instrument in _WALKING and way > 0.98:
            status, value = "not_tried", ""
        elif way > 0.95:
            continue
        book.add(
            "scores",
            patient_id=person.patient_id,
            taken_at=moment.text,
            instrument=instrument,
            value=value,
            status=status,
            recorded_by=f"{person.clinic.clinic_id} desk",
        )


def _due(person: Person, said: list[Said]) -> Iterator[tuple[Moment, str]]:
    for moment, _ in said:
        for instrument in person.clinic.battery:
            visits = _WALKING_VISITS if instrument in _WALKING else _QUESTIONNAIRE_VISITS
            if moment.visit in visits and moment.context is None:
                yield moment, instrument
