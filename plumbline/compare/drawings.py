"""A comparison as charts: for each its data, its specification, its words for who can't see it, and what to read it by.

The page and the report draw these, so that both show the same; everything is in the comparison, and what is hidden
there can't be in a chart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from plumbline.charts import (
    compare_answered,
    compare_balance,
    compare_curve,
    compare_difference,
    compare_milestone,
    compare_shares,
    compare_tipping,
)
from plumbline.charts.compare_base import SIGNS, Record, scaled, visit_words
from plumbline.compare.model import Comparison, Difference
from plumbline.compare.words import against_expected, limit

_THIN = "Hollow, and red “!”: too few of those due answered to compare."
_NOTHING = "Nothing to draw: too few answers."
_PAIR = 2
_ALT = 1500  # letters of a chart's words: the tables have all of it


@dataclass(frozen=True)
class Limits:
    """What is marked in charts, from the rules as rows: the share of answers aimed for and the least that is compared,
    both 0 to 1, and the standardised difference above which groups are apart."""

    aim: float
    least: float
    apart: float


@dataclass(frozen=True)
class Drawing:
    """One chart. `rows`: plain records; `spec`: Vega-Lite without data, shared, never to be changed. `caption`: what to
    read it by; of one without rows, why."""

    name: str
    title: str
    rows: tuple[Record, ...]
    spec: dict[str, Any]
    alt: str
    caption: str

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not self.rows


def drawings(found: Comparison, limits: Limits, theme: str, *, spread: bool = False) -> dict[str, Drawing]:
    """Every chart of a comparison by its name, in a theme ('light' or 'dark'). `spread`: median and quartiles."""
    made = [
        _curve(found, theme, spread=spread),
        _shares(found, theme),
        _difference(found, theme),
        _milestone(found, theme),
        _tipping(found, theme),
        _answered(found, limits, theme),
        *(_balance(found, limits, theme, group.key) for group in found.groups[1:]),
    ]
    return {one.name: one for one in made}


def _records(rows: Sequence[Any]) -> list[Record]:
    return [asdict(row) for row in rows]


def _placed(found: Comparison, rows: Sequence[Any]) -> list[Record]:
    """Records at visits, each at its turn among those that are drawn: an outcome may not be asked at every visit."""
    turns = {place: turn for turn, place in enumerate(sorted({point.place for point in found.curve}))}
    return [row | {"place": turns[row["place"]]} for row in _records(rows) if row["place"] in turns]


def _alt(title: str, said: Sequence[str]) -> str:
    text = f"{title}. " + "; ".join(said)
    return text if len(text) <= _ALT else text[: _ALT - 1] + "…"


def names(found: Comparison) -> str:
    """The groups with their signs: the legend in words."""
    return " ".join(f"{SIGNS[group.key]} {group.name}" for group in found.groups)


def _visits(found: Comparison) -> list[tuple[int, str]]:
    told = {(one["place"], visit_words(one["visit"], one["visit_label"])) for one in _placed(found, found.curve)}
    return sorted(told)


def _curve(found: Comparison, theme: str, *, spread: bool) -> Drawing:
    asked = found.question
    title = f"{asked.label} after the procedure"
    points = [point for point in found.curve if point.mean is not None]
    if not points:
        return Drawing("curve", title, (), {}, f"{title}: {_NOTHING}", _NOTHING)
    names = ("q25", "median", "q75") if spread else ("lower", "upper", "mean")
    shown = [getattr(one, name) for one in points for name in names]
    shown += [value for band in found.band for value in (band.low, band.high)] + [one.mean for one in found.published]
    low, high = scaled(shown, asked.minimum, asked.maximum)
    top, bottom = (low, high) if asked.is_lower_better else (high, low)
    ends = asked.minimum, asked.maximum
    rows = compare_curve.rows(
        _records(found.groups), _placed(found, found.curve), _placed(found, found.band),
        _placed(found, found.published), spread=spread,
    )  # fmt: skip
    spec = compare_curve.curve(
        theme, len(found.groups), len(_visits(found)), low, high, asked.is_lower_better,
        (top, asked.best_words if top in ends else "better"),
        (bottom, asked.worst_words if bottom in ends else "worse"),
    )  # fmt: skip
    lines = "Lines: the middle patient, with the middle half." if spread else "Lines: average, with 95% interval."
    behind = "Grey: middle half expected." if found.band else "No expected range is published for this outcome."
    studies = ", ".join(dict.fromkeys(one.study.partition(",")[0] for one in found.published))
    is_whole = (low, high) == ends
    caption = " ".join(
        [lines, behind, *filter(None, [against_expected(found)]), *([f"✚ averages of {studies}."] if studies else []),
         "Visits are evenly spaced, not to scale.",
         *([] if is_whole else [f"Drawn from {low:g} to {high:g}, not the whole scale."]),
         *([_THIN] if any(one.is_thin for one in points) else [])]
    )  # fmt: skip
    said = [f"{_name(found, one.group)}, {one.words}" for one in points]
    return Drawing("curve", title, tuple(rows), spec, _alt(f"{title}, up is better", said), caption)


def _name(found: Comparison, key: str) -> str:
    return next(group.name for group in found.groups if group.key == key)


def _shares(found: Comparison, theme: str) -> Drawing:
    title = f"How many did well at {found.question.visit_label}?"
    if not found.shares:
        why = "No change that matters is published for this outcome, so nobody is counted as improved."
        return Drawing("shares", title, (), {}, f"{title} {why}", why)
    rows = compare_shares.rows(_records(found.groups), _records(found.shares))
    kinds = len({share.kind for share in found.shares})
    spec = compare_shares.shares(
        theme, len(found.groups), kinds, has_marks=any(row["part"] == "share" for row in rows)
    )
    caption = f"{names(found)}. Thick bar: 95% interval. Thin bracket: if every missing answer were bad, or good."
    said = [f"{share.label}, {_name(found, share.group)}: {share.words}" for share in found.shares]
    return Drawing("shares", title, tuple(rows), spec, _alt(title, said), caption)


def _of_visits(found: Comparison) -> list[Difference]:
    return [one for one in found.differences if one.kind == "visit"]


def _difference(found: Comparison, theme: str) -> Drawing:
    asked, first = found.question, found.groups[0].name
    title = "The difference, visit by visit"
    drawn = [one for one in _of_visits(found) if one.estimate is not None]
    if not drawn:
        return Drawing("difference", title, (), {}, f"{title}: {_NOTHING}", _NOTHING)
    ends = [value for one in drawn for value in (one.lower, one.upper, one.raw_lower, one.raw_upper, one.estimate)]
    sign = -1 if asked.is_lower_better else 1
    axis = compare_difference.reach([sign * value for value in ends if value is not None], asked.margin)
    others = len({one.other for one in drawn})
    spec = compare_difference.difference(
        theme, len(_visits(found)), *axis, asked.margin or 0.0, asked.is_lower_better, others
    )
    rows = compare_difference.rows(
        first, _placed(found, _of_visits(found)), _visits(found), is_lower_better=asked.is_lower_better,
        decimals=asked.decimals,
    )
    against = found.groups[1].name if others == 1 else "each other group, by its shape"
    alike = "comparing like with like"
    marks = f"■ {alike}, ○ as measured" if others == 1 else f"Filled: {alike}; hollow: as measured"
    small = "" if asked.margin is None else f" Grey: under {limit(asked.margin, asked)}, too small to act on."
    caption = f"{first} against {against}. {marks}; both with 95% interval.{small}"
    said = [f"{one.label}, against {_name(found, one.other)}: {one.words}" for one in drawn]
    return Drawing("difference", title, tuple(rows), spec, _alt(f"{title}, up is better for {first}", said), caption)


def _milestone(found: Comparison, theme: str) -> Drawing:
    reached = _records(found.reached)
    label = found.reached[0].label if found.reached else "Milestone"
    title = f"{label}: how many, by when?"
    if not any(one.steps for one in found.reached):
        return Drawing("milestone", title, (), {}, f"{title} {_NOTHING}", _NOTHING)
    rows = compare_milestone.rows(_records(found.groups), reached)
    spec = compare_milestone.milestone(theme, len(found.reached), compare_milestone.last_day(reached))
    said = [one.words for one in found.reached]
    caption = (
        "; ".join(said) + ". Share who have reached it, with 95% band; death and re-operation counted apart. "
        "Stops where too few are left, or too few reached it since. Early days stretched."
    )
    return Drawing("milestone", title, tuple(rows), spec, _alt(title, said), caption)


def _tipping(found: Comparison, theme: str) -> Drawing:
    asked, missing = found.question, found.missing
    title = "Would the missing answers change it?"
    rows = compare_tipping.rows(asdict(missing), is_lower_better=asked.is_lower_better)
    if not rows:
        return Drawing("tipping", title, (), {}, f"{title} {missing.words}", _NOTHING)
    ends = [value for tip in missing.line for value in (tip.lower, tip.upper)]
    sign = -1 if asked.is_lower_better else 1
    axis = compare_difference.reach([sign * value for value in ends], asked.margin)
    shifts = [tip.shift for tip in missing.line]
    said = f"{asked.unit or 'points'} worse (+) or better (−) than expected"
    spec = compare_tipping.tipping(
        theme, min(shifts), max(shifts), *axis, asked.tipping_margin or 0.0, asked.is_lower_better, said
    )
    near = "" if asked.tipping_margin is None else (
        f" Grey: within {asked.tipping_margin:g} {asked.unit or 'points'}; a difference that tips there hangs on the "
        "missing answers.")  # fmt: skip
    return Drawing("tipping", title, tuple(rows), spec, f"{title} {missing.words}",
                   f"The line: the difference with 95% interval, should the missing of {found.groups[0].name} be so "
                   f"much worse.{near}")  # fmt: skip


def _answered(found: Comparison, limits: Limits, theme: str) -> Drawing:
    title = "Who answered, of those due?"
    told = _placed(found, [one for one in found.answered if one.place > 0])
    if not any(one["share"] is not None for one in told):
        return Drawing("answered", title, (), {}, f"{title} {_NOTHING}", _NOTHING)
    first = min((one["place"] for one in told), default=0)
    visits = len({one["place"] for one in told})
    rows = compare_answered.rows(_records(found.groups), [{**one, "place": one["place"] - first} for one in told])
    spec = compare_answered.answered(theme, max(1, visits), compare_answered.lowest(told), limits.aim, limits.least)
    said = [f"{_name(found, one.group)}, {one.visit_label}: {one.words}" for one in found.answered if one.place > 0]
    return Drawing("answered", title, tuple(rows), spec, _alt(title, said),
                   f"{names(found)}. Due: alive, still taking part, visit window closed. 95% interval.")  # fmt: skip


def _balance(found: Comparison, limits: Limits, theme: str, other: str) -> Drawing:
    told = _records([one for one in found.balance if one.other == other])
    pair = f"{found.groups[0].name} v {_name(found, other)}"
    rows = compare_balance.rows(told)
    spec = compare_balance.balance(theme, max(1, len(told)), compare_balance.reach(told), limits.apart)
    caption = f"■ and bold: differs by more than {limits.apart:g} SD ({pair}). Grey: alike enough."
    said = [f"{one['label']} {one['words']}" for one in told]
    title = "Alike at the start?" if len(found.groups) <= _PAIR else f"Alike at the start? {pair}"
    return Drawing(f"balance_{other}", title, tuple(rows), spec, _alt(f"Alike at the start? {pair}", said), caption)
