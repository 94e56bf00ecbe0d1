"""Before a cohort is shown, or figures of it leave: would it tell of a few patients, alone or beside earlier views?

Refused is a cohort of 1 to the limit patients; one of which a filter, or all that sets it apart, leaves out 1 to the
limit; one that so many set apart from what the Clinics page shows; and one from which, with earlier views of the same
account (for what leaves: with all that has left), the figures of 1 to the limit patients follow by adding and
subtracting. Figures are of procedures, so these are traced; few is how many patients they are of. Earlier views are
looked at on today's data: what has changed since is no filter. How many are, and for how long: see `remembered`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from plumbline import audit
from plumbline.cohorts import remembered
from plumbline.cohorts.definition import EVERYBODY, Definition
from plumbline.cohorts.filters import known
from plumbline.cohorts.remembered import LEFT, SEEN, Kept
from plumbline.cohorts.small import is_small, limits, under
from plumbline.cohorts.tracing import Procedures, apart, patients, told_apart
from plumbline.cohorts.views import Clinics, View, gather, let_go, like, memory_of, near_a_cell, procedures_of, shown
from plumbline.errors import PlumblineError
from plumbline.store import Store

__all__ = ["LEFT", "SEEN", "Past", "TooSmall", "check", "look"]
PASSED = 1000  # views that are known to have passed
AGAIN = 600.0  # seconds after which one that passed is looked at again, where the data have changed
PAST = 8  # earlier views of other instants that are looked at: each takes a copy of the store


class TooSmall(PlumblineError):
    """What was asked for would tell of a few patients; says which part, and what to do."""


@dataclass(frozen=True)
class Past:
    """What is shown as it was known at an instant (UTC without a zone): the store of then, and that of another one."""

    instant: datetime
    store: Store
    again: Callable[[datetime], Store]


def look(
    store: Store, by: audit.Actor, cohorts: Sequence[Definition], as_of: date, *,
    clinics: Clinics = None, kind: str = SEEN, past: Past | None = None,
) -> None:  # fmt: skip
    """Let cohorts be shown side by side (`kind` seen), or leave (left), and keep in mind that they were; on record.

    `store`: as it is now; `past`: where another instant is shown. `clinics`: of whoever asks. Raises TooSmall, also on
    record; then nothing may be shown. The same view again costs nothing until the data change, and then is judged anew.
    """
    memory = memory_of(store)
    key = (by.key, tuple(one.text for one in cohorts), as_of, clinics, kind, past and past.instant)
    passed = memory.passed.get(key)
    if passed and (passed[0] == store.revision or time.monotonic() - passed[1] < AGAIN):
        return
    with memory.turn:
        revision = store.revision
        _let_pass(store, by, cohorts, as_of, clinics, kind, past, is_on_record=passed is not None)
        memory.passed[key] = (revision, time.monotonic())
        memory.passed.move_to_end(key)
        while len(memory.passed) > PASSED:
            memory.passed.popitem(last=False)


def _let_pass(
    store: Store, by: audit.Actor, cohorts: Sequence[Definition], as_of: date, clinics: Clinics, kind: str,
    past: Past | None, *, is_on_record: bool,
) -> None:  # fmt: skip
    about = ("cohort", " ".join(one.digest[:12] for one in cohorts))
    kept = remembered.earlier(store, by.key, kind)
    try:
        views = check(
            store, cohorts, as_of, clinics=clinics, kind=kind, earlier=remembered.as_of_today(kept, as_of)
        )
        if past is not None:
            _refuse_past(store, past, views, kept, kind)
        _refuse_many(views, kept, as_of, by)
    except TooSmall:
        audit.record(store, "cohort_refused", by, about, result="refused")
        raise
    if is_on_record:
        return
    audit.record(store, "cohort_viewed" if kind == SEEN else "export_made", by, about)
    remembered.keep(store, by.key, kind, views, None if past is None else past.instant)


def _refuse_many(views: list[View], kept: list[Kept], as_of: date, by: audit.Actor) -> None:
    """What is kept in mind is bounded, so nobody may push all of it out at one sitting."""
    known_already = {*remembered.as_of_today(kept, as_of), *(one.view for one in kept)}
    new = sum(view not in known_already for view in views)
    if new and remembered.added_today(kept, by.key) + new > remembered.a_day():
        raise TooSmall(
            f"You have looked at {remembered.a_day()} different groups within a day, as many as are kept apart "
            "from each other. Go back to one of these, or go on tomorrow."
        )


def _refuse_past(store: Store, past: Past, views: list[View], kept: list[Kept], kind: str) -> None:
    """Two instants that are chosen tell those apart who were entered between them: as of now, and as of any before."""
    limit = limits().inside if kind == SEEN else limits().outside
    earlier = list(dict.fromkeys((one.instant, one.view) for one in reversed(kept) if one.instant is not None))
    before = [_then(store, past.again, *one) for one in earlier[:PAST]]
    for view in views:
        found = shown(past.store, view)
        if is_small(patients(found), limit):
            raise TooSmall(f"As it was known then, a group has {under(limit)} patients. Look at a later instant.")
        for other in (*before, shown(store, view)):
            if 0 < max(apart(found, other)) <= limit:
                raise TooSmall(
                    f"As it was known then, a group differs by {under(limit)} patients from what is known now, or from "
                    "what was looked at before: they could be told from the two. Look at another instant."
                )


def _then(store: Store, again: Callable[[datetime], Store], instant: datetime, view: View) -> Procedures:
    """A group as it was known at an earlier instant; that doesn't change any more, so the last few are kept."""
    past = memory_of(store).past
    if (instant, view) not in past:
        past[instant, view] = shown(again(instant), view)
        while len(past) > 2 * PAST:
            past.popitem(last=False)
    return past[instant, view]


