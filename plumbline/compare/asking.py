"""What a comparison is asked: which cohorts, by which instrument, at which visit, as of which day."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pandas as pd

from plumbline import sql
from plumbline.compare.model import Question
from plumbline.errors import NotFound, PlumblineError
from plumbline.visits import visit_words

KEYS = ("a", "b", "c", "d")
_UNIT = r"(?P<unit>day|week|wk|month|mth|mo|year|yr|d|w|m|y)s?"
_SIGNED = re.compile(r"(^|\s)[-+\N{MINUS SIGN}\N{EN DASH}]\s*\d")  # "-6 weeks" is before the procedure, "6-week" isn't
_VISIT = [re.compile(rf"{_UNIT} ?(?P<count>\w+)"), re.compile(rf"(?P<count>\d+|[a-z]+ ) ?{_UNIT}")]
_COUNTS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_FULL = {"d": "day", "w": "week", "m": "month", "y": "year"}
_MONTHS_A_YEAR = 12


@dataclass(frozen=True)
class Chosen:
    """One cohort of a comparison: its name, what is in it and what defines it.

    `members`: a frame with an `episode_id` a row, such as `plumbline.cohorts.episodes` gives. `filters`: each filter of
    its definition with its value; what two cohorts have differently is not adjusted for.
    """

    name: str
    members: pd.DataFrame
    said: str = "no filters"
    digest: str = ""
    version: int | None = None
    filters: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True)
class Ask:
    """The main question, set before looking. `clinics`: those that may be seen; None for all."""

    as_of: date
    instrument: str = "nrs_back"
    visit: str = "month_3"
    milestone: str = "light_tasks"
    known_at: datetime | None = None
    clinics: tuple[str, ...] | None = None


def two_to_four(chosen: Sequence[Chosen]) -> None:
    """Raises PlumblineError unless two to four cohorts are given."""
    if not 2 <= len(chosen) <= len(KEYS):
        more = ": name another one, or `others` for all others" if len(chosen) == 1 else ""
        raise PlumblineError(f"A comparison is of 2 to {len(KEYS)} cohorts, not of {len(chosen)}{more}.")


def visit_of(said: str, visits: Sequence[str], planned: Mapping[int, str] | None = None) -> str:
    """The visit that people mean by "month 3", "3 months", "three months", "month_3", "3mo" or, with `planned` (the
    visit of each planned day), "day 90". Raises NotFound.
    """
    word = re.sub(r"[\s_-]+", " ", said.lower().strip().removesuffix(".")).strip()
    if word in {"before", "baseline"}:
        return "baseline"
    found = next((told for told in (one.fullmatch(word) for one in _VISIT) if told), None)
    if found and not _SIGNED.search(said.lower()):
        unit, count = _FULL[found["unit"][0]], _count(found["count"].strip())
        unit, count = ("month", _MONTHS_A_YEAR * count) if unit == "year" else (unit, count)
        visit = (planned or {}).get(count, "") if unit == "day" else ""
        if (visit := visit or f"{unit}_{count}") in visits:
            return visit
    told = ", ".join(visit.replace("_", " ") for visit in visits if visit != "baseline")
    raise NotFound(f"There is no visit {said.strip()[:40]!r}. Visits are: {told}.")


def _count(said: str) -> int:
    """A number in figures or, to twelve, in letters; 0 for anything else."""
    if said.isdecimal():
        return int(said)
    return _COUNTS.index(said) + 1 if said in _COUNTS else 0


def values(cursor: Any) -> dict[str, float]:
    """The settings of a comparison by name, with `thin_share`."""
    return {row["name"]: row["value"] for row in sql.rows(cursor, "compare/value_by_name")}


@dataclass(frozen=True)
class Stop:
    """A planned visit: `place` 0 is the baseline; the window counts in days from the procedure."""

    visit: str
    label: str  # as people say it: "3 months"
    place: int
    target_day: int
    from_day: int
    to_day: int


def visits(cursor: Any) -> tuple[Stop, ...]:
    """The planned visits in order of place."""
    rows = sql.rows(cursor, "compare/visit_by_place")
    return tuple(Stop(**{**row, "label": visit_words(row["visit"], row["label"])}) for row in rows)


def instrument(cursor: Any, name: str) -> dict[str, Any]:
    """The row of `compare/instrument_of_question`. Raises NotFound."""
    found = sql.rows(cursor, "compare/instrument_of_question", instrument=name)
    if not found:
        known = ", ".join(row["instrument"] for row in sql.rows(cursor, "expected/instrument_by_order"))
        raise NotFound(f"There is no instrument called that. Instruments are: {known}.")
    return found[0]


def question(ask: Ask, of: dict[str, Any], stops: Sequence[Stop], settings: dict[str, float]) -> Question:
    """The question with its words and margins. Raises NotFound where there is no such visit after the procedure."""
    later = {stop.visit: stop for stop in stops if stop.place > 0}
    if ask.visit not in later:
        told = ", ".join(visit.replace("_", " ") for visit in later)
        raise NotFound(f"A comparison looks at a visit after the procedure. Visits are: {told}.")
    stop, mic = later[ask.visit], of["mic_points"]
    return Question(
        ask.instrument,
        of["short_label"],
        {"index": "", "T-score": "points", "%": "points"}.get(of["unit"], of["unit"]),
        2 if of["unit"] in ("index", "m/s") else 1,
        bool(of["is_lower_better"]),
        of["minimum"],
        of["maximum"],
        of["best_words"],
        of["worst_words"],
        ask.visit,
        stop.label,
        stop.from_day,
        stop.to_day,
        ask.milestone,
        ask.as_of,
        ask.known_at,
        None if mic is None else mic * settings["margin_of_mic"],
        None if mic is None else mic * settings["tipping_of_mic"],
    )
