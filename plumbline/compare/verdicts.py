"""What a comparison comes to, in plain words, by the rows of comparison_verdict; and the four checks beside it."""

from __future__ import annotations

from typing import Any

from plumbline import sql
from plumbline.compare import words
from plumbline.compare.enough import answers_needed
from plumbline.compare.gathering import Gathered
from plumbline.compare.model import Difference, Verdict
from plumbline.compare.trust import Balance, Check, Missing


def verdict(cursor: Any, known: Gathered, main: Difference, missing: Missing) -> Verdict:
    """The first by rank that holds; the last always does."""
    rows = {row["verdict"]: row for row in sql.rows(cursor, "compare/verdict_by_rank")}
    name = next(name for name in rows if _holds(name, known, main, missing))
    row = rows[name]
    headline, said = _words(name, known, main, missing)
    return Verdict(
        name, row["headline"].format(headline), row["template"].format(*said).strip(), row["mark"], row["is_certain"]
    )  # fmt: skip


def _counts(known: Gathered) -> list[tuple[int, int]]:
    """Answers and due of the first two groups at the main visit."""
    found = []
    for group in known.groups[:2]:
        rows = known.rows(group.key)
        found.append((int(known.answered[rows, known.place].sum()), int(known.due[rows, known.place].sum())))
    return found


def _holds(name: str, known: Gathered, main: Difference, missing: Missing) -> bool:
    counts, settings = _counts(known), known.settings
    if name == "too_few":
        return min(received for received, _ in counts) < settings["least_answers"]
    if name == "thin_answers":
        return any(received < settings["thin_share"] * due for received, due in counts)
    if name == "cannot_tell" or main.p is None or main.p_counted is None:
        return name == "cannot_tell"
    within = _within(known, main)
    if name == "could_be_luck":
        return not within and main.p < settings["alpha"] <= main.p_counted
    if name == "hangs_on_missing":
        return not within and main.p_counted < settings["alpha"] and missing.is_near
    if name == "different":
        return not within and main.p_counted < settings["alpha"]
    return within


def _within(known: Gathered, main: Difference) -> bool:
    """Whether the whole interval is too small to act on."""
    margin = known.question.margin
    if margin is None or main.lower is None or main.upper is None:
        return False
    return -margin < main.lower and main.upper < margin


def _words(name: str, known: Gathered, main: Difference, missing: Missing) -> tuple[str, list[str]]:
    """What stands in the places of the headline and of the sentence."""
    question, counts = known.question, _counts(known)
    one, two = (group.name for group in known.groups[:2])
    at = question.visit_label
    if name == "too_few":
        least = f"{known.settings['least_answers']:.0f}"
        return "", [f"{counts[0][0]:,} of {one}", f"{counts[1][0]:,} of {two}", at, least]
    if name == "thin_answers":
        told = [_share(received, due) for received, due in counts]
        return "", [at, f"{told[0]} of {one} and {told[1]} of {two}", words.percent(known.settings["thin_share"])]
    if main.estimate is None or main.lower is None or main.upper is None:
        return "", [at, "", "Nothing could be worked out."]
    places = words.decimals_beside(question.margin, question.decimals, main.lower, main.upper)
    figures = f"{_amount(known, main.estimate, places)} in {one} than in {two}"
    interval = f"95 % interval {words.span(main.lower, main.upper, places)}"
    if name == "could_be_luck":
        return "", [at, f"{figures} ({interval})"]
    if name == "hangs_on_missing":
        return "", [at, f"{figures} ({interval})", _shift(known, missing.tips_at), one]
    if name == "different":
        better = words.outcome(question, known.instrument["domain"], is_better=(main.estimate < 0) == (known.sign > 0))
        headline = f"{better[0].upper()}{better[1:]}: {one}"
        return headline, [at, one, _amount(known, main.estimate, places), two, interval, _against_margin(known, main, places)]
    if name == "same":
        size = words.number(abs(main.estimate), places)
        told = f"{words.signed(main.estimate, places, question.unit)} in {one} than in {two}"
        told = told if float(size) else "none"
        return "", [at, f"{told} ({interval})", words.limit(question.margin or 0.0, question)]
    return "", [at, _anything(known, main, places), answers_needed(known, main)]


