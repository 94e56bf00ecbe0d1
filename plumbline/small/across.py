"""Which counts of a comparison would tell of a few patients beside other comparisons of the same account.

Three of a clinic are worse, which is hidden; all others who are worse are so many, and all together so many: that tells
the three. So whoever is counted in a share, or answered at a visit, is traced through the comparisons that were shown,
as groups are in `cohorts.release`: a count is hidden where, with those shown before and with that of all procedures
and those of the Clinics page, sums and differences leave a few. Of several the smallest goes, as in a table.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from plumbline import sql
from plumbline.cohorts import EVERYBODY, Definition, episodes, remembered
from plumbline.cohorts.small import is_small
from plumbline.cohorts.tracing import Procedures, told_apart
from plumbline.cohorts.views import View, gather, let_go, like, memory_of, procedures_of, shown
from plumbline.compare import Ask, Chosen
from plumbline.compare import gather as gathered
from plumbline.compare.asking import KEYS
from plumbline.compare.gathering import Gathered, registered
from plumbline.compare.shares import kinds
from plumbline.small import clinics_page
from plumbline.store import Store

Hidden = frozenset[tuple[str, str]]
"""The key of a group, and the kind of a share or the visit at which so many answered."""
Part = tuple[str, bool]
"""The same kind or visit, and whether they did."""
SHARES = ("improved", "comfortable", "worse")
NOTHING: Hidden = frozenset()
MOST = 20  # comparisons, the newest, that are traced; fewer of very many procedures, so that it takes seconds
LEAST, ELEMENTS = 4, 400_000
KEPT = 64  # questions of which it is known how they stood

Compared = tuple[View, ...]


@dataclass
class _Traced:
    """How the shares of one question stand: who is counted, or was measured and isn't; what was shown so far."""

    parts: dict[Part, Procedures]
    page: dict[Part, list[Procedures]]  # what is known before any comparison
    more: dict[Part, list[Procedures]] = field(default_factory=dict)  # what comparisons have told
    hides: dict[Compared, frozenset[tuple[View, str]]] = field(default_factory=dict)


