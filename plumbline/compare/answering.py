"""A comparison from options that are plain text and numbers, and as plain data again: for commands and files."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict
from datetime import date
from typing import Any

from plumbline.cohorts import unknown
from plumbline.cohorts.commands import clinic_names
from plumbline.compare import choosing
from plumbline.compare.asking import Ask
from plumbline.compare.choosing import Named
from plumbline.compare.comparing import of
from plumbline.compare.model import Comparison
from plumbline.compare.typed import ask_of
from plumbline.store import Store


def asked(store: Store, options: dict[str, Any]) -> tuple[Sequence[Named], Ask]:
    """The cohorts that are named, each once, and the main question.

    Options: cohorts (as `choosing` has them), and those of `typed.ask_of`. Raises NotFound, PlumblineError.
    """
    with closing(store.cursor()) as cursor:
        ask = ask_of(cursor, options)
        named = choosing.named(store, [str(one) for one in options["cohorts"]], clinic_names(store))
        groups = choosing.each_once(named)
        definitions = [definition for _, definition, _ in groups]
        if unknown.of_own(definitions):
            unknown.refuse(unknown.words(cursor), definitions)
    return groups, ask


def answer(store: Store, groups: Sequence[Named], ask: Ask) -> Comparison:
    """The comparison with every number in it: what leaves here goes through `plumbline.small.hidden` first."""
    with closing(store.cursor()) as cursor:
        return of(cursor, choosing.chosen(cursor, groups, ask, clinic_names(store)), ask)


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
