"""The rules by which items become a score, as rows of data/reference/scoring_rule.csv."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from plumbline.errors import PlumblineError
from plumbline.store import reference_frame

LEFT_OUT, ZERO = "left_out", "zero"


@dataclass(frozen=True)
class Rule:
    """One rule: how many items, from which points to which, and what an item without an answer means.

    `unanswered`: `left_out` scores by the items answered, `zero` counts as not ticked.
    """

    rule: str
    instrument: str
    form: str | None
    label: str
    items: int
    lowest: int
    highest: int
    codings: tuple[str, ...]
    full_score: int
    unanswered: str
    least_answered: int
    said_below: int
    words: str

    @property
    def is_ticked(self) -> bool:
        """Whether an item is answered by yes or no."""
        return (self.lowest, self.highest) == (0, 1)


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule, in the order of the file."""
    return tuple(
        Rule(
            row["rule"], row["instrument"], row["form"] or None, row["label"], int(row["items"]),
            int(row["item_lowest"]), int(row["item_highest"]), tuple(row["codings"].split(";")), int(row["full_score"]),
            row["unanswered"], int(row["least_answered"]), int(row["said_below"]), row["words"],
        )
        for row in reference_frame("scoring_rule").to_dict("records")
    )  # fmt: skip


def rule_of(instrument: str, form: str | None = None) -> Rule:
    """The rule for an instrument and, where it has several, for the form it was filled in on. Raises PlumblineError."""
    found = [rule for rule in rules() if rule.instrument == instrument]
    if not found:
        known = _or({rule.instrument: None for rule in rules()})
        raise PlumblineError(f"There is no rule that scores {instrument!r} from its items: give {known}.")
    forms = [rule.form for rule in found if rule.form]
    if form is None and forms:
        raise PlumblineError(f"How was the {instrument} filled in? Give the form: {_or(forms)}.")
    if form is not None and form not in forms:
        told = f"its forms are {_or(forms)}" if forms else "it has one form only, so leave that out"
        raise PlumblineError(f"The {instrument} has no form {form!r}: {told}.")
    return next(rule for rule in found if rule.form == form)


def offset_of(rule: Rule, coding: str | None) -> int:
    """What a coding adds to each item's points: 1 for 1-6 where the rule has 0 to 5. Raises PlumblineError."""
    if coding is None and len(rule.codings) > 1:
        raise PlumblineError(f"How are the answers coded? Give the coding: {_or(rule.codings)}.")
    coding = coding or rule.codings[0]
    if coding not in rule.codings:
        raise PlumblineError(f"The coding {coding!r} is not one of the {rule.instrument}: give {_or(rule.codings)}.")
    return int(coding.partition("-")[0]) - rule.lowest


def contradiction(rule: Rule, coding: str, seen: Iterable[int]) -> str | None:
    """The other coding that the answers of a file fit, where they don't fit the one that was told; else None.

    What no coding has is a slip in its own row, and decides nothing.
    """
    answers = set(seen) & {point for one in rule.codings for point in _span(rule, one)}
    fits = [one for one in rule.codings if answers <= set(_span(rule, one))]
    return None if coding in fits or not fits else fits[0]


def is_undecided(rule: Rule, seen: Iterable[int]) -> bool:
    """Whether the answers of a file fit several codings, so that they can't show which of them is right."""
    answers = set(seen)
    return sum(answers <= set(_span(rule, one)) for one in rule.codings) > 1


def _span(rule: Rule, coding: str) -> range:
    offset = offset_of(rule, coding)
    return range(rule.lowest + offset, rule.highest + offset + 1)


def _or(words: Iterable[str | None]) -> str:
    return " or ".join(str(word) for word in words)
