"""Save, correct, retract and undo: checked and stored in one transaction, with the summary and the change history."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from plumbline import sql, summary
from plumbline.entry.kinds import KINDS, Kind
from plumbline.entry.scope import Clinics, refuse_others
from plumbline.entry.steps import Add, Changed, Correct, Finding, Refused, Retract, Step, moment
from plumbline.entry.values import MOST_TEXT, faults
from plumbline.errors import NotFound, PlumblineError
from plumbline.store import Store


@dataclass(frozen=True)
class Saved:
    """An entry that is stored: its id, which `undo` takes, and the rows that are current now, one a step."""

    entry_id: str
    fact_ids: tuple[str | None, ...]


def save(
    store: Store,
    by: str,
    episode_id: str,
    steps: Sequence[Step],
    *,
    why: str | None = None,
    confirmed: Collection[str] = (),
    clinics: Clinics = None,
) -> Saved:
    """Store the steps of one entry, all or none, as `by`, where the course is of these clinics (None: of any).

    `why` is needed where something is corrected or retracted; `confirmed`: the keys of findings that are meant.
    Raises Refused with what is impossible, or unusual and not confirmed; Changed where somebody was quicker; NotFound.
    """
    if not steps:
        raise PlumblineError("There is nothing to save yet: fill in something.")
    if any(not isinstance(step, Add) for step in steps) and not (why or "").strip():
        raise PlumblineError("Say why it is changed: the history keeps the reason.")
    if len(why or "") > MOST_TEXT:
        raise PlumblineError(f"The reason has more than {MOST_TEXT:,} characters: shorten it.")
    with store.write() as cursor:
        entry = _Entry(store, cursor, by, episode_id, len(steps), why, clinics)
        for number, step in enumerate(steps):
            entry.take(number, step)
        open_findings = [found for found in entry.findings if found.key not in confirmed]
        if impossible := [found for found in entry.findings if found.severity == "impossible"]:
            raise Refused(impossible)
        if open_findings:
            raise Refused(open_findings)
        return entry.done()


def undo(store: Store, by: str, entry_id: str, *, why: str | None = None, clinics: Clinics = None) -> Saved:
    """Take an entry back: what it added is retracted, what it corrected or retracted is as before.

    Nothing is erased; the undo is an entry, too, and can be undone. `clinics`: as for `save`. Raises Changed,
    NotFound, Refused.
    """
    with store.write() as cursor:
        changes = sql.rows(cursor, "entry/change_by_entry", entry_id=entry_id)
        if not changes:
            raise NotFound("This entry is not in the history of this store. Reload the page.")
        if changes[0]["undone_by"]:
            raise Changed("This was already undone. Reload the page to see how it stands now.")
        entry = _Entry(store, cursor, by, changes[0]["episode_id"], len(changes), why, clinics, undoes=entry_id)
        for number, change in enumerate(reversed(changes)):
            entry.take_back(number, change)
        if impossible := [found for found in entry.findings if found.severity == "impossible"]:
            raise Refused(impossible)
        return entry.done()


class _Entry:
    """One entry while its transaction is open."""

    def __init__(
        self,
        store: Store,
        cursor: Any,
        by: str,
        episode_id: str,
        count: int,
        why: str | None,
        clinics: Clinics,
        undoes: str | None = None,
    ) -> None:
        refuse_others(cursor, episode_id, clinics)
        courses = sql.rows(cursor, "entry/course_by_id", episode_id=episode_id)
        if not courses:
            raise NotFound("This patient is no longer in the store. Open the patient from the worklist again.")
        self._cursor = cursor
        self._by = by
        self._why = (why or "").strip() or None
        self._undoes = undoes
        self._course = courses[0]
        self._today = datetime.now(tz=ZoneInfo(self._course["time_zone"])).date()
        self._now: datetime = store.stamp()
        ids = [row["id"] for row in sql.rows(cursor, "entry/new_ids", count=1 + 2 * count)]
        self._entry_id, self._ids = ids[0], iter(ids[1:])
        self._fact_ids: list[str | None] = []
        self._done: set[tuple[str, str]] = set()
        self.findings: list[Finding] = []

    def take(self, number: int, step: Step) -> None:
        """Check one step and do it; what is found is kept, and the caller decides."""
        kind = _kind(step.kind)
        old = None if isinstance(step, Add) else self._current(kind, step.fact_id)
        if isinstance(step, Retract):
            self._retract(kind, step.fact_id)
            self._keep(kind, "retracted", step.fact_id, None)
            return
        if wrong := faults(number, step.values):
            self.findings += wrong
            return
        values = dict(step.values)
        if old is not None:
            same_moment = not {"moment_on", "moment_time", "moment_at"} & set(values)
            values = {**old, **values} if same_moment else {**old, "moment_at": None, **values}
        values |= moment(values, self._course["time_zone"])
        previous = step.fact_id if isinstance(step, Correct) else None
        if not self._sound(number, kind, values, previous):
            return
        if previous is not None:
            self._retract(kind, previous)
        self._keep(kind, "added" if previous is None else "corrected", previous, self._add(kind, values, previous))

    def take_back(self, number: int, change: dict[str, Any]) -> None:
        """The opposite of one change."""
        kind, now, before = _kind(change["kind"]), change["fact_id"], change["previous_id"]
        if now is not None:
            self._current(kind, now)
            self._retract(kind, now)
        if before is None:
            self._keep(kind, "undone", now, None)
            return
        values = self._read(kind, before)
        if self._sound(number, kind, values, None):
            new = next(self._ids)
            given = {"fact_id": new, "previous_id": before, "supersedes": now or before}
            self._run(kind.copy, given)
            self._copy_parts(kind, given)
            self._keep(kind, "undone", now, new)

    def done(self) -> Saved:
        """Bring the summary up to date, still in the transaction."""
        kinds = {KINDS[name] for name, _ in self._done}
        if any(kind.in_summary for kind in kinds):
            summary.refresh(self._cursor, [self._course["patient_id"]], scores_added=self._done == {("score", "added")})
        elif any(kind.in_worklist for kind in kinds):
            summary.mark_lines(self._cursor, [self._course["patient_id"]])
        return Saved(self._entry_id, tuple(self._fact_ids))

    def _sound(self, number: int, kind: Kind, values: dict[str, Any], fact_id: str | None) -> bool:
        given = values | {"fact_id": fact_id, "today": self._today, "as_of": values.get("moment_on")}
        found = [Finding(number, **row) for row in _rows(self._cursor, kind.check, given | self._place())]
        self.findings += found
        return not any(finding.severity == "impossible" for finding in found)

    def _read(self, kind: Kind, fact_id: str) -> dict[str, Any]:
        found = _rows(self._cursor, kind.read, {"fact_id": fact_id})
        if not found or found[0]["patient_id"] != self._course["patient_id"]:
            raise NotFound("This is not in the store, or belongs to another patient. Reload the page.")
        return found[0]

    def _current(self, kind: Kind, fact_id: str) -> dict[str, Any]:
        values = self._read(kind, fact_id)
        if not values["is_current"]:
            raise Changed("This was changed in the meantime. Reload the page to see how it stands now.")
        return values

    def _add(self, kind: Kind, values: dict[str, Any], supersedes: str | None) -> str:
        new = str(next(self._ids))
        self._run(kind.add, values | {"fact_id": new, "supersedes": supersedes})
        self._copy_parts(kind, {"fact_id": new, "previous_id": supersedes})
        return new

    def _copy_parts(self, kind: Kind, given: dict[str, Any]) -> None:
        if kind.copy_parts and given["previous_id"]:
            self._run(kind.copy_parts, given)

    def _retract(self, kind: Kind, fact_id: str) -> None:
        for name in (kind.retract, kind.retract_parts):
            if name:
                self._run(name, {"fact_id": fact_id, "retracted_at": self._now})

    def _keep(self, kind: Kind, action: str, previous_id: str | None, fact_id: str | None) -> None:
        change = {"change_id": next(self._ids), "action": action, "kind": kind.name}
        told = {"previous_id": previous_id, "why": self._why, "undoes": self._undoes}
        author = {"entry_id": self._entry_id, "changed_at": self._now, "changed_by": self._by}
        _run(self._cursor, "entry/add_change", change | told | author | self._place() | {"fact_id": fact_id})
        self._fact_ids.append(fact_id)
        self._done.add((kind.name, action))

    def _run(self, name: str, given: dict[str, Any]) -> None:
        author = {"recorded_at": self._now, "recorded_by": self._by}
        _run(self._cursor, name, given | author | self._place())

    def _place(self) -> dict[str, Any]:
        return {"patient_id": self._course["patient_id"], "episode_id": self._course["episode_id"]}


def _kind(name: str) -> Kind:
    if name not in KINDS:
        raise PlumblineError("This kind of entry is not known. Reload the page.")
    return KINDS[name]


def _params(name: str, given: dict[str, Any]) -> dict[str, Any]:
    """The query's parameters; what a form left out is missing. DuckDB would bind a dictionary as a struct."""
    found = {param.name: given.get(param.name) for param in sql.load(name).params}
    return {name: json.dumps(value) if isinstance(value, dict) else value for name, value in found.items()}


def _rows(cursor: Any, name: str, given: dict[str, Any]) -> list[dict[str, Any]]:
    return sql.rows(cursor, name, **_params(name, given))


def _run(cursor: Any, name: str, given: dict[str, Any]) -> None:
    sql.run(cursor, name, **_params(name, given))
