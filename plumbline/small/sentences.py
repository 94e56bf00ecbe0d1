"""The sentences of a comparison that count patients, said without the counts that are hidden."""

from __future__ import annotations

import re
from dataclasses import replace

from plumbline.cohorts.small import is_small, under
from plumbline.compare.model import Comparison, Verdict
from plumbline.compare.trust import Check, Missing
from plumbline.compare.words import count, percent
from plumbline.small.counts import Counts, Told
from plumbline.store import reference_frame

_NOW = re.compile(r"; now there are [\d,]+ and [\d,]+\.")
_IF = re.compile(r" If those of .* who did not answer were .*", flags=re.DOTALL)
_COUNT = re.compile(r"\b(\d[\d,]*) (?=(?:of those|procedures?|patients?|answers?|people|without)\b)")
_ONE = {"1 procedure is": "procedures are", "1 patient has": "patients have"}


def note(words: str, limit: int) -> str:
    """A note, with "under 5" in the place of a small count of procedures or patients."""
    for one, several in _ONE.items():
        words = words.replace(one, f"1 {several}")
    words = _COUNT.sub(lambda found: _said(found.group(1), limit) + " ", words)
    return words[:1].upper() + words[1:]


def _said(number: str, limit: int) -> str:
    return under(limit) if is_small(int(number.replace(",", "")), limit) else number


def missing(one: Missing, counts: Counts) -> Missing:
    """Would the missing answers change it? With few of them, nothing is said that would tell how many they are."""
    told = counts.of("a", counts.main)
    if told.is_whole:  # then what is missing is none, or more than the limit
        return one if counts.of("b", counts.main).is_whole else replace(one, other_tips_at=None)
    name = counts.found.groups[0].name
    words = f"How many of {name} did not answer is hidden."
    if is_small(one.missing, counts.limit):
        words = f"{under(counts.limit).capitalize()} of those due of {name} did not answer."
    is_near = one.is_near and not told.is_few
    return replace(
        one, missing=None, due=told.shown_due, line=(), tips_at=None, seen=None, is_near=is_near, words=words,
        other_tips_at=None,
    )  # fmt: skip


def _first_two(counts: Counts) -> list[Told]:
    return [counts.of(group.key, counts.main) for group in counts.found.groups[:2]]


def verdict(told: Comparison, counts: Counts) -> Verdict:
    """The verdict: too few to compare where the main figure is hidden; its sentence without hidden counts."""
    one, at, both = told.verdict, told.question.visit_label, _first_two(counts)
    main = next((row for row in told.differences if row.is_main), None)
    was = next((row for row in counts.found.differences if row.is_main), None)
    is_gone = main is not None and was is not None and main.estimate is None and was.estimate is not None
    if is_gone or (one.verdict == "too_few" and any(side.shown_received is None for side in both)):
        rows = reference_frame("comparison_verdict").to_dict("records")
        row = next(row for row in rows if row["verdict"] == "too_few")
        sentence = f"At {at} so few of a group answered that nothing is shown of them: that can't be compared."
        return Verdict("too_few", row["headline"], sentence, row["mark"], False)
    if one.verdict == "thin_answers" and not all(side.is_whole for side in both):
        return replace(one, sentence=f"At {at} too few of those due answered in a group to compare the patients.")
    sentence = one.sentence
    if any(side.shown_received is None for side in both):
        sentence = _NOW.sub(".", sentence)
    if not all(side.is_whole for side in both) and _IF.search(sentence):
        sentence = _IF.sub(" It hangs on the few answers that are missing.", sentence)
    return replace(one, sentence=sentence)


def check(one: Check, told: Comparison, counts: Counts) -> Check:
    """A check beside the verdict: its counts and shares as they may be shown."""
    both = _first_two(counts)
    if one.kind == "patients" and any(side.shown_received is None for side in both):
        said = " and ".join(count(side.shown_received) for side in both)
        return replace(one, words=f"{said} answers")
    if one.kind == "answers" and not all(side.is_whole for side in both):
        said = " and ".join(_share(side) for side in both)
        return replace(one, words=f"{said} of those due")
    if one.kind == "missing" and told.missing.missing is None:
        words = f"{under(counts.limit)} have not answered"
        return replace(one, words=words if is_small(counts.found.missing.missing, counts.limit) else "hidden")
    return one


def _share(side: Told) -> str:
    if side.received == 0 and side.due:
        return percent(0)
    if side.shown_received is None or side.shown_due is None:
        return "hidden"
    return percent(side.shown_received / side.shown_due) if side.shown_due else "none"
