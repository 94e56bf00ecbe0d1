"""What a funnel says in words: what stands out, what is worth a look, what can't be judged, and what luck does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from plumbline.clinics import words
from plumbline.clinics.model import Measure, Point, View
from plumbline.cohorts import small
from plumbline.visits import visit_words

MEASURES, SETS = 4, 2
LOOK, ALARM = 0.05, 0.002  # what luck alone puts outside the 95 and the 99.8% limits, both sides
MANY = 3


@dataclass(frozen=True)
class Said:
    """What the words are made of. `total`: due, received, n who can be counted and what was observed, of all units."""

    view: View
    measure: Measure
    centre: float | None
    points: tuple[Point, ...]
    total: Mapping[str, int]
    settings: Mapping[str, float]
    tau2: float
    unnamed: int  # answers without a surgeon
    ends: tuple[float, float] | None = None  # the 95% interval of those judged together, as measured

    @property
    def is_rare(self) -> bool:
        """All together are so few, one way or the other, that even their sum is hidden."""
        count, n = self.total["observed"], self.total["n"]
        most = int(self.settings["hidden_inside"])
        return self.measure.is_share and any(small.is_small(one, most) for one in (count, n - count, n))

    @property
    def judged(self) -> list[Point]:
        """Who is compared."""
        return [point for point in self.points if point.state not in ("thin", "empty")]

    def of(self, *states: str) -> list[Point]:
        """Those in these states, in alphabetical order."""
        return [point for point in self.points if point.state in states]


def headline(said: Said) -> str:
    """What stands out, or that nothing does."""
    unit = said.view.by
    if not said.total["n"] and said.unnamed:
        return "No surgeon is recorded"
    if not said.total["n"]:
        return f"No answer to judge at {visit_words(said.view.visit)} yet"
    if not said.judged:
        return f"Too few answers at {visit_words(said.view.visit)} to compare any {unit}"
    if len(said.judged) == 1:
        return f"One {unit} alone: nothing to compare it with"
    found = said.of("stands_out")
    if not found:
        return f"No {unit} is further from the average than luck explains"
    return f"Further from the average than luck explains: {_named(found, said.measure)}"


def sentence(said: Said) -> str:
    """All together with its denominators, then who is worth a look and who is as expected."""
    if not said.total["due"] and said.unnamed:
        return "There are answers, but none with a surgeon: record who operated, and surgeons appear here."
    if not said.total["due"]:
        return "No visit was due yet whose window has closed."
    parts = [_all(said)]
    look, usual = said.of("look"), said.of("as_expected")
    if look:
        parts.append(f"Worth a look, could be luck: {_named(look, said.measure)}.")
    if usual and len(said.judged) > 1:
        many = len(usual)
        which = f"All {many}" if many == len(said.judged) else f"The other {many}" if many > 1 else "The other"
        parts.append(f"{which} {'is' if many == 1 else 'are'} within the range that luck gives.")
    return " ".join(parts)


def doubt(said: Said) -> str:
    """Who can't be judged, and whose numbers are hidden; "" where nobody is."""
    parts = []
    if thin := said.of("thin"):
        few = words.percent(said.settings["thin_share"])
        parts.append(f"{_names(thin)}: too few answers to judge (under {few}).")
    if empty := said.of("empty"):
        parts.append(f"{_names(empty)}: no answers.")
    if shut := [point for point in said.points if point.is_hidden]:
        few = f"{said.settings['hidden_inside'] + 1:.0f}"
        parts.append(f"Hidden, as it is of under {few} patients or would give such a number away: {_names(shut)}.")
    return " ".join(parts)


