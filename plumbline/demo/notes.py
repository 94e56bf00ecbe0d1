"""Short made-up notes tied to what really happened on the day; texts are rows of data/demo/note_text.csv."""

from __future__ import annotations

import csv
from datetime import datetime, time, timedelta
from functools import cache

import numpy as np

from plumbline.demo.book import Book
from plumbline.demo.medicines import Opioid
from plumbline.demo.people import Episode, Person
from plumbline.demo.scores import Said
from plumbline.sql import ROOT

_PLAN = (
    ("call", 1, 3, 0.8),
    ("week_2", 12, 19, 0.85),
    ("physio", 21, 36, 0.6),
    ("week_6", 38, 54, 0.85),
    ("month_3", 88, 108, 0.6),
    ("month_12", 350, 390, 0.6),
    ("report", 3, 70, 0.8),
    ("report", 71, 300, 0.35),
    ("check", 8, 80, 0.4),
)
_NEAR_DAYS = 2.0
_READ_AT, _READ_DAY, _READ_BY = time(11, 30), 2, 4
_TRIGGERS = ("lifting a bag", "a stumble on the step", "a coughing fit", "turning in bed")
_FOUND = ("Examined, blood test normal. Closed.", "Examined and treated. Watch at home, ring if worse.")
Text = dict[str, str]


@cache
def _texts() -> tuple[Text, ...]:
    with (ROOT / "data" / "demo" / "note_text.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def _pick(person: Person, moment: str, mood: str) -> Text:
    fitting = [text for text in _texts() if text["moment"] == moment and text["mood"] in (mood, "any")]
    return fitting[int(person.rng.integers(len(fitting)))]


class _Writer:
    """Writes the notes of one course; `words` are what the texts may speak of."""

    def __init__(
        self, book: Book, person: Person, episode: Episode, opioid: Opioid | None, said: list[Said]
    ) -> None:
        self.book, self.person, self.episode, self.opioid, self.said = book, person, episode, opioid, said
        self.nurse = f"Nurse Demo {'Clover' if person.number % 2 else 'Violet'}"
        self.bone = str(
            person.rng.choice(("started", "to be started by the family doctor", "asked for, not yet started"))
        )

    def _before(self) -> int:
        """Pain before the procedure: the last score given, or what it really was where nobody asked."""
        given = [value for moment, value in self.said if moment.day < 0]
        return given[-1] if given else round(self.episode.course.before)

    def _pain(self, day: float) -> int:
        """Pain on a day: the nearest score given, so that note and chart agree; else what it really was."""
        near = [(abs(moment.day - day), value) for moment, value in self.said if moment.day >= 0]
        if near and min(near)[0] <= _NEAR_DAYS:
            return min(near)[1]
        return int(np.rint(self.episode.course.level(np.array([max(day, 0.0)]))[0]))

    def add(self, moment: str, day: float, **more: str) -> None:
        """One note on a day (with a fraction), unless the record ends before it."""
        course, person, episode = self.episode.course, self.person, self.episode
        start = datetime.combine(episode.performed.date(), time(0)) + timedelta(days=int(day))
        at = start + timedelta(minutes=int(person.rng.integers(500, 1020)))
        if moment == "procedure":
            at = episode.performed + timedelta(minutes=95)
        pain, before = self._pain(day), self._before()
        mood = "slow" if pain >= 5 or pain > 0.7 * before else "good"
        text = _pick(person, moment, mood)
        if at >= person.cutoff or int(day) > course.ends or int(day) == course.died_day:
            return
        taking = self.opioid is not None and (self.opioid.stopped_day is None or self.opioid.stopped_day > day)
        words = {
            "levels": " and ".join(episode.levels),
            "cement": " and ".join(map(str, episode.cement)),
            "approach": episode.approach,
            "before": str(before),
            "pain": str(pain),
            "bone": self.bone,
            "medicine": self.opioid.drug if taking and self.opioid else person.clinic.paracetamol,
            **more,
        }
        surgeon = moment in ("procedure", "week_6", "month_3", "fracture", "red_flag")
        author = "Patient" if moment == "report" else episode.surgeon if surgeon else self.nurse
        self.book.add(
            "notes",
            episode_id=episode.episode_id,
            written_at=person.clinic.text(at),
            kind=text["kind"],
            author=author,
            title=text["title"].format(**words),
            text=text["text"].format(**words),
        )

    def add_for_patient(self) -> None:
        """A note that the patient reads, too, for some; nothing is drawn, so that all else stays as it was."""
        at = datetime.combine(self.episode.performed.date(), _READ_AT) + timedelta(days=_READ_DAY)
        if self.person.number % _READ_BY or at >= self.person.cutoff or self.episode.course.ends < _READ_DAY:
            return
        text = next(text for text in _texts() if text["moment"] == "for_patient")
        self.book.add(
            "notes", episode_id=self.episode.episode_id, written_at=self.person.clinic.text(at), kind=text["kind"],
            author=self.nurse, title=text["title"], text=text["text"],
        )  # fmt: skip


def write(book: Book, person: Person, episode: Episode, opioid: Opioid | None, said: list[Said]) -> None:
    """Write four to eight notes of a course, in the order in which they were planned."""
    rng, course, writer = person.rng, episode.course, _Writer(book, person, episode, opioid, said)
    writer.add("procedure", 0)
    writer.add_for_patient()
    for moment, first, last, share in _PLAN:
        day = float(rng.integers(first, last + 1))
        if rng.random() < share:
            writer.add(moment, day)
    step = course.step
    if step is not None and step.known_day is not None:
        writer.add("step", max(step.day + 1.0, step.known_day - 2.0), trigger=str(rng.choice(_TRIGGERS)))
        writer.add("fracture", float(step.known_day))
    for flag in course.red_flags:
        if flag.kind != "new_fracture" and flag.closed_day is not None:
            words = flag.kind.replace("_", " ")
            writer.add("red_flag", float(flag.day), flag=words, found=str(rng.choice(_FOUND)))