def check(
    store: Store, cohorts: Sequence[Definition], as_of: date, *,
    clinics: Clinics = None, kind: str = SEEN, earlier: Sequence[View] = (),
) -> list[View]:  # fmt: skip
    """The groups that would be shown, each without whom another holds, too. Raises TooSmall; puts nothing on record."""
    limit = limits().inside if kind == SEEN else limits().outside
    cohorts = list(dict.fromkeys(cohorts))
    shared = set.intersection(*(set(_items(one)) for one in cohorts))
    views = [View(one, as_of, clinics, tuple(two for two in cohorts if two != one)) for one in cohorts]
    before = [one for one in dict.fromkeys(earlier) if one not in views][: remembered.most()]
    with memory_of(store).lock:
        let_go(store)
        own = [part for view in views for part in _parts(view, shared)]
        gather(store, [*own, *(like(view, one) for view in before for one in (view.definition, *view.without))])
        for view in views:
            _refuse_parts(store, view, shared, limit)
        sets = [shown(store, view) for view in views]
        if any(is_small(patients(found), limit) for found in sets):
            raise TooSmall(
                f"Without those whom another group holds, too, a group has {under(limit)} patients. Choose groups that "
                "overlap less."
            )
        _refuse_apart(store, views[0], sets, before, limit)
        if kind == SEEN and near_a_cell(store, views, limit):
            raise TooSmall(
                f"This differs by {under(limit)} patients from a clinic, a surgeon or a month that the Clinics page "
                "shows: they could be told from the two. Change a filter by more, or choose other groups."
            )
    return views


def _parts(view: View, shared: set[tuple[str, str]]) -> list[View]:
    """What is asked to judge a view: itself, those that are left out of it, and what is around it."""
    around = [view.definition.without(name) for name in _names(view.definition)]
    own = view.definition.filters
    around.append(Definition.of({name: own[name] for name, _ in shared if name in own}))
    return [like(view, one) for one in (view.definition, *view.without, *around, EVERYBODY)]


def _names(one: Definition) -> list[str]:
    return [*one.filters, *(["other_than"] if one.other_than else [])]


def _items(one: Definition) -> list[tuple[str, str]]:
    return [(name, repr(value)) for name, value in one.filters.items()]


def _refuse_parts(store: Store, view: View, shared: set[tuple[str, str]], limit: int) -> None:
    """The cohort itself, what each filter leaves out, and all who are not in it of those whom all groups share."""
    one, whole = view.definition, procedures_of(store, view)
    if is_small(patients(whole), limit):
        raise TooSmall(f"This cohort has {under(limit)} patients, so nothing is shown of it. Widen a filter.")
    for name in _names(one):
        gone, _ = apart(procedures_of(store, like(view, one.without(name))), whole)
        if is_small(gone, limit):
            label = "All others" if name == "other_than" else known()[name].label
            raise TooSmall(
                f"The filter {label} leaves out {under(limit)} patients: with and without it, they could be told. "
                "Widen it until it leaves out none or more, or take it away."
            )
    base = Definition.of({name: one.filters[name] for name, _ in shared})
    gone, _ = apart(procedures_of(store, like(view, base)), whole)
    if is_small(gone, limit):
        raise TooSmall(
            f"All others than this cohort are {under(limit)} patients, who could be told from it. Widen a filter until "
            "nobody is left out, or narrow it until more are."
        )


def _refuse_apart(store: Store, view: View, sets: list[Procedures], earlier: list[View], limit: int) -> None:
    before = [*(shown(store, one) for one in earlier), procedures_of(store, like(view, EVERYBODY))]
    for found in sets:
        for other in before:
            more, fewer = apart(found, other)
            if max(more, fewer) <= limit and max(more, fewer) > 0:
                raise TooSmall(
                    f"This differs from what was looked at before by {under(limit)} patients, who could be told from "
                    "the two. Go back to that one, or change the filter by more."
                )
    if told_apart(before, sets, limit):
        raise TooSmall(
            f"Together with what was looked at before, this would tell of {under(limit)} patients: adding and "
            "subtracting groups leaves nobody else. Change a filter by more, or choose other groups."
        )
