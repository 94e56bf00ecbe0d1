"""What a comparison comes to, in plain words, by the rows of comparison_verdict: the first by rank that holds."""

from __future__ import annotations

from typing import Any

from plumbline import sql
from plumbline.compare import enough, words
from plumbline.compare.differences import AS_MEASURED, Figure
from plumbline.compare.gathering import Gathered
from plumbline.compare.model import Difference, Verdict
from plumbline.compare.trust import Missing


def verdict(cursor: Any, known: Gathered, main: Difference, missing: Missing) -> Verdict:
    """The one verdict on the main question. What is too small to act on is the same, whatever its p."""
    name = _name(known, main, missing)
    row = next(row for row in sql.rows(cursor, "compare/verdict_by_rank") if row["verdict"] == name)
    said = _WORDS[name](known, main, missing)
    headline = row["headline"].format(_better_off(known, main)) if name == "different" else row["headline"]
    return Verdict(name, headline, row["template"].format(*said).strip(), row["mark"], row["is_certain"])


def counts(known: Gathered) -> list[tuple[int, int]]:
    """Answers and due of the first two groups at the main visit."""
    sides = [known.rows(group.key) for group in known.groups[:2]]
    at = known.place
    return [(int(known.answered[rows, at].sum()), int(known.due[rows, at].sum())) for rows in sides]


def _name(known: Gathered, main: Difference, missing: Missing) -> str:
    """Which row holds, in order of their rank."""
    settings, received = known.settings, counts(known)
    if min(answered for answered, _ in received) < settings["least_answers"]:
        return "too_few"
    if any(answered < settings["thin_share"] * due for answered, due in received):
        return "thin_answers"
    found = _figure(main)
    if found is None or main.p_counted is None:
        return "cannot_tell"
    if _is_within(known, found):
        return "same"
    if main.p_counted < settings["alpha"]:
        return "hangs_on_missing" if missing.is_near else "different"
    return "could_be_luck" if found.p < settings["alpha"] else "cannot_tell"


def _figure(main: Difference) -> Figure | None:
    if main.estimate is None or main.lower is None or main.upper is None or main.p is None:
        return None
    return Figure(main.estimate, main.lower, main.upper, main.p, main.n or 0)


def _is_within(known: Gathered, found: Figure) -> bool:
    """Whether the whole interval is too small to act on."""
    margin = known.question.margin
    return margin is not None and -margin < found.lower and found.upper < margin


def _names(known: Gathered) -> tuple[str, str]:
    return known.groups[0].name, known.groups[1].name


def _apart(known: Gathered, found: Figure) -> str:
    """As "1.2 points less pain in Harbour than in Orchard"."""
    (one, two), domain = _names(known), known.instrument["domain"]
    size = words.estimate_of(known.question, found.estimate, found.lower, found.upper)
    if words.is_none(size):
        return f"{words.NONE} in {domain} between {one} and {two}"
    return f"{words.amount(known.question, domain, size, found.estimate < 0)} in {one} than in {two}"


def _interval(known: Gathered, found: Figure) -> str:
    """Beside an amount whose direction is said already, so that it need be said again only where it turns."""
    low, high = (words.bound(known.question, end) for end in (found.lower, found.upper))
    if found.lower < 0 < found.upper:
        return f"95% interval {words.span(found.lower, found.upper, low, high)}"
    near, far = (low, high) if found.lower >= 0 else (high, low)
    return f"95% interval {near} to {far}"


def _better_off(known: Gathered, main: Difference) -> str:
    """Less pain: Harbour."""
    is_better = ((main.estimate or 0.0) < 0) == known.question.is_lower_better
    said = words.outcome(known.question, known.instrument["domain"], is_better=is_better)
    return f"{said[0].upper()}{said[1:]}: {known.groups[0].name}"


def _too_few(known: Gathered, _main: Difference, _missing: Missing) -> list[str]:
    told = [f"{answered:,} of {name}" for (answered, _), name in zip(counts(known), _names(known), strict=True)]
    return [*told, known.question.visit_label, f"{known.settings['least_answers']:.0f}"]


def _thin(known: Gathered, _main: Difference, _missing: Missing) -> list[str]:
    shares = zip(counts(known), _names(known), strict=True)
    (first, one), *rest = ((words.percent(answered / due), name) for (answered, due), name in shares)
    told = [f"{first} of those due in {one}", *(f"{share} in {name}" for share, name in rest)]
    return [known.question.visit_label, words.joined(told), words.percent(known.settings["thin_share"])]


def _seen(known: Gathered, main: Difference) -> tuple[Figure, str]:
    """The main figure, which is known here; and "1.2 points less pain in Harbour than in Orchard (95% …)"."""
    found = _figure(main)
    assert found is not None  # else another row holds
    return found, f"{_apart(known, found)} ({_interval(known, found)})"


def _luck(known: Gathered, main: Difference, _missing: Missing) -> list[str]:
    return [known.question.visit_label, _seen(known, main)[1]]


def _hangs(known: Gathered, main: Difference, missing: Missing) -> list[str]:
    """By the group whose missing answers would undo it soonest."""
    one, two = _names(known)
    shifts = [
        (shift, name) for shift, name in ((missing.tips_at, one), (missing.other_tips_at, two)) if shift is not None
    ]
    shift, name = min(shifts, key=lambda tip: abs(tip[0]))
    way = f"{words.size(abs(shift), known.question)} {'better' if shift < 0 else 'worse'} off than expected"
    return [known.question.visit_label, _seen(known, main)[1], name, way if shift else "as well off as expected"]


def _different(known: Gathered, main: Difference, _missing: Missing) -> list[str]:
    found, _ = _seen(known, main)
    how = "as measured" if main.note.startswith(AS_MEASURED) else "comparing like with like"
    said = (_apart(known, found), how, _interval(known, found), _against_margin(known, found))
    return [known.question.visit_label, *said]


def _against_margin(known: Gathered, found: Figure) -> str:
    margin = known.question.margin
    if margin is None:
        return "No size that is worth acting on is published for it."
    way = "more" if abs(found.estimate) > margin else "less" if abs(found.estimate) < margin else "as much as"
    than = "" if way == "as much as" else " than"
    return f"That is {way}{than} the {words.limit(margin, known.question)} worth acting on."


def _same(known: Gathered, main: Difference, _missing: Missing) -> list[str]:
    limit = words.limit(known.question.margin or 0.0, known.question)
    return [known.question.visit_label, _seen(known, main)[1], limit]


def _cannot_tell(known: Gathered, main: Difference, _missing: Missing) -> list[str]:
    found = _figure(main)
    at = known.question.visit_label
    if found is None:
        return [at, "at all", "Nothing could be worked out from the answers."]
    one, two = _names(known)
    domain = known.instrument["domain"]
    ends = [words.amount(known.question, domain, words.bound(known.question, end), end < 0)
            for end in (found.lower, found.upper)]  # fmt: skip
    return [at, f"from {ends[0]} to {ends[1]} in {one} than in {two}", enough.answers_needed(known)]


_WORDS = {
    "too_few": _too_few,
    "thin_answers": _thin,
    "could_be_luck": _luck,
    "hangs_on_missing": _hangs,
    "different": _different,
    "same": _same,
    "cannot_tell": _cannot_tell,
}
