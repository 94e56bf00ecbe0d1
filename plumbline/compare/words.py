"""How figures of a comparison are said: shares with counts, differences with "less" and "more", never a minus sign."""

from __future__ import annotations

from collections.abc import Sequence

from plumbline.compare.model import Comparison, Question

NONE = "no difference"
_NOUN = {  # what is measured, where "less" or "more" of it can be said
    "pain": "pain",
    "disability": "disability",
}
_BETTER = {  # where a difference is said by its direction alone: better, worse
    "eq5d_index": ("better quality of life", "worse quality of life"),
    "eq5d_vas": ("better own health", "worse own health"),
    "promis_pf": ("better physical function", "worse physical function"),
    "sf36_pcs": ("better physical health", "worse physical health"),
    "tug": ("faster Timed Up and Go", "slower Timed Up and Go"),
    "sts5": ("faster sit-to-stands", "slower sit-to-stands"),
    "gait_speed": ("faster walking", "slower walking"),
    "walk6min": ("longer six-minute walk", "shorter six-minute walk"),
}


def count(number: int | None) -> str:
    """1,011; or that it is hidden."""
    return "hidden" if number is None else f"{number:,}"


def percent(share: float | None) -> str:
    """A share as a whole percentage; more than none is never "0%", fewer than all never "100%"."""
    if share is None:
        return "–"
    rounded = round(100 * share)
    if rounded == 0 and share > 0:
        return "under 1%"
    if rounded == 100 and share < 1:
        return "over 99%"
    return f"{rounded}%"


def number(value: float, decimals: int) -> str:
    """A figure without a minus before a zero."""
    return f"{round(value, decimals) + 0.0:.{decimals}f}"


_NEAR = 1e-9  # floats of the same figure


def told(question: Question, value: float, limits: Sequence[float | None]) -> str:
    """How large a figure is, told apart from each of the limits that it isn't.

    With one decimal more than usual where it would round onto a limit, and in words where it would still: "just under
    1". Each figure for itself: those beside it keep their decimals.
    """
    size = abs(value)
    others = [one for one in limits if one is not None and abs(size - one) > _NEAR]
    for places in (question.decimals, question.decimals + 1):
        onto = [one for one in others if round(size, places) == round(one, places)]
        if not onto:
            return number(size, places)
    return f"just {'over' if size > onto[0] else 'under'} {onto[0]:g}"


def bound(question: Question, value: float) -> str:
    """An end of an interval, told apart from none and from the margin."""
    return told(question, value, (0.0, question.margin))


def estimate_of(question: Question, estimate: float, lower: float, upper: float) -> str:
    """The figure of an interval, told apart from the margin; and from none where the interval is."""
    return told(question, estimate, (None if lower <= 0 <= upper else 0.0, question.margin))


def signed(size: str, is_less: bool, unit: str = "") -> str:
    """As "1.2 points less", "0.4 more", "no difference"."""
    if is_none(size):
        return NONE
    return f"{_with_unit(size, unit)} {'less' if is_less else 'more'}"


def is_none(size: str) -> bool:
    """Whether a figure is said as nought."""
    return not size.strip("0.")


def span(lower: float, upper: float, low: str, high: str) -> str:
    """As "0.9 to 1.4 less", "0.4 less to 1.1 more": the nearer to none first where both ends point one way."""
    if lower < 0 and upper <= 0:
        return f"{high} to {low} less"
    if lower >= 0:
        return f"{low} to {high} more"
    return f"{low} less to {high} more"


def difference(question: Question, estimate: float, lower: float, upper: float) -> str:
    """As "1.2 points less (0.9 to 1.4 less)"."""
    size = estimate_of(question, estimate, lower, upper)
    ends = span(lower, upper, bound(question, lower), bound(question, upper))
    return f"{signed(size, estimate < 0, question.unit)} ({ends})"


def share_difference(estimate: float, lower: float, upper: float) -> str:
    """A difference of shares in patients of 100: "13 of 100 more (9 to 16 more)"."""
    near = any(bound != 0 and round(100 * bound) == 0 for bound in (lower, upper))
    size, low, high = (number(100 * abs(one), 1 if near else 0) for one in (estimate, lower, upper))
    return f"{signed(size, estimate < 0, 'of 100')} ({span(lower, upper, low, high)})"


def main_question(found: Comparison) -> str:
    """What the verdict is about, with its window; of more than two groups, of the first two."""
    asked, (first, second, *more) = found.question, (group.name for group in found.groups)
    others = f", also at {joined(more)}," if more else ""
    return (
        f"Main question: {lowered(asked.label)} at {asked.visit_label} (day {asked.from_day} to {asked.to_day}), "
        f"{first} against {second}. The verdict is about this alone; every other look{others} is counted with it below."
    )


def against_expected(found: Comparison) -> str:
    """At the main visit the middle patient and the middle half, as expected and of each group; "" without a band.

    A group whose quartiles are hidden, or of which too few of those due answered, isn't said.
    """
    asked = found.question
    band = next((one for one in found.band if one.visit == asked.visit), None)
    if band is None:
        return ""
    names = {group.key: group.name for group in found.groups}
    own = [
        f"{names[one.group]} {one.median:g} ({one.q25:g} to {one.q75:g})"
        for one in found.curve
        if one.visit == asked.visit and one.median is not None and one.q25 is not None and one.q75 is not None
        and not one.is_thin
    ]  # fmt: skip
    if not own:
        return ""
    expected = f"expected {band.mid:g} ({band.low:g} to {band.high:g})"
    return f"The middle patient at {asked.visit_label}, and the middle half: {expected}; {'; '.join(own)}."


def outcome(question: Question, domain: str, is_better: bool) -> str:
    """What is better or worse, in words: "less pain", "better quality of life"."""
    if question.instrument in _BETTER:
        return _BETTER[question.instrument][0 if is_better else 1]
    noun = _NOUN.get(domain, domain)
    return f"{'less' if is_better == question.is_lower_better else 'more'} {noun}"


def amount(question: Question, domain: str, size: str, is_less: bool) -> str:
    """The difference with what it means: "1.2 points less pain", "0.05 better quality of life"."""
    said = outcome(question, domain, is_better=is_less == question.is_lower_better)
    return f"{_with_unit(size, question.unit)} {said}"


def lowered(label: str) -> str:
    """A label within a sentence: "Age" as "age", "EQ-5D index" as it is."""
    return label[0].lower() + label[1:] if label[1:2].islower() else label


def joined(said: Sequence[str]) -> str:
    """As "a, b and c"."""
    return " and ".join([", ".join(said[:-1]), said[-1]] if len(said) > 1 else said)


def size(value: float, question: Question) -> str:
    """A figure with the unit of a difference: "1.2 points", "0.05"."""
    return _with_unit(number(value, question.decimals), question.unit)


def limit(value: float, question: Question) -> str:
    """A setting, as short as it can be said: "1 point", "0.05"."""
    return _with_unit(f"{value:g}", question.unit)


def _with_unit(told: str, unit: str) -> str:
    """ "1 point", "just under 1 point", "1.2 points"."""
    is_one = unit == "points" and told.split(" ")[-1] == "1"
    return f"{told} {unit.removesuffix('s') if is_one else unit}".strip()
