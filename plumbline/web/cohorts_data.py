"""What the Cohorts page may know: figures of groups for all its roles, people only for those who may list them.

Each function guards itself. Small numbers are hidden here, before anything is drawn, written or said: on the screen at
the level of the clinic, in what is taken along at the level of the world outside.
"""

from __future__ import annotations

import hashlib
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import pandas as pd
import pyarrow as pa

from plumbline import compare, sql
from plumbline.cohorts import Definition, DefinitionError, choices, others, release, saved, small
from plumbline.compare import asking, choosing, reached
from plumbline.compare.behind import Mark, behind
from plumbline.compare.drawings import Drawing, Limits, drawings
from plumbline.compare.model import Comparison
from plumbline.errors import PlumblineError
from plumbline.small import hidden
from plumbline.web import on_record
from plumbline.web.cohorts_asked import Asked
from plumbline.web.ui import Context, require

VIEW, LIST, EDIT, EXPORT = "view_cohorts", "view_cohort_list", "edit_cohorts", "export_cohorts"
MOST = 5000
_WORDS = {"cause", "region"}  # filters whose labels are words, not names
OTHERS = "All others"
_COMPARISON_BYTES, _DRAWING_BYTES = 400_000, 600_000


@dataclass(frozen=True)
class Cohort:
    """One group that is asked for: what it is called, what defines it, and its version if it is a saved one."""

    name: str
    definition: Definition
    version: int | None = None


@dataclass(frozen=True)
class Found:
    """A comparison as this page shows it. `mark`: of what is shown, for keys of charts: another mark, other people."""

    comparison: Comparison
    limits: Limits
    mark: str


@dataclass(frozen=True)
class Drawn:
    """A chart with its data as a table that is quick to send."""

    drawing: Drawing
    table: pa.Table


def options(ctx: Context) -> dict[str, dict[str, str]]:
    """What there is to choose from, by filter: each code with its label; years under `year`."""
    require(ctx, VIEW)

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
        if asked.by != "saved" and len(options(ctx)[asked.by]) == 1:
            raise PlumblineError(f"There is only one {asked.by} here, so nothing to compare it with by {asked.by}.")
        try:
            rest = others(first.definition, asked.shared.filters)
        except DefinitionError as wrong:
            raise PlumblineError(str(wrong)) from wrong
        return [first, Cohort(OTHERS if asked.by == "saved" else _others(asked.by), rest)]
    found = [first, *(_cohort(ctx, asked, one) for one in asked.against)]
    if len({one.definition.text for one in found}) < len(found):
        raise PlumblineError("A group is there twice: choose another one to compare with.")
    return found


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
    return ctx.made(
        "cohorts/found", lambda: _found(ctx, asked, groups), lambda _: _COMPARISON_BYTES, **_key(ctx, asked, groups)
    )


def looked(ctx: Context, groups: list[Cohort], kind: str) -> None:
    """Let these groups be shown (`seen`), or leave (`left`). Raises TooSmall."""
    definitions = [one.definition for one in groups]
    past = None if ctx.known_at is None else (ctx.known_at, ctx.store)
    release.look(ctx.present, on_record.actor(ctx), definitions, ctx.as_of, clinics=ctx.clinics, kind=kind, past=past)


def _key(ctx: Context, asked: Asked, groups: list[Cohort]) -> dict[str, Any]:
    return {
        "as_of": ctx.as_of, "outcome": asked.outcome, "visit": asked.visit, "milestone": asked.milestone,
        "groups": tuple(one.definition.text for one in groups), "names": tuple(one.name for one in groups),
    }  # fmt: skip


def _found(ctx: Context, asked: Asked, groups: list[Cohort]) -> Found:
    known = whole(ctx, asked, groups)
    with closing(ctx.cursor) as cursor:
        settings = asking.values(cursor)
    limits = Limits(settings["good_share"], settings["thin_share"], settings["smd_apart"])
    text = "\n".join([*(one.definition.text for one in groups), asked.outcome, asked.visit, str(ctx.as_of),
                      str(ctx.known_at)])  # fmt: skip
    return Found(hidden(known, small.limits().inside), limits, hashlib.sha256(text.encode()).hexdigest()[:16])


def whole(ctx: Context, asked: Asked, groups: list[Cohort]) -> Comparison:
    """The comparison with every number in it: nothing of it is shown, only what `hidden` leaves."""
    with closing(ctx.cursor) as cursor:
        return compare.compared(cursor, _gathered(ctx, asked, groups, cursor))


def _gathered(ctx: Context, asked: Asked, groups: list[Cohort], cursor: Any) -> compare.Gathered:
    names = options(ctx).get("clinic", {})
    ask = compare.Ask(ctx.as_of, asked.outcome, asked.visit, asked.milestone, ctx.known_at, ctx.clinics)
    chosen = [
        choosing.chosen(cursor, one.name, one.definition, ask, version=one.version, clinic_names=names)
        for one in groups
    ]
    return compare.gather(cursor, chosen, ask)


def charts(ctx: Context, asked: Asked, groups: list[Cohort], known: Found) -> dict[str, Drawn]:
    """Every chart of the page in the colours of whoever looks, made once."""
    require(ctx, VIEW)

    def make() -> dict[str, Drawn]:
        made = drawings(known.comparison, known.limits, ctx.theme, spread=asked.lines == "spread")
        return {name: Drawn(one, _table(one)) for name, one in made.items()}

    return ctx.made(
        "cohorts/charts", make, lambda _: _DRAWING_BYTES, theme=ctx.theme, lines=asked.lines, **_key(ctx, asked, groups)
    )


def _table(drawing: Drawing) -> pa.Table:
    names = dict.fromkeys(name for row in drawing.rows for name in row)
    return pa.table({name: [row.get(name) for row in drawing.rows] for name in names})


def people(ctx: Context, asked: Asked, groups: list[Cohort], mark: Mark) -> pd.DataFrame:
    """Who is behind a mark: person, clinic, surgeon, performed_on, answered, value, episode_key; as many as it says."""
    require(ctx, LIST)
    with closing(ctx.cursor) as cursor:
        rows = behind(cursor, _gathered(ctx, asked, groups, cursor), mark)
        cursor.register("chosen", rows[["number", "episode_id"]])
        clinics = None if ctx.clinics is None else list(ctx.clinics)
        told = sql.ask(cursor, "compare/patient_of_mark", clinics=clinics, most=MOST)
    return told.merge(rows[["number", "answered", "value"]], on="number").assign(procedures=len(rows))
