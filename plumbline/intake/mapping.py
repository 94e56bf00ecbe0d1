"""A mapping: how the lines of somebody's own file become facts. It is written and read as a small YAML file.

    name: throat-trial            # any name; letters, digits, - and _
    version: 1                    # counted up when what it says is changed
    reading:                      # how the file is read; what isn't said is found
      encoding: windows-1252      # also delimiter, sheet, header_line
      date_order: day-first       # or month-first: without it 03/04/2026 is refused
      decimal: comma              # or dot: without it 7,5 is refused
    shape: [id, site, born, …]    # the header that it was made for; a file that lacks one of these is refused
    new_columns: refuse           # or ignore: what happens to a file that has more columns than the shape
    missing: ["NA", "999", "-9"]  # cells that say nothing; a blank one always does
    questions: []                 # what is still to be decided; while one is left, nothing is imported
    patient:                      # id; and clinic, birth_date, sex …, or only the id of patients known already
      id: {column: id, prefix_column: site, whole: true}
      clinic: {fixed: north}
    episode:                      # performed_at is needed; its id is the patient's with -1, if none is given
      performed_at: {column: operated}
      pathway: {fixed: other}
      tags: {arm: {column: treat}}
    scores:                       # one entry for each column of a wide file
      - {value: pain30, instrument: {fixed: nrs_pain}, taken_at: {offset: 30 min}}
    milestones, events, medications, notes: []   # the same way, with the fields of the native files

A field says where its text comes from. A bare word is a column of the file; else one of

    {column: name}               the cell of that column
    {fixed: text}                the same for all
    {row_number: true}           ids only: the number of the line's record, from 1
    {offset: 30 min}             times only: after the procedure; min, h, d, week 2, month 3; -7 d is before it
    {visit: week_2}              times only: the target day of a planned visit
    {offset_column: week, unit: week}    times only: the cell says how long after the procedure
    {age: column}                birth_date only: the year of the procedure less the age
    {parts: {year: y, month: m, day: d}}    times only: the three columns that hold a date
    {items: [odi1, odi2, …], coding: 0-5}    value only: worked out from the columns of a questionnaire's items, in
                                 their order; the ODI with coding 0-5 or 1-6, the RMDQ with form paper or electronic
    {checked: {l___1: T12, l___2: L1}}   levels only: the words of the boxes that are ticked (1, checked, x, yes, true)

and beside `column` or `offset_column`

    values: {si: done, no: not_yet, "9": ~}   what a cell's words become; ~ says nothing. 1 also stands for 1.0
    others: refuse               or keep, or ignore the row: what becomes of a cell that isn't in values
    missing: ["8"]               cells that say nothing in this column
    strip_prefix, strip_suffix, prefix, prefix_column, separator, whole    ids: whole reads 1.0 as 1
    scale: 100                   numbers: what they are multiplied by
    time_column: name            times: the time of day stands in a column of its own

FHIR QuestionnaireResponses have a section of their own, `questionnaires`: see `plumbline.intake.mapping_forms`.

The value of a score may become a status by its values: {"could not": unable}.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import Any

from plumbline.errors import PlumblineError
from plumbline.intake.kinds import EPISODES, EVENTS, MEDICATIONS, MILESTONES, NOTES, PATIENTS, SCORES
from plumbline.intake.mapping_forms import Form
from plumbline.intake.reading import Reading

_MOST_TOLD = 4
SOURCES = ("column", "fixed", "row_number", "offset", "visit", "offset_column", "age", "checked", "parts", "items")
STATUSES = ("unable", "not_tried", "refused")
MOMENTS = frozenset(
    {"performed_at", "fracture_on", "discharged_at", "taken_at", "on", "written_at", "started_on", "stopped_on"}
    | {"died_on", "birth_date"}
)
NUMBERS = frozenset({"value", "dose"})
IDS = frozenset({"patient_id", "episode_id", "clinic"})
LISTS = {"scores": SCORES, "milestones": MILESTONES, "events": EVENTS, "medications": MEDICATIONS, "notes": NOTES}
ONES = {"patient": PATIENTS, "episode": EPISODES}
# The field without which a line says nothing of this kind.
KEYS = {
    "patients": "patient_id",
    "episodes": "performed_at",
    "scores": "value",
    "milestones": "status",
    "events": "kind",
    "medications": "drug",
    "notes": "text",
}
NEEDED = {
    "patients": ("patient_id",),
    "episodes": ("performed_at",),
    "scores": ("instrument", "taken_at", "value"),
    "milestones": ("milestone", "status", "on"),
    "events": ("kind", "on"),
    "medications": ("drug", "started_on"),
    "notes": ("written_at", "kind", "text"),
}


class MappingRefused(PlumblineError):
    """A mapping that can't be used; `faults` says each reason with its place in the YAML."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("The mapping can't be used. Nothing was imported.\n" + "\n".join(f"- {one}" for one in faults))
        self.faults = faults


