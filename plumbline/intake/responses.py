"""FHIR QuestionnaireResponses into scores: a mapping says which linkId is which item, the scoring rules do the rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from plumbline.errors import ImportRefused
from plumbline.export.fhir import BASE
from plumbline.intake.bundle import Bundle, Row
from plumbline.intake.cells import canon
from plumbline.intake.element import Ignored, Malformed, group, groups, number, text
from plumbline.intake.mapping import Mapping
from plumbline.intake.mapping_forms import Form
from plumbline.intake.questionnaire import Made
from plumbline.intake.resources import updated, withdrawn
from plumbline.scoring.items import DONE, MISSING, points_of, score_items
from plumbline.scoring.rules import Rule, contradiction, is_undecided, rule_of

_NOT_YET = {"in-progress", "stopped"}
_FINAL = {"completed", "amended"}
_WEIGHTS = {
    "http://hl7.org/fhir/StructureDefinition/ordinalValue",
    "http://hl7.org/fhir/StructureDefinition/itemWeight",
}
_DO = (
    "name it under `questionnaires` in a mapping, with the linkId of each item, or with `ignore: true`, and import "
    "with --mapping"
)


class _Asked:
    """One questionnaire of a mapping, and what was seen of its responses."""

    def __init__(self, form: Form, mapping: Mapping) -> None:
        self.form, self.mapping = form, mapping
        self.values = {canon(word): to for word, to in form.values.items()}
        self.missing = {canon(word) for word in (*mapping.missing, *form.missing)}
        self.points: set[int] = set()
        self.links: set[str] = set()
        self.read = self.prorated = 0

    def names(self, canonical: str | None) -> bool:
        """Whether a response's questionnaire is this one: of any version where the mapping names none."""
        own = self.form.questionnaire
        return own is not None and canonical is not None and own in {canonical, canonical.partition("|")[0]}


class Responses:
    """The questionnaires that the mappings of one import know."""

    def __init__(self, mappings: Sequence[Mapping] = ()) -> None:
        self._asked = [_Asked(form, mapping) for mapping in mappings for form in mapping.forms]

    def row(self, body: dict[str, Any], own: str | None, bundle: Bundle) -> Row:
        """The score of one response, with its items. Raises Ignored, Malformed."""
        canonical, status = text(body, "questionnaire"), text(body, "status")
        if (canonical or "").startswith(f"{BASE}questionnaire/"):
            raise Ignored("QuestionnaireResponse that its Observation tells, too")
        if status == "entered-in-error":
            return withdrawn("QuestionnaireResponse", own)
        answers = answers_of(body)
        asked = self._of(canonical, answers)
        if asked.form.ignore:
            raise Ignored("QuestionnaireResponse of a questionnaire that the mapping ignores")
        if status in _NOT_YET:
            raise Ignored("QuestionnaireResponse that is not complete")
        if status not in _FINAL:
            raise Malformed("status", status, "is not a known status: completed or amended is read")
        who = bundle.patient_of(body if "subject" in body else {**body, "subject": body.get("source")})
        authored = text(body, "authored")
        if authored is None:
            raise Malformed("authored", None, "is missing: give the day on which it was filled in")
        made = _scored(asked, answers)
        return Row(
            "scores",
            {
                "origin": f"fhir:QuestionnaireResponse/{own}" if own else None,
                "updated": updated(body),
                "overrules": "true" if status == "amended" else None,
                "patient_id": who,
                "taken_at": authored,
                "instrument": asked.form.instrument,
                "value": str(made),
                "items": made.told,
            },
        )

    def _of(self, canonical: str | None, answers: dict[str, list[dict[str, Any]]]) -> _Asked:
        found = [one for one in self._asked if one.names(canonical)]
        if not found:
            unnamed = [one for one in self._asked if one.form.questionnaire is None]
            found = [one for one in unnamed if not answers.keys().isdisjoint(one.form.items)]
        if not found:
            links = ", ".join(list(answers)[:3])
            held = "" if canonical else f" (its linkIds: {links} …)" if links else " (it holds no item)"
            raise Malformed("questionnaire", canonical, f"has no mapping{held}: {_DO}")
        if len(found) > 1:
            names = " and ".join(dict.fromkeys(one.mapping.name for one in found))
            raise Malformed("questionnaire", canonical, f"fits several of the mappings ({names}): keep one")
        return found[0]

    def refuse_contradiction(self) -> None:
        """One answer that only another coding has makes every score doubtful, so nothing is taken."""
        for asked in self._asked:
            form = asked.form
            other = None if form.ignore else contradiction(_rule(form), _coding(form), asked.points)
            if other:
                raise ImportRefused(
                    f"The QuestionnaireResponses hold answers to the {form.instrument} that the coding {_coding(form)} "
                    f"doesn't have, while all of them fit {other}, so nothing was imported: write `coding: {other}` in "
                    f"the mapping {asked.mapping.name}, or correct the files."
                )

    def used(self) -> dict[str, Mapping]:
        """The mappings by which something was read, by their hash."""
        return {one.mapping.digest: one.mapping for one in self._asked if one.read}

    def notes(self) -> Iterator[str]:
        """What is worth telling about the responses that were read."""
        for one in (asked for asked in self._asked if asked.read):
            name, rule = one.form.instrument, _rule(one.form)
            if len(rule.codings) > 1 and is_undecided(rule, one.points):
                yield f"No answer to the {name} shows if the coding {_coding(one.form)} is right: it stands as told."
            if one.prorated:
                yield f"{one.prorated:,} {name} scores are worked out from fewer than {rule.items} answers."
            if never := ", ".join(link for link in one.form.items if link not in one.links):
                yield f"No response holds {never}, which the mapping {one.mapping.name} names: check its linkIds."


