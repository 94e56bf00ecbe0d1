"""One clinic, one surgeon or all of them over time: has the figure changed, or does it vary as it always did?

By month of the procedure, so that a change shows where the patients were treated. A share has a p chart; where a usual
month is too small for that, a g chart of the answers between two patients who did (or didn't) do well; a mean score an
XmR chart. Source: statistics 4. Limits and signals by `plumbline.stats.control_chart`: the one-point rule and the run.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd

from plumbline.clinics import hidden, words
from plumbline.clinics.funnel import SETS
from plumbline.clinics.model import Control, Measure, Month, View
from plumbline.cohorts import small
from plumbline.stats import control_chart

SIGNALS = {"point": "outside", "run": "run", "": ""}
LONGER, SHORTER = "longer between", "shorter between"
_HALF = 0.5


def control(
    counts: pd.DataFrame, cases: pd.DataFrame, view: View, measure: Measure, settings: Mapping[str, float],
    unit: tuple[str, str] | None = None,
) -> Control:  # fmt: skip
    """The control chart of a view, as measured.

    `counts`: rows of clinics/count_by_month; `cases`: rows of clinics/outcome_by_episode of the visit, in the order of
    the procedures; `unit`: the clinic or surgeon and its name, None for all together.
    """
    at = counts[counts["visit"] == view.visit]
    who = cases
    if unit is not None:
        at, who = at[at[SETS[view.by]] == unit[0]], cases[cases[SETS[view.by]] == unit[0]]
    name = unit[1] if unit else "All together"
    months = _by_month(at, measure)
    closed = months[~months["is_open"] & (months["n"] > 0)]
    first = closed.head(int(settings["baseline_months"]))
    if not measure.is_share:
        return _xmr(months, measure, name, settings)
    if first["n"].sum() and _is_rare(first, settings):
        return _g(who, measure, name, settings)
    return _p(months, measure, name, settings)


def _by_month(at: pd.DataFrame, measure: Measure) -> pd.DataFrame:
    """A row a month from the first to the last: n who can be counted, observed, whether its windows are open."""
    observed = measure.measure if measure.is_share else "total"
    found = at.groupby("month_on").agg(
        n=(measure.counted, "sum"), observed=(observed, "sum"), is_open=("is_month_open", "any")
    )  # fmt: skip
    if found.empty:
        return found.assign(n=pd.Series(dtype=int), is_open=pd.Series(dtype=bool))
    every = pd.date_range(found.index.min(), found.index.max(), freq="MS")
    whole = found.reindex(every)
    is_open = whole["is_open"].astype("boolean").ffill().fillna(False).astype(bool)
    return whole.assign(n=whole["n"].fillna(0).astype(int), observed=whole["observed"].fillna(0), is_open=is_open)


def _is_rare(first: pd.DataFrame, settings: Mapping[str, float]) -> bool:
    """A usual month of the baseline has too few for a p chart. Source: statistics 4, n times p at least five."""
    share = first["observed"].sum() / first["n"].sum()
    return bool(first["n"].mean() * share < settings["least_expected"])


def _charted(months: pd.DataFrame, kind: str, observed: pd.Series) -> pd.DataFrame:
    frame = pd.DataFrame({"month": months.index, "n": months["n"].to_numpy(), "observed": observed.to_numpy(),
                          "closed": ~months["is_open"].to_numpy()})  # fmt: skip
    n = "n" if kind != "g" else None
    return control_chart(frame, kind, "month", "observed", n, "closed")  # type: ignore[arg-type]


def _p(months: pd.DataFrame, measure: Measure, name: str, settings: Mapping[str, float]) -> Control:
    chart = _charted(months, "p", months["observed"].astype(int)) if len(months) else pd.DataFrame()
    most = int(settings["hidden_inside"])
    shut = hidden.of_shares(months["observed"], months["n"], most)
    found = []
    every = zip(chart.itertuples(), months.index, months["n"], months["observed"], shut, strict=True)
    for place, (row, on, n, counted, is_shut) in enumerate(every):
        count = int(counted)
        between = hidden.span(count, n, most) if is_shut else None
        least, top = (None, None) if between is None else (between[0] / n, between[1] / n)
        told = f"{words.percent(count / n)}, {count:,} of {n:,}" if n and not is_shut else _few(n, most)
        is_few = small.is_small(n, most)
        one = _month(row, on, place, None if is_few else n, None if is_shut or not n else count / n)
        if is_few:  # the width of its limits would give the number away
            one = replace(one, lower=None, upper=None)
        found.append(replace(one, least=least, most=top, words=_told(one, told)))
    return _said("p", _ways(measure), name, tuple(found), f"{measure.label}, by month of the procedure", settings)


def _xmr(months: pd.DataFrame, measure: Measure, name: str, settings: Mapping[str, float]) -> Control:
    means = months["observed"] / months["n"].where(months["n"] > 0)
    chart = _charted(months, "xmr", means) if len(months) else pd.DataFrame()
    most = int(settings["hidden_inside"])
    shut = hidden.of_counts(months["n"], most)
    found = []
    every = zip(chart.itertuples(), months.index, months["n"], means, shut, strict=True)
    for place, (row, on, n, mean, is_shut) in enumerate(every):
        is_known = not is_shut and n > 0
        told = f"{mean:.1f}, {words.counted(n, 'answer')}" if is_known else _few(n, most)
        one = _month(row, on, place, None if is_shut else n, float(mean) if is_known else None)
        found.append(replace(one, words=_told(one, told)))
    what = f"{measure.label}, by month of the procedure"
    return _said("xmr", _ways(measure), name, tuple(found), what, settings)


def _ways(measure: Measure) -> tuple[str, str, bool]:
    return measure.more, measure.fewer, measure.is_more_better


def _few(n: int, most: int) -> str:
    if not n:
        return "no answer"
    return words.HIDDEN.format(most + 1) if small.is_small(n, most) else f"hidden, of {n:,}"


def _g(cases: pd.DataFrame, measure: Measure, name: str, settings: Mapping[str, float]) -> Control:
    """Answers between two patients of the rarer kind, in the order of procedures; months still open are left out.

    No point says its month: how many of the rarer kind one month had may be a small number.
    """
    known = cases[cases[measure.measure].notna() & ~cases["is_month_open"].astype(bool)]
    did = known[measure.measure].to_numpy(dtype=float) > _HALF
    is_rare = bool(did.mean() <= _HALF) if len(did) else True
    at = np.flatnonzero(did == is_rare)
    rare = f"{'' if is_rare else 'not '}{measure.label.lower()}"
    is_good = is_rare == measure.is_more_better  # the rarer of the two is the better: the closer the better
    what = f"Answers between two patients who were {rare}"
    if not len(at) or small.is_small(len(at), int(settings["hidden_inside"])):
        many = "none" if not len(at) else words.HIDDEN.format(int(settings["hidden_inside"]) + 1)
        said = f"{name}: of {words.counted(len(known), 'answer')}, {rare}: {many}. Too few to follow over time."
        return Control("g", name, what, LONGER, SHORTER, not is_good, (), said, False, False)
    gaps = np.diff(at, prepend=-1) - 1
    frame = pd.DataFrame({"turn": range(len(at)), "observed": gaps})
    chart = control_chart(frame, "g", "turn", "observed")
    found = []
    for place, row in enumerate(chart.itertuples()):
        one = _month(row, None, place, int(row.value), float(row.value))  # type: ignore[arg-type]
        found.append(replace(one, words=_told(one, f"{words.counted(int(row.value), 'answer')} since the one before")))  # type: ignore[arg-type]
    return _said("g", (LONGER, SHORTER, not is_good), name, tuple(found), what, settings)


def _month(row: object, on: object, place: int, n: int | None, value: float | None) -> Month:
    centre, lower, upper = (None if pd.isna(one) else float(one) for one in (row.centre, row.lower, row.upper))  # type: ignore[attr-defined]
    when: date | None = None if on is None else pd.Timestamp(on).date()  # type: ignore[arg-type]
    return Month(
        when, place, n, value, None, None, lower, upper, centre, SIGNALS[row.signal], not row.is_closed,  # type: ignore[attr-defined]
        bool(row.is_baseline), "",  # type: ignore[attr-defined]
    )  # fmt: skip


def _told(one: Month, said: str) -> str:
    told = {"outside": "; outside the limits", "run": "; in a run of 8 or more on one side"}.get(one.signal, "")
    return f"{_when(one, '%B %Y')}: {said}{'; follow-up still open, not judged' if one.is_open else told}"


def _when(one: Month, form: str) -> str:
    """The month; of a g chart, which never says it, the number of the patient in order."""
    return f"patient {one.place + 1}" if one.month_on is None else f"{one.month_on:{form}}"


def _said(
    kind: str, ways: tuple[str, str, bool], name: str, months: tuple[Month, ...], what: str,
    settings: Mapping[str, float],
) -> Control:  # fmt: skip
    """The chart with its sentence: changed or not, by which rule, and what the line is made of."""
    closed = [one for one in months if not one.is_open and one.centre is not None]
    first = [one for one in months if one.is_baseline]
    if not first:
        least = f"{settings['provisional_months']:.0f}"
        word = "patients" if kind == "g" else "months whose follow-up has closed"
        said = f"{name}: fewer than {least} {word}: too few for a line and limits."
        return Control(kind, name, what, *ways, months, said, False, False)
    outside, runs = ([one for one in closed if one.signal == rule] for rule in ("outside", "run"))
    parts = []
    if runs:
        higher = any(one.value is not None and one.centre is not None and one.value > one.centre for one in runs)
        which = "above" if higher else "below"
        parts.append(f"8 or more in a row {which} the line by {_when(runs[0], '%b %Y')} (when it began is less sure)")
    if outside:
        parts.append(f"{words.counted(len(outside), 'month' if kind != 'g' else 'patient')} outside the limits")
    changed = f"{name}: changed. {'; '.join(parts)}." if parts else f"{name}: no sign of a change."
    is_new = len(first) < settings["baseline_months"]
    made = "patients" if kind == "g" else "closed months"
    line = f"Line and limits (3 sigma) from the first {len(first)} {made}{': provisional' if is_new else ''}."
    return Control(kind, name, what, *ways, months, f"{changed} {line}", is_new, True)