def _share(received: int, due: int) -> str:
    return words.percent(received / due) if due else "none"


def _amount(known: Gathered, estimate: float, places: int) -> str:
    return words.amount(known.question, known.instrument["domain"], estimate, places)


def _anything(known: Gathered, main: Difference, places: int) -> str:
    assert main.lower is not None and main.upper is not None
    ends = [_amount(known, main.lower, places), _amount(known, main.upper, places)]
    return f"from {ends[0]} to {ends[1]} in {known.groups[0].name} than in {known.groups[1].name}"


def _shift(known: Gathered, shift: float | None) -> str:
    return words.size(abs(shift or 0.0), known.question)


def _against_margin(known: Gathered, main: Difference, places: int) -> str:
    margin = known.question.margin
    if margin is None or main.estimate is None:
        return "No size worth acting on is known for it."
    told = words.limit(margin, known.question)
    more = abs(main.estimate) >= margin
    return f"That is {'more' if more else 'less'} than the {told} that is worth acting on."


def checks(known: Gathered, main: Difference, balance: tuple[Balance, ...], missing: Missing) -> tuple[Check, ...]:
    """Enough patients? Enough answers? Alike at the start? Sturdy if the missing did worse?"""
    return (_patients(known), _answers(known), _alike(known, balance), _missing(known, main, missing))


def _patients(known: Gathered) -> Check:
    from plumbline.compare.enough import needed

    received = [one for one, _ in _counts(known)]
    asked = needed(known)
    least = known.settings["least_answers"]
    is_met = min(received) >= least and (asked is None or all(have >= want for have, want in zip(received, asked, strict=True)))
    return Check("patients", is_met, "Yes" if is_met else "Few", "Enough patients?", f"{received[0]:,} and {received[1]:,}")


def _answers(known: Gathered) -> Check:
    counts = _counts(known)
    good, thin = known.settings["good_share"], known.settings["thin_share"]
    is_met = all(due and received >= good * due for received, due in counts)
    is_thin = any(received < thin * due for received, due in counts)
    mark = "Yes" if is_met else f"Under {words.percent(thin)}" if is_thin else f"Short of {words.percent(good)}"
    told = [_share(received, due) for received, due in counts]
    return Check("answers", is_met, mark, "Enough answers?", f"{told[0]} and {told[1]} of those due")


def _alike(known: Gathered, balance: tuple[Balance, ...]) -> Check:
    of_two = [one for one in balance if one.other == "b" and one.difference is not None]
    apart = sum(one.is_apart for one in of_two)
    if not of_two:
        return Check("alike", False, "Not known", "Alike at the start?", "nothing is known of both before")
    said = f"{apart} of {len(of_two)} differ" if apart else f"all {len(of_two)} alike"
    return Check("alike", apart == 0, "Not quite" if apart else "Yes", "Alike at the start?", said)


def _missing(known: Gathered, main: Difference, missing: Missing) -> Check:
    silent = missing.missing or 0
    told = f"{silent:,} of {missing.due or 0:,} at {known.groups[0].name} have not answered"
    if main.p is None or main.better == 0:
        return Check("missing", silent == 0, "No" if silent == 0 else "Yes", "Could the missing decide it?", told)
    if missing.tips_at is None:
        return Check("missing", True, "Yes", "Sturdy if the missing did worse?", "holds whatever they would have said")
    said = f"holds until {_shift(known, missing.tips_at)} worse"
    return Check("missing", not missing.is_near, "No" if missing.is_near else "Yes", "Sturdy if the missing did worse?", said)
