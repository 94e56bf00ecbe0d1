"""What the Clinics page may know: counts for all its roles; people only for those who may list them.

Each function guards itself, also against a day so near another that single patients could be told. What is worked out
is kept until the store changes, for whoever may see the same clinics.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pandas as pd

from plumbline.clinics import case_mix, words
from plumbline.clinics.completeness import completeness
from plumbline.clinics.fractures import fractures
from plumbline.clinics.funnel import SETS, judged
from plumbline.clinics.funnel import funnel as made_funnel
from plumbline.clinics.model import Cell, Control, Funnel, Measure, Rate, View, Waited, Week
from plumbline.clinics.monthly import control as made_control
from plumbline.clinics.waits import waits as made_waits
from plumbline.clinics.weeks import drawn
from plumbline.web.counted_days import check
from plumbline.web.ui import Context, require

VIEW = "view_clinics"
LIST = "view_cohort_list"
INSTRUMENT = "nrs_back"
MOST = 5000
FRACTURE = "fracture"
COUNTED = {"able": "improved", "received": "received", "paired": "worse"}


@dataclass(frozen=True)
class Behind:
    """Whose visits are behind a mark: of a visit, a clinic or surgeon, a month; which of them are counted."""

    visit: str
    counted: str  # due, received, improved, worse; fracture: of no visit
    clinic_id: str | None = None
    surgeon: str | None = None
    month: str | None = None


def settings(ctx: Context) -> dict[str, float]:
    """The numbers that clinics are judged by, by name."""
    return {row["name"]: row["value"] for row in ctx.arrow("compare/value_by_name").to_pylist()}


def measures(ctx: Context) -> dict[str, Measure]:
    """What can be looked at, in words."""
    return words.measures(ctx.arrow("compare/instrument_of_question", instrument=INSTRUMENT).to_pylist()[0])


def counts(ctx: Context) -> pd.DataFrame:
    """By clinic, surgeon, month and visit: due, answered and how they did; no person."""
    check(ctx, VIEW)
    return ctx.ask("clinics/count_by_month", as_of=ctx.as_of, episode_id=None)


def _cases(ctx: Context, visit: str) -> pd.DataFrame:
    return ctx.ask("clinics/outcome_by_episode", as_of=ctx.as_of, episode_id=None, visit=visit)


def funnel(ctx: Context, view: View) -> Funnel:
    """Clinics or surgeons against what luck allows."""
    check(ctx, VIEW)

    def make() -> Funnel:
        given, measure, all_ = settings(ctx), measures(ctx)[view.measure], counts(ctx)
        if not view.is_adjusted:
            return made_funnel(all_, view, measure, given)
        cases = _cases(ctx, view.visit)
        cases = cases[cases[SETS[view.by]].isin(judged(all_, view, measure, given))]
        covariates = ctx.arrow("compare/covariate_by_turn").to_pylist()
        expected = case_mix.expect(cases, view.measure, covariates, given)
        return made_funnel(all_, view, measure, given, cases, expected)

    return ctx.made("clinics/funnel", make, as_of=ctx.as_of, **_plain(view))


def control(ctx: Context, view: View, unit: str, name: str) -> Control:
    """One clinic or surgeon month by month; all of them together where `unit` is empty."""
    check(ctx, VIEW)

    def make() -> Control:
        who = (unit, name) if unit else None
        return made_control(counts(ctx), _cases(ctx, view.visit), view, measures(ctx)[view.measure], settings(ctx), who)

    return ctx.made("clinics/control", make, as_of=ctx.as_of, unit=unit, name=name, **_plain(view))


def _plain(view: View) -> dict[str, Any]:
    return {"measure": view.measure, "by": view.by, "visit": view.visit, "is_adjusted": view.is_adjusted}


def cells(ctx: Context) -> tuple[Cell, ...]:
    """Who answered, of those due, by clinic and visit."""
    check(ctx, VIEW)
    return ctx.made("clinics/cells", lambda: completeness(counts(ctx), settings(ctx)), as_of=ctx.as_of)


def rates(ctx: Context) -> tuple[Rate, ...]:
    """New fractures by clinic; all clinics together first."""
    check(ctx, VIEW)
    courses = ctx.ask("clinics/fracture_by_episode", as_of=ctx.as_of)
    return ctx.made("clinics/rates", lambda: fractures(courses, settings(ctx)), as_of=ctx.as_of)


def waits(ctx: Context) -> tuple[Waited, ...]:
    """How long the flags of the last year waited, by clinic. The kept flags must be up to date."""
    check(ctx, VIEW)
    given = settings(ctx)
    first = ctx.as_of - timedelta(days=int(given["flag_period_days"]) - 1)
    flags = ctx.ask("clinics/wait_by_flag", as_of=ctx.as_of, episode_id=None, from_on=first, clinic_id=None)
    return ctx.made("clinics/waits", lambda: made_waits(flags, given), as_of=ctx.as_of)


def weeks(ctx: Context, clinic_id: str, name: str) -> tuple[Week, ...]:
    """Back pain by week after the procedure, of all clinics and of one; as of today, whatever day is looked at."""
    check(ctx, VIEW)
    everybody = ctx.ask("cube/quartile_by_week", clinic_id=None, instrument=INSTRUMENT)
    one = ctx.ask("cube/quartile_by_week", clinic_id=clinic_id, instrument=INSTRUMENT) if clinic_id else None
    given = settings(ctx)
    return drawn(everybody, one, name, int(given["last_week"]), int(given["least_at_risk"]))


def behind(ctx: Context, mark: Behind) -> pd.DataFrame:
    """The patients behind a mark, as many as it counts; `visits` counts them all where the list is cut."""
    require(ctx, LIST)
    if mark.counted == FRACTURE:
        return ctx.ask("clinics/patient_of_fracture", as_of=ctx.as_of, clinic_id=mark.clinic_id, most=MOST)
    month = pd.Timestamp(mark.month).date() if mark.month else None
    return ctx.ask(
        "clinics/patient_behind",
        as_of=ctx.as_of, episode_id=None, visit=mark.visit, counted=mark.counted, clinic_id=mark.clinic_id,
        surgeon=mark.surgeon, month_on=month, most=MOST,
    )  # fmt: skip
