"""The rows of native kinds that the records of a file give under one rule of a mapping."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Protocol

from plumbline.intake.cells import Chunk, Fault, Field, Said
from plumbline.intake.mapping import KEYS, MOMENTS, STATUSES, Rule


class Sink(Protocol):
    """Where rows go: `Staging`, or a list for a preview."""

    def table(
        self,
        kind: str,
        lines: Sequence[int],
        columns: dict[str, Sequence[str | None]],
        told: dict[str, str] | None = None,
    ) -> None:
        """Rows of one kind."""

    def reject(self, line: int | None, column: str | None, value: str | None, reason: str) -> None:
        """A row that can't be taken."""

    def ignore(self, line: int | None, why: str) -> None:
        """A row that says nothing."""


class Rows:
    """The rows of one rule in one chunk."""

    def __init__(
        self, rule: Rule, fields: list[Field], sink: Sink, seen: dict[str, set[int]], made: Counter[str]
    ) -> None:
        self._rule, self._fields, self._sink, self._seen, self._made = rule, fields, sink, seen, made
        names = [one.name for one in fields]
        key = KEYS[rule.kind]
        if rule.cells[key].fixed is not None and rule.kind in {"events", "medications", "milestones", "notes"}:
            key = next(name for name in names if name in MOMENTS)
        self._key = names.index(key)
        self._tags = [place for place, name in enumerate(names) if name.startswith("tags.")]
        self._said = [
            place for place, one in enumerate(fields) if one.cell.columns and one.name != "patient_id"
        ]  # fmt: skip

    def take(self, chunk: Chunk, patients: Sequence[Said], episodes: Sequence[Said]) -> None:
        """Make the rows and hand them on."""
        lines: list[int] = []
        rows: list[list[str | None]] = []
        read = [one.read(chunk) for one in self._fields]
        for line, patient, episode, *said in zip(chunk.lines, patients, episodes, *read, strict=True):
            if isinstance(patient, str) and (row := self._row(line, patient, episode, said)) is not None:
                lines.append(line)
                rows.append(row)
        if lines:
            self._hand_on(lines, rows)

    def _row(self, line: int, patient: str, episode: Said, said: list[Said]) -> list[str | None] | None:
        key = said[self._key]
        if key is None and not self._has_status(said):
            return None
        if isinstance(key, Fault) and key.is_ignored:
            self._sink.ignore(line, key.reason)
            return None
        cells: list[str | None] = []
        for one in said:
            if isinstance(one, Fault):
                if not one.is_ignored:
                    self._sink.reject(line, one.column, one.value, one.reason)
                    return None
                cells.append(None)
            else:
                cells.append(one)
        row = [patient, episode if isinstance(episode, str) else None, *cells]
        return None if self._is_repeat(patient, row, said) else row

    def _has_status(self, said: list[Said]) -> bool:
        status = next((place for place, one in enumerate(self._fields) if one.name == "status"), None)
        return self._rule.kind == "scores" and status is not None and said[status] is not None

    def _is_repeat(self, patient: str, row: list[str | None], said: list[Said]) -> bool:
        """Whether a patient or procedure is known from an earlier record, in the same words or with fewer."""
        seen = self._seen.get(self._rule.kind)
        if seen is None:
            return False
        if self._rule.kind == "patients":
            person, says = hash(patient), any(said[place] is not None for place in self._said)
            if not says and person in self._seen["persons"]:
                return True
            self._seen["persons"].add(person)
        mark = hash(tuple(row))
        if mark in seen:
            return True
        seen.add(mark)
        return False

    def _hand_on(self, lines: list[int], rows: list[list[str | None]]) -> None:
        kind, by_place = self._rule.kind, list(zip(*rows, strict=True))
        columns: dict[str, Sequence[str | None]] = {}
        if kind in {"patients", "scores", "episodes"}:
            columns["patient_id"] = by_place[0]
        if kind not in {"patients", "scores"}:
            columns["episode_id"] = by_place[1]
        for place, one in enumerate(self._fields):
            if place not in self._tags and one.name not in {"patient_id", "episode_id"}:
                columns[one.name] = by_place[place + 2]
        if self._tags:
            names = [self._fields[place].name[5:] for place in self._tags]
            columns["tags"] = [
                ";".join(
                    f"{name}={row[place + 2]}" for name, place in zip(names, self._tags, strict=True) if row[place + 2]
                )
                or None
                for row in rows
            ]
        if kind == "scores":
            columns |= _split_status(columns["value"], columns.get("status"))
        self._made[kind] += len(lines)
        told = {one.name: one.cell.columns[0] for one in self._fields if one.cell.columns}
        self._sink.table(kind, lines, columns, told)


def _split_status(values: Sequence[str | None], given: Sequence[str | None] | None) -> dict[str, Sequence[str | None]]:
    """A value that the mapping turned into a status is no value."""
    status = [value if value in STATUSES else None for value in values]
    if given is not None:
        status = [mine or other for mine, other in zip(status, given, strict=True)]
    return {"value": [None if value in STATUSES else value for value in values], "status": status}
