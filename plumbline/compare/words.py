"""How figures of a comparison are said: shares with counts, differences with "less" and "more", never a minus sign."""

from __future__ import annotations

from collections.abc import Sequence

from plumbline.compare.model import Question

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
    """A share as a whole percentage; more than none is never "0 %", fewer than all never "100 %"."""
    if share is None:
        return "–"
    rounded = round(100 * share)
    if rounded == 0 and share > 0:
        return "under 1 %"
    if rounded == 100 and share < 1:
        return "over 99 %"
    return f"{rounded} %"


def number(value: float, decimals: int) -> str:
    """A figure without a minus before a zero."""
    return f"{round(value, decimals) + 0.0:.{decimals}f}"


_MOST_MORE = 2


def decimals_beside(question: Question, estimate: float, lower: float, upper: float) -> int:
    """More decimals than usual where a bound would round onto none, or a figure onto the margin, without being it."""
    edges = [(bound, 0.0) for bound in (lower, upper)]
    if question.margin is not None:
        edges += [(abs(value), question.margin) for value in (estimate, lower, upper)]
    for places in range(question.decimals, question.decimals + _MOST_MORE):
        if not any(value != edge and round(value, places) == round(edge, places) for value, edge in edges):
            return places
    return question.decimals + _MOST_MORE


def signed(value: float, decimals: int, unit: str = "") -> str:
    """As "1.2 points less", "0.4 more", "no difference"."""
    size = number(abs(value), decimals)
    if float(size) == 0:
        return NONE
    return f"{size}{' ' + unit if unit else ''} {'less' if value < 0 else 'more'}"


def span(lower: float, upper: float, decimals: int) -> str:
    """As "0.9 to 1.4 less", "0.4 less to 1.1 more": the nearer to none first where both ends point one way."""
    low, high = number(abs(lower), decimals), number(abs(upper), decimals)
    if lower < 0 and upper <= 0:
        return f"{high} to {low} less"
    if lower >= 0:
        return f"{low} to {high} more"
    return f"{low} less to {high} more"


def difference(question: Question, estimate: float, lower: float, upper: float) -> str:
    """As "1.2 points less (0.9 to 1.4 less)"."""
    decimals = decimals_beside(question, estimate, lower, upper)
    return f"{signed(estimate, decimals, question.unit)} ({span(lower, upper, decimals)})"


def share_difference(estimate: float, lower: float, upper: float) -> str:
    """A difference of shares in patients of 100: "13 of 100 more (9 to 16 more)"."""
    near = any(bound != 0 and round(100 * bound) == 0 for bound in (lower, upper))
    decimals = 1 if near else 0
    return f"{signed(100 * estimate, decimals, 'of 100')} ({span(100 * lower, 100 * upper, decimals)})"


def outcome(question: Question, domain: str, is_better: bool) -> str:
    """What is better or worse, in words: "less pain", "better quality of life"."""
    if question.instrument in _BETTER:
        return _BETTER[question.instrument][0 if is_better else 1]
    noun = _NOUN.get(domain, domain)
    return f"{'less' if is_better == question.is_lower_better else 'more'} {noun}"


def amount(question: Question, domain: str, estimate: float, decimals: int) -> str:
    """The difference with what it means: "1.2 points less pain", "0.05 better quality of life"."""
    is_better = (estimate < 0) == question.is_lower_better
    size = f"{number(abs(estimate), decimals)}{' ' + question.unit if question.unit else ''}"
    return f"{size} {outcome(question, domain, is_better)}"


def lowered(label: str) -> str:
    """A label within a sentence: "Age" as "age", "EQ-5D index" as it is."""
    return label[0].lower() + label[1:] if label[1:2].islower() else label


def joined(said: Sequence[str]) -> str:
    """As "a, b and c"."""
    return " and ".join([", ".join(said[:-1]), said[-1]] if len(said) > 1 else said)


def size(value: float, question: Question, decimals: int | None = None) -> str:
    """A figure with the unit of a difference: "1.2 points", "1 point", "0.05"."""
    told = number(value, question.decimals if decimals is None else decimals)
    return _with_unit(told, question)


def limit(value: float, question: Question) -> str:
    """A setting, as short as it can be said: "1 point", "0.05"."""
    return _with_unit(f"{value:g}", question)


def _with_unit(told: str, question: Question) -> str:
    unit = question.unit.removesuffix("s") if told == "1" and question.unit == "points" else question.unit
    return f"{told} {unit}".strip()
