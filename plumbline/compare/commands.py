"""What `python -m plumbline compare …` does to an open store: a function of the store, its options and progress."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict
from datetime import date
from typing import Any

from plumbline import sql
from plumbline.compare import asking, choosing
from plumbline.compare.asking import Ask
from plumbline.compare.comparing import of
from plumbline.compare.model import Comparison
from plumbline.store import Store

Emit = Callable[[str, int, int], None]


def compare(store: Store, options: dict[str, Any], _emit: Emit) -> tuple[Any, int]:
    """The page's figures. Options: cohorts (as `choosing` has them), instrument, window, milestone, as_of (ISO)."""
    with closing(store.cursor()) as cursor:
        visits = [stop.visit for stop in asking.visits(cursor)]
        ask = Ask(
            as_of=date.fromisoformat(options["as_of"]),
            instrument=str(options["instrument"]),
            visit=asking.visit_of(str(options["window"]), visits),
            milestone=str(options["milestone"]),
        )
        names = {row["clinic_id"]: row["name"] for row in sql.rows(cursor, "followup/clinic_by_name", clinics=None)}
        chosen = [
            choosing.chosen(cursor, name, definition, ask, version=version, clinic_names=names)
            for name, definition, version in choosing.named(store, options["cohorts"], names)
        ]
        return plain(of(cursor, chosen, ask)), 0


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


COMMANDS = {"compare": compare}
