"""A store with one patient for every state that the patient page must make sense of."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from plumbline import summary
from plumbline.store import Store, open_store

AS_OF = dt.date(2026, 11, 23)
STAMP = dt.datetime(2026, 11, 1, 12)
VERSION = "kyphoplasty-2026.1"
_COMMON = {"recorded_at": STAMP, "recorded_by": "test", "source": "test"}


def add(cursor: Any, table: str, **values: Any) -> None:
    """One fact with its provenance."""
    row = {**values, **_COMMON}
    names, marks = ", ".join(row), ", ".join(f"${name}" for name in row)
    cursor.execute(f"insert into {table} ({names}) values ({marks})", row)


class Scene:
    """Facts of one patient, dated in days after the procedure."""

    def __init__(self, cursor: Any, who: str, day: int | None, *, at: dt.time | None = None, **patient: Any) -> None:
        self.cursor, self.who, self.count = cursor, who, 0
        self.zero = AS_OF - dt.timedelta(days=day if day is not None else 0)
        self.episode = f"{who}-e" if day is not None else None
        details = {"birth_date": "1952-05", "sex": "female", "clinic_id": "north", **patient}
        add(cursor, "patient", patient_row_id=f"{who}-r", patient_id=who, patient_key=f"key-{who}", **details)
        if day is not None:
            self.procedure(self.episode or "", 0, at)

    def on(self, day: float) -> dt.date:
        return self.zero + dt.timedelta(days=int(day // 1))

    def next_id(self, kind: str) -> str:
        self.count += 1
        return f"{self.who}-{kind}{self.count}"

    def procedure(
        self, episode: str, day: int, at: dt.time | None = None, levels: tuple[str, ...] = ("T12", "L1")
    ) -> None:
        on = self.on(day)
        add(
            self.cursor,
            "episode",
            episode_row_id=f"{episode}-r",
            episode_id=episode,
            episode_key=f"key-{episode}",
            patient_id=self.who,
            pathway="kyphoplasty",
            timeline_version=VERSION,
            performed_on=on,
            performed_at=dt.datetime.combine(on, at) if at else None,
            fracture_on=self.on(day - 20),
            cause="osteoporotic",
            surgeon="Surgeon 03",
            approach="bipedicular",
        )
        for level in levels:
            add(
                self.cursor,
                "treated_level",
                treated_level_id=self.next_id("l"),
                patient_id=self.who,
                episode_id=episode,
                level=level,
                cement_ml=3.5,
            )

    def score(
        self,
        day: float,
        value: float | None,
        instrument: str = "nrs_back",
        hours: float | None = None,
        status: str = "done",
    ) -> None:
        at = None if hours is None else dt.datetime.combine(self.on(0), dt.time(9)) + dt.timedelta(hours=hours)
        on = at.date() if at else self.on(day)
        add(
            self.cursor,
            "score",
            score_id=self.next_id("s"),
            patient_id=self.who,
            instrument=instrument,
            taken_on=on,
            taken_at=at,
            value=value,
            status=status,
        )

    def milestone(self, day: int, name: str, status: str = "achieved") -> None:
        add(
            self.cursor,
            "milestone_event",
            milestone_event_id=self.next_id("m"),
            patient_id=self.who,
            episode_id=self.episode,
            milestone=name,
            status=status,
            happened_on=self.on(day),
        )

    def note(self, day: int, kind: str, title: str, text: str) -> None:
        add(
            self.cursor,
            "note",
            note_id=self.next_id("n"),
            patient_id=self.who,
            episode_id=self.episode or f"patient:{self.who}",
            kind=kind,
            written_on=self.on(day),
            title=title,
            text=text,
            author="Dr Example",
        )

    def event(self, day: int, kind: str, detail: str | None = None) -> None:
        add(
            self.cursor,
            "event",
            event_id=self.next_id("v"),
            patient_id=self.who,
            episode_id=self.episode,
            kind=kind,
            happened_on=self.on(day),
            detail=detail,
        )

    def medicine(
        self, drug: str, start: int, stop: int | None, dose: float, unit: str = "mg", opioid: bool = False
    ) -> None:
        add(
            self.cursor,
            "medication",
            medication_id=self.next_id("d"),
            patient_id=self.who,
            episode_id=self.episode,
            drug=drug,
            started_on=self.on(start),
            stopped_on=None if stop is None else self.on(stop),
            dose=dose,
            unit=unit,
            opioid=opioid,
        )


def usual(scene: Scene, upto: int) -> None:
    """The milestones that most reach, up to a day, and the usual medicines."""
    for day, name in [
        (0, "sit_edge"),
        (0, "stand"),
        (0, "walk_bathroom"),
        (1, "home"),
        (2, "stairs"),
        (3, "shower"),
        (1, "walk_5min"),
        (4, "walk_10min"),
        (8, "self_care"),
        (9, "sit_45min"),
        (12, "light_tasks"),
        (16, "walk_15_30min"),
        (22, "physio_started"),
        (28, "desk_work"),
        (26, "driving"),
    ]:
        if day <= upto:
            scene.milestone(day, name)
    scene.medicine("oxycodone", -5, min(11, upto), 5, opioid=True)
    scene.medicine("paracetamol", -5, None, 1, "g")


def new_problem(cursor: Any) -> None:
    scene = Scene(cursor, "new", 47, given_name="Rosa", family_name="Example")
    for day, value in [
        (-3, 8),
        (0.2, 5),
        (1, 4),
        (3, 4),
        (7, 3),
        (14, 2),
        (21, 2),
        (28, 2),
        (35, 2),
        (40, 6),
        (43, 6),
        (47, 7),
    ]:
        scene.score(day, value)
    for day, value in [(-3, 66), (14, 38), (42, 52)]:
        scene.score(day, value, "odi")
    usual(scene, 47)
    scene.note(0, "procedure", "Procedure", "Bilateral, 3.5 ml each level, no leak seen.")
    scene.note(14, "visit", "Week 2 visit", "Doing well. Walks 20 minutes twice a day.")
    scene.note(
        40,
        "call",
        "Sharp pain after slip",
        "Slipped in the kitchen yesterday. Sharp pain in the back since, worse on standing. "
        "No weakness, bladder and bowel normal. Advised: rest, image within 72 h. <b>Call again</b> tomorrow [link](http://x).",
    )
    scene.event(39, "fall", "in the kitchen")


def on_course(cursor: Any) -> None:
    scene = Scene(cursor, "course", 38, at=dt.time(9))
    scene.score(-2, 7)
    for hours, value in [(0.5, 6), (1, 5), (2, 5), (4, 4), (8.2, 5), (14.5, 4), (20, 4), (26, 4), (50.5, 5)]:
        scene.score(0, value, hours=hours)
    for day, value in [(7, 4), (14, 3), (28, 3), (35, 3)]:
        scene.score(day, value)
    for day, value in [(-2, 55), (28, 33)]:
        scene.score(day, value, "odi")
    usual(scene, 24)
    scene.milestone(33, "desk_work")
    scene.milestone(29, "driving", "not_yet")
    scene.note(0, "procedure", "", "3.5 ml, one level.")
    scene.note(28, "visit", "", "Not confident to drive yet.")


def missed(cursor: Any) -> None:
    scene = Scene(cursor, "missed", 96)
    for day, value in [(-4, 8), (0.4, 4), (1, 4), (7, 4), (14, 3), (93, 2)]:
        scene.score(day, value)
    for day, value in [(-4, 62), (93, 24)]:
        scene.score(day, value, "odi")
    for day, value in [(-4, 18), (14, 10), (93, 6)]:
        scene.score(day, value, "rmdq")
    for day, value in [(-4, 0.31), (93, 0.78)]:
        scene.score(day, value, "eq5d_index")
    usual(scene, 30)
    scene.milestone(93, "walk_30min")
    scene.note(93, "visit", "Month 3 visit", "Was travelling; feels well.")


def slower(cursor: Any) -> None:
    scene = Scene(cursor, "slower", 24, sex="male", birth_date="1945")
    for day, value in [(-3, 8), (0.3, 7), (1, 7), (3, 7), (7, 7), (14, 8), (18, 8), (24, 8)]:
        scene.score(day, value)
    usual(scene, 4)
    for name in ("self_care", "sit_45min", "light_tasks"):
        scene.milestone(22, name, "not_yet")


def long_course(cursor: Any) -> None:
    scene = Scene(cursor, "long", 520)
    for day, value in [(-4, 8), (1, 5), (7, 4), (14, 3), (42, 3), (90, 2), (180, 2), (365, 3), (500, 4)]:
        scene.score(day, value)
    for day in range(520, 60, -90):
        scene.note(day, "letter", f"Letter {day}", "All well.")
    usual(scene, 60)


def many(cursor: Any) -> None:
    scene = Scene(cursor, "many", 400)
    scene.score(-3, 8)
    for index in range(2000):
        scene.score(0, 2 + (index * 7919% 5) * (index % 3) // 2, hours=4.5 + index * 4.4)


def edges(cursor: Any) -> None:
    Scene(cursor, "empty", 20)
    one = Scene(cursor, "one", 20)
    one.score(14, 4)
    usual(one, 2)
    flag = Scene(cursor, "flag", 9)
    for day, value in [(-3, 7), (1, 5), (7, 5)]:
        flag.score(day, value)
    flag.event(9, "weakness_numbness", "weaker left leg since last night")
    none = Scene(cursor, "none", None, at=None)
    for day, value in [(-70, 7), (-42, 8), (-14, 8)]:
        none.score(day, value)
    dead = Scene(cursor, "dead", 200, died_on=AS_OF - dt.timedelta(days=60))
    for day, value in [(-3, 8), (1, 5), (14, 3), (42, 3), (90, 4)]:
        dead.score(day, value)
    gone = Scene(cursor, "gone", 120)
    for day, value in [(-3, 8), (1, 5), (14, 3)]:
        gone.score(day, value)
    gone.event(60, "withdrew")
    two = Scene(cursor, "two", 300)
    for day, value in [(-3, 8), (1, 5), (14, 3), (42, 3), (90, 2), (199, 8), (207, 4), (242, 3)]:
        two.score(day, value)
    two.procedure("two-e2", 200, levels=("L3",))
    Scene(cursor, "fresh", 0, at=dt.time(8)).score(0, 5, hours=2.25)


def build(path: Path) -> Store:
    """The store with every scene, and its summary."""
    store = open_store(path)
    with store.write() as cursor:
        add(cursor, "clinic", clinic_id="north", name="North clinic", time_zone="Europe/Berlin")
        for scene in (new_problem, on_course, missed, slower, long_course, many, edges):
            scene(cursor)
        summary.refresh(cursor, None)
    store.set_meta("synthetic", "true")
    return store