def _rule(form: Form) -> Rule:
    return rule_of(form.instrument, form.form)


def _coding(form: Form) -> str:
    return form.coding or _rule(form).codings[0]


def _scored(asked: _Asked, answers: dict[str, list[dict[str, Any]]]) -> Made:
    form = asked.form
    if answers.keys().isdisjoint(form.items):
        raise Malformed("item", None, f"holds no linkId that the mapping {asked.mapping.name} names: check them")
    asked.links |= answers.keys() & set(form.items)
    said = [_said(asked, link, answers.get(link, [])) for link in form.items]
    codes = {one for one in said if one is not None and canon(one) in asked.missing}
    known = [points_of(one, is_ticked=_rule(form).is_ticked) for one in said if one is not None and one not in codes]
    asked.points |= {point for point in known if point is not None}
    asked.read += 1
    if not known and not _rule(form).is_ticked:
        raise Ignored(f"QuestionnaireResponse that answers no item of the {form.instrument}")
    scored = score_items(form.instrument, said, coding=form.coding, form=form.form, missing=codes)
    if scored.status == DONE:
        asked.prorated += bool(scored.warnings)
        return Made.of(scored)
    if scored.status == MISSING:
        link = form.items[scored.faulty[0] - 1] if scored.faulty else form.items[0]
        raise Malformed(f"item {link}", None, f"is not answered: {scored.reason}")
    at = next(number for number in scored.faulty if said[number - 1] is not None and said[number - 1] not in codes) - 1
    raise Malformed(
        f"item {form.items[at]}", said[at],
        f"can't be: {scored.reason}. So there is no score: say in the mapping's `values` what it means, or correct it",
    )  # fmt: skip


def answers_of(body: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """The answers of a response by linkId, in its order, however deep the items lie in each other."""
    found: dict[str, list[dict[str, Any]]] = {}
    waiting = groups(body, "item")[::-1]
    while waiting:
        item = waiting.pop()
        given = groups(item, "answer")
        if link := text(item, "linkId"):
            found.setdefault(link, []).extend(one for one in given if any(name.startswith("value") for name in one))
        inner = [each for one in (item, *given) for each in groups(one, "item")]
        waiting += inner[::-1]
    return found


def _said(asked: _Asked, link: str, held: list[dict[str, Any]]) -> str | None:
    """One item's answer as the scoring takes it; None where there is none."""
    if not held:
        return None
    if len(held) > 1:
        raise Malformed(f"item {link}", None, f"has {len(held)} answers: one is needed to score it")
    words, weight = value_of(held[0], link)
    for word in words:
        if canon(word) in asked.values:
            return asked.values[canon(word)]
    return weight or (words[0] if words else None)


def value_of(answer: dict[str, Any], link: str) -> tuple[list[str], str | None]:
    """What an answer says, in the words by which `values` may name it; and the number that FHIR gives it."""
    name = next(one for one in answer if one.startswith("value"))
    if name in {"valueInteger", "valueDecimal"}:
        return [number(answer, name) or ""], None
    if name == "valueBoolean":
        return [str(answer[name]).lower()], None
    if name == "valueString":
        return [one for one in (text(answer, name),) if one], None
    if name == "valueQuantity":
        return [one for one in (number(group(answer, name), "value"),) if one], None
    if name != "valueCoding":
        raise Malformed(f"item {link}", None, f"is answered by a {name}: a number, a code, a word or true is read")
    coding = group(answer, name)
    code, system = text(coding, "code"), text(coding, "system")
    words = [f"{system}|{code}" if system and code else None, code, text(coding, "display")]
    weights = [number(one, "valueDecimal") for one in groups(coding, "extension") if one.get("url") in _WEIGHTS]
    ordered = [one for one in (*words[1:], words[0]) if one]
    return ordered, weights[0] if weights else None
