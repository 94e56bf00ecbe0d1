"""Own scores over time, with the range told where it may be: marks, table and sentences from the same rows."""

from __future__ import annotations

from dataclasses import replace
from math import sqrt
from typing import Any

from plumbline.progress.facts import Facts
from plumbline.progress.model import Chart, Edge, Tick, Visit
from plumbline.progress.summary import band, whole
from plumbline.progress.words import Speaker

SLOT = 0.14  # of the width, for what was before
MOST = 30
MANY = 12  # scores: with more, the first and the newest alone have their number beside them
LETTER = 0.032  # of the width on the narrowest phone, at 18 px
Row = dict[str, Any]


def chart_of(facts: Facts, _: Speaker, *, compared: bool) -> Chart | None:
    """The chart; None where there is no score at all."""
    if not any(row["value"] is not None for row in facts.scores):
        return None
    is_told = compared and facts.situation["tells_range"]
    last_day = _last_day(facts)
    shown = _thinned(facts.scores, last_day)
    newest = _newest(facts.scores)
    visits = [_visit(row, facts, _, last_day, is_told=is_told, is_latest=row["turn"] == newest) for row in shown]
    visits = [replace(visit, key=f"v{number}") for number, visit in enumerate(_labelled(visits), 1)]
    edges = _edges(facts, last_day) if is_told else ()
    captions = [
        _("The striped area is where we expect your pain to be.") if edges else "",
        _("We have no score from before, so it is a usual area.")
        if edges and facts.situation["baseline"] is None else "",
        _("Early days are drawn wider.") if facts.ticks else "",
        _("Not every score is drawn.") + " " + _("The newest one is.") if len(shown) < len(facts.scores) else "",
    ]  # fmt: skip
    scored = [visit for visit in visits if visit.value is not None]
    has_gap = len(scored) < len(visits)
    return Chart(
        heading=_("Your pain scores"),
        up=_("Up means less pain: up is better."),
        best=_("No pain"),
        worst=_("Worst pain"),
        expected=_("expected"),
        caption=" ".join(filter(None, captions)),
        table_heading=_("Each score in words"),
        columns=(_("When"), _("Your pain"), _("Expected") if any(visit.expected for visit in visits) else ""),
        visits=tuple(visits),
        edges=edges,
        ticks=_ticks(facts, _, last_day),
        no_score=_("No score") if has_gap else "",
        description=_("A chart of your pain scores.") + " " + scored[-1].sentence,
    )


def at(day: int | None, last_day: int) -> float:
    """Where a day stands along the axis: before the procedure in its own slot, then the square root of the day."""
    return 0.0 if day is None else SLOT + (1 - SLOT) * sqrt(min(day, last_day) / last_day)


def _last_day(facts: Facts) -> int:
    days = [int(row["day"]) for row in facts.scores if row["day"] is not None]
    return max([*facts.ticks[-1:], *days, 1])


def _newest(rows: list[Row]) -> Any:
    """The turn of the newest row with a score."""
    return max(row["turn"] for row in rows if row["value"] is not None)


def _thinned(rows: list[Row], last_day: int) -> list[Row]:
    """At most so many rows: those before, those without a score, the newest, and one for each stretch of the axis."""
    if len(rows) <= MOST:
        return rows
    fixed = {row["turn"] for row in rows if row["value"] is None or row["day"] is None} | {_newest(rows)}
    room = MOST - len(fixed)
    free = [row for row in rows if row["turn"] not in fixed]
    for slots in range(2 * MOST, 0, -1):
        kept = {int(slots * at(row["day"], last_day)): row["turn"] for row in free}
        if len(kept) <= room:
            break
    chosen = fixed | set(kept.values())
    return [row for row in rows if row["turn"] in chosen]


def _labelled(visits: list[Visit]) -> list[Visit]:
    """Numbers beside the marks; where these stand close together, only those that tell the way: the ends."""
    scored = [visit for visit in visits if visit.value is not None]
    if len(scored) <= MANY:
        return visits
    return [visit if visit is scored[0] or visit.is_latest else replace(visit, label="") for visit in visits]


