"""Propose which columns are the items of a questionnaire, such as odi_1 to odi_10, and how they are coded."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from plumbline.intake.mapping import Cell, Rule
from plumbline.intake.profile import MISSING_NUMBERS, Column, Profile, hints, time_in
from plumbline.intake.settled import Settled
from plumbline.scoring.items import points_of
from plumbline.scoring.rules import Rule as Scoring
from plumbline.scoring.rules import contradiction, is_undecided, offset_of, rule_of, rules

_BETWEEN = r"(?: (?:morris|disability|index|questionnaire))*(?: (?:questions?|sections?|statements?|items?|sec|q|s|i))?"


@dataclass(frozen=True)
class Series:
    """All items of one questionnaire at one time, in their order. `rest`: what else their headings say."""

    instrument: str
    rest: str
    columns: tuple[Column, ...]


def series(look: Profile, taken: set[str]) -> list[Series]:
    """Every whole set of item columns, in the order of the table."""
    found: dict[tuple[str, str, int], dict[int, Column]] = {}
    for one in look.columns:
        for key, number in _readings(one) if one.name not in taken else ():
            found.setdefault(key, {}).setdefault(number, one)
    whole = [
        Series(instrument, rest, tuple(columns[number] for number in sorted(columns)))
        for (instrument, rest, _), columns in found.items()
        if set(columns) == set(range(1, _items(instrument) + 1))
    ]
    used: set[str] = set()
    kept = []
    for each in whole:
        names = {column.name for column in each.columns}
        if not names & used:
            kept.append(each)
            used |= names
    return kept


class Items:
    """The rules of the scores that are worked out from items. Remarks and questions are added to as it goes."""

    def __init__(
        self, look: Profile, taken: set[str], settled: Settled, remarks: dict[str, str], questions: list[str]
    ) -> None:
        self._series = series(look, taken)
        self._settled, self._remarks, self._questions = settled, remarks, questions
        self.used = {column.name for one in self._series for column in one.columns}

    def rules(self, when: Callable[[Column, str, str], Cell]) -> list[Rule]:
        """One rule for each questionnaire whose items are there; `when` says when it was asked."""
        found = []
        for number, one in enumerate(self._series):
            place = f"scores[{number}]"
            cell = self._cell(one, place)
            told = {"value": cell, "instrument": Cell(fixed=one.instrument)}
            found.append(Rule("scores", told | {"taken_at": when(one.columns[0], place, one.rest)}))
        return found

    def hold(self, instrument: str, time: str | None) -> bool:
        """Whether an instrument is worked out from its items at this time: then a total says less."""
        return any(one.instrument == instrument and time_in(one.rest) == time for one in self._series)

    def _cell(self, one: Series, place: str) -> Cell:
        texts = {text for column in one.columns for text in column.filled}
        codes = {text for text in texts if text.removesuffix(".0") in MISSING_NUMBERS}
        form = _form(one, self._settled, texts - codes, place, self._questions)
        rule = rule_of(one.instrument, form)
        seen = {point for text in texts - codes if (point := points_of(text, is_ticked=rule.is_ticked)) is not None}
        coding = _coding(rule, self._settled, seen, place, self._questions)
        told = [f"likely: {one.columns[0].name} to {one.columns[-1].name} are the items of the {one.instrument}"]
        told += [f"coded {coding}" if coding else "", f"filled in on {form}" if form else ""]
        told += [f"{', '.join(sorted(codes))} likely stand for missing" if codes else ""]
        self._remarks[place] = "; ".join(part for part in told if part)
        items = tuple(column.name for column in one.columns)
        return Cell(items=items, coding=coding, form=form, missing=tuple(sorted(codes)))


def _items(instrument: str) -> int:
    return next(rule.items for rule in rules() if rule.instrument == instrument)


def _readings(column: Column) -> Iterator[tuple[tuple[str, str, int], int]]:
    """Which item of which questionnaire a heading may be: the number beside its name, or the last one."""
    said = column.said[0] if column.said and column.told is None else ""
    scored = {rule.instrument for rule in rules()}
    for kind, _, pattern, instrument in hints():
        if kind != "instrument" or instrument not in scored:
            continue
        for way, between in enumerate((_BETWEEN, r"\b.*")):
            ending = "" if way == 0 else "$"
            if found := re.search(rf"(?:{pattern}){between} 0*(?P<item>[1-9][0-9]?)(?![0-9]){ending}", said):
                rest = f"{said[: found.start('item')]} {said[found.end('item') :]}"
                yield (instrument, " ".join(rest.split()), way), int(found["item"])


def _coding(rule: Scoring, settled: Settled, seen: set[int], place: str, questions: list[str]) -> str | None:
    if len(rule.codings) < 2:
        return None
    if settled.coding:
        offset_of(rule, settled.coding)
        return settled.coding
    fitting = [one for one in rule.codings if contradiction(rule, one, seen) is None]
    if is_undecided(rule, seen) or len(fitting) != 1:
        options = " or ".join(rule.codings)
        shown = ", ".join(map(str, sorted(seen)[:8])) or "none"
        questions.append(
            f"{place}.value.coding: how are the answers of the {rule.instrument} coded, {options}? Those there "
            f"are: {shown}. (--coding)"
        )
        return fitting[0] if fitting else rule.codings[0]
    return fitting[0]


def _form(one: Series, settled: Settled, texts: set[str], place: str, questions: list[str]) -> str | None:
    forms = [rule.form for rule in rules() if rule.instrument == one.instrument and rule.form]
    if not forms:
        return None
    if settled.form:
        return settled.form
    if any("___" in column.name for column in one.columns):
        questions.append(
            f"{place}.value.form: these are boxes to tick, and REDCap writes 0 for each box of a form that nobody "
            "filled in, which would count as the best score. Take such records out first, then say paper. (--form)"
        )
        return "paper"
    said_no = any(points_of(text, is_ticked=True) == 0 for text in texts)
    return "electronic" if said_no else "paper"
