"""A comparison without its small numbers: the page, the commands and the report are made of this, never of the other.

`hidden` blanks a count of 1 to the limit, what is left of its whole where that is so small, and every percentage, mean,
interval, difference and sentence that would give one of them away; `None` in a count, and its words say that it is
hidden. So nothing that is drawn, listed or written to a file can hold it.

Held: of one visit of one group, no two counts that are shown (procedures, due, received, measured, counted) are 1 to
the limit apart where one is part of the other; nor are numbers waiting on two days. Of the rows by clinic or surgeon
none that is hidden follows from the others and the total. Whoever knows the rule is left with two values or more.
What follows from several comparisons of a share, or of how many answered, is held by `small.across`. Not held: how many
fewer are due at one visit than at another; what follows from one day to the next; what somebody knows from elsewhere.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from plumbline.cohorts.small import Ledger, is_small
from plumbline.compare.model import Comparison, Group
from plumbline.small import outcomes, sentences, sides, units, waiting
from plumbline.small.counts import Counts


def hidden(found: Comparison, limit: int, also: Collection[tuple[str, str]] = ()) -> Comparison:
    """The same comparison without counts of 1 to `limit` (`cohorts.small.limits()`: inside the clinic, or outside).

    Means, shares and their intervals are rounded where more figures would tell of how many they are. `also`: counts
    that are hidden in any case, as group and kind of share or visit (`small.across`: beside other comparisons).
    """
    counts = Counts(found, limit, also)
    curve = tuple(outcomes.point(one, counts) for one in found.curve)
    shares = tuple(outcomes.share(one, counts) for one in found.shares)
    differences = tuple(outcomes.difference(one, counts) for one in found.differences)
    missing = sentences.missing(found.missing, counts)
    ledgers = {group.key: _ledger(group, limit) for group in found.groups}
    told = replace(
        found,
        groups=tuple(_group(one, limit) for one in found.groups),
        curve=curve,
        shares=shares,
        differences=differences,
        answered=tuple(outcomes.answered(one, counts) for one in found.answered),
        reached=tuple(waiting.reached(one, ledgers[one.group]) for one in found.reached),
        units=units.units(found.units, counts),
        balance=tuple(sides.balance(one, counts) for one in found.balance),
        nonresponse=tuple(sides.nonresponse(one, counts) for one in found.nonresponse),
        missing=missing,
        notes=tuple(sentences.note(one, limit) for one in found.notes),
    )
    return replace(
        told,
        verdict=sentences.verdict(told, counts),
        checks=tuple(sentences.check(one, told, counts) for one in found.checks),
    )


def _group(one: Group, limit: int) -> Group:
    episodes = None if is_small(one.episodes, limit) else one.episodes
    return replace(one, episodes=episodes, shared=None if is_small(one.shared, limit) else one.shared)


def _ledger(one: Group, limit: int) -> Ledger:
    ledger = Ledger(limit)
    ledger.take(one.episodes)
    return ledger
