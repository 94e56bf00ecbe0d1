"""What the Cohorts page may know: figures of groups for all its roles, people only for those who may list them.

Each function guards itself. Small numbers are hidden here, before anything is drawn, written or said: on the screen at
the level of the clinic, in what is taken along at the level of the world outside.
"""

from __future__ import annotations

import hashlib
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd
import pyarrow as pa

from plumbline import sql
from plumbline.cohorts import Definition, DefinitionError, choices, others, release, saved, small, unknown
from plumbline.compare import asking, reached
from plumbline.compare.behind import Mark, behind
from plumbline.compare.drawings import Drawing, Limits, drawings
from plumbline.compare.model import Comparison
from plumbline.errors import PlumblineError
from plumbline.known import PastStore, as_known
from plumbline.small import hidden
from plumbline.small.across import NOTHING, Hidden, across
from plumbline.web import counted_days, on_record
from plumbline.web.cohorts import worked
from plumbline.web.cohorts.asked import Asked
from plumbline.web.cohorts.worked import Cohort
from plumbline.web.ui import Context, require

VIEW, LIST, EDIT, EXPORT = "view_cohorts", "view_cohort_list", "edit_cohorts", "export_cohorts"
MOST = 5000
_WORDS = {"cause", "region"}  # filters whose labels are words, not names
OTHERS = "All others"
_DRAWING_BYTES = 600_000


@dataclass(frozen=True)
class Found:
    """A comparison as this page shows it. `mark`: of what is shown, for keys of charts: another mark, other people.

    `also`: shares that are hidden beside other comparisons.
    """

    comparison: Comparison
    limits: Limits
    mark: str
    also: Hidden = NOTHING


@dataclass(frozen=True)
class Drawn:
    """A chart with its data as a table that is quick to send."""

    drawing: Drawing
    table: pa.Table


def options(ctx: Context) -> dict[str, dict[str, str]]:
    """What there is to choose from, by filter: each code with its label; years under `year`. Raises TooFine."""
    counted_days.check(ctx, VIEW)

    def make() -> dict[str, dict[str, str]]:
        with closing(ctx.cursor) as cursor:
            frame = choices(cursor, ctx.clinics, ctx.as_of)
        frame = frame[(frame["episodes"].isna()) | (frame["episodes"] > 0)]
        found: dict[str, dict[str, str]] = {}
        for row in frame.itertuples():
            found.setdefault(str(row.filter), {})[str(row.code)] = str(row.label)
        found["year"] = found.pop("performed_on", {})
        for name in _WORDS & set(found):
            found[name] = {code: label[:1].upper() + label[1:] for code, label in found[name].items()}
        return found

    return ctx.made("cohorts/options", make, as_of=ctx.as_of)


def questions(ctx: Context) -> dict[str, dict[str, str]]:
    """The outcomes, visits and milestones that can be asked about: each code with its words."""
    require(ctx, VIEW)

    def make() -> dict[str, dict[str, str]]:
        with closing(ctx.cursor) as cursor:
            outcomes = sql.rows(cursor, "compare/outcome_by_order")
            stops = asking.visits(cursor)
            steps = reached.milestones(cursor)
        return {
            "outcome": {row["instrument"]: row["label"] for row in outcomes},
            "visit": {stop.visit: stop.label for stop in stops if stop.place > 0},
            "milestone": steps,
        }

    return ctx.made("cohorts/questions", make)


def saved_cohorts(ctx: Context) -> dict[str, saved.Saved]:
    """The newest version of each saved cohort that may be seen, by id, in the order of their names."""
    require(ctx, VIEW)

    def make() -> dict[str, saved.Saved]:
        return {one.cohort_id: one for one in saved.listed(ctx.store, ctx.clinics)}

    return ctx.made("cohorts/saved", make)


def cohorts(ctx: Context, asked: Asked) -> list[Cohort]:
    """The groups that are asked for, the first one first. Raises PlumblineError where they can't be told apart."""
    require(ctx, VIEW)
    if not asked.group:
        raise PlumblineError("Nobody has had a procedure yet: bring your patients in, and they can be compared here.")
    first = _cohort(ctx, asked, asked.group)
    if not asked.against:
        _refuse_unknown(ctx, asked, first)
        if asked.by != "saved" and len(options(ctx)[asked.by]) == 1:
            raise PlumblineError(f"There is only one {asked.by} here, so nothing to compare it with by {asked.by}.")
        try:
            rest = others(first.definition, asked.shared.filters)
        except DefinitionError as wrong:
            raise PlumblineError(str(wrong)) from wrong
        return [first, Cohort(OTHERS if asked.by == "saved" else _others(asked.by), rest)]
    found = [first, *(_cohort(ctx, asked, one) for one in asked.against)]
    _refuse_unknown(ctx, asked, *found)
    if len({one.definition.text for one in found}) < len(found):
        raise PlumblineError("A group is there twice: choose another one to compare with.")
    return found


def _refuse_unknown(ctx: Context, asked: Asked, *groups: Cohort) -> None:
    """Saved cohorts and an address may name what nobody has, now or then; what is chosen from a list is there."""
    given = [one.definition for one in groups] if asked.by == "saved" else [asked.shared]
    if not unknown.of_own(given):
        return
    now = ctx.at_present

    def make() -> unknown.Words:
        with closing(now.cursor) as cursor:
            return unknown.words(cursor, now.clinics)

    unknown.refuse(now.made("cohorts/words", make), given)