def _all(said: Said) -> str:
    total, at = said.total, visit_words(said.view.visit)
    share = words.percent(total["received"] / total["due"])
    answered = f"{total['received']:,} answers of {total['due']:,} due, {share}"
    if said.centre is None:
        return f"At {at}: {answered}."
    which = "those judged" if said.of("thin") else "all"
    if said.is_rare:
        few = words.HIDDEN.format(int(said.settings["hidden_inside"]) + 1)
        return f"Across {which}, those who {said.measure.told} at {at}, or who didn't, are {few} ({answered})."
    if said.measure.is_share:
        ends = "" if said.ends is None else " ({} to {})".format(*(words.percent(end) for end in said.ends))
        return f"Across {which}, {words.percent(said.centre)}{ends} {said.measure.told} at {at} ({answered})."
    ends = "" if said.ends is None else " ({:.1f} to {:.1f})".format(*said.ends)
    return f"Across {which}, {said.measure.told} was {said.centre:.1f}{ends} at {at} ({answered})."


def reading(said: Said) -> tuple[str, ...]:
    """How to read the chart, and how much luck alone lights of what this page offers."""
    unit, units = said.view.by, len(said.judged)
    if units <= 1:
        return ()
    first = (
        f"Inside the funnel: luck alone can do that. Between the lines is worth a look: 1 {unit} in 20 gets there "
        "by luck. Outside stands out: 1 in 500. It asks a question about care; it does not answer it."
    )
    least = f"{said.settings['least_clinics']:.0f}"
    if units < said.settings["least_clinics"]:
        spread = f"Too few {unit}s to allow for ordinary spread between them ({units} of the {least} needed)."
    elif said.tau2 > 0:
        spread = f"Limits are widened for the ordinary spread between {unit}s."
    else:
        spread = f"There is no more spread between {unit}s than luck gives."
    views = MEASURES * SETS * len(words.VISITS)
    lit, out = LOOK * units * views / 2, ALARM * units * views / 2
    luck = (
        f"For {unit}s this page offers {views} views; as measured and like with like are two looks at one. Luck alone "
        f"makes about {lit:.0f} of their {units * views // 2:,} points worth a look"
        + (f" and {out:.0f} stand out." if round(out) else ", and hardly one stand out.")
    )
    more = [f"No surgeon is recorded for {words.counted(said.unnamed, 'answer')}: left out."] if said.unnamed else []
    return (first, spread, luck, *more)


def point(one: Point, measure: Measure, most: float, is_adjusted: bool) -> str:
    """One unit's figure with its denominator, and what it comes to."""
    if one.state == "empty":
        return f"{one.name}: no answers"
    if one.is_hidden or one.answered is None:
        few = words.HIDDEN.format(most + 1) if one.answered is None else f"hidden, of {one.answered:,}"
        said = f"{one.name}: {few}"
    elif measure.is_share:
        said = f"{one.name}: {words.percent(one.raw or 0)}, {one.count:,} of {one.answered:,}"
        if is_adjusted and one.value is not None and one.raw is not None:
            raw = f"{words.percent(one.raw)}, {one.count:,} of {one.answered:,}"
            said = f"{one.name}: {words.percent(one.value)} like with like ({raw})"
    else:
        alike = f" like with like ({one.raw:.1f})" if is_adjusted and one.raw is not None else ""
        said = f"{one.name}: {one.value:.1f}{alike}, {words.counted(one.answered, 'answer')}"
    due = ""
    if one.due and one.received:
        due = f", {words.percent(one.received / one.due)} of {one.due:,} due answered"
    told = {
        "thin": "too few answers, not judged", "look": f"{side(one, measure)}: worth a look",
        "stands_out": f"{side(one, measure)}: stands out", "as_expected": "as expected",
    }[one.state]  # fmt: skip
    return f"{said}{due}; {told}"


def side(one: Point, measure: Measure) -> str:
    """On which side of the line, in words; neither is said to be worse."""
    return {"above": measure.more, "below": measure.fewer}.get(one.side, "")


def _named(points: list[Point], measure: Measure) -> str:
    return words.listed([f"{one.name} ({side(one, measure)})" for one in points])


def _names(points: list[Point]) -> str:
    return words.listed([one.name for one in points])
