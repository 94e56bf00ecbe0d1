"""Made-up goals with their scores, and structured notes: put into the store after the import, in one write each.

They have a random stream of their own, so that everything else stays as it was for the same seed.
"""

from __future__ import annotations

import csv
from datetime import timedelta
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from plumbline import sql, summary
from plumbline.demo.people import Episode, Person
from plumbline.sql import ROOT
from plumbline.store import Store

Rows = list[dict[str, Any]]
_REVIEWS = (14, 42, 90, 180, 365)
_NOTES = (("nurse_call", 4, 9, 0.35), ("physiotherapy", 44, 60, 0.35), ("surgeon_visit", 172, 195, 0.5))
_NEARLY = 1.4  # reached so many times later: partly reached by now
_STREAM = 10


class Kept:
    """What is written beside the files: goals, their scores and structured notes."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.goals: Rows = []
        self.reviews: Rows = []
        self.notes: Rows = []

    def write(self, person: Person, episode: Episode, reached: dict[str, int]) -> None:
        """The goals and structured notes of one course, none later than its record."""
        number = int(episode.episode_id.encode().hex(), 16) % 2**32
        rng = np.random.default_rng([self.seed, number, _STREAM])
        cutoff = (person.cutoff.date() - episode.performed.date()).days - 1
        last = min(episode.course.ends, cutoff)
        if rng.random() < 0.5 or person.case.name == "shown first":
            chosen = rng.choice(len(_texts("goal_text")), size=int(rng.integers(1, 4)), replace=False)
            for at, index in enumerate(chosen, 1):
                key, text = f"{episode.episode_id}-goal-{at}", _texts("goal_text")[int(index)]
                self._goal(rng, episode, key, text, reached, last)
        for kind, first, until, share in _NOTES:
            day = int(rng.integers(first, until + 1))
            if (rng.random() < share or person.case.name == "shown first") and day < last:
                self._note(person, episode, kind, day)

    def _goal(
        self,
        rng: np.random.Generator,
        episode: Episode,
        key: str,
        text: dict[str, str],
        reached: dict[str, int],
        last: int,
    ) -> None:
        place = {"goal_key": key, "episode_id": episode.episode_id}
        set_day, due = int(rng.integers(-3, 1)), int(text["due_day"])
        dates = {"set_on": episode.on(set_day), "due_on": episode.on(due)}
        self.goals.append(place | {"words": text["words"]} | dates)
        day = reached.get(text["milestone"], 10_000)
        for visit in (one for one in _REVIEWS if one <= max(due, 90) and one <= last):
            if rng.random() < 0.15:
                continue
            status = "reached" if day <= visit else "partly" if day <= _NEARLY * visit else "not_yet"
            if status == "not_yet" and visit >= due and rng.random() < 0.2:
                status = "given_up"
            self.reviews.append(place | {"reviewed_on": episode.on(visit), "status": status})
            if status in ("reached", "given_up"):
                break

    def _note(self, person: Person, episode: Episode, kind: str, day: int) -> None:
        pain = int(np.rint(episode.course.level(np.array([float(day)]))[0]))
        before = round(episode.course.before)
        words = {"pain": str(pain), "before": str(before), "levels": " and ".join(episode.levels)}
        mood = "slow" if pain >= 5 or pain > 0.7 * before else "good"
        rows = [row for row in _texts("structured_text") if row["kind"] == kind and row["mood"] in (mood, "any")]
        fields = {row["field"]: row["text"].format(**words) for row in rows}
        if kind == "nurse_call":
            fields |= {"pain_now": str(pain), "danger_signs": "None of them"}
            fields |= {"call_back_on": (episode.on(day) + timedelta(days=7)).isoformat()} if mood == "slow" else {}
        nurse = f"Nurse Demo {'Clover' if person.number % 2 else 'Violet'}"
        author = {"surgeon_visit": episode.surgeon, "nurse_call": nurse}.get(kind, "Physiotherapist Demo Aster")
        note = {"episode_id": episode.episode_id, "kind": kind, "written_on": episode.on(day), "author": author}
        self.notes.append(note | {"field": list(fields), "value": list(fields.values())})

    def store(self, store: Store) -> None:
        """Put it all into the store, whose patients have been imported; of a course that isn't there, nothing."""
        with store.write() as cursor:
            now = store.stamp()
            for name, rows in (("goals", self.goals), ("reviews", self.reviews), ("notes", self.notes)):
                if rows:
                    cursor.register(f"made_{name}", pd.DataFrame(rows))
            if self.goals:
                sql.run(cursor, "demo/add_goals", recorded_at=now)
            if self.reviews:
                sql.run(cursor, "demo/add_goal_reviews", recorded_at=now)
            if self.notes:
                sql.run(cursor, "demo/add_structured_notes", recorded_at=now)
            summary.refresh(cursor, None)


@cache
def _texts(name: str) -> tuple[dict[str, str], ...]:
    with (ROOT / "data" / "demo" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))
