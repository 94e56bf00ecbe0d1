"""The rows of native kinds that the records of a file give under one rule of a mapping."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Protocol

from plumbline.intake.cells import Chunk, Fault, Field, Said
from plumbline.intake.mapping import KEYS, MOMENTS, STATUSES, Rule
from plumbline.intake.questionnaire import told_items


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
    """The rows of one rule in one chunk. `ids`: what the file calls the ids of patient and procedure."""

    def __init__(
        self, rule: Rule, fields: list[Field], sink: Sink, seen: dict[str, set[int]], made: Counter[str],
        ids: dict[str, str],
    ) -> None:
        self._rule, self._fields, self._sink, self._seen, self._made = rule, fields, sink, seen, made
        self._ids = ids
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
        """Make the rows and hand them on: all at once where nothing is wrong, else row by row."""
        read = [one.read(chunk) for one in self._fields]
        columns: list[Sequence[Said]] = [chunk.lines, patients, episodes, *read]  # type: ignore[list-item]
        is_plain = all(Fault not in set(map(type, column)) for column in (patients, *read))
        if not is_plain or None in patients or None in read[self._key]:
            columns = self._sifted(columns)
        if self._rule.kind in self._seen:
            columns = self._once(columns)
        if columns and columns[0]:
            self._hand_on(columns)

    def _sifted(self, columns: list[Sequence[Said]]) -> list[Sequence[Said]]:
        """Without the records that say nothing of this kind, and those that say something wrong: they end here."""
        status = next((place for place, one in enumerate(self._fields) if one.name == "status"), None)
        status = status if self._rule.kind == "scores" else None
        kept: list[tuple[Said, ...]] = []
        for row in zip(*columns, strict=True):
            said = row[3:]
            key = said[self._key]
            if not isinstance(row[1], str) or (key is None and (status is None or said[status] is None)):
                continue
            line: int = row[0]
            over = next((one for one in said if isinstance(one, Fault) and one.of_row), key)
            if isinstance(over, Fault) and over.is_ignored:
                self._sink.ignore(line, over.reason)
            elif wrong := next((one for one in said if isinstance(one, Fault) and not one.is_ignored), None):
                self._sink.reject(line, wrong.column, wrong.value, wrong.reason)
            else:
                kept.append((*row[:3], *(None if isinstance(one, Fault) else one for one in said)))
        return list(zip(*kept, strict=True))

    def _once(self, columns: list[Sequence[Said]]) -> list[Sequence[Said]]:
        """Without the patients and procedures that are known from an earlier record, in the same words or fewer."""
        seen, persons, is_patient = self._seen[self._rule.kind], self._seen["persons"], self._rule.kind == "patients"
        kept: list[tuple[Said, ...]] = []
        for row in zip(*columns, strict=True):
            mark = hash(row[1:])
            if mark in seen:
                continue
            person = hash(row[1])
            if is_patient and person in persons and not any(row[place + 3] is not None for place in self._said):
                continue
            persons.add(person)
            seen.add(mark)
            kept.append(row)
        return columns if columns and len(kept) == len(columns[0]) else list(zip(*kept, strict=True))

    def _hand_on(self, told: list[Sequence[Said]]) -> None:
        kind = self._rule.kind
        lines: Sequence[int] = told[0]  # type: ignore[assignment]
        # what is left holds no fault any more
        by_place: list[Sequence[str | None]] = told[1:]  # type: ignore[assignment]
        columns: dict[str, Sequence[str | None]] = {}
        if kind in {"patients", "scores", "episodes"}:
            columns["patient_id"] = by_place[0]
        if kind not in {"patients", "scores"}:
            columns["episode_id"] = [one if isinstance(one, str) else None for one in by_place[1]]
        for place, one in enumerate(self._fields):
            if place not in self._tags and one.name not in {"patient_id", "episode_id"}:
                columns[one.name] = by_place[place + 2]
        if self._tags:
            names = [self._fields[place].name[5:] for place in self._tags]
            tags = zip(*(by_place[place + 2] for place in self._tags), strict=True)
            columns["tags"] = [_tags(names, row) for row in tags]
        if kind == "scores":
            columns |= told_items(columns["value"])
            columns |= _split_status(columns["value"], columns.get("status"))
        self._made[kind] += len(lines)
        own = self._ids | {one.name: one.cell.columns[0] for one in self._fields if one.cell.columns}
        self._sink.table(kind, lines, columns, own)


def _tags(names: list[str], row: Sequence[str | None]) -> str | None:
    return ";".join(f"{name}={text}" for name, text in zip(names, row, strict=True) if text) or None


def _split_status(values: Sequence[str | None], given: Sequence[str | None] | None) -> dict[str, Sequence[str | None]]:
    """A value that the mapping turned into a status is no value."""
    if given is None and not set(values) & set(STATUSES):
        return {}
    status = [value if value in STATUSES else None for value in values]
    if given is not None:
        status = [mine or other for mine, other in zip(status, given, strict=True)]
    return {"value": [None if value in STATUSES else value for value in values], "status": status}
