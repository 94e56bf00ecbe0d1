"""The part of a mapping that is about FHIR QuestionnaireResponses: which answer is which item of which questionnaire.

    questionnaires:
      - questionnaire: urn:ehr:odi          # as the responses name it, with |version or without
        instrument: odi
        coding: 0-5              # as for items in a table: the ODI with coding 0-5 or 1-6, the RMDQ with form
        items: [odi-1, odi-2, …] # the linkId of each item, in the items' order
        values: {LA6568-5: 0}    # what an answer's code or words become; else its ordinalValue, its number or its code
        missing: [not-asked]     # answers that are none
      - {questionnaire: urn:ehr:phq-9, ignore: true}    # of no use here

Without `questionnaire` it is for responses that hold one of its linkIds and are named nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from plumbline.errors import PlumblineError
from plumbline.scoring.rules import offset_of, rule_of

if TYPE_CHECKING:
    from plumbline.intake.mapping_words import Words

_ALLOWED = ("questionnaire", "instrument", "coding", "form", "items", "values", "missing", "ignore")
_TRUTHS = {"true": True, "false": False}


@dataclass(frozen=True)
class Form:
    """One questionnaire of FHIR responses; see the module's words."""

    questionnaire: str | None = None
    instrument: str = ""
    coding: str | None = None
    form: str | None = None
    items: tuple[str, ...] = ()
    values: dict[str, str | None] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    ignore: bool = False

    def as_data(self) -> dict[str, Any]:
        """As it stands in the YAML."""
        plain = Form()
        told = {name: value for name, value in vars(self).items() if value != getattr(plain, name)}
        return {name: list(value) if isinstance(value, tuple) else value for name, value in told.items()}


def read_forms(words: Words, data: Any) -> tuple[Form, ...]:
    """The section `questionnaires`; its faults are gathered in `words`."""
    given = enumerate(words.many(data, "questionnaires"))
    forms = tuple(_form(words, one, f"questionnaires[{at}]") for at, one in given)
    named = [one.questionnaire for one in forms if one.questionnaire]
    words.faults += [f"questionnaires: {one} stands twice" for one in dict.fromkeys(named) if named.count(one) > 1]
    return forms


def _form(words: Words, data: Any, path: str) -> Form:
    group = words.group(data, path, _ALLOWED)
    told = {name: words.text(group[name], f"{path}.{name}") for name in _ALLOWED[:4] if name in group}
    ignored = words.text(group.get("ignore", "false"), f"{path}.ignore")
    if ignored not in _TRUTHS:
        words.faults.append(f"{path}.ignore: write true or false")
    items = tuple(words.texts(group.get("items"), f"{path}.items"))
    values = words.words(group.get("values"), f"{path}.values")
    missing = tuple(words.texts(group.get("missing"), f"{path}.missing"))
    is_ignored = _TRUTHS.get(ignored, False)
    if is_ignored and not told.get("questionnaire"):
        words.faults.append(f"{path}.questionnaire: is not there: say which one is ignored")
    if not is_ignored:
        _check(words, path, told, items)
    return Form(**{"instrument": "", **told}, items=items, values=values, missing=missing, ignore=is_ignored)


def _check(words: Words, path: str, told: dict[str, str], items: tuple[str, ...]) -> None:
    if twice := sorted({name for name in items if items.count(name) > 1}):
        words.faults.append(f"{path}.items: {', '.join(twice)} stands twice")
    try:
        rule = rule_of(told.get("instrument", ""), told.get("form"))
        offset_of(rule, told.get("coding"))
    except PlumblineError as refused:
        words.faults.append(f"{path}: {refused}")
        return
    if len(items) != rule.items:
        names = f"names {len(items)} linkIds, the {rule.instrument} has {rule.items} items"
        words.faults.append(f"{path}.items: {names}")
