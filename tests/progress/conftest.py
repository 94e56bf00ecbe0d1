"""Many made-up courses in one store, each looked at today on a day of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from plumbline import flag_runs
from plumbline.progress import Facts as Gathered
from plumbline.progress import Progress, gather, say
from plumbline.store import open_store
from tests.facts import VERSION, Facts

TODAY = date(2026, 11, 23)
Build = Callable[["Course"], None]


@dataclass
class Course:
    """One patient, `today` days after the procedure; days below count from it."""

    name: str
    today: int
    facts: Facts = field(repr=False)

    def on(self, day: int) -> date:
        return TODAY - timedelta(days=self.today) + timedelta(days=day)

    def scores(self, before: float | None, *later: tuple[int, float]) -> None:
        for day, value in ([] if before is None else [(-3, before)]) + list(later):
            self.facts.score(0, value, patient_id=self.name, taken_on=self.on(day))

    def event(self, kind: str, day: int) -> None:
        self.facts.add("event", patient_id=self.name, episode_id=self.name, kind=kind, happened_on=self.on(day))

    def step(self, milestone: str, day: int, status: str = "achieved") -> None:
        told = {"milestone": milestone, "status": status, "happened_on": self.on(day)}
        self.facts.add("milestone_event", patient_id=self.name, episode_id=self.name, **told)

    def look(self, rule: str, day: int, action: str = "acknowledge", subject: str = "", **told: Any) -> None:
        self.facts.add(
            "flag_action", patient_id=self.name, episode_id=self.name, rule=rule, subject=subject,
            on_date=self.on(day), action=action, answer=told.get("answer"), owner=None, due_on=told.get("due_on"),
        )  # fmt: skip

    def note(self, kind: str, day: int, text: str) -> None:
        told = {"kind": kind, "written_on": self.on(day), "text": text, "author": "Dr Ada Example"}
        self.facts.add("note", patient_id=self.name, episode_id=self.name, **told)


def put(facts: Facts, name: str, today: int, build: Build, **episode: Any) -> None:
    """Add one patient with one course to the facts."""
    facts.patient(name, given_name=episode.pop("given_name", "Rosa Maria"), family_name="Demo")
    usual = {"performed_on": TODAY - timedelta(days=today), "pathway": "kyphoplasty", "timeline_version": VERSION}
    facts.episode(name, name, **(usual | episode))
    build(Course(name, today, facts))


def clinic(facts: Facts) -> None:
    facts.clinic(phone_in_hours="555-0101", phone_out_of_hours="555-0111", emergency_number="112")


@pytest.fixture(scope="session")
def gathered(empty_original: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Any]]:
    """Write facts into a store of their own and gather every course of them, as of today."""
    opened = []

    def write(facts: Facts, *, refreshed: bool = True) -> dict[str, Gathered]:
        path = tmp_path_factory.mktemp("progress") / "store.duckdb"
        path.write_bytes(empty_original.read_bytes())
        opened.append(store := open_store(path))
        facts.write(store)
        if refreshed:
            with store.write() as cursor:
                cursor.execute("insert into flag_stale select distinct patient_id from patient")
            flag_runs.refresh(store)
        return gather(store.cursor(), TODAY)

    yield write
    for store in opened:
        store.close()


def told(found: dict[str, Gathered], name: str, **how: Any) -> Progress:
    """What a patient is told."""
    return say(found[name], **how)
