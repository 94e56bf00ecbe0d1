"""One questionnaire's answers into its score, with the rule that was used and what is to be said about it."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from plumbline.scoring.rules import ZERO, Rule, offset_of, rule_of

DONE, MISSING, INVALID = "done", "missing", "invalid"
_YES = frozenset({"yes", "y", "true", "x", "✓", "✔", "☑", "☒", "ticked", "checked"})
_NO = frozenset({"no", "n", "false", "☐", "unticked", "unchecked", "not ticked"})


@dataclass(frozen=True)
class Scored:
    """What became of one questionnaire.

    `status`: done; missing (too few answers, so there is no score); invalid (an answer can't be so). `value` is exact
    and null unless done. `points` are the items' points after the coding, null where there was no answer.
    """

    instrument: str
    status: str
    value: float | None
    shown: float | None
    rule: str
    coding: str
    answered: int
    items: int
    answers: tuple[str | None, ...]
    points: tuple[int | None, ...]
    warnings: tuple[str, ...] = ()
    reason: str | None = None

    @property
    def told(self) -> str:
        """The items with rule and coding as one text, as the column `items` of a score's row takes it."""
        told = {"rule": self.rule, "coding": self.coding, "answers": self.answers, "points": self.points}
        return json.dumps(told, ensure_ascii=False, separators=(",", ":"))

    @property
    def faulty(self) -> tuple[int, ...]:
        """The numbers of the items without points: no answer, or one that can't be so."""
        return tuple(number for number, point in enumerate(self.points, 1) if point is None)


@dataclass(frozen=True)
class _Read:
    """The answers as they were read: text, points, and faults in words."""

    answers: tuple[str | None, ...]
    points: tuple[int | None, ...]
    faults: tuple[str, ...]
    said_missing: int


def score_items(
    instrument: str,
    answers: Sequence[object],
    *,
    coding: str | None = None,
    form: str | None = None,
    missing: Collection[str] = (),
) -> Scored:
    """Score one questionnaire: the answers item by item, None or blank where there is none.

    `coding`: such as 0-5 or 1-6, needed where an instrument has several. `form`: paper or electronic, likewise.
    `missing`: the codes that stand for no answer, such as 999. Raises PlumblineError for what the caller got wrong;
    what is wrong with the answers is in the result.
    """
    rule = rule_of(instrument, form)
    offset = offset_of(rule, coding)
    told = coding or rule.codings[0]
    read = _read(rule, answers, offset, told, frozenset(code.strip().casefold() for code in missing))
    answered = sum(one is not None for one in read.points)

    def ended(status: str, reason: str | None, warnings: tuple[str, ...] = ()) -> Scored:
        value, shown = _value(rule, read.points) if status == DONE else (None, None)
        return Scored(
            instrument, status, value, shown, rule.rule, told, answered, rule.items, read.answers, read.points,
            warnings, reason,
        )  # fmt: skip

    if read.faults:
        return ended(INVALID, "; ".join(read.faults))
    if not answered:
        return ended(MISSING, _nothing(rule))
    if answered < rule.least_answered:
        least = f"at least {rule.least_answered} are needed"
        return ended(MISSING, f"{answered} of {rule.items} items answered: {least}, so there is no score")
    return ended(DONE, None, _warnings(rule, answered, read.said_missing))


def points_of(answer: object, *, is_ticked: bool) -> int | None:
    """One answer as a whole number; None where it is none. Yes and no, ticked or not, are 1 and 0."""
    text = _text(answer).casefold()
    if is_ticked and (text in _YES or text in _NO):
        return int(text in _YES)
    try:
        number = float(text)
    except ValueError:
        return None
    plain = text.removeprefix("+").replace(".", "", 1).isdigit()  # no 1e1, nan, inf, 1_0
    return int(number) if plain and number.is_integer() else None


def is_blank(answer: object, missing: Collection[str]) -> bool:
    """Whether there is no answer: empty, or one of the codes for it (in lower case)."""
    text = _text(answer).casefold()
    return not text or text in missing


def _text(answer: object) -> str:
    return "" if answer is None or answer != answer else str(answer).strip()


def _read(rule: Rule, answers: Sequence[object], offset: int, coding: str, missing: frozenset[str]) -> _Read:
    texts: list[str | None] = []
    points: list[int | None] = []
    faults: list[str] = []
    said_missing = 0
    if len(answers) != rule.items:
        faults.append(f"{len(answers)} items instead of {rule.items}")
    for number, answer in enumerate(answers, 1):
        texts.append(_text(answer) or None)
        if is_blank(answer, missing):
            said_missing += bool(_text(answer))
            points.append(None)
            continue
        point = points_of(answer, is_ticked=rule.is_ticked)
        given = None if point is None else point - offset
        if given is None or not rule.lowest <= given <= rule.highest:
            faults.append(_fault(rule, number, _text(answer), coding, is_number=point is not None))
            given = None
        points.append(given)
    return _Read(tuple(texts), tuple(points), tuple(faults), said_missing)


def _fault(rule: Rule, number: int, text: str, coding: str, *, is_number: bool) -> str:
    low, _, high = coding.partition("-")
    shown = text if len(text) <= 20 else f"{text[:20]}…"
    if rule.is_ticked:
        return f"item {number} is {shown!r}: expected yes or no, 1 or 0"
    if is_number:
        return f"item {number} is {shown!r}, which the coding {coding} doesn't have"
    return f"item {number} is {shown!r}: expected a whole number from {low} to {high}"


def _nothing(rule: Rule) -> str:
    if rule.unanswered == ZERO:
        return "nothing is ticked, and nothing says that it was filled in: give 0 for what was not ticked"
    return "no item is answered, so there is no score"


def _warnings(rule: Rule, answered: int, said_missing: int) -> tuple[str, ...]:
    if rule.unanswered == ZERO:
        return (f"{said_missing} items said to be missing count as not ticked",) if said_missing else ()
    if answered >= rule.said_below:
        return ()
    return (f"{answered} of {rule.items} items answered: the score is worked out from those",)


def _value(rule: Rule, points: tuple[int | None, ...]) -> tuple[float, float]:
    """The exact score, and the one shown: one decimal, cut and not rounded, as in the published 16/45 = 35.5%."""
    known = [point for point in points if point is not None]
    counted = rule.items if rule.unanswered == ZERO else len(known)
    over, under = rule.full_score * sum(known), rule.highest * counted
    return over / under, over * 10 // under / 10
