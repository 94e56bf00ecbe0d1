"""Apply a mapping: the records of a table become rows of the native kinds, chunk by chunk.

A record may give several rows, or none: each row that is made, refused or left aside is counted once. A patient, or a
procedure, that many records repeat in the same words is one row.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from plumbline.intake.cells import Chunk, Fault, Field, Said
from plumbline.intake.mapped_rows import Rows, Sink
from plumbline.intake.mapping import Mapping
from plumbline.intake.questionnaire import fields_of, questionnaires
from plumbline.intake.reading import Table
from plumbline.intake.refused import FileRefused

_CHUNK = 20_000
_LOOK = 2_000
Procedures = Callable[[], dict[str, Said]]


@dataclass
class Facts:
    """What a preview gathers: rows by kind with their line, what is refused, and how many are left aside."""

    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    rejects: list[dict[str, Any]] = field(default_factory=list)
    ignored: Counter[str] = field(default_factory=Counter)

    def table(
        self,
        kind: str,
        lines: Sequence[int],
        columns: dict[str, Sequence[str | None]],
        told: dict[str, str] | None = None,
    ) -> None:
        """Rows of one kind."""
        for line, *cells in zip(lines, *columns.values(), strict=True):
            self.rows.setdefault(kind, []).append({"line": line, **dict(zip(columns, cells, strict=True))})

    def reject(self, line: int | None, column: str | None, value: str | None, reason: str) -> None:
        """A row that can't be taken."""
        self.rejects.append({"line": line, "column": column, "value": value, "reason": reason})

    def ignore(self, line: int | None, why: str) -> None:
        """A row that says nothing."""
        self.ignored[why] += 1


def preview(table: Table, mapping: Mapping, most: int = 20) -> Facts:
    """The first records of a table as facts, before any check against the store. Raises FileRefused as `apply`."""
    facts = Facts()
    only_stored = Fault(None, None, "counts from a procedure that the store knows", is_ignored=True)
    _Work(table, mapping, facts, lambda: defaultdict(lambda: only_stored)).run(most)
    return facts


def apply(table: Table, mapping: Mapping, sink: Sink, procedures: Procedures = lambda: {}) -> list[str]:
    """Put every record into the sink; gives what is worth telling, in sentences. Raises FileRefused before anything
    is taken, where the file's shape has changed or what it says is ambiguous.

    `procedures` is asked where times count from a procedure that the file doesn't give: see `known_procedures`.
    """
    return _Work(table, mapping, sink, procedures).run()


def known_procedures(rows: Iterable[dict[str, Any]]) -> dict[str, Said]:
    """By patient, the procedure that times can count from, or why none can; of queries/import/procedure_of_patient."""
    many = Fault(None, None, "this patient has several procedures, so it can't be told from which one time counts")
    return {row["patient_id"]: row["performed_at"] if row["procedures"] == 1 else many for row in rows}


def unused(table: Table, mapping: Mapping) -> list[str]:
    """The columns of a table that a mapping doesn't read."""
    used = {name for rule in mapping.rules for name in rule.columns}
    return [name or f"column {place}" for place, name in enumerate(table.header, 1) if name not in used]


