"""A store with a history: random imports, entries, corrections and retractions, and what pages showed after each."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pandas as pd

from plumbline import intake, sql, summary, worklist
from plumbline.entry.record import save, undo
from plumbline.entry.steps import Add, Changed, Correct, Refused, Retract, Step
from plumbline.store import Store, open_store
from tests.facts import Facts

TODAY = datetime.now(UTC).date()
PEOPLE = ("p1", "p2", "p3")
Answers = dict[str, list[dict[str, Any]]]


def now() -> datetime:
    """This instant, as the store writes it."""
    return datetime.now(UTC).replace(tzinfo=None)


def ago(days: int) -> date:
    """A day before today."""
    return TODAY - timedelta(days=days)


def write(store: Store, facts: Facts) -> None:
    """Put facts into the store as an entry would: at one instant, with the summary."""
    with store.write() as cursor:
        stamp = store.stamp()
        for table, rows in facts.rows.items():
            cursor.register("incoming", pd.DataFrame(rows).assign(recorded_at=stamp))
            names = ", ".join(rows[0])
            cursor.execute(f"insert into {table} ({names}) select {names} from incoming")
            cursor.unregister("incoming")
        summary.refresh(cursor, None)


def of_one(store: Store, key: str, day: date) -> Answers:
    """Everything that the Patient page asks about one course."""
    found: Answers = {}
    with closing(store.cursor()) as cursor:

        def ask(name: str, **params: Any) -> list[dict[str, Any]]:
            found[name] = sql.rows(cursor, name, **params)
            return found[name]

        for course in ask("patient/course_of_key", clinics=None, key=key, as_of=day):
            episode, patient = course["episode_id"], course["patient_id"]
            ask("status/verdict_by_course", as_of=day, episode_id=episode)
            ask(
                "patient/mark_by_course", as_of=day, episode_id=episode, low=-30.0, high=365.0, before=0.9,
                flagged="", verdict="on_course", bars=8, points=900,
            )  # fmt: skip
            ask("patient/panel_of_course", as_of=day, episode_id=episode, low=None, high=None)
            ask("patient/note_by_course", as_of=day, episode_id=episode, search="", kind=None)
            ask("patient/source_by_knot", episode_id=episode)
            ask("history/instant_by_patient", patient_id=patient, most=100)
            ask("history/change_by_patient", patient_id=patient, entry_id=None)
            ask("history/fact_by_course", patient_id=patient, episode_id=episode, kind=None)
    return found


def of_all(store: Store, day: date) -> Answers:
    """Everything that the Worklist and the Follow-ups ask, and who comes before and after whom."""
    found: Answers = {}
    ready = worklist.make_ready(store, day)
    with closing(store.cursor()) as cursor:

        def ask(name: str, **params: Any) -> list[dict[str, Any]]:
            found[name] = sql.rows(cursor, name, **params)
            return found[name]

        ask("worklist/choice_by_filter", clinics=None)
        filters = {"as_of": day, "clinic_id": None, "surgeon": None, "find": None}
        lines = ask("worklist/rows_by_course", clinics=None, **filters, most=100, deepest=100 + ready.remade)
        ask("worklist/total_by_verdict", clinics=None, as_of=day, clinic_id=None, surgeon=None)
        ask("worklist/trend_by_day", clinics=None, as_of=day, keys=",".join(line["episode_key"] for line in lines))
        if lines:
            ask("patient/neighbours_of_course", clinics=None, as_of=day, current=lines[0]["episode_id"])
        ask("followup/open_by_visit", clinics=None, as_of=day, episode_id=None)
        ask("import/batch_by_start", clinics=None, by=None)
    return found


class History:
    """A store that is written to at random, with an archive of what was shown after each write.

    `instants`: pairs of an instant and the number of the archived state that was shown at it.
    """

    def __init__(self, empty: Path, folder: Path, seed: int) -> None:
        self.random = Random(seed)
        self.folder = folder
        self.path = folder / f"history-{seed}.duckdb"
        shutil.copy(empty, self.path)
        self.store = open_store(self.path)
        self.keys: set[str] = {"nobody"}
        self.states: list[tuple[Answers, dict[str, Answers]]] = []
        self.instants: list[tuple[datetime, int]] = []
        self._entries: list[str] = []
        self._count = 0
        self._archive(now())
        self._begin()

    def _begin(self) -> None:
        facts = Facts()
        facts.clinic()
        for who in PEOPLE[:2]:
            facts.patient(who)
        facts.episode("e-p1", "p1", performed_on=ago(40))
        before = now()
        write(self.store, facts)
        self._archive(before)

    def act(self) -> None:
        """One write of a random kind; none where chance gave something impossible."""
        begun = now()
        kind = self.random.choice(
            [self._enter, self._enter, self._correct, self._retract, self._undo, self._import, self._write]
        )
        kind()
        self._archive(begun)

    def restart(self) -> None:
        """Close the file, and open it again."""
        self.store.close()
        self.store = open_store(self.path)

    def _archive(self, begun: datetime) -> None:
        """The last state was shown until this write began; the new one from now on."""
        if self.states:
            self.instants.append((begun - timedelta(microseconds=1), len(self.states) - 1))
        with closing(self.store.cursor()) as cursor:
            found = cursor.execute("select patient_key from patient union select episode_key from episode").fetchall()
        self.keys |= {key for (key,) in found}
        self.states.append((of_all(self.store, TODAY), {key: of_one(self.store, key, TODAY) for key in self.keys}))
        self.instants.append((now(), len(self.states) - 1))

    def shown(self, number: int, key: str) -> tuple[Answers, Answers]:
        """What was archived; who was not known then was nowhere."""
        whole, each = self.states[number]
        return whole, each.get(key, {"patient/course_of_key": []})

    def moments(self) -> Iterator[tuple[datetime, int]]:
        """Random instants, each with the state that was shown at it, between the writes and at their edges."""
        by_state: dict[int, list[datetime]] = {}
        for instant, number in self.instants:
            by_state.setdefault(number, []).append(instant)
        while True:
            number = self.random.choice(list(by_state))
            first, last = min(by_state[number]), max(by_state[number])
            yield first + (last - first) * self.random.random(), number

    def _some(self, table: str) -> tuple[str, str, str] | None:
        text = f"select {table}_id, patient_id, episode_id from {table} where retracted_at is null order by 1"
        with closing(self.store.cursor()) as cursor:
            found = [row for row in cursor.execute(text).fetchall() if row[2]]
        return self.random.choice(found) if found else None

    def _course(self) -> str:
        with closing(self.store.cursor()) as cursor:
            found = cursor.execute("select episode_id from episode_summary order by 1").fetchall()
        return str(self.random.choice(found)[0])

    def _save(self, course: str, steps: list[Step]) -> None:
        """What is unusual is meant; what is impossible is left."""
        confirmed: list[str] = []
        for _ in range(2):
            try:
                saved = save(self.store, "tester", course, steps, why="seen again", confirmed=confirmed)
            except Refused as refused:
                confirmed = [finding.key for finding in refused.findings]
            else:
                self._entries.append(saved.entry_id)
                return

    def _enter(self) -> None:
        course, chance = self._course(), self.random
        on = {"moment_on": ago(chance.randrange(0, 60))}
        score = {"instrument": "nrs_back", "value": float(chance.randrange(11)), "status": "done"}
        event = {"kind": chance.choice(["fall", "new_fracture", "withdrew", "red_flag_closed"])}
        self._save(
            course,
            chance.choice(
                [
                    [Add("score", score | on)],
                    [Add("score", score | on), Add("note", {"kind": "visit", "text": "Walks well."} | on)],
                    [Add("milestone", {"milestone": "driving", "status": "achieved"} | on)],
                    [Add("event", event | on)],
                    [Add("medication", {"drug": "tramadol"} | on)],
                ]
            ),
        )

    def _correct(self) -> None:
        if found := self._some("score"):
            self._save(found[2], [Correct("score", found[0], {"value": float(self.random.randrange(11))})])

    def _retract(self) -> None:
        table = self.random.choice(["score", "note", "event", "medication"])
        if found := self._some(table):
            self._save(found[2], [Retract(table, found[0])])

    def _undo(self) -> None:
        if self._entries:
            try:
                self._entries.append(undo(self.store, "tester", self._entries.pop(), why="a slip").entry_id)
            except (Refused, Changed):
                return

    def _import(self) -> None:
        """Files of everybody, some of it new; what differs supersedes. While it runs, the last state is shown."""
        self._count += 1
        folder = self.folder / f"{self.path.stem}-in{self._count}"
        folder.mkdir()
        chance = self.random
        who = chance.sample(PEOPLE, 2)
        rows = [f"{one},{ago(chance.randrange(60))},nrs_back,{chance.randrange(11)}" for one in who * 3]
        people = [f"{one},19{chance.randrange(40, 60)},male,c1" for one in who]
        procedure = f"e-{who[0]},{who[0]},{ago(chance.randrange(30, 45))},T12"
        files = {
            "scores": ["patient_id,taken_at,instrument,value", *dict.fromkeys(rows)],
            "patients": ["patient_id,birth_date,sex,clinic", *people],
            "episodes": ["episode_id,patient_id,performed_at,levels", procedure],
        }
        for name in chance.sample(list(files), chance.randrange(1, 4)):
            (folder / f"{name}.csv").write_text("\n".join(files[name]) + "\n")
        during: list[datetime] = []
        intake.run(self.store, [folder], replace=True, progress=lambda *_: during.append(now()))
        self.instants += [(instant, len(self.states) - 1) for instant in during]

    def _write(self) -> None:
        """Facts that no import and no form brought; or a procedure is withdrawn."""
        facts = Facts()
        if self.random.random() < 0.7:
            facts.score(0, float(self.random.randrange(11)), taken_on=ago(self.random.randrange(60)))
            write(self.store, facts)
            return
        with self.store.write() as cursor:
            stamp = {"now": self.store.stamp()}
            still = "retracted_at is null and episode_id <> 'e-p1'"
            cursor.execute(f"update episode set retracted_at = $now where {still}", stamp)
            summary.refresh(cursor, None)
