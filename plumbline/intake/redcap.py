"""REDCap's flat export needs no mapping file: its own columns, its data dictionary and its data say enough.

One row is one record, or one event of it, or one instance of a repeating instrument. The record's id is the patient,
the data access group the clinic, and each form's own date the day of its scores, else the date on the event's row, else
what the event's name says, such as `week_2_arm_1`. The dictionary is read where it lies beside the data.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from plumbline.intake.mapping import Cell, Mapping, Rule
from plumbline.intake.profile import Column, Profile, hints, profile, time_in, words
from plumbline.intake.reading import FIND, Reading, Table
from plumbline.intake.refused import FileRefused
from plumbline.intake.settled import NOTHING, Settled
from plumbline.intake.suggest import propose
from plumbline.intake.tables import tables
from plumbline.store import reference_frame

_OWN = re.compile(r"redcap_(event_name|repeat_instrument|repeat_instance|data_access_group|survey_identifier)")
_LABELLED = {"event name", "repeat instrument", "repeat instance", "data access group", "survey identifier"}
_GROUPS, _EVENTS = {"redcap_data_access_group", "data access group"}, {"redcap_event_name", "event name"}
_CHOICE = re.compile(r"(.*) \(choice=(.*)\)")  # a box to tick, where labels were exported
_COMPLETE = re.compile(r"(\w+)_complete|complete\?( \([0-9]+\))?", re.IGNORECASE)
_NAMES = {"variable / field name": "name", "field_name": "name", "form name": "form", "form_name": "form",
          "field label": "label", "field_label": "label", "choices, calculations, or slider labels": "choices",
          "select_choices_or_calculations": "choices", "field type": "type", "field_type": "type"}  # fmt: skip
_HEADS = ({"arm_num", "name"}, {"event_name", "unique_event_name"}, {"arm_num", "unique_event_name", "form"})


_LOOK = 1 << 17
_TELLING = (b"redcap_", b"_complete", b"complete?", b"field name", b"field_name", b"event_name", b"arm_num")


@dataclass
class Dictionary:
    """A project's data dictionary: form, label and choices of each field."""

    fields: dict[str, dict[str, str]] = field(default_factory=dict)

    def choices(self, name: str) -> dict[str, str]:
        """What each code of a field means."""
        told = self.fields.get(name, {})
        if told.get("type") not in {"radio", "dropdown", "checkbox"}:
            return {"1": "Yes", "0": "No"} if told.get("type") in {"yesno", "truefalse"} else {}
        parts = [one.partition(",") for one in told.get("choices", "").split("|")]
        return {code.strip(): label.strip() for code, mark, label in parts if mark}


def recognised(path: Path, reading: Reading = FIND) -> tuple[Table, Mapping] | None:
    """The table and the mapping of a REDCap export; None: it is none. Raises FileRefused where something must be
    settled first, saying how."""
    if not _hints_at(path):
        return None
    try:
        found = tables(path, reading)
    except FileRefused:
        return None  # whoever reads it next says what is wrong
    # where no data access group names the clinic, the folder or the file does; the result says that it was made
    clinic = _slug(path.parent.name if path.stem.lower() == "data" else path.stem)
    settled = NOTHING if has_group(found[0]) else replace(NOTHING, clinic=clinic)
    mapping = mapping_of(path, found, settled, reading)
    if mapping is None:
        return None
    if mapping.questions:
        raise FileRefused(
            "this REDCap export leaves questions; write its mapping with `python -m plumbline mapping suggest` and "
            f"settle them there: {' '.join(mapping.questions)}"
        )
    return found[0], mapping


def _hints_at(path: Path) -> bool:
    """Whether the beginning of a file has a word of REDCap's: most files needn't be looked at any further."""
    with path.open("rb") as file:
        head = file.read(_LOOK).replace(b"\0", b"").lower()
    return any(word in head for word in _TELLING)


def description(path: Path) -> Table | None:
    """The table of a file that describes a REDCap project, such as its dictionary or events; None: it is none."""
    if not _hints_at(path):
        return None
    try:
        table = tables(path)[0]
    except FileRefused:
        return None
    return table if _describes(table.header) else None


def _describes(header: Sequence[str]) -> bool:
    names = {one.lower() for one in header}
    known = {_NAMES[one] for one in names if one in _NAMES}
    return {"name", "form", "type"} <= known or any(head <= names for head in _HEADS)


def mapping_of(path: Path, found: list[Table], settled: Settled, reading: Reading) -> Mapping | None:
    """A mapping for a REDCap export; None where the file is none."""
    if len(found) != 1 or not is_export(found[0].header):
        return None
    look = profile(found[0])
    if not look.records:
        return None
    known = _dictionary(path)
    _label(look, known)
    own = [one for one in look.columns if _OWN.fullmatch(one.name) or one.name.lower() in _LABELLED]
    own += [one for one in look.columns if _COMPLETE.fullmatch(one.name)]
    group = next((one for one in own if one.name.lower() in _GROUPS and one.filled), None)
    work = Profile(look.table, [one for one in look.columns if one not in own], look.records)
    mapping = propose(work, settled, reading)
    return _finish(mapping, look, settled, known, group)


def has_group(table: Table) -> bool:
    """Whether at least one record is in a data access group, which is its clinic here."""
    place = next((place for place, name in enumerate(table.header) if name.lower() in _GROUPS), None)
    return place is not None and any(not fault and cells[place].strip() for _, cells, fault in table.records())


def is_export(header: Sequence[str]) -> bool:
    """Whether a header is that of a flat export, with names or with labels."""
    names = [one.lower() for one in header]
    if any(_OWN.fullmatch(one) for one in names):
        return True
    complete = any(_COMPLETE.fullmatch(one) for one in names)
    return complete and (names[0] in {"record_id", "record id"} or bool(_LABELLED & set(names)))


