"""A comparison from options that are plain text and numbers, and as plain data again: for commands and files."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict
from datetime import date
from typing import Any

from plumbline.cohorts.commands import clinic_names
from plumbline.compare import asking, choosing
from plumbline.compare.asking import Ask
from plumbline.compare.choosing import Named
from plumbline.compare.comparing import of
from plumbline.compare.model import Comparison
from plumbline.store import Store


def groups(store: Store, options: dict[str, Any]) -> Sequence[Named]:
    """The cohorts that are named, each once. Raises NotFound, PlumblineError."""
    said = [str(one) for one in options["cohorts"]]
    return choosing.each_once(choosing.named(store, said, clinic_names(store)))


def asked(store: Store, options: dict[str, Any]) -> Ask:
    """The main question. Raises NotFound."""
    with closing(store.cursor()) as cursor:
        return Ask(
            as_of=date.fromisoformat(str(options["as_of"])),
            instrument=str(options["instrument"]),
            visit=asking.visit_of(str(options["window"]), [stop.visit for stop in asking.visits(cursor)]),
            milestone=str(options["milestone"]),
        )


def answer(store: Store, options: dict[str, Any]) -> Comparison:
    """The comparison with every number in it: what leaves here goes through `plumbline.small.hidden` first.

    Options: cohorts (as `choosing` has them), instrument, window (as people say it), milestone, as_of (ISO).
    """
    names, ask = clinic_names(store), asked(store, options)
    with closing(store.cursor()) as cursor:
        chosen = choosing.chosen(cursor, groups(store, options), ask, names)
        return of(cursor, chosen, ask)


def plain(comparison: Comparison) -> dict[str, Any]:
    """A comparison as plain data that JSON can hold: days in ISO, None for what is hidden or can't be said."""
    told: dict[str, Any] = _plain(asdict(comparison))
    return told


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value
