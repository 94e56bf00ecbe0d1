"""Propose the part of a mapping that is about FHIR QuestionnaireResponses, from the responses of a file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from plumbline.errors import PlumblineError
from plumbline.intake.document import read_document, read_lines
from plumbline.intake.element import Malformed, group, text
from plumbline.intake.mapping import Mapping
from plumbline.intake.mapping_forms import Form
from plumbline.intake.responses import answers_of, value_of
from plumbline.intake.settled import Settled
from plumbline.scoring.items import points_of
from plumbline.scoring.rules import Rule, contradiction, rules

_NAMED = {"odi": re.compile(r"odi\b|oswestry", re.IGNORECASE), "rmdq": re.compile(r"rmd?q|roland", re.IGNORECASE)}
_MOST_WORDS = 8


@dataclass
class _Seen:
    """What the responses to one questionnaire hold: linkIds in their order, numbers, and words without a number."""

    responses: int = 0
    links: dict[str, None] = field(default_factory=dict)
    points: set[int] = field(default_factory=set)
    words: dict[str, None] = field(default_factory=dict)

    def add(self, body: dict[str, Any]) -> None:
        """One response more."""
        self.responses += 1
        for link, given in answers_of(body).items():
            for answer in given:
                self.links[link] = None
                words, weight = value_of(answer, link)
                point = points_of(weight or (words[0] if words else ""), is_ticked=True)
                if point is not None:
                    self.points.add(point)
                elif words:
                    coding = group(answer, "valueCoding")
                    shown = f"{words[0]} ({text(coding, 'display')})" if text(coding, "display") else words[0]
                    self.words[shown] = None


def propose_forms(path: Path, settled: Settled) -> Mapping:
    """A mapping for the QuestionnaireResponses of a file; what can't be told is a question of it."""
    seen: dict[str | None, _Seen] = {}
    for body in _responses(path):
        canonical = (text(body, "questionnaire") or "").partition("|")[0] or None
        try:
            seen.setdefault(canonical, _Seen()).add(body)
        except Malformed:
            continue  # the import names it
    if not seen:
        raise PlumblineError(f"{path.name} holds no QuestionnaireResponse, and other FHIR resources need no mapping.")
    forms: list[Form] = []
    questions: list[str] = []
    remarks: dict[str, str] = {}
    for canonical, one in seen.items():
        place = f"questionnaires[{len(forms)}]"
        form, remark = _proposed(canonical, one, settled, place, questions)
        if form:
            forms.append(form)
            remarks[place] = f"{one.responses:,} response{'s' if one.responses > 1 else ''}. {remark}"
    return Mapping(settled.name or "responses", (), forms=tuple(forms), questions=tuple(questions), remarks=remarks)


def _responses(path: Path) -> Iterator[dict[str, Any]]:
    entries = read_lines(path) if path.suffix.lower() in {".ndjson", ".jsonl"} else read_document(path)
    for entry in entries:
        if entry.body and entry.body.get("resourceType") == "QuestionnaireResponse" and not entry.fault:
            yield entry.body


def _proposed(
    canonical: str | None, seen: _Seen, settled: Settled, place: str, questions: list[str]
) -> tuple[Form | None, str]:
    said = " ".join([canonical or "", *seen.links])
    named = [name for name, pattern in _NAMED.items() if pattern.search(said)]
    if len(named) != 1:
        if canonical is None:
            questions.append("questionnaires: some responses name no questionnaire: add what they are")
        return Form(canonical, ignore=True) if canonical else None, "No instrument of ours goes by this name: ignored"
    instrument = named[0]
    found = [rule for rule in rules() if rule.instrument == instrument and rule.form in {None, settled.form}]
    rule = found[0] if found else next(rule for rule in rules() if rule.instrument == instrument)
    if not found:
        questions.append(f"{place}.form: was the {instrument} filled in on paper or electronic? (--form)")
    if len(seen.links) != rule.items:
        questions.append(
            f"{place}.items: {len(seen.links)} linkIds are answered, the {instrument} has {rule.items} items: keep "
            "those of its items, in their order"
        )
    if seen.words:
        shown = ", ".join(list(seen.words)[:_MOST_WORDS])
        questions.append(f"{place}.values: what do these answers mean, as numbers? {shown}")
    coding = settled.coding if len(rule.codings) > 1 else None
    if len(rule.codings) > 1 and coding is None:
        coding = _coding(rule, seen, place, questions)
    form = Form(canonical, instrument, coding, rule.form, tuple(seen.links))
    return form, f"It is the {instrument} by its name; the items are in the order of the responses: check it"


def _coding(rule: Rule, seen: _Seen, place: str, questions: list[str]) -> str:
    """How the answers are coded, where they can be in one way only; else it is asked."""
    fitting = [one for one in rule.codings if seen.points and contradiction(rule, one, seen.points) is None]
    if len(fitting) != 1:
        questions.append(f"{place}.coding: are the answers coded {' or '.join(rule.codings)}? (--coding)")
    return fitting[0] if fitting else rule.codings[0]
