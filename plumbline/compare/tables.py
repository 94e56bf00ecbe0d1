"""A comparison as tables: what the charts show, in words and numbers, for a report, a file and a screen reader.

Each cell is text; what is hidden is said so in the words of its row, and no table has a number that the comparison
doesn't.
"""

from __future__ import annotations

from dataclasses import dataclass

from plumbline.charts.compare_curve import counted, share
from plumbline.charts.compare_difference import raw_words
from plumbline.charts.compare_milestone import day_words
from plumbline.compare.model import Comparison, Difference

_LEAST_P = 0.001


@dataclass(frozen=True)
class Table:
    """One table: its title, its columns, its rows, and what to read it by."""

    name: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


def tables(found: Comparison) -> tuple[Table, ...]:
    """Every table of a comparison, in the order of the page."""
    made = (
        curve(found), shares(found), looked(found), milestones(found), tipping(found), answered(found), units(found),
        balance(found), nonresponse(found),
    )  # fmt: skip
    return tuple(one for one in made if one.rows)


CSV = {"table": "Table", "row": "Row", "column": "Column", "value": "Value"}
"""The columns of all tables as one file."""


def as_rows(found: Comparison) -> list[dict[str, object]]:
    """Every cell of every table as one row of a file: table, row, column and value."""
    return [
        {"table": one.title, "row": number, "column": column or "What", "value": cell}
        for one in tables(found)
        for number, row in enumerate(one.rows, start=1)
        for column, cell in zip(one.columns, row, strict=True)
    ]


def p_words(p: float | None) -> str:
    """A p value: three decimals, or that it is less; a dash where there is none."""
    if p is None:
        return "–"
    return f"<{_LEAST_P}" if p < _LEAST_P else f"{p:.3f}"


def _names(found: Comparison) -> dict[str, str]:
    return {group.key: group.name for group in found.groups}


def _number(value: float | None, found: Comparison) -> str:
    return "–" if value is None else f"{round(value, found.question.decimals) + 0.0:.{found.question.decimals}f}"


def curve(found: Comparison) -> Table:
    """Mean with its interval, quartiles, and how many answered, for each group and visit."""
    names = _names(found)

    rows = tuple(
        (
            names[one.group], one.visit_label, _number(one.mean, found),
            "–" if one.lower is None else f"{_number(one.lower, found)} to {_number(one.upper, found)}",
            _number(one.median, found),
            "–" if one.q25 is None else f"{_number(one.q25, found)} to {_number(one.q75, found)}",
            counted(one.answered), counted(one.due), share(one.answered, one.due, one.is_thin),
        )
        for one in found.curve
    )  # fmt: skip
    columns = ("Group", "Visit", "Average", "95% interval", "Median", "Middle half", "Answered", "Due", "Of those due")
    return Table("curve", f"{found.question.label} after the procedure", columns, rows,
                 "“!”: too few of those due answered to compare.")  # fmt: skip


def shares(found: Comparison) -> Table:
    """How many did well or badly, with the three denominators."""
    names = _names(found)
    rows = tuple(
        (
            one.label, names[one.group], one.words, _span(one.lower, one.upper), _span(one.worst, one.best),
            counted(one.measured), counted(one.due), counted(one.eligible),
        )
        for one in found.shares
    )  # fmt: skip
    columns = ("", "Group", "Share", "95% interval", "Worst to best case", "Measured", "Due", "Able to be counted")
    return Table("shares", f"How many did well at {found.question.visit_label}?", columns, rows,
                 "Worst to best case: if every missing answer were bad, or good.")  # fmt: skip


def _span(low: float | None, high: float | None) -> str:
    return "–" if low is None or high is None else f"{100 * low:.0f}% to {100 * high:.0f}%"


def looked(found: Comparison) -> Table:
    """Everything that was looked at, adjusted and as measured, each p beside the one that counts all of them."""
    names, several = _names(found), len(found.groups) > 2
    rows = tuple(
        (
            one.label + (" (main)" if one.is_main else ""), *((names[one.other],) if several else ()), one.words,
            p_words(one.p), p_words(one.p_counted), _raw(one, found), "–" if one.estimate is None else counted(one.n),
        )
        for one in found.differences
    )  # fmt: skip
    columns = ("Looked at", *(("Against",) if several else ()), "Difference (95% interval)", "p", "p, counting all",
               "As measured", "Answers")  # fmt: skip
    return Table("looked", "Everything looked at", columns, rows, found.looked)


