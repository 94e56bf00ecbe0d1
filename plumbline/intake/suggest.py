"""Propose a mapping for a table that nobody has described: by its headings, its values and its dates.

Nothing is decided silently: each proposal says in a comment how sure it is and why, and what can't be told becomes a
question of the mapping, which is not imported before somebody has answered.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from plumbline.errors import PlumblineError
from plumbline.intake.mapping import MOMENTS, NUMBERS, Mapping, Rule
from plumbline.intake.profile import MISSING_WORDS, Profile, headings, profile
from plumbline.intake.reading import Reading, Table
from plumbline.intake.roles import apply_to
from plumbline.intake.settled import NOTHING, Settled
from plumbline.intake.suggest_people import People
from plumbline.intake.suggest_scores import Scores


def suggest(found: Sequence[Table], settled: Settled = NOTHING, reading: Reading = Reading()) -> Mapping:  # noqa: B008
    """Propose a mapping for the one of these tables that says most. `reading`: how the file was told to be read.

    Raises PlumblineError where no table has any rows.
    """
    profiles = [one for one in map(profile, found) if one.records]
    if not profiles:
        fault = next(((line, why) for table in found for line, _, why in table.records() if why), None)
        if fault:
            raise PlumblineError(f"No row of the file can be read. Line {fault[0]}: {fault[1]}. Mend the file.")
        raise PlumblineError("The file has no rows below its header, so no mapping can be proposed. Check the file.")
    best = max(profiles, key=lambda one: (telling(one.table.header), len(one.records)))
    sheet = best.table.name if len(found) > 1 else None
    mapping = propose(best, settled, replace(reading, sheet=reading.sheet or sheet))
    others = ", ".join(one.table.name for one in profiles if one is not best)
    if not others:
        return mapping
    told = f"{mapping.remarks['name']} Other sheets hold rows, too: {others}. A mapping for each: --sheet NAME."
    return replace(mapping, remarks=mapping.remarks | {"name": told})


def propose(look: Profile, settled: Settled, reading: Reading) -> Mapping:
    """Propose a mapping for one table."""
    apply_to(look, settled.columns)
    remarks: dict[str, str] = {}
    questions: list[str] = []
    for found in look.table.findings:
        if found.name == "header" and found.sure == "ask":
            questions.append(f"reading.header_line: is {found.value} the header? {found.why} (--header-line NUMBER)")
    people = People(look, settled, remarks, questions)
    patient = people.patient()
    episode = people.episode()
    scores = Scores(look, people, settled, remarks, questions).rules()
    if not scores and patient.cells["patient_id"].row_number:
        questions.append(
            "patient.id: no column says who a patient is, nor what was measured: this may be a table of counts. Is "
            "each of its rows one patient? If not, it can't be imported."
        )
    is_relative = any(cell.is_relative for rule in scores for cell in rule.cells.values())
    if not episode and is_relative and not settled.known:
        episode = people.fixed_episode()
    rules = [patient, *([episode] if episode else []), *scores]
    if not episode and any(cell.age for cell in patient.cells.values()):
        rules = [_without_age(rule) for rule in rules]
        remarks["patient.birth_date"] = "an age gives a year of birth only together with the day of the procedure"
    reading, asked = _reading(look, settled, reading, remarks, rules)
    questions[:0] = asked
    missing = sorted({one for column in look.columns for one in column.values if one.lower() in MISSING_WORDS})
    if missing:
        remarks["missing"] = "likely: words that usually stand for nothing"
    name = settled.name or re.sub(r"[^\w-]+", "-", look.table.name).strip("-")[:80] or "mapping"
    remarks["name"] = (
        "Proposed by its headings and values. certain, likely or ask: how sure each line is. Check all of it."
    )
    return Mapping(
        name=name, rules=tuple(rules), reading=reading, shape=look.table.header, missing=tuple(missing),
        questions=tuple(dict.fromkeys(questions)), remarks=remarks,
    )  # fmt: skip


def telling(header: Sequence[str]) -> int:
    """How many of a table's headings speak of patients or scores."""
    return sum(bool(one.hinted("instrument") or one.hinted("patients")) for one in headings(header))


def _without_age(rule: Rule) -> Rule:
    return Rule(rule.kind, {name: cell for name, cell in rule.cells.items() if not cell.age})


def _reading(
    look: Profile, settled: Settled, reading: Reading, remarks: dict[str, str], rules: list[Rule]
) -> tuple[Reading, list[str]]:
    """The order of day and month, and the decimal sign: as found in the whole file, else asked where it is used."""
    given = {"date_order": settled.date_order or reading.date_order, "decimal": settled.decimal or reading.decimal}
    told, asked = [], []
    for name, field, option in (("date order", "date_order", "--dates"), ("decimal sign", "decimal", "--decimal")):
        found = next((one for one in look.table.findings if one.name == name), None)
        if found is None or given[field] or found.value in {"year first", "dot"}:
            continue
        if found.sure != "ask":
            given[field] = found.value.replace(" ", "-")
            told.append(f"{name} {found.value}, {found.sure}: {found.why}")
        elif _is_used(look, rules, MOMENTS if field == "date_order" else NUMBERS):
            asked.append(f"reading.{field}: {found.value}? {found.why} ({option})")
    if told:
        remarks["reading"] = "; ".join(told)
    return replace(reading, date_order=given["date_order"], decimal=given["decimal"]), asked


def _is_used(look: Profile, rules: list[Rule], fields: frozenset[str]) -> bool:
    """Whether a column that is read as one of these fields holds what day and month, or a decimal sign, decide."""
    used = {name for rule in rules for field, cell in rule.cells.items() if field in fields for name in cell.columns}
    return any(re.search(r"[0-9][-.,/][0-9]", text) for name in used for text in look.of(name).filled)
