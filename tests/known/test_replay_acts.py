"""What was done about flags, goals and calls, as known at any instant: random acts, replayed at random instants."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest

from plumbline import flag_runs, flags, sql, worklist
from plumbline.entry.record import save, undo
from plumbline.entry.steps import Add, Changed, Correct, Refused, Retract, Step
from plumbline.errors import NotFound
from plumbline.flags import Flag
from plumbline.known import as_known
from plumbline.store import Store, open_store
from tests.facts import Facts
from tests.known.history import TODAY, ago, now, write

Answers = dict[str, Any]
COURSES = {"e1": "p1", "e2": "p2", "e3": "p2"}
PEOPLE = ("p1", "p2")


def of_one(store: Store, patient: str) -> Answers:
    """What the Patient page shows of flags, goals and calls, and what its history says."""
    found: Answers = {}
    for episode, whose in COURSES.items():
        if whose == patient:
            found[f"flags {episode}"] = flags.of_course(store, episode, TODAY)
            with closing(store.cursor()) as cursor:
                asked = {"as_of": TODAY, "episode_id": episode}
                for name in ("flag/state_by_run", "patient/goal_by_course"):
                    found[f"{name} {episode}"] = sql.rows(cursor, name, **asked)
                visits = sql.rows(cursor, "followup/state_by_visit", clinics=None, **asked)
                found[f"followup/state_by_visit {episode}"] = visits
                found[f"calls {episode}"] = sql.rows(cursor, "followup/attempt_of_visit", **asked, visit="month_3")
                told = sql.rows(cursor, "history/fact_by_course", patient_id=patient, episode_id=episode, kind=None)
                found[f"history {episode}"] = told
    with closing(store.cursor()) as cursor:
        found["changes"] = sql.rows(cursor, "history/change_by_patient", patient_id=patient, entry_id=None)
        found["instants"] = sql.rows(cursor, "history/instant_by_patient", patient_id=patient, most=100)
    return found


def of_all(store: Store) -> Answers:
    """What the Flags, Follow-ups and Worklist pages show."""
    flag_runs.refresh(store)
    ready = worklist.make_ready(store, TODAY)
    found: Answers = {}
    with closing(store.cursor()) as cursor:

        def ask(name: str, **params: Any) -> None:
            found[name] = sql.rows(cursor, name, **params)

        period = {"as_of": TODAY, "from_on": ago(400), "clinic_id": None}
        for name in ("flag/figure_by_rule", "flag/wait_by_run", "flag/answer_by_rule", "flag/run_in_period"):
            ask(name, **period, episode_id=None, clinics=None)
        ask("flag/person_by_flag", clinics=None, **period, episode_id=None, rule=None, column="raised")
        ask("flag/load_by_month", clinics=None, **period)
        ask("flag/owner_by_use", clinics=None)
        ask("flag/hand_by_course", as_of=TODAY, episode_id=None)
        lines = {"as_of": TODAY, "clinic_id": None, "surgeon": None, "find": None, "most": 100}
        ask("worklist/rows_by_course", clinics=None, **lines, deepest=100 + ready.remade)
        ask("followup/attempt_by_visit", as_of=TODAY)
        ask("followup/reach_by_patient", as_of=TODAY)
        ask("followup/count_by_group", clinics=None, as_of=TODAY, episode_id=None)
        opening = sql.ask(cursor, "followup/open_by_visit", clinics=None, as_of=TODAY, episode_id=None)
        cursor.register("opening", opening)
        ask("followup/call_by_visit", as_of=TODAY, clinic_id=None, state=None, order_by="value", most=100)
    return found


class Acts:
    """A store on which people act at random, with what was shown after each act and the instants of it."""

    def __init__(self, store: Store, seed: int) -> None:
        self.store, self.random = store, Random(seed)
        self.shown: list[tuple[Answers, dict[str, Answers]]] = []
        self.spans: list[list[datetime]] = []
        self._entries: list[str] = []
        facts = Facts()
        facts.clinic()
        for patient in PEOPLE:
            facts.patient(patient)
        for (episode, patient), performed in zip(COURSES.items(), (80, 190, 50), strict=True):
            facts.episode(episode, patient, performed_on=ago(performed))
            for on, value in ((3, 8), (-7, 2), (-14, 2), (-21, 2), (-28, 6), (-35, 6), (-42, 7)):
                facts.score(0, value, patient, taken_on=ago(performed + on))
        write(store, facts)
        save(store, "tester", "e1", [Add("event", {"kind": "calf", "moment_on": ago(30)})])
        self.archive()

    def archive(self) -> None:
        """What everybody is shown from now on."""
        seen = of_all(self.store), {patient: of_one(self.store, patient) for patient in PEOPLE}
        self.shown.append(seen)
        self.spans.append([now()])

    def act(self) -> str:
        """One act of a random kind, one that can't be done left undone; then what is shown."""
        self.spans[-1].append(now())
        do = self.random.choice(
            [self._answer, self._answer, self._reopen, self._goal, self._call, self._fact, self._mend, self._undo]
        )
        with suppress(Changed, NotFound, Refused):
            do()
        self.archive()
        return do.__name__

    def moments(self) -> Iterator[tuple[datetime, int]]:
        """An instant of each span: at random within it, or one of its edges."""
        self.spans[-1].append(now())
        for number, (first, last) in enumerate(self.spans):
            yield first + (last - first) * self.random.choice([0.0, self.random.random(), 1.0]), number

    def _keep(self, saved: Any) -> None:
        self._entries.append(saved.entry_id)

    def _save(self, course: str, steps: list[Step]) -> None:
        try:
            self._keep(save(self.store, "tester", course, steps, why="seen again"))
        except Refused as refused:
            meant = [found.key for found in refused.findings]
            self._keep(save(self.store, "tester", course, steps, why="seen again", confirmed=meant))

    def _course(self) -> str:
        return self.random.choice(list(COURSES))

    def _flag(self, course: str, is_fit: Callable[[Any], bool]) -> Flag:
        found = [row for row in flags.of_course(self.store, course, TODAY) if is_fit(row)]
        if not found:
            raise NotFound("none")
        row = self.random.choice(found)
        return Flag(course, row["rule"], row["subject"], row["raised_on"])

    def _answer(self) -> None:
        course = self._course()
        flag = self._flag(course, lambda row: row["is_open"])
        choices: list[tuple[str, dict[str, Any]]] = [
            ("acknowledge", {}), ("act", {"answer": "called"}), ("dismiss", {"answer": "known_cause"}),
            ("assign", {"owner": self.random.choice(["Nurse Okafor", "Dr Test"]), "due_on": TODAY}),
            ("act", {"answer": "seen_soon", "is_over": True}),
        ]
        action, given = self.random.choice(choices)
        self._keep(flags.answer(self.store, "tester", [flag], TODAY, action, **given))

    def _reopen(self) -> None:
        course = self._course()
        flag = self._flag(course, lambda row: row["state"] in flags.ANSWERED)
        self._keep(flags.reopen(self.store, "tester", [flag], TODAY, "not so sure"))

    def _goal(self) -> None:
        course = self._course()
        with closing(self.store.cursor()) as cursor:
            goals = sql.rows(cursor, "patient/goal_by_course", as_of=TODAY, episode_id=course)
        if goals and self.random.random() < 0.6:
            scored = {"goal_key": goals[0]["goal_key"], "status": self.random.choice(["reached", "partly"])}
            self._save(course, [Add("goal_review", scored | {"moment_on": TODAY})])
        else:
            words = f"Walk {self.random.randrange(1, 9)} km"
            self._save(course, [Add("goal", {"words": words, "moment_on": ago(9), "due_on": ago(1)})])

    def _call(self) -> None:
        outcome = self.random.choice(["no_answer", "answered", "declined", "wrong_number"])
        call = {"visit": "month_3", "outcome": outcome, "moment_on": TODAY}
        self._save(self._course(), [Add("attempt", call)])

    def _fact(self) -> None:
        on, course = {"moment_on": ago(self.random.randrange(40))}, self._course()
        value = float(self.random.randrange(11))
        score = Add("score", {"instrument": "nrs_back", "value": value, "status": "done"} | on)
        event = Add("event", {"kind": self.random.choice(["calf", "new_fracture", "withdrew"])} | on)
        self._save(course, [self.random.choice([score, event])])

    def _mend(self) -> None:
        """Correct or take back a fact, perhaps one that a flag stands on or an answer to it."""
        table = self.random.choice(["score", "event", "flag_action", "goal", "goal_review", "contact_attempt"])
        text = f"select {table}_id, episode_id from {table} where retracted_at is null and episode_id <> '' order by 1"
        with closing(self.store.cursor()) as cursor:
            found = cursor.execute(text).fetchall()
        if not found:
            raise NotFound("none")
        fact_id, course = self.random.choice(found)
        if table == "score" and self.random.random() < 0.6:
            self._save(course, [Correct("score", fact_id, {"value": float(self.random.randrange(11))})])
        else:
            self._save(course, [Retract(table.removeprefix("contact_"), fact_id)])

    def _undo(self) -> None:
        if self._entries:
            entry_id = self._entries.pop(self.random.randrange(len(self._entries)))
            self._keep(undo(self.store, "tester", entry_id))


def replay(store: Store, seed: int, acts: int) -> None:
    """Act; then look back at each state, in turn from one view of everybody and from one of a single patient."""
    history = Acts(store, seed)
    done = [history.act() for _ in range(acts)]
    for turn, (instant, number) in enumerate(history.moments()):
        whole, each = history.shown[number]
        said = (seed, number, done[number - 1] if number else "")
        patient = history.random.choice(PEOPLE)
        if turn % 3 == 1:
            assert of_all(as_known(store, instant)) == whole, said
        assert of_one(as_known(store, instant, (patient,)), patient) == each[patient], said


def test_flags_goals_and_calls_are_shown_as_they_were_then(empty_store: Path) -> None:
    with closing(open_store(empty_store)) as store:
        replay(store, 3, acts=2)


@pytest.mark.slow
def test_after_many_acts_flags_goals_and_calls_are_shown_as_they_were_then(empty_store: Path) -> None:
    with closing(open_store(empty_store)) as store:
        replay(store, 0, acts=8)