def _raw(one: Difference, found: Comparison) -> str:
    if one.raw_estimate is None:
        return "–"
    if one.kind == "share":
        value = 100 * one.raw_estimate
        return f"{abs(value):.0f} of 100 {'more' if value > 0 else 'less'}"
    return raw_words(one.raw_estimate, one.raw_lower, one.raw_upper, found.question.decimals)


def milestones(found: Comparison) -> Table:
    """When half and 8 in 10 have reached the milestone, and how many are still waiting on each day under the chart."""
    names = _names(found)
    days = sorted({day for one in found.reached for day, _ in one.waiting})
    rows = tuple(
        (
            names[one.group], one.words, _day(one.median_day), _day(one.p80_day),
            *(counted(dict(one.waiting).get(day)) if day in dict(one.waiting) else "–" for day in days),
        )
        for one in found.reached
    )  # fmt: skip
    label = found.reached[0].label if found.reached else "Milestone"
    columns = ("Group", "In words", "Half by day", "8 in 10 by day", *(f"Waiting, {day_words(day)}" for day in days))
    return Table("milestones", f"{label}: how many, by when?", columns, rows,
                 "Death and re-operation counted apart.")  # fmt: skip


def _day(day: float | None) -> str:
    return "–" if day is None else f"{day:.0f}"


def tipping(found: Comparison) -> Table:
    """What the difference would be if the missing answers were so much worse or better than expected."""
    rows = tuple(
        (
            f"{tip.shift:+.6g}".replace("-", "−") if tip.shift else "0",
            raw_words(tip.estimate, tip.lower, tip.upper, found.question.decimals),
        )
        for tip in found.missing.line
    )
    columns = (f"Missing worse (+) or better (−), {found.question.unit or 'points'}", "Difference (95% interval)")
    return Table("tipping", "Would the missing answers change it?", columns, rows, found.missing.words)


def answered(found: Comparison) -> Table:
    """Received of those due, visit by visit."""
    names = _names(found)
    rows = tuple(
        (names[one.group], one.visit_label, one.words, _span(one.lower, one.upper)) for one in found.answered
    )
    return Table("answered", "Who answered, of those due?", ("Group", "Visit", "Received of due", "95% interval"), rows,
                 "Due: alive, still taking part, visit window closed.")  # fmt: skip


def units(found: Comparison) -> Table:
    """Received of those due by clinic and by surgeon, in the order of their names: nobody is ranked."""
    names = _names(found)
    visits = {one.visit: one.visit_label for one in found.answered}
    told = [one for one in found.units if one.visit in visits]
    cells = {(one.by, one.name, one.group, one.visit): one.words + (" !" if one.is_thin else "") for one in told}
    lines = sorted({key[:3] for key in cells})
    seen = [visit for visit in visits if any(one.visit == visit for one in told)]
    rows = tuple(
        (by.capitalize(), name, names[group], *(cells.get((by, name, group, visit), "–") for visit in seen))
        for by, name, group in lines
    )
    columns = ("By", "Name", "Group", *(visits[visit] for visit in seen))
    return Table("units", "Answered of due, by clinic and surgeon", columns, rows, "“!”: too few to compare.")


def balance(found: Comparison) -> Table:
    """How alike the groups were before."""
    names = _names(found)
    rows = tuple(
        (("■ " if one.is_apart else "") + one.label, f"{found.groups[0].name} v {names[one.other]}", one.words,
         "–" if one.difference is None else f"{one.difference:+.2f}",
         f"{counted(one.first_n)} v {counted(one.second_n)}")
        for one in found.balance
    )  # fmt: skip
    return Table("balance", "Alike at the start?", ("Before", "Groups", "Values", "Difference, SD", "Known of"), rows,
                 "■: differs enough to be marked.")  # fmt: skip


def nonresponse(found: Comparison) -> Table:
    """Who answered against who didn't, by what was known before, a column a group."""
    names = _names(found)
    cells = {(one.covariate, one.group): one for one in found.nonresponse}
    labels = {one.covariate: one.label for one in found.nonresponse}
    groups = [key for key in names if any(one.group == key for one in found.nonresponse)]

    def cell(covariate: str, group: str) -> str:
        one = cells.get((covariate, group))
        if one is None:
            return "–"
        return one.words + ("" if one.difference is None else f" ({one.difference:+.2f} SD)")

    rows = tuple((label, *(cell(code, group) for group in groups)) for code, label in labels.items())
    columns = ("Before", *(f"{names[group]}: answered v didn't" for group in groups))
    return Table("nonresponse", f"Who answered at {found.question.visit_label}, and who didn't?", columns, rows)
