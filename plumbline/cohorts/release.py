"""Before a cohort is shown, or figures of it leave: would it tell of a few patients, alone or beside earlier views?

Refused is a cohort of 1 to the limit patients; one of which a filter, or all that sets it apart, leaves out 1 to the
limit; one that so many set apart from what the Clinics page shows; and one from which, with earlier views of the same
account (for what leaves: with all that has left), the figures of 1 to the limit patients follow by adding and
subtracting. Figures are of procedures, so these are traced; few is how many patients they are of. Earlier views are
looked at on today's data: what has changed since is no filter. The newest MOST are.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, date, datetime, timedelta

from plumbline import audit, sql
from plumbline.cohorts.definition import EVERYBODY, Definition
from plumbline.cohorts.filters import DefinitionError, known
from plumbline.cohorts.small import is_small, limits, under
from plumbline.cohorts.tracing import Procedures, apart, patients, told_apart
from plumbline.cohorts.views import Clinics, View, gather, let_go, like, memory_of, near_a_cell, procedures_of, shown
from plumbline.errors import PlumblineError
from plumbline.store import Store

MOST = 40  # earlier views that are looked at
SEEN, LEFT = "seen", "left"


class TooSmall(PlumblineError):
    """What was asked for would tell of a few patients; says which part, and what to do."""


def look(
    store: Store, by: audit.Actor, cohorts: Sequence[Definition], as_of: date, *,
    clinics: Clinics = None, kind: str = SEEN, past: tuple[datetime, Store] | None = None,
) -> None:  # fmt: skip
    """Let cohorts be shown side by side (`kind` seen), or leave (left), and keep in mind that they were; on record.

    `store`: as it is now; `past`: the instant (UTC) and the store as it was known then, if that is shown. `clinics`: of
    whoever asks. Raises TooSmall, also on record; then nothing may be shown. The same view again costs nothing.
    """
    memory = memory_of(store)
    key = (by.key, tuple(one.text for one in cohorts), as_of, clinics, kind, past and past[0])
    if key in memory.passed:
        return
    with memory.turn:
        _let_pass(store, by, cohorts, as_of, clinics, kind, past)
    memory.passed.add(key)


def _let_pass(
    store: Store, by: audit.Actor, cohorts: Sequence[Definition], as_of: date, clinics: Clinics, kind: str,
    past: tuple[datetime, Store] | None,
) -> None:  # fmt: skip
    about = ("cohort", " ".join(one.digest[:12] for one in cohorts))
    try:
        views = check(store, cohorts, as_of, clinics=clinics, kind=kind, earlier=_earlier(store, by, kind, as_of))
        if past is not None:
            _refuse_past(store, past[1], by, views, kind)
    except TooSmall:
        audit.record(store, "cohort_refused", by, about, result="refused")
        raise
    audit.record(store, "cohort_viewed" if kind == SEEN else "export_made", by, about)
    with store.write(quietly=True) as cursor:
        at = store.stamp()
        for view in views:
            sql.run(
                cursor, "cohort/add_release",
                released_at=at, released_by=by.key, kind=kind, as_of=as_of, definition=view.definition.text,
                clinics=None if clinics is None else list(clinics), digest=view.definition.digest,
                without=[one.text for one in view.without],
            )  # fmt: skip


def _refuse_past(store: Store, past: Store, by: audit.Actor, views: list[View], kind: str) -> None:
    """Two instants that are chosen tell those apart who were entered between them: as of now, and as of any before."""
    limit, memory = limits().inside if kind == SEEN else limits().outside, memory_of(store)
    before = memory.past.setdefault(by.key if kind == SEEN else LEFT, deque(maxlen=MOST))
    for view in views:
        found = shown(past, view)
        if is_small(patients(found), limit):
            raise TooSmall(f"As it was known then, a group has {under(limit)} patients. Look at a later instant.")
        for other in (*before, shown(store, view)):
            if 0 < max(apart(found, other)) <= limit:
                raise TooSmall(
                    f"As it was known then, a group differs by {under(limit)} patients from what is known now, or from "
                    "what was looked at before: they could be told from the two. Look at another instant."
                )
    before.extend(shown(past, view) for view in views)


def check(
    store: Store, cohorts: Sequence[Definition], as_of: date, *,
    clinics: Clinics = None, kind: str = SEEN, earlier: Sequence[View] = (),
) -> list[View]:  # fmt: skip
    """The groups that would be shown, each without whom another holds, too. Raises TooSmall; puts nothing on record."""
    limit = limits().inside if kind == SEEN else limits().outside
    cohorts = list(dict.fromkeys(cohorts))
    shared = set.intersection(*(set(_items(one)) for one in cohorts))
    views = [View(one, as_of, clinics, tuple(two for two in cohorts if two != one)) for one in cohorts]
    before = [one for one in dict.fromkeys(earlier) if one not in views][:MOST]
    with memory_of(store).lock:
        let_go(store)
        gather(store, [part for view in (*views, *before) for part in _parts(view, shared)])
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


def _earlier(store: Store, by: audit.Actor, kind: str, as_of: date) -> list[View]:
    """What was seen by the same account, or what has left by anybody's hand, the newest first.

    What was looked at as of its own day is looked at as of this one, if that is today: days that pass are no filter.
    """
    today = datetime.now(UTC).date() - timedelta(days=1)  # the day of a clinic may lag behind UTC
    with closing(store.cursor()) as cursor:
        rows = sql.rows(cursor, "cohort/release_by_time", kind=kind, released_by=by.key if kind == SEEN else None)
    found = []
    for row in rows:
        is_of_its_day = row["as_of"] >= row["released_at"].date() - timedelta(days=1) and as_of >= today
        clinics = None if row["clinics"] is None else tuple(row["clinics"])
        try:
            told, without = Definition(row["definition"]), tuple(Definition(one) for one in row["without"])
        except DefinitionError:
            continue  # changed by hand: `verify` names it
        found.append(View(told, as_of if is_of_its_day else row["as_of"], clinics, without))
    return found
