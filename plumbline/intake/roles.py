"""What somebody says a column of a table is, in place of what its heading suggests; and what a mapping takes it for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from plumbline.errors import PlumblineError
from plumbline.intake import moments
from plumbline.intake.mapping import Cell, Mapping, Rule
from plumbline.intake.profile import Profile
from plumbline.store import reference_frame

UNUSED, POINTS = "unused", "odi_points"
_PERSON = ("patient_id", "clinic", "birth_date", "age", "sex", "given_name", "family_name", "phone", "died_on")
_PROCEDURE = ("performed_at", "levels", "pathway", "surgeon", "fracture_on", "discharged_at")
_TIMES = ("taken_at", "hour", "day", "week", "month", "visit")
_LABELS = {
    UNUSED: "not used",
    "patient_id": "patient: id", "clinic": "patient: clinic", "birth_date": "patient: birth", "age": "patient: age",
    "sex": "patient: sex", "given_name": "patient: given name", "family_name": "patient: family name",
    "phone": "patient: phone", "died_on": "patient: death",
    "performed_at": "procedure: day", "levels": "procedure: levels", "pathway": "procedure: kind",
    "surgeon": "procedure: surgeon", "fracture_on": "procedure: fracture", "discharged_at": "procedure: going home",
    "arm": "procedure: group", "taken_at": "scores: day", "hour": "scores: hours after", "day": "scores: days after",
    "week": "scores: weeks after", "month": "scores: months after", "visit": "scores: visit",
    "instrument": "scores: name of the instrument", "value": "scores: value",
}  # fmt: skip


@dataclass(frozen=True)
class Said:
    """What somebody says of a column: its role, and of a score when it was asked, if the file doesn't say it."""

    column: str
    role: str
    when: str = ""


@cache
def labels() -> dict[str, str]:
    """Every role, and what it is called: what a person, a procedure or a time is told by, then each instrument."""
    frame = reference_frame("instrument")
    named = zip(frame["instrument"], frame["label"], strict=True)
    scores = {str(code): f"score: {name}" for code, name in named}
    return _LABELS | scores | {POINTS: f"{scores['odi'].partition(',')[0]}, points of 50"}


def apply_to(look: Profile, said: tuple[Said, ...]) -> None:
    """Let what was said stand before every heading. Raises PlumblineError: no such column, role or time."""
    names = {one.name: one for one in look.columns}
    for one in said:
        if one.column not in names:
            raise PlumblineError(f"There is no column {one.column}. The columns are {', '.join(names)}.")
        if one.role not in labels():
            raise PlumblineError(f"{one.role} is no role of a column. Give one of {', '.join(labels())}.")
        if one.when and moments.offset(one.when) is None and one.when not in names:
            raise PlumblineError(
                f"{one.when} doesn't say when {one.column} was asked: {moments.HOW}; or a visit, "
                f"{', '.join(moments.visits())}; or the column that holds the day."
            )
        names[one.column].told = _meaning(one.role)
        names[one.column].when = one.when
        names[one.column].scale = 2.0 if one.role == POINTS else 1.0


def _meaning(role: str) -> tuple[str, str]:
    """The kind and field of a role, as hints name them."""
    for kind, fields in (("patients", _PERSON), ("episodes", _PROCEDURE), ("time", _TIMES)):
        if role in fields:
            return kind, role
    if role in {"instrument", "value"}:
        return "scores", role
    if role == "arm":
        return "episodes", "tags.arm"
    return ("", "") if role == UNUSED else ("instrument", role.removesuffix("_points"))


def taken_for(mapping: Mapping) -> dict[str, Said]:
    """What a mapping takes each column for, by its name; columns that it doesn't read are not there."""
    found: dict[str, Said] = {}
    for rule in mapping.rules:
        for field, cell in rule.cells.items():
            for column, role in _roles(rule, field, cell):
                when = _when(rule.cells["taken_at"]) if role in labels() and rule.kind == "scores" else ""
                found.setdefault(column, Said(column, role, when if field == "value" else ""))
    return found


def _roles(rule: Rule, field: str, cell: Cell) -> list[tuple[str, str]]:
    if cell.age:
        return [(cell.age, "age")]
    if rule.kind == "scores" and field == "value" and cell.column:
        return [(cell.column, rule.cells["instrument"].fixed or "value")]
    if cell.offset_column:
        return [(cell.offset_column, cell.unit if cell.unit in _TIMES else "visit")]
    role = "arm" if field == "tags.arm" else field
    return [(name, role) for name in (cell.column, cell.prefix_column) if name and role in labels()]


def _when(cell: Cell) -> str:
    return cell.offset or cell.visit or ""