def _label(look: Profile, known: Dictionary) -> None:
    """Give each column its form, its label and its choices; without a dictionary a form ends with its `_complete`."""
    waiting: list[Column] = []
    for one in look.columns:
        base, code = _box(one.name)
        told = known.fields.get(base, {})
        one.choices = known.choices(base)
        one.label = one.choices.get(code, code) if code else told.get("label", "")
        one.form = told.get("form", "")
        waiting.append(one)
        if ending := _COMPLETE.fullmatch(one.name):
            for column in waiting:
                column.form = column.form or ending.group(1) or one.name
            waiting = []


def _box(name: str) -> tuple[str, str]:
    """The field and the choice of a box to tick, as `levels___1` or `Levels (choice=T12)`; no choice: it is none."""
    if found := _CHOICE.fullmatch(name):
        return found[1], found[2]
    return name.partition("___")[::2]


def _dictionary(path: Path) -> Dictionary:
    """The data dictionary beside the data, where exactly one file there looks like it and knows its columns."""
    found: list[Dictionary] = []
    for other in sorted(path.parent.glob("*.csv"))[:50]:
        if other == path:
            continue
        try:
            table = tables(other)[0]
        except FileRefused:
            continue
        names = [_NAMES.get(one.lower(), "") for one in table.header]
        if {"name", "form", "type"} <= set(names):
            rows = [dict(zip(names, cells, strict=True)) for _, cells, fault in table.records() if fault is None]
            found.append(Dictionary({row["name"]: row for row in rows}))
    return found[0] if found else Dictionary()


def _finish(mapping: Mapping, look: Profile, settled: Settled, known: Dictionary, group: Column | None) -> Mapping:
    """The record's id, the clinic, and the event where a score has no date of its own."""
    first = look.columns[0]
    patient = dict(mapping.patient.cells)
    patient["patient_id"] = Cell(column=first.name, whole=first.is_whole_with_zeros)
    remarks = dict(mapping.remarks) | {"patient.id": "certain: the record of a REDCap export"}
    if group is not None and settled.clinic is None:
        patient["clinic"] = Cell(column=group.name)
        remarks["patient.clinic"] = "certain: the data access group"
    elif group is None:
        remarks["patient.clinic"] = "likely: there is no data access group, so all are of one clinic"
    questions = [one for one in mapping.questions if not (group and one.startswith("patient.clinic"))]
    event = next((one for one in look.columns if one.name.lower() in _EVENTS), None)
    rules, asked = _dated(mapping, event, look)
    questions = [one for one in questions if not (event and "when was" in one)] + asked
    extra = _checked(look) if mapping.rule("episodes") else []
    levels = _levels(look, known)
    rules = [
        Rule(rule.kind, rule.cells | levels) if rule.kind == "episodes" and levels else rule
        for rule in (*rules, *extra)
    ]
    final = [Rule("patients", patient), *(rule for rule in rules if rule.kind != "patients")]
    return replace(mapping, rules=tuple(final), questions=tuple(questions), remarks=remarks)


def _dated(mapping: Mapping, event: Column | None, look: Profile) -> tuple[list[Rule], list[str]]:
    """Scores without a date of their own are dated by the event's name."""
    rules, asked = [], []
    for rule in mapping.rules:
        if event is not None and rule.kind == "scores" and rule.cells["taken_at"].offset == "0 d":
            values: dict[str, str | None] = {}
            for text in event.filled:
                values[text] = time_in(words(re.sub(r"_arm_[0-9]+$", "", text)))
                if values[text] is None:
                    asked.append(f"{event.name}: how long after the procedure is {text}? Write it in `values`.")
                    values[text] = "0 d"
            rule = Rule(rule.kind, rule.cells | {"taken_at": Cell(offset_column=event.name, values=values)})
        rules.append(rule)
    return rules, list(dict.fromkeys(asked))


def _checked(look: Profile) -> list[Rule]:
    """Checkboxes that say an event of ours by their label or code, dated by the one date of their form."""
    frame = reference_frame("event_kind")
    kinds = {
        words(str(text)): str(kind)
        for name in ("kind", "label")
        for text, kind in zip(frame[name], frame["kind"], strict=True)
    }
    rules = []
    for one in look.columns:
        code = _box(one.name)[1]
        kind = kinds.get(words(one.label)) or kinds.get(words(code)) if code else None
        dates = [other for other in look.columns if other.is_date and other.form == one.form]
        if kind and len(dates) == 1:
            ticked: dict[str, str | None] = {"1": kind, "checked": kind, "0": None, "unchecked": None}
            rules.append(
                Rule("events", {"kind": Cell(column=one.name, values=ticked), "on": Cell(column=dates[0].name)})
            )
    return rules


def _levels(look: Profile, known: Dictionary) -> dict[str, Cell]:
    """Checkboxes of one field whose codes or labels are vertebrae."""
    pattern = next(pattern for kind, name, pattern, _ in hints() if (kind, name) == ("episodes", "levels"))
    ticked = {}
    for one in look.columns:
        base, code = _box(one.name)
        level = next((text.upper() for text in (one.label, code) if re.fullmatch(r"[TtLl][0-9]{1,2}", text)), None)
        told = known.fields.get(base, {}).get("label", "")
        if code and level and (re.search(pattern, words(base)) or re.search(pattern, words(told))):
            ticked[one.name] = level
    return {"levels": Cell(checked=ticked)} if ticked else {}


def _slug(text: str) -> str:
    return re.sub(r"[^\w-]+", "-", text).strip("-")[:80] or "redcap"