def _visit(row: Row, facts: Facts, _: Speaker, last_day: int, *, is_told: bool, is_latest: bool) -> Visit:
    expected = _expected(row, facts, _) if is_told else ""
    when = _when(row, facts, _)
    common = {"key": "", "on": row["on_date"], "day": row["day"], "when": when, "at": at(row["day"], last_day)}
    if row["value"] is None:
        told = _("{when}: no score.", when=when)
        return Visit(**common, value=None, band=_("no score"), expected="", sentence=told, is_latest=False, label="")
    pain = whole(row["value"])
    sentences = [_("{when}: pain {pain}.", when=when, pain=pain)]
    before = facts.situation["baseline"]
    if before is not None and row["day"] is not None:
        sentences.append(_("It was {pain} before.", pain=whole(before)))
    if expected and not _waits(row, facts):
        sentences.append(_("We expect {range}.", range=expected))
    now = _("Now {pain}", pain=pain) if facts.situation["is_recent"] else _("Last {pain}", pain=pain)
    return Visit(
        **common, value=pain, band=band(row["value"], _), expected=expected, sentence=" ".join(sentences),
        is_latest=is_latest, label=now if is_latest else str(pain),
    )  # fmt: skip


def _when(row: Row, facts: Facts, _: Speaker) -> str:
    if row["day"] is None:
        return _("Before")
    if facts.situation["performed_on"] is None:
        return _.day(row["on_date"], facts.as_of)
    return _.visit(row["day"]) if row["value"] is None else _.when(row["day"])


def _waits(row: Row, facts: Facts) -> bool:
    """Whether staff have still to look at what this score is part of: no range is told with it."""
    since = facts.situation["wait_from"]
    return since is not None and row["on_date"] >= since


def _expected(row: Row, facts: Facts, _: Speaker) -> str:
    if row["day"] is None or row["told_high"] is None:
        return ""
    if _waits(row, facts):
        return _("to follow")
    low, high = whole(row["told_low"]), whole(row["told_high"])
    return _("{low} to {high}", low=low, high=high) if low < high else str(low)


def _edges(facts: Facts, last_day: int) -> tuple[Edge, ...]:
    """The range; while something waits for staff, up to the last score before it."""
    edges = {row["day"]: (row["low"], row["high"]) for row in facts.edges}
    if facts.situation["wait_from"] is not None:
        scored = [row for row in facts.scores if row["value"] is not None and row["told_high"] is not None]
        ended = [row for row in scored if not _waits(row, facts)]
        last = ended[-1] if ended else None
        edges = {day: edge for day, edge in edges.items() if last and day < last["day"]}
        if last and edges:
            edges[last["day"]] = (last["told_low"], last["told_high"])
    return tuple(Edge(at(day, last_day), whole(low), whole(high)) for day, (low, high) in edges.items())


def _ticks(facts: Facts, _: Speaker, last_day: int) -> tuple[Tick, ...]:
    """Days in words: the last, the one before, and between them as many as fit beside each other."""
    scored = [row for row in facts.scores if row["value"] is not None]
    if facts.situation["performed_on"] is None:
        return (Tick(SLOT, _.short(scored[0]["on_date"])), Tick(1.0, _.short(scored[-1]["on_date"])))[-len(scored) :]
    if facts.situation["day"] < 0:
        return (Tick(0.0, _.short(scored[-1]["on_date"])),)
    before, days = _("Before"), facts.ticks or [last_day]
    labels = {day: _.visit(day) if facts.ticks else _.when(day) for day in days}
    left = (len(before) + 1) * LETTER
    right = 1 - (len(labels[days[-1]]) + 1) * LETTER
    ticks = [Tick(1.0, labels[days[-1]])]
    for day in reversed(days[:-1]):
        place, half = at(day, last_day), len(labels[day]) * LETTER / 2
        if place - half > left and place + half < right:
            ticks.append(Tick(place, labels[day]))
            right = place - half - LETTER
    return (Tick(0.0, before), *reversed(ticks))