class _Work:
    def __init__(
        self, table: Table, mapping: Mapping, sink: Sink, procedures: Procedures
    ) -> None:
        if faults := mapping.shape_faults(table.header):
            raise FileRefused(
                f"the file is not of the shape that the mapping {mapping.name} was made for: {'; '.join(faults)}",
                table.header_line,
            )
        self._table, self._mapping, self._sink = table, mapping, sink
        self._fields = [(rule, fields_of(rule, mapping, table.header)) for rule in mapping.rules]
        self._given = [pair for pair in self._fields if not (pair[0].kind == "patients" and mapping.knows_patients)]
        self._answers = questionnaires([one for _, fields in self._fields for one in fields])
        self._made: Counter[str] = Counter()
        self._records = 0
        self._seen: dict[str, set[int]] = {"patients": set(), "episodes": set(), "persons": set()}
        self._starts: dict[str, Said] = {}
        self._procedures = procedures
        self._patient = self._field("patients", "patient_id")
        self._episode = self._field("episodes", "episode_id")
        self._start = self._field("episodes", "performed_at")

    def _field(self, kind: str, name: str) -> Field | None:
        return next(
            (one for rule, fields in self._fields if rule.kind == kind for one in fields if one.name == name), None
        )

    def run(self, most: int | None = None) -> list[str]:
        """Every record, or the first `most`; gives the notes."""
        self._refuse_ambiguous()
        is_relative = any(cell.is_relative for rule in self._mapping.rules for cell in rule.cells.values())
        looked_up = is_relative and self._start is not None and bool(self._start.cell.columns)
        for chunk in self._chunks(None, tell=False) if looked_up or self._answers else ():
            if looked_up:
                self._learn(chunk)
            for answers in self._answers:
                answers.look(chunk)
        for answers in self._answers:
            answers.refuse_contradiction()
        if is_relative and self._start is None:
            self._starts = self._procedures()
        for chunk in self._chunks(most, tell=True):
            self._records += len(chunk.lines)
            self._take(chunk)
        return self._notes()

    def _chunks(self, most: int | None, *, tell: bool) -> Iterator[Chunk]:
        lines: list[int] = []
        records: list[list[str]] = []
        done = 0
        for line, cells, fault in self._table.records():
            if most is not None and done + len(lines) >= most:
                break
            if fault is not None:
                if tell:
                    self._sink.reject(line, None, None, fault)
                continue
            lines.append(line)
            records.append(cells)
            if len(lines) == _CHUNK:
                yield _chunk(lines, records, done)
                done += len(lines)
                lines, records = [], []
        if lines:
            yield _chunk(lines, records, done)

    def _refuse_ambiguous(self) -> None:
        """The first records decide whether dates or decimals need a word of the mapping: then nothing is taken."""
        chunk = next(self._chunks(_LOOK, tell=False), None)
        fields = [one for _, fields in self._fields for one in fields if one.cell.column is not None]
        for one in fields if chunk else ():
            for line, said in zip(chunk.lines, one.read(chunk), strict=True) if chunk else ():
                if isinstance(said, Fault) and "in the mapping's reading" in said.reason:
                    raise FileRefused(f"the column {said.column} {said.reason}", line, said.column)

    def _learn(self, chunk: Chunk) -> None:
        """Which procedure each episode had: its day may stand on another line than what counts from it."""
        if self._start is None:
            return
        _, episodes = self._ids(chunk)
        for episode, start in zip(episodes, self._start.read(chunk), strict=True):
            if isinstance(episode, str) and isinstance(start, str) and self._starts.setdefault(episode, start) != start:
                reason = "two different days of the procedure are given, so nothing can be counted from it"
                self._starts[episode] = Fault(self._start.cell.columns[0], None, reason)

    def _ids(self, chunk: Chunk) -> tuple[Sequence[Said], Sequence[Said]]:
        patients = self._patient.read(chunk) if self._patient else []
        if self._episode is not None:
            return patients, self._episode.read(chunk)
        return patients, [f"{one}-1" if isinstance(one, str) else one for one in patients]

    def _take(self, chunk: Chunk) -> None:
        patients, episodes = self._ids(chunk)
        for line, patient in zip(chunk.lines, patients, strict=True):
            if not isinstance(patient, str):
                name = self._mapping.patient.cells["patient_id"].columns
                fault = patient or Fault(name[0] if name else None, None, "is empty: give the patient's id")
                self._sink.reject(line, fault.column or (name[0] if name else None), fault.value, fault.reason)
        own = self._start.read(chunk) if self._start else [None] * len(chunk.lines)
        keys = episodes if self._start else patients
        chunk.starts = [
            mine if mine is not None else self._begun(key) if isinstance(key, str) else None
            for mine, key in zip(own, keys, strict=True)
        ]
        ids = {"patient_id": self._patient, "episode_id": self._episode or self._patient}
        named = {name: one.cell.columns[0] for name, one in ids.items() if one and one.cell.columns}
        for rule, fields in self._given:
            Rows(rule, fields, self._sink, self._seen, self._made, named).take(chunk, patients, episodes)

    def _begun(self, key: str) -> Said:
        """The procedure by its episode, or where the file gives none by its patient."""
        try:
            return self._starts[key]
        except KeyError:
            return None

    def _notes(self) -> list[str]:
        made = ", ".join(f"{count:,} {kind}" for kind, count in self._made.items()) or "nothing"
        notes = [f"{self._records:,} records gave {made}."]
        if {rule.kind for rule in self._mapping.rules} <= {"patients", "episodes"}:
            notes.append("No score is read: the mapping names no column that is an instrument of ours.")
        start = self._start.cell if self._start else None
        if start is not None and start.fixed is not None:
            notes.append(
                f"NO REAL DATES: every procedure was put on {start.fixed}, as the mapping says. Only the days since "
                "the procedure are true; dates, seasons and ages today are not."
            )
        if self._mapping.patient.cells["patient_id"].row_number:
            notes.append(
                "Patients are numbered by their place in the file: the same file in another order gives others."
            )
        if any(cell.age for cell in self._mapping.patient.cells.values()):
            notes.append("Years of birth were worked out from the age at the procedure: they may be one year too late.")
        return [*notes, *(note for answers in self._answers for note in answers.notes())]


def _chunk(lines: list[int], records: list[list[str]], done: int) -> Chunk:
    columns: list[Sequence[str]] = list(zip(*records, strict=True))
    return Chunk(lines, range(done + 1, done + len(lines) + 1), columns)