@dataclass(frozen=True)
class Cell:
    """Where one field's text comes from; see the module's words. Exactly one of `SOURCES` is given."""

    column: str | None = None
    fixed: str | None = None
    row_number: bool = False
    offset: str | None = None
    visit: str | None = None
    offset_column: str | None = None
    unit: str | None = None
    age: str | None = None
    checked: dict[str, str] = field(default_factory=dict)
    parts: dict[str, str] = field(default_factory=dict)
    items: tuple[str, ...] = ()
    coding: str | None = None
    form: str | None = None
    values: dict[str, str | None] = field(default_factory=dict)
    others: str = "refuse"
    missing: tuple[str, ...] = ()
    strip_prefix: str = ""
    strip_suffix: str = ""
    prefix: str = ""
    prefix_column: str | None = None
    separator: str = "-"
    whole: bool = False
    scale: float = 1.0
    time_column: str | None = None

    @property
    def columns(self) -> list[str]:
        """The columns of the file that it reads."""
        named = (self.column, self.offset_column, self.age, self.prefix_column, self.time_column)
        return [name for name in named if name is not None] + [*self.checked, *self.parts.values(), *self.items]

    @property
    def is_relative(self) -> bool:
        """Whether it counts from the procedure."""
        return any((self.offset, self.visit, self.offset_column, self.age))

    def as_data(self) -> str | dict[str, Any]:
        """As it stands in the YAML: a bare word where it is only a column."""
        plain = Cell()
        told = {name: value for name, value in vars(self).items() if value != getattr(plain, name)}
        told = {name: list(value) if isinstance(value, tuple) else value for name, value in told.items()}
        return str(self.column) if set(told) == {"column"} else told


@dataclass(frozen=True)
class Rule:
    """What a line gives of one kind: the cell of each field, under the native file's name. Tags are `tags.NAME`."""

    kind: str
    cells: dict[str, Cell]

    @property
    def columns(self) -> list[str]:
        """The columns of the file that it reads."""
        return [name for cell in self.cells.values() for name in cell.columns]


@dataclass(frozen=True)
class Mapping:
    """A whole mapping. `remarks`: comments by place, such as `patient.id`, that a proposal is written with."""

    name: str
    rules: tuple[Rule, ...]
    version: int = 1
    reading: Reading = field(default_factory=Reading)
    shape: tuple[str, ...] = ()
    new_columns: str = "refuse"
    missing: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    forms: tuple[Form, ...] = ()
    remarks: dict[str, str] = field(default_factory=dict, compare=False)

    @staticmethod
    def from_yaml(text: str) -> Mapping:
        """Read a mapping. Raises MappingRefused with every fault, each with its place and what is allowed there."""
        from plumbline.intake.mapping_read import read_yaml

        return read_yaml(text)

    def to_yaml(self) -> str:
        """The mapping as YAML, with its remarks as comments; `from_yaml` reads it back."""
        from plumbline.intake.mapping_write import write_yaml

        return write_yaml(self)

    @property
    def digest(self) -> str:
        """The same for the same meaning, whatever the layout or the comments of the YAML."""
        from plumbline.intake.mapping_write import write_data

        bare = write_data(replace(self, remarks={}))
        return hashlib.sha256(json.dumps(bare, sort_keys=True).encode()).hexdigest()

    def rule(self, kind: str) -> Rule | None:
        """The rule of the patients or the episodes; None where there is none."""
        return next((rule for rule in self.rules if rule.kind == kind), None)

    @property
    def knows_patients(self) -> bool:
        """Whether it names patients by their id only: they are in the store, or in another table of the import."""
        return set(self.patient.cells) == {"patient_id"}

    @property
    def patient(self) -> Rule:
        """The rule of the patients: every mapping of tables has one."""
        return next(rule for rule in self.rules if rule.kind == "patients")

    def _renamed(self, gone: str, new: list[str]) -> str:
        close = get_close_matches(gone.casefold(), [one.casefold() for one in new], 1, 0.75)
        twin = next((one for one in new if close and one.casefold() == close[0]), None)
        return f"the column {gone} is gone" + (f"; {twin} is new and may be the same renamed" if twin else "")

    def shape_faults(self, header: tuple[str, ...]) -> list[str]:
        """What changed in a file since the mapping was made: columns gone, renamed or new. Their order is free."""
        used = {name for rule in self.rules for name in rule.columns}
        gone = [name for name in dict.fromkeys((*self.shape, *sorted(used))) if name not in header]
        new = [name for name in header if self.shape and name not in self.shape]
        faults = [self._renamed(name, new) for name in gone]
        if len(faults) > _MOST_TOLD:
            faults = [f"{len(gone)} of its columns are gone: {', '.join(gone)}"]
        if new and self.new_columns == "refuse":
            faults.append(
                f"new since the mapping was made: {', '.join(new)} (to leave them aside write `new_columns: ignore`)"
            )
        faults += [
            f"the column {name} is there {header.count(name)} times: name each once"
            for name in sorted(used)
            if header.count(name) > 1
        ]
        return faults