def across(
    store: Store, present: Store, by: str, kind: str, definitions: Sequence[Definition], ask: Ask, limit: int
) -> Hidden:
    """What has to be hidden of a comparison that was let pass (`release.look`), beside all that were before it.

    `store`: whose figures are shown, which may be a view of the past; `present`: as it is now. The same answers as long
    as nothing was written.
    """
    memory = memory_of(store)
    who = (by if kind == remembered.SEEN else "", kind, limit)
    whole = (store.revision, ask.as_of, ask.instrument, ask.visit, ask.clinics, *who)
    key = (present.writes, *whole, tuple(one.text for one in definitions))
    before: Hidden | None = memory.across.get(key)
    if before is not None:
        return before
    mine = _compared(definitions, ask)
    with memory.turn:
        most = max(LEAST, min(MOST, ELEMENTS // (len(_everybody(store, ask)) or 1)))
        order = _order(remembered.earlier(present, by, kind), mine, ask, most)
        page = limit if kind == remembered.SEEN else None
        traced = _begun(store, ask, memory.traced.get(whole), order, page)
        for one in order:
            if one not in traced.hides:
                traced.hides[one] = _judged(store, traced, one, limit)
        memory.traced[whole] = traced
        _bound(memory.traced)
    found: Hidden = frozenset((KEYS[mine.index(view)], name) for view, name in traced.hides[mine])
    memory.across[key] = found
    _bound(memory.across)
    return found


def _bound(kept: dict[Any, Any]) -> None:
    for old in list(kept)[:-KEPT]:
        kept.pop(old, None)


def _compared(definitions: Sequence[Definition], ask: Ask) -> Compared:
    cohorts = list(dict.fromkeys(definitions))
    return tuple(View(one, ask.as_of, ask.clinics, tuple(two for two in cohorts if two != one)) for one in cohorts)


def _order(kept: Sequence[remembered.Kept], mine: Compared, ask: Ask, most: int) -> list[Compared]:
    """The comparisons as they were first shown, this one among them, each as of the day that is asked about."""
    at: dict[Any, list[View]] = {}
    for one in kept:
        at.setdefault((one.at, one.by), []).append(replace(one.view, as_of=ask.as_of))
    alike = frozenset(mine)
    found: dict[frozenset[View], Compared] = {}
    for views in at.values():
        found.setdefault(frozenset(views), mine if frozenset(views) == alike else tuple(views))
    found.setdefault(alike, mine)
    newest = list(found.values())[-most:]
    return newest if mine in newest else [mine, *newest]


def _begun(store: Store, ask: Ask, before: _Traced | None, order: list[Compared], limit: int | None) -> _Traced:
    """What was worked out already, if these comparisons go on from there; else from the beginning.

    `limit`: of what the Clinics page hides; None where it isn't known, as of what leaves.
    """
    if before is not None and list(before.hides) == order[: len(before.hides)]:
        return before
    if before is not None:
        return _Traced(before.parts, before.page)
    with closing(store.cursor()) as cursor:  # of all clinics: what has left may be of others
        (everybody,) = episodes(cursor, [EVERYBODY], ask.as_of)
        whole = replace(ask, clinics=None)
        known = gathered(cursor, [Chosen("all", everybody), Chosen("none", everybody.head(0))], whole)
        with registered(cursor, known.people):
            numbers = sql.run(cursor, "cohort/number_of_procedure").fetchnumpy()["procedure"].astype(np.uint64)
    return _parts(known, numbers, _everybody(store, ask), limit)


def _parts(known: Gathered, numbers: Procedures, seen: Procedures, limit: int | None) -> _Traced:
    """Who is counted in each share and who isn't, of those measured; who answered at each visit, and who didn't.

    Known to begin with is how many of all that may be seen (`seen`), and what the Clinics page tells.
    """
    main = known.due[:, known.place] & known.answered[:, known.place]
    shares = [(one.kind, main & one.response.able, one.response.did) for one in kinds(known)]
    visits = [(stop.visit, known.due[:, stop.place], known.answered[:, stop.place]) for stop in known.visits]
    found = _Traced({}, {})
    for what, of, did in (*shares, *visits):
        for is_did in (True, False):
            part = np.unique(numbers[of & (did == is_did)])
            found.parts[what, is_did], found.page[what, is_did] = part, [_both(seen, part)]
        if limit is not None:
            for who, is_did in clinics_page.told(known, of, did, is_share=what in SHARES, limit=limit):
                found.page[what, is_did].append(_both(seen, np.unique(numbers[who])))
    return found


def _both(one: Procedures, other: Procedures) -> Procedures:
    return np.asarray(np.intersect1d(one, other, assume_unique=True), dtype=np.uint64)


def _everybody(store: Store, ask: Ask) -> Procedures:
    with memory_of(store).lock:
        let_go(store)
        return procedures_of(store, View(EVERYBODY, ask.as_of, ask.clinics))


def _judged(store: Store, traced: _Traced, one: Compared, limit: int) -> frozenset[tuple[View, str]]:
    """Of a comparison which shares are hidden, of which group; the others are known from now on."""
    with memory_of(store).lock:
        let_go(store)
        gather(store, [like(view, told) for view in one for told in (view.definition, *view.without)])
        sets = {view: shown(store, view) for view in one}
    gone: set[tuple[View, str]] = set()
    for what in dict.fromkeys(what for what, _ in traced.parts):
        cells = {view: [_both(of, traced.parts[what, is_did]) for is_did in (True, False)] for view, of in sets.items()}
        more = [traced.more.setdefault((what, is_did), []) for is_did in (True, False)]
        before = [[*traced.page[what, is_did], *more[at]] for at, is_did in enumerate((True, False))]
        left = _shown(what, cells, limit)
        order = sorted({view for shown in left for view in shown}, key=lambda view: min(map(len, cells[view])))
        while order and any(told_apart(before[at], [cells[view][at] for view in left[at]], limit) for at in (0, 1)):
            gone.add((smallest := order.pop(0), what))
            left = [[view for view in shown if view != smallest] for shown in left]
        for at in (0, 1):
            more[at] += [cells[view][at] for view in left[at]]
    return frozenset(gone)


def _shown(what: str, cells: dict[View, list[Procedures]], limit: int) -> list[list[View]]:
    """The groups of which `small` tells by itself how many did, and how many didn't."""
    found: list[list[View]] = [[], []]
    for view, (did, rest) in cells.items():
        few, whole = [is_small(len(part), limit) for part in (did, rest)], is_small(len(did) + len(rest), limit)
        is_answered = what not in SHARES and not few[0] and not whole  # all but a few: how many were due is hidden
        if is_answered or not (whole or any(few)):
            found[0].append(view)
        if not (whole or any(few)):
            found[1].append(view)
    return found