def _others(by: str) -> str:
    return {"clinic": "Other clinics", "surgeon": "Other surgeons", "year": "Other years", "cause": "Other causes",
            "region": "Other regions"}[by]  # fmt: skip


def _cohort(ctx: Context, asked: Asked, code: str) -> Cohort:
    shared = asked.shared.filters
    if asked.by == "saved":
        kept = saved_cohorts(ctx).get(code)
        if kept is None:
            raise PlumblineError("There is no such saved cohort: it may have been put away. Choose another one.")
        return Cohort(kept.name, kept.definition.narrowed(shared), kept.version if not shared else None)
    label = options(ctx).get(asked.by, {}).get(code)
    if label is None:
        raise PlumblineError(f"There is no such {asked.by} here: choose one of the list.")
    own: dict[str, Any] = {asked.by: [code]}
    if asked.by == "year":
        own = {"performed_on": {"from": f"{code}-01-01", "to": f"{code}-12-31"}}
    return Cohort(label, Definition.of({**shared, **own}))


def found(ctx: Context, asked: Asked, groups: list[Cohort]) -> Found:
    """The comparison, worked out once until the data change; small numbers hidden as inside the clinic.

    On record, and refused where it would tell of a few patients, alone or beside earlier views: raises TooSmall.
    """
    require(ctx, VIEW)
    looked(ctx, groups, release.SEEN)
    also = beside(ctx, asked, groups, release.SEEN)
    key = _key(ctx, asked, groups, also)
    return ctx.made("cohorts/found", lambda: _found(ctx, asked, groups, also), lambda _: worked.COMPARISON_BYTES, **key)


def beside(ctx: Context, asked: Asked, groups: list[Cohort], kind: str) -> Hidden:
    """The shares that are hidden beside what this account has seen (of what leaves: all have taken out) before."""
    limit = small.limits().inside if kind == release.SEEN else small.limits().outside
    definitions, who = [one.definition for one in groups], on_record.actor(ctx)
    return across(ctx.store, ctx.present, who.key, kind, definitions, worked.ask(ctx, asked), limit)


def looked(ctx: Context, groups: list[Cohort], kind: str) -> None:
    """Let these groups be shown (`seen`), or leave (`left`). Raises TooSmall, TooFine."""
    counted_days.check(ctx, VIEW)
    definitions = [one.definition for one in groups]
    past = None
    if isinstance(ctx.store, PastStore):
        again = partial(as_known, ctx.present, patients=ctx.store.patients)
        past = release.Past(ctx.store.instant, ctx.store, again)
    release.look(ctx.present, on_record.actor(ctx), definitions, ctx.as_of, clinics=ctx.clinics, kind=kind, past=past)


def _key(ctx: Context, asked: Asked, groups: list[Cohort], also: Hidden) -> dict[str, Any]:
    return {**worked.key(ctx, asked, groups), "also": tuple(sorted(map(" ".join, also)))}


def _found(ctx: Context, asked: Asked, groups: list[Cohort], also: Hidden) -> Found:
    known = whole(ctx, asked, groups)
    with closing(ctx.cursor) as cursor:
        settings = asking.values(cursor)
    limits = Limits(settings["good_share"], settings["thin_share"], settings["smd_apart"])
    text = "\n".join([*(one.definition.text for one in groups), asked.outcome, asked.visit, str(ctx.as_of),
                      str(ctx.known_at)])  # fmt: skip
    shown = hidden(known, small.limits().inside, also)
    return Found(shown, limits, hashlib.sha256(text.encode()).hexdigest()[:16], also)


def whole(ctx: Context, asked: Asked, groups: list[Cohort]) -> Comparison:
    """The comparison with every number in it: nothing of it is shown, only what `hidden` leaves."""
    return worked.whole(ctx, asked, groups, options(ctx).get("clinic", {}))


def charts(ctx: Context, asked: Asked, groups: list[Cohort], known: Found) -> dict[str, Drawn]:
    """Every chart of the page in the colours of whoever looks, made once."""
    require(ctx, VIEW)

    def make() -> dict[str, Drawn]:
        made = drawings(known.comparison, known.limits, ctx.theme, spread=asked.lines == "spread")
        return {name: Drawn(one, _table(one)) for name, one in made.items()}

    key = _key(ctx, asked, groups, known.also)
    return ctx.made("cohorts/charts", make, lambda _: _DRAWING_BYTES, theme=ctx.theme, lines=asked.lines, **key)


def _table(drawing: Drawing) -> pa.Table:
    names = dict.fromkeys(name for row in drawing.rows for name in row)
    return pa.table({name: [row.get(name) for row in drawing.rows] for name in names})


def people(ctx: Context, asked: Asked, groups: list[Cohort], mark: Mark) -> pd.DataFrame:
    """Who is behind a mark: person, clinic, surgeon, performed_on, answered, value, episode_key; as many as it says."""
    require(ctx, LIST)
    with closing(ctx.cursor) as cursor:
        rows = behind(cursor, worked.gathered(ctx, asked, groups, options(ctx).get("clinic", {})), mark)
        cursor.register("chosen", rows[["number", "episode_id"]])
        clinics = None if ctx.clinics is None else list(ctx.clinics)
        told = sql.ask(cursor, "compare/patient_of_mark", clinics=clinics, most=MOST)
    return told.merge(rows[["number", "answered", "value"]], on="number").assign(procedures=len(rows))
